"""What of a list a person asks for: its page, its years and semesters, and its days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from massar_cli.school_calendar import SemesterEnd, school_year_of, semester_of

Half = Literal[1, 2]
ALL: Literal["all"] = "all"

Fits = Callable[[int], bool]
"""Tells whether a school year, by its first calendar year, or a semester is to be read."""


class Days(NamedTuple):
    """The days that a record is about; `last` is that of one that lasts longer than a day."""

    first: date | None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a list is asked for; None is whatever there is. Years are their first calendar years.

    `page` is a label or an address, for a menu with several pages that may be meant. `whole_year`
    asks for every semester of the year that the page shows, where nothing says which.
    """

    page: str | None = None
    year: int | Literal["all"] | None = None
    semester: Half | None = None
    since: date | None = None
    until: date | None = None
    whole_year: bool = False
    semester_end: SemesterEnd = field(default_factory=SemesterEnd)

    @property
    def has_days(self) -> bool:
        """Whether the first or the last day is given."""
        return self.since is not None or self.until is not None

    @property
    def has_period(self) -> bool:
        """Whether rows without a date cannot be told to be asked for."""
        return self.year not in (None, ALL) or self.semester is not None or self.has_days

    def includes(self, days: Days) -> bool:
        """Whether some of the days are asked for."""
        first, last = days.first, days.last or days.first
        if first is None or last is None:
            return not self.has_period
        return (
            (self.year in (None, ALL) or school_year_of(first) == self.year)
            and (self.semester is None or semester_of(first, self.semester_end) == self.semester)
            and (self.since is None or last >= self.since)
            and (self.until is None or first <= self.until)
        )

    @property
    def years(self) -> Fits | None:
        """Which of the years that a page offers are to be read; None for the one it shows."""
        if self.year is not None:
            return lambda year: self.year in (ALL, year)
        return self._has_days_in if self.has_days else None

    @property
    def semesters(self) -> Fits | None:
        """Which semesters are to be read; None for the one that the page shows."""
        if self.semester is not None:
            return lambda semester: semester == self.semester
        wants_both = self.year is not None or self.has_days or self.whole_year
        return (lambda _semester: True) if wants_both else None

    def _has_days_in(self, year: int) -> bool:
        return (self.since is None or year >= school_year_of(self.since)) and (
            self.until is None or year <= school_year_of(self.until)
        )
