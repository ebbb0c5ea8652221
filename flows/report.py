"""A run summary for people: as Markdown for the run page, as rows for a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.steps import RunSummary


SHOWN_NAMES = 20
"""Names listed one by one; more are counted, so that the page stays a page."""


def summary_markdown(summary: RunSummary) -> str:
    """Return a page that a person reads in ten seconds: what became of the inputs, what is published, what it took."""
    outcomes = " · ".join(f"**{count:,}** {name}" for name, count in summary.counts.items()) or "no inputs"
    tables = "\n".join(f"| {name} | {count:,} |" for name, count in summary.rows.items())
    lines = [f"# {outcomes}", f"Release `{summary.data_version}`: {release_line(summary)}."]
    if summary.failure_count:
        lines.append("What to do about the failures stands in `run-problems`.")
    if summary.causes:
        lines.append(f"Read: {causes_line(summary)}.")
    if summary.retired:
        lines.append(f"Retired, their files are gone: {names_line(summary.retired)}.")
    counted = ", ".join(f"{count} {status}" for status, count in summary.corrections.items() if count)
    if counted:
        lines.append(f"Corrections: {counted}.")
    lines += [f"Time: {timing_line(summary)}.", f"| table | rows |\n|---|---:|\n{tables}"]
    return "\n\n".join(lines) + "\n"


def release_line(summary: RunSummary) -> str:
    """Return whether there is a new release."""
    return "a new release" if summary.is_new_release else "nothing new, the release in place holds"


def causes_line(summary: RunSummary) -> str:
    """Return how many inputs were read, by the reason: "23 (new document), 1 (changed bytes)"."""
    return ", ".join(f"{count:,} ({reason})" for reason, count in summary.causes.items())


def timing_line(summary: RunSummary) -> str:
    """Return the seconds of each step: "discover 0.1 s, extract 20.4 s"."""
    return ", ".join(f"{name.replace('_', ' ')} {seconds:.1f} s" for name, seconds in summary.seconds.items())


def names_line(names: Sequence[str]) -> str:
    """Return the names, the last of many as a number."""
    shown = ", ".join(names[:SHOWN_NAMES])
    return shown if len(names) <= SHOWN_NAMES else f"{shown} and {len(names) - SHOWN_NAMES:,} more"


def outcome_table(summary: RunSummary) -> list[dict[str, str]]:
    """Return one row per input that is not ok, with its reason; one row that says so when there is none."""
    return [
        {
            "input": row.source_uri,
            "outcome": row.outcome,
            "reason": row.reason_code or "",
            "what to do": row.detail or "",
        }
        for row in summary.problems
    ] or [{"input": "all inputs", "outcome": "ok", "reason": "", "what to do": "nothing"}]
