"""The pages about many documents: the corpus, the ledger of failures, all corrections, publishing."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from convenor.desk.corpus import PAGE_SIZE, Question, count_options, select
from convenor.desk.pages import Fields, Pages
from convenor.desk.reading import in_words
from convenor.desk.writing import take_back
from resolve.corrections import Correction
from resolve.names import fold
from tables.publish import read_rows

_FINE = frozenset({"ok", "unchanged"})
_SHOWN_NAMES = 12


def corpus(pages: Pages, request: Request) -> Response:
    """The documents, filtered and searched, a page at a time."""
    published, texts = pages.desk.release()
    question = Question.of(request.query_params)
    reviewed = pages.desk.reviewed()
    found = select(published, texts, question, reviewed)
    number = request.query_params.get("page", "1")
    last = max(1, -(-len(found) // PAGE_SIZE))
    at = min(max(int(number) if number.isdecimal() and len(number) < 7 else 1, 1), last)
    return pages.page(
        "corpus.html",
        entries=found[(at - 1) * PAGE_SIZE : at * PAGE_SIZE],
        found=len(found), total=len(published.entries), reviewed=reviewed, question=question,
        options=count_options(published, question, reviewed), domain_names=published.domain_names,
        at=at, last=last, link=lambda to: f"/?{urlencode({**_asked(question), 'page': to})}",
    )  # fmt: skip


def _asked(question: Question) -> dict[str, str]:
    return {name: value for name, value in asdict(question).items() if value}


def ledger(pages: Pages, request: Request) -> Response:
    """Each input that gave no rows, or not all, with the reason and what to do."""
    sources = pages.desk.sources()
    counts: dict[str, int] = {}
    for source in sources:
        counts[source.outcome] = counts.get(source.outcome, 0) + 1
    problems = [source for source in sources if source.outcome not in _FINE]
    return pages.page("ledger.html", problems=problems, counts=counts, total=len(sources))


def retry(pages: Pages, request: Request, fields: Fields) -> Response:
    """Read one input again, or all that failed."""
    wanted = fields.get("input", "")
    known = {source.input_uri for source in pages.desk.sources() if source.outcome not in _FINE}
    retried = known if not wanted else known & {wanted}
    if not retried:
        return pages.part("problem.html", 404, message="There is no such input; load the page again.")
    return _started(pages, pages.desk.publisher.start(retried))


def publish(pages: Pages, request: Request, fields: Fields) -> Response:
    """Start a run over the whole folder."""
    return _started(pages, pages.desk.publisher.start(accept_drops=fields.get("accept_drops") == "yes"))


def publish_state(pages: Pages, request: Request) -> Response:
    """How the run stands, as JSON."""
    progress = pages.desk.publisher.progress
    said = {name: getattr(progress, name) for name in ("state", "done", "total", "what", "message")}
    return JSONResponse({**said, "has_news": pages.desk.has_news()})


def _started(pages: Pages, is_started: bool) -> Response:
    if not is_started:
        return pages.part("problem.html", 409, message="A run is under way; wait until it has ended.")
    return JSONResponse({"state": "running"})


def corrections(pages: Pages, request: Request) -> Response:
    """All rows of the corrections: applied, without effect, refused."""
    status = {}
    if (pages.desk.settings.processed / "corrections.parquet").is_file():
        status = {row["file_line"]: row for row in read_rows(pages.desk.settings.processed, "corrections")}
    published, _ = pages.desk.release()
    documents = {e.source_uri: e.document_id for e in published.entries}
    documents |= {e.document_id: e.document_id for e in published.entries}
    rows = []
    for row in pages.desk.listed():
        document = row.cells[2] if len(row.cells) > 2 else ""
        rows.append({
            "file": row.file, "line": row.line, "reason": row.reason if isinstance(row, Correction) else row.message,
            "text": in_words(row) if isinstance(row, Correction) else " · ".join(filter(None, row.cells)),
            "document": document, "document_id": documents.get(document, ""),
            "status": _status(row, status.get(row.file_line)) if isinstance(row, Correction) else "refused",
        })  # fmt: skip
    return pages.page("corrections.html", rows=rows)


def _status(row: Correction, published: dict[str, object] | None) -> str:
    """What the last release made of a row; a line that held another row then is new."""
    if published is None or (published["name"] or "") != row.name or published["action"] != row.action:
        return "not yet published"
    return str(published["status"])


def undo(pages: Pages, request: Request, fields: Fields) -> Response:
    """Take a row out of the corrections."""
    line = fields.get("line", "")
    if not line.isdecimal() or not take_back(pages.desk.corrections, fields.get("file", ""), int(line)):
        return pages.part("problem.html", 409, message="That row has changed meanwhile; load the page again.")
    return JSONResponse({"message": "Taken back."})


def names(pages: Pages, request: Request) -> Response:
    """Names of a kind in the published tables that hold all words asked for: what one may be merged with."""
    kind, asked = request.query_params.get("kind", ""), fold(request.query_params.get("q", "")[:200]).split()
    table = {
        "person": "people",
        "organisation": "organisations",
        "venue": "venues",
        "instrument": "instruments",
        "event": "events",
    }.get(kind)
    folder = pages.desk.settings.processed
    if not table or not asked or not (folder / f"{table}.parquet").is_file():
        return JSONResponse([])
    every = (row[f"{kind}_name"] for row in read_rows(folder, table) if row[f"{kind}_name"])
    found = [name for name in every if all(word in fold(name) for word in asked)]
    return JSONResponse(sorted(set(found), key=lambda name: (len(name), name))[:_SHOWN_NAMES])
