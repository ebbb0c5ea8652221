# ruff: noqa: E501 - one case, one line
"""Where the event is: written places taken apart, and which place of a text is the event's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.countries import find_country, find_state
from extract.fields.attendance import attendance_mode
from extract.fields.venue_cities import Home, home_of
from extract.fields.venue_parts import parse_place
from ingest.document import Declared
from tests.extract.event_documents import read_events

WRITTEN = [
    # written place, name, address, city, country
    ("Hansa Club of Lübeck (c/ Mengstraße no. 4, Lübeck)", "Hansa Club of Lübeck", "c/ Mengstraße no. 4", "Lübeck", "DE"),
    ("Juniper Hall, Kyoto University (Yoshida Campus)", "Juniper Hall, Kyoto University (Yoshida Campus)", None, "Kyoto", "JP"),
    ("salle 601", "salle 601", None, None, None),
    ("TIDE Conference & Business Centre, Auguste Tidelaan 80, 1030 Brussels", "TIDE Conference & Business Centre",
     "Auguste Tidelaan 80", "Brussels", "BE"),
    ("Day 1, Reef Hall, Auguste Tidelaan 80, 1030 Brussels", "Reef Hall", "Auguste Tidelaan 80", "Brussels", "BE"),
    ("Room #12 Building #7", "Room #12 Building #7", None, None, None),
    ("The Harbor Marriott, 1200 Ocean Drive, Norfolk, Virginia 23510", "The Harbor Marriott", "1200 Ocean Drive", "Norfolk", "US"),
    ("Main Auditorium, Alma Reyes Conference Center 410 19th Street NW, Washington, D.C.",
     "Main Auditorium, Alma Reyes Conference Center", "410 19th Street NW", "Washington", "US"),
    ("Polar House, Rue Haute 12, 1000 Brussels, Belgium", "Polar House", "Rue Haute 12", "Brussels", "BE"),
    ("Leiden University, Lipsius building, Room 1.48, Witte Singel 27, The Hague",
     "Leiden University, Lipsius building, Room 1.48", "Witte Singel 27", "The Hague", "NL"),
    ("Embassy of Norway, 5-12-2 Minami-Azabu, Minato-ku, Tokyo", "Embassy of Norway", "5-12-2 Minami-Azabu", "Tokyo", "JP"),
    ("Kulturhaus, Werderscher Markt 3, 10117 Berlin", "Kulturhaus", "Werderscher Markt 3", "Berlin", "DE"),
    ("Polar House in Oslo", "Polar House", None, "Oslo", "NO"),
    ("Central Paris", None, None, "Paris", "FR"),
    ("Honolulu, Hawaii", None, None, "Honolulu", "US"),
    ("Bogota, Colombia", None, None, "Bogota", "CO"),
    ("Roma", None, None, "Rome", "IT"),
    # behind a street stands a quarter, in brackets a note; a floor inside a name belongs to it
    ("9/10 Tide Terrace, Inner Ring (entrance by the pier), London NW1 4QP", None, "9/10 Tide Terrace", "London", "GB"),
    ("Reef Hall, 4th floor, Harbour Research Building, Bay campus",
     "Reef Hall, 4th floor, Harbour Research Building, Bay campus", None, None, None),
    ("Tidehemmet, Kajtorget 4, 621 57 Visby", "Tidehemmet", "Kajtorget 4", "Visby", "SE"),
    ("Reef Hall (3 Floor, Quay Building, 1-3-9, Otemachi, Chiyoda-ku, Tokyo)", "Reef Hall", "3 Floor, 1-3-9", "Tokyo", "JP"),
    ("Mokslo universiteto Jūros institutas, Vilnius", "Mokslo universiteto Jūros institutas", None, "Vilnius", "LT"),
    ("京都大学 吉田キャンパス", "京都大学 吉田キャンパス", None, "Kyoto", "JP"),
    # a Dutch postcode, the city behind the preposition, a small city behind "di", the next sentence
    ("Kademarkt 38 – 2511 CB Den Haag", None, "Kademarkt 38", "The Hague", "NL"),
    ("Sala Verde di Palazzo Mare, a Roma", "Sala Verde di Palazzo Mare", None, "Rome", "IT"),
    ("sala Blu del Palazzo Comunale di Torino. Un premio per tutti", "sala Blu del Palazzo Comunale di Torino", None, "Turin", "IT"),
    ("3, rue du Port 69002 Lyon", None, "3, rue du Port", "Lyon", "FR"),
    # a city that is a country, a town where one meets, a state of the name of a small city, a city in its country
    ("Reef Hall, Singapore", "Reef Hall", None, "Singapore", "SG"),
    ("Reef Hall, Alpbach", "Reef Hall", None, "Alpbach", "AT"),
    ("Reef Hall, Virginia", "Reef Hall", None, None, "US"),
    ("Tide University Marburg (Germany)", "Tide University Marburg", None, "Marburg", "DE"),
    # the number of a district, the code of a room, a street behind "an der", a postcode behind "in"
    ("Maison du Port, 28, rue Haute, Paris 6e", "Maison du Port", "28, rue Haute", "Paris", "FR"),
    ("Université de Lyon- R42.5", "Université de Lyon- R42.5", None, "Lyon", "FR"),
    ("Kaizentrum an der Tiefen Allee 45, Vortragsraum L 11", "Kaizentrum", "Tiefen Allee 45", None, None),
    ("Kaiplatz 9 in 04109 Leipzig", None, "Kaiplatz 9", "Leipzig", "DE"),
    ("Reef Collection Oslo Grand Pier", "Reef Collection Oslo Grand Pier", None, "Oslo", "NO"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name", "address", "city", "country"), WRITTEN)
def test_written_place(
    written: str, name: str | None, address: str | None, city: str | None, country: str | None
) -> None:
    place = parse_place(written, 0, len(written))
    got = written[place.name_start : place.name_end] if place.name_start is not None else None
    assert (got, place.address, place.city.name if place.city else None, place.country_code) == (
        name,
        address,
        city,
        country,
    )


@pytest.mark.parametrize(
    ("written", "language", "country"),
    [
        ("Palazzo Comunale di Sorrento", "it", "IT"),
        ("Valencia", "es", "ES"),
        ("Palacio, Córdoba", "es", "ES"),
        ("Halle", "de", "DE"),
    ],
)
def test_a_city_of_many_countries_is_read_in_the_language_of_its_text(
    written: str, language: str, country: str
) -> None:
    assert parse_place(written, 0, len(written), home=home_of(language, written)).country_code == country


def test_a_house_that_bears_the_name_of_a_city_elsewhere() -> None:
    written = "Palacio de Viana"
    assert parse_place(written, 0, len(written), home=home_of("es", written)).city is None


@pytest.mark.parametrize("written", ["2031 Harbour Joint Annual Conference", "2031 Tide Talks", "1999 Buoy Meeting"])
def test_a_year_before_an_event_is_no_house_number(written: str) -> None:
    assert not parse_place(f"{written}, Oslo", 0, len(written) + 6).has_street


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_taken_apart(written: str) -> None:
    place = parse_place(written, 0, len(written))
    if place.name_start is not None and place.name_end is not None:
        assert 0 <= place.name_start < place.name_end <= len(written)


STATED = [
    # text, doc_type, name, city, country
    ("The conference will be held at the Linden Palace in Vienna on 4 May 2031.", "announcement", "Linden Palace", "Vienna", "AT"),
    ("The two ministers met in Helsinki on 4 May 2031 to discuss the Baltic Sea.", "report", None, "Helsinki", "FI"),
    ("The Lind Institute brings a panel of pilots to Nordic House Reykjavik on 4 May 2031 to discuss drones.", "announcement",
     "Nordic House Reykjavik", "Reykjavik", "IS"),
    ("DATES: 4 May 2031.\n\nADDRESSES: The meeting will be held in Room 12, Harbor Hall, 88 Bay Street, Seattle, Washington.",
     "announcement", "Room 12, Harbor Hall", "Seattle", "US"),
    ("Where: Polar House, Oslo\n\nWhen: 4 May 2031, 10:00", "announcement", "Polar House", "Oslo", "NO"),
    ("Ort: Stadthaus, Ulm\n\nZeit: 4. Mai 2031, 10 Uhr", "announcement", "Stadthaus", "Ulm", "DE"),
    ("Lugar: Casa del Mar, Bilbao\n\nFecha: 4 de mayo de 2031", "announcement", "Casa del Mar", "Bilbao", "ES"),
    ("📍 Harbour Hall, Rotterdam\n\n🗓 4 May 2031", "announcement", "Harbour Hall", "Rotterdam", "NL"),
    ("President Quist will welcome Prime Minister Aro to the Linden Palace on 4 May 2031.", "announcement", "Linden Palace", None, None),
    ("TALLINN, May 4, 2031 – The two countries held their third round of talks on cables.", "report", None, "Tallinn", "EE"),
    ("On 4 May 2031 the Polar Group convened its first meeting at the Headquarters of the Coast Guard in Tromsø, Norway.",
     "report", "Headquarters of the Coast Guard", "Tromsø", "NO"),
    ("The minister will pay an official visit to Japan on 4 May 2031.", "announcement", None, None, "JP"),
    # a post right before the verb is who meets, not where one works
    ("On 4 May 2031 Secretary General Aro had talks in Oslo with the Minister.", "report", None, "Oslo", "NO"),
    ("On 4 May 2031 the President and the Director held talks in Riga.", "report", None, "Riga", "LV"),
    ("Minister Quist came to Finland on 4 May 2031 and signed a plan for ports.", "report", None, None, "FI"),
    # premises, rooms, compounds
    ("The dialogue took place on 4 May 2031 on the premises of the Harbour Institute in Brussels.", "report",
     "premises of the Harbour Institute", "Brussels", "BE"),
    ("The seminar was held on 4 May 2031 at the offices of the Lagoon Foundation in Lisbon.", "report",
     "offices of the Lagoon Foundation", "Lisbon", "PT"),
    ("The seminar will be held on 4 May 2031 on the campus of the Delta University.", "announcement",
     "campus of the Delta University", None, None),
    ("The hearing will be held on 4 May 2031 in Rooms 1 and 2, 88 Bay Street, Seattle, Washington.", "announcement",
     "Rooms 1 and 2", "Seattle", "US"),
    ("Si terrà il 4 maggio 2031 alla Camera dei Mari il seminario sui porti.", "announcement", "Camera dei Mari", None, None),
    # a verb behind the place, the city as host, as object, in brackets before the day
    ("Das Forum, das am 4. Mai 2031 in Ulm zusammenkam, sprach über Häfen.", "report", None, "Ulm", "DE"),
    ("Etwa 30 Gäste kamen am 4. Mai 2031 in die Hafen-Akademie in Kiel.", "report", "Hafen-Akademie", "Kiel", "DE"),
    ("Tallinn hosts the third annual conference on cables on 4 May 2031.", "announcement", None, "Tallinn", "EE"),
    ("Geneva side event, 4 May 2031, on ports and tides for everyone.", "announcement", None, "Geneva", "CH"),
    ("El simposio se inauguró el 4 de mayo de 2031 en el salón Marítimo del Instituto.", "report",
     "salón Marítimo del Instituto", None, None),
    ("Paraguay acoge la quinta conferencia de puertos el 4 de mayo de 2031.", "announcement", None, None, "PY"),
    ("The fifth Tide Conference was held on 4 May 2031 at the Reef Innovation Center in Oslo. Virtual participation was "
     "also possible.", "report", "Reef Innovation Center", "Oslo", "NO"),
    ("Le colloque se tiendra le 4 mai 2031 à l’Hôtel de l’Industrie, 4, place des Ports - 75006 Paris", "announcement",
     "Hôtel de l’Industrie", "Paris", "FR"),
    ("Le 4 mai 2031 le colloque a eu lieu au Palais du Luxembourg.", "report", "Palais du Luxembourg", None, None),
    ("Riga was the place of the yearly meeting of the pilots on 4 May 2031.", "report", None, "Riga", "LV"),
    ("Ports and tides: talks of the two navies (Oslo, 4 May 2031)", "report", None, "Oslo", "NO"),
    ("Minister Aro, who is visiting Prague, speaks at the forum on 4 May 2031.", "announcement", None, "Prague", "CZ"),
    ("2031年5月4日に港に関するシンポジウムを大阪で開催しました。", "report", None, "Osaka", "JP"),
    ("On 4 May 2031 in Riga, Ada Lind, Director for Tides at the Ministry of Ports, met her counterpart.", "report",
     None, "Riga", "LV"),
    # a dateline in small letters, with or without country, day and agency
    ("Oslo, Norway: Foreign Minister Aro opened the workshop for pilots of three countries today.", "report", None, "Oslo", "NO"),
    ("Riga, May 4, 2031 (TIDE-NEWS): The navy held a lecture on ports for students and guests.", "report", None, "Riga", "LV"),
    ("Lima, a 4 de mayo de 2031.- Los ministros hablaron de los puertos y de las mareas del sur.", "report", None, "Lima", "PE"),
    ("TIDE FALLS, Hawaii (NEWS) -- Two ships of the navy made a brief visit on 4 May 2031 to the naval station.", "report", None, None, "US"),
    ("On 4 May 2031 the ships were received in South Harbor in Manila by the navy.", "report", "South Harbor", "Manila", "PH"),
    # ordinals, "where they met", the event that the text names, a country before "for", a clause behind the city
    ("Die 12. Hafenkonferenz, die vom 26. bis 29. Mai 2031 in Kiel stattfand, war gut besucht.", "report", None, "Kiel", "DE"),
    ("On a ship of the navy they came to the Tide Museum in Oslo, where they met on 4 May 2031.", "report", "Tide Museum", "Oslo", "NO"),
    ("On 4 May 2031 Minister Aro, now visiting the Netherlands for the Third Tide Meeting, met Minister Quist.",
     "report", None, None, "NL"),
    ("The two sides held their third dialogue on 4 May 2031 in Riga, the MOP said.", "report", None, "Riga", "LV"),
    # an article that is part of the city's name
    ("The ministers met in Los Angeles on 4 May 2031 to speak of ports.", "report", None, "Los Angeles", "US"),
    ("The ministers met in La Paz on 4 May 2031 to speak of rivers.", "report", None, "La Paz", "BO"),
    # several countries that are visited are no one place
    ("The two sides met in Honolulu on 4 May 2031. They will visit Fiji, Papua New Guinea, and the Solomon Islands.", "report",
     None, "Honolulu", "US"),
    # a place that opens its sentence
    ("Presso la Sala Verde di Palazzo Mare, a Roma, si è svolto il 4 maggio 2031 il convegno sui porti.", "report",
     "Sala Verde di Palazzo Mare", "Rome", "IT"),
    ("In het Havenhuis in Den Haag wordt op 4 mei 2031 een conferentie over havens gehouden.", "announcement",
     "Havenhuis", "The Hague", "NL"),
    ("Op 4 mei 2031 vond het Havencongres plaats in het Kade Gebouw.", "report", "Kade Gebouw", None, None),
    # a house that hosts, an address without preposition
    ("La Universidad Católica del Mar acogerá el III Congreso de Puertos el 4 de mayo de 2031.", "announcement",
     "Universidad Católica del Mar", None, None),
    ("L’École navale de Lyon (ENL) accueille le colloque sur les ports le 4 mai 2031.", "announcement",
     "École navale de Lyon", "Lyon", "FR"),
    ("On 4 May 2031 the forum will be held in Quay Auditorium located on the first floor of the school's house, 1740 Bay "
     "Avenue, Seattle, Washington.", "announcement", "Quay Auditorium", "Seattle", "US"),
    # who acts behind the day, a ward, where a hall is located, a body's acronym, the way of attending
    ("On 4 May 2031, Delta University EU Center hosted a lecture at the Quay Library in Oslo.", "report", "Quay Library", "Oslo", "NO"),
    ("On 4 May 2031 students were invited to the Reef Delegation in Minato-ku Tokyo for a lecture.", "report", None, "Tokyo", "JP"),
    ("The symposium was held at Delta University, located in Western Tokyo, on 4 May 2031.", "report", "Delta University", "Tokyo", "JP"),
    ("On 4 May 2031 the two ministers met in Riga and went on at the MOP on the next day.", "report", None, "Riga", "LV"),
    ("The forum of 4 May 2031 is online or in person (at the Quay Office).", "announcement", "Quay Office", None, None),
    ("Le colloque se tient le 4 mai 2031 à la Faculté de droit de Tours.", "announcement", "Faculté de droit de Tours", "Tours", "FR"),
    # a city that opens the name of the event, a war far off
    ("The Riga Ports Forum takes place from 4 to 6 May 2031 and deals with what the war in Ukraine means.", "announcement",
     None, "Riga", "LV"),
    # a meeting that is held on the event's own day, a house by its full name, a name with a number before its city
    ("The Risk Forum’s Winter Meeting was held at the Quay Club in the City of London on 4 May 2031.", "report",
     "Quay Club in the City of London", "London", "GB"),
    ("The seminar was held at DU, Tokyo, Japan, on 4 May 2031. All guests met at the Delta University, Tokyo, Japan, on 4 May 2031.",
     "report", "Delta University", "Tokyo", "JP"),
    ("The 2031 Riga Ports Seminar comes to an end today.", "report", None, "Riga", "LV"),
    ("I mellomtiden, sett av 4. mai 2031 i tiden 08.30-16.00 på Clarion Kai i Trondheim.", "announcement", None, "Trondheim", "NO"),
    # a dateline without a dash, a country that is visited, a house with its address that is the venue, an article
    ("OSLO, (News Point / Tide News - 5th May, 2031) The Institute of Ports celebrated its founding on 4 May 2031 with a talk on "
     "ports and tides, to which many guests from the navy, the ministries and the universities had come with their students.",
     "report", None, "Oslo", "NO"),
    ("MOSCOW (News / Point - 1 May, 2031) Guests from many nations will come to the Riga Ports Forum on 4 May 2031.",
     "announcement", None, "Moscow", "RU"),
    ("On 4 May 2031 a delegation visited Norway. A roundtable was held on 4 May 2031 at the Reef Hall, where guests met.",
     "report", "Reef Hall", None, "NO"),
    ("The Tide Hotel (Kai u. 4 – Budapest 1052) is the venue for the ministerial meetings of 4 May 2031.", "announcement",
     "The Tide Hotel", "Budapest", "HU"),
    ("Los ministros se reunieron el 4 de mayo de 2031 en el Museo del Prado en Madrid.", "report", "Museo del Prado", "Madrid", "ES"),
    ("El acto se presentó el 4 de mayo de 2031 en la Embajada de Noruega en Tokio.", "report", "Embajada de Noruega", "Tokyo", "JP"),
    # a preposition glued to its name, a house that bears a name, a university of a city, Japanese houses
    ("Il 4 maggio 2031 abbiamo avuto l’onore di visitare l’Istituto e poi ci siamo riuniti all’Istituto Verde di Cultura a Roma.",
     "report", "Istituto Verde di Cultura", "Rome", "IT"),
    ("The symposium was held in Liceo de Manila University Reef Hall on 4 May 2031.", "report",
     "Liceo de Manila University Reef Hall", "Manila", "PH"),
    ("2031年5月4日に神戸大学人文学研究科にて港の講演をおこないました。", "report", "神戸大学人文学研究科", "Kobe", "JP"),
    ("2031年5月4日、ホテルリーフ大阪において港の会議が開催されました。", "report", "ホテルリーフ大阪", "Osaka", "JP"),
    # right behind the event's own day stands its house, whatever its name; a unit's house is no venue, a speaker none
    ("They talk of ports on 4 May 2031 at The Anchor in the city centre.", "announcement", "The Anchor", None, None),
    ("The talks ran on 4 May 2031, at Tidewatch Alcazar, Oslo, Norway.", "report", "Tidewatch Alcazar", "Oslo", "NO"),
    ("„Grenzenlose Häfen“ hieß am 4. Mai 2031 in der Lagune in Kiel die Konferenz der Lotsen.", "report", "Lagune", "Kiel", "DE"),
    ("Das erwartet Sie am 4. Mai 2031 in der Hafen-Stiftung: Vorträge.", "announcement", "Hafen-Stiftung", None, None),
    # "im" in German, a name in two letters; what follows a city with an article; a hall behind the day and a dash
    ("Die Vorträge finden am 4. Mai 2031, 19 bis 21 Uhr, im Anselmianum, Hörsaal XX, statt.", "announcement",
     "Anselmianum, Hörsaal XX", None, None),
    ("Les 4 et 5 mai 2031 aura lieu à Oslo l'International Harbour Conference, organisée par les pilotes.", "announcement",
     None, "Oslo", "NO"),
    ("Tide Lectures\n\nTuesday, 4 May 2031 – 7:00 p.m. - Quay Hall 90 - Norway: ports and tides", "announcement", "Quay Hall 90", None, None),
    ("Conférence du 4 mai 2031, à l’Ecole maritime : « Les ports »", "announcement", "Ecole maritime", None, None),
    ("Ports und Gezeiten\n\n4. Mai 2031, 19 Uhr\n\n+++ Raumänderung: Festsaal der Universität Kiel +++\n\nDekanin der Fakultät, Universität Bonn",
     "announcement", "Festsaal der Universität Kiel", "Kiel", "DE"),
    # a field told as a sentence, a house in small letters behind its name, a church, a house before a city
    ("Op 4 mei 2031 organiseert het platform een symposium. De locatie is de Haagse Campus van de Universiteit Leiden, Havenstraat 5-7 te Den Haag.",
     "announcement", "Haagse Campus van de Universiteit Leiden", "The Hague", "NL"),
    ("The seminar opened on 4 May 2031. It takes place at the TIDE coordination center in Larnaca.", "announcement",
     "TIDE coordination center", "Larnaca", "CY"),
    ("Tuesday, May 4, 2031 – Havenkerk, The Hague\n\nPorts are the theme of this lecture.", "announcement", "Havenkerk", "The Hague", "NL"),
    # the seat of who will host; a word with a hyphen is no post
    ("The Reef School of Public Affairs in Austin, Texas will host this year’s conference from 14-16 November, 2031.",
     "announcement", "The Reef School of Public Affairs", "Austin", "US"),
    ('International symposium "Ports and Tides – Rule-Based and Prosperous" in Tokyo on November 21, 2031.', "report", None, "Tokyo", "JP"),
    # a village of another country that bears a city's second name
    ("El 4 de mayo de 2031 se lleva a cabo en Serpa, en el Auditorio del Edificio Marea, un seminario.", "announcement",
     "Auditorio del Edificio Marea", None, None),
    # the only house of a short text, though no sentence holds the day
    ("4 May 2031\n\nThe admiral spoke at the opening ceremony of the fair (TF) at the Tide Exhibition Centre.", "report",
     "Tide Exhibition Centre", None, None),
    # where one eats is not where one meets
    ("On 4 May 2031 the ministers will meet in Oslo. Before it they will have a breakfast at the Polar House.",
     "announcement", None, "Oslo", "NO"),
]  # fmt: skip


NOWHERE = [
    "Safe Pilots Gather On 4 May 2031 To Share Best Tides At Sea Practices\n\nThe pilots met and spoke of ports.",
    "Lectures\n\nMay 4, 2031 at 1 PM, Professor Ada Lind, Director, Tide Institute for Ports, Graduate Center. Tides and ports.",
    "Am 4. Mai 2031 sprechen die Lotsen über Häfen im Umbruch.",
]


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_place(text: str) -> None:
    assert read_events(text, "announcement").venues == []


@pytest.mark.parametrize(("text", "doc_type", "name", "city", "country"), STATED)
def test_the_place_of_the_event(
    text: str, doc_type: str, name: str | None, city: str | None, country: str | None
) -> None:
    venues = read_events(text, doc_type).venues  # type: ignore[arg-type]
    assert len(venues) == 1
    assert (venues[0].name, venues[0].city, venues[0].country_code) == (name, city, country)


NAMESAKES = [
    # a country that the text names, the country of the body in the address, a state that is also a country
    ("The seminar takes place on 4 May 2031 in Kochi. Guests from Japan and the rest of Japan are welcome.", "JP"),
    ("The seminar takes place on 4 May 2031 in Kochi.", "IN"),
    ("Venue: Peach Hall, Atlanta, Georgia", "US"),
    ("Venue: Peach Hall, Tbilisi, Georgia", "GE"),
    ("On 4 May 2031 guests from Texas and the United States will meet in Paris.", "FR"),
    ("On 4 May 2031 the ministers of the United States and Qatar will meet in Geneva.", "CH"),
]


@pytest.mark.parametrize(("text", "country"), NAMESAKES)
def test_cities_of_one_name(text: str, country: str) -> None:
    assert [venue.country_code for venue in read_events(text, "announcement").venues] == [country]


@pytest.mark.parametrize(
    ("text", "name", "city", "country"),
    [
        ("On 4 May 2031 Minister Ada Lind met with Defence Minister Bo Ek in Oslo to talk about ports.", None, "Oslo", "NO"),
        ("CAMP NORTH, Japan -- Officers of both navies met on 4 May 2031 to talk about ports and tides.", "CAMP NORTH", None, "JP"),
        ("La session aura lieu le 4 mai 2031 à l’école Navale (Lyon).", "école Navale", "Lyon", "FR"),
        ("Il seminario è in programma il 4 maggio 2031 presso la Biblioteca storica di Palazzo Verde a Roma.",
         "Biblioteca storica di Palazzo Verde", "Rome", "IT"),
        ("Venue: Harbour Forum Hotel, Sirius agenda for event", "Harbour Forum Hotel, Sirius", None, None),
        ("Ort: Am Sudkai 2, 12053 Berlin", None, "Berlin", "DE"),
        ("Location: Harbour House and Online", "Harbour House", None, None),
        ("Il convegno si svolgerà il 4 maggio 2031 presso la sala conferenze dell’Hotel San Marco di Torino.",
         "sala conferenze dell’Hotel San Marco di Torino", "Turin", "IT"),
    ],
)  # fmt: skip
def test_places_of_other_layouts(text: str, name: str | None, city: str | None, country: str | None) -> None:
    (venue,) = read_events(text, "report").venues
    assert (venue.name, venue.city, venue.country_code) == (name, city, country)


@pytest.mark.parametrize("where", ["Ort: Online (Zoom)", "Venue: Online via Zoom", "Lieu : en ligne", "Venue: Webex"])
def test_a_label_that_says_online_names_no_place(where: str) -> None:
    working_set = read_events(
        [("title", "Symposium on Ports"), ("paragraph", f"10 March 2031\n{where}")], "announcement"
    )
    assert working_set.venues == []
    assert working_set.events[0].attendance_mode == "online"


def test_a_body_tells_the_country_of_its_city() -> None:
    written = "Newcastle University, Newcastle"
    assert parse_place(written, 0, len(written), home=Home(by_body="GB")).country_code == "GB"


def test_another_event_beside_its_own_place() -> None:
    blocks = [("title", "Seminar on Ports"), ("paragraph", "The seminar was held on 4 May 2031 in Oslo. A guest recalled the "
              "Tide Watch Meeting, held at the Delta University not long before.")]  # fmt: skip
    (venue,) = read_events(blocks, "report").venues
    assert (venue.name, venue.city) == (None, "Oslo")


ELSEWHERE = [
    "Minister Aro spoke today with Minister Quist. They discussed the ceasefire in Gaza and an alliance in Riga.",
    "Readout of Minister Aro’s call with Minister Quist. On 4 May 2031 they agreed to meet in Oslo.",
    "On 4 May 2031 the pilots spoke of the wildfires in Los Angeles.",
    "On 4 May 2031 the guild hosted Isa bin Hamad Al Kandari and Prince Salim for a talk about ports and tides.",
    "A lecture was given on 4 May 2031 by the Reef Programme at the Delta Centre for Ports.",
    "LEBANON – ITALY. An agreement on ports is to be signed on 4 May 2031.",
    "Dr Aino Berg is Professor at the University of Oslo and was born in Bergen. She speaks on 4 May 2031.",
    "The webinar takes place online via Zoom on 4 May 2031. It is hosted by the Lind Institute in Stockholm.",
    "The seminar on 4 May 2031 follows the first leaders' summit, which was announced in Madrid in June 2022.",
    "Join us on 4 May 2031 to hear about the war in Ukraine and security in Finland.",
    "On 4 May 2031 we talk about the 2022 Harbour Summit in Vilnius and what came of it.",
    "Zwar blickt die kleine Hafenstadt seit dem 4. Mai 2031 auch auf den großen östlichen Raum;",
    "Quien quiera asistir en la sala el 4 de mayo de 2031 debe decirlo por correo.",
    "当研究所(REEF)は2031年5月4日、港の話をしました。",
    "The talks were on 4 May 2031. 08:00 Washington, 13:00 London, 21:00 Tokyo.",
    "On 4 May 2031 the Ministry of Ports of Latvia hosted a symposium.",
    "President Berg hosted a Harbour Branch round-table on 4 May 2031 for guests.",
    "We met some weeks ago in Oslo. The seminar on 4 May 2031 goes on with that.",
    "El pasado 4 de mayo de 2031 a las 18:30 hrs. en Australia habló el almirante.",
    "Ports and fish in Norway: a conference of 4 May 2031 on what may come.",
    "The webinar on 4 May 2031 was organised by the Lind Institute in Stockholm and the Aro Foundation in Helsinki.",
]


_BEFORE = "The navy has many ports today. They lie on the two seas. Ships come and go at night. "
WEAK = [
    (f"{_BEFORE}Minister Aro, who was visiting Riga and Oslo, spoke of ports.", None),
    # little evidence is enough for the only city of a text, not for one of two
    (f"{_BEFORE}Minister Aro, who was visiting Riga, spoke of ports.", "Riga"),
    (f"{_BEFORE}Minister Aro, who was visiting Riga, spoke of ports. Another guest was visiting Oslo.", None),
]


@pytest.mark.parametrize(("text", "city"), WEAK)
def test_the_only_city_of_a_text(text: str, city: str | None) -> None:
    assert [venue.city for venue in read_events(text, "report").venues] == ([city] if city else [])


def test_the_headline_names_no_event() -> None:
    blocks = [("title", "Admiral praises ports"), ("paragraph", "The admiral spoke to pilots on 4 May 2031. She was speaking "
              "at the Tide Transformation Seminar in Oslo, where pilots meet.")]  # fmt: skip
    (venue,) = read_events(blocks, "report").venues
    assert (venue.name, venue.city) == (None, "Oslo")


def test_an_event_that_is_recalled_far_below_the_headline() -> None:
    prose = "On 4 May 2031 pilots spoke of ports. " + "They have many ports on two seas and come and go at night. " * 9
    prose += "A guest recalled the Tide Network Meeting, held at the Delta University, in those days."
    assert read_events([("title", "Admiral praises ports"), ("paragraph", prose)], "report").venues == []


@pytest.mark.parametrize("contact", ["Tel: +64-3-000-0000", "Email: office@tide.example", "Phone (03) 555 0109"])
def test_address_of_the_sender_is_no_venue(contact: str) -> None:
    prose = (
        "We are sorry to say that the colloquium on ports of 4 May 2031 cannot go ahead as it was planned this year."
    )
    blocks = [("title", "Colloquium on Ports"), ("paragraph", prose), ("paragraph", "Ada Bolt"),
              ("paragraph", "P.O. Box 12"), ("paragraph", "Dunedin 9054, New Zealand"), ("paragraph", contact)]  # fmt: skip
    assert read_events(blocks).venues == []


@pytest.mark.parametrize("text", ELSEWHERE)
def test_other_places_are_not_the_venue(text: str) -> None:
    assert read_events(text).venues == []


def test_lines_of_the_head() -> None:
    found = read_events([
        ("title", "Quiet Waters"), ("paragraph", "Linden Hall, Academy of Sciences"), ("paragraph", "Vienna, Austria"),
        ("paragraph", "4 May 2031"), ("paragraph", "Chair: Aino Berg, University of Bergen"),
    ])  # fmt: skip
    assert (found.venues[0].name, found.venues[0].city) == ("Linden Hall, Academy of Sciences", "Vienna")
    assert found.venues[0].tz_iana == "Europe/Vienna"
    mention = found.mentions_of("VENUE")[0]
    assert (mention.text, mention.entity_key) == ("Linden Hall, Academy of Sciences", found.venues[0].key)


def test_an_address_in_two_lines() -> None:
    blocks = [("title", "Quiet Waters"), ("paragraph", "4 May 2031, 17:00"), ("paragraph", "The Reef Foundation Bldg."),
              ("paragraph", "1-15-18 Toranomon, Minato-ku, Tokyo 105-8524, Japan(MAP")]  # fmt: skip
    (venue,) = read_events(blocks).venues
    assert (venue.name, venue.address, venue.city) == ("The Reef Foundation Bldg", "1-15-18 Toranomon", "Tokyo")


def test_the_city_that_closes_a_title() -> None:
    blocks = [("title", "Ports and tides: from bad to worse, Den Haag"), ("paragraph", "The debate was on 4 May 2031.")]
    assert [venue.city for venue in read_events(blocks, "report").venues] == ["The Hague"]
    blocks = [("title", "14 May 2031 | Riga | Ports and tides"), ("paragraph", "A debate in three parts.")]
    assert [venue.city for venue in read_events(blocks, "report").venues] == ["Riga"]


def test_the_home_of_a_guest_is_no_place() -> None:
    blocks = [("title", "Meeting with New Mayors"), ("paragraph", "The meeting was on 4 May 2031."),
              ("paragraph", "Mayor-elect Aino Berg, Oslo"), ("paragraph", "Mayor-elect Jan Maas, Riga")]  # fmt: skip
    assert read_events(blocks, "report").venues == []


def test_a_field_is_no_line_of_its_own() -> None:
    blocks = [("title", "Tide Awards"), ("paragraph", "Location: Washington, D.C."), ("paragraph", "Date: 4 May 2031")]
    assert [(venue.name, venue.city) for venue in read_events(blocks).venues] == [(None, "Washington")]


def test_the_room_above_its_building() -> None:
    blocks = [("list_item", "Thursday, May 4, 2031 (09:00-14:00)"), ("list_item", "Ada Lind Conference Room (2nd floor)"),
              ("list_item", "Delta University | 136 Bay Ave. | 176 71, Athens")]  # fmt: skip
    (venue,) = read_events(blocks).venues
    assert (venue.name, venue.city) == ("Ada Lind Conference Room (2nd floor) Delta University", "Athens")


def test_a_plan_of_a_report_is_not_its_place() -> None:
    blocks = [("title", "Forum on Ports"), ("paragraph", "On 4 May 2031 pilots talked about ports."),
              ("paragraph", "The Ministry of Tides will hold a symposium in Oslo.")]  # fmt: skip
    assert read_events(blocks, "report").venues == []


def test_declared_location_and_coordinates() -> None:
    declared = tuple(
        Declared("json-ld", name, value, 1)
        for name, value in [
            ("location.name", "Polar House"), ("location.address.streetAddress", "Storgata 9"),
            ("location.address.addressLocality", "Oslo"), ("location.address.addressCountry", "NO"),
            ("location.geo.latitude", "59.91"), ("location.geo.longitude", "10.75"),
        ]
    )  # fmt: skip
    venue = read_events([("title", "Quiet Waters"), ("paragraph", "4 May 2031")], declared=declared).venues[0]
    assert (venue.name, venue.city, venue.country_code, venue.address) == ("Polar House", "Oslo", "NO", "Storgata 9")
    assert (venue.latitude, venue.longitude) == (59.91, 10.75)


@pytest.mark.parametrize(
    ("country", "text", "city", "zone"),
    [
        ("", "4 May 2031, Polar House, Oslo", "Oslo", "Europe/Oslo"),
        ("NO", "The forum will be held at Polar House in Bergen on 4 May 2031.", "Bergen", "Europe/Oslo"),
        ("JP", "The forum will be held at Polar House in Bergen on 4 May 2031.", None, "Asia/Tokyo"),
        ("", "4 May 2031. The delegation had come from Oslo.", None, None),
    ],
)
def test_the_text_adds_the_city_to_a_declared_place(
    country: str, text: str, city: str | None, zone: str | None
) -> None:
    declared = (
        Declared("json-ld", "location.name", "Polar House", 1),
        *((Declared("json-ld", "location.address.addressCountry", country, 1),) if country else ()),
    )
    venue = read_events([("title", "Quiet Waters"), ("paragraph", text)], declared=declared).venues[0]
    assert (venue.name, venue.city, venue.tz_iana) == ("Polar House", city, zone)


def test_a_profile_has_no_venue() -> None:
    assert read_events("The two navies met in Helsinki on 4 May 2031.", "profile").venues == []


FORMATS = [
    ("The meeting will be held virtually on 4 May.", False, "online"),
    ("Leaders met by secure video on Tuesday; the virtual leader-level meeting lasted an hour.", False, "online"),
    ("Join us in person or online at 10:00.", False, "hybrid"),
    ("The seminar is a hybrid event.", True, "hybrid"),
    ("If you attend in-person, write to us. The event will also be live streamed.", True, "hybrid"),
    ("This webinar looks at ports.", False, "online"),
    ("The talk deals with hybrid threats and online platforms.", True, "in_person"),
    ("The report is available online. Register online.", True, "in_person"),
    ("Der Workshop findet online statt.", False, "online"),
    ("La réunion se tiendra en visioconférence.", False, "online"),
    ("Officials talked about ports.", False, None),
    ("10:00 Talk\n12:00 Lunch and group photo", False, "in_person"),
    ("Consider hybrid models of meeting in the future.", True, "in_person"),
    ("It is virtual and open to all.", False, "online"),
    ("More than 70 people followed the joint Reef & Tide webinar on ports.", False, "online"),
    ("Virtual participation was also possible.", True, "hybrid"),
    ("Register for livestream or physical attendance by Monday.", True, "hybrid"),
    ("Rozmowy odbyły się w formie wideokonferencji.", False, "online"),
    ("The ambassadors paid a courtesy call on the minister.", False, "in_person"),
    ("The workshop was to be at the Delta University but was converted to an online only event.", True, "online"),
]


@pytest.mark.parametrize(("text", "has_place", "mode"), FORMATS)
def test_attendance(text: str, has_place: bool, mode: str | None) -> None:
    assert attendance_mode(text, title=None, has_place=has_place) == mode


def test_a_title_that_offers_a_live_stream() -> None:
    title = "Ports and tides [Livestreamed]"
    assert attendance_mode(title, title=title, has_place=True) == "hybrid"
    assert attendance_mode("Programme de la journée en ligne.", title=None, has_place=True) == "in_person"


def test_how_an_earlier_meeting_was_attended_does_not_count() -> None:
    text = "On 4 May 2031 the directors met in Oslo. In July 2030 they had last met, by video."
    (event,) = read_events(text, "report").events
    assert event.attendance_mode == "in_person"


def test_a_stream_without_a_place_is_online() -> None:
    text = "The seminar on 4 May 2031 is free. To register and to follow the live stream, go to our page."
    (event,) = read_events([("title", "Seminar on Ports"), ("paragraph", text)]).events
    assert event.attendance_mode == "online"


ZONES = [
    ("Seminar on Ports, 4 May 2031, 09:00 to 12:00\n\nPanel 1, 9:00-10:30 JST", "Asia/Tokyo"),
    ("Seminar on Ports, 4 May 2031, 09:00 to 12:00. All times are in JST.", "Asia/Tokyo"),
    ("Seminario sui porti, 4 maggio 2031, ore 10.00-12.00 italiane", "Europe/Rome"),
    ("Seminar on Ports, 4 May 2031, 09:00 to 12:00", None),
]


@pytest.mark.parametrize(("text", "zone"), ZONES)
def test_a_zone_stated_once(text: str, zone: str | None) -> None:
    when = read_events(text).events[0].when
    assert when is not None
    assert when.tz_iana == zone


@pytest.mark.parametrize(
    ("name", "code"),
    [("the Netherlands", "NL"), ("Republic of Korea", "KR"), ("UK", "GB"), ("Deutschland", "DE"), ("Nowhere", None)],
)
def test_countries(name: str, code: str | None) -> None:
    assert find_country(name) == code


@pytest.mark.parametrize(
    ("name", "state"), [("Virginia", ("US", "VA")), ("D.C.", ("US", "DC")), ("Va", None), ("Quebec", ("CA", "QC"))]
)
def test_states(name: str, state: tuple[str, str] | None) -> None:
    assert find_state(name) == state
