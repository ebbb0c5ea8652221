"""Pairwise precision and recall of organisations on generated names: `python benchmarks/resolve/organisations.py`.

Invented bodies appear under acronym, British and American spelling, legal forms, word orders, with their country before
or after; beside them bodies of the same name in other countries, with equal initials, or one word apart.
"""

from __future__ import annotations

import random
import sys
from itertools import combinations

from labelled import Labelled, pair_figures

from extract.records import DocumentFacts, DocumentRecords, OrganisationFinding
from ingest.ids import document_id, hash_bytes
from resolve.clusters import LocalKey
from resolve.corpus import resolve

Form = tuple[str, str | None, str | None]  # name, acronym, country
COUNTRIES = (
    ("Japan", "Japanese", "JP"),
    ("Germany", "German", "DE"),
    ("Norway", "Norwegian", "NO"),
    ("France", "French", "FR"),
    ("Italy", "Italian", "IT"),
    ("Poland", "Polish", "PL"),
)
MINISTRIES = ("Ministry of Coastal Defence", "Ministry of Foreign Trade", "Agency for Sea Rescue")
INSTITUTES = (
    ("Institute for Coastal Defense Studies", "ICDS"),
    ("Northern Centre for Strategic Foresight", "NCSF"),
    ("Council on Arctic and Baltic Affairs", "CABA"),
    ("Centre for Island Security Research", "CISR"),
    ("Forum of Naval Historians of the Pacific", "FNHP"),
    ("Programme on Undersea Cables and Data", "PUCD"),
    ("European Laboratory for Space Ethics", "ELSE"),
    ("Observatory of Maritime Borders", "OMB"),
)
COMPANIES = (
    ("Nordwerft", ("AG", "Aktiengesellschaft")),
    ("Aquila Systems", ("plc", "PLC")),
    ("Tessaro Optics", ("SpA", "S.p.A.")),
    ("Hayama Heavy Works", ("K.K.", "Co., Ltd.")),
)
CITIES = ("Northport", "Lakeside", "Eastbridge", "Hillford", "Westhaven")
TOPICS = ("Peace", "Energy", "Migration", "Ocean", "Cyber", "Border", "Climate", "Trade", "Space", "Health")


def bodies() -> list[list[Form]]:
    """Each body as the forms under which texts name it; the first stands alone, others need it in the corpus."""
    found: list[list[Form]] = []
    for ministry in MINISTRIES:
        american = ministry.replace("Defence", "Defense")
        for country, adjective, code in COUNTRIES:
            found.append(
                [
                    (f"{ministry} of {country}", None, code),
                    (f"{adjective} {american}", None, None),
                    (f"{country}'s {american}", None, None),
                    (ministry, None, code),
                ]
            )
    for name, acronym in INSTITUTES:
        other = name.replace("Defense", "Defence").replace("Centre", "Center").replace("Programme", "Program")
        found.append(
            [
                (name, acronym, None),
                (f"The {other}", None, None),
                (f"{other} ({acronym})", None, None),
                (acronym, None, None),
                (name.upper(), None, None),
            ]
        )
    for company, legal in COMPANIES:
        found.append([(f"{company} {form}", None, None) for form in legal] + [(company, None, None)])
    for city in CITIES:
        found.append([(f"University of {city}", None, None), (f"{city} University", None, None)])
        found.append([(f"{city} University of Technology", None, None)])
    for topic in TOPICS:
        found.append([(f"{topic} Research Institute", None, None), (f"Research Institute, {topic}", None, None)])
        found.append([(f"{topic} Research Institution", None, None)])
        found.append([(f"Institute for {topic} Policy", None, None), (f"The Institute for {topic} Policy", None, None)])
    return found


def labelled_organisations(seed: int, documents: int = 300) -> Labelled:
    rng = random.Random(seed)
    all_bodies = bodies()
    records, truth = [], {}
    for number in range(documents):
        sha256 = hash_bytes(f"organisations{number}".encode())
        key = document_id(sha256)
        findings = []
        for at, body in enumerate(rng.sample(range(len(all_bodies)), 4)):
            forms = all_bodies[body]
            name, acronym, country = forms[0] if rng.random() < 0.4 else rng.choice(forms)
            if name in {finding.name for finding in findings}:
                continue
            findings.append(OrganisationFinding(key=f"org:{at}", name=name, acronym=acronym, country_code=country))
            truth[LocalKey(key, f"org:{at}")] = str(body)
        facts = DocumentFacts(
            document_id=key, source_uri=f"o{number}.txt", media_type="text/plain", sha256=sha256, text="", reader="text"
        )
        records.append(DocumentRecords(document=facts, organisations=tuple(findings)))
    return Labelled(tuple(sorted(records, key=lambda r: r.document.document_id)), truth)


def main() -> None:
    labelled = labelled_organisations(1)
    ids = resolve(lambda: labelled.records, "run").ids
    print("organisations: " + pair_figures(labelled.truth, ids).line())
    if "--errors" in sys.argv:
        names = {
            LocalKey(r.document.document_id, o.key): (o.name, o.country_code)
            for r in labelled.records
            for o in r.organisations
        }
        for one, other in combinations(labelled.truth, 2):
            is_one = labelled.truth[one] == labelled.truth[other]
            if is_one != (ids[one] == ids[other]):
                print("missed" if is_one else "wrong ", *names[one], "|", *names[other])


if __name__ == "__main__":
    main()
