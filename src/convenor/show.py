"""What a person sees in the terminal: the summary of a run, the findings of a document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.records import DocumentRecords, EventFinding, When
from flows.report import causes_line, names_line, release_line, timing_line

if TYPE_CHECKING:
    from flows.steps import RunSummary
    from tables.search import Hit

_COLOURS = {"ok": "green", "unchanged": "green", "duplicate": "yellow", "partial": "yellow"}
_SHOWN_PROBLEMS = 20


def print_summary(summary: RunSummary, processed: Path) -> None:
    """Print outcomes, problems with what to do, and where the tables are."""
    console = Console()
    outcomes = Text("  ").join(
        Text(f"{count} {name}", style=_COLOURS.get(name, "red")) for name, count in summary.counts.items()
    )
    console.print(outcomes)
    if summary.problems:
        table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
        for header in ("input", "outcome", "reason", "what to do"):
            table.add_column(header, overflow="fold")
        for row in summary.problems[:_SHOWN_PROBLEMS]:
            cells = (row.source_uri, row.outcome, row.reason_code or "", row.detail or "")
            table.add_row(*map(Text, cells), style=_COLOURS.get(row.outcome, "red"))
        console.print(table)
        if len(summary.problems) > _SHOWN_PROBLEMS:
            console.print(f"… and {len(summary.problems) - _SHOWN_PROBLEMS} more: see outcomes.parquet")
    if summary.causes:
        console.print(Text(f"read: {causes_line(summary)}"))
    if summary.retired:
        console.print(Text(f"retired, their files are gone: {names_line(summary.retired)}"))
    if any(summary.corrections.values()):
        console.print(Text(format_corrections(summary.corrections)))
    rows = ", ".join(f"{count:,} {name}" for name, count in summary.rows.items() if count and name != "outcomes")
    console.print(Text(f"{release_line(summary)} in {processed}: {rows}"))
    console.print(Text(f"{sum(summary.seconds.values()):.1f} s: {timing_line(summary)}"))


def format_corrections(counts: Mapping[str, int]) -> str:
    """Return "12 corrections applied, 1 no longer matches, 0 refused", with where to look when not all are applied."""
    applied, unmatched, refused = (counts.get(status, 0) for status in ("applied", "unmatched", "refused"))
    verb = "matches" if unmatched == 1 else "match"
    text = f"{applied} corrections applied, {unmatched} no longer {verb}, {refused} refused"
    return text + (": see corrections.parquet" if unmatched or refused else "")


def print_records(records: DocumentRecords) -> None:
    """Print what was found in a document, each value beside its words."""
    console = Console()
    facts = records.document
    console.print(Text(facts.document_title or facts.source_uri, style="bold"))
    console.print(
        Text(
            f"{facts.source_uri} · {facts.media_type} · {facts.doc_type} ({facts.doc_type_score:.2f}) · "
            f"{facts.language_code or 'language unknown'} · {len(facts.text):,} characters · read by {facts.reader}"
        )
    )
    for warning in facts.warnings:
        console.print(Text(f"warning: {warning}", style="yellow"))
    for table in (
        _events(records), _programme(records), _participations(records), _organisations(records),
        _instruments(records), _domains(records), _dates(records), _milestones(records),
    ):  # fmt: skip
        if table.row_count:
            console.print()
            console.print(table)


_HIT_COLUMNS = {
    "events": ("event", "when", "where"),
    "people": ("person", "last seen", "post and affiliation"),
    "sentences": ("sentence", "when", "document"),
}


def print_hits(hits: list[Hit], kind: str) -> None:
    """Print what answers a question, each with the fields that hold its words."""
    from tables.search import group_reasons

    columns = _HIT_COLUMNS[kind]
    is_sentence = kind == "sentences"
    table = _table("", *columns) if is_sentence else _table("", *columns, "because of", "documents")
    for hit in hits:
        shown = {f: v for f, v in group_reasons(hit).items() if f not in ("name", "when", "where")}
        why = [f"{field}: {value}" for field, values in shown.items() for value in values]
        _add(table, hit.name, hit.when, hit.where, *(() if is_sentence else ("\n".join(why), "\n".join(hit.documents))))
    Console().print(table)


def print_no_hits(kind: str, without: Mapping[str, int]) -> None:
    """Say that nothing answers, and which word stands in the way."""
    instead = "; ".join(f"without {word!r} there are {count}" for word, count in without.items())
    Console().print(Text(f"none of the {kind} holds all these words; {instead or 'fewer words find more'}"))


def format_when(when: When | None) -> str:
    """Return a moment at its own precision: "2024-03-12 10:00 – 2024-03-14 16:00 Europe/Brussels", "2014", "1990s"."""
    if when is None or when.start_date is None:
        return ""
    start = when.start_local.strftime("%Y-%m-%d %H:%M") if when.start_local else _day(when, when.start_date.isoformat())
    end = ""
    if when.end_local:
        is_same_day = when.start_local is not None and when.start_local.date() == when.end_local.date()
        end = when.end_local.strftime("%H:%M" if is_same_day else "%Y-%m-%d %H:%M")
    elif when.end_date and when.end_date != when.start_date and when.precision in ("day", "minute"):
        end = when.end_date.isoformat()
    return f"{start}{' – ' + end if end else ''} {when.tz_iana or ''}".strip()


def _day(when: When, iso: str) -> str:
    shown = {"month": iso[:7], "year": iso[:4], "decade": f"{iso[:4]}s"}
    return shown.get(when.precision or "", iso)


def _table(title: str, *headers: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold cyan", box=None, padding=(0, 2, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold", header_style="dim")
    return table


def _add(table: Table, *cells: object) -> None:
    table.add_row(*(Text("" if cell is None else str(cell)) for cell in cells))


def _events(records: DocumentRecords) -> Table:
    """What, when and where under each other: side by side they are too narrow to be read in 80 columns."""
    table = Table(title="Events", title_justify="left", title_style="bold cyan", box=None, padding=(0, 2, 0, 0),
                  show_header=False)  # fmt: skip
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    venues = {venue.key: venue for venue in records.venues}
    names = {organisation.key: organisation.name for organisation in records.organisations}
    for event in records.events:
        venue = venues.get(event.venue_key or "")
        where = ", ".join(p for p in (venue.name, venue.address, venue.city, venue.country_code) if p) if venue else ""
        organisers = "; ".join(
            f"{names.get(o.organisation_key, '?')} ({o.role})"
            for o in records.event_organisations
            if o.event_key == event.key
        )
        if table.row_count:
            table.add_row()
        for label, value in (
            ("event", event.name or "(no name stated)"), ("what", f"{event.event_type}, {event.relation}"),
            ("when", _event_when(event)), ("where", where), ("how", event.attendance_mode),
            ("status", event.event_status), ("organised by", organisers),
        ):  # fmt: skip
            if value:
                _add(table, label, value)
    return table


def _event_when(event: EventFinding) -> str:
    method = f" ({event.when.method})" if event.when and event.when.method != "explicit" else ""
    return format_when(event.when) + method


def _programme(records: DocumentRecords) -> Table:
    table = _table("Programme", "start", "end", "type", "title")
    for item in records.programme_items:
        start = item.start_local.strftime("%Y-%m-%d %H:%M") if item.start_local else ""
        end = item.end_local.strftime("%H:%M") if item.end_local else ""
        _add(table, start, end, item.item_type, item.item_title)
    return table


def _participations(records: DocumentRecords) -> Table:
    table = _table("People", "as written", "role", "post", "affiliation", "score")
    for part in sorted(records.participations, key=lambda p: p.start_char):
        _add(table, part.person_text, part.role, part.position, part.organisation_text, f"{part.score:.2f}")
    return table


def _organisations(records: DocumentRecords) -> Table:
    table = _table("Organisations", "name", "acronym", "type", "country", "known as", "seen")
    for organisation in records.organisations:
        seen = sum(mention.entity_key == organisation.key for mention in records.mentions)
        known = organisation.gazetteer_id or "; ".join(organisation.aliases)
        _add(table, organisation.name, organisation.acronym, organisation.organisation_type, organisation.country_code,
             known, seen)  # fmt: skip
    return table


def _instruments(records: DocumentRecords) -> Table:
    table = _table("Agreements, programmes, operations", "name", "acronym", "type")
    for instrument in records.instruments:
        _add(table, instrument.name, instrument.acronym, instrument.instrument_type)
    return table


def _domains(records: DocumentRecords) -> Table:
    table = _table("Security domains", "domain", "score", "because of")
    words = {mention.mention_id: mention.text for mention in records.mentions}
    for domain in records.domains:
        evidence = dict.fromkeys(words[key].lower() for key in domain.mention_ids if key in words)
        _add(table, domain.domain_code, f"{domain.score:.2f}", ", ".join(list(evidence)[:8]))
    return table


def _dates(records: DocumentRecords) -> Table:
    table = _table("Dates", "as written", "understood", "role", "method")
    for finding in records.dates:
        method = finding.when.method + (", ambiguous" if finding.is_ambiguous else "")
        _add(table, finding.text.replace("\n", " ⏎ "), format_when(finding.when), finding.role, method)
    return table


def _milestones(records: DocumentRecords) -> Table:
    table = _table("Milestones", "when", "statement")
    for milestone in records.milestones:
        _add(table, format_when(milestone.when), milestone.statement)
    return table
