"""Compare date finders on the English cases of Recognizers-Text: spans, values, false finds, speed, in one run.

    python benchmarks/dates/compare.py CASES.jsonl [--misses SYSTEM] [--all]

CASES.jsonl: one case a line: `input`, `ref` (time of writing), `results` (text, start, inclusive end, type, values).
In scope are dates, times and their ranges by the type the cases give (IN_SCOPE), whatever their words; durations ("two
hours") and sets ("every Monday") are not, unless --all is given.  A value counts when
start (and, for ranges, the end) equals one of the accepted readings, cut to what the case states.  Systems that are
not installed are named and skipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

Hit = tuple[int, int, str | None, str | None]
"""Start and end offset, start and end value: "2016-11-07", "2016-11-07T14:00", "T14:00" (ends inclusive for days)."""
Finder = Callable[[str, datetime, bool], list[Hit]]

IN_SCOPE = {"date", "daterange", "datetime", "datetimerange", "time", "timerange"}


@dataclass(frozen=True)
class Expected:
    start: int
    end: int
    kind: str
    values: tuple[tuple[str | None, str | None], ...]


@dataclass
class Case:
    text: str
    reference: datetime
    expected: list[Expected]
    kinds: set[str] = field(default_factory=set)
    day_first: bool = False
    """Of the English cases that are not American: 10/06 is in June."""


def load(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected = []
        kinds = set()
        for result in row["results"]:
            kind = (result.get("type") or "").removeprefix("datetimeV2.")
            kinds.add(kind)
            values = tuple(_accepted(kind, value) for value in result.get("values") or ())
            if result.get("start") is None:
                continue
            expected.append(Expected(result["start"], result["end"] + 1, kind, values))
        yield Case(
            row["input"],
            datetime.fromisoformat(row["ref"] or "2016-11-07T00:00:00"),
            expected,
            kinds,
            row.get("lang") == "EnglishOthers",
        )


def _accepted(kind: str, value: dict[str, Any]) -> tuple[str | None, str | None]:
    if "value" in value and value["value"] is not None:
        return _moment(value["value"], kind), None
    first, last = value.get("start"), value.get("end")
    return _moment(first, kind), _moment(last, kind)


def _moment(text: str | None, kind: str) -> str | None:
    if not text or text == "not resolved":
        return None
    if kind in ("time", "timerange"):
        return "T" + text[:5]
    text = text.replace(" ", "T")
    return text[:16] if "time" in kind else text[:10]


def in_scope(case: Case) -> bool:
    """Return whether all expressions of a case are dates, times or their ranges; cases that hold none count too."""
    return case.kinds <= IN_SCOPE


# -- systems ------------------------------------------------------------------------------------------------------


def ours() -> Finder:
    from extract.when.parse import parse_expressions
    from extract.when.readings import Context

    def find(text: str, reference: datetime, day_first: bool) -> list[Hit]:
        hits: list[Hit] = []
        for reading in parse_expressions(text, Context(language="en", published=reference.date(), day_first=day_first)):
            if reading.score <= 0.3 and not reading.problems:
                continue
            when = reading.when()
            if reading.problems and when.start_date is None:
                hits.append((reading.start, reading.end, None, None))
                continue
            if when.start_local:
                end = when.end_local.isoformat()[:16] if when.end_local else None
                hits.append((reading.start, reading.end, when.start_local.isoformat()[:16], end))
            elif reading.start_minutes is not None and when.start_date is None:
                ends = reading.end_minutes
                end = f"T{ends // 60:02d}:{ends % 60:02d}" if ends is not None else None
                first = f"T{reading.start_minutes // 60:02d}:{reading.start_minutes % 60:02d}"
                hits.append((reading.start, reading.end, first, end))
            else:
                first_day = when.start_date.isoformat() if when.start_date else None
                hits.append(
                    (reading.start, reading.end, first_day, when.end_date.isoformat() if when.end_date else None)
                )
        return hits

    return find


def recognizers_text() -> Finder:
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    def find(text: str, reference: datetime, day_first: bool) -> list[Hit]:
        hits: list[Hit] = []
        for result in recognize_datetime(text, Culture.English, reference=reference):
            values = (result.resolution or {}).get("values") or [{}]
            kind = result.type_name.removeprefix("datetimeV2.")
            for value in values:
                first, last = _accepted(kind, value)
                hits.append((result.start, result.end + 1, first, last))
        return hits

    return find


def ctparse() -> Finder:
    import logging

    from ctparse import ctparse as parse

    logging.getLogger("ctparse").setLevel(logging.ERROR)

    def find(text: str, reference: datetime, day_first: bool) -> list[Hit]:
        made = parse(text, ts=reference, timeout=2, latent_time=False)
        if made is None:
            return []
        resolution = made.resolution
        span = (getattr(resolution, "mstart", 0), getattr(resolution, "mend", 0))
        if hasattr(resolution, "t_from"):
            return [(*span, _ct(resolution.t_from), _ct(resolution.t_to))]
        return [(*span, _ct(resolution), None)] if hasattr(resolution, "year") else []

    return find


def _ct(moment: Any) -> str | None:
    if moment is None:
        return None
    clock = f"T{moment.hour:02d}:{moment.minute or 0:02d}" if moment.hour is not None else ""
    if moment.year is None:
        return clock or None
    return f"{moment.year:04d}-{moment.month or 1:02d}-{moment.day or 1:02d}{clock}"


def timefhuman() -> Finder:
    from timefhuman import tfhConfig
    from timefhuman import timefhuman as parse

    def find(text: str, reference: datetime, day_first: bool) -> list[Hit]:
        try:
            made = parse(text, tfhConfig(now=reference))
        except Exception:  # its parser raises many kinds of error on plain sentences
            return []
        made = made if isinstance(made, list) else [made]
        hits: list[Hit] = []
        for moment in made:
            first, last = (moment[0], moment[-1]) if isinstance(moment, tuple | list) and moment else (moment, None)
            last = last if isinstance(last, datetime) else None
            if isinstance(first, datetime):
                hits.append((0, len(text), first.isoformat()[:16], last.isoformat()[:16] if last else None))
        return hits  # it gives no spans: the whole sentence stands for them

    return find


def dateparser() -> Finder:
    from dateparser.search import search_dates

    def find(text: str, reference: datetime, day_first: bool) -> list[Hit]:
        found = (
            search_dates(
                text,
                languages=["en"],
                settings={"RELATIVE_BASE": reference, "DATE_ORDER": "DMY" if day_first else "MDY"},
            )
            or []
        )
        hits: list[Hit] = []
        at = 0
        for words, moment in found:
            start = text.find(words, at)
            at = max(start, 0) + len(words)
            hits.append((max(start, 0), max(start, 0) + len(words), moment.isoformat()[:16], None))
        return hits

    return find


SYSTEMS: dict[str, Callable[[], Finder]] = {
    "convenor": ours,
    "recognizers-text": recognizers_text,
    "ctparse": ctparse,
    "timefhuman": timefhuman,
    "dateparser": dateparser,
}


# -- scoring ------------------------------------------------------------------------------------------------------


@dataclass
class Score:
    expected: int = 0
    found: int = 0
    exact: int = 0
    overlap: int = 0
    value: int = 0
    clean: int = 0
    empty: int = 0
    seconds: float = 0.0
    words: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self, right: int) -> float:
        return 2 * right / (self.expected + self.found) if self.expected + self.found else 0.0


def run(finder: Finder, cases: Iterable[Case]) -> Score:
    score = Score()
    for case in cases:
        begin = time.perf_counter()
        hits = finder(case.text, case.reference, case.day_first)
        score.seconds += time.perf_counter() - begin
        score.words += len(case.text.split())
        spans = {(hit[0], hit[1]) for hit in hits}
        score.found += len(spans)
        score.expected += len(case.expected)
        if not case.expected:
            score.empty += 1
            score.clean += not spans
            if spans:
                score.misses.append(f"FALSE  {case.text!r}: {sorted(spans)}")
        for wanted in case.expected:
            _count(score, wanted, hits, case)
    return score


def _count(score: Score, wanted: Expected, hits: list[Hit], case: Case) -> None:
    near = [hit for hit in hits if hit[0] < wanted.end and wanted.start < hit[1]]
    is_exact = any(hit[0] == wanted.start and hit[1] == wanted.end for hit in near)
    is_right = any(_same(hit, value, wanted.kind) for hit in near for value in wanted.values)
    score.overlap += bool(near)
    score.exact += is_exact
    score.value += is_right
    if not is_right or not is_exact:
        words = case.text[wanted.start : wanted.end]
        got = [(case.text[hit[0] : hit[1]], hit[2], hit[3]) for hit in near]
        mark = "VALUE" if not is_right else "SPAN "
        score.misses.append(f"{mark}  {case.text!r} ({case.reference:%Y-%m-%d}): {words!r} {wanted.values} got {got}")


def _same(hit: Hit, value: tuple[str | None, str | None], kind: str) -> bool:
    first, last = value
    if first is None and last is None:
        return hit[2] is None
    if kind in ("time", "timerange"):
        return _clock(hit[2]) == _clock(first) and (last is None or _clock(hit[3]) == _clock(last))
    if kind in ("date", "daterange"):
        same_start = first is None or (hit[2] or "")[:10] == first
        return same_start and (last is None or _same_last_day((hit[3] or hit[2] or "")[:10], last))
    same_start = first is None or hit[2] == first
    return same_start and (last is None or hit[3] == last)


def _same_last_day(found: str, stated: str) -> bool:
    """Compare last days: the cases leave the last day, month or year of a span out, or name the day after it."""
    try:
        day, end = date.fromisoformat(found), date.fromisoformat(stated)
    except ValueError:  # nothing, or a clock time where a day is asked for
        return False
    after = day + timedelta(days=1)
    whole_unit = after.day == 1 and end.day == 1 and (end.year, end.month) == (day.year, day.month)
    whole_year = (after.month, after.day) == (1, 1) and (end.month, end.day) == (1, 1) and end.year == day.year
    return end in (day, after) or whole_unit or whole_year


def _clock(text: str | None) -> str:
    return text[text.index("T") :] if text and "T" in text else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--misses", metavar="SYSTEM", help="list what this system missed")
    parser.add_argument("--all", action="store_true", help="keep durations and sets")
    parser.add_argument("--only", nargs="*", default=list(SYSTEMS))
    arguments = parser.parse_args()
    cases = [case for case in load(arguments.cases) if arguments.all or in_scope(case)]
    print(f"{len(cases)} cases, {sum(len(case.expected) for case in cases)} expressions")
    print(f"{'system':18} {'exact F1':>9} {'overlap F1':>11} {'value':>7} {'no-date clean':>14} {'words/s':>9}")
    for name in arguments.only:
        try:
            finder = SYSTEMS[name]()
        except ImportError as error:
            print(f"{name:18} not installed ({error})")
            continue
        score = run(finder, cases)
        speed = score.words / score.seconds if score.seconds else 0
        clean = f"{score.clean}/{score.empty}"
        value = score.value / max(score.expected, 1)
        row = f"{score.f1(score.exact):9.3f} {score.f1(score.overlap):11.3f} {value:7.3f} {clean:>14} {speed:9.0f}"
        print(f"{name:18} {row}", flush=True)
        if arguments.misses == name:
            print("\n".join(score.misses))


if __name__ == "__main__":
    main()
