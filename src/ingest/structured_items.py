"""Microdata and RDFa Lite: things marked up in the page's own elements, as nested dictionaries in JSON-LD's form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MAX_NODES = 200_000
_MAX_TEXT = 4_000
_URL_ATTRIBUTES = {"a": "href", "link": "href", "area": "href", "img": "src", "iframe": "src", "object": "data"}


@dataclass(frozen=True)
class _Syntax:
    """Which attributes mark a thing, its type and its properties."""

    scope: str
    kind: str
    name: str


_MICRODATA = _Syntax("itemscope", "itemtype", "itemprop")
_RDFA = _Syntax("typeof", "typeof", "property")


def read_microdata(root: LexborNode) -> list[dict[str, Any]]:
    """Return the top-level items of microdata."""
    return _read(root, _MICRODATA)


def read_rdfa(root: LexborNode) -> list[dict[str, Any]]:
    """Return the top-level things of RDFa Lite (typeof, property)."""
    return _read(root, _RDFA)


def _read(root: LexborNode, syntax: _Syntax) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stack: list[tuple[LexborNode, dict[str, Any] | None]] = [(root, None)]
    for _ in range(_MAX_NODES):
        if not stack:
            break
        node, owner = stack.pop()
        if not node.is_element_node:
            continue
        attributes = node.attributes
        names = (attributes.get(syntax.name) or "").split()
        inner = owner
        if syntax.scope in attributes:
            inner = {"@type": (attributes.get(syntax.kind) or "").split()}
            if names and owner is not None:
                _set(owner, names, inner)
            else:
                found.append(inner)
        elif names and owner is not None:
            _set(owner, names, _value(node, attributes))
        child = node.last_child
        while child is not None:
            stack.append((child, inner))
            child = child.prev
    return found


def _set(owner: dict[str, Any], names: list[str], value: Any) -> None:
    for name in names:
        owner.setdefault(name, []).append(value)


def _value(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """Return what the element states: its machine-readable attribute, else its text."""
    tag = node.tag or ""
    for name in ("content", "datetime", "value") if tag != "li" else ("content",):
        if attributes.get(name):
            return attributes[name] or ""
    if tag in _URL_ATTRIBUTES and attributes.get(_URL_ATTRIBUTES[tag]):
        return attributes[_URL_ATTRIBUTES[tag]] or ""
    return node.text(separator=" ")[:_MAX_TEXT]
