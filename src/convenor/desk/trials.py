"""The pages to try a file: drop it, see its result, keep or discard it."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from convenor.desk.pages import Fields, Pages
from convenor.desk.reading import view_document
from convenor.desk.trying import Trial
from ingest.errors import BadInput

NAME_HEADER = "x-file-name"


def form(pages: Pages, request: Request) -> Response:
    """Where a file is dropped."""
    pages.desk.trials.warm_up()
    return pages.page("try.html", limit=pages.desk.limits.max_bytes >> 20)


def upload(pages: Pages, request: Request, data: bytes) -> Response:
    """Read the bytes of a file; answers with the address of the result."""
    name = unquote(request.headers.get(NAME_HEADER, "document"))
    trial = pages.desk.trials.try_file(name, data)
    return JSONResponse({"address": f"/try/{trial.key}"})


def result(pages: Pages, request: Request) -> Response:
    """What a tried file gave: each of its documents, or why there is none."""
    trial = _trial(pages, request)
    decisions, names = pages.desk.decisions(), pages.desk.release()[0].domain_names
    views = [view_document(records, decisions, names)[0] for records in trial.records]
    wanted = request.query_params.get("part", "0")
    number = int(wanted) if wanted.isdecimal() and int(wanted) < len(views) else 0
    known = pages.desk.release()[0].by_id
    return pages.page(
        "trial.html", trial=trial, views=views, number=number, view=views[number] if views else None,
        known=known.get(views[number].facts.document_id) if views else None, is_trial=True, page_count=0,
    )  # fmt: skip


def keep(pages: Pages, request: Request, fields: Fields) -> Response:
    """Move the file into the folder of documents."""
    trial = _trial(pages, request)
    name = pages.desk.trials.keep(trial.key, pages.desk.settings.raw)
    return JSONResponse({"address": "/", "message": f"Kept as {name}; publish to add it to the tables."})


def discard(pages: Pages, request: Request, fields: Fields) -> Response:
    """Forget the file."""
    pages.desk.trials.discard(request.path_params["key"])
    return JSONResponse({"address": "/try", "message": "Discarded; nothing was kept."})


def _trial(pages: Pages, request: Request) -> Trial:
    trial = pages.desk.trials.get(request.path_params["key"])
    if trial is None:
        raise BadInput("vanished", "This file was kept or discarded already; drop it again to try it once more.")
    return trial
