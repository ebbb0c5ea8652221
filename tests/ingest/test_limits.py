"""Limits are settings: each from its environment variable, and a value that is none is refused by name."""

from __future__ import annotations

import dataclasses

import pytest

from ingest.limits import DEFAULT_LIMITS, read_limits


def test_each_limit_has_its_variable() -> None:
    for field in dataclasses.fields(DEFAULT_LIMITS):
        limits = read_limits({f"CONVENOR_{field.name.upper()}": "7"})
        assert limits == dataclasses.replace(DEFAULT_LIMITS, **{field.name: 7})


def test_nothing_set_is_the_default() -> None:
    assert read_limits({"CONVENOR_MAX_PAGES": "", "PATH": "/bin"}) == DEFAULT_LIMITS


@pytest.mark.parametrize("value", ["many", "0", "-3", "1.5 pages"])
def test_what_is_no_limit_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="CONVENOR_MAX_PAGES"):
        read_limits({"CONVENOR_MAX_PAGES": value})
