"""The child process: reused, replaced, and never the end of its parent."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from ingest.document import Document, RawFile
from ingest.errors import BadInput
from ingest.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from ingest.read import read_parts
from ingest.sandbox import ReaderBug, Sandbox
from tests.ingest.hostile import good_pdf

MISBEHAVING = f"{__package__ or 'tests.ingest'}.misbehaving:read"
LIMITS = Limits(cpu_seconds=2, wall_seconds=3, memory_bytes=700 * MEBIBYTE)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, MISBEHAVING) as child:
        yield child


def note(text: str) -> RawFile:
    return RawFile("note.txt", text.encode())


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("sleep", "timeout"),
        ("spin", "timeout"),
        ("allocate", "out_of_memory"),
        ("abort", "crashed"),
        ("exit", "crashed"),
        ("recurse", "too_deep"),
        ("refuse", "corrupt"),
    ],
)
def test_each_way_to_fail_has_its_reason_and_costs_only_itself(sandbox: Sandbox, behaviour: str, reason: str) -> None:
    assert sandbox.read(note("hello")).documents[0].text == "hello"
    with pytest.raises(BadInput) as caught:
        sandbox.read(note(behaviour))
    assert caught.value.reason_code == reason
    assert caught.value.detail
    assert sandbox.read(note("hello again")).documents[0].text == "hello again"


def test_a_large_parent_does_not_make_a_crash_look_like_want_of_memory(sandbox: Sandbox) -> None:
    large = bytearray(b"1") * LIMITS.memory_bytes
    assert len(large)
    with pytest.raises(BadInput) as caught:
        sandbox.read(note("abort"))
    assert caught.value.reason_code == "crashed"


def test_each_part_of_a_container_fails_alone(sandbox: Sandbox) -> None:
    documents, rejected = sandbox.read(note("holds hello,abort,there,exit,refuse"))
    assert [document.text for document in documents] == ["hello", "there"]
    assert [(part.source_uri, part.reason_code) for part in rejected] == [
        ("note.txt!/1", "crashed"), ("note.txt!/3", "crashed"), ("note.txt!/4", "corrupt"),
    ]  # fmt: skip


def test_a_container_of_bombs_is_given_up(sandbox: Sandbox) -> None:
    documents, rejected = sandbox.read(note("holds hello," + ",".join(["abort"] * 8)))
    assert [document.text for document in documents] == ["hello"]
    assert [part.reason_code for part in rejected] == ["crashed"] * 5 + ["unsafe_archive"] * 3


def test_a_bug_is_not_bad_input(sandbox: Sandbox) -> None:
    with pytest.raises(ReaderBug, match="ZeroDivisionError") as caught:
        sandbox.read(note("bug"))
    assert "note.txt" in str(caught.value)
    assert sandbox.read(note("hello")).documents[0].text == "hello"


def test_prints_of_a_library_do_not_disturb_the_answers(sandbox: Sandbox) -> None:
    assert sandbox.read(note("print")).documents[0].text == "print"
    assert sandbox.read(note("hello")).documents[0].text == "hello"


def test_the_child_is_reused_and_ends_with_the_sandbox() -> None:
    with Sandbox(LIMITS, MISBEHAVING) as sandbox:
        first = sandbox.read(note("pid")).documents[0].text
        assert sandbox.read(note("pid")).documents[0].text == first
        assert int(first) != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(int(first), 0)


def test_secrets_of_the_environment_stay_outside(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "open sesame")
    assert "sesame" not in sandbox.read(note("environment")).documents[0].text


def test_what_comes_back_is_what_the_reader_made() -> None:
    file = RawFile("a/report.pdf", good_pdf(), Path("a/report.pdf"), datetime(2024, 5, 4, tzinfo=UTC), "mail.eml")
    with Sandbox() as child:
        assert child.read(file) == read_parts(file)


def test_too_large_a_file_is_not_even_sent() -> None:
    with Sandbox(Limits(max_bytes=10)) as sandbox, pytest.raises(BadInput) as caught:
        sandbox.read(note("more than ten bytes"))
    assert caught.value.reason_code == "too_large"


def _read_in_worker(data: bytes) -> list[str]:
    with Sandbox(DEFAULT_LIMITS) as sandbox:
        return [document.text for document in sandbox.read(RawFile("report.pdf", data)).documents]


def test_it_works_inside_a_worker_of_a_process_pool() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        texts = pool.submit(_read_in_worker, good_pdf()).result(timeout=60)
    assert "the working group met" in texts[0]


def test_it_works_inside_a_daemonic_process() -> None:
    """Workers of Dask are daemonic, and multiprocessing forbids those to have children."""
    with get_context("spawn").Pool(1) as pool:
        texts = pool.apply_async(_read_in_worker, (good_pdf(),)).get(timeout=60)
    assert "the working group met" in texts[0]


def test_a_document_costs_no_new_process() -> None:
    data = good_pdf()
    with Sandbox() as sandbox:
        sandbox.read(RawFile("report.pdf", data))
        start = time.perf_counter()
        documents: list[Document] = []
        for _ in range(20):
            documents += sandbox.read(RawFile("report.pdf", data)).documents
        assert len(documents) == 20
        assert (time.perf_counter() - start) / 20 < 0.1, "measured 0.01 s; a process each would take 0.3 s"
