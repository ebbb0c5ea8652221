"""Joins people's participations to the event and to the slot of the programme that presents them."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from extract.fields.event_lists import entry_spans
from extract.found import found


def link_participations(doc: Doc) -> Doc:
    """Set `event_key` of everyone who takes part, and `item_key` by where they are presented.

    On a page of several events a person belongs to the one below whose title they stand, else to the first.
    """
    working_set = found(doc)
    main = next((event.key for event in working_set.events if event.relation != "mentions"), None)
    spans = entry_spans(working_set.events, working_set) if len(working_set.events) > 1 else []
    for index, participation in enumerate(working_set.participations):
        if participation.role == "mentioned" or main is None:
            continue
        item = next(
            (item for item in working_set.programme_items
             if item.start_char <= participation.start_char < item.end_char),
            None,
        )  # fmt: skip
        listed = next((key for start, end, key in spans if start <= participation.start_char < end), main)
        event = participation.event_key or (item.event_key if item else listed)
        working_set.participations[index] = replace(
            participation, event_key=event, item_key=participation.item_key or (item.key if item else None)
        )
    return doc
