"""The desk answers the browser it was opened for, from its own pages, and nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from convenor import desk
from convenor.desk.guard import HEADERS, KEY_HEADER, new_secrets
from tests.desk.places import Served

PAGES = ("/", "/try", "/ledger", "/corrections", "/publish", "/static/desk.js", "/names?kind=person&q=anna")


@pytest.mark.parametrize("path", PAGES)
def test_without_the_cookie_nothing_is_shown(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200
    client.cookies.clear()
    answer = client.get(path)
    assert answer.status_code == 403 and "Beispiel" not in answer.text


def test_the_token_gives_a_strict_cookie_and_leaves_the_address(client: httpx.Client) -> None:
    client.cookies.clear()
    assert client.get("/?token=wrong").status_code == 403
    assert client.get("/?token=").status_code == 403
    secrets = new_secrets()
    assert len({*vars(secrets).values()}) == 3 and all(len(value) >= 40 for value in vars(secrets).values())


def test_entering_sets_the_cookie(served: Served) -> None:
    answer = httpx.get(served.entrance)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and served.secrets.token not in cookie


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8790"])
def test_other_hosts_are_refused(client: httpx.Client, host: str) -> None:
    """A name made to lead to this machine (DNS rebinding) brings its own Host header."""
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1"},
        {KEY_HEADER: "wrong"},
        {KEY_HEADER: ""},
    ],
)
def test_posts_of_other_sites_are_refused(client: httpx.Client, served: Served, headers: dict[str, str]) -> None:
    fields = {"action": "reject", "kind": "person", "name": "Anna Beispiel"}
    for path in ("/publish", "/corrections/undo", "/document/doc_0/decide", "/try"):
        assert client.post(path, data=fields, headers=headers).status_code == 403
    assert not served.desk.corrections.exists()


def test_a_post_without_origin_must_come_from_the_same_site(client: httpx.Client) -> None:
    del client.headers["Origin"]
    assert client.post("/corrections/undo").status_code == 403
    assert client.post("/corrections/undo", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/corrections/undo", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 409


@pytest.mark.parametrize("path", ["/", "/static/desk.js", "/document/none", "/nowhere"])
def test_every_answer_carries_the_policy(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/document/..%2f..%2fetc/page/1",
        "/document/%2e%2e/page/1.png", "/try/../../data",
    ],
)  # fmt: skip
def test_no_path_leads_out(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 403) and "starlette" not in answer.text


def test_templates_hold_no_inline_script_or_style() -> None:
    """The policy would block them, and the page would be broken without anyone noticing."""
    templates = list(Path(desk.__path__[0], "templates").glob("*.html"))
    assert len(templates) > 10
    for path in templates:
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:|\|\s*safe\b", text), path


def test_a_form_has_a_limit(client: httpx.Client) -> None:
    answer = client.post("/corrections/undo", content=b"x" * 70_000)
    assert answer.status_code == 422
