"""The YAML or TOML block that site builders set before a page: facts the publisher declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ingest.cleaning import clean_inline
from ingest.document import Declared

_FRONT_MATTER = re.compile(r"\A\s{0,20}---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML_FRONT_MATTER = re.compile(r"\A\s{0,20}\+\+\+[ \t]*\n(.{0,20000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_MAX_FACTS = 200
_MAX_DEPTH = 4

# What site builders call things, in schema.org's words.  "date" stays "date": some sites put the day of
# publication there, some the day of the event, so it is no datePublished.
_SCHEMA_NAMES = {
    "title": "name", "event": "name", "subtitle": "alternateName", "description": "description",
    "summary": "description", "excerpt": "description", "abstract": "description", "date": "date",
    "published": "datePublished", "published_time": "datePublished", "publishdate": "datePublished",
    "pubdate": "datePublished", "date_published": "datePublished", "modified": "dateModified",
    "modified_time": "dateModified", "lastmod": "dateModified", "updated": "dateModified",
    "start": "startDate", "start_date": "startDate", "startdate": "startDate", "event_start": "startDate",
    "start_time": "startDate", "event_date": "startDate", "eventdate": "startDate", "dtstart": "startDate",
    "end": "endDate", "end_date": "endDate", "enddate": "endDate", "event_end": "endDate", "end_time": "endDate",
    "dtend": "endDate", "location": "location.name", "venue": "location.name", "place": "location.name",
    "address": "location.address", "city": "location.address.addressLocality",
    "country": "location.address.addressCountry", "organizer": "organizer.name", "organiser": "organizer.name",
    "organizers": "organizer.name", "organisers": "organizer.name", "host": "organizer.name",
    "hosts": "organizer.name", "event_organizer": "organizer.name", "event_organiser": "organizer.name",
    "organized_by": "organizer.name", "organised_by": "organizer.name", "hosted_by": "organizer.name",
    "publisher": "publisher.name", "site_name": "isPartOf.name", "speaker": "performer.name",
    "speakers": "performer.name",
    "author": "author.name", "authors": "author.name", "byline": "author.name", "url": "url", "link": "url",
    "source_url": "url", "canonical_url": "url", "event_url": "url", "registration": "offers.url",
    "registration_url": "offers.url", "lang": "inLanguage", "language": "inLanguage", "locale": "inLanguage",
    "tags": "keywords", "keywords": "keywords", "topics": "keywords", "status": "eventStatus",
    "location_name": "location.name", "venue_name": "location.name", "event_location": "location.name",
    "location_address": "location.address", "venue_address": "location.address",
    "location_city": "location.address.addressLocality", "venue_city": "location.address.addressLocality",
    "location_country": "location.address.addressCountry", "venue_country": "location.address.addressCountry",
    "organizer_name": "organizer.name", "organiser_name": "organizer.name", "host_name": "organizer.name",
    "attendance_mode": "eventAttendanceMode", "event_attendance_mode": "eventAttendanceMode",
    "event_status": "eventStatus",
}  # fmt: skip
_BY_KEY = {key.replace("_", ""): name for key, name in _SCHEMA_NAMES.items()}
"""The same for "location_city", "locationCity" and "location-city"."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)


_PLACE_PARTS = {
    "venue_name": "name", "title": "name", "building": "name", "street": "address.streetAddress",
    "address": "address.streetAddress", "city": "address.addressLocality", "state": "address.addressRegion",
    "zip": "address.postalCode", "country": "address.addressCountry",
}  # fmt: skip
"""What site builders call the parts of a place that they nest under it."""


def read_front_matter(text: str) -> tuple[tuple[Declared, ...], str, tuple[str, ...]]:
    """Return (declared facts, the text after the front matter, warnings)."""
    match = _FRONT_MATTER.match(text)
    toml = None if match else _TOML_FRONT_MATTER.match(text)
    if toml:
        match, loaded = toml, _load_toml(toml.group(1))
    elif match and ":" in match.group(1):
        loaded = _load(match.group(1))
    else:
        return (), text, ()
    body = text[match.end() :]
    if not isinstance(loaded, dict):
        return (), body, ("The front matter could not be read and was left out.",)
    facts = [(_schema_name(path), value) for path, value in islice(_flatten(loaded, (), 0), _MAX_FACTS)]
    return tuple(Declared("front-matter", name, value) for name, value in _with_hours(facts)), body, ()


def _with_hours(facts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield facts, a start and an end without a day ("startTime: 10:30") as hours of the day declared beside them."""
    clocks = [value for name, value in facts if name in ("startDate", "endDate") and _CLOCK.fullmatch(value)]
    yield from (fact for fact in facts if fact[1] not in clocks)
    if clocks and not any(name == "time" for name, _ in facts):
        yield "time", "-".join(clocks)


def _load_toml(source: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _schema_name(path: str) -> str:
    head, _, rest = path.partition(".")
    whole, first = (re.sub("[_-]", "", key) for key in (path, head))
    if whole in _BY_KEY or first not in _BY_KEY:
        return _BY_KEY.get(whole, path)
    prefix = _BY_KEY[first].removesuffix(".name")
    return f"{prefix}.{_PLACE_PARTS.get(rest, rest) if prefix == 'location' else rest}"


def _load(source: str) -> Any:
    """Return the YAML value with every scalar as the text it was; None where it is no YAML or has aliases."""
    import yaml

    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(source)):  # no expanding of references
            return None
        return yaml.load(source, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _flatten(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, str]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flatten(inner, (*path, str(key).strip().lower()), depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _flatten(inner, path, depth + 1)
    else:
        text = clean_inline(str(value))
        if text:
            yield ".".join(path), text
