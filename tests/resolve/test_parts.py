"""Corrections of what a document lists, and of what its findings refer to: each changes its cell and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from extract.records import DateFinding, DomainFinding, Mention, Milestone, ProgrammeItem, When
from tables.correction_rows import correction_counts
from tests.records import make_records
from tests.resolve.test_corrections import listed, tables_of

BASE = make_records("call", people={"Ito Kenji": "NIDS"}, organisers=("NIDS",))
TEXT = BASE.document.text + "\nBooking by 5 March\n10:00 Opening words\nA pact was signed in 2019.\nSea Forum too\n"


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def on(day: date) -> When:
    return When(start_date=day, end_date=day, precision="day")


def document() -> object:
    start, end = at("5 March")
    item, fact = at("Opening words"), at("A pact was signed in 2019.")
    mention = Mention(mention_id="men_1", start_char=start, end_char=end, text="5 March", label="DATE", extractor="t")
    return replace(
        BASE,
        document=replace(BASE.document, text=TEXT),
        mentions=(*BASE.mentions, mention),
        dates=(DateFinding(mention_id="men_1", start_char=start, end_char=end, text="5 March",
                           when=on(date(2024, 3, 5)), role="event"),),
        programme_items=(ProgrammeItem(key="item:0", event_key="event:0", item_number=1, item_title="Opening words",
                                       start_char=item[0], end_char=item[1]),),
        participations=tuple(replace(p, item_key="item:0") for p in BASE.participations),
        milestones=(Milestone(when=on(date(2019, 1, 1)), statement="A pact was signed in 2019.", start_char=fact[0],
                              end_char=fact[1]),),
        domains=(DomainFinding(domain_code="cyber", score=0.8, method="model"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "table", "column", "values"),
    [
        ("fix,date,call.txt,5 march,date_role,deadline,", "dates", "date_role", ["deadline"]),
        ("fix,date,,5 March,start_date,2025-03-05,", "dates", "start_date", [date(2025, 3, 5)]),
        ("fix,date,,5 March,date_precision,month,", "dates", "date_precision", ["month"]),
        ("reject,date,,5 March,,,", "dates", "date_text", []),
        ("reject,date,,5 March,,,", "mentions", "text", ["Ito Kenji"]),
        ("add,date,call.txt,in 2019,date_role,past_fact,", "dates", "date_role", ["event", "past_fact"]),
        ("fix,programme_item,,opening words,item_type,opening,", "programme_items", "item_type", ["opening"]),
        ("fix,programme_item,,Opening words,item_title,Welcome,", "programme_items", "item_title", ["Welcome"]),
        ("fix,programme_item,,Opening words,start_local,2024-03-12T10:00,", "programme_items", "start_local",
         [datetime(2024, 3, 12, 10)]),
        ("reject,programme_item,,Opening words,,,", "participations", "item_id", [None]),
        ("add,programme_item,call.txt,sea forum too,item_type,panel,", "programme_items", "item_title",
         ["Opening words", "Sea Forum too"]),
        ("fix,milestone,,A pact was,start_date,2019-06-01,", "milestones", "start_date", [date(2019, 6, 1)]),
        ("reject,milestone,call.txt,A pact was signed,,,", "milestones", "statement", []),
        ("add,milestone,call.txt,Booking by,start_date,2024-03-05,", "milestones", "start_date",
         [date(2024, 3, 5), date(2019, 1, 1)]),
        ("add,domain,call.txt,maritime,,,", "document_domains", "domain_code", ["cyber", "maritime"]),
        ("reject,domain,call.txt,cyber,,,", "document_domains", "domain_code", []),
        ("accept,domain,call.txt,cyber,,,", "document_domains", "domain_code", ["cyber"]),
        ("fix,organiser,,NIDS,role,host,", "event_organisations", "role", ["host"]),
        ("reject,organiser,,NIDS,,,", "event_organisations", "role", []),
        ("fix,event,call.txt,,relation,reports,", "event_documents", "relation", ["reports"]),
        ("fix,event,call.txt,,venue_name,Sea House,", "venues", "venue_name", ["Palais d'Egmont", "Sea House"]),
        ("fix,organisation,,NIDS,parent_organisation_name,Sea Forum,", "organisations", "organisation_name",
         ["NIDS", "Sea Forum"]),
        ("fix,venue,,Palais d'Egmont,latitude,50.84,", "venues", "latitude", [50.84]),
    ],
)  # fmt: skip
def test_a_row_changes_its_cell(tmp_path: Path, row: str, table: str, column: str, values: list[object]) -> None:
    made = tables_of(document(), corrections=listed(tmp_path, row))  # type: ignore[arg-type]
    assert sorted(map(repr, (r.get(column) for r in made[table]))) == sorted(map(repr, values))
    assert {r["status"] for r in made["corrections"]} == {"applied"}
    mentions = {m["mention_id"] for m in made["mentions"]}
    assert mentions.issuperset(d["mention_id"] for d in made["dates"])
    ids = {value for r in made[made["corrections"][0]["table_name"]] for value in r.values() if isinstance(value, str)}
    assert made["corrections"][0]["row_id"] in (None, *ids)


def test_another_venue_and_parent_are_the_rows_they_name(tmp_path: Path) -> None:
    rows = ("fix,event,call.txt,,venue_name,Sea House,", "fix,organisation,,NIDS,parent_organisation_name,Sea Forum,")
    made = tables_of(document(), corrections=listed(tmp_path, *rows))  # type: ignore[arg-type]
    venues = {v["venue_id"]: v["venue_name"] for v in made["venues"]}
    names = {o["organisation_id"]: o["organisation_name"] for o in made["organisations"]}
    assert [venues[e["venue_id"]] for e in made["events"]] == ["Sea House"]
    parents = {o["organisation_name"]: names.get(o.get("parent_organisation_id")) for o in made["organisations"]}
    assert parents == {"NIDS": "Sea Forum", "Sea Forum": None}
    emptied = tables_of(document(), corrections=listed(tmp_path, "fix,event,call.txt,,venue_name,,"))  # type: ignore[arg-type]
    assert [e["venue_id"] for e in emptied["events"]] == [None]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("fix,domain,call.txt,cyber,domain_score,1,", "cannot be corrected by fix"),
        ("add,domain,call.txt,gardening,,,", "unknown domain 'gardening'"),
        ("add,milestone,call.txt,A pact,,,", "a milestone is added with its day"),
        ("fix,date,,5 March,date_role,party,", "unknown date_role"),
        ("fix,organiser,,NIDS,role,speaker,", "unknown role 'speaker'"),
        ("fix,venue,,Palais,latitude,north,", "not a number of degrees"),
        ("fix,venue,,Palais,longitude,nan,", "not a number of degrees"),
        ("merge,date,,5 March,,6 March,", "cannot be corrected by merge"),
        ("fix,programme_item,,Opening,item_title,,", "cannot be empty"),
    ],
)
def test_a_bad_row_is_refused_with_the_reason(tmp_path: Path, row: str, message: str) -> None:
    (refusal,) = listed(tmp_path, row).refused
    assert message in refusal.message and refusal.file_line == "list.csv:2"


def test_what_meets_nothing_is_reported(tmp_path: Path) -> None:
    rows = ("fix,date,,7 March,date_role,deadline,", "reject,milestone,,No such,,,", "accept,domain,call.txt,space,,,",
            "add,organiser,call.txt,Nowhere House,,,", "add,date,call.txt,8 May,,,")  # fmt: skip
    made = tables_of(document(), corrections=listed(tmp_path, *rows))  # type: ignore[arg-type]
    assert correction_counts(made["corrections"]) == {"applied": 0, "unmatched": 5, "refused": 0}
    assert all(row["reason"] for row in made["corrections"])
