"""How an event is attended: in person, online or both, from words that speak of the event and not of its topic."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.fields.event_names import kind_pattern
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.found import Found
from extract.records import AttendanceMode

_REACH = 45
"""Characters between a format word and the noun or verb that makes it one: "virtual leader-level meeting"."""
_IS_ONLINE = re.compile(r"\b(?:is|was|be|are|were|it's)\s+$", re.IGNORECASE)
_VIA = re.compile(
    r"\b(?:via|on|over|by|through|using|per|über|sur|par|por|su|through the)\s+(?:the |a |secure )?$", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"\b(?:this|the|a|our|free|upcoming|der|das|ce|le|un|el|il|dit|een|recent|public)\s+(?:[\w&’'/-]+\s+){0,4}$",
    re.IGNORECASE,
)
_TOOLS = frozenset(words_of("formats", "context", "tools"))


def event_attendance(
    working_set: Found, title: str | None, *, has_place: bool, is_stated: bool
) -> AttendanceMode | None:
    """Return how a document's event is attended: as its publisher declares, else as its text tells."""
    for fact in working_set.document.declared:
        if fact.name.casefold().endswith("eventattendancemode"):
            value = fact.value.casefold()
            return "hybrid" if "mixed" in value else "online" if "online" in value else "in_person"
    mode = attendance_mode(own_words(working_set), title=title, has_place=has_place, is_stated=is_stated)
    is_invited = working_set.doc_type[0] == "announcement" and not has_place and mode is None
    return "online" if is_invited and _invites_viewers(working_set.document.text) else mode


_SENTENCE_EDGE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s|\n")
_CALENDAR_DAYS = frozenset(["day", "minute", "month"])


def own_words(working_set: Found) -> str:
    """Return the text with blanks for sentences about the past: "In July 2031 they had met by video"."""
    text = working_set.document.text
    own = [finding.start_char for finding in working_set.dates if finding.role in ("event", "session")]
    for finding in working_set.dates:
        if finding.role != "past_fact" or finding.when.precision not in _CALENDAR_DAYS:
            continue
        before = [
            match.end() for match in _SENTENCE_EDGE.finditer(text, max(finding.start_char - 300, 0), finding.start_char)
        ]
        after = _SENTENCE_EDGE.search(text, finding.end_char)
        start, end = before[-1] if before else max(finding.start_char - 300, 0), after.start() if after else len(text)
        if not any(start <= position < end for position in own):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def attendance_mode(text: str, *, title: str | None, has_place: bool, is_stated: bool = False) -> AttendanceMode | None:
    """Return how the event of a text is attended; None when nothing tells.

    `has_place` says that the text puts the event somewhere, `is_stated` that a field or line of its own does; a place
    and an invitation to follow from elsewhere make it hybrid.
    """
    low = text.lower()
    is_far = any(word in low for word in _FAR)
    if _has(text, "hybrid") or (title and _has(title, "hybrid")):
        return "hybrid"
    if has_place and is_far and (_AND_ONLINE.search(text) or _ALSO_ONLINE.search(text)):
        return "hybrid"
    is_online = _has(text, "online") or _named_online(title)
    is_online = is_online or ("online" in low and _SURELY_ONLINE.search(text) is not None)
    is_present = _has(text, "in_person")
    is_broadcast = pattern_of("formats", "broadcast", "phrases").search(text) is not None
    if is_online and (_WENT_ONLINE.search(text) or (not is_stated and _ONLY_ONLINE.search(text))):
        return "online"
    if is_online and (is_present or is_stated or (has_place and is_broadcast)):
        return "hybrid"
    if is_online:
        return "online"
    if is_present or has_place:
        is_offered = is_broadcast and (_invites_viewers(text) or _is_tagged(title))
        return "hybrid" if is_offered else "in_person"
    is_met = any(pattern_of("formats", *key).search(text) for key in (("context", "presence"), ("presence", "phrases")))
    return "in_person" if is_met else None


_FAR = words_of("formats", "context", "far")
_ALSO_ONLINE = re.compile(
    r"\b(?:virtual|online|remote)\s+(?:participation|attendance|access)\s+(?:is|was|will be)\s+(?:also\s+)?"
    r"(?:possible|available|offered)|"
    r"\b(?:also|auch|également|también|anche|ook)\s+(?:join|follow|attend|participate|watch|be followed|be attended)?"
    r"\s*(?:online|virtually|remotely)\b",
    re.IGNORECASE,
)
"""Beside a place: "virtual participation was also possible", "can also be followed online"."""
_AND_ONLINE = re.compile(
    r"(?:\band|\bor|\bund|\bet|\by|\be|\ben|\bou|\boder|\bo|[/+&,])\s+(?:also\s+|auch\s+)?"
    r"(?:online|virtually|via zoom|on zoom|en ligne|à distance|en línea)\b(?!\s+\w*(?:plat|content|serv|medi|safe|harm|space|tool|resource))",  # noqa: E501
    re.IGNORECASE,
)
_SURELY_ONLINE = re.compile(r"\(online(?: only)?\)|\bonline[ -]only\b|\bonly online\b", re.IGNORECASE)
_ONLY_ONLINE = re.compile(
    r"\b(?:online|virtual)[ -]only\b|\bonly online\b|\b(?:fully|entirely|exclusively) (?:online|virtual)|"
    r"\b(?:three|two|four|five|one)-day online\b|\bonline meeting\b",
    re.IGNORECASE,
)
_WENT_ONLINE = re.compile(r"\bmoved online\b|\bconverted (?:in)?to an? (?:online|virtual)", re.IGNORECASE)
"""These hold although the text names the place where it was to be."""


def _named_online(title: str | None) -> bool:
    return bool(
        title and re.search(r"\b(?:virtual|online|webinar|webinaire)\b", title, re.IGNORECASE)
    ) and not re.search(r"\bonline (?:content|harms?|safety|platforms?|hate)\b", title or "", re.IGNORECASE)


def _is_tagged(title: str | None) -> bool:
    """A live stream counts when the title says it in brackets: "Ports and tides [Livestreamed]"."""
    brackets = re.findall(r"[\[(]([^\[\]()\n]{1,40})[\])]", title or "")
    return any(pattern_of("formats", "broadcast", "phrases").search(inside) for inside in brackets)


def _invites_viewers(text: str) -> bool:
    """A live stream counts when the text offers it of this event ("will be live streamed", "watch live")."""
    for match in pattern_of("formats", "broadcast", "phrases").finditer(text):
        around = text[max(match.start() - 60, 0) : match.end() + 60]
        if re.search(
            r"\b(?:will|be|is|was|join|watch|follow|event|sera|wird|será|sarà|wordt|dial|puede|podrá|seguir|suivre|segui|kann|können|volgen)\b",
            around,
            re.IGNORECASE,
        ):
            return True
    return False


@lru_cache(maxsize=1)
def _context() -> re.Pattern[str]:
    return phrase_pattern((*words_of("formats", "context", "nouns"), "held", "hosted", "convened", "met"))


def _has(text: str, kind: str) -> bool:
    return any(_speaks_of_event(text, match) for match in pattern_of("formats", kind, "phrases").finditer(text))


def _speaks_of_event(text: str, match: re.Match[str]) -> bool:
    """Tell "a hybrid meeting" and "held online" from "hybrid threats" and "available online"."""
    word = match[0].casefold()
    if len(word.split()) > 2 and pattern_of("formats", "hybrid", "phrases").fullmatch(word):
        return True  # "in person or online" is said of nothing else
    before = _same_sentence_before(text, match.start())
    after = _same_sentence_after(text, match.end())
    following = re.match(r"[\s-]*(\w+)", after)
    if following and following[1].casefold() in _topics():
        return False
    if word.startswith("webina"):
        return bool(_ARTICLE.search(before)) or len(before.strip()) < 3
    if pattern_of("formats", "past", "phrases").search(before[-25:]):
        return False
    if word in ("virtual", "online", "on-line") and _IS_ONLINE.search(before[-14:]) and not re.match(r"\s+\w", after):
        return True
    if (
        word in ("virtual", "online")
        and _IS_ONLINE.search(before[-14:])
        and re.match(r"\s+(?:and|only|this|due|event)\b", after)
    ):
        return True
    if word == "virtually" and re.match(r"\s*(?:[,.;)]|on\b|via\b|in\b|by\b|from\b|with\b|to\b|this\b|$)", after):
        return True
    if any(tool in word for tool in _TOOLS):
        return bool(_VIA.search(before)) or len(before) + len(after) < 30
    near_before, near_after = before[-_REACH:], after[:_REACH]
    return bool(
        _context().search(near_before) or _context().search(near_after)
        or kind_pattern().search(near_after) or kind_pattern().search(near_before)
        or len(before.strip()) + len(after.strip()) < 25
    )  # fmt: skip


@lru_cache(maxsize=1)
def _topics() -> frozenset[str]:
    return frozenset(words_of("formats", "context", "topics"))


def _same_sentence_before(text: str, position: int) -> str:
    window = text[max(position - 120, 0) : position]
    return re.split(r"[.!?;]\s|[\n\t]", window)[-1]


def _same_sentence_after(text: str, position: int) -> str:
    return re.split(r"[.!?;]\s|[\n\t]", text[position : position + 120])[0]
