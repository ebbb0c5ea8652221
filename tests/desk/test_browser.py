"""Every path through the desk in a real browser, at 1280 and at 390 pixels, by mouse and by keyboard alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.desk.places import PROGRAMME, Served

NEW = PROGRAMME.replace("Harbour", "Lantern").encode()
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong

WIDE, NARROW = (1280, 860), (390, 844)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield one
        one.close()


def opened(browser: Browser, served: Served, size: tuple[int, int], scheme: str = "light") -> Page:
    """Return a page that has come in, and fails its test on any script error or refused resource."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.problems = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
    # a decision that is refused is said in the dialog, and by the browser in its console
    page.on(
        "console",
        lambda said: said.type == "error" and "422" not in said.text and page.problems.append(said.text),  # type: ignore[attr-defined]
    )
    page.on("request", lambda asked: asked.url.startswith(served.address) or page.problems.append(asked.url))  # type: ignore[attr-defined]
    page.goto(served.entrance)
    expect(page).to_have_url(f"{served.address}/")
    return page


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "390"])
def page(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    one = opened(browser, served, request.param)
    yield one
    assert one.problems == []  # type: ignore[attr-defined]
    assert one.evaluate("window.broken") is None, "a document ran a script"
    one.context.close()


def is_narrow(page: Page) -> bool:
    return page.viewport_size["width"] < 900  # type: ignore[index]


def go_to(page: Page, name: str) -> None:
    page.locator(".entry", has_text=name).first.click()
    expect(page.locator("#work")).to_be_visible()
    page.wait_for_load_state()  # its scripts have run


def findings(page: Page) -> None:
    page.wait_for_load_state()
    if is_narrow(page):
        page.get_by_role("button", name="Findings").click()


def card(page: Page, title: str):  # type: ignore[no-untyped-def]
    return page.locator(".card", has=page.locator(".card-title", has_text=title)).first


def pick(page: Page, title: str) -> None:
    """Click a finding; the parts of one far below are laid out once it comes near."""
    card(page, title).evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
    card(page, title).locator(".card-title").click()


def press(page: Page, title: str, name: str) -> None:
    card(page, title).evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
    card(page, title).get_by_role("button", name=name).click()


def rows(served: Served) -> list[list[str]]:
    path = served.desk.corrections / "corrections.csv"
    return list(csv.reader(path.open(encoding="utf-8")))[1:] if path.is_file() else []


def test_nothing_is_wider_than_the_window(page: Page, served: Served) -> None:
    for path in ("/", "/try", "/ledger", "/corrections"):
        page.goto(served.address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(served.address)
    go_to(page, "hostile.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_search_and_filter(page: Page) -> None:
    expect(page.locator(".entry")).to_have_count(3)
    page.get_by_placeholder("Search titles").fill("naval harbour")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.locator("#list")).to_contain_text("of 3")
    page.get_by_role("link", name="Clear filters").click()
    page.get_by_label("Year").select_option("2031")
    expect(page).to_have_url(re.compile("year=2031"))
    page.reload()
    expect(page.get_by_label("Year")).to_have_value("2031")


def test_words_and_findings_lead_to_each_other(page: Page) -> None:
    go_to(page, "harbour.txt")
    words = page.locator("#text .m.layer-person", has_text="Kenji Mihon").first
    words.click()
    found = card(page, "Kenji Mihon")
    expect(found).to_be_in_viewport()
    expect(found).to_be_focused()
    expect(found.locator(".actions")).to_be_visible()
    if is_narrow(page):
        found.press("Enter")
    else:
        page.locator("#text").evaluate("e => e.scrollTo(0, 1e6)")
        found.locator(".card-title").click()
    expect(words).to_be_in_viewport()
    assert "on" in (words.get_attribute("class") or "").split()


def test_hover_and_focus_tell_value_method_score(page: Page) -> None:
    go_to(page, "harbour.txt")
    words = page.locator("#text .m.layer-organisation", has_text="Northern Sea Forum").first
    words.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("Northern Sea Forum")
    expect(tip).to_contain_text("score")
    page.mouse.move(2, 2)
    expect(tip).to_be_hidden()
    words.focus()
    expect(tip).to_be_visible()


def test_decisions_by_mouse(page: Page, served: Served) -> None:
    go_to(page, "harbour.txt")
    findings(page)
    pick(page, "Anna Beispiel")
    press(page, "Anna Beispiel", "Accept")
    expect(card(page, "Anna Beispiel")).to_contain_text("✓ accepted")

    pick(page, "Erika Muster")
    findings(page)
    press(page, "Erika Muster", "Reject")
    expect(card(page, "Erika Muster")).to_have_count(0)
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(card(page, "Erika Muster")).to_have_count(1)

    pick(page, "Kenji Mihon")
    findings(page)
    press(page, "Kenji Mihon", "Fix")
    dialog = page.locator("#dialog")
    dialog.get_by_label("What is wrong").select_option(label="country code")
    dialog.locator('[name="value"]').fill("Japan")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".form-problem")).to_contain_text("two capital letters")
    dialog.locator('[name="value"]').fill("JP")
    dialog.get_by_label("Why").fill("his page")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(card(page, "Kenji Mihon")).to_contain_text("✎ corrected")

    pick(page, "Lowland Institute")
    findings(page)
    press(page, "Lowland Institute", "Merge")
    dialog.get_by_role("button", name="Northern Sea Forum").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".decisions li")).to_have_count(3)

    page.get_by_role("button", name="+ Add", exact=False).first.click()
    dialog.get_by_label("The words").fill("Quay Street")
    dialog.get_by_label("They are").select_option("venue")
    dialog.get_by_role("button", name="Save").click()
    expect(card(page, "Quay Street")).to_contain_text("+ added")
    assert [(row[0], row[1]) for row in rows(served)] == [
        ("accept", "participation"), ("fix", "person"), ("merge", "organisation"), ("add", "venue"),
    ]  # fmt: skip
    assert rows(served)[1][2:] == ["harbour.txt", "Kenji Mihon", "country_code", "JP", "his page"]
    page.get_by_role("button", name="Mark as reviewed").click()
    expect(page.get_by_role("button", name="✓ Reviewed")).to_be_visible()


def test_selected_words_are_added(page: Page, served: Served) -> None:
    go_to(page, "harbour.txt")
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf("public seminar");
                if (at < 0) continue;
                node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
                getSelection().setBaseAndExtent(node, at, node, at + 14);
            }
        }"""
    )
    page.get_by_role("button", name="+ Add the selected words").click()
    dialog = page.locator("#dialog")
    expect(dialog.get_by_label("The words")).to_have_value("public seminar")
    dialog.get_by_label("They are").select_option("instrument")
    dialog.get_by_role("button", name="Save").click()
    findings(page)
    expect(card(page, "public seminar")).to_be_visible()


def test_slots_domains_and_organisers_by_mouse_and_keyboard(page: Page, served: Served) -> None:
    go_to(page, "harbour.txt")
    findings(page)
    pick(page, "Keynote")
    page.keyboard.press("m")  # slots do not merge
    page.keyboard.press("f")
    dialog = page.locator("#dialog")
    expect(dialog.get_by_label("What is wrong")).to_be_visible()
    expect(dialog.get_by_text("wherever the name is found")).to_have_count(0)
    dialog.get_by_label("What is wrong").select_option(label="start local: 2031-05-15T14:30")
    dialog.get_by_label("The right value").first.fill("2031-05-15T14:45")
    dialog.get_by_role("button", name="Save").click()
    expect(card(page, "Keynote")).to_contain_text("14:45")
    press(page, "Harbour Lights", "Northern Sea Forum is no organiser")
    expect(card(page, "Harbour Lights").get_by_text("Northern Sea Forum")).to_have_count(0)
    card(page, "Harbour Lights").focus()
    page.keyboard.press("n")
    dialog.get_by_label("They are").select_option("domain")
    expect(dialog.get_by_label("The words")).to_be_hidden()
    dialog.get_by_label("the domain").select_option("space")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#domain-space")).to_contain_text("added")
    expect(page.locator("#domain-space").get_by_role("button", name="Merge")).to_have_count(0)
    page.locator("#domain-space .card-title").click()
    page.locator("#domain-space").get_by_role("button", name="Reject").click()
    expect(page.locator("#domain-space")).to_have_count(0)
    assert [row[:2] for row in rows(served)] == [["fix", "programme_item"], ["reject", "organiser"]]


def test_decisions_by_keyboard_alone(page: Page, served: Served) -> None:
    keys = page.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    tab_to(".skip")
    tab_to('input[type="search"]')
    keys.type("naval harbour")
    expect(page.locator(".entry")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    tab_to(".entry")
    keys.press("Enter")
    expect(page.locator("#work")).to_be_visible()
    page.wait_for_load_state()
    tab_to("#text .m")
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent.startsWith('Anna Beispiel')"):
            break
        keys.press("ArrowRight")
    keys.press("Enter")
    expect(card(page, "Anna Beispiel")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#text .m:focus")).to_have_text("Anna Beispiel")
    keys.press("Enter")
    keys.press("a")
    expect(card(page, "Anna Beispiel")).to_contain_text("✓ accepted")
    expect(card(page, "Anna Beispiel")).to_be_focused()
    keys.press("u")
    expect(card(page, "Anna Beispiel")).not_to_contain_text("✓ accepted")
    keys.press("f")
    keys.type("rrr")  # before the form is there: no finding is rejected by it
    expect(page.locator("#dialog")).to_be_visible()
    keys.press("Tab")
    keys.type("chair")
    keys.press("Enter")
    tab_to('#dialog [type="submit"]')
    keys.press("Enter")
    expect(card(page, "Anna Beispiel")).to_contain_text("chair")
    expect(card(page, "Anna Beispiel")).to_be_focused()
    keys.press("m")
    expect(page.locator("#dialog")).to_be_visible()
    keys.press("Escape")
    expect(card(page, "Anna Beispiel")).to_be_focused()
    keys.press("r")
    expect(card(page, "Anna Beispiel")).to_have_count(0)
    expect(page.locator(".card:focus")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(page.locator(".card:focus")).to_have_count(1)
    keys.press("n")
    expect(page.locator("#dialog")).to_be_visible()
    keys.type("Harbour House")
    keys.press("Enter")
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator(".card:focus")).to_have_count(1)
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape")
    assert {row[0] for row in rows(served)} == {"fix", "reject", "add"}


def test_pages_of_a_pdf_lead_to_findings(page: Page) -> None:
    go_to(page, "evening.pdf")
    page.locator('.views [data-view="pages"]').click()
    box = page.locator('.page .box[aria-label="Anna Beispiel"]').first
    expect(box).to_be_visible()
    assert page.locator(".page image").first.evaluate("async i => (await fetch(i.href.baseVal)).status") == 200
    box.click()
    expect(card(page, "Anna Beispiel")).to_be_focused()
    assert "on" in (box.get_attribute("class") or "").split()


def test_layers_can_be_hidden(page: Page) -> None:
    go_to(page, "harbour.txt")
    button = page.locator('.legend [data-layer="person"]')
    mark = page.locator("#text .m.layer-person").first
    styles = "e => getComputedStyle(e).textDecorationLine"
    assert mark.evaluate(styles) == "underline"
    button.click()
    assert mark.evaluate(styles) == "none"
    expect(button).to_have_attribute("aria-pressed", "false")


def test_kinds_differ_without_colour(page: Page) -> None:
    go_to(page, "harbour.txt")
    looks = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".legend .swatch")].map((e) => {
            const s = getComputedStyle(e);
            return [e.textContent, [s.textDecorationLine, s.textDecorationStyle, s.textDecorationThickness].join()];
        }))"""
    )
    assert len(looks) >= 5 and len(set(looks.values())) == len(looks), looks


@pytest.mark.parametrize("page", [NARROW], indirect=True)
def test_try_a_file(page: Page, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "lantern.txt"
    file.write_bytes(NEW)
    page.goto(f"{served.address}/try")
    page.locator("#file").set_input_files(file)
    expect(page.get_by_text("Not kept yet")).to_be_visible(timeout=60_000)
    findings(page)
    expect(card(page, "Kenji Mihon")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("#toast")).to_contain_text("nothing was kept")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "lantern <b>.txt"));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        NEW.decode(),
    )
    expect(page.get_by_text("Not kept yet")).to_be_visible(timeout=60_000)
    page.wait_for_load_state()  # the words are there before the page's script is
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#toast")).to_contain_text("Kept as lantern -b-.txt")
    assert (served.desk.settings.raw / "lantern -b-.txt").read_bytes() == NEW


@pytest.mark.parametrize("page", [WIDE], indirect=True)
def test_publish_and_retry(page: Page, served: Served) -> None:
    good = (served.desk.settings.raw / "evening.pdf").read_bytes()
    (served.desk.settings.raw / "broken.pdf").write_bytes(good + b"\n% mended")
    page.get_by_role("link", name="Ledger").click()
    page.get_by_role("button", name="Retry broken.pdf").click()
    expect(page.locator("#run-words")).not_to_be_empty()
    expect(page.locator("#toast")).to_contain_text("Published 4 documents", timeout=120_000)
    expect(page.locator(".rows")).not_to_contain_text("broken.pdf")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#toast")).to_contain_text("Nothing new", timeout=120_000)


def test_hostile_documents_run_nothing(page: Page, served: Served) -> None:
    go_to(page, "hostile.html")
    findings(page)
    expect(page.locator("h1")).to_contain_text("<script>")
    page.goto(f"{served.address}/ledger")
    expect(page.locator(".rows")).to_contain_text("<img src=x onerror=window.broken=1>.bin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_axe_finds_nothing(browser: Browser, served: Served, size: tuple[int, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, served, size, scheme)
    axe = Axe()

    def check(where: str) -> None:
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [(v["id"], v["impact"], [n["target"] for n in v["nodes"][:3]]) for v in found]
        assert told == [], where

    check("documents")
    go_to(page, "evening.pdf")
    check("text")
    findings(page)
    pick(page, "Anna Beispiel")
    check("findings")
    findings(page)
    card(page, "Anna Beispiel").press("f")
    expect(page.locator("#dialog")).to_be_visible()
    check("dialog")
    page.keyboard.press("Escape")
    card(page, "Anna Beispiel").press("a")
    expect(card(page, "Anna Beispiel")).to_contain_text("accepted")
    check("decided")
    if is_narrow(page):
        page.get_by_role("button", name="Text").first.click()
    page.locator('.views [data-view="pages"]').click()
    expect(page.locator(".page .box").first).to_be_visible()
    check("pages")
    for path in ("/try", "/ledger", "/corrections"):
        page.goto(served.address + path)
        check(path)
    page.context.close()
