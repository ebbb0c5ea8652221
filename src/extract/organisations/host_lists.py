"""The organisations on one side of a host phrase: a list and what may stand inside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, pairwise

from extract.records import Mention
from extract.vocabularies import words_of

_LINKS = (
    r"and\s+by(?:\s+the)?|and\s+the|as\s+well\s+as(?:\s+by)?(?:\s+the)?|together\s+with|along\s+with|alongside|and|et|"
    r"ainsi\s+que|und|sowie|y|así\s+como|e|nonché|en|och|og|samt|oraz|the|la|le|les|der|die|das|by|par|its|with"
)
_ARTICLE = r"the|both|our|its|le|la|les|il|lo|der|die|das|des|dem|den|vom|el|los|las|het|de|du|dal|dalla|dai|del|della"
_ELISION = r"(?:[ld]|ll|dell|all|dall)?['’]?"
_CITY = (
    r"(?:(?:,|\s+in|\s+from)\s+(?:the\s+)?(?-i:[A-Z])[\w-]+(?:\s(?-i:[A-Z])[\w-]+)?"
    r"(?=,|\s+(?:and|et|und|y|e|will|is|are|were|have|has|organi[sz]e[sd]?|hosts?|hosted|invites?|holds?|held|convened?|jointly|cordially|kindly)\s|\s+\())?"
)
_OWNER = r"(?:(?-i:[A-Z])[\w-]+['’]s?\s+)?"
_KIND = r"(?:(?:[a-zà-ÿłśżźćń]+\s+)?(?:think[- ]?tank|thinktank|denktank|Denkfabrik)\s+)?"
"""What kind of body follows: "oraz rumuński think-tank X"."""
_PART = r"(?:['’]s?\s+(?:(?:(?-i:[A-Z])[\w-]+|and|of|for|&)\s+){0,5}(?-i:[A-Z])[\w-]+)?"
"""What of a body takes part: "the Lake Endowment’s Open Seas Grant and …"."""
_ITS_PARTNERS = r"(?:\s+and\s+(?:its|their)\s+(?:\w+\s+)?partners?(?:\s+(?:at|from))?)?"
_LIST_GAP = re.compile(
    rf"^{_PART}{_CITY}{_ITS_PARTNERS}[\s,、;/|&•·()\[\]\"“”‘’*_–-]*(?:{_LINKS})?[\s,;/|&*_]*(?:{_ARTICLE})?\s*{_KIND}{_OWNER}{_ELISION}$",
    re.IGNORECASE,
)
_ASIDE_GAP = re.compile(
    rf"^(?:\s+(?-i:[a-zà-ÿ]+)){{1,3}}\s*,?\s+(?:and|et|und|y|e)\s+(?:{_ARTICLE})?\s*{_ELISION}$", re.IGNORECASE
)
_FIRST_GAP = re.compile(rf"[\s:：、,*_\"“‘•–-]*(?:(?:{_ARTICLE})\b\s*)?[\w ]{{0,25}}{_ELISION}", re.IGNORECASE)
_BEYOND_FIRST = re.compile(
    r"[\s,:*_\"“‘•–-]*(?:the|die|les|gli|le|las|los)?\s*[^\W\d_]+(?:\s+[^\W\d_]+){0,3}\s*,", re.IGNORECASE
)
MAX_GAP = 80
"""How much may stand between two organisations of a list (characters)."""
MAX_LIST_CHARS = 600
"""How far from a host phrase its list may go on (characters)."""
MAX_LEAD = 60
"""Characters before a subject that may say whose part or partner it is."""
MAX_ADVERB, MIN_ASIDE, MAX_ASIDE = 15, 31, 160
"""Characters between a bracket and its verb; of a bracket that is more than a short form."""
_POSSESSIVE = re.compile(r"['’]s?\s+")
_LINE_BREAK = re.compile(r"[\s,;)]*(?:\([^()\n]{1,30}\))?[\s,;*•·–-]*\n[\s*•·–-]*(?:(?:The|the)\s+)?")
_WORD_OF_A_LINE = re.compile(r"(?!\b(?:and|the)\b)\b[^\W\d_]{3}")
_SHORT_FORM = re.compile(r"\([^()\n]{1,30}\)")
_GAP_TO_VERB = re.compile(
    rf"^[\s*_\"”’)]*(?:{_CITY}|\s+in\s+[A-Z][\w-]+\s*$)[\s,*_\"”’)]*(?:\([^()\n]{{1,30}}\)[\s,]*)?"
    r"(?:(?:['’]s?)?\s+(?:(?:[A-Z][\w-]+|and|of|for|on|the|&)\s+){0,6}"
    r"(?:Programme|Program|Centre|Center|Chair|Initiative|Project|Team|Group|Office|Series)(?:\s+|$))?"
    r"(?:,\s[a-z][^.;:,()\n]{3,80},\s|,?\s(?:which|that|who|qui|die|das|der|che|que|som|dat)\s)?"
    r"(?:(?:has|have|had|jointly|today|recently|then|together|will|is|are|was|were|wurde|wird|hat|haben|ha|"
    r"han|hanno|ont|a|in|on|this|last|the|year|going|due|set|about|to|once|again|now|both|all|each|would|like|"
    r"pleased|proud|delighted|happy|glad|plan|plans|intend|intends|want|wants|kindly|cordially|warmly|\d{1,2}(?:st|nd|rd|th)?|\d{4}|"
    r"[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October|November|December)[\s,]*){0,6}$"
)
_INSERTED = re.compile(
    r",\s+(?:[a-z]+ly\s+|also\s+)?(?:"
    r"(?:in|en)\s+(?:\w+\s+)?[\w-]+\s+(?:with|avec|con|mit|met)|(?:together|along|jointly)\s+with|through|via|by\s+way\s+of|"
    r"(?:with|avec|mit|con)\s+(?:the\s+)?(?:\w+\s+)?(?:support|help|backing|pour|le\s+soutien|Unterstützung|el\s+apoyo)|"
    r"(?:led|headed|supported|funded|represented|based|housed)\s+\w+|par\s+l['’]intermédiaire|à\s+travers|"
    r"por\s+medio|a\s+través|junto\s+con|conjuntamente\s+con|insieme\s+a[l]?|tramite|attraverso|gemeinsam\s+mit|"
    r"zusammen\s+mit|samen\s+met|durch|door|conjointement\s+avec)\s[^.;:!?\n]*,\s+(?:\w+ly\s+|also\s+)?$"
)
"""Between a subject and its verb: ", in partnership with Y and Z,", ", through its Lake Centre,"."""
_UNIT_AT = re.compile(
    r"(?:\s*\([^()\n]{1,30}\)|\))?\s+(?:[A-Z]\w+\s+){0,3}(?:Programme|Program|Initiative|Project|Team|Unit|Chair)\s+"
    r"(?:at|of|within|in)\s+(?:the\s+)?"
)
"""What a member's name goes on with that is only a unit of the body that follows."""
_UNIT_FIRST = re.compile(
    r"[\s:]*(?:(?:the|la|le|el|il|die|der|dem|den|das|l['’])\s*)?(?:Department|Faculty|School|Chair|Institute|Division|"
    r"Facultad|Faculté|Facoltà|Fakultät|Departamento|Dipartimento|Département|Lehrstuhl|Cátedra|Chaire|Cattedra|Institut)"
    r"\s(?:of|for|in|de|di|für|en)\s[^.;:()\n]{3,90}?\s(?:of|at|an|de|der|della|dell['’])\s*(?:(?:the|la|l['’]|der)\s*)?"
)
"""Before a first member only a unit of it: "by the Department of Sea Law of the Lake University"."""
_WITH_PARTNER = re.compile(
    r"^(?:\s*\([^()\n]{1,30}\)|\))?,?\s+(?:\w+\s+)?(?:(?:in|en)\s+[\w-]+\s+(?:with|avec|con)|in\s+\w+\s+mit|together\s+with|"
    r"jointly\s+with|along\s+with|(?:has\s+)?(?:teamed\s+up|partnered|cooperated|joined\s+forces|worked)\s+(?:\w+\s+)?with|"
    r"gemeinsam\s+mit|zusammen\s+mit|junto\s+con|insieme\s+a[l]?|samen\s+met)\s+"
    rf"(?:{_ARTICLE}|der|dem)?\s*{_ELISION}$",
    re.IGNORECASE,
)
_TOGETHER = (
    r"(?:^|[.!?:\n]\s*)(?:[*_•-]\s*)?(?:(?:Together|Jointly|Along|In\s+[\w-]+)\s+with|With|Gemeinsam\s+mit|Zusammen\s+mit|"
    r"Avec|Junto\s+con|Insieme\s+(?:a|con)|Samen\s+met)\s+"
)
_WITH_AT_START = re.compile(_TOGETHER + r"(?=[^.!?\n]*$)")
_WITH = re.compile(rf"{_TOGETHER}(?:(?:{_ARTICLE})\s+)?$")
_BEFORE_SUBJECT = re.compile(rf"\W*(?:as\s+(?:\w+\s+)?\w+)?\s*,\s+(?:(?:{_ARTICLE})\s+)?{_ELISION}", re.IGNORECASE)
_IS_UNIT = re.compile(r"\b(?:Program(?:me)?|Project|Team|Unit|Chair|Department|Faculty|Desk|Section|Initiative)$")
_APPOSED = re.compile(
    r"^\)?(?:,?\s+(?:at|of|in|within)\s+(?:the\s+)?|\s+(?:de\s+l[’']|de\s+la\s+|du\s+|de\s+|del(?:la)?\s+|dell[’']|"
    r"der\s+|des\s+|an\s+der\s+|van\s+(?:de|het)\s+|vid\s+))$"
)
_OF_A_PERSON = re.compile(
    r"\b(?<!board )(?<!council )(?:from|of|at|for|by|with|(?:attend|visit|join)(?:ing|s|ed)?)\s+"
    r"(?:the\s+)?(?:\d+(?:st|nd|rd|th)\s+)?$",
    re.IGNORECASE,
)
_OF_ITS_PART = re.compile(
    r"\b(?:Programm?e?|Cent(?:er|re)|Institute|School|Department|Division|Office|Project|Team|Bureau|Section|Branch)"
    r"\s+(?:of|at)\s+(?:the\s+)?$"
)
_COMMITTEES = frozenset(words_of("organisation_grammar", "hosts", "committees"))
_PARTS = frozenset(words_of("organisation_grammar", "hosts", "parts"))
_GOVERNMENT = re.compile(r"(?:U\.?S\.? )?(?:Department|Ministry) of")
_COMMON = frozenset(words_of("organisation_grammar", "hosts", "common"))


def list_after(text: str, mentions: Sequence[Mention], position: int, *, over_lines: bool = False) -> list[Mention]:
    """Return the organisations that follow, as long as nothing but list words stands between them.

    `mentions` are in text order; only those near `position` are looked at.  `over_lines` lets the list go on over lines
    that hold nothing but organisations.
    """
    members: list[Mention] = []
    at = position
    for mention in islice(mentions, bisect_left(mentions, position, key=_start), None):
        if mention.start_char - position > MAX_LIST_CHARS:
            break
        if mention.start_char < at:
            continue
        if members and text[at : mention.start_char].strip() == "(" and text.startswith(")", mention.end_char):
            at = mention.end_char
            continue  # the member's own short form, or its owner's: "Delegation of the European Union (EU)"
        gap = text[at : mention.start_char]
        if members and _POSSESSIVE.fullmatch(gap) and _COMMITTEES.isdisjoint(mention.text.casefold().split()):
            members.pop()  # "Lake University’s Harbour Centre": whose it is
            gap = ""
        if members and over_lines and _LINE_BREAK.fullmatch(gap):
            if not _fills_its_line(text, mentions, mention):
                break
        elif members and _UNIT_AT.fullmatch(gap):
            members = _without_unit(text, members)
        elif (members or gap.strip()) and not _leads_on(gap, is_first=not members):
            break
        members.append(mention)
        at = mention.end_char
    if (
        len(members) == 2
        and _GOVERNMENT.match(members[1].text)
        and text[members[0].end_char : members[1].start_char] == ", "
    ):
        members.pop()  # "X, Department of Commerce"
    return _without_employers(text, members)


def _without_unit(text: str, members: Sequence[Mention]) -> list[Mention]:
    """Leave out the last member with those those "and" joins to it: "by the Relief and Rescue Programme at the X"."""
    last = len(members) - 1
    while last and text[members[last - 1].end_char : members[last].start_char] in (" and ", " & "):
        last -= 1
    return list(members[:last])


def _fills_its_line(text: str, mentions: Sequence[Mention], mention: Mention) -> bool:
    """Tell whether nothing but organisations stands on the line that a mention begins."""
    end = text.find("\n", mention.end_char)
    end = end if end >= 0 else len(text)
    line = text[mention.start_char : end]
    for other in islice(mentions, bisect_left(mentions, mention.start_char, key=_start), None):
        if other.end_char > end:
            break
        line = line.replace(other.text, " ", 1)
    return _WORD_OF_A_LINE.search(_SHORT_FORM.sub(" ", line)) is None


def list_before(text: str, mentions: Sequence[Mention], position: int) -> list[Mention]:
    """Return the organisations that are the subject of a verb at `position`: the one before it and its list."""
    inserted = before_insertion(text, position)
    if inserted < position and (subject := _list_to(text, mentions, inserted)):
        return subject
    return _list_to(text, mentions, _before_bracket(text, position)) or _list_to(text, mentions, position)


def before_insertion(text: str, position: int) -> int:
    """Return where the comma stands that opens an aside before a verb ("X, in partnership with Y, will host")."""
    start = max(position - MAX_LIST_CHARS, text.rfind("\n\n", 0, position), 0)
    if not text[start:position].rstrip().endswith(",") and "," not in text[max(position - MAX_ADVERB, 0) : position]:
        return position
    found = _INSERTED.search(text, start, position)
    return found.start() if found else position


def _list_to(text: str, mentions: Sequence[Mention], position: int) -> list[Mention]:
    members: list[Mention] = []
    at = position
    for index in range(bisect_left(mentions, at, key=_start) - 1, -1, -1):
        mention = mentions[index]
        if position - mention.start_char > MAX_LIST_CHARS + MAX_GAP:
            break
        if mention.end_char > at:
            continue
        gap = text[mention.end_char : at]
        if members and _POSSESSIVE.fullmatch(gap):
            at = mention.start_char  # "Lake University’s Harbour Centre": whose it is
            continue
        if members and _WITH_PARTNER.match(gap):
            members.clear()  # "X, in cooperation with Y, hosted": Y is a partner
        elif not (_leads_to_verb(gap) if not members else _joins(gap, is_first=False) or _APPOSED.match(gap)):
            break
        members.append(mention)
        at = mention.start_char
    members.reverse()
    lead = text[max(at - MAX_LEAD, 0) : at]
    if members and _WITH.search(lead):
        return members[_after_partners(text, members) :]
    if members and _OF_A_PERSON.search(lead) and not _OF_ITS_PART.search(lead):
        return [] if not text.startswith(("as ", "co-"), position) else _without_employers(text, members)
    return _without_employers(text, members)


def partners_before(text: str, mentions: Sequence[Mention], subject: int) -> list[Mention]:
    """Return the partners named before a subject at `subject`: "Together with X and Y, the Z will hold …"."""
    lead = text[max(subject - MAX_LIST_CHARS, 0) : subject]
    opening = next(iter(_WITH_AT_START.finditer(lead)), None)
    if opening is None:
        return []
    partners = [m for m in list_after(text, mentions, subject - len(lead) + opening.end()) if m.end_char <= subject]
    rest = _SHORT_FORM.sub("", text[partners[-1].end_char : subject]) if partners else ""
    return partners if _BEFORE_SUBJECT.fullmatch(rest) else []


def _after_partners(text: str, members: Sequence[Mention]) -> int:
    """Return where the subject begins in "together with X and Y, Z": after the last comma that no list goes on over."""
    gaps = [_SHORT_FORM.sub("", text[a.end_char : b.start_char]) for a, b in pairwise(members)]
    return next((i + 1 for i in reversed(range(len(gaps))) if _BEFORE_SUBJECT.fullmatch(gaps[i])), len(members))


def _start(mention: Mention) -> int:
    return mention.start_char


def _before_bracket(text: str, position: int) -> int:
    """Return where a bracket opens that closes just before a verb: "X (of Y University) cordially invites"."""
    close = text.rfind(")", max(position - MAX_ADVERB, 0), position)
    start = text.rfind("(", max(close - MAX_ASIDE, 0), close) if close >= 0 else -1
    return start if start >= 0 and close - start > MIN_ASIDE and "\n\n" not in text[start:position] else position


def _leads_to_verb(gap: str) -> bool:
    return len(gap) <= MAX_GAP and bool(_GAP_TO_VERB.match(gap))


def _joins(gap: str, *, is_first: bool) -> bool:
    gap = _SHORT_FORM.sub(" ", gap)
    if len(gap) > MAX_GAP:
        return False
    if is_first:
        return "." not in gap and bool(_FIRST_GAP.fullmatch(gap) or _is_after_unnamed(gap))
    return "\n\n" not in gap and bool(_LIST_GAP.match(gap) or _ASIDE_GAP.match(gap))


def _leads_on(gap: str, *, is_first: bool) -> bool:
    """Tell whether a list goes on over a gap, or a member is only a part of the body behind it ("X of the Y")."""
    is_part = _UNIT_FIRST.fullmatch(gap) if is_first else _APPOSED.match(_SHORT_FORM.sub("", gap))
    return is_part is not None or _joins(gap, is_first=is_first)


def _is_after_unnamed(gap: str) -> bool:
    """Tell whether a first member without a name stands in the gap: "by the ministries of both countries, the X"."""
    unnamed = _BEYOND_FIRST.match(gap)
    return unnamed is not None and bool(_LIST_GAP.match(gap[unnamed.end() :]))


def _without_employers(text: str, members: Sequence[Mention]) -> list[Mention]:
    """Leave out a body that only says whose part the one before it is: "Office of X at the Department of Y"."""
    kept = list(members[:1])
    employers: set[str | None] = set()  # and units, which are left out where their body stands behind them
    for before, mention in pairwise(members):
        between = text[before.end_char : mention.start_char]
        gap = _SHORT_FORM.sub("", between)
        are_peers = gap != between and _SHORT_FORM.match(text, mention.end_char + 1) is not None  # "X (XY), Z (ZW)"
        is_listed = gap.strip() == "," and "\n" not in gap and not are_peers
        if _APPOSED.match(gap) and _IS_UNIT.search(before.text):
            employers.add(before.entity_key)
            kept.append(mention)
        elif _APPOSED.match(gap) or (is_listed and _is_part(before.text, mention.text)):
            employers.add(mention.entity_key)
        else:
            kept.append(mention)
    return [mention for mention in kept if mention.entity_key not in employers]


def _is_part(part: str, whole: str) -> bool:
    """Tell "School of Law, Lake University" and "Lake School of Law, Lake University" from two bodies of a list."""
    words, others = part.casefold().split(), whole.casefold().split()
    if words[0] in _PARTS or words[0] == "department":
        return others[0] not in _PARTS
    is_part = not _PARTS.isdisjoint(words) and _PARTS.isdisjoint(others)
    return is_part and not (set(words) & set(others)).isdisjoint(set(others) - _COMMON)
