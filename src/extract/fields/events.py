"""The event a document is about: its name, kind, time, place, status and the ways to take part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from extract.fields.attendance import event_attendance
from extract.fields.event_details import event_languages, hashtags_of, registration_url, series_name, stream_url
from extract.fields.event_lists import listed_events
from extract.fields.event_names import event_type_of, kind_pattern, speaks_of_this
from extract.fields.event_status import event_status
from extract.fields.title_cleaning import Title
from extract.fields.titles import event_title
from extract.fields.venues import STATED_SCORE
from extract.found import Found, found
from extract.records import EventFinding, Relation, When
from extract.when.declared_checks import declared_at, disagreements
from extract.when.event_interval import event_when
from extract.when.zones import language_zone

_PROGRAMME_ITEMS = 4
"""So many timed slots make an announcement a programme."""
_HEAD = 200
_SURE = 0.85
"""The score of a name that a headline quotes or that names a kind of event; a byline has less."""


def find_events(doc: Doc) -> Doc:
    """Add the event of the document, or those of a page of several in the order printed; a profile has none."""
    working_set = found(doc)
    main = _main_event(doc)
    if main is not None:
        working_set.events += listed_events(doc, main) or [main]
    else:
        working_set.programme_items.clear()
    return doc


def _main_event(doc: Doc) -> EventFinding | None:
    working_set = found(doc)
    doc_type, sureness = working_set.doc_type
    title = event_title(doc)
    when = _when(working_set)
    if doc_type == "profile" or (doc_type == "other" and not _is_event_page(working_set, title, when)):
        return None
    venue = working_set.venues[0] if working_set.venues else None
    name = title.text if title else None
    status, previous = event_status(doc, is_report=doc_type == "report")
    when = _moved(working_set, when, previous)
    if when is not None and when.tz_iana is None:
        printed = _only_printed_zone(working_set) if when.start_local else None
        when = replace(when, tz_iana=printed or (venue.tz_iana if venue else None))
        when = _with_implied_zone(working_set, when)
    event_type = event_type_of(name, _lead_text(working_set))
    mode = event_attendance(
        working_set, name, has_place=venue is not None, is_stated=venue is not None and venue.score >= STATED_SCORE
    )
    mentions = []
    if title and title.start is not None and title.end is not None:
        mentions = [working_set.mention(title.start, title.end, "TITLE", "titles", score=title.score).mention_id]
    return EventFinding(
        key="event:0",
        relation=_relation(working_set),
        name=name,
        event_type=event_type,
        when=when,
        attendance_mode="in_person" if event_type == "exercise" and mode != "hybrid" else mode,
        event_status=status,
        previous_start_date=previous,
        venue_key=venue.key if venue else None,
        series_name=series_name(working_set.document.text),
        registration_url=registration_url(working_set.document),
        stream_url=stream_url(working_set.document),
        hashtags=hashtags_of(working_set.document.text),
        language_codes=event_languages(working_set.document.text),
        mention_ids=tuple(mentions),
        score=_score(title, when, sureness),
    )


def _relation(working_set: Found) -> Relation:
    if working_set.doc_type[0] == "report":
        return "reports"
    return "programmes" if len(working_set.programme_items) >= _PROGRAMME_ITEMS else "announces"


def _is_event_page(working_set: Found, title: Title | None, when: When | None) -> bool:
    """A document of no clear type is about an event when it dates one and names one, has a programme, or is of it.

    What is said at an event names it in its headline and as "this seminar".
    """
    names_kind = title is not None and kind_pattern().search(title.text) is not None
    if when is None:
        is_name = title is not None and (title.start or 0) < _HEAD and (names_kind or title.score >= _SURE)
        return is_name and speaks_of_this(_lead_text(working_set))
    return names_kind or len(working_set.programme_items) > 1


def _lead_text(working_set: Found) -> str:
    return working_set.document.text[:1500]


def _when(working_set: Found) -> When | None:
    """Return the event's interval as the date grammar reads it, in the venue's zone where two are printed.

    A declared start that is another one becomes a warning.
    """
    venue_tz = next((venue.tz_iana for venue in working_set.venues), None)
    when = event_when(working_set.dates, working_set.document, venue_tz=venue_tz)
    working_set.warnings += disagreements(declared_at(working_set.document, venue_tz), when)
    return when


def _only_printed_zone(working_set: Found) -> str | None:
    """Return the zone printed beside times of the event's sessions when there is only one."""
    zones = {finding.when.tz_iana for finding in working_set.dates
             if finding.role in ("event", "session") and finding.when.tz_iana and finding.when.start_local}  # fmt: skip
    return zones.pop() if len(zones) == 1 else None


def _with_implied_zone(working_set: Found, when: When) -> When:
    """Add the zone of the one country whose language the document is in, with a warning, where nothing else tells."""
    zone = language_zone(working_set.document.language)
    if when.tz_iana or when.start_local is None or zone is None:
        return when
    working_set.warnings.append(f"time zone {zone}: neither a zone nor a place is stated; taken from the language")
    return replace(when, tz_iana=zone)


def _moved(working_set: Found, when: When | None, previous: date | None) -> When | None:
    """A postponed event's date is not the one it had: the next event date of the text, or none."""
    if when is None or previous is None or when.start_date != previous:
        return when
    for finding in working_set.dates:
        if finding.role == "event" and finding.when.start_date not in (None, previous):
            return finding.when
    return None


def _score(title: Title | None, when: When | None, sureness: float) -> float:
    """Half from the name and the date, half from how sure the document's type is."""
    return round(0.25 * (title.score if title else 0.0) + 0.25 * (when is not None) + 0.5 * sureness, 4)
