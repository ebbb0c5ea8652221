"""Plain text: layouts of announcements, programmes and reports, invented ones in many styles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import CELL_SEPARATOR, BlockDraft, RawFile
from ingest.errors import BadInput
from ingest.readers.text import parse_text, read_text


def _blocks(text: str) -> list[str]:
    def show(draft: BlockDraft) -> str:
        flag = "" if draft.is_main else "-"
        return f"{flag}{draft.kind}: {draft.text.replace(CELL_SEPARATOR, ' | ')}"

    return [show(draft) for draft in parse_text(text)[0]]


LAYOUTS: dict[str, tuple[str, list[str]]] = {
    "hard wraps are joined, meant breaks kept": (
        "The harbour council met on 4 May to discuss how small ports along the\n"
        "northern coast can share tugs and pilots when storms close the larger\n"
        "ones for days.\n"
        "Ms Ana Costa, Port of Lisbon\n"
        "Mr Ken Abe, Port of Kobe\n",
        [
            "paragraph: The harbour council met on 4 May to discuss how small ports along the northern coast can share "
            "tugs and pilots when storms close the larger ones for days.",
            "paragraph: Ms Ana Costa, Port of Lisbon",
            "paragraph: Mr Ken Abe, Port of Kobe",
        ],
    ),
    "a blank line after every line": (
        "\n\n".join(
            [
                "The Institute of Tides and the University of Minato held a workshop on the",
                "safety of cables on 3 June 2019 in Porto, which brought together engineers and",
                "lawyers from both coasts for the first time.",
                "In the first session the speakers asked who repairs a cable that lies in",
                "nobody's waters, and how long a crew may wait for a permit before it sails to",
                "the next harbour. The second session turned to money and heard that",
                "insurers pay less than half of what a repair costs in winter.",
                "A second workshop takes place in the autumn.",
            ]
        ).replace("\n\nIn the first", "\n\n\nIn the first"),
        [
            "paragraph: The Institute of Tides and the University of Minato held a workshop on the safety of cables on "
            "3 June 2019 in Porto, which brought together engineers and lawyers from both coasts for the first time.",
            "paragraph: In the first session the speakers asked who repairs a cable that lies in nobody's waters, and "
            "how long a crew may wait for a permit before it sails to the next harbour. The second session turned to "
            "money and heard that insurers pay less than half of what a repair costs in winter.",
            "paragraph: A second workshop takes place in the autumn.",
        ],
    ),
    "bullets of all sorts, hanging lines": (
        "• one thing\n– two things\n* three things that go on\n  in the next line\n- four\n◦ five\n",
        ["list_item: one thing", "list_item: two things", "list_item: three things that go on in the next line",
         "list_item: four", "list_item: five"],
    ),
    "numbers are list marks only in a series": (
        "1. Opening\n2. Report\n3) Other matters\n\n5. September 2024 in Kiel",
        ["list_item: Opening", "list_item: Report", "list_item: Other matters", "paragraph: 5. September 2024 in Kiel"],
    ),
    "a number alone is not a mark": (
        "We met at Pier\n12. There was rain.",
        ["paragraph: We met at Pier", "paragraph: 12. There was rain."],
    ),
    "labels with their values": (
        "Date: 3 June 2024\nVenue : Tower Hall\n日時：9月5日（木）14時\nNote that we say: come early.",
        ["key_value: Date: 3 June 2024", "key_value: Venue : Tower Hall", "key_value: 日時：9月5日（木）14時",
         "paragraph: Note that we say: come early."],
    ),
    "times with a column gap, with no-break blanks, with a tab": (
        "11:00 CEST      Coffee\n11:30 \xa0\xa0 Talk\n12.15 Uhr\tLunch\n13:00 End of the day",
        ["table_row: 11:00 CEST | Coffee", "table_row: 11:30 | Talk", "table_row: 12.15 Uhr | Lunch",
         "paragraph: 13:00 End of the day"],
    ),
    "a time over its session": (
        "9:00–9:30\nRegistration\n\n9:30 a.m. - 11 a.m.\nPanel: Tugs\nChair: Jan Maas",
        ["table_row: 9:00–9:30 | Registration", "table_row: 9:30 a.m. - 11 a.m. | Panel: Tugs",
         "key_value: Chair: Jan Maas"],
    ),
    "an indented column under its row": (
        "10:10-10:50       Keynote\n"
        "                  The use of tide tables in the planning of repairs at\n"
        "                  sea\n"
        "                  Dr Aya Mori, Ito University\n",
        ["table_row: 10:10-10:50 | Keynote", "paragraph: The use of tide tables in the planning of repairs at sea",
         "paragraph: Dr Aya Mori, Ito University"],
    ),
    "a time inside a sentence opens no row": (
        "The symposium takes place on Thursday 21 March in Brest and lasts from 9:00 to\n17:30, with a break at noon.",
        ["paragraph: The symposium takes place on Thursday 21 March in Brest and lasts from 9:00 to 17:30, with a "
         "break at noon."],
    ),
    "headings stand over text; names in a row are none": (
        "Key points\n\nThe harbour is open.\n\nIn this talk\n\nEva Lund\n\nJan Maas\n\nAiko Mori",
        ["heading: Key points", "paragraph: The harbour is open.", "paragraph: In this talk", "paragraph: Eva Lund",
         "paragraph: Jan Maas", "paragraph: Aiko Mori"],
    ),
    "days of a programme are headings": (
        "Opening of the conference in the great hall of the port.\n\nTuesday, 4 June 2024\n09:00\tRegistration\n",
        ["paragraph: Opening of the conference in the great hall of the port.", "heading: Tuesday, 4 June 2024",
         "table_row: 09:00 | Registration"],
    ),
    "a broken paragraph": (
        "The fleet will be joined by two vessels of the coast guard and, if the weather allows it, the\n"
        "research ship. All are welcome.",
        ["paragraph: The fleet will be joined by two vessels of the coast guard and, if the weather allows it, the "
         "research ship. All are welcome."],
    ),
    "what a page leaves behind": (
        "The talk is free.\n\n.box{ padding-left:50px !important; } #f_12 { top: 0 }\n"
        "<!-- x -->\nvar a = window.b;\n\nRelated posts\n\nAn older text\n\nSkip to content",
        ["paragraph: The talk is free.", "paragraph: <!-- x -->", "-heading: Related posts", "-heading: An older text",
         "-paragraph: Skip to content"],
    ),
    "braces in prose stay": (
        "The set {a, b; c} is small; see note {1}.", ["paragraph: The set {a, b; c} is small; see note {1}."]
    ),
    "words cut at line ends": (
        "The first Indo-\nPacific meeting of the harbour masters was a one-\nday affair and the govern-\nment paid.",
        ["paragraph: The first Indo-Pacific meeting of the harbour masters was a one-day affair and the government "
         "paid."],
    ),
    "lists of names that end in commas": (
        "Present were Eva Lund,\nJan Maas,\nAiko Mori and\nRui Faria.",
        ["paragraph: Present were Eva Lund, Jan Maas, Aiko Mori and Rui Faria."],
    ),
    "short lines of like length are no paragraph": (
        "Panel 1 – Who pays? (14:10–15:00)\nModerator: Aiko Mori, Ito University\nSpeakers:\n- Rui Faria",
        ["paragraph: Panel 1 – Who pays? (14:10–15:00)", "key_value: Moderator: Aiko Mori, Ito University",
         "heading: Speakers:", "list_item: Rui Faria"],
    ),
    "labels over their values": (
        "Start\n12 March 2024, 14:00\nWhere:\nTower Hall, Oslo",
        ["key_value: Start: 12 March 2024, 14:00", "key_value: Where: Tower Hall, Oslo"],
    ),
    "letters and Roman numbers as marks": (
        "The two sides\n(a) spoke of storms;\n(b) agreed.\n\ni) one thing\nii) two things\n\n(x) alone",
        ["heading: The two sides", "list_item: spoke of storms;", "list_item: agreed.", "list_item: one thing",
         "list_item: two things", "paragraph: (x) alone"],
    ),
    "two blanks after a time": (
        "14:00-15:00  Opening\nOre 10.30  Saluti", ["table_row: 14:00-15:00 | Opening", "table_row: Ore 10.30 | Saluti"]
    ),
    "a person is no month": (
        "1. Jan Maas, Captain\n2. Eva Lund, Director", ["list_item: Jan Maas, Captain", "list_item: Eva Lund, Director"]
    ),
    "hard wraps in Japanese": (
        "港湾の安全に関する国際シンポジウムは、沿岸の小さな港がどのように曳船と水先人を分け\n合うことができるかを話し合うために開催されます。",
        ["paragraph: 港湾の安全に関する国際シンポジウムは、沿岸の小さな港がどのように曳船と水先人を分け"
         "合うことができるかを話し合うために開催されます。"],
    ),
    "a place and its clock, line by line": (
        "Lisbon 08:00\nOslo 09:00\nTokyo 16:00",
        ["paragraph: Lisbon 08:00", "paragraph: Oslo 09:00", "paragraph: Tokyo 16:00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    text, expected = LAYOUTS[name]
    assert _blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Forum on Harbours\n\nThe forum takes place in May.", "Forum on Harbours"),
        ("PORT COUNCIL\n\nSharing Tugs in Winter\n\nFriday 3 May 2024", "Sharing Tugs in Winter"),
        ("Programme\n\nSeminar on Buoys\n\n3 May 2024", "Seminar on Buoys"),
        ("Paris, le 14 mars 2024\n\nColloque sur les marées\n\nIl aura lieu.", "Colloque sur les marées"),
        ("Home > Events\n\nConvegno\n\nLa sicurezza dei porti\n\nSi terrà a Genova.", "La sicurezza dei porti"),
        ("MINISTRY OF PORTS\nPRESS RELEASE No. 12/2024\n\nThird dialogue held\n\nIt was long.", "Third dialogue held"),
        ("3 May 2024, 14:00 in Porto\n\nThe seminar is free.", None),
        ("The council met on Monday. It rained.\n\nThe end.", None),
        ("2024\nMay\n\n3\n\nWinter Tugs\n\nThe lecture is free for all.", "Winter Tugs"),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert read_text(RawFile("a.txt", text.encode())).title == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15"])
def test_character_sets(encoding: str) -> None:
    text = "Die Tagung über Häfen findet für alle Gäste in Köln statt, das Café öffnet früh."
    assert read_text(RawFile("a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "iso2022_jp"])
def test_japanese_character_sets(encoding: str) -> None:
    text = "海の安全保障に関するシンポジウムを東京で開催します。参加費は無料です。"
    assert read_text(RawFile("a.txt", text.encode(encoding))).text == text


def test_nothing_readable_is_said() -> None:
    with pytest.raises(BadInput) as caught:
        read_text(RawFile("a.txt", b"--- *** ---\n\n???"))
    assert caught.value.reason_code == "no_text"


_PIECES = st.sampled_from(
    ["Forum on tugs", "11:00   Coffee", "• Eva Lund", "- x", "a", "Venue: Hall", "\t", "  ", "", "the end.", "9:00",
     "1. One", "2. Two", "Related posts", "a{b:c}", "Wort-", "wort", "日時：5月", "\u00a0\u00a0x", "é" * 3, "x" * 90]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from(["\n", "\n\n", " ", "\n\n\n"])), max_size=30))
def test_no_letter_is_lost_or_moved(pieces: list[tuple[str, str]]) -> None:
    """Whatever the layout: the letters of the blocks are the letters of the text, in their order."""
    text = "".join(piece + end for piece, end in pieces if piece != "a{b:c}")
    found = "".join(draft.text for draft in parse_text(text)[0])
    assert _letters(found) == _letters(text).replace("-", "") or _letters(found) in _letters(text)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())
