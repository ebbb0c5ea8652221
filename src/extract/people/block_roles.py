"""The role of each person in a block: words around the name, people joined to it, heading and programme item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.people.before import Before
from extract.people.credibility import is_in_quotes, starts_item
from extract.people.lexicon import past_words, small_words
from extract.people.names import Name
from extract.people.phrases import AND, ARTICLES, classify
from extract.people.role_nouns import noun_after, noun_before
from extract.people.roles import (
    BY,
    DEFAULT,
    LABEL,
    PRESENTED,
    SESSION,
    WEAK_VERB,
    RoleHint,
    label_at,
    passive_before,
    role_phrases,
    session_role,
    trigger_after,
    trigger_before,
)
from extract.people.segments import Affiliation, Span
from extract.people.shown import Context
from extract.people.tokens import Token, index_at
from extract.records import Role


@dataclass(frozen=True, slots=True)
class Part:
    name: Name
    before: Before | None
    after: Affiliation
    native: Span | None = None

    @property
    def start(self) -> int:
        return min(self.before.start, self.name.lead) if self.before else self.name.lead


def roles_of(tokens: Sequence[Token], parts: list[Part], context: Context) -> list[RoleHint | None]:
    roles: list[RoleHint | None] = []
    running: RoleHint | None = None
    closed = False
    for index, part in enumerate(parts):
        start = parts[index - 1].after.end if index else 0
        between = tokens[start : part.start]
        hint = _said_before(tokens, start, part.start, context)
        if hint and hint.role == "author" and hint.score < LABEL and not (context.is_top or _opens(tokens, hint)):
            hint = None
        if hint is None and index and _goes_on(between, closed=closed) and not _is_for_one(tokens, running, between):
            hint = running
        closed = index > 0 and _only_connects(between) and _has_and(between)
        running = hint
        roles.append(hint)
    for index in range(len(parts) - 1, -1, -1):
        if roles[index] is None or roles[index].score < SESSION:  # type: ignore[union-attr]
            end = parts[index + 1].start if index + 1 < len(parts) else len(tokens)
            hint = _said_after(tokens, parts[index].after.end, end, context)
            roles[index] = roles[index] or hint
            _carry_back(tokens, parts, roles, index, hint)
        elif roles[index].role == "speaker" and roles[index].score < LABEL:  # type: ignore[union-attr]
            end = parts[index + 1].start if index + 1 < len(parts) else len(tokens)
            hint = trigger_after(tokens, parts[index].after.end, end, is_event=context.is_event)
            behind = tokens[parts[index].after.end : parts[index].after.end + 2]
            leads = _LEADING | (_FRAMING if any(token.lower in _RELATIVE for token in behind) else frozenset())
            roles[index] = hint if hint and hint.role in leads else roles[index]
    return [_in_context(tokens, part, role, context) for part, role in zip(parts, roles, strict=True)]


def _is_for_one(tokens: Sequence[Token], running: RoleHint | None, between: Sequence[Token]) -> bool:
    """Whether "chaired by Jo Doe, …" ends at the comma: whoever follows without an "and" does something else."""
    if running is None or running.span is None or running.role not in _LEADING or _has_and(between):
        return False
    last = index_at(tokens, running.span[1]) - 1
    is_noun = tokens[last].is_capital and not tokens[last].lower.endswith(("s", "en")) and last + 1 < len(tokens)
    return tokens[last].lower in BY or (is_noun and tokens[last + 1].is_capital)


_FRAMING: frozenset[Role] = frozenset({"opening", "closing"})
_RELATIVE = frozenset({"who", "que", "quien", "qui", "che", "der", "die"})
_LEADING: frozenset[Role] = frozenset({"moderator", "chair", "keynote"})
"""Roles that a verb gives one of the speakers ("guests were A, who also moderated, and B")."""


def _carry_back(
    tokens: Sequence[Token], parts: list[Part], roles: list[RoleHint | None], index: int, hint: RoleHint | None
) -> None:
    """Give the subjects joined before a verb its role; an "and" inside the row ends it ("A and B, C and D spoke")."""
    seen_and = False
    while hint and index > 0 and roles[index - 1] is None:
        between = tokens[parts[index - 1].after.end : parts[index].start]
        if not _only_connects(between) or (seen_and and _has_and(between) and _and_within(tokens, parts, index - 1)):
            return
        if seen_and and not _has_and(between) and index > 1 and _and_within(tokens, parts, index - 1):
            return
        seen_and = seen_and or _has_and(between)
        index -= 1
        roles[index] = hint


def _and_within(tokens: Sequence[Token], parts: list[Part], index: int) -> bool:
    """Whether the part before this one is joined to it by "and": an enumeration that is complete."""
    return index > 0 and _has_and(tokens[parts[index - 1].after.end : parts[index].start])


def _has_and(between: Sequence[Token]) -> bool:
    return any(token.lower in AND for token in between)


def _goes_on(between: Sequence[Token], *, closed: bool) -> bool:
    """Whether an enumeration goes on to the next name: by commas, or by semicolons over whatever is said of each."""
    if _only_connects(between) and not (closed and not _has_and(between)):
        return True
    ends = any(token.text in ".!?:" and token.kind == "sign" for token in between)
    return not ends and len(between) <= 40 and any(token.text == ";" for token in between)


def _said_before(tokens: Sequence[Token], start: int, end: int, context: Context) -> RoleHint | None:
    """Return the role said left of a name: a label or a verb, a noun of its own, a meeting further off."""
    said = _role_before(tokens, start, end)
    if said is None or (said.role == "speaker" and said.score < LABEL):
        noun = noun_before(tokens, start, end)
        if noun and (said is None or noun.role != "speaker") and (context.is_event or noun.role != "speaker"):
            return noun
    return said or _role_around(tokens, start, end, context)


def _said_after(tokens: Sequence[Token], start: int, end: int, context: Context) -> RoleHint | None:
    """Return the role said right of a name: by a verb of its own, or by a light verb and a noun."""
    said = trigger_after(tokens, start, end, is_event=context.is_event)
    if said is None or said.role == "speaker":
        noun = noun_after(tokens, start, end)
        if noun and (noun.role != "speaker" or (said is None and context.is_event)):
            return noun
    return said


def _opens(tokens: Sequence[Token], hint: RoleHint) -> bool:
    """Whether the words that say a role begin a sentence or a bracket ("Report written by …")."""
    index = index_at(tokens, hint.span[0]) if hint.span else 0
    while index and tokens[index - 1].lower in {"report", "summary", "this", "the", "was", "text", *ARTICLES}:
        index -= 1
    return index == 0 or tokens[index - 1].text in "(.|[" or tokens[index].gap in ("\t", "\n")


def _role_around(tokens: Sequence[Token], start: int, end: int, context: Context) -> RoleHint | None:
    """Return the role said further to the left: "a briefing on X by …", in a report "held talks in Y with …"."""
    while end > start and tokens[end - 1].lower in ARTICLES:
        end -= 1
    if end <= start:
        return None
    last = tokens[end - 1]
    if last.lower in BY or last.lower == "from":
        words = small_words("talks")
        contribution = _nearest(tokens, start, end - 1, words)
        if contribution is not None:
            before = session_role(tokens, max(contribution - 1, start), contribution + 1)
            role = before.role if before else "speaker"
            return RoleHint(role, (tokens[contribution].start, tokens[contribution].end), WEAK_VERB)
    if last.lower in _WITH and context.is_report:
        meeting = _nearest(tokens, start, end - 1, small_words("meetings"))
        if meeting is not None and not _is_another(tokens, start, meeting):
            return RoleHint("speaker", (tokens[meeting].start, tokens[meeting].end), WEAK_VERB)
    return None


def _is_another(tokens: Sequence[Token], start: int, meeting: int) -> bool:
    """Whether a meeting is spoken of that was before the one reported ("following the recent call between …")."""
    return any(token.lower in small_words("earlier") for token in tokens[max(start, meeting - 5) : meeting])


_WITH = frozenset({"with", "between", "mit", "zwischen", "avec", "entre", "con", "tra", "fra", "met", "tussen", "by"})


def _nearest(tokens: Sequence[Token], start: int, end: int, words: frozenset[str]) -> int | None:
    """Return the last of the words within 14 tokens before `end` in the same sentence."""
    for index in range(end - 1, max(start, end - 14) - 1, -1):
        if tokens[index].text in ".;!?" and tokens[index].kind == "sign":
            return None
        if tokens[index].lower in words:
            return index
    return None


def _role_before(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    for index in range(max(start, end - 8), end):
        if (
            index == 0
            or tokens[index - 1].text in "(.;|:–—-,?!"
            or tokens[index].gap in ("\t", "\n")
            or tokens[index - 1].kind == "number"
        ):
            found = label_at(tokens, index, end)
            if found and found[1] >= end and _is_label_end(tokens, index, found[1], end):
                return RoleHint(found[0], (tokens[index].start, tokens[found[1] - 1].end), LABEL)
    if hint := _label_of_row(tokens, start, end):
        return hint
    if end and tokens[end - 1].lower in BY and all(token.text in "–—-|" for token in tokens[: end - 1]):
        return RoleHint("author", (tokens[end - 1].start, tokens[end - 1].end), LABEL)
    return trigger_before(tokens, start, end) or passive_before(tokens, start, end)


_LONGEST_LABEL = 20
"""Tokens from a label to the colon of the row that it opens ("Speakers in the first week, from the left: …")."""


def _label_of_row(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    """Return the role of a label in the plural that opens the sentence whose colon stands right before a name."""
    if end - start < 3 or tokens[end - 1].text != ":":
        return None
    first = end - 1
    while first > max(start, end - _LONGEST_LABEL) and tokens[first - 1].text not in ".!?;:|":
        first -= 1
        if tokens[first].gap == "\n":
            break
    for index in range(first, min(first + 3, end - 1)):
        found = role_phrases("labels").match(tokens, index, end)
        if found and tokens[index].lower.endswith(("s", "en", "i")) and tokens[first].is_capital:
            return RoleHint(found[0], (tokens[index].start, tokens[index + found[1] - 1].end), LABEL)
    return None


def _is_label_end(tokens: Sequence[Token], index: int, last: int, end: int) -> bool:
    """Whether a label leads over to the name: by its colon, its "by", or as a capitalised noun ("Moderator Jo Doe")."""
    if tokens[last - 1].text in ":|–—-" or tokens[last - 1].lower in BY:
        return True
    return (tokens[index].is_capital and tokens[index].lower not in {"with", "avec", "mit", "con", "met"}) or index == 0


def _only_connects(between: Sequence[Token]) -> bool:
    return len(between) <= 5 and all(
        token.text in ",;:" or token.lower in AND | ARTICLES | _TOGETHER for token in between
    )


_TOGETHER = small_words("together")


def _in_context(tokens: Sequence[Token], part: Part, role: RoleHint | None, context: Context) -> RoleHint | None:
    if part.after.role:
        return RoleHint(part.after.role[0], part.after.role[1], LABEL)
    if role and role.score >= LABEL:
        return role
    if context.heading and context.heading.role == "mentioned":
        return context.heading
    starts = starts_item(tokens, replace(part.name, lead=part.start))
    is_item = starts and context.is_list and not is_in_quotes(tokens, part.name)
    if context.session and ((is_item and role is None) or (role and role.role in ("speaker", "host"))):
        return context.session
    if context.heading and context.heading.role in _OF_SECTIONS and role and role.role == "speaker":
        return context.heading
    if role:
        return role
    if context.heading and (is_item or part.start == 0) and not is_transcript(tokens, part.name):
        return context.heading
    if context.in_programme and is_item:
        return RoleHint("speaker", None, DEFAULT)
    if context.is_writer and starts:
        return RoleHint("author", None, DEFAULT)
    if context.is_signature and is_item:
        return RoleHint("contact", None, DEFAULT)
    if context.is_event and _takes_part(tokens, part, context):
        return RoleHint("speaker", None, PRESENTED)
    return None


_OF_SECTIONS = frozenset({"opening", "closing", "keynote"})
"""Parts that a heading gives to whoever speaks in the sentences below it ("Opening remarks")."""


def _takes_part(tokens: Sequence[Token], part: Part, context: Context) -> bool:
    """Whether a person presented in a document about an event can be taken for one of those who take part.

    Post or affiliation must stand beside the whole name (who is only titled, "President Doe", is mostly spoken of:
    of those in labelled pages 4 of 19 take part, with any other post before the name 18 of 23); those quoted from
    elsewhere ("…," says Jo Doe) and those of former days are not meant.
    """
    has_post_before = (
        part.before is not None
        and not part.name.title
        and len(part.name.words) > 1
        and tokens[part.before.start].lower not in past_words()
    )
    is_shown = part.after.post or part.after.organisation or has_post_before
    if part.after.is_past or context.is_roll or not is_shown:
        return False
    before = tokens[part.start - 1] if part.start else None
    return before is None or (before.lower not in _QUOTING and before.lower not in _BELONGING)


_QUOTING = small_words("quoting")
_BELONGING = frozenset({"of", "for", "than", "like", "under", "after", "since", "against", "as"})


def is_transcript(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a line is what someone said: "NAME: words and words"."""
    if name.lead or name.last >= len(tokens) or tokens[name.last].text != ":":
        return False
    end = next((i for i in range(name.last + 1, len(tokens)) if tokens[i].text in {",", ";", "."}), len(tokens))
    return classify(tokens[name.last + 1 : end]) not in ("post", "body")
