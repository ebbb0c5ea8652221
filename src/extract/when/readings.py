"""What an expression means: the values that resolving fills in step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from extract.records import DateMethod, DatePrecision, DateRole, When
from extract.when.phrases import ClockPhrase, DatePhrase, Zone


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document before its dates are read.

    `published` is the day of writing, to which "yesterday" and missing years refer; `day_first` tells how the
    publisher writes 09/10/2019 (None: not known; the document's own clear dates come first); `event_dates` are days
    that the publisher declared for the event.
    """

    language: str | None = None
    published: date | None = None
    day_first: bool | None = None
    event_dates: tuple[date, ...] = ()
    doc_type: str = "other"


@dataclass(slots=True)
class Reading:
    """One expression of the text: where it stands, how it is written, and what it means so far."""

    start: int
    end: int
    phrase: DatePhrase | None = None
    clock: ClockPhrase | None = None
    first: date | None = None
    last: date | None = None
    precision: DatePrecision | None = None
    method: DateMethod = "explicit"
    role: DateRole = "other"
    score: float = 1.0
    is_ambiguous: bool = False
    is_house_order: bool = False
    """Day and month stand in the order of its publisher's habit, not one that the document shows."""
    start_minutes: int | None = None
    end_minutes: int | None = None
    end_days_later: int = 0
    zone: Zone | None = None
    tz_iana: str | None = None
    offset: int | None = None
    alternative_of: Reading | None = None
    """The reading that states the same instant in another zone."""
    city: str | None = None
    line: tuple[int, int] = (0, 0)
    """The line of the text that holds it (code points)."""
    paragraph: int = 0
    """Number of the paragraph (text between empty lines) that holds it."""
    is_attribute: bool = False
    """Tells another thing apart ("the 25 March declaration", "following the … summit"), not when this happens."""
    is_told: bool = False
    """A sentence says that something took or takes place then."""
    is_alone: bool = False
    """The only words of its line but for a few small ones."""
    is_header: bool = False
    """Stands alone on its line, or behind a label such as "Date:"."""
    opens_line: bool = False
    """Comes first on its line but for bullets and table bars, or right behind such a time."""
    opens_sentence: bool = False
    """Comes first in its sentence but for a small word ("On 5 May")."""
    label: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def has_day(self) -> bool:
        return self.precision in ("day", "minute") and self.first is not None

    def when(self) -> When:
        """Return the value as a record."""
        start = self._at(self.first, self.start_minutes)
        is_timed = start is not None
        end_day = self.last if self.last else self.first
        end = self._at(end_day, self.end_minutes, self.end_days_later)
        return When(
            start_date=self.first,
            end_date=(end.date() if end and self.end_minutes else end_day),
            start_local=start,
            end_local=end,
            tz_iana=self.tz_iana if is_timed else None,
            utc_offset_minutes=self.offset if is_timed else None,
            precision="minute" if is_timed else self.precision if self.first else None,
            method=self.method,
        )

    def _at(self, day: date | None, minutes: int | None, days_later: int = 0) -> datetime | None:
        if day is None or minutes is None:
            return None
        try:
            ordinal = day.toordinal() + days_later + minutes // 1440
            return datetime.combine(date.fromordinal(ordinal), datetime.min.time()).replace(
                hour=minutes % 1440 // 60, minute=minutes % 60
            )
        except (ValueError, OverflowError):
            return None
