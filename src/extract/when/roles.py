"""The part a date plays: event, session, deadline, publication, past or future fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from extract.records import DateRole
from extract.vocabularies import read_toml, words_of
from extract.when.phrases import DatePhrase
from extract.when.readings import Context, Reading
from extract.when.surroundings import sentence_after, sentence_before
from extract.when.tokens import CJK

HEAD = 700
"""Characters in which announcements and press pages state their own date: the header and first sentences."""
NO_STATEMENT = 0.3
"""Score of a date that only looks like one: a year in a name, a date in a web address."""
_WRITTEN = words_of("date_words", "roles", "written")
_CLOSES = words_of("date_words", "roles", "closes")
_ELSEWHEN = words_of("date_words", "roles", "other_meetings")
_OPENING = 12
"""Characters before a date that opens its sentence ("On ", "From ", "Am heutigen ")."""
_EVENT_MINUTES = 5
"""Events begin at minutes that this divides; systems print the very minute."""
_EARLIER = 60
"""Characters before a date in which "the previous" makes it another meeting's; "former ministers" stand further off."""
_NEWS = 120
"""Characters of news behind a dateline of another form; shorter lines are of a programme ("4 May, Oslo – Talk")."""
_ENDED = re.compile(r"[.!?][\"”’)]?\s*\n")
"""A sentence that its line ends: what it says of a press release is not said of the date below."""
_STREET = re.compile(
    r"\b(?:[Vv]iale?|[Pp]iazza|[Ll]argo|[Cc]orso|[Rr]ue|[Cc]alle|[Pp]laza|[Ss]traße)\s(?:[\w.]{1,5}\s)?$"
)
_PLACE_BEHIND = re.compile(r", ?[A-ZÀ-Ý][^,.:;–—\n]{1,30} ?(?:[–—]|--|-(?= ))")
"""The place between a date and the news: "4 June 2031, Oslo – The ministers …"."""
_FACTS = ("other", "past_fact", "future_fact")
_LISTING = ("and", "&", ",", "und", "et", "y", "e", "en", "/", "・", "、")
_LIST_GAP = 7
"""Words and characters between two days of one list."""
_REPEATED = 0.8
_PREPOSITIONS = ("in ", "at ", "to ", "from ", "and ", "for ", "by ", "with ", "on ", "the ", "of ", "when ", "where ")


@lru_cache
def labels_of(role: str) -> frozenset[str]:
    return frozenset(read_toml("date_cues")["label"][role])


@lru_cache
def _cue(part: str, role: str) -> re.Pattern[str]:
    """Return a pattern for the words that tell a role before or after a date (whole words where words are parted)."""
    words = sorted(read_toml("date_cues")[part][role], key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in words if word.isascii() or not CJK.match(word))
    joined = "|".join(re.escape(word) for word in words if CJK.match(word))
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)" + (f"|{joined}" if joined else ""))


def assign_roles(readings: Sequence[Reading], text: str, context: Context) -> None:
    """Give every dated reading its role; clock times without a date are sessions until the event claims them."""
    for number, reading in enumerate(readings):
        if reading.city and reading.phrase is None:
            reading.role = "event"  # the clocks of several cities announce one
        elif reading.phrase is None:
            reading.role = _clock_role(reading, text)
        else:
            before_end = readings[number - 1].end if number else 0
            reading.role = _date_role(reading, text, context, before_end)
    share_roles(readings, text)


def share_roles(readings: Sequence[Reading], text: str) -> None:
    """Give the days of a list one role: "on 29 February and 1 March the forum will meet"."""
    for one, other in itertools.pairwise(readings):
        is_list = text[one.end : other.start].strip().lower() in _LISTING and other.start - one.end <= _LIST_GAP
        if is_list and one.phrase and other.phrase and one.phrase.precision == other.phrase.precision == "day":
            plain = next((r for r in (one, other) if r.role in _FACTS and not r.is_attribute), None)
            event = next((r for r in (one, other) if r.role == "event"), None)
            if plain and event:
                plain.role, plain.is_told = "event", event.is_told


def _clock_role(reading: Reading, text: str) -> DateRole:
    if reading.label in labels_of("deadline"):
        return "deadline"
    if reading.label in labels_of("event"):
        return "event"
    if reading.label.endswith(tuple(read_toml("arrival_words")["socials"])):
        return "session"
    if reading.opens_line:
        return "session"
    before = sentence_before(text, reading)
    if _cue("before", "publication").search(before[-70:]):
        return "publication"
    if _cue("before", "deadline").search(before):
        return "deadline"
    if _cue("before", "event").search(before):
        return "event"
    return "session" if reading.opens_line or reading.is_header else "other"


def _date_role(reading: Reading, text: str, context: Context, before_end: int) -> DateRole:
    phrase = reading.phrase
    if phrase is None or phrase.is_name_part:
        reading.score = min(reading.score, NO_STATEMENT)
        return "other"
    if _is_rough(phrase):
        return "other"
    if _is_in_address(reading, text):
        reading.score = min(reading.score, NO_STATEMENT)
        return "other"
    for role in ("deadline", "publication", "event"):
        is_loose = role == "publication" and reading.label in ("on", "stand") and before_end > 0
        if reading.label and not is_loose and _label_says(reading.label, labels_of(role)):
            reading.is_told = role == "event"
            return "publication" if _is_mail_header(reading, text) else role
    before, after = sentence_before(text, reading), sentence_after(text, reading)
    reading.opens_sentence = len(before) <= _OPENING
    near = _ENDED.split(text[max(before_end, reading.start - 70) : reading.start])[-1]
    near = " ".join(near.lower().split())
    if _cue("before", "deadline").search(before) and not _is_event_between(before):
        return "deadline"
    if near.endswith(_CLOSES) and _cue("line", "closing").search(before):
        return "deadline"
    if _cue("before", "publication").search(near) or near.endswith(_WRITTEN) or _is_page_head(reading, text):
        return "publication"
    if is_machine_time(reading) or _cue("after", "publication").match(after):
        return "publication"
    reading.is_attribute = _is_attribute(before, after) or bool(_cue("before", "other").search(near[-30:]))
    if reading.is_attribute:
        return "other"
    if phrase.precision != "day":
        return "other"  # told from facts once the main date is known
    if _cue("after", "deadline").search(after[:40]):
        return "deadline"
    if _is_dateline(reading, text):
        return "publication"
    if reading.label.startswith(_ELSEWHEN):
        return "other"
    if reading.is_header:
        if context.doc_type in ("report", "profile", "other") and before_end == 0:
            if is_stamp(reading):
                return "publication"  # "17/07/2018 - 17:28" on top of a page is when it was put there
            if reading.clock is None:
                return "publication" if _reads_as_press(text, reading) else "event"
        return "event"
    if reading.clock is not None:
        reading.is_told = bool(_cue("after", "event").search(after))
        return "event"
    is_opening = reading.opens_sentence and bool(_cue("opening", "event").search(after))
    if is_opening or _cue("before", "event").search(before) or _cue("after", "event").search(after):
        reading.is_told = not _cue("before", "earlier").search(before[-_EARLIER:])
        return "event"
    return "event" if reading.start < HEAD and context.doc_type == "announcement" and not before else "other"


def is_machine_time(reading: Reading) -> bool:
    """Return whether a lone date stands with an hour that no event begins at: "1 January 2021 00:00", "… 01:46"."""
    clock = reading.clock
    if clock is None or clock.last or not reading.is_alone or reading.label:
        return False
    is_midnight = clock.first.minutes == 0 and clock.zone is None
    return is_midnight or clock.first.minutes % _EVENT_MINUTES != 0


def is_stamp(reading: Reading) -> bool:
    """Return whether a lone date in figures stands with one hour, as systems print it: "17/07/2018 - 17:28"."""
    phrase, clock = reading.phrase, reading.clock
    in_figures = phrase is not None and bool(phrase.numeric_order or phrase.swapped)
    return in_figures and clock is not None and clock.last is None and reading.is_alone and not reading.label


def _is_rough(phrase: DatePhrase) -> bool:
    """Return whether a date is only counted from the day of writing ("last week", "the last 3 years")."""
    unit = phrase.relative[0] if phrase.relative else ""
    return unit.startswith("span_") or unit.endswith("s_on") or unit in ("week", "weekend")


def _is_in_address(reading: Reading, text: str) -> bool:
    """Return whether an expression stands inside a web or mail address, or names a street ("Via XX settembre 8")."""
    if _STREET.search(text[max(0, reading.start - 20) : reading.start]):
        return True
    start = max(text.rfind(mark, max(0, reading.start - 300), reading.start) for mark in " \n\t")
    word = text[max(start + 1, reading.start - 300) : reading.start]
    return "://" in word or "www." in word or "@" in word


def _is_attribute(before: str, after: str) -> bool:
    """Return whether a date tells a thing apart: "the 25 March declaration", "since the June 3 summit"."""
    last = before.rsplit(" ", 1)[-1]
    follows = after[:1].isalpha() and not after.startswith(_PREPOSITIONS)
    return last in ("the", "its", "their", "our", "this") and follows and len(before) > len(last)


def _is_page_head(reading: Reading, text: str) -> bool:
    """Return whether a date opens or closes a short line about the page itself ("11/12/2024 | News release | …").

    A date alone in its line may have that line next to it ("Press Release: Harbour Institute", "MEDIA ADVISORY").
    """
    begin, stop = reading.line
    if reading.start > HEAD or stop - begin > 160:
        return False
    if reading.is_alone and not reading.label and any(map(_names_a_release, _lines_beside(text, begin, stop))):
        return True
    rest = text[begin : reading.start] + "|" + text[reading.end : stop]
    is_outer = reading.opens_line or not any(c.isalpha() for c in text[reading.end : stop])
    return is_outer and bool(_cue("line", "publication").search(rest.lower()))


def _lines_beside(text: str, begin: int, stop: int) -> tuple[str, str]:
    """Return the line before and the line behind one, blank lines apart, in small letters."""
    above, below = text[max(0, begin - _BESIDE) : begin].rstrip(), text[stop : stop + _BESIDE].lstrip()
    return above.rpartition("\n")[2].strip().lower(), below.partition("\n")[0].strip().lower()


_BESIDE = 200
"""Characters of the lines beside a date that are looked at."""


def _names_a_release(line: str) -> bool:
    """Return whether a short line says what kind of news the page is, and at most whose."""
    found = _RELEASE.match(line)
    return found is not None and len(line) < _BESIDE // 2 and (found.end() == len(line) or line[found.end()] in ":|–—-")


_RELEASE = re.compile(
    r"(?:for immediate )?(?:press|news|media)[ -](?:release|advisory|statement)|for immediate release|pressemitteilung|"
    r"communiqué de presse|comunicato stampa|nota de prensa|persbericht"
)


def _is_mail_header(reading: Reading, text: str) -> bool:
    """Return whether a "Date:" line stands among "From:" and "Subject:" lines."""
    around = text[max(0, reading.line[0] - 200) : reading.line[1] + 200].lower()
    marks = ("\nsubject:", "\nfrom:", "\nto:", "\nbetreff:", "\nvon:", "\nobjet:", "\nasunto:")
    return sum(mark in f"\n{around}" for mark in marks) >= 1


def _label_says(label: str, cues: frozenset[str]) -> bool:
    return label in cues or any(
        label.endswith(" " + cue) or label.startswith(cue + " ") for cue in cues if len(cue) > 3
    )


def _is_event_between(before: str) -> bool:
    """Return whether an event cue stands between the deadline cue and the date ("register for the event held on")."""
    deadline = max(match.start() for match in _cue("before", "deadline").finditer(before))
    event = max((match.start() for match in _cue("before", "event").finditer(before)), default=-1)
    return event > deadline and before.rfind(" by ") < event


def _is_dateline(reading: Reading, text: str) -> bool:
    """Return whether a date opens a press text: "LJUBLJANA, 10 September 2025 – The ministers …"."""
    begin, stop = reading.line
    before, after = text[begin : reading.start].strip(), text[reading.end : stop].lstrip(" )")
    if reading.start > HEAD:
        return False
    if not before:
        return reading.clock is None and len(after) > _NEWS and _PLACE_BEHIND.match(after) is not None
    if len(before) > 40 or not before.endswith((",", "(", "–", "-")):
        return False
    if after in ("–", "—", "--") and stop < len(text.rstrip()):
        return True  # the news begins on the next line
    if after.startswith(": "):
        return reading.clock is None and len(after) > _NEWS
    return after.startswith(("–", "—", "- ", "--", ". –", ". -", "(")) and len(after) > 40


def _reads_as_press(text: str, reading: Reading) -> bool:
    """Return whether the head of the text is that of a press page: its lone date is when it was issued."""
    head = text[: reading.start + 200].lower()
    marks = ("press release", "for immediate release", "statement", "communiqué", "pressemitteilung", "comunicado")
    return any(mark in head for mark in marks) or "readout" in head


def assign_facts(readings: Sequence[Reading], days: Sequence[date], published: date | None) -> None:
    """Tell past from future facts among the remaining dates, seen from the day of writing or the event.

    `days` are the event's first and last; a date that repeats them is the event's too.
    """
    reference = published or (days[0] if days else None)
    latest = _latest_year(readings)
    for reading in readings:
        is_fact = reading.role == "other" and reading.phrase is not None and reading.score > NO_STATEMENT
        if not is_fact or reading.first is None:
            continue
        if reading.phrase and _is_rough(reading.phrase):
            continue  # "over the last three years" states nothing that happened then
        if days and reading.has_day and not reading.is_attribute and [reading.first, reading.last] == list(days):
            reading.role, reading.score = "event", min(reading.score, _REPEATED)
            continue
        if reference is None:
            reading.role = "past_fact" if reading.first.year <= latest else "other"
        else:
            reading.role = "past_fact" if reading.first <= reference else "future_fact"


def _latest_year(readings: Sequence[Reading]) -> int:
    years = [r.first.year for r in readings if r.first and r.precision in ("day", "minute", "month")]
    return max(years, default=9999)
