"""The school year: which one a day belongs to, and how people write it. Days are Casablanca's."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from massar_cli.convert import western_digits
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _

ZONE = "Africa/Casablanca"
ALL_YEARS = "all"
_FIRST_YEAR = 2005
_FIRST_MONTH = 9
_YEAR = re.compile(r"(\d{4})(?:\s*[/-]\s*(\d{4}))?", re.ASCII)


def now_in_casablanca() -> datetime:
    """Return the time in Morocco."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(ZONE))


def school_year_of(day: date) -> int:
    """Return the first calendar year of the school year that `day` is in; one starts 1 September.

    >>> school_year_of(date(2026, 8, 31)), school_year_of(date(2026, 9, 1))
    (2025, 2026)
    """
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


class SemesterEnd(NamedTuple):
    """The last day of the first semester, by the calendar of report cards."""

    month: int = 1
    day: int = 31


_USUAL_END = SemesterEnd()


def semester_of(day: date, end: SemesterEnd = _USUAL_END) -> Literal[1, 2]:
    """Return the semester under way: 1 from 1 September to `end`, otherwise 2.

    >>> semester_of(date(2027, 1, 31)), semester_of(date(2027, 2, 1))
    (1, 2)
    >>> semester_of(date(2027, 2, 10), SemesterEnd(2, 10)), semester_of(date(2026, 12, 31))
    (1, 1)
    """
    return 1 if _since_september(day.month, day.day) <= _since_september(*end) else 2


def _since_september(month: int, day: int) -> tuple[int, int]:
    return (month - _FIRST_MONTH) % 12, day


def year_label(first_year: int | str) -> str:
    """Return a school year as the portal writes it.

    >>> year_label("2025")
    '2025/2026'
    """
    text = str(first_year)
    return f"{text}/{int(text) + 1}" if re.fullmatch(r"\d{4}", text, re.ASCII) else text


def parse_year(text: str, today: date) -> int:
    """Return the first calendar year of `2025/2026` or `2025`.

    Raises UsageProblem for what is no school year from 2005 to the next one.

    >>> parse_year("2025/2026", date(2026, 11, 1)), parse_year("٢٠٢٥", date(2026, 11, 1))
    (2025, 2025)
    """
    last = school_year_of(today) + 1
    match = _YEAR.fullmatch(western_digits(text.strip()))
    first = int(match[1]) if match else 0
    if (
        match is None
        or (match[2] and int(match[2]) != first + 1)
        or not _FIRST_YEAR <= first <= last
    ):
        raise UsageProblem(
            _('"{text}" is not a school year.').format(text=text[:40]),
            hint=_("Give a year from {first} to {last}, like {example}, or all.").format(
                first=year_label(_FIRST_YEAR), last=year_label(last), example=year_label(last - 1)
            ),
        )
    return first


def semester_name(semester: int | str) -> str:
    """Return a semester's name in the reader's language."""
    names: Mapping[int | str, str] = {
        1: _("Semester 1"),
        2: _("Semester 2"),
        "year": _("Annual average"),
    }
    return names[semester]
