"""Wall times as instants, where both the time and its zone are known."""

from __future__ import annotations

from datetime import datetime

from extract.when.zones import to_utc


def instant(local: datetime | None, zone: str | None) -> datetime | None:
    """Return the UTC instant of a wall time in an IANA zone; None when either is missing."""
    return to_utc(local, zone) if local is not None and zone is not None else None
