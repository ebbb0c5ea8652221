"""Events as schema.org JSON-LD."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tables.exports.release import EventView, Row, read_events

_MODES = {
    "in_person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_STATUS = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
_PRECISION_LENGTH = {"month": 7, "year": 4}


def write_linked_data(processed: Path, out: Path) -> int:
    """Write all events as one JSON-LD graph; return how many."""
    graph = [_event(view) for view in read_events(processed)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, indent=1, ensure_ascii=False, sort_keys=True)
    out.write_text(text + "\n", "utf-8")
    return len(graph)


def _event(view: EventView) -> dict[str, Any]:
    event = view.event
    node: dict[str, Any] = {
        "@type": "Event",
        "@id": f"urn:convenor:{event['event_id']}",
        "name": event["event_name"],
        "startDate": _moment(event, "start"),
        "endDate": _moment(event, "end"),
        "eventStatus": _link(_STATUS.get(event["event_status"] or "", "EventScheduled")),
        "eventAttendanceMode": _link(_MODES.get(event["attendance_mode"] or "")),
        "previousStartDate": event["previous_start_date"] and event["previous_start_date"].isoformat(),
        "inLanguage": event["language_codes"],
        "url": event["registration_url"],
        "location": _location(view.venue, event),
        "organizer": [
            {"@type": "Organization", "name": o["organisation_name"]} for o in view.organisers if o["role"] != "funder"
        ],
        "funder": [
            {"@type": "Organization", "name": o["organisation_name"]} for o in view.organisers if o["role"] == "funder"
        ],
        "performer": [_person(p) for p in view.people],
    }
    return {key: value for key, value in node.items() if value}


def _moment(event: Row, side: str) -> str | None:
    local: datetime | None = event[f"{side}_local"]
    if local is not None:
        return local.replace(tzinfo=ZoneInfo(event["tz_iana"]) if event["tz_iana"] else None).isoformat()
    day = event[f"{side}_date"]
    return str(day)[: _PRECISION_LENGTH.get(event["date_precision"], 10)] if day else None


def _location(venue: Row, event: Row) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if venue:
        address = {"streetAddress": "address", "addressLocality": "city", "addressCountry": "country_code"}
        found = {name: venue[column] for name, column in address.items() if venue.get(column)}
        place: dict[str, Any] = {"@type": "Place", "name": venue["venue_name"] or venue["city"]}
        if found:
            place["address"] = {"@type": "PostalAddress", **found}
        if venue["latitude"] is not None:
            place["geo"] = {"@type": "GeoCoordinates", "latitude": venue["latitude"], "longitude": venue["longitude"]}
        places.append(place)
    if event["stream_url"]:
        places.append({"@type": "VirtualLocation", "url": event["stream_url"]})
    return places


def _person(person: Row) -> dict[str, Any]:
    node = {
        "@type": "Person",
        "name": person["person_name"],
        "givenName": person["given_name"],
        "familyName": person["family_name"],
        "jobTitle": person["position"],
        "affiliation": person["affiliation"] and {"@type": "Organization", "name": person["affiliation"]},
    }
    return {key: value for key, value in node.items() if value}


def _link(name: str | None) -> str | None:
    return f"https://schema.org/{name}" if name else None
