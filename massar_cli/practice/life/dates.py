"""School days, and the ways in which the portal's pages write dates."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zlib import crc32

from massar_cli.practice.clock import PRACTICE_NOW
from massar_cli.practice.names import Bilingual

TODAY = PRACTICE_NOW.date()
YEARS = (2025, 2026)
"""The school years of which something besides marks is shown, by their first calendar year."""

WEEKDAYS = (
    Bilingual("الاثنين", "lundi"),
    Bilingual("الثلاثاء", "mardi"),
    Bilingual("الأربعاء", "mercredi"),
    Bilingual("الخميس", "jeudi"),
    Bilingual("الجمعة", "vendredi"),
    Bilingual("السبت", "samedi"),
    Bilingual("الأحد", "dimanche"),
)
_MONTHS = (
    Bilingual("يناير", "janvier"),
    Bilingual("فبراير", "février"),
    Bilingual("مارس", "mars"),
    Bilingual("أبريل", "avril"),
    Bilingual("ماي", "mai"),
    Bilingual("يونيو", "juin"),
    Bilingual("يوليوز", "juillet"),
    Bilingual("غشت", "août"),
    Bilingual("شتنبر", "septembre"),
    Bilingual("أكتوبر", "octobre"),
    Bilingual("نونبر", "novembre"),
    Bilingual("دجنبر", "décembre"),
)
_SUNDAY = 6
_FIRST_MONTH = 9
_SECOND_SEMESTER = range(2, _FIRST_MONTH)
# First and last day of each; made up, as the calendar of a year is told in a decree every summer.
_HOLIDAYS = (
    (date(2025, 10, 19), date(2025, 10, 26)),
    (date(2025, 12, 7), date(2025, 12, 14)),
    (date(2026, 1, 25), date(2026, 2, 1)),
    (date(2026, 3, 15), date(2026, 3, 22)),
    (date(2026, 10, 18), date(2026, 10, 25)),
    (date(2026, 12, 6), date(2026, 12, 13)),
    (date(2027, 1, 24), date(2027, 1, 31)),
)
# Month and day of those that fall on the same day every year.
_FEASTS = ((1, 1), (1, 11), (1, 14), (5, 1), (11, 6), (11, 18))


def dice(seed: str, sides: int) -> int:
    """Give a number below `sides`, the same in every run."""
    return crc32(seed.encode()) % sides


def spread(seed: str, first: date, last: date, count: int) -> Iterator[date]:
    """Give `count` school days between two days, oldest first, none twice."""
    days = tuple(_school_days(first, last))
    step = len(days) // count
    for place in range(count):
        yield days[place * step + dice(f"{seed}:{place}", step)]


def next_school_day(day: date) -> date:
    """Give a day itself, or else the first school day after it."""
    return next(iter(_school_days(day, day + timedelta(days=30))))


def school_year_of(day: date) -> int:
    """Give the first calendar year of a day's school year."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def semester_of(day: date) -> int:
    """Give a day's semester; the second one starts with February."""
    return 2 if day.month in _SECOND_SEMESTER else 1


def slashed(day: date | None) -> str:
    """Write a day as the portal's date picker does."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def worded(day: date, language: str) -> str:
    """Write a day with its weekday and the month's name, as in Morocco."""
    weekday, month = WEEKDAYS[day.weekday()], _MONTHS[day.month - 1]
    return f"{weekday.said_in(language)} {day.day} {month.said_in(language)} {day.year}"


def _school_days(first: date, last: date) -> Iterable[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        is_free = day.weekday() == _SUNDAY or (day.month, day.day) in _FEASTS
        if not is_free and not any(one <= day <= other for one, other in _HOLIDAYS):
            yield day
