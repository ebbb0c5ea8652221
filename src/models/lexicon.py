"""Find the terms of the taxonomy in a text, with offsets: one walk over its words through a token trie.

Words are compared folded: lower case, British and American spelling alike, plural endings off. Hyphens, slashes
and apostrophes divide words in terms and text alike, so "supply-chain" equals "supply chain". Japanese, which
writes no spaces, is searched by substring.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from models.taxonomy import DOMAINS_FOLDER, Domain, load_taxonomy

WORD = re.compile(r"[^\W_]+")
CJK = re.compile(r"[぀-ヿ㐀-鿿]")
# A gap in which a phrase ends: sentence punctuation followed by space, brackets, or an empty line.
BREAK = re.compile(r"[.;:!?](?:\s|$)|[()\[\]|•]|\n\s*\n")
SPELLINGS = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("yse", "yze"))
SPELLING_PAIRS = {"defense": "defence", "labor": "labour", "center": "centre", "program": "programme"}


@dataclass(frozen=True)
class Hit:
    """A term found: domain, offsets, the term's folded form, and whether it speaks for the domain by itself."""

    code: str
    start: int
    end: int
    term: str
    strong: bool


@dataclass(frozen=True)
class _Entry:
    code: str
    term: str
    kind: str  # "terms", "weak" or "ignore"
    capitals: bool
    written: str = ""  # a term without letters ("2+2") matches only as it is written: "2-2" is a score


@dataclass
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)
    prefixes: dict[str, list[_Entry]] = field(default_factory=dict)
    prefix_lengths: tuple[int, ...] = ()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word as it is compared."""
    word = word.lower()
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    word = SPELLING_PAIRS.get(word, word)
    for british, american in SPELLINGS:
        if word.endswith(american):
            return word[: -len(american)] + british
    return word


def find_terms(text: str, language: str = "en", folder: Path = DOMAINS_FOLDER) -> list[Hit]:
    """All hits in order of start; for each domain the longest term at a place, ignored phrases taken out.

    English terms are looked for in every language, since titles and programmes mix; Japanese ones wherever kanji
    or kana stand.
    """
    codes = ("en",) if language in ("en", "ja") else ("en", language)
    matches = [m for code in codes for m in _walk(text, _trie(folder, code))]
    if CJK.search(text):
        matches += _substrings(text, folder)
    return _resolve(matches)


@lru_cache(maxsize=16)
def _trie(folder: Path, language: str) -> _Node:
    root = _Node()
    for domain in load_taxonomy(folder):
        for kind, term in _terms(domain, language):
            _insert(root, domain.code, kind, term)
    _finish(root)
    return root


def _terms(domain: Domain, language: str) -> Iterable[tuple[str, str]]:
    for kind in ("terms", "weak", "ignore"):
        for term in getattr(domain, kind).get(language, ()):
            yield kind, term


def _insert(root: _Node, code: str, kind: str, term: str) -> None:
    is_prefix = term.endswith("*")
    capitals = term.isupper() and len(term) > 1
    words = [fold(w) for w in WORD.findall(term)]
    if is_prefix:
        words[-1] = WORD.findall(term.lower())[-1]
    written = "" if any(c.isalpha() for c in term) else term
    entry = _Entry(code, " ".join(words), kind, capitals, written)
    node = root
    for word in words[:-1]:
        node = node.children.setdefault(word, _Node())
    if is_prefix:
        node.prefixes.setdefault(words[-1], []).append(entry)
    else:
        node.children.setdefault(words[-1], _Node()).entries.append(entry)


def _finish(node: _Node) -> None:
    node.prefix_lengths = tuple(sorted({len(p) for p in node.prefixes}))
    for child in node.children.values():
        _finish(child)


def _walk(text: str, root: _Node) -> list[tuple[int, int, _Entry]]:
    words = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    found = []
    for i, (start, _, first) in enumerate(words):
        if first not in root.children and not _has_prefix(first, root):
            continue
        node: _Node | None = root
        for j in range(i, len(words)):
            begin, end, word = words[j]
            if node is None or (j > i and BREAK.search(text[words[j - 1][1] : begin])):
                break
            entries = _prefixed(text[begin:end].lower(), node)
            node = node.children.get(word)
            entries = entries + node.entries if node else entries
            found += [(start, end, e) for e in entries if _is_as_written(text[start:end], e)]
    return found


def _has_prefix(word: str, node: _Node) -> bool:
    return any(word[:n] in node.prefixes for n in node.prefix_lengths)


def _prefixed(word: str, node: _Node) -> list[_Entry]:
    return [e for n in node.prefix_lengths if len(word) >= n for e in node.prefixes.get(word[:n], ())]


def _is_as_written(words: str, entry: _Entry) -> bool:
    return (not entry.capitals or _is_capital(words)) and entry.written in ("", words)


def _is_capital(written: str) -> bool:
    return written.isupper() or (len(written) > 2 and written[-1] == "s" and written[:-1].isupper())


def _substrings(text: str, folder: Path) -> list[tuple[int, int, _Entry]]:
    found = []
    for domain in load_taxonomy(folder):
        for kind, term in _terms(domain, "ja"):
            entry, start = _Entry(domain.code, term, kind, False), text.find(term)
            while start >= 0:
                found.append((start, start + len(term), entry))
                start = text.find(term, start + len(term))
    return found


def _resolve(matches: list[tuple[int, int, _Entry]]) -> list[Hit]:
    hits: list[Hit] = []
    last_end: dict[str, int] = {}
    for start, end, entry in sorted(matches, key=lambda m: (m[0], -m[1], m[2].kind)):
        if start < last_end.get(entry.code, 0):
            continue
        last_end[entry.code] = end
        if entry.kind != "ignore":
            hits.append(Hit(entry.code, start, end, entry.term, entry.kind == "terms"))
    return hits
