"""The page of one document: text beside findings, pages as images, decisions and taking them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from convenor.desk import writing
from convenor.desk.findings import Card
from convenor.desk.marks import anchor_of
from convenor.desk.pages import Fields, Pages
from convenor.desk.pdf_pages import Word, place
from convenor.desk.reading import DocumentView, view_document
from extract.records import DocumentRecords
from ingest.errors import BadInput
from resolve.corrections import CODES, FIELDS, KINDS, LINKS, PARTS, Correction
from resolve.judging import COLLECTIONS
from resolve.moments import WHEN_FIELDS, when_value
from resolve.parts import value_of

PDF = "application/pdf"


@dataclass(frozen=True)
class Choice:
    """A cell that can be put right: what a correction calls it, its words here, its value now, what it may be."""

    kind: str
    name: str
    field: str
    value: str
    codes: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.field.replace("_", " ")


def load(pages: Pages, document_id: str) -> tuple[DocumentView, DocumentRecords]:
    """Return the view of a document and its corrected records.  Raises BadInput where there is none."""
    source = pages.desk.records(document_id)
    if source is None:
        raise BadInput("vanished", "There is no such document in the corpus (any more).")
    return view_document(source, pages.desk.decisions(), pages.desk.release()[0].domain_names)


def document(pages: Pages, request: Request) -> Response:
    """The whole page."""
    view, _ = load(pages, request.path_params["document_id"])
    return pages.page("document.html", **_values(pages, view))


def _values(pages: Pages, view: DocumentView) -> dict[str, Any]:
    is_shown = view.facts.media_type == PDF and not view.has_retracted and "!/" not in view.facts.source_uri
    ids = [entry.document_id for entry in pages.desk.release()[0].entries]
    at = ids.index(view.facts.document_id) if view.facts.document_id in ids else None
    return {
        "view": view,
        "facts": view.facts,
        "page_count": min(view.facts.page_count or 0, pages.desk.limits.max_pages) if is_shown else 0,
        "before": ids[at - 1] if at else None,
        "after": ids[at + 1] if at is not None and at + 1 < len(ids) else None,
        "is_trial": False,
    }


def form(pages: Pages, request: Request) -> Response:
    """The form of an action: fix, merge or add."""
    action = request.path_params["action"]
    view, records = load(pages, request.path_params["document_id"])
    card = view.card(request.query_params.get("card", ""))
    if action == "add":
        words = " ".join(request.query_params.get("words", "").split())[:300]
        return pages.part(
            "form_add.html",
            facts=view.facts,
            words=words,
            roles=CODES["role"],
            domains=pages.desk.release()[0].domain_names,
        )
    if card is None or action not in ("fix", "merge") or not (card.can_fix if action == "fix" else card.can_merge):
        raise BadInput("vanished", "This finding is gone; load the page again.")
    if action == "merge":
        others = [
            c for s in view.sections for c in s.cards if c.kind == card.kind and c.anchor != card.anchor and c.name
        ]
        return pages.part("form_merge.html", facts=view.facts, card=card, others=others)
    return pages.part("form_fix.html", facts=view.facts, card=card, choices=choices_of(card, records))


def choices_of(card: Card, records: DocumentRecords) -> list[Choice]:
    """Return what can be put right on a card, with the values of now."""
    if card.kind == "document":
        return [_choice("document", "", field, getattr(records.document, field)) for field in FIELDS["document"]]
    if card.kind in PARTS:
        part = _part_of(card, records)
        return [_choice(card.kind, card.name, field, value_of(part, field)) for field in FIELDS[card.kind]]
    finding: Any = next(f for f in getattr(records, COLLECTIONS[card.kind]) if _anchors(f.key, card.anchor))
    choices = []
    if card.part_name:
        part = next(p for p in records.participations if _anchors(p.person_key, card.anchor))
        choices += [
            _choice("participation", card.part_name, field, getattr(part, field)) for field in FIELDS["participation"]
        ]
    for field in FIELDS[card.kind]:
        if field in LINKS and field != f"{card.kind}_name":
            continue
        if card.kind == "event" and field in WHEN_FIELDS:
            value = when_value(finding.when, field)
        else:
            value = getattr(finding, "name" if field == f"{card.kind}_name" else field)
        choices.append(_choice(card.kind, card.name, field, value))
    return choices


def _part_of(card: Card, records: DocumentRecords) -> Any:
    """Return the date, milestone or programme item of a card."""
    if card.kind == "milestone":
        return records.milestones[int(card.anchor.removeprefix("milestone-"))]
    if card.kind == "date":
        return next(found for found in records.dates if f"date-{found.mention_id}" == card.anchor)
    return next(item for item in records.programme_items if _anchors(item.key, card.anchor))


def _anchors(key: str, anchor: str) -> bool:
    return anchor_of(key) == anchor


def _choice(kind: str, name: str, field: str, value: object) -> Choice:
    shown = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    if field.endswith("_local"):
        shown = shown[:16]
    return Choice(kind, name, field, shown, CODES.get(field, ()))


def decide(pages: Pages, request: Request, fields: Fields) -> Response:
    """Keep a decision and answer with the document as it then is.  Raises CorrectionError."""
    view, _ = load(pages, request.path_params["document_id"])
    is_everywhere = fields.get("scope") == "everywhere"
    row = {name: fields.get(name, "") for name in ("action", "kind", "name", "field", "value", "reason")}
    if row["kind"] not in KINDS:
        raise BadInput("vanished", "There is no such kind of finding.")
    row["document"] = "" if is_everywhere else view.facts.source_uri
    kept = writing.decide(pages.desk.corrections, row)
    return _changed(pages, request, _done(kept), kept)


def undo(pages: Pages, request: Request, fields: Fields) -> Response:
    """Take a decision back and answer with the document as it then is."""
    line = fields.get("line", "")
    if not line.isdecimal() or not writing.take_back(pages.desk.corrections, fields.get("file", ""), int(line)):
        return pages.part("problem.html", 409, message="That row has changed meanwhile; load the page again.")
    return _changed(pages, request, "Taken back", None)


def _done(kept: Correction | None) -> str:
    from convenor.desk.reading import in_words

    return in_words(kept) if kept else "Taken back what was added"


def _changed(pages: Pages, request: Request, message: str, kept: Correction | None) -> Response:
    view, _ = load(pages, request.path_params["document_id"])
    return pages.part("work.html", message=message, kept=kept, **_values(pages, view))


def page(pages: Pages, request: Request) -> Response:
    """A page of a PDF with a box on each finding."""
    view, records = load(pages, request.path_params["document_id"])
    number = request.path_params["number"]
    if not _values(pages, view)["page_count"]:
        raise BadInput("vanished", "The pages of this document are not shown.")
    drawn = pages.desk.pages.page(pages.desk.file_of(view.facts.source_uri), view.facts.sha256, number)
    on_page = [i for i, m in enumerate(records.mentions) if m.page_number == number]
    places = place(drawn.words, [records.mentions[i].text for i in on_page])
    boxes = [
        (view.marks[i], [_box(words, drawn.width, drawn.height) for words in _rows(found)])
        for i, found in zip(on_page, places, strict=True)
        if found
    ]
    return pages.part("page.html", facts=view.facts, number=number, page=drawn, boxes=boxes, records=records)


def page_image(pages: Pages, request: Request) -> Response:
    """The image of a page."""
    view, _ = load(pages, request.path_params["document_id"])
    if not _values(pages, view)["page_count"]:
        raise BadInput("vanished", "The pages of this document are not shown.")
    path = pages.desk.file_of(view.facts.source_uri)
    drawn = pages.desk.pages.page(path, view.facts.sha256, request.path_params["number"])
    return Response(drawn.png, media_type="image/png")


def _rows(words: tuple[Word, ...]) -> list[list[Word]]:
    """Cut words where the line breaks: a box around both lines would hold what stands between."""
    rows: list[list[Word]] = []
    for word in words:
        is_same = rows and word.left >= rows[-1][-1].right - 0.01 and word.top < rows[-1][-1].bottom
        if is_same:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _box(words: list[Word], width: int, height: int) -> Mapping[str, float]:
    left, top = min(w.left for w in words) * width, min(w.top for w in words) * height
    right, bottom = max(w.right for w in words) * width, max(w.bottom for w in words) * height
    return {
        "x": round(left - 2, 1), "y": round(top - 2, 1), "width": round(right - left + 4, 1),
        "height": round(bottom - top + 4, 1),
    }  # fmt: skip
