"""A run summary for people: as Markdown for the run page, as rows for a table."""

from __future__ import annotations

from flows.steps import RunSummary


def summary_markdown(summary: RunSummary) -> str:
    """Return a page that a person reads in ten seconds."""
    outcomes = " · ".join(f"**{count}** {name}" for name, count in summary.counts.items()) or "no inputs"
    tables = "\n".join(f"| {name} | {count:,} |" for name, count in summary.rows.items())
    timing = " · ".join(f"{name} {seconds:.1f} s" for name, seconds in summary.seconds.items())
    release = "a new release" if summary.is_new_release else "the release in place still holds"
    retired = f"\n\nRetired, their files are gone: {', '.join(summary.retired)}" if summary.retired else ""
    causes = ", ".join(f"{count} {reason}" for reason, count in summary.causes.items())
    extracted = f"\n\nExtracted: {causes}" if causes else ""
    counted = ", ".join(f"{count} {status}" for status, count in summary.corrections.items() if count)
    corrections = f"\n\nCorrections: {counted}" if counted else ""
    return (
        f"# {outcomes}\n\nRelease `{summary.data_version}`: {release}.{extracted}{retired}{corrections}\n\n"
        f"| table | rows |\n|---|---:|\n{tables}\n\n{timing}\n"
    )


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
