"""Who may speak to the desk: the browser it was opened for, from pages of the desk itself, and nobody else."""

from __future__ import annotations

import hmac
import secrets as random
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY_HEADER = "x-desk-key"
"""Header that every post carries: no form of another site can send it, and its value stands only in our pages."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Secrets:
    """Made anew at each start: `token` opens the desk, `session` is the cookie it gives, `key` goes with each post."""

    token: str
    session: str
    key: str


def new_secrets() -> Secrets:
    """Return secrets of 256 random bits each."""
    return Secrets(random.token_urlsafe(32), random.token_urlsafe(32), random.token_urlsafe(32))


class Guard:
    """Middleware before every page: refuses other hosts, other browsers and posts from other sites."""

    def __init__(self, app: ASGIApp, secrets: Secrets, port: int) -> None:
        self.app = app
        self.secrets = secrets
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.cookie = f"convenor_desk_{port}"  # cookies do not know ports: two desks on one machine keep apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what may not pass; hand on the rest and add the headers to each answer."""
        if scope["type"] != "http":
            return
        request = Request(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                added = ((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
                message["headers"] = [*message["headers"], *(pair for pair in added if pair[0] not in given)]
            await send(message)

        answer = self._answer(request)
        await (answer or self.app)(scope, receive, send_with_headers)

    def _answer(self, request: Request) -> Response | None:
        """Return what is answered instead of the page, None where the request may pass."""
        # a name that leads to this machine only by a trick (DNS rebinding) is not ours
        if request.headers.get("host", "") not in self.hosts:
            return PlainTextResponse("This desk answers only at the address that the terminal shows.", 421)
        token = request.query_params.get("token")
        if token is not None and request.method == "GET" and request.url.path == "/":
            return self._let_in(token)
        if not _same(request.cookies.get(self.cookie, ""), self.secrets.session):
            return PlainTextResponse("Open the whole address that the terminal shows, with its token.", 403)
        if request.method not in ("GET", "HEAD") and not self._is_own_post(request):
            return PlainTextResponse("This did not come from a page of the desk; load the page again.", 403)
        return None

    def _let_in(self, token: str) -> Response:
        if not _same(token, self.secrets.token):
            return PlainTextResponse("This token is not, or no longer, valid: see the terminal.", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.cookie, self.secrets.session, httponly=True, samesite="strict", path="/")
        return answer

    def _is_own_post(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        if origin is None:
            is_ours = request.headers.get("sec-fetch-site") == "same-origin"
        else:
            is_ours = origin == f"http://{request.headers['host']}"
        return is_ours and _same(request.headers.get(KEY_HEADER, ""), self.secrets.key)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())
