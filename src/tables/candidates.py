"""What corrections teach: the documents they touched, as labelled texts for training or for the gold labels.

A corrected release holds what a person has looked at and put right. Each such document becomes one row that
`convenor train extract` reads: its text, the spans of people, organisations and places as they now stand, the hash of
the text, and beside them (`meta`) the document's type and domains and the corrections it is owed to. Candidates, not
gold: what nobody corrected may still be wrong.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from models.labelled import text_hash
from tables.publish import read_rows

LABELS = ("PERSON", "ORG", "PLACE", "VENUE", "POSITION", "INSTRUMENT")
"""Kinds of mention that are handed on; of two that overlap the longer, then the first."""


def corrected_documents(processed: Path) -> list[dict[str, Any]]:
    """Return one row for each document of a release that an applied correction changed, by source_uri."""
    owed: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(processed, "corrections"):
        if row["status"] == "applied" and row["document_id"]:
            owed[row["document_id"]].append(row["file_line"])
    mentions = _by_document(processed, "mentions")
    domains = _by_document(processed, "document_domains")
    documents = [row for row in read_rows(processed, "documents") if row["document_id"] in owed]
    return [
        {
            "text": document["text"],
            "spans": _spans(mentions[document["document_id"]]),
            "answer": "accept",
            "text_hash": text_hash(document["text"]),
            "meta": {
                "source_uri": document["source_uri"],
                "doc_type": document["doc_type"],
                "domains": sorted(row["domain_code"] for row in domains[document["document_id"]]),
                "corrections": sorted(set(owed[document["document_id"]])),
            },
        }
        for document in sorted(documents, key=lambda row: str(row["source_uri"]))
    ]


def _by_document(processed: Path, table: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(processed, table):
        rows[row["document_id"]].append(row)
    return rows


def _spans(mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    named = (row for row in mentions if row["label"] in LABELS)
    for row in sorted(named, key=lambda r: (r["start_char"] - r["end_char"], r["start_char"], r["label"])):
        start, end = row["start_char"], row["end_char"]
        if row["text"].strip() == row["text"] and all(end <= s["start"] or s["end"] <= start for s in kept):
            kept.append({"start": start, "end": end, "label": row["label"]})
    return sorted(kept, key=lambda span: int(span["start"]))
