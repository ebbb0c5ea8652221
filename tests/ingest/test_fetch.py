"""Fetching, against a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.errors import BadInput
from ingest.fetch import FetchSettings, fetch_url
from ingest.ids import hash_bytes

PAGE = b"<html><body><h1>Forum</h1></body></html>"
LOCAL = FetchSettings(timeout_seconds=5, max_bytes=10_000, allow_private=True)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        host = self.headers["Host"]
        routes: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private/\n"),
            "/page": (200, {"Content-Type": "text/html", "Set-Cookie": "a=b"}, PAGE),
            "/private/page": (200, {}, PAGE),
            "/moved": (301, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/to-private": (302, {"Location": f"http://{host}/private/page"}, b""),
            "/large": (200, {}, b"x" * 20_000),
        }
        status, headers, body = routes.get(self.path, (404, {}, b"no"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.path != "/large":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_page_comes_with_its_sidecar(site: str) -> None:
    data, sidecar = fetch_url(f"{site}/moved#part", LOCAL)
    assert data == PAGE
    assert sidecar["url"] == f"{site}/moved#part"
    assert sidecar["final_url"] == f"{site}/page"
    assert sidecar["sha256"] == hash_bytes(PAGE)
    assert sidecar["headers"]["content-type"] == "text/html"
    assert "set-cookie" not in sidecar["headers"]
    assert sidecar["retrieved_utc"].endswith("+00:00")


@pytest.mark.parametrize(
    ("path", "reason", "words"),
    [
        ("/private/page", "not_readable", "robots.txt"),
        ("/to-private", "not_readable", "robots.txt"),
        ("/loop", "not_readable", "redirects"),
        ("/to-file", "not_readable", "http"),
        ("/nothing", "not_readable", "404"),
        ("/large", "too_large", "MB"),
    ],
)
def test_refusals_say_why(site: str, path: str, reason: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        fetch_url(site + path, LOCAL)
    assert caught.value.reason_code == reason
    assert words in caught.value.detail


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost:8000/", "http://169.254.169.254/latest", "http://10.0.0.8/", "http://[::1]/",
     "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://93.184.215.14:22/"],
)  # fmt: skip
def test_private_addresses_are_never_asked(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        fetch_url(url, FetchSettings(timeout_seconds=2))
    assert "private" in caught.value.detail or "Port" in caught.value.detail


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x", "https://u:p@example.org/", "nonsense"]
)
def test_only_plain_web_addresses(url: str) -> None:
    with pytest.raises(BadInput):
        fetch_url(url, LOCAL)
