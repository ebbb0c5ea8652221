"""The addresses of the desk and what each answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from convenor.desk import documents, listing, trials
from convenor.desk.desk import Desk
from convenor.desk.guard import Guard, Secrets
from convenor.desk.pages import Fields, Pages, explained, read_fields
from resolve.corrections import CorrectionError

Show = Callable[[Pages, Request], Response]
Act = Callable[[Pages, Request, Fields], Response]

SHOWN: tuple[tuple[str, Show], ...] = (
    ("/", listing.corpus),
    ("/ledger", listing.ledger),
    ("/corrections", listing.corrections),
    ("/publish", listing.publish_state),
    ("/names", listing.names),
    ("/document/{document_id}", documents.document),
    ("/document/{document_id}/form/{action}", documents.form),
    ("/document/{document_id}/page/{number:int}", documents.page),
    ("/document/{document_id}/page/{number:int}.png", documents.page_image),
    ("/try", trials.form),
    ("/try/{key}", trials.result),
)
ACTED: tuple[tuple[str, Act], ...] = (
    ("/document/{document_id}/decide", documents.decide),
    ("/document/{document_id}/undo", documents.undo),
    ("/corrections/undo", listing.undo),
    ("/ledger/retry", listing.retry),
    ("/publish", listing.publish),
    ("/try/{key}/keep", trials.keep),
    ("/try/{key}/discard", trials.discard),
)


def build_app(desk: Desk, secrets: Secrets, port: int) -> Starlette:
    """Return the application that serves an open desk at a port of this machine."""
    pages = Pages(desk, secrets)
    routes = [
        *(Route(path, _shown(pages, show)) for path, show in SHOWN),
        *(Route(path, _acted(pages, act), methods=["POST"]) for path, act in ACTED),
        Route("/try", _uploaded(pages), methods=["POST"]),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]
    missing = {404: lambda request, error: pages.page("error.html", 404, title="Nothing here", message="")}
    return Starlette(
        routes=routes, middleware=[Middleware(Guard, secrets=secrets, port=port)], exception_handlers=missing
    )


def _shown(pages: Pages, show: Show) -> Callable[[Request], Awaitable[Response]]:
    """Pages read files and databases: they are made in threads, so that one does not wait for another."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(explained(show), pages, request)

    return answer


def _acted(pages: Pages, act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            fields = await read_fields(request)
            return await run_in_threadpool(explained(lambda p, r: act(p, r, fields)), pages, request)
        except CorrectionError as error:
            return pages.part("problem.html", 422, message=str(error))

    return answer


def _uploaded(pages: Pages) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        data = bytearray()
        limit = pages.desk.limits.max_bytes
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                return pages.part("problem.html", 413, message=f"The file has more than {limit >> 20} MB.")
        return await run_in_threadpool(trials.upload, pages, request, bytes(data))

    return answer
