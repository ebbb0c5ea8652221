"""People with post, affiliation and role, over many layouts.  All names and bodies here are invented."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.fields.people import find_people
from extract.found import Found
from extract.records import DocType, Participation
from ingest.document import RawFile
from ingest.readers.text import read_text

if not Doc.has_extension("found"):
    Doc.set_extension("found", default=None)
NLP = spacy.blank("en")
ANY = "*"


@dataclass(frozen=True)
class Row:
    """What a participation must say; `ANY` where a case does not look."""

    name: str
    role: str = ANY
    position: str | None = ANY
    organisation: str | None = ANY


def run(text: str, doc_type: DocType = "announcement") -> Found:
    document = read_text(RawFile("case.txt", text.encode()))
    doc = NLP.make_doc(document.text)
    doc._.found = working_set = Found(document, doc_type=(doc_type, 1.0))
    find_people(doc)
    return working_set


def rows(working_set: Found) -> dict[str, list[Participation]]:
    names = {person.key: person.name for person in working_set.people}
    found: dict[str, list[Participation]] = {}
    for participation in working_set.participations:
        found.setdefault(names[participation.person_key], []).append(participation)
    return found


def check(working_set: Found, expected: list[Row]) -> None:
    found = rows(working_set)
    assert sorted(found) == sorted({row.name for row in expected})
    for row in expected:
        assert any(_agrees(row, p) for p in found[row.name]), (row, found[row.name])


def _agrees(row: Row, participation: Participation) -> bool:
    return (
        row.role in (ANY, participation.role)
        and row.position in (ANY, participation.position)
        and row.organisation in (ANY, participation.organisation_text)
    )


LINES: list[tuple[str, list[Row]]] = [
    # name, post, body
    ("- Elin Sandqvist, Senior Fellow, Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist – Senior Fellow – Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist | Senior Fellow | Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist (Senior Fellow, Nordhaven Institute of Strategy)", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist (Nordhaven Institute of Strategy)", [Row("Elin Sandqvist", ANY, None, "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist, Senior Fellow at the Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist, Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, None, "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist; Senior Fellow; Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist: Senior Fellow, Nordhaven Institute of Strategy", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("- Elin Sandqvist, Senior Fellow, Nordhaven Institute of Strategy (NIS) | @esandqvist", [Row("Elin Sandqvist", ANY, "Senior Fellow", "Nordhaven Institute of Strategy")]),
    ("Ms Joanna Petrakis\tHead of Policy Planning\tMinistry of Maritime Affairs", [Row("Joanna Petrakis", ANY, "Head of Policy Planning", "Ministry of Maritime Affairs")]),
    ("- Tomasz Wierzbicki, Deputy Head, Arms Control Unit, Security Policy Directorate, Ministry of Foreign Affairs", [Row("Tomasz Wierzbicki", ANY, "Deputy Head, Arms Control Unit, Security Policy Directorate", "Ministry of Foreign Affairs")]),
    ("- Prof. Dr. Marit Solheim-Bakke, Department of Political Science, University of Fjordvik", [Row("Marit Solheim-Bakke", ANY, None, "University of Fjordvik")]),
    ("- Prof Marit Solheim, Professor of International Law, Faculty of Law, University of Fjordvik", [Row("Marit Solheim", ANY, "Professor of International Law", "University of Fjordvik")]),
    ("- Pavel Novotny, Director of Cyber Policy, National Cyber Agency, Ministry of the Interior", [Row("Pavel Novotny", ANY, "Director of Cyber Policy", "National Cyber Agency")]),
    ("- Arjun Mehrotra, CEO, Kestrel Dynamics Ltd", [Row("Arjun Mehrotra", ANY, "CEO", "Kestrel Dynamics Ltd")]),
    ("- Arjun Mehrotra, Partner, Lindqvist & Howe", [Row("Arjun Mehrotra", ANY, "Partner", "Lindqvist & Howe")]),
    ("- Beatriz Carmona Ruiz, Head of the Asia Desk, European External Action Service (EEAS)", [Row("Beatriz Carmona Ruiz", ANY, "Head of the Asia Desk", "European External Action Service")]),
    ("- Wanjiru Kamau, Programme Officer, United Nations Institute for Disarmament Research", [Row("Wanjiru Kamau", ANY, "Programme Officer", "United Nations Institute for Disarmament Research")]),
    ("- Chloé Fontanel, Vice-President for Research, Institut Montclair", [Row("Chloé Fontanel", ANY, "Vice-President for Research", "Institut Montclair")]),
    ("- Ambassador Gareth Llewellyn, Permanent Representative of Arcadia to NATO", [Row("Gareth Llewellyn", ANY, "Permanent Representative of Arcadia to NATO", "NATO")]),
    ("- H.E. Mr. YAMAGUCHI Kenta, Ambassador of Japan to the Kingdom of Belgium", [Row("YAMAGUCHI Kenta", ANY, "Ambassador of Japan to the Kingdom of Belgium", None)]),
    ("- His Excellency, Mr Daiki Morimoto, Ambassador, Mission of Japan to the European Union", [Row("Daiki Morimoto", ANY, "Ambassador", "Mission of Japan to the European Union")]),
    ("- Lt Gen (ret.) Dirk van den Broek, former Commander, Allied Land Command", [Row("Dirk van den Broek", ANY, "former Commander", "Allied Land Command")]),
    ("- Rear Admiral Sofia Lindahl, Chief of Staff, Allied Maritime Command", [Row("Sofia Lindahl", ANY, "Chief of Staff", "Allied Maritime Command")]),
    ("- Maj. Gen. Piotr Zawadzki, Polish General Staff", [Row("Piotr Zawadzki", ANY, None, ANY)]),
    ("- Brigadier Amelia Thornbury (UK Strategic Command)", [Row("Amelia Thornbury", ANY, None, "UK Strategic Command")]),
    ("- Nathalie Vercruysse MEP, Member of the Subcommittee on Security and Defence, European Parliament", [Row("Nathalie Vercruysse", ANY, "Member of the Subcommittee on Security and Defence", "European Parliament")]),
    ("- Sen. Rodrigo Benítez, Chair, Senate Defence Committee", [Row("Rodrigo Benítez", ANY, "Chair", "Senate Defence Committee")]),
    ("- James T. Whitlock III, Senior Counsel, Office of the Legal Adviser", [Row("James T. Whitlock III", ANY, "Senior Counsel", "Office of the Legal Adviser")]),
    ("- Harold Pemberton, Jr., Director, Centre for Naval Analysis", [Row("Harold Pemberton, Jr.", ANY, "Director", "Centre for Naval Analysis")]),
    ("- Kobayashi Haruto, Research Fellow, Institute for Pacific Affairs", [Row("Kobayashi Haruto", ANY, "Research Fellow", "Institute for Pacific Affairs")]),
    ("- Park Ji-hoon, Director General, Ministry of National Defense", [Row("Park Ji-hoon", ANY, "Director General", "Ministry of National Defense")]),
    ("- Dr Nguyen Thi Lan, Lecturer, Diplomatic Academy of Vietnam", [Row("Nguyen Thi Lan", ANY, "Lecturer", "Diplomatic Academy of Vietnam")]),
    ("- Omar bin Khalid Al-Rashid, Adviser, Gulf Security Forum", [Row("Omar bin Khalid Al-Rashid", ANY, "Adviser", "Gulf Security Forum")]),
    ("- María de la Cruz Ibáñez, Analyst, Observatorio de Seguridad", [Row("María de la Cruz Ibáñez", ANY, "Analyst", "Observatorio de Seguridad")]),
    ("- Jean-Baptiste d'Aubigny, Conseiller, Ministère des Armées", [Row("Jean-Baptiste d'Aubigny", ANY, "Conseiller", "Ministère des Armées")]),
    ("- Dr. Friederike Hoffmann-Krause, Referatsleiterin, Auswärtiges Amt", [Row("Friederike Hoffmann-Krause", ANY, "Referatsleiterin", "Auswärtiges Amt")]),
    ("- Sara Cottingley, Independent", [Row("Sara Cottingley", ANY, None, None)]),
    ("- Peter Hargreaves, Retired", [Row("Peter Hargreaves", ANY, None, None)]),
    ("- Ingrid Halvorsen, Ministry of Trade, Industry and Fisheries, Norway", [Row("Ingrid Halvorsen", ANY, None, "Ministry of Trade, Industry and Fisheries")]),
    ("- Ingrid Halvorsen, Vice Minister of Ports, Transport and Tourism", [Row("Ingrid Halvorsen", ANY, "Vice Minister of Ports, Transport and Tourism", ANY)]),
    ("- Marek Dvorak, School of Government, Carrick University", [Row("Marek Dvorak", ANY, None, "Carrick University")]),
    ("- Marek Dvorak, Carrick University/Hollis Center", [Row("Marek Dvorak", ANY, None, "Carrick University")]),
    # posts before the name
    ("- IPS Europe Chair Malcolm Redfern", [Row("Malcolm Redfern", ANY, "Europe Chair", "IPS")]),
    ("- Secretary of State for Defence Fiona Calloway", [Row("Fiona Calloway", ANY, "Secretary of State for Defence", None)]),
    ("- NATO Deputy Assistant Secretary General Ulrika Bergstrom", [Row("Ulrika Bergstrom", ANY, "Deputy Assistant Secretary General", "NATO")]),
    ("- Foreign Minister Hana Kolarova", [Row("Hana Kolarova", ANY, "Foreign Minister", None)]),
    # talks
    ('- "Undersea cables after the storm" Professor Callum Redpath, University of Strathmore', [Row("Callum Redpath", ANY, None, "University of Strathmore")]),
    ("- Callum Redpath (University of Strathmore) - Undersea Cables After the Storm", [Row("Callum Redpath", ANY, None, "University of Strathmore")]),
    ("- Callum Redpath, University of Strathmore, “Undersea Cables After the Storm”", [Row("Callum Redpath", ANY, None, "University of Strathmore")]),
    ("- Callum Redpath (University of Strathmore): Undersea Cables After the Storm", [Row("Callum Redpath", ANY, None, "University of Strathmore")]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line[:60] for line, _ in LINES])
def test_line(line: str, expected: list[Row]) -> None:
    check(run("Speakers\n\n" + line + "\n"), expected)


ROLES: list[tuple[str, list[Row]]] = [
    ("Chair: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "chair")]),
    ("Moderator: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "moderator")]),
    ("Moderator – Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "moderator")]),
    ("Moderated by Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "moderator")]),
    ("Moderator\nElin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "moderator")]),
    ("Session chair: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "chair")]),
    ("Chair and moderator: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "chair")]),
    ("Panellist #2: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "panellist")]),
    ("Discussant: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "panellist")]),
    ("Keynote speaker: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "keynote")]),
    ("Opening remarks: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "opening")]),
    ("Closing remarks: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "closing")]),
    ("Elin Sandqvist (chair), Nordhaven Institute", [Row("Elin Sandqvist", "chair", None, "Nordhaven Institute")]),
    ("Elin Sandqvist, Nordhaven Institute (moderator)", [Row("Elin Sandqvist", "moderator", None, "Nordhaven Institute")]),
    ("Elin Sandqvist (chair, Nordhaven Institute)", [Row("Elin Sandqvist", "chair", None, "Nordhaven Institute")]),
    ("Contact: Elin Sandqvist, Nordhaven Institute", [Row("Elin Sandqvist", "contact")]),
    ("By Elin Sandqvist", [Row("Elin Sandqvist", "author")]),
    ("Speakers:\n- Elin Sandqvist, Nordhaven Institute\n- Marek Dvorak, Carrick University", [Row("Elin Sandqvist", "speaker"), Row("Marek Dvorak", "speaker")]),
    ("Panelists\n- Elin Sandqvist, Nordhaven Institute\n- Marek Dvorak, Carrick University\nModerator\n- Ingrid Halvorsen, Harbour Times", [Row("Elin Sandqvist", "panellist"), Row("Marek Dvorak", "panellist"), Row("Ingrid Halvorsen", "moderator")]),
    ("Participants:\n- Elin Sandqvist, Nordhaven Institute\n- Marek Dvorak, Carrick University", [Row("Elin Sandqvist", "mentioned"), Row("Marek Dvorak", "mentioned")]),
    ("10:00 Welcome\nElin Sandqvist, Director, Nordhaven Institute\n10:10 Keynote speech: Seas and cables\nMarek Dvorak, Carrick University\n11:00 Panel 1: Ports\nIngrid Halvorsen, Harbour Times", [Row("Elin Sandqvist", "opening"), Row("Marek Dvorak", "keynote"), Row("Ingrid Halvorsen", "speaker")]),
    ("10:00 Opening address by Elin Sandqvist, Nordhaven Institute\n10:20 Panel on ports\n- Ingrid Halvorsen, Harbour Times\n- Chair: Marek Dvorak, Carrick University\n12:00 Closing words by Tomasz Wierzbicki, Nordhaven Institute", [Row("Elin Sandqvist", "opening"), Row("Ingrid Halvorsen", "speaker"), Row("Marek Dvorak", "chair"), Row("Tomasz Wierzbicki", "closing")]),
    ("Moderation: Elin Sandqvist, Nordhaven Institut", [Row("Elin Sandqvist", "moderator")]),
    ("Modératrice : Chloé Fontanel, Institut Montclair", [Row("Chloé Fontanel", "moderator")]),
    ("Animé par Chloé Fontanel, Institut Montclair", [Row("Chloé Fontanel", "moderator")]),
    ("Moderiert von Friederike Hoffmann, Stiftung Nordlicht", [Row("Friederike Hoffmann", "moderator")]),
    ("Modera: Beatriz Carmona, Instituto Atlántico", [Row("Beatriz Carmona", "moderator")]),
    ("Ponentes\n- Beatriz Carmona, investigadora, Instituto Atlántico", [Row("Beatriz Carmona", "speaker", "investigadora", "Instituto Atlántico")]),
    ("Relatori\n- Giulia Marchetti, Direttrice, Istituto Adriatico", [Row("Giulia Marchetti", "speaker", "Direttrice", "Istituto Adriatico")]),
    ("Voorzitter: Sanne de Wit, Instituut Clingendijk", [Row("Sanne de Wit", "chair")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROLES, ids=[text[:60] for text, _ in ROLES])
def test_role(text: str, expected: list[Row]) -> None:
    check(run("A day on ports\n\n" + text + "\n"), expected)


PROSE: list[tuple[str, DocType, list[Row]]] = [
    ("The seminar was opened by Elin Sandqvist, Director of the Nordhaven Institute.", "report", [Row("Elin Sandqvist", "opening", "Director of the Nordhaven Institute", "Nordhaven Institute")]),
    ("The panel was moderated by Marek Dvorak of Carrick University.", "report", [Row("Marek Dvorak", "moderator", None, "Carrick University")]),
    ("The panel will be moderated by Professor Marek Dvorak (Carrick University).", "announcement", [Row("Marek Dvorak", "moderator", None, "Carrick University")]),
    ("Ingrid Halvorsen, editor of the Harbour Times, will moderate the discussion.", "announcement", [Row("Ingrid Halvorsen", "moderator")]),
    ("Defence Minister Hana Kolarova delivered the keynote address before an audience of two hundred.", "report", [Row("Hana Kolarova", "keynote", "Defence Minister", None)]),
    ("The evening features a keynote speech by Admiral Sofia Lindahl, Chief of Staff of the Baltic Fleet.", "announcement", [Row("Sofia Lindahl", "keynote")]),
    ("Closing remarks were delivered by Tomasz Wierzbicki, Deputy Head of the Arms Control Unit.", "report", [Row("Tomasz Wierzbicki", "speaker")]),
    ("Tomasz Wierzbicki delivered closing remarks on behalf of the hosts.", "report", [Row("Tomasz Wierzbicki", "closing")]),
    ("National Security Adviser Gareth Llewellyn of Arcadia met with Secretary General of the Cabinet Office MORIMOTO Daiki on Tuesday.", "report", [Row("Gareth Llewellyn", "speaker", "National Security Adviser"), Row("MORIMOTO Daiki", "speaker")]),
    ("Ministers Hana Kolarova and Rodrigo Benítez signed the memorandum.", "report", [Row("Hana Kolarova", ANY, "Ministers"), Row("Rodrigo Benítez", ANY, "Ministers")]),
    ("Elin Sandqvist and Marek Dvorak from the Nordhaven Institute presented the findings.", "report", [Row("Elin Sandqvist", "speaker", None, "Nordhaven Institute"), Row("Marek Dvorak", "speaker", None, "Nordhaven Institute")]),
    ("“Cables are the new sea lanes,” said Ingrid Halvorsen, director of the Harbour Observatory.", "other", [Row("Ingrid Halvorsen", "mentioned", "director of the Harbour Observatory", "Harbour Observatory")]),
    ("According to Callum Redpath (University of Strathmore), the cables are safe.", "other", [Row("Callum Redpath", "mentioned", None, "University of Strathmore")]),
    ("In conversation with Wanjiru Kamau, the author Callum Redpath looks back at ten years of mapping.", "announcement", [Row("Wanjiru Kamau", "speaker"), Row("Callum Redpath")]),
    ("The workshop participants were Elin Sandqvist, Marek Dvorak, Ingrid Halvorsen, Tomasz Wierzbicki, Callum Redpath, and Wanjiru Kamau.", "report", [Row("Elin Sandqvist", "mentioned"), Row("Marek Dvorak", "mentioned"), Row("Ingrid Halvorsen", "mentioned"), Row("Tomasz Wierzbicki", "mentioned"), Row("Callum Redpath", "mentioned"), Row("Wanjiru Kamau", "mentioned")]),
    ("Joanna Petrakis is Head of Policy Planning at the Ministry of Maritime Affairs. Previously she was Director of the Aegean Forum.", "announcement", [Row("Joanna Petrakis", ANY, "Head of Policy Planning", "Ministry of Maritime Affairs")]),
    ("Joanna Petrakis serves as the Director of Outreach at the Aegean Forum, where she leads a team of ten.", "announcement", [Row("Joanna Petrakis", ANY, "Director of Outreach", "Aegean Forum")]),
    ("Dr Joanna Petrakis is currently Associate Professor at the School of Government, Carrick University, and concurrently Deputy Director of the Aegean Forum.", "announcement", [Row("Joanna Petrakis", ANY, "Associate Professor at the School of Government", "Carrick University")]),
    ("The talk is hosted by IPS Europe Chair Malcolm Redfern.", "announcement", [Row("Malcolm Redfern", "host", "Europe Chair", "IPS")]),
    ("The book launch is introduced by Harbour House Director General, Malcolm Redfern.", "announcement", [Row("Malcolm Redfern", "opening", "Director General", "Harbour House")]),
    ("President Castellane and Prime Minister Oduya welcomed the agreement. Mr Oduya said it was overdue.", "report", [Row("Castellane", ANY, "President"), Row("Oduya", ANY, "Prime Minister")]),
    ("The delegation was led by Deputy Minister for Defence Policy Hana Kolarova.", "report", [Row("Hana Kolarova", "speaker", "Deputy Minister for Defence Policy")]),
    ("Please contact Ms Joanna Petrakis at the secretariat for details.", "announcement", [Row("Joanna Petrakis", "contact")]),
    ("M. Jean-Baptiste Vauclair, ambassadeur de France au Japon, a ouvert la conférence.", "report", [Row("Jean-Baptiste Vauclair", "opening", "ambassadeur de France au Japon")]),
    ("Das Gespräch wird moderiert von Dr. Friederike Hoffmann, Leiterin der Stiftung Nordlicht.", "announcement", [Row("Friederike Hoffmann", "moderator")]),
    ("El seminario fue inaugurado por Beatriz Carmona, directora del Instituto Atlántico.", "report", [Row("Beatriz Carmona", "opening", "directora del Instituto Atlántico", "Instituto Atlántico")]),
    ("Dr. Kim Seo-yeon, Principal Deputy Adviser; Dr. Malcolm Redfern, Coordinator for the Pacific at the National Harbour Council; and Ms. Sofia Lindahl, Coordinator for Arms Control, convened the meeting.", "report", [Row("Kim Seo-yeon", "speaker", "Principal Deputy Adviser"), Row("Malcolm Redfern", "speaker", "Coordinator for the Pacific", "National Harbour Council"), Row("Sofia Lindahl", "speaker", "Coordinator for Arms Control")]),
    ("The event was co-chaired by Malcolm Redfern, Director for Europe, and Hana Kolarova, Director for Asia.", "report", [Row("Malcolm Redfern", "chair", "Director for Europe"), Row("Hana Kolarova", "chair", "Director for Asia")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "doc_type", "expected"), PROSE, ids=[text[:60] for text, *_ in PROSE])
def test_sentence(text: str, doc_type: DocType, expected: list[Row]) -> None:
    check(run(text + "\n", doc_type), expected)


NOBODY = [
    "Venue: Casa de la Prensa (c/ Alonso Cano no. 4, Madrid)",
    "The meeting takes place at the Robert Harland Institute in Bergen.",
    "Join us at Elizabeth Thornton Hall, 12 Victoria Street.",
    "He received the Arthur Penrose Prize for Peace.",
    "The frigate HMS Edward Carter visited the port.",
    "The Magnus Erlandsson Foundation supports young scholars.",
    "Rue Albert Moreau 15, 1000 Brussels",
    "Registration and Continental Breakfast – Enter from Ash Street",
    "Coffee Break\tLounge",
    "The Biden-Harris Administration announced a Climate Security Roadmap.",
    "New York, San Francisco and Buenos Aires will be connected by video.",
    "Panel 2: Emerging Technologies and Maritime Security",
    "NATO and Japan agreed on an Individually Tailored Partnership Programme.",
    "The John Carter University School of Public Policy will host the conference.",
    "Washington 08:00\nLondon 13:00\nParis 14:00\nTokyo 21:00",
    "The Marshall Plan and the Monroe Doctrine were compared.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_no_person(text: str) -> None:
    assert [person.name for person in run(text + "\n").people] == []


def test_one_person_under_all_forms() -> None:
    working_set = run(
        "Speakers\n\n- Professor Joanna Petrakis, Head of Policy Planning, Ministry of Maritime Affairs\n\n"
        "The talk by Prof. Petrakis closes the day. Petrakis has written on ports, and Joanna will sign her book.\n"
    )
    assert [person.name for person in working_set.people] == ["Joanna Petrakis"]
    words = [m.text for m in working_set.mentions_of("PERSON")]
    assert words == ["Joanna Petrakis", "Petrakis", "Petrakis", "Joanna"]


def test_two_people_with_one_surname_stay_apart() -> None:
    working_set = run("Speakers\n\n- Hana Kolarova, Ministry of Trade\n- Petr Kolarova, Ministry of Ports\n")
    assert [person.name for person in working_set.people] == ["Hana Kolarova", "Petr Kolarova"]


def test_short_and_full_given_name_are_one_person() -> None:
    working_set = run("A talk with Rob Hathersage\n\nSpeakers\n\nRobert Hathersage — Director, Harbour House\n")
    assert len(working_set.people) == 1


def test_mentions_of_a_participation_say_what_it_says() -> None:
    working_set = run("Moderator: Elin Sandqvist, Senior Fellow, Nordhaven Institute | @elin_s\n")
    (participation,) = working_set.participations
    labels = {working_set.mentions[i].label: working_set.mentions[i].text for i in participation.mention_ids}
    assert labels["PERSON"] == "Elin Sandqvist"
    assert labels["POSITION"] == "Senior Fellow"
    assert labels["ROLE"].rstrip(":") == "Moderator"
    assert labels["HANDLE"] == participation.handle == "@elin_s"


def test_no_phone_number_or_address_in_a_record() -> None:
    working_set = run(
        "Contact: Joanna Petrakis, +32 2 555 01 99, j.petrakis@example.org, Harbour House, 4 Quay Street\n"
    )
    for participation in working_set.participations:
        for value in (participation.position, participation.organisation_text, participation.handle):
            assert value is None or not any(sign.isdigit() for sign in value) and "@" not in value


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_error_and_with_true_offsets(text: str) -> None:
    working_set = run("Agenda " + text)
    for mention in working_set.mentions.values():
        assert working_set.document.text[mention.start_char : mention.end_char] == mention.text


_WORDS = st.sampled_from(
    "Elin Sandqvist Dr Mr Prof. Director of the Institute , ; : ( ) – and & Chair Moderator by de van der NATO “ ” said was is at "
    "Ministry Foreign Affairs 10:00 \n - | @x Jr. III President Tanaka Ichiro Kim LARDER J. M. 's opened moderated will host".split(" ")
)  # fmt: skip


@given(st.lists(_WORDS, max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_row_of_our_words_is_read_without_error(words: list[str]) -> None:
    working_set = run("Agenda " + " ".join(words))
    text = working_set.document.text
    keys = {person.key for person in working_set.people}
    for mention in working_set.mentions.values():
        assert text[mention.start_char : mention.end_char] == mention.text
    for participation in working_set.participations:
        assert participation.person_key in keys
        assert all(mention in working_set.mentions for mention in participation.mention_ids)
