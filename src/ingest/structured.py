"""Facts a page declares about itself: JSON-LD, microdata, RDFa, OpenGraph, meta tags, <time>, calendar links.

Values are kept as published with their origin.  Some sites publish UTC times without a zone in microdata, so no
declared time is believed here: extraction checks it against the visible text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any, Literal

from ingest.cleaning import clean_inline
from ingest.document import Declared
from ingest.structured_calendars import calendar_links
from ingest.structured_items import read_microdata, read_rdfa

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Origin = Literal["json-ld", "microdata", "rdfa"]

MAX_FACTS = 500
_MAX_VALUE = 2_000
_MAX_DEPTH = 4
_MAX_JSON = 1_000_000

_PAGE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "Person", "PressRelease", "Course"}
)
_SKIPPED = frozenset(
    {"image", "logo", "potentialAction", "breadcrumb", "mainEntityOfPage", "thumbnailUrl", "primaryImageOfPage",
     "publisher", "isPartOf", "hasPart", "review", "aggregateRating", "sameAs", "articleBody", "comment", "video"}
)  # fmt: skip

_META_NAMES = {
    "description": "description", "author": "author.name", "keywords": "keywords", "date": "date",
    "dc.title": "name", "dcterms.title": "name", "dc.date": "date", "dcterms.date": "date",
    "dc.date.issued": "datePublished", "dcterms.issued": "datePublished", "dcterms.created": "dateCreated",
    "dcterms.modified": "dateModified", "dc.creator": "author.name", "dcterms.creator": "author.name",
    "dc.publisher": "publisher.name", "dcterms.publisher": "publisher.name", "dc.language": "inLanguage",
    "dcterms.language": "inLanguage", "pubdate": "datePublished", "publish_date": "datePublished",
    "publishdate": "datePublished", "publication_date": "datePublished", "citation_publication_date": "datePublished",
    "article:published_time": "datePublished", "article:modified_time": "dateModified", "last-modified": "dateModified",
    "parsely-pub-date": "datePublished", "geo.placename": "location.name", "event_date": "startDate",
}  # fmt: skip
_OPENGRAPH_NAMES = {
    "og:title": "name", "og:description": "description", "og:url": "url", "og:type": "@type",
    "og:site_name": "isPartOf.name", "og:locale": "inLanguage", "og:updated_time": "dateModified",
    "article:published_time": "datePublished", "article:modified_time": "dateModified",
    "article:author": "author.name", "event:start_time": "startDate", "event:end_time": "endDate",
    "og:start_time": "startDate", "og:end_time": "endDate", "og:locality": "location.address.addressLocality",
    "og:country-name": "location.address.addressCountry", "place:location:latitude": "location.geo.latitude",
    "place:location:longitude": "location.geo.longitude",
}  # fmt: skip
_SAVED_FROM = re.compile(r"<!--[^<>]{0,200}?(?:saved from url=\(\d{1,6}\)|\burl: {0,5})(https?://[^\s<>]{1,1000})")
"""Browsers and their extensions note the address of a page they save."""

_TITLE_SEPARATOR = re.compile(r"\s+(?:[|–—»«·•]|-|::|:{2,}|<)\s+")


def read_declared(source: str) -> tuple[tuple[Declared, ...], str | None]:
    """Return (declared facts, the page's title without its site's name) of HTML source."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    groups: list[list[Declared]] = []
    for origin, items in _read_things(tree, source):
        groups += [facts for item in items if (facts := list(_thing_facts(origin, item)))]
    groups.append(list(_meta_facts(tree, source)))
    groups += [[fact] for fact in _time_facts(tree)]
    groups += list(calendar_links(tree))
    facts = [
        Declared(fact.origin, fact.name, fact.value, number)
        for number, group in enumerate(group for group in groups if group)
        for fact in dict.fromkeys(group)
    ]
    return tuple(facts[:MAX_FACTS]), _head_title(tree)


def _read_things(tree: LexborHTMLParser, source: str) -> Iterator[tuple[Origin, list[dict[str, Any]]]]:
    if "ld+json" in source:
        yield "json-ld", list(_read_json_ld(tree))
    if "itemscope" in source and tree.body is not None:
        yield "microdata", read_microdata(tree.body)
    if "typeof" in source and tree.body is not None:
        yield "rdfa", read_rdfa(tree.body)


# --- JSON-LD ---------------------------------------------------------------------------------------------------------


def _read_json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    for script in tree.css("script"):
        if "ld+json" in (script.attributes.get("type") or "").lower():
            nodes += _graph_nodes(_load_json(script.text(deep=True)))
    index = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        yield {key: _resolve(value, index) for key, value in node.items()}


def _load_json(text: str) -> Any:
    """Return the parsed data; publishers leave comments, raw line ends and trailing commas in it."""
    if len(text) > _MAX_JSON:
        return None
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text.strip()).rstrip(
        " ;\n"
    )
    for attempt in (text, re.sub(r",(\s*[}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _graph_nodes(data: Any) -> list[dict[str, Any]]:
    """Return the top things of a JSON-LD block: its own, those of a list, of @graph, and a page's main entity."""
    found: list[dict[str, Any]] = []
    queue = [data]
    while queue and len(found) < 300:
        value = queue.pop(0)
        if isinstance(value, list):
            queue += value
        elif isinstance(value, dict):
            found.append(value)
            queue += [
                value[key] for key in ("@graph", "mainEntity", "subEvent", "itemListElement", "item") if key in value
            ]
    return found


def _resolve(value: Any, index: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and value.get("@id") in index:
        return index[value["@id"]]
    if isinstance(value, list):
        return [_resolve(item, index) for item in value]
    return value


# --- things to facts -------------------------------------------------------------------------------------------------


def _thing_facts(origin: Origin, thing: dict[str, Any]) -> Iterator[Declared]:
    kinds = _types(thing)
    is_event = any(kind.endswith(("Event", "Festival", "Hackathon")) for kind in kinds)
    if not is_event and not set(kinds) & _PAGE_TYPES:
        return
    yield Declared(origin, "@type", kinds[0])
    for path, value in _flatten({k: v for k, v in thing.items() if k not in ("subEvent", "@graph")}, "", 0):
        yield Declared(origin, path, value)


def _types(thing: dict[str, Any]) -> list[str]:
    value = thing.get("@type")
    names = value if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str) and name]


def _flatten(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        if "@value" in value:
            yield from _flatten(value["@value"], path, depth)
            return
        for key, inner in value.items():
            name = re.split(r"[/#:]", str(key))[-1]
            if not str(key).startswith("@") and name not in _SKIPPED:
                yield from _flatten(inner, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(value, list):
        for inner in value[:100]:
            yield from _flatten(inner, path, depth)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and path:
        text = _plain(str(value))
        named = path.rsplit(".", 1)[-1] in (
            "organizer",
            "performer",
            "author",
            "location",
            "sponsor",
            "affiliation",
            "worksFor",
        )
        if text:
            yield (f"{path}.name" if named and not text.startswith("http") else path), text


def _plain(value: str) -> str:
    """Return a declared value as one line of text: descriptions often hold escaped HTML."""
    if "<" in value or "&" in value:
        value = re.sub(r"<[^<>]{0,500}>", " ", unescape(value[: 4 * _MAX_VALUE]))
    return clean_inline(value)[:_MAX_VALUE]


# --- head, <time> ------------------------------------------------------------------------------------


def _meta_facts(tree: LexborHTMLParser, source: str) -> Iterator[Declared]:
    for meta in tree.css("meta")[:300]:
        attributes = meta.attributes
        value = _plain(attributes.get("content") or "")
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
        if not value or not key:
            continue
        if key in _OPENGRAPH_NAMES and (key.startswith(("og:", "event:", "place:")) or attributes.get("property")):
            yield Declared("opengraph", _OPENGRAPH_NAMES[key], value)
        elif key in _META_NAMES:
            yield Declared("html-meta", _META_NAMES[key], value)
    root = tree.css_first("html")
    if root is not None and root.attributes.get("lang"):
        yield Declared("html-meta", "inLanguage", _plain(root.attributes["lang"] or ""))
    if saved := _SAVED_FROM.search(source[:5_000]):
        yield Declared("html-meta", "url", saved.group(1))
    canonical = tree.css_first("link[rel=canonical]")
    if canonical is not None and (canonical.attributes.get("href") or "").startswith("http"):
        yield Declared("html-meta", "url", _plain(canonical.attributes["href"] or ""))


def _time_facts(tree: LexborHTMLParser) -> Iterator[Declared]:
    for node in tree.css("time[datetime]")[:100]:
        value = _plain(node.attributes.get("datetime") or "")
        if value:
            yield Declared("time-element", _time_name(node), value)


def _time_name(node: LexborNode) -> str:
    words = " ".join((node.attributes.get(name) or "") for name in ("itemprop", "class", "property")).lower()
    if re.search(r"publi|posted|entry-date|pubdate", words):
        return "datePublished"
    if re.search(r"modif|updated", words):
        return "dateModified"
    if re.search(r"\bend|dt-?end|until", words):
        return "endDate"
    return "startDate" if re.search(r"start|begin|dt-?start|event", words) else "date"


def _head_title(tree: LexborHTMLParser) -> str | None:
    """Return og:title or <title> without the site's name at its end (or its start)."""
    title = tree.css_first("head > title, title")
    shown = _plain(title.text()) if title is not None else ""
    meta = {
        (node.attributes.get("property") or "").lower(): node.attributes.get("content") or ""
        for node in tree.css("meta")
    }
    text = _plain(meta.get("og:title", "")) or shown
    site = _plain(meta.get("og:site_name", "")).lower()
    parts = _TITLE_SEPARATOR.split(text)
    if len(parts) > 1 and site and parts[-1].lower() == site:
        text = text[: text.rfind(parts[-1])].rstrip(" |–—»«·•-:<")
    elif len(parts) > 1 and site and parts[0].lower() == site:
        text = text[len(parts[0]) :].lstrip(" |–—»«·•-:<")
    elif len(parts) > 1 and not meta.get("og:title") and len(parts[-1]) <= 40 and len(text) - len(parts[-1]) >= 12:
        text = text[: text.rfind(parts[-1])].rstrip(" |–—»«·•-:<")
    return text or None
