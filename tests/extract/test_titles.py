# ruff: noqa: E501 - one case, one line
"""The name of the event: which words of a page are it, in many layouts."""

from __future__ import annotations

import pytest

from extract.fields.title_cleaning import clean_text, is_section
from ingest.document import Declared
from tests.extract.event_documents import read_events

PROSE = (
    "paragraph",
    "Officials, scholars and people from industry will look at what has been reached so far and at what remains to be "
    "done in the years to come, with much time for questions from the floor.",
)

KEEPERS = (
    "paragraph",
    "Keepers of lights from all coasts of the north come together for one day and ask what law says about the light that "
    "they keep, who should pay for it when no ship sails by night, which storms may put it out, and how young people could "
    "learn a trade that fewer and fewer still know by heart.",
)

HEADS = [
    ([("title", "Quiet Waters: Naval Trust in the Baltic"), ("paragraph", "3 June 2031, 10:00 CEST")],
     "Quiet Waters: Naval Trust in the Baltic"),
    ([("title", "Readout of the Third Nordic-Pacific Security Dialogue"), PROSE], "Third Nordic-Pacific Security Dialogue"),
    ([("title", "Report from the Workshop on Resilient Cables, 2031"), PROSE], "Workshop on Resilient Cables"),
    ([("title", "Advisory Panel on Reactor Safety; Notice of Public Meeting"), PROSE], "Advisory Panel on Reactor Safety"),
    ([("title", "Ethics Group 4th call — Minutes"), PROSE], "Ethics Group 4th call"),
    ([("title", "Summer School on Deterrence - 4 July 2031"), PROSE], "Summer School on Deterrence"),
    ([("title", "INTERNATIONAL CONFERENCE"), ("paragraph", "Small States and Big Data"), ("paragraph", "3 June 2031")],
     "Small States and Big Data"),
    ([("title", "NORDEN COUNCIL"), ("paragraph", "Roundtable: Who Guards the Grid?"), ("paragraph", "3 June 2031")],
     "Roundtable: Who Guards the Grid?"),
    ([("title", "Programme"), ("paragraph", "The Lind Foundation presents an International Conference on:"),
      ("paragraph", "“Ports and Power, 1945–1975”"), ("paragraph", "3 June 2031")], "Ports and Power, 1945–1975"),
    ([("title", "TWO-SEAS"), ("paragraph", "Drone Defence Cooperation"), PROSE], "TWO-SEAS Drone Defence Cooperation"),
    ([("title", "Minister Aldo Quist to Attend the Arctic Energy Summit in June"), PROSE], "Arctic Energy Summit"),
    ([("title", "Veranstaltungen"), ("key_value", "Titel: Klimarisiken und Bündnisse"), PROSE], "Klimarisiken und Bündnisse"),
    ([("paragraph", "3 June 2031, 10:00"), ("key_value", "What: Lecture on undersea mines"), PROSE], "Lecture on undersea mines"),
    ([("title", "Einladung zum Kolloquium: Japan und die Arktis"), PROSE], "Japan und die Arktis"),
    ([("title", "Compte rendu du colloque « Défendre l’espace »"), PROSE], "colloque « Défendre l’espace »"),
    ([("title", "Guests of the Institute"), ("paragraph", "\"Grain, Gas and Guns:"), ("paragraph", "the Black Sea after the war\""),
      ("paragraph", "3 June 2031")], "Grain, Gas and Guns: the Black Sea after the war"),
    # tags of lists and notices, who signs at the end
    ([("title", "[Event Notice] Quiet Waters in Court"), PROSE], "Quiet Waters in Court"),
    ([("title", "[HARBOUR-L: 4711] Lecture on Sea Mines"), PROSE], "Lecture on Sea Mines"),
    ([("title", "【Seminar】 Undersea Cables after the Storm"), PROSE], "Undersea Cables after the Storm"),
    ([("title", "Harbour workshop, the northern edition - XYZCERT with QRST"), PROSE], "Harbour workshop, the northern edition"),
    # what is quoted after a word for an event is its name
    ([("title", "LIN Online Symposium \"Can Ports Be Friends?\" (March 6, 2031)"), PROSE], "Can Ports Be Friends?"),
    ([("title", "Evening lecture: “Whose Sea Is It?”"), PROSE], "Whose Sea Is It?"),
    ([("title", "Table ronde « Qui garde les détroits ? »"), PROSE], "Qui garde les détroits ?"),
    ([("title", "Ministers meet pilots at Kestrel Hall"),
      ("paragraph", "The lecture 'Whose Sea Is It, and Who Says So?' by the harbour's master is on 3 June 2031.")],
     "Whose Sea Is It, and Who Says So?"),
    # a quoted name beside a word for an event, where the headline is a sentence or only says what it is
    ([("title", "The open seminar ‘Harbours after the Storm’ has been cancelled"), PROSE], "Harbours after the Storm"),
    ([("title", "Panel Discussion on “Whose Sea Is It?” : By Ada Lind"), PROSE], "Whose Sea Is It?"),
    ([("title", "Sailors trained in Bergen on tides and drones"),
      ("paragraph", "The course ‘Tides and Drones at Sea’ was given for the third time from 3 to 5 June 2031 by the Lind Institute in Bergen.")],
     "Tides and Drones at Sea"),
    ([("title", "Lind Institute Hosts Seminar on Ports, Tides and Trade"),
      ("paragraph", "The Lind Institute and the Embassy of Arland hosted the seminar “Ports, Tides and Trade: an Island Policy” on 3 June 2031 for guests.")],
     "Ports, Tides and Trade: an Island Policy"),
    # what the event is about is not its name, where the headline has one
    ([("title", "12th Arland-Borland Port Conference, 3 June 2031, Oslo"),
      ("paragraph", "The theme of this year's conference was “Ports in a Crowded Ocean”, and some ninety guests from the two countries came.")],
     "12th Arland-Borland Port Conference"),
    # names that hold lists, nouns that are also verbs, a subtitle in the sentence
    ([("title", "Coast Command Host Inaugural Tides, Ports and Trade Symposium"), PROSE], "Inaugural Tides, Ports and Trade Symposium"),
    ([("title", "Deputy Minister participates in Harbour Defence Pledge Conference"), PROSE], "Harbour Defence Pledge Conference"),
    ([("title", "Arland to host harbour pledge conference"),
      ("paragraph", "This week Arland will host the third annual Harbour Pledge Conference 2031: Into a New Decade. Ministers will speak to guests there.")],
     "Harbour Pledge Conference 2031: Into a New Decade"),
    # no headline at all
    ([("paragraph", "We are sorry to tell you that the “Arland Security Forum 2031”, planned for 3 June 2031 in Oslo, is cancelled for good.")],
     "Arland Security Forum 2031"),
    ([("paragraph", "Oslo (ANA) – The 7th harbour policy dialogue of Arland and Borland was held in Oslo on 3 June 2031 with both ministers.")],
     "7th harbour policy dialogue"),
    ([("paragraph", "Tuesday, 3 June 2031, 18:30 Ports in the Storm. Ada Lind talks to Bo Ek, harbour master, about what the winter did to the quays.")],
     "Ports in the Storm"),
    # languages in which what specifies an event comes after its noun; words that say that a quotation is a title
    ([("paragraph", "La Universidad del Puerto acogió el II Seminario Internacional de Puertos y Mareas, que reunió a marinos de toda la costa.")],
     "II Seminario Internacional de Puertos y Mareas"),
    ([("paragraph", "“I porti dopo la tempesta” è il titolo del convegno promosso dalla Fondazione Lind per sabato 3 maggio 2031 nella sala Verde.")],
     "I porti dopo la tempesta"),
    ([("title", "“Game of Tides 2031”: dibattito sul futuro dei porti"), PROSE], "Game of Tides 2031"),
    ([("title", "CALL FOR PAPERS 8th Harbour Studies Conference"), PROSE], "8th Harbour Studies Conference"),
    # the number of a series above the name
    ([("title", "Webinar series \"Quiet Harbours\", no. 7"), ("heading", "Who Dredges the Strait?"), ("paragraph", "3 June 2031")],
     "Who Dredges the Strait?"),
    # banners of the site and navigation
    ([("title", "An official website of the Arland government"), ("paragraph", "Here's how you know"),
      ("heading", "POSTPONED Quiet Waters: Naval Trust in the Baltic"), ("paragraph", "3 June 2031")], "Quiet Waters: Naval Trust in the Baltic"),
    # a colon at the end of a line goes on below
    ([("title", "War, Trade and Tides:"), ("paragraph", "Ports in a Divided World"), PROSE], "War, Trade and Tides: Ports in a Divided World"),
    ([("paragraph", "Beyond the Strait:"), ("heading", "New Routes, Old Rivals"), PROSE], "Beyond the Strait: New Routes, Old Rivals"),
    ([("title", "Cables and Currents:"), ("paragraph", "Who Repairs the Sea Bed?"), ("paragraph", "3 June 2031")],
     "Cables and Currents: Who Repairs the Sea Bed?"),
    # a body above the number or kind of its meeting, a place below
    ([("title", "Working Group on Tides"), ("paragraph", "Regional Seminar 2031"), ("paragraph", "Nadi, Fiji"), PROSE],
     "Working Group on Tides Regional Seminar 2031"),
    ([("title", "Committee on Lighthouses"), ("paragraph", "12th session"), ("paragraph", "Oslo, Norway"), PROSE],
     "Committee on Lighthouses 12th session"),
    ([("title", "Northern Coast Guard Forum"), ("paragraph", "Plenary Meeting"), ("paragraph", "3 June 2031"), PROSE],
     "Northern Coast Guard Forum Plenary Meeting"),
    # when and where, who speaks, asides and the words of a site's buttons are no names
    ([("heading", "Tides and Quiet Trust"), ("heading", "23 May 2031 at the Tide House"), ("paragraph", "9:00 Welcome"), PROSE],
     "Tides and Quiet Trust"),
    ([("title", "7. Juni 2031, 10:00 - 11:00 Oslo, 16:00 - 17:00 Berlin"), ("paragraph", "Setting the Course for Ports"), PROSE],
     "Setting the Course for Ports"),
    ([("title", "3 June 2031, 18:00: Ports in the Storm"), PROSE], "Ports in the Storm"),
    ([("title", "(Unofficial translation)"), ("paragraph", "Quiet Waters in Court: a debate"), PROSE], "Quiet Waters in Court: a debate"),
    ([("title", "Texte intégral"), ("heading", "Les détroits dans la tempête"), ("key_value", "Année universitaire: 2031"), PROSE],
     "Les détroits dans la tempête"),
    ([("title", "TIDE CONFERENCE “Quiet Waters: Ports and Their Pilots”. Oslo, 28 November 2031"), PROSE], "Quiet Waters: Ports and Their Pilots"),
    # lines of navigation and days are no names
    ([("title", "« [LIST: 1] | Main | [LIST: 3] Other seminar »"), ("paragraph", "Lecture on Sea Mines"), PROSE], "Lecture on Sea Mines"),
    ([("title", "Home › Events › Seminars"), ("paragraph", "Quiet Waters in Court: a debate"), PROSE], "Quiet Waters in Court: a debate"),
    ([("paragraph", "Mine Hunters' Week"), ("heading", "TUE 23 SEP"), ("table_row", "09:00\tWelcome"), PROSE], "Mine Hunters' Week"),
    ([("title", "Press Release No. 44 of 3 June 2031"), ("paragraph", "Quiet Waters in Court: a debate"), PROSE],
     "Quiet Waters in Court: a debate"),
    ([("title", "Pressemitteilung Nr. 44 vom 3. Juni 2031"), ("heading", "Fachtagung: Häfen im Sturm"), PROSE], "Fachtagung: Häfen im Sturm"),
    # day and city after the name, what became of it
    ([("title", "16th Harbour conference, 25 November 2031, Brussels"), PROSE], "16th Harbour conference"),
    ([("title", "Seminar on Sea Mines | 4 May 2031 | Oslo"), PROSE], "Seminar on Sea Mines"),
    ([("title", "Colloque sur les détroits (4 mai 2031, Brest)"), PROSE], "Colloque sur les détroits"),
    ([("title", "Lighthouse Keepers 2031 Conference Postponed"), PROSE], "Lighthouse Keepers 2031 Conference"),
    ([("title", "CANCELLED: Lecture on Sea Mines"), PROSE], "Lecture on Sea Mines"),
    ([("title", "Fachtagung Häfen im Sturm - verschoben"), PROSE], "Fachtagung Häfen im Sturm"),
    # an office with its departments above the news
    ([("title", "Ministry of Tides - Directorate General for Harbours, Locks and Buoys"),
      ("key_value", "Cyber: Norland and Sudria hold 6th Cable Dialogue in Oslo"), PROSE], "6th Cable Dialogue"),
    # the occasion that news speaks of
    ([("title", "President to Host Leaders of Island States"),
      ("paragraph", "On June 3, the President will welcome leaders to the capital for the second Coral Partnership Summit. They will talk.")],
     "Coral Partnership Summit"),
    ([("title", "Statement from the Spokeswoman on the Coral Islands Forum Summit"),
      ("paragraph", "The President will host Coral Islands Forum (CIF) leaders on June 3 during the second Coral Island Forum (CIF) Summit.")],
     "Coral Island Forum (CIF) Summit"),
    # a slogan of the house above who invites to what, and the subject with its day
    ([("title", "Clear thinking for a windy coast"), ("paragraph", "Tide Club/Harbour Ideas Webinar"),
      ("paragraph", "Ports and Storms - What follows for the islands? – 28 January 2031"), PROSE],
     "Ports and Storms - What follows for the islands?"),
    ([("title", "Annual Seminar Series Seminar"), ("heading", "Thursday 20 November 2031"),
      ("key_value", "New ways out: Do ports have a choice?"), PROSE], "New ways out: Do ports have a choice?"),
    # what it is and where, below its name; the page's own date before it
    ([("paragraph", "date 2031-01-18 Changing the Tide in Harbours?"), ("paragraph", "Panel discussion at the Maritime Academy in Oslo"),
      ("paragraph", "2 February 2031 | 18:00 – 20:00"), PROSE], "Changing the Tide in Harbours?"),
    # a question is no news; a line broken off above it is no prose
    ([("paragraph", "of all Harbour Events, conferences, presentations and workshops in the whole wide north."),
      ("heading", "Storms ahead – How can ports strengthen their walls?"), ("paragraph", "21 Mar 2031 12:30 to 14:00"),
      ("heading", "Event Description"), PROSE], "Storms ahead – How can ports strengthen their walls?"),
    # a quoted name behind who organises what, in any script; records and captions
    ([("title", "Organization for Coastal and Tidal Studies, Harbour University"),
      ("paragraph", "【2031/1/26 Seminar Summary】Arland-Borland Seminar “Storms That Harbours Fear”"), PROSE],
     "Storms That Harbours Fear"),
    ([("title", "港湾大学講演会「嵐が変える北の海、島の立場」"), ("paragraph", "会場 港ホール")], "嵐が変える北の海、島の立場"),
    ([("title", "報道発表"), ("paragraph", "日北港湾シンポジウムの開催"), ("paragraph", "令和13年6月24日")], "日北港湾シンポジウム"),
    ([("title", "Harbour Hour Recap: Storms and the Keeper’s Eye"), PROSE], "Storms and the Keeper’s Eye"),
    ([("title", "Press Releases"), ("heading", "Courtesy call on Minister Lind by Keepers of the Northern Lights"),
      ("paragraph", "3 June 2031"), ("paragraph", "Photo session between Minister Lind and the Keepers"), PROSE],
     "Courtesy call on Minister Lind by Keepers of the Northern Lights"),
    ([("title", "Online, 17 giugno 2031: New Ports in the North"), PROSE], "New Ports in the North"),
    # no headline: an edition with its day, what one is invited to
    ([("paragraph", "Oslo was the place of the annual meeting of the Nordic Lighthouse Keepers (NLK) on 2-4 November 2031, and many came.")],
     "annual meeting of the Nordic Lighthouse Keepers"),
    ([("paragraph", "The Centre for Tidal Studies invites to the Day of the Coast. The talks are held on 23 October 2031 in the harbour.")],
     "Day of the Coast"),
    # the head's picture, of which the page says no more
    ([("title", "Lighthouse 4.2 copy.jpg"), ("paragraph", "Keepers’ Symposium 2031"), ("paragraph", "3 June 2031"), KEEPERS],
     "Keepers’ Symposium 2031"),
    ([("title", "Your favourites"), ("paragraph", "Keepers of Light and Law"), KEEPERS], "Keepers of Light and Law"),
    # what is said to be its title goes before a headline that only tells of it
    ([("title", "Storms and Law: the conference of the Tide Institute"),
      ("paragraph", "OSLO – The conference of the Tide Institute on 27 June 2031 is entitled “Storms and Law: Where Do Keepers Stand?” and is open to all.")],
     "Storms and Law: Where Do Keepers Stand?"),
    ([("title", "Difesa: Accademia del Mare, convegno su fari e tempeste"),
      ("paragraph", "Si svolge mercoledì 3 giugno 2031 il decimo convegno sui fari. “I fari dalla storia all’attualità” il titolo della giornata di studi che sarà aperta dal direttore.")],
     "I fari dalla storia all’attualità"),
    # what a congress named before in its sentence is on
    ([("title", "Sicurezza: Accademia del Mare, martedì convegno su fari e tempeste"),
      ("paragraph", "Sono alcune delle domande del IX convegno di studio sul mare promosso il 19 aprile 2031 dalla facoltà di scienze nautiche dell’Accademia su “La lotta alle tempeste: un ruolo per i fari?”.")],
     "La lotta alle tempeste: un ruolo per i fari?"),
    # news that tells of an event in small letters
    ([("title", "Keepers from all coasts meet for an open dialogue on fair pay at sea"), PROSE], "open dialogue on fair pay at sea"),
    ([("title", "TPO holds keepers conference and exercise"),
      ("paragraph", "“The TPO hosted the 5th Keepers Awareness Conference on 3 June 2031 at the harbour club,” the speaker of the office said to the press.")],
     "5th Keepers Awareness Conference"),
    # news in which a name stands behind its article, or whose subject is the event
    ([("title", "Altos oficiales del norte se dan cita en el II Seminario Internacional de Faros y Puertos"), PROSE],
     "II Seminario Internacional de Faros y Puertos"),
    ([("title", "Keepers of all coasts glad about the Northern Tide Forum 2031"), PROSE], "Northern Tide Forum 2031"),
    ([("title", "La conferencia anual del Instituto de Faros se abre hoy en Cádiz"), PROSE],
     "conferencia anual del Instituto de Faros"),
    ([("title", "Harbour centre contributing to a coastal exercise"),
      ("paragraph", "The centre helps with the largest exercise of the keepers, Tide Shield 2031, which is under way in Oslo. Of Tide Shield 2031 the staff said that it was worth the work.")],
     "Tide Shield 2031"),
    # day and hours before who speaks on what; the way to a page before its name; a title announced by the line above
    ([("paragraph", "Donnerstag, 2. Juni 2031, 18:30–20:00 Feier zum Tag der Leuchttürme"), ("paragraph", "Wir bitten um Geduld!"), KEEPERS],
     "Feier zum Tag der Leuchttürme"),
    ([("title", "HomeNewsEvenings of Light and Law"), ("heading", "Evenings of Light and Law"), KEEPERS], "Evenings of Light and Law"),
    ([("paragraph", "A keeper will speak at the harbour club on 3 June 2031 in the evening, and guests are welcome to listen to him. The title of his lecture is:"),
      ("paragraph", "“The Lamp of 1969 and the Question of the Coast”")], "The Lamp of 1969 and the Question of the Coast"),
    ([("paragraph", "20310608 Keepers Evening_012923"), ("title", "Light and Law at Sea"), KEEPERS], "Light and Law at Sea"),
    # what a meeting is to do is no news
    ([("title", "Training for Keepers of the South to Strengthen the Watch of the Night"), PROSE],
     "Training for Keepers of the South to Strengthen the Watch of the Night"),
    # its house before or behind it
    ([("title", "Tide Academy – First talks on ports and islands"), PROSE, ("paragraph", "FIRST TALKS ON PORTS AND ISLANDS")],
     "First talks on ports and islands"),
    ([("title", "Address to the Northern Tide Conference, Lind Convention Centre"), PROSE], "Northern Tide Conference"),
    # a name right behind a word for an event
    ([("paragraph", "L’Accademia del Mare è lieta di ospitare il convegno Fari del Nord, che si terrà l’11 ottobre 2031 alle 14:00 a Genova.")],
     "Fari del Nord"),
    # an edition above what it is on
    ([("title", "The 2nd Annual Keepers Symposium"), ("paragraph", "“Storms, Light and Policies of the North”"), PROSE],
     "Storms, Light and Policies of the North"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "expected"), HEADS)
def test_name_in_the_head(blocks: list[tuple[str, str]], expected: str) -> None:
    name = read_events(blocks).events[0].name or ""
    assert expected.casefold() in name.casefold()
    assert len(name.split()) <= len(expected.split()) + 2


SENTENCES = [
    ("The Lind Foundation organised a conference on Space Security in Asia: a stocktaking at the Lind House in Malmö on "
     "3 June 2031.", "Space Security in Asia: a stocktaking"),
    ("On 3 June 2031 the university hosted a seminar entitled “Cables, Chips and Courts” for its students.",
     "Cables, Chips and Courts"),
    ("We invite you to the workshop \"Writing about War\" on 3 June 2031.", "Writing about War"),
    ("Le 3 juin 2031, un colloque intitulé « Mers et menaces » a réuni cent experts à Brest.", "Mers et menaces"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_name_in_a_sentence(sentence: str, expected: str) -> None:
    assert read_events(sentence, "report").events[0].name == expected


NAMELESS = [
    "Wednesday, 3 June 2031, from 11:00 to 13:00\n\nThis seminar will look at what both navies have learned from each "
    "other over the last ten years, and at what they have not, with officers of either side on the panel.",
    "This event brings a panel of experts to Lind House to discuss what Nordic firms can build together, what their "
    "governments want from them and what the neighbours think about all of that.",
]


@pytest.mark.parametrize("text", NAMELESS)
def test_no_name_is_none(text: str) -> None:
    assert read_events(text).events[0].name is None


@pytest.mark.parametrize("line", ["(Source: QRS)", "()", "“”", "‘’", "— | —", "(2031)", ",", "[", "«»."])
def test_odd_lines_do_no_harm(line: str) -> None:
    events = read_events([("title", line), ("paragraph", line), PROSE]).events
    assert len(events) <= 1


def test_the_front_matter_of_an_event_page_names_it() -> None:
    facts = {"name": "PierCon 2031", "date": "2031-05-26", "endDate": "2031-05-29", "organizer.name": "Tug Guild"}
    declared = tuple(Declared("front-matter", name, value) for name, value in facts.items())
    found = read_events([("title", "PierCon 2031"), ("paragraph", "Pilots speak.")], declared=declared)
    assert [event.name for event in found.events] == ["PierCon 2031"]


def test_declared_name_goes_first() -> None:
    declared = (
        Declared("json-ld", "name", "Arctic Evenings | Lind House", 1),
        Declared("json-ld", "startDate", "2031-06-03T18:00", 1),
    )
    found = read_events([("title", "Lind House"), PROSE], declared=declared)
    assert found.events[0].name == "Arctic Evenings"


def test_a_title_is_a_mention_of_its_words() -> None:
    found = read_events([("title", "Joint Readout of the Fifth Polar Talks"), PROSE])
    mention = found.mentions[found.events[0].mention_ids[0]]
    assert mention.label == "TITLE"
    assert found.document.text[mention.start_char : mention.end_char] == mention.text == "Fifth Polar Talks"


@pytest.mark.parametrize(
    "text",
    [
        "Programme",
        "About the event",
        "Speakers:",
        "* Register here",
        "プログラム",
        "Session II",
        "Day 1:",
        "Session Details",
    ],
)
def test_sections_are_no_titles(text: str) -> None:
    assert is_section(text)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("Save the date: Harbour Forum", "Harbour Forum"),
        ("Lind House | Conference on Ports", "Conference on Ports"),
        ("Harbour Forum – Programme", "Harbour Forum"),
        ("Public Participation in Defence Planning", "Public Participation in Defence Planning"),
    ],
)
def test_clean_text(declared: str, expected: str) -> None:
    assert clean_text(declared) == expected
