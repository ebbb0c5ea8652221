"""The event's own interval among all dates of a document."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from extract.fields.dates import find_dates
from extract.found import Found
from extract.records import DocType, When
from extract.when.declared_checks import declared_at, disagreements
from extract.when.event_interval import event_when
from ingest.document import Declared, Document

CASES = tomllib.loads((Path(__file__).parent / "event_dates.toml").read_text(encoding="utf-8"))["case"]


def found_in(
    text: str, doc_type: DocType = "announcement", language: str = "en", declared: tuple[Declared, ...] = ()
) -> Found:
    """Run the component on a plain text."""
    if not Doc.has_extension("found"):
        Doc.set_extension("found", default=None)
    document = Document("case.txt", "0" * 64, "text/plain", text, (), "test", language=language, declared=declared)
    doc = spacy.blank("en").make_doc(text)
    doc._.found = Found(document, doc_type=(doc_type, 1.0))
    working_set: Found = find_dates(doc)._.found
    return working_set


def when_of(working_set: Found, venue_tz: str | None = None) -> When | None:
    return event_when(working_set.dates, working_set.document, venue_tz=venue_tz)


def shown(local: datetime | None, day: object) -> str:
    return local.isoformat()[:16] if local else str(day)


@pytest.mark.parametrize("case", CASES, ids=[case["text"].strip()[:40].replace("\n", " ") for case in CASES])
def test_event_interval(case: dict[str, str]) -> None:
    doc_type: DocType = case.get("doc_type", "announcement")  # type: ignore[assignment]
    when = when_of(found_in(case["text"], doc_type, case.get("language", "en")))
    assert when is not None
    stated = (shown(when.start_local, when.start_date), shown(when.end_local, when.end_date), when.tz_iana)
    assert stated == (case["start"], case["end"], case.get("zone"))


def test_mentions_match_the_text() -> None:
    working_set = found_in("Forum, 5 June 2024, 14:00 CEST / 21:00 JST\n\nRegister by 1 June 2024.")
    assert [d.text for d in working_set.dates] == ["5 June 2024, 14:00 CEST", "21:00 JST", "1 June 2024"]
    for finding in working_set.dates:
        assert working_set.document.text[finding.start_char : finding.end_char] == finding.text
        assert working_set.mentions[finding.mention_id].label == "DATE"


def test_the_venue_chooses_among_parallel_clocks() -> None:
    working_set = found_in("Forum, 5 June 2024, 14:00 CEST / 21:00 JST")
    tokyo, brussels, madrid = (when_of(working_set, z) for z in ("Asia/Tokyo", "Europe/Brussels", "Europe/Madrid"))
    assert tokyo and brussels and madrid
    assert (tokyo.start_local, tokyo.tz_iana) == (datetime(2024, 6, 5, 21), "Asia/Tokyo")
    assert (brussels.start_local, brussels.tz_iana) == (datetime(2024, 6, 5, 14), "Europe/Brussels")
    assert (madrid.start_local, madrid.tz_iana) == (datetime(2024, 6, 5, 14), "Europe/Madrid")


def test_declared_dates_stand_in_where_the_text_has_none() -> None:
    declared = (
        Declared("json-ld", "startDate", "2024-06-05T14:00:00+02:00"),
        Declared("json-ld", "endDate", "2024-06-05T16:00:00+02:00"),
    )
    when = when_of(found_in("A talk about cables.", declared=declared))
    assert when is not None
    assert (when.start_local, when.end_local) == (datetime(2024, 6, 5, 14), datetime(2024, 6, 5, 16))
    assert (when.utc_offset_minutes, when.method) == (120, "structured_data")


def _told(*starts: tuple[str, str]) -> tuple[Declared, ...]:
    """Declare one event in several syntaxes."""
    return tuple(
        Declared(origin, name, value, group)  # type: ignore[arg-type]
        for group, (origin, start) in enumerate(starts)
        for name, value in (("name", "Quiet Cables"), ("startDate", start))
    )


@pytest.mark.parametrize(
    ("text", "starts", "expected", "zone"),
    [
        # UTC is moved to the venue's clock, also over midnight; any other offset is the publisher's own
        ("A talk.", [("json-ld", "2024-06-05T07:30:00Z")], "2024-06-05 16:30", "Asia/Tokyo"),
        ("A talk on 6 June 2024.", [("json-ld", "2024-06-05T23:30:00+00:00")], "2024-06-06 08:30", "Asia/Tokyo"),
        ("A talk.", [("json-ld", "2024-06-05T07:30:00+09:00")], "2024-06-05 07:30", "Asia/Tokyo"),
        # where the text states the time, it holds
        ("A talk on 5 June 2024, 16:30.", [("microdata", "2024-06-05T07:30")], "2024-06-05 16:30", "Asia/Tokyo"),
        ("A talk on 5 June 2024, 16:30.", [("json-ld", "2024-06-05T07:30:00"), ("microdata", "2024-06-05T16:30")],
         "2024-06-05 16:30", "Asia/Tokyo"),
        # where it does not: a time goes before none, one with its zone before one without
        ("A talk.", [("json-ld", "2024-06-05"), ("ics", "2024-06-05T16:30")], "2024-06-05 16:30", "Asia/Tokyo"),
        ("A talk on 5 June 2024.", [("microdata", "2024-06-05T07:30"), ("ics", "2024-06-05T07:30:00Z")],
         "2024-06-05 16:30", "Asia/Tokyo"),
    ],
)  # fmt: skip
def test_declared_times_beside_the_text(text: str, starts: list[tuple[str, str]], expected: str, zone: str) -> None:
    when = when_of(found_in(text, declared=_told(*starts)), "Asia/Tokyo")
    assert when is not None
    assert (str(when.start_local)[:16], str(when.start_date), when.tz_iana) == (expected, expected[:10], zone)


@pytest.mark.parametrize(
    ("text", "starts", "warned"),
    [
        ("A talk on 5 June 2024, 16:30.", [("microdata", "2024-06-05T07:30")],
         ["microdata), the text says 2024-06-05 16:30"]),
        ("A talk on 5 June 2024, 16:30.", [("microdata", "2024-06-04")], ["2024-06-04 (microdata), the text says"]),
        ("A talk on 5 June 2024, 16:30.",
         [("json-ld", "2024-06-05T07:30Z"), ("microdata", "2024-06-05T16:30"), ("rdfa", "2024-06-05")], []),
        ("A talk on 5 June 2024.", [("json-ld", "2024-06-05T07:30Z")], []),
        ("A talk.", [("json-ld", "2024-06-05T07:30Z"), ("microdata", "2024-06-05T07:30")],
         ["(microdata), another part"]),
        ("A talk in June 2024.", [("json-ld", "2024-07-05")], []),
    ],
)  # fmt: skip
def test_a_declared_start_that_is_another_is_warned_of(
    text: str, starts: list[tuple[str, str]], warned: list[str]
) -> None:
    working_set = found_in(text, declared=_told(*starts))
    warnings = disagreements(declared_at(working_set.document, "Asia/Tokyo"), when_of(working_set, "Asia/Tokyo"))
    assert len(warnings) == len(warned)
    assert all(words in warning for words, warning in zip(warned, warnings, strict=True))


def test_the_date_of_an_event_page_is_the_events_and_of_a_post_its_own() -> None:
    page = (Declared("front-matter", "layout", "event"), Declared("front-matter", "date", "2024-06-05"))
    post = (Declared("front-matter", "layout", "post"), Declared("front-matter", "date", "2024-06-05"))
    event, note = found_in("A talk.", declared=page), found_in("A talk.", declared=post)
    assert (str(getattr(when_of(event), "start_date", None)), event.published_date) == ("2024-06-05", None)
    assert (when_of(note), str(note.published_date)) == (None, "2024-06-05")


def test_published_date_is_stated_or_none() -> None:
    assert str(found_in("News\nPublished: 3 June 2024\n\nThe talk is on 9 June 2024.").published_date) == "2024-06-03"
    assert found_in("The talk is on 9 June 2024.").published_date is None


def test_warnings_name_the_words() -> None:
    (warning,) = found_in("The talk will be held on 31 June 2024.").warnings
    assert "31 June 2024" in warning
    assert "does not exist" in warning


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Forum\n\n5 June 2023\n\nWhen: 5 June 2024, 10:00", "for 2023 and for 2024"),
        ("Forum, 5 June 2024, 14:00 CEST / 22:00 JST", "same instant"),
        ("Forum, Tuesday 5 June 2024", "is a Wednesday"),
        ("Forum, 5 June 2024, 16:00–14:00", "before the start"),
    ],
)
def test_contradictions_are_warned_of(text: str, warning: str) -> None:
    warnings = found_in(text).warnings
    assert len(warnings) == 1
    assert warning in warnings[0]


def test_agreeing_clocks_and_dates_give_no_warning() -> None:
    text = "Forum, Wednesday 5 June 2024, 14:00 CEST / 21:00 JST\n\nDate: 5 June 2024"
    assert found_in(text).warnings == []


def test_a_week_before_the_page_is_no_interval() -> None:
    text = "10 June 2031\n\nThe school held its first conference on ports last week, with pilots from both coasts."
    assert when_of(found_in(text, "report", "en")) is None
