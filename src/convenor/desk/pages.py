"""What all pages share: templates, the words of an error, the parts every answer carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from convenor.desk.desk import Desk
from convenor.desk.guard import Secrets
from ingest.errors import BadInput
from resolve.corrections import CorrectionError
from resolve.retractions import RetractionError
from tables.store import StoreError

_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MAX_FORM = 64 * 1024

Fields = dict[str, str]


@dataclass(frozen=True)
class Pages:
    """The desk with its templates; `key` goes into every page, for its posts."""

    desk: Desk
    secrets: Secrets

    @cached_property
    def templates(self) -> Environment:
        loader = FileSystemLoader(Path(__file__).parent / "templates")
        environment = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters["plain"] = without_direction_marks
        return environment

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a whole page."""
        common = {
            "key": self.secrets.key,
            "has_news": self.desk.has_news(),
            "progress": self.desk.publisher.progress,
            "folder": str(self.desk.settings.raw),
        }
        return HTMLResponse(self.templates.get_template(template).render(**common, **values), status)

    def part(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a part of a page, for the page that asked to put in place."""
        return HTMLResponse(self.templates.get_template(template).render(**values), status)


def without_direction_marks(text: object) -> str:
    """Show marks that turn the direction of writing as what they are, so that no name can pose as another."""
    return _DIRECTION_MARKS.sub(lambda found: f"[U+{ord(found[0]):04X}]", str(text))


async def read_fields(request: Request) -> Fields:
    """Return the fields of a posted form.  Raises CorrectionError where it is longer than any of ours."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_FORM:
            raise CorrectionError("the form is too long")
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def explained(answer: Callable[[Pages, Request], Response]) -> Callable[[Pages, Request], Response]:
    """Turn what a person can mend into a page that says so; bugs surface."""

    @wraps(answer)
    def careful(pages: Pages, request: Request) -> Response:
        try:
            return answer(pages, request)
        except StoreError as error:
            return pages.page("error.html", 503, title="The desk has to wait", message=str(error))
        except RetractionError as error:
            return pages.page("error.html", 500, title="The retractions cannot be read", message=str(error))
        except BadInput as error:
            return pages.page("error.html", 404, title="Not to be shown", message=error.detail)

    return careful
