"""A page from a web server on this machine becomes a document that knows where and when it came from."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from convenor.adding import add_url
from flows.steps import RunSettings, run
from ingest.errors import BadInput
from ingest.fetch import FetchSettings
from tests.flows.test_run import NOTICE

HERE = FetchSettings(allow_private=True)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_page = self.path.startswith("/events/")
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        if is_page:
            self.wfile.write((NOTICE + self.path).encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 8765), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield "http://127.0.0.1:8765"
    server.shutdown()
    server.server_close()


def test_a_page_is_kept_with_its_origin_and_read(site: str, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    first = add_url(f"{site}/events/talk", raw, HERE)
    other = add_url(f"{site}/events/talk?day=2", raw, HERE)
    assert add_url(f"{site}/events/talk", raw, HERE) == first != other
    note = json.loads((raw / f"{first.name}.source.json").read_text())
    assert note["url"] == f"{site}/events/talk"
    summary = run(RunSettings(raw, tmp_path / "processed", tmp_path / "s.duckdb", workers=1))
    assert summary.counts == {"ok": 2}, "the notes are no documents"
    documents = pd.read_parquet(tmp_path / "processed" / "documents.parquet")
    assert documents.retrieved_utc.notna().all()


def test_private_addresses_and_missing_pages_are_refused(site: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        add_url(f"{site}/events/talk", tmp_path)
    with pytest.raises(BadInput):
        add_url(f"{site}/nothing", tmp_path, HERE)
    assert not list(tmp_path.iterdir())
