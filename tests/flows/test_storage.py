"""Documents and tables in a store, here fsspec's own: what changed is taken over, releases arrive whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import pytest

from flows.steps import RunSettings, RunSummary, run
from flows.storage import StorageError, locate, pull, push
from tests.flows.test_run import NOTE, NOTICE


@pytest.fixture
def store() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pipe("/corpus/notice.txt", NOTICE.encode())
    files.pipe("/corpus/sub/note.md", NOTE.encode())
    yield files
    files.store.clear()


def go(place: Path) -> RunSummary:
    state = place / "s.duckdb"
    return run(RunSettings(**locate("memory://corpus", "memory://tables", state), state=state, workers=1))


def test_a_run_from_store_to_store(store: Any, tmp_path: Path) -> None:
    assert go(tmp_path).counts == {"ok": 2}
    manifest = json.loads(store.cat_file("/tables/manifest.json"))
    assert store.exists(f"/tables/_releases/{manifest['data_version']}/manifest.json")
    with store.open("/tables/documents.parquet") as file:
        assert sorted(pd.read_parquet(file).source_uri) == ["notice.txt", "sub/note.md"]

    store.pipe("/corpus/notice.txt", NOTICE.replace("10:00", "11:00").encode())
    store.rm("/corpus/sub/note.md")
    second = go(tmp_path)
    assert (second.counts, second.retired) == ({"ok": 1}, ("sub/note.md",))
    assert json.loads(store.cat_file("/tables/manifest.json"))["data_version"] == second.data_version != manifest


def test_nothing_new_sends_outcomes_alone(store: Any, tmp_path: Path) -> None:
    go(tmp_path)
    before = {name: store.modified(name) for name in store.find("/tables") if name.endswith(".parquet")}
    assert go(tmp_path).counts == {"unchanged": 2}
    assert {name for name in before if store.modified(name) != before[name]} == {
        name for name in before if name.endswith("outcomes.parquet")
    }


def test_a_release_that_did_not_arrive_is_sent_by_the_next_run(store: Any, tmp_path: Path) -> None:
    go(tmp_path)
    store.rm("/tables/events.parquet")
    store.rm("/tables/manifest.json")
    go(tmp_path)
    assert store.exists("/tables/events.parquet") and store.exists("/tables/manifest.json")


def test_names_that_lead_elsewhere_are_refused_alone(store: Any, tmp_path: Path) -> None:
    store.store["/corpus/../outside.txt"] = store.store["/corpus/notice.txt"]
    store.store["/corpus/a\\b.txt"] = store.store["/corpus/notice.txt"]
    refused = pull("memory://corpus", tmp_path / "raw")
    assert ("a\\b.txt", "the name leads outside the folder: rename it in the store") in refused
    assert not (tmp_path / "outside.txt").exists()
    assert (tmp_path / "raw" / "notice.txt").read_text("utf-8") == NOTICE
    summary = go(tmp_path)
    assert [p.source_uri for p in summary.problems if "rename it" in (p.detail or "")] == [name for name, _ in refused]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://nowhere", "there is nothing at"),
        ("nostore://x", "no address of a store"),
        ("file:///nowhere/x", "there is nothing"),
    ],
)
def test_a_store_that_cannot_be_used_is_said(url: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=message):
        pull(url, tmp_path)


def test_a_folder_by_its_address_is_a_store_too(store: Any, tmp_path: Path) -> None:
    go(tmp_path)
    processed = locate("memory://corpus", "memory://tables", tmp_path / "s.duckdb")["processed"]
    assert push(processed, f"file://{tmp_path}/sent") > 0
    assert pd.read_parquet(tmp_path / "sent" / "events.parquet").event_name.notna().any()
