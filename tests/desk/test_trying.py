"""A file is tried before anything is kept, and nothing of it stays when it is discarded."""

from __future__ import annotations

import httpx
import pytest

from convenor.desk.trying import safe_name
from tests.desk.places import HOSTILE, PROGRAMME, Served

NEW = PROGRAMME.replace("Harbour", "Lantern").encode()


def try_file(client: httpx.Client, name: str, data: bytes) -> httpx.Response:
    return client.post("/try", content=data, headers={"X-File-Name": name})


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("talk.pdf", "talk.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "document"),
        ("", "document"),
        (".bashrc", "bashrc"),
        ("a\x00b\n.txt", "ab.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("<img src=x>.html", "-img src=x-.html"),
        ("講演会.docx", "講演会.docx"),
        ("x.source.json", "x.json"),
        ("e\u0301.txt", "é.txt"),
        ("a" * 500 + ".pdf", "a" * 100 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_keep(client: httpx.Client, served: Served) -> None:
    raw = served.desk.settings.raw
    address = try_file(client, "..%2Fharbour.txt", NEW).json()["address"]
    page = client.get(address).text
    assert "Not kept yet" in page and "Kenji Mihon" in page and "Accept" not in page
    assert sorted(p.name for p in raw.glob("harbour*")) == ["harbour.txt"]
    said = client.post(f"{address}/keep").json()["message"]
    assert "harbour-2.txt" in said and (raw / "harbour-2.txt").read_bytes() == NEW
    assert (raw / "harbour.txt").read_bytes() != NEW, "what is there is never written over"
    assert client.get(address).status_code == 404


def test_discard(client: httpx.Client, served: Served) -> None:
    before = {p.name for p in served.desk.settings.raw.iterdir()}
    answer = try_file(client, "a.html", HOSTILE.encode()).json()["address"]
    trial = served.desk.trials.get(answer.rsplit("/", 1)[1])
    assert trial and "<script>window" not in client.get(answer).text
    assert client.post(f"{answer}/discard").status_code == 200
    assert not trial.path.exists() and {p.name for p in served.desk.settings.raw.iterdir()} == before
    assert client.post(f"{answer}/keep").status_code == 404


def test_what_cannot_be_read_says_why(client: httpx.Client) -> None:
    page = client.get(try_file(client, "cut.pdf", b"%PDF-1.7 cut").json()["address"]).text
    assert "Nothing could be read" in page and "truncated" in page


def test_the_size_has_a_limit(client: httpx.Client, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(served.desk, "limits", replace(served.desk.limits, max_bytes=1 << 20))
    answer = try_file(client, "big.txt", b"a" * ((1 << 20) + 1))
    assert answer.status_code == 413 and "1 MB" in answer.text


def test_a_reader_that_dies_costs_one_result(client: httpx.Client, served: Served) -> None:
    try_file(client, "first.txt", NEW)
    for process in served.desk.trials._pool._processes.values():  # type: ignore[union-attr]
        process.kill()
    page = client.get(try_file(client, "second.txt", NEW).json()["address"]).text
    assert "crashed" in page
    assert "Kenji Mihon" in client.get(try_file(client, "third.txt", NEW).json()["address"]).text
