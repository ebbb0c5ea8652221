"""Each decision writes the row that `convenor correct` would write, and the page shows its effect at once."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from tables.store import Store
from tests.desk.places import PROGRAMME, Served, wait_for

Rows = list[dict[str, str]]


def rows_of(served: Served) -> Rows:
    path = served.desk.corrections / "corrections.csv"
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


def address_of(served: Served, uri: str) -> str:
    corpus, _ = served.desk.release()
    return f"/document/{next(e.document_id for e in corpus.entries if e.source_uri == uri)}"


@pytest.fixture
def harbour(served: Served) -> str:
    return address_of(served, "harbour.txt")


def decide(client: httpx.Client, address: str, **fields: str) -> httpx.Response:
    return client.post(f"{address}/decide", data=fields)


def titles(page: str) -> list[str]:
    return [unescape(title) for title in re.findall(r'class="card-title">([^<]*)<', page)]


def test_a_page_shows_text_and_findings(client: httpx.Client, harbour: str) -> None:
    page = client.get(harbour).text
    text = re.search(r'<div class="text" id="text"[^>]*>(.*?)</div>\n', page, re.DOTALL)
    assert text
    lines = [unescape(re.sub(r"<[^>]+>", "", line)) for line in re.findall(r"<p dir=\"auto\">(.*?)</p>", text[1])]
    assert "\n".join(lines).split() == PROGRAMME.split()
    assert {"Anna Beispiel", "Kenji Mihon", "Erika Muster", "Lowland Institute"} <= set(titles(page))
    marks = set(re.findall(r'data-m="([\d ]+)"', page))
    known = {number for group in marks for number in group.split()}
    wanted = {number for group in re.findall(r'data-marks="([\d ]+)"', page) for number in group.split()}
    assert wanted and wanted <= known, "every finding leads to words"
    anchors = set(re.findall(r'<li class="card[^>]* id="([^"]+)"', page))
    assert set(re.findall(r'data-card="([^"]+)"', page)) <= anchors, "all words lead to a finding that is there"


ANNA = {"kind": "person", "name": "Anna Beispiel"}


def test_reject_and_undo(client: httpx.Client, served: Served, harbour: str) -> None:
    page = decide(client, harbour, action="reject", **ANNA).text
    assert "Anna Beispiel" not in titles(page) and "Rejected Anna Beispiel" in page
    (row,) = rows_of(served)
    assert (row["action"], row["kind"], row["name"], row["document"]) == ("reject", *ANNA.values(), "harbour.txt")
    file, line = re.search(r'data-undo-file="([^"]+)" data-undo-line="(\d+)"', page).groups()  # type: ignore[union-attr]
    page = client.post(f"{harbour}/undo", data={"file": file, "line": line}).text
    assert "Anna Beispiel" in titles(page) and rows_of(served) == []
    assert client.post(f"{harbour}/undo", data={"file": file, "line": line}).status_code == 409


def test_accept_then_change_of_mind(client: httpx.Client, served: Served, harbour: str) -> None:
    page = decide(client, harbour, action="accept", **ANNA).text
    assert "✓ accepted" in page
    decide(client, harbour, action="reject", **ANNA)
    decide(client, harbour, action="accept", **ANNA)
    assert [row["action"] for row in rows_of(served)] == ["accept"], "the last decision stands alone"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"kind": "participation", "name": "Anna Beispiel", "field": "role", "value": "chair"}, "chair"),
        ({"kind": "participation", "name": "Anna Beispiel", "field": "position", "value": "President"}, "President"),
        ({"kind": "person", "name": "Anna Beispiel", "field": "person_name", "value": "Anne B."}, "Anne B."),
        ({"kind": "person", "name": "Anna Beispiel", "field": "country_code", "value": "LU"}, "<bdi>LU</bdi>"),
        ({"kind": "organisation", "name": "Lowland Institute", "field": "acronym", "value": "LOIN"}, "LOIN"),
        ({"kind": "event", "name": "", "field": "start_date", "value": "2031-05-16"}, "2031-05-16 14:00"),
        ({"kind": "event", "name": "", "field": "event_status", "value": "postponed"}, "<bdi>postponed</bdi>"),
        ({"kind": "document", "name": "", "field": "doc_type", "value": "report"}, "<span>report</span>"),
        ({"kind": "programme_item", "name": "Keynote", "field": "start_local", "value": "2031-05-15T14:45"}, "14:45"),
        ({"kind": "programme_item", "name": "Panel", "field": "item_title", "value": "Round table"}, "Round table"),
        ({"kind": "date", "name": "after 2030", "field": "date_role", "value": "deadline"}, "<bdi>deadline"),
    ],
    ids=lambda value: value.get("field") if isinstance(value, dict) else "",
)  # fmt: skip
def test_fix(client: httpx.Client, served: Served, harbour: str, fields: dict[str, str], shown: str) -> None:
    assert shown not in client.get(harbour).text
    page = decide(client, harbour, action="fix", **fields).text
    assert shown in page and "✎ corrected" in page
    assert {name: rows_of(served)[0][name] for name in fields} == fields
    again = decide(client, harbour, action="fix", **{**fields, "value": fields["value"]})
    assert again.status_code == 200 and len(rows_of(served)) == 1, "a later fix of the same cell replaces the earlier"


def test_a_fixed_name_can_be_fixed_again(client: httpx.Client, served: Served, harbour: str) -> None:
    """Rows speak of what the source says, also when the page shows another name."""
    fields = {"action": "fix", "kind": "person", "field": "person_name"}
    page = decide(client, harbour, name="Anna Beispiel", value="Anne Beispiel", **fields).text
    assert 'data-name="Anna Beispiel"' in page
    page = decide(client, harbour, name="Anna Beispiel", value="Anya Beispiel", **fields).text
    assert "Anya Beispiel" in titles(page) and len(rows_of(served)) == 1


def test_parts_of_a_document_are_decided_on_too(client: httpx.Client, served: Served, harbour: str) -> None:
    page = client.get(harbour).text
    (code,) = re.findall(r'data-kind="domain" data-name="([^"]+)"', page)
    assert 'data-form="fix"' not in page.split(f'id="domain-{code}"')[1].split("</li>")[0]
    page = decide(client, harbour, action="accept", kind="domain", name=code).text
    assert "✓ accepted" in page.split(f'id="domain-{code}"')[1].split("</li>")[0]
    page = decide(client, harbour, action="reject", kind="domain", name=code).text
    assert f'id="domain-{code}"' not in page
    page = decide(client, harbour, action="add", kind="domain", name="space").text
    assert 'id="domain-space"' in page and "+ added" in page
    page = decide(client, harbour, action="reject", kind="organiser", name="Northern Sea Forum").text
    assert 'data-reject-organiser="Lowland Institute"' in page
    assert 'data-reject-organiser="Northern Sea Forum"' not in page
    words = "invite you to a public seminar"
    milestone = {"kind": "milestone", "name": words}
    page = decide(client, harbour, action="add", **milestone, field="start_date", value="2031-05-01").text
    assert words in page and "2031-05-01" in titles(page)
    page = decide(client, harbour, action="reject", **milestone).text
    assert "2031-05-01" not in titles(page)


def test_forms_of_parts(client: httpx.Client, harbour: str) -> None:
    page = client.get(harbour).text
    cards = re.findall(r'id="([^"]+)" tabindex="-1"[^>]*?data-kind="(programme_item|date)"', page, re.DOTALL)
    assert {kind for _, kind in cards} == {"programme_item", "date"}
    for card, kind in cards:
        form = client.get(f"{harbour}/form/fix", params={"card": card}).text
        assert f'data-kind="{kind}"' in form and 'data-field="start_local"' in form and "wherever" not in form


def test_merge_in_the_document(client: httpx.Client, served: Served, harbour: str) -> None:
    fields = {"action": "merge", "kind": "organisation", "name": "Lowland Institute", "value": "Northern Sea Forum"}
    page = decide(client, harbour, scope="everywhere", **fields).text
    shown = [title for title in titles(page) if title in ("Lowland Institute", "Northern Sea Forum")]
    assert len(shown) == 1 and rows_of(served)[0]["document"] == ""


def test_add_what_was_overlooked(client: httpx.Client, served: Served, harbour: str) -> None:
    page = decide(client, harbour, action="add", kind="organisation", name="Harbour House").text
    assert "Harbour House" in titles(page) and "+ added" in page
    page = decide(client, harbour, action="reject", kind="organisation", name="Harbour House").text
    assert rows_of(served) == [], "rejecting what was added takes the addition back"
    page = decide(client, harbour, action="add", kind="organisation", name="Not in the text").text
    assert "matches nothing here" in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"action": "fix", "kind": "person", "name": "Anna Beispiel", "field": "country_code", "value": "Belgium"},
         "two capital letters"),
        ({"action": "fix", "kind": "event", "name": "", "field": "start_date", "value": "May"}, "2024-03-12"),
        ({"action": "merge", "kind": "person", "name": "Anna Beispiel", "value": ""}, "merge needs a value"),
        ({"action": "drop", "kind": "person", "name": "Anna Beispiel"}, "unknown action"),
        ({"action": "reject", "kind": "person", "name": ""}, "name is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    client: httpx.Client, served: Served, harbour: str, fields: dict[str, str], message: str
) -> None:
    answer = decide(client, harbour, **fields)
    assert answer.status_code == 422 and message in unescape(answer.text) and rows_of(served) == []


def test_a_document_is_reviewed(client: httpx.Client, harbour: str) -> None:
    assert "✓ Reviewed" in decide(client, harbour, action="accept", kind="document").text
    assert "harbour.txt" in client.get("/?review=reviewed").text
    assert "harbour.txt" not in client.get("/?review=open").text


def test_forms(client: httpx.Client, harbour: str) -> None:
    page = client.get(harbour).text
    cards = re.findall(r'<li class="card[^>]* id="([^"]+)"[^>]*data-kind="(\w+)"(.*?)</li>', page, re.DOTALL)
    assert {"document", "event", "programme_item", "person", "organisation", "domain", "date"} <= {c[1] for c in cards}
    for anchor, kind, card in cards:
        for form in ("fix", "merge"):
            answer = client.get(f"{harbour}/form/{form}", params={"card": anchor})
            is_offered = f'data-form="{form}"' in card
            assert answer.status_code == (200 if is_offered else 404), (form, kind)
            assert not is_offered or f'data-action="{form}"' in answer.text
    assert (
        'value="Quay &#34;Street&#34; 4"' in client.get(f"{harbour}/form/add", params={"words": 'Quay "Street" 4'}).text
    )
    assert client.get(f"{harbour}/form/fix", params={"card": "person-99"}).status_code == 404


def test_hostile_documents_stay_text(client: httpx.Client, served: Served) -> None:
    address = address_of(served, "hostile.html")
    for path in ("/", address, f"{address}/form/add?words=<script>window.broken=1</script>", "/ledger", "/corrections"):
        page = client.get(path).text
        assert not re.search(r"<script>|<img src=x|<svg onload", page), path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page), path
        assert not re.search(r'href="(?!/|#)', page), path
    decide(client, address, action="add", kind="organisation", name='"><script>window.broken=1</script>', reason="<b>")
    assert "<script>window" not in client.get(address).text + client.get("/corrections").text


def test_pages_of_a_pdf(client: httpx.Client, served: Served) -> None:
    address = address_of(served, "evening.pdf")
    page = client.get(f"{address}/page/1").text
    assert "<svg" in page and page.count("<rect") >= 8 and 'aria-label="Anna Beispiel"' in page
    assert client.get(f"{address}/page/1.png").content.startswith(b"\x89PNG")
    assert client.get(f"{address}/page/2").status_code == 200
    for number in ("0", "3", "999999999"):
        assert client.get(f"{address}/page/{number}.png").status_code == 404
    assert client.get(f"{address_of(served, 'harbour.txt')}/page/1").status_code == 404
    (served.desk.settings.raw / "evening.pdf").write_bytes(b"%PDF-1.4 other")
    served.desk.pages._kept.clear()
    answer = client.get(f"{address}/page/1")
    assert answer.status_code == 404 and "has changed since" in answer.text


def test_people_who_are_left_out_do_not_show_through(client: httpx.Client, served: Served) -> None:
    address = address_of(served, "evening.pdf")
    folder: Path = served.desk.corrections
    folder.mkdir(parents=True)
    (folder / "retractions.csv").write_text("name,organisation\nAnna Beispiel,\n", "utf-8")
    page = client.get(address)
    assert page.status_code == 200 and "Anna Beispiel" not in page.text
    assert client.get(f"{address}/page/1.png").status_code == 404, "an image cannot be masked"


def test_the_ledger_says_why_and_tries_again(client: httpx.Client, served: Served) -> None:
    page = client.get("/ledger").text
    assert "broken.pdf" in page and "truncated" in page and "unsupported" in page
    good = (served.desk.settings.raw / "evening.pdf").read_bytes()
    (served.desk.settings.raw / "broken.pdf").write_bytes(good.replace(b"Evening", b"Morning") + b"\n% another")
    assert client.post("/ledger/retry", data={"input": "nothing.pdf"}).status_code == 404
    assert client.post("/ledger/retry", data={"input": "broken.pdf"}).status_code == 200
    assert client.post("/publish").status_code == 409, "one run at a time"
    assert client.get(address_of(served, "harbour.txt")).status_code == 200, "documents can be read meanwhile"
    wait_for(lambda: client.get("/publish").json()["state"] != "running", 120)
    state = client.get("/publish").json()
    assert state["state"] == "done", state
    assert "broken.pdf" in client.get("/").text and "broken.pdf" not in client.get("/ledger").text


def test_publish_replays_the_decisions(client: httpx.Client, served: Served, harbour: str) -> None:
    decide(client, harbour, action="reject", **ANNA)
    assert client.get("/publish").json()["has_news"]
    assert "not yet published" in client.get("/corrections").text
    client.post("/publish")
    wait_for(lambda: client.get("/publish").json()["state"] != "running", 120)
    state = client.get("/publish").json()
    assert (state["state"], state["has_news"]) == ("done", False) and "1 corrections applied" in state["message"]
    assert "✓ applied" in client.get("/corrections").text
    assert client.post("/corrections/undo", data={"file": "corrections.csv", "line": "2"}).status_code == 200
    assert rows_of(served) == []


def test_names_to_merge_with(client: httpx.Client) -> None:
    assert "Kenji Mihon" in client.get("/names", params={"kind": "person", "q": "mihon"}).json()
    for query in ({"kind": "person", "q": ""}, {"kind": "../people", "q": "a"}, {"kind": "document", "q": "a"}):
        assert client.get("/names", params=query).json() == []


def test_a_state_in_use_is_said(
    client: httpx.Client, served: Served, harbour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tables.store import StoreError

    def refuse(path: Path) -> None:
        raise StoreError("another run is using it")

    monkeypatch.setattr(Store, "__init__", lambda self, path: refuse(path))
    answer = client.get(harbour)
    assert answer.status_code == 503 and "another run is using it" in answer.text
