"""Bad input is a different exception from a bug: only `BadInput` becomes an outcome, anything else surfaces."""

from __future__ import annotations

from typing import Literal, get_args

ReasonCode = Literal[
    "empty_file", "no_text", "encrypted", "truncated", "corrupt", "unsupported_type", "too_large", "too_many_pages",
    "too_deep", "timeout", "out_of_memory", "crashed", "not_readable", "vanished", "unsafe_archive", "legacy_format",
    "partial_pages", "needs_ocr", "duplicate_content", "internal_error",
]  # fmt: skip
REASON_CODES: tuple[str, ...] = get_args(ReasonCode)

Outcome = Literal["ok", "partial", "unchanged", "duplicate", "unsupported", "failed"]


class BadInput(Exception):
    """An input that cannot be read, with a reason code and a sentence that says what a person can do about it."""

    def __init__(self, reason_code: ReasonCode, detail: str) -> None:
        super().__init__(reason_code, detail)
        self.reason_code = reason_code
        self.detail = detail


def outcome_of(reason_code: ReasonCode) -> Outcome:
    """Return the outcome of an input that gave no document for this reason."""
    return "unsupported" if reason_code in ("unsupported_type", "legacy_format") else "failed"
