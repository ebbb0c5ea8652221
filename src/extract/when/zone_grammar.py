"""Printed zones behind clock times: "CEST (UTC+2)", "+09:00", "Eastern Daylight Time", "Brussels time"."""

from __future__ import annotations

from extract.when.phrases import Zone
from extract.when.tokens import JOINED, LINE, PARAGRAPH, Tokens
from extract.when.zones import abbreviations, named_zones, spoken_zones, time_words


class ZoneGrammar:
    """Reads zones of one tokenised text."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def read(self, index: int) -> tuple[Zone, int] | None:
        """Read "CEST (UTC+2)", "(GMT)", "UTC+01:00", "+02:00", "Eastern Time", "Brussels time", "local time"."""
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH or not token.text:
            return None
        if token.text in (",", "|") and token.gap <= 1:
            found = self.read(index + 1) if self.tokens.at(index + 1).text not in (",", "|", "(", "/") else None
            return found if found and (found[0].abbreviation or found[0].name) else None
        if token.text in ("(", "[", "（"):
            inside = self.read(index + 1) if self.tokens.at(index + 1).text not in ("(", "[") else None
            if inside and self.tokens.at(inside[1]).text in (")", "]", "）"):
                return inside[0], inside[1] + 1
            return inside if inside and inside[0].abbreviation else None  # "(BST (London))", "(CET, Brussels)"
        if "".join(self.tokens.at(index + step).text for step in range(4)) == "日本時間":
            return Zone(name="Japan"), index + 4
        found = (
            self._abbreviation_at(index) or self._offset_at(index) or self._named_at(index) or self._spoken_at(index)
        )
        if found is None or (token.gap >= LINE and self.tokens.at(found[1]).text in (":", "–", "-")):
            return None  # "CEST: 11:00" on the next line opens that one
        zone, end = found
        if self.tokens.at(end).text in ("(", "/", "|") and self.tokens.at(end).gap <= 1:
            more = (
                self._abbreviation_at(end + 1) or self._offset_at(end + 1) if self.tokens.at(end).text == "(" else None
            )
            if more and self.tokens.at(more[1]).text == ")":
                zone = Zone(zone.abbreviation or more[0].abbreviation, more[0].offset or zone.offset, zone.name)
                end = more[1] + 1
        return zone, end

    def _abbreviation_at(self, index: int) -> tuple[Zone, int] | None:
        token = self.tokens.at(index)
        if not token.text.isupper() or token.text not in abbreviations():
            return None
        if len(token.text) == 1 and token.gap != JOINED:
            return None
        if token.text in ("UTC", "GMT"):
            offset = self._offset_at(index + 1)
            if offset:
                return Zone(None, offset[0].offset), offset[1]
        after = self.tokens.at(index + 1)
        end = index + 2 if after.low == "time" else index + 1
        return Zone(token.text), end

    def _offset_at(self, index: int) -> tuple[Zone, int] | None:
        """Read "+2", "+02:00", "-0500" (only behind a clock time or UTC, so no other number is meant)."""
        if self.tokens.at(index).text in ("UTC", "GMT"):
            found = self._offset_at(index + 1)
            return found if found else (Zone(self.tokens.at(index).text), index + 1)
        sign, hours = self.tokens.at(index), self.tokens.at(index + 1)
        if sign.text not in ("+", "-", "−", "–") or hours.gap != JOINED or hours.number < 0 or sign.gap > 1:
            return None
        after_zone = self.tokens.at(index - 1).text in ("UTC", "GMT")
        minutes, end = self.tokens.at(index + 3), index + 2
        direction = 1 if sign.text == "+" else -1
        if self.tokens.at(index + 2).text == ":" and minutes.gap == JOINED and len(minutes.text) == 2:
            colons = self.tokens.at(index - 2).text + self.tokens.at(index - 4).text
            has_seconds = colons == "::" and self.tokens.at(index - 4).gap == self.tokens.at(index - 3).gap == JOINED
            if not after_zone and (sign.gap != JOINED or len(hours.text) != 2 or not (has_seconds or direction > 0)):
                return None
            return Zone(None, direction * (hours.number * 60 + minutes.number)), index + 4
        if len(hours.text) == 4 and (after_zone or sign.text == "+"):
            return Zone(None, direction * (hours.number // 100 * 60 + hours.number % 100)), end
        if after_zone and hours.number <= 14:
            return Zone(None, direction * hours.number * 60), end
        return None

    def of_all_times(self) -> Zone | None:
        """Return the zone in which a text says that it gives its times: "All times are in CEST", "Time zone: JST"."""
        for index, token in enumerate(self.tokens):
            if token.low not in time_words()["nouns"]:
                continue
            at = index + 1
            while self.tokens.at(at).low in time_words()["links"] and self.tokens.at(at).gap < LINE and at < index + 7:
                at += 1
            found = self.read(at) if self.tokens.at(at).gap < LINE else None
            if found and (found[0].abbreviation or found[0].name not in (None, "local")) and at > index + 1:
                return found[0]
        return None

    def _spoken_at(self, index: int) -> tuple[Zone, int] | None:
        """Read the words for a country's hours: "italiane", "hora peninsular"."""
        for words in spoken_zones().get(self.tokens.at(index).low, ()):
            if all(self.tokens.at(index + step).low == word for step, word in enumerate(words)):
                return Zone(name=" ".join(words)), index + len(words)
        return None

    def _named_at(self, index: int) -> tuple[Zone, int] | None:
        """Read a name that ends in "time" within five tokens: "Eastern Daylight Time", "Bogota, Colombia time"."""
        first = self.tokens.at(index)
        if first.low in ("heure", "hora", "ora") and self.tokens.at(index + 1).low in ("de", "di", "d"):
            name = self.tokens.at(index + 2 + (self.tokens.at(index + 2).text in ("'", "’")))
            at = index + 3 + (self.tokens.at(index + 2).text in ("'", "’"))
            return (Zone(name=name.text), at) if name.text[:1].isupper() else None
        is_name = first.text[:1].isupper() or first.low == "local" or first.low in named_zones()
        if not is_name or first.low == "time" or not first.text.isalpha():
            return None
        for step in range(1, 6):
            token = self.tokens.at(index + step)
            if token.gap >= LINE + 1 or not (token.text.isalpha() or token.text in (",", ".", "-")):
                return None
            if token.low == "time" or (token.low == "zeit" and step == 1):
                parts = [self.tokens.at(index + k) for k in range(step)]
                words = " ".join(part.text for part in parts if part.text.isalpha())
                place = words.split(" ")[0] if any(part.text == "," for part in parts) else words
                if first.low == "local":
                    return (Zone(name="local"), index + step + 1) if step == 1 else None
                return Zone(name=place), index + step + 1
            if not token.text[0].isupper() and token.text not in (",", ".", "-") and first.low not in named_zones():
                return None
        return None
