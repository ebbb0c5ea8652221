"""Time zones: abbreviations, offsets and city names → IANA zones; wall time → UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extract.places import country_zones, find_city
from extract.vocabularies import read_toml

_CLOSE = 60
"""Minutes by which an abbreviation may miss the city's offset and still mean it ("CET" printed in July)."""


@lru_cache
def abbreviations() -> dict[str, list[dict[str, Any]]]:
    """Return the known zone abbreviations with their readings, the commonest first."""
    table: dict[str, list[dict[str, Any]]] = read_toml("zones")["abbreviations"]
    return table


@lru_cache
def named_zones() -> dict[str, str]:
    """Return the zones that go by a word before "time" ("eastern", "central european", "uk")."""
    table: dict[str, str] = read_toml("zones")["named"]
    return table


@lru_cache
def spoken_zones() -> dict[str, list[tuple[str, ...]]]:
    """Return the words for a country's hours ("ora italiana") by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(read_toml("zones")["spoken"], key=len, reverse=True):
        found.setdefault(words.split()[0], []).append(tuple(words.split()))
    return found


@lru_cache
def time_words() -> dict[str, frozenset[str]]:
    """Return the nouns and links of a sentence about all times of a text ("all times are in …")."""
    table: dict[str, list[str]] = read_toml("zones")["all_times"]
    return {name: frozenset(words) for name, words in table.items()}


def language_zone(language: str | None) -> str | None:
    """Return the zone that a text in a language means without saying it, None where several countries speak it."""
    zones: dict[str, str] = read_toml("zones")["implied"]
    return zones.get(language or "")


def zone_for(
    printed: str | int | None,
    country_code: str | None = None,
    city: str | None = None,
    local: datetime | None = None,
) -> str | None:
    """Return the IANA zone meant by an abbreviation ("CST") or an offset in minutes (540), where and when it stands.

    A venue's city or single-zone country decides when its offset agrees with what is printed; a printed zone that
    contradicts the venue wins over it.  None when neither tells.
    """
    venue_zone = _venue_zone(country_code, city)
    if printed is None or printed == "":
        return venue_zone
    if isinstance(printed, int):
        if venue_zone and local and offset_minutes(venue_zone, local) == printed:
            return venue_zone
        return _fixed_zone(printed)
    readings = abbreviations().get(printed.upper())
    if not readings:
        return venue_zone
    if venue_zone and any(_agrees(reading, venue_zone, local) for reading in readings):
        return venue_zone
    for reading in readings:
        if country_code and country_code.upper() in reading.get("countries", ()):
            return str(reading["zone"])
    return str(next(reading["zone"] for reading in readings if not reading.get("only_in")))


def printed_offset(abbreviation: str) -> int | None:
    """Return the minutes east of UTC that an abbreviation states by itself, None when it has several readings."""
    readings = abbreviations().get(abbreviation.upper(), [])
    offsets = {reading.get("offset") for reading in readings}
    return offsets.pop() if len(offsets) == 1 else None


def offset_minutes(tz_iana: str, local: datetime) -> int | None:
    """Return a zone's minutes east of UTC at a wall time, None for an unknown zone."""
    zone = _zone(tz_iana)
    shift = local.replace(tzinfo=zone).utcoffset() if zone else None
    return round(shift.total_seconds() / 60) if shift is not None else None


def to_utc(local: datetime, tz_iana: str) -> datetime | None:
    """Return the UTC instant of a wall time, None for an unknown zone.

    A wall time that occurs twice (autumn) is the first of the two; one that the clocks skip (spring) is read with
    the offset before the change, so that 02:30 becomes the instant then shown as 03:30.
    """
    zone = _zone(tz_iana)
    if zone is None:
        return None
    try:
        return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        return None


def named_zone(words: str) -> str | None:
    """Return the zone of the words before "time": "Eastern Standard", "Brussels", "UK"; None if they name none."""
    low = words.lower()
    for end in (" standard", " daylight", " summer", " winter"):
        low = low.removesuffix(end)
    known = named_zones().get(low) or read_toml("zones")["spoken"].get(low)
    if known:
        return known
    city = find_city(words)
    return city.tz_iana if city else None


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _venue_zone(country_code: str | None, city: str | None) -> str | None:
    found = find_city(city, country_code) if city else None
    if found:
        return found.tz_iana
    return country_zones().get(country_code.upper()) if country_code else None


def _agrees(reading: dict[str, Any], venue_zone: str, local: datetime | None) -> bool:
    if reading["zone"] == venue_zone:
        return True
    at = local or datetime(2024, 1, 15, 12)
    stated = reading.get("offset")
    if stated is None:
        return offset_minutes(str(reading["zone"]), at) == offset_minutes(venue_zone, at)
    actual = offset_minutes(venue_zone, at)
    standard = offset_minutes(venue_zone, at.replace(month=1, day=15))
    summer = offset_minutes(venue_zone, at.replace(month=7, day=15))
    return actual is not None and abs(actual - stated) <= _CLOSE and stated in (actual, standard, summer)


def _fixed_zone(minutes: int) -> str | None:
    """Return the zone without seasons at an offset; half-hour offsets have none but India's and the like."""
    if minutes == 0:
        return "Etc/UTC"
    if minutes % 60 == 0 and -12 <= minutes // 60 <= 14:
        return f"Etc/GMT{-minutes // 60:+d}"
    return {330: "Asia/Kolkata", 345: "Asia/Kathmandu", 570: "Australia/Darwin"}.get(minutes)


def shift(local: datetime, from_zone: str, to_zone: str) -> datetime | None:
    """Return the wall time in another zone at the same instant, None for an unknown zone."""
    utc, zone = to_utc(local, from_zone), _zone(to_zone)
    return utc.astimezone(zone).replace(tzinfo=None) if utc and zone else None
