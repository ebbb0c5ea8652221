"""Repair characters and words before any offset exists; what a text states is never changed.

Order matters: invisible characters and mojibake first, then blanks (a wide gap is a column, not noise), then words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from ftfy import TextFixerConfig, fix_text

from ingest.document import CELL_SEPARATOR
from ingest.lexicon import read_lines, word_set

# Full-width forms stay (Japanese names and superscripts would change); typographic quotes stay as published.
_FTFY = TextFixerConfig(
    uncurl_quotes=False, normalization="NFC", fix_character_width=False, unescape_html=False, explain=False
)

_PRIVATE_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF06E, 0xF0A8, 0xF0E0), "•")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH_ENDS = re.compile(r"[\x0c\u2029]")
_BLANK = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WIDE = re.compile(rf"[{_BLANK}\t]{{2,}}|[\t\u3000]")
_ANY_BLANK = re.compile(rf"[{_BLANK}]")
_MOJIBAKE_SUSPECT = re.compile(r"[^\x00-\x7f]")

_BREAKING_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NO_BREAK_GAP = re.compile(rf"[{_BLANK}\t]{{2,}}")

_MIN_BLANKS = 3
_MIN_NO_BREAK_BLANKS = 2
"""A gap is a column from 3 blanks, or 2 no-break ones: typists set two blanks after a full stop, never three."""


_PICTOGRAPHS = re.compile(
    "[\U0001f000-\U0001faff\u23e9-\u23fa][\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f000-\U0001faff]*[ \\t]?"
)
"""Emoji and flags, which stand before labels and headings ("📅 Date: 4 May") and would hide them."""


def clean_characters(text: str) -> str:
    """Return NFC text with "\\n" line ends and without control, zero-width, soft-hyphen, emoji or mojibake characters.

    Blanks are kept as they are, since their number still says where columns stand.
    """
    text = _PICTOGRAPHS.sub("", _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text)))
    for _ in range(3):  # one repair can reveal another; three rounds settled every sample of the fuzz test
        repaired = text  # mojibake first: the second half of a broken "í" is a soft hyphen
        if _MOJIBAKE_SUSPECT.search(text):
            repaired = fix_text(text, _FTFY)
        repaired = _drop_invisible(repaired)
        repaired = unicodedata.normalize("NFC", repaired)
        if repaired == text:
            break
        text = repaired
    return text


def _drop_invisible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return text.translate({ord(char): _visible(char) for char in set(text)})


def _visible(char: str) -> str | None:
    """Return what stands for the character: itself, a bullet for a symbol-font bullet, None where nothing is seen."""
    code = ord(char)
    if char in "\t\n":
        return char
    if code in _PRIVATE_BULLETS:
        return _PRIVATE_BULLETS[code]
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") or char in "\ufe0e\ufe0f":
        return None
    return char


def clean_line(line: str) -> str:
    """Return the line with single blanks, and a TAB where it had a column gap; no blanks at the ends."""
    stripped = line.strip()
    if not _ANY_BLANK.search(stripped) and "\t" not in stripped:
        return stripped
    starts_with_digit = stripped[:1].isdigit()

    def squeeze(match: re.Match[str]) -> str:
        gap = match.group()
        if "\t" in gap:
            return CELL_SEPARATOR
        no_break = len(gap) - gap.count(" ")
        if starts_with_digit and "\u3000" in gap:  # 14:00　開会挨拶
            return CELL_SEPARATOR
        wide = len(gap) >= _MIN_BLANKS or no_break >= _MIN_NO_BREAK_BLANKS
        # "end of a sentence.   Next one" is typing habit, "9:30 a.m.   Welcome" is a column
        after_sentence = stripped[match.start() - 1] in ".!?" and len(gap) < 5 and not starts_with_digit
        return CELL_SEPARATOR if wide and not after_sentence else " "

    return _ANY_BLANK.sub(" ", _WIDE.sub(squeeze, stripped))


def clean_inline(text: str) -> str:
    """Return markup text (HTML, office) as one line: every run of blanks, breaks and tabs is one blank."""
    return " ".join(clean_characters(_BREAKING_BLANKS.sub(" ", text)).replace("\t", " ").split())


def clean_markup(text: str, *, tabs: bool = False) -> str:
    """Return markup text as one line in which a run of no-break blanks, and with `tabs` a tab, is a column gap."""
    text = clean_characters(text)
    if not tabs:
        text = text.replace("\t", " ")
    squeezed = _BREAKING_BLANKS.sub(lambda match: CELL_SEPARATOR if "\t" in match.group() else " ", text)
    return _ANY_BLANK.sub(" ", _NO_BREAK_GAP.sub(_markup_gap, squeezed.strip(f"{CELL_SEPARATOR} \u00a0\u3000")))


def _markup_gap(match: re.Match[str]) -> str:
    gap = match.group()
    if CELL_SEPARATOR in gap:
        return CELL_SEPARATOR
    return CELL_SEPARATOR if len(gap) - gap.count(" ") >= _MIN_BLANKS else " "


# --- words -----------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GLUED = re.compile(r"(?<![\w@#/.\-])([^\W\d_]{3,})(?![\w@/.\-])")
_STOPPED = re.compile(r"(?<![\w@/.\-])([^\W\d_]{3,})\.([^\W\d_]{2,})(?![\w@/.\-])")
_DOMAIN_ENDINGS = word_set("com org net gov eu int edu info biz mil uk de fr jp js ai io")
_OPENERS = word_set(
    "the a an in on at it its this that these those he she we they his her their our for to and but as with by from "
    "of when while after before during since there however please le la les un une il elle der die das ein eine er "
    "sie es wir el los las una ella lo gli het een de"
)


def count_words(text: str) -> Counter[str]:
    """Return how often each word (letters only, as written) occurs in the text; "l’accord" is also "accord"."""
    counts: Counter[str] = Counter()
    for token, count in Counter(text.split()).items():  # a token in ten is a new one: the regex is for those
        for word in _WORD.findall(token):
            counts[word] += count
            if len(inner := word[2:]) > 2 and word[1] in "'’":
                counts[inner] += count
    return counts


def split_glued_words(text: str, words: Counter[str]) -> str:
    """Set the blank that is missing in "InitiativeJapan" and "word.Next", where the document itself gives reason to.

    The right half must stand in the document as a word of its own; a glued form that recurs is taken for a name.
    """

    def split(match: re.Match[str]) -> str:
        token = match.group(1)
        cut = _single_case_change(token)
        if not cut or words[token] > 1 or token in read_lines("camel_case_names"):
            return match.group()
        left, right = token[:cut], token[cut:]
        known_left = len(left) >= 6 or left in words or left.lower() in words
        return f"{left} {right}" if known_left and len(right) >= 3 and right in words else match.group()

    def part(match: re.Match[str]) -> str:
        left, right = match.groups()
        if not (left[-1].islower() and right[0].isupper() and right[1:].islower()):
            return match.group()
        lower = right.lower()
        if lower in _DOMAIN_ENDINGS or not (lower in _OPENERS or lower in words or words[right] > 1):
            return match.group()
        return f"{left}. {right}"

    return _STOPPED.sub(part, _GLUED.sub(split, text))


def _single_case_change(token: str) -> int:
    """Return where a lower-case letter meets a capital, if that happens once and nothing else is capital; else 0."""
    if token.isupper() or token.islower() or token.istitle():
        return 0
    capitals = [i for i, letter in enumerate(token) if letter.isupper()]
    inner = [i for i in capitals if i > 0]
    if len(inner) != 1 or not token[inner[0] - 1].islower():
        return 0
    return inner[0]


# --- hyphens at line ends --------------------------------------------------------------------------------------------

_FREE_PREFIXES = word_set(
    "one two three four five six seven eight nine ten twelve twenty first second third half mid non self co ex vice "
    "well like long short high low full part cross multi counter dual post pre pro anti semi quasi so decision policy "
    "follow follow-up state by on off up all inter intra asia indo euro trans civil public private cost time risk "
    "fact peer face user world sea land air ground space cyber evidence human rules values community"
)


def join_hyphenated(left: str, right: str, words: Counter[str]) -> str:
    """Return two lines joined where the first ends in a hyphen: "one-⏎day" keeps it, "coop-⏎eration" loses it.

    It stays in addresses, behind a capital abbreviation or a single letter, and before a word with a hyphen of its
    own ("NATO-⏎led", "e-⏎mail", "state-⏎of-the-art").
    """
    stem = left[:-1]
    head = _last_word(stem)
    tail = _first_word(right)
    if not head or not tail or tail[0].isupper() or not tail[0].isalpha() or not stem[-1:].isalnum():
        return left + right
    if len(head) == 1 or head.isupper() or right[len(tail) : len(tail) + 1] == "-" or _IN_ADDRESS.search(left):
        return left + right
    if "@" in right.partition(" ")[0]:
        return left + right
    if head + tail in words:
        return stem + right
    if head.lower() in _FREE_PREFIXES or (words[head] > 1 and words[tail] > 1):
        return left + right
    return stem + right


_IN_ADDRESS = re.compile(r"(?:[/@]|www\.|\w\.\w)\S{0,200}$")
_ADDRESS_START = re.compile(r"(?:https?://|www\.)[^\s/]{4,100}/\S{0,300}$")
_ADDRESS_REST = re.compile(r"[^\s]{0,100}?(?:[/_=&%?~]|\.\w{2,})")


def goes_on_as_address(left: str, right: str) -> bool:
    """Return whether a line break cut a web address: its path ends the first line, more of one begins the second."""
    last, first = left[left.rfind(" ") + 1 :], right.partition(" ")[0]
    if not _ADDRESS_START.match(last) or last[-1] in ".,;:)>]”\"'" or first.startswith(("http", "www.", "(", "<")):
        return False
    return _ADDRESS_REST.match(first) is not None and not first[0].isupper()


def _last_word(text: str) -> str:
    match = re.search(r"[^\W\d_]+$", text[-40:])
    return match.group() if match else ""


def _first_word(text: str) -> str:
    match = re.match(r"\w+", text[:60])
    return match.group() if match else ""
