"""Zones: abbreviations in context, wall time to UTC, cities."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

import pytest

from extract.places import _cities, find_city
from extract.when.parse import parse_expressions
from extract.when.zones import abbreviations, named_zone, to_utc, zone_for

SUMMER, WINTER = datetime(2024, 7, 1, 12), datetime(2024, 1, 10, 12)


@pytest.mark.parametrize(
    ("printed", "country", "city", "local", "expected"),
    [
        ("CEST", None, None, SUMMER, "Europe/Brussels"),
        ("CEST", "ES", "Madrid", SUMMER, "Europe/Madrid"),
        ("CET", "EE", None, WINTER, "Europe/Brussels"),
        ("CET", "DE", None, SUMMER, "Europe/Berlin"),
        ("CST", None, None, SUMMER, "America/Chicago"),
        ("CST", "CN", "Shanghai", SUMMER, "Asia/Shanghai"),
        ("CST", "TW", None, SUMMER, "Asia/Taipei"),
        ("IST", None, None, SUMMER, "Asia/Kolkata"),
        ("IST", "IE", "Dublin", SUMMER, "Europe/Dublin"),
        ("IST", "IL", None, WINTER, "Asia/Jerusalem"),
        ("BST", "GB", None, SUMMER, "Europe/London"),
        ("BST", "BD", None, SUMMER, "Asia/Dhaka"),
        ("ET", None, None, SUMMER, "America/New_York"),
        ("EST", "US", "Washington", WINTER, "America/New_York"),
        ("JST", None, None, SUMMER, "Asia/Tokyo"),
        ("GMT", "GB", None, WINTER, "Europe/London"),
        ("GMT", None, None, WINTER, "Etc/UTC"),
        (120, "BE", None, SUMMER, "Europe/Brussels"),
        (540, None, None, SUMMER, "Etc/GMT-9"),
        (None, "JP", None, SUMMER, "Asia/Tokyo"),
        (None, "US", None, SUMMER, None),
        (None, None, "Bogota", SUMMER, "America/Bogota"),
        ("XYZ", None, None, SUMMER, None),
    ],
)
def test_zone_for(
    printed: str | int | None, country: str | None, city: str | None, local: datetime, expected: str | None
) -> None:
    assert zone_for(printed, country, city, local) == expected


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        (datetime(2024, 7, 1, 14), "Europe/Brussels", datetime(2024, 7, 1, 12, tzinfo=UTC)),
        (datetime(2024, 1, 10, 14), "Europe/Brussels", datetime(2024, 1, 10, 13, tzinfo=UTC)),
        (datetime(2024, 10, 27, 2, 30), "Europe/Brussels", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),  # twice: first
        (datetime(2024, 3, 31, 2, 30), "Europe/Brussels", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),  # skipped
        (datetime(2024, 7, 1, 14), "Asia/Tokyo", datetime(2024, 7, 1, 5, tzinfo=UTC)),
        (datetime(2024, 7, 1, 14), "Nowhere/Land", None),
        (datetime(1, 1, 1), "Asia/Tokyo", None),
    ],
)
def test_to_utc(local: datetime, zone: str, expected: datetime | None) -> None:
    assert to_utc(local, zone) == expected


def test_every_zone_of_the_vocabulary_exists() -> None:
    for readings in abbreviations().values():
        for reading in readings:
            assert to_utc(SUMMER, reading["zone"]) is not None


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Eastern Daylight", "America/New_York"), ("UK", "Europe/London"), ("Brussels", "Europe/Brussels"), ("Tea", None)],
)
def test_named_zones(words: str, expected: str | None) -> None:
    assert named_zone(words) == expected


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("5 June 2024, 14:00-15:30 CEST (UTC+2)", ["Europe/Brussels"]),
        ("5 June 2024, 11:00 CEST / 18:00 JST", ["Europe/Brussels", "Asia/Tokyo"]),
        ("5 June 2024, 11:00 to 13:00 h. CEST (UTC+2) / From 18:00 to 20:00 JST", ["Europe/Brussels", "Asia/Tokyo"]),
        ("5 June 2024, 12:00 CEST (10:00 GMT)", ["Europe/Brussels", "Etc/UTC"]),
        ("5 June 2024, 9 a.m. Eastern Time", ["America/New_York"]),
        ("5 June 2024, 14:00 (Brussels time)", ["Europe/Brussels"]),
        ("5 June 2024, 14:00 UTC+09:00", ["Etc/GMT-9"]),
        ("5 June 2024\n\nWashington 08:00\nLondon 13:00\nTokyo 21:00",
         [None, "America/New_York", "Europe/London", "Asia/Tokyo"]),
        ("5 June 2024\n\n08:00 Washington | 13:00 London", [None, "America/New_York", "Europe/London"]),
    ],
)  # fmt: skip
def test_zones_in_text(text: str, zones: list[str | None]) -> None:
    assert [reading.when().tz_iana for reading in parse_expressions(text)] == zones


def test_parallel_clocks_are_one_instant_over_midnight() -> None:
    first, second = parse_expressions("5 June 2024, 20:00 EDT / 09:00 JST")
    one, two = first.when(), second.when()
    assert one.start_local and two.start_local
    assert to_utc(one.start_local, "America/New_York") == to_utc(two.start_local, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("name", "country", "region", "expected"),
    [
        ("Bruxelles", None, None, ("Brussels", "BE")),
        ("Wien", None, None, ("Vienna", "AT")),
        ("東京", None, None, ("Tokyo", "JP")),
        ("Köln", None, None, ("Cologne", "DE")),
        ("Den Haag", None, None, ("The Hague", "NL")),
        ("New Delhi", None, None, ("New Delhi", "IN")),
        ("Washington", None, None, ("Washington", "US")),
        ("Washington, D.C.", None, None, ("Washington", "US")),
        ("Cambridge", "US", None, ("Cambridge", "US")),
        ("Kiev", None, None, ("Kyiv", "UA")),
    ],
)
def test_cities(name: str, country: str | None, region: str | None, expected: tuple[str, str]) -> None:
    city = find_city(name, country, region)
    assert city is not None
    assert (city.name, city.country_code) == expected


def test_regions_tell_towns_apart() -> None:
    for region in ("VA", "Virginia"):
        city = find_city("Arlington", "US", region)
        assert city is not None
        assert city.tz_iana == "America/New_York"
    assert find_city("Gondolin") is None


def test_cities_load_fast() -> None:
    _cities.cache_clear()
    begin = perf_counter()
    find_city("Oslo")
    assert perf_counter() - begin < 1.0  # 0.1 s on an idle core
