"""Features of a document: per security domain from the terms found, and for its type from words and layout."""

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p
from typing import Protocol

from models.lexicon import WORD, Hit

VERSION = 1  # raised when a feature is computed otherwise: weights learned before are refused
DOMAIN_FEATURES = (
    "strong_terms",  # distinct strong terms, log1p
    "strong_density",  # strong hits per 100 words, log1p
    "weak_terms",
    "weak_density",
    "title_strong",  # a strong term in title or headings
    "title_weak",
    "behind",  # how far its strong hits stay behind the mean of the domains named in the document, log ratio
    "only_weak",  # no strong term
    "breadth",  # number of domains with a strong term, log1p
    "listed",  # a strong term in one sentence with strong terms of two or more other domains
    "named_only",  # share of hits that are part of the name of a body or post, or stand in a speaker's biography
    "is_short",  # fewer than 60 words
)
TITLE_KINDS = frozenset(("title", "heading"))
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“A-ZÀ-Ý])|\n\s*\n|\n\s*(?=[•\-–*▪\d])|[。！？]")
# A term inside such a name says what a body is called, not what the document is about.
NAME_BEFORE = re.compile(
    r"\b(?:[Mm]inist(?:ry|er|re|erium|ero|erio|ère)|[Bb]undesministerium|[Ss]ecretary|[Dd]epartment|[Ii]nstitute?|[Cc]ent(?:er|re)|[Oo]ffice|[Aa]gency|"
    r"[Pp]rofessor|[Ll]ecturer|[Dd]irector|[Bb]ureau|[Ss]chool|[Cc]ollege|[Aa]cademy|[Uu]niversity|[Cc]ommittee|"
    r"[Dd]ivision|[Ff]oundation|[Ff]aculty|[Hh]ead|[Cc]hair|[Ff]ellow|[Aa]dviser|[Aa]dvisor|[Ss]ociety|[Jj]ournal|"
    r"[Aa]genzia|[Aa]gence|[Cc]entro|[Ii]nstituto?|[Ii]stituto|[Bb]undesamt|[Cc]ommissione?)"
    r"(?: General| Programme)?(?: (?:of|for|on|in|de|des|für|per la|per|para la|para))?(?: the)?"
    r"(?: [A-Z]\w+,?(?: and)?){0,3} $"
)
NAME_AFTER = re.compile(
    r"^(?: [A-Z]\w+){0,2} (?:Agency|Institute|Academy|University|College|Cent(?:er|re)|Board|Department|Division|"
    r"Studies|Foundation|Society|Association|Administration|Ministry|Minister|Corporation|Review|Journal|Attachés?|"
    r"Group|Observatory|Ltd|Limited|Inc|GmbH|Service|Programme Office|Lab|Laboratory|Command|Fund|Authority)\b"
)
# Words of posts and ranks: a name in capitals that follows one with nothing but names between is an affiliation.
POST = re.compile(
    r"\b(?:professor|prof|director|directrice|directeur|directora|direttrice|direttore|fellow|officer|advis[eo]r|analyst|"
    r"counsell?or|colonel|admiral|commodore|commander|captain|lieutenant|major|minister|secretary|chief|head|president|"
    r"chair|chairman|chairwoman|researcher|research|chercheu(?:r|se)|lecturer|attaché|ambassador|manager|engineer|"
    r"coordinator|vice|investigador|investigadora|analista|ricercatore|ricercatrice|leiter|leiterin|professorin|kapitän|"
    r"amiral|général|colonelle|coronel|almirante|capitán)\b",
    re.IGNORECASE,
)
JOINING = frozenset(
    WORD.findall("of for and the at in on de des du la le les del della di für der den und to a y e et")
)
# Names of bodies in Romance languages go on in small letters: "Agenzia per la cybersicurezza".
ROMANCE_BODY = re.compile(
    r"\b(?:Agen(?:zia|ce|cia)|Minist(?:ère|ero|erio)|Institut[o]?|Istituto|Cent(?:re|ro)|Commissione?|Comisión|Direction|"
    r"Dirección|Direzione)(?: (?:nationale?|general|générale|nazionale|nacional))? "
    r"(?:per la|per il|de la|de l['’]|du|des|de|della|del|pour la|para la) ?$"
)
# A committee whose name is the document's title gives its own subject: "Advisory Committee on Undersea Cables; Notice".
COMMITTEE = re.compile(
    r"\b(?:[Cc]ommittee|[Cc]ommission|[Bb]oard|[Cc]ouncil|[Gg]roup|Task Force) (?:on|for)(?: the)?"
    r"(?: [A-Z]\w+,?(?: and)?){0,3} $"
)
CONTEXT = 60
# A paragraph that presents a person: what a speaker once studied or commanded is not what the event is about.
BIOGRAPHY = re.compile(
    r"^[ \t•*\-]*(?:[A-ZÀ-Ý][\w.'’\-]*,?[ \t]+){2,7}(?:\([^)\n]{1,40}\)[ \t]+)?"
    r"(?:is|serves|served|has been|has served|holds|joined|received|studied|teaches|works|worked|heads|leads)\b"
    r"[^\n]{60,}",
    re.MULTILINE,
)
CAREER = re.compile(
    r"\b(?:professor|fellow|researcher|lecturer|director|holds an?|ph\.?d|degree|graduate[ds]?|career|joined|served|"
    r"worked|author of|advis[eo]r|head of|consultant|analyst|visiting|attaché|officer|senior)\b",
    re.IGNORECASE,
)
OPENING = 0.2  # share of a text: one in whose opening a person is presented is about that person


class BlockLike(Protocol):
    """What is read of a block: `ingest.document.Block` and anything like it."""

    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class _Facts:
    words: int
    title_spans: list[tuple[int, int]]
    lives: list[tuple[int, int]]  # paragraphs that present a person
    sentence_of: dict[int, int]  # start of a hit -> number of its sentence
    codes_of: dict[int, set[str]]  # number of a sentence -> domains named in it


def domain_features(text: str, hits: list[Hit], blocks: Iterable[BlockLike] = ()) -> dict[str, list[float]]:
    """A row of DOMAIN_FEATURES for each domain with at least one hit."""
    blocks = list(blocks)
    aside = sorted((b.start, b.end) for b in blocks if b.kind == "footer" or not getattr(b, "is_main", True))
    hits = [h for h in hits if not _inside(h.start, aside)]
    facts = _facts(text, hits, blocks)
    by_code: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_code[hit.code].append(hit)
    breadth = len({h.code for h in hits if h.strong})
    usual = sum(h.strong for h in hits) / max(breadth, 1)
    return {code: _row(text, found, (usual, breadth), facts) for code, found in by_code.items()}


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a position lies in one of the spans, which are sorted and do not overlap."""
    i = bisect_right(spans, (position, sys.maxsize)) - 1
    return i >= 0 and position < spans[i][1]


def _facts(text: str, hits: list[Hit], blocks: Iterable[BlockLike]) -> _Facts:
    titles = sorted((b.start, b.end) for b in blocks if b.kind in TITLE_KINDS)
    if not titles:
        first = text.lstrip().split("\n", 1)[0]
        titles = [(0, min(len(first) + 3, 250))]
    ends = [m.end() for m in SENTENCE_END.finditer(text)]
    sentence_of, codes_of, number = {}, defaultdict(set), 0
    for hit in hits:
        while number < len(ends) and ends[number] <= hit.start:
            number += 1
        sentence_of[hit.start] = number
        if hit.strong:
            codes_of[number].add(hit.code)
    words = sum(1 for _ in WORD.finditer(text))
    return _Facts(words, titles, _lives(text), sentence_of, dict(codes_of))


def _lives(text: str) -> list[tuple[int, int]]:
    """Paragraphs that present a person, unless the text begins with one."""
    found = [match.span() for match in BIOGRAPHY.finditer(text) if CAREER.search(match.group())]
    return found if found and found[0][0] > OPENING * len(text) else []


def _row(text: str, hits: list[Hit], rivals: tuple[float, int], facts: _Facts) -> list[float]:
    usual, breadth = rivals
    in_title = [h for h in hits if _inside(h.start, facts.title_spans)]
    own_name = {h.term for h in in_title if COMMITTEE.search(text[max(0, h.start - CONTEXT) : h.start])}
    named = [h.term not in own_name and (is_in_name(text, h) or _inside(h.start, facts.lives)) for h in hits]
    free = [h for h, inside in zip(hits, named, strict=True) if not inside]
    strong, weak = [h for h in free if h.strong], [h for h in free if not h.strong]
    per_100 = 100 / max(facts.words, 60)
    listed = any(len(facts.codes_of.get(facts.sentence_of[h.start], ())) >= 3 for h in free)
    return [
        log1p(len({h.term for h in strong})),
        log1p(len(strong) * per_100),
        log1p(len({h.term for h in weak})),
        log1p(len(weak) * per_100),
        float(any(h.strong for h in in_title)),
        float(any(not h.strong for h in in_title)),
        log1p(usual) - log1p(len(strong)),
        float(not strong),
        log1p(breadth),
        float(listed),
        sum(named) / len(hits),
        float(facts.words < 60),
    ]


def is_in_name(text: str, hit: Hit) -> bool:
    """Whether a hit is part of the name of a body or of a post."""
    if not text[hit.start].isupper():
        return ROMANCE_BODY.search(text[max(0, hit.start - CONTEXT) : hit.start]) is not None
    before = " ".join(text[max(0, hit.start - CONTEXT) : hit.start + 1].split())[:-1]
    if NAME_BEFORE.search(before + ("" if before.endswith(" ") else " ")):
        return True
    if NAME_AFTER.match(text[hit.end : hit.end + CONTEXT].replace("\n", " ")):
        return True
    return _follows_post(text[max(0, hit.start - CONTEXT) : hit.start].rpartition("\n")[2])


def _follows_post(before: str) -> bool:
    """Whether the words before a hit on its line end in a post or rank and, after it, only names."""
    for word in reversed(before.replace(":", " : ").replace('"', ' " ').split()):
        if POST.fullmatch(word.strip(".,()–-")):
            return True
        if not (word[0].isupper() or word[0] in "(&–" or word.strip(",") in JOINING):
            return False
    return False
