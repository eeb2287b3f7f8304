"""Portal text to days: `dd/mm/yyyy`, `yyyy-mm-dd`, and words in Arabic and French.

A text is a day only where the whole of it is one, with its weekday and time at most. The year has
four digits; a day comes before its month. Nothing is guessed: everything else is None.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from massar_cli.folding import fold, fold_letters
from massar_cli.school_life import Weekday

WEEKDAYS: tuple[tuple[Weekday, tuple[str, ...]], ...] = (
    ("monday", ("الاثنين", "الإثنين", "اثنين", "الإتنين", "lundi", "lun")),
    ("tuesday", ("الثلاثاء", "ثلاثاء", "الثلاتاء", "التلاتاء", "الثلثاء", "mardi", "mar")),
    ("wednesday", ("الأربعاء", "أربعاء", "الأربعا", "mercredi", "mer")),
    ("thursday", ("الخميس", "خميس", "jeudi", "jeu")),
    ("friday", ("الجمعة", "جمعة", "vendredi", "ven")),
    ("saturday", ("السبت", "سبت", "samedi", "sam")),
    ("sunday", ("الأحد", "أحد", "dimanche", "dim")),
)
"""The days of the week in both languages, Monday first."""
MONTHS: tuple[tuple[str, ...], ...] = (
    ("يناير", "كانون الثاني", "جانفي", "janvier", "janv", "jan"),
    ("فبراير", "شباط", "فيفري", "février", "févr", "fév"),
    ("مارس", "آذار", "mars"),
    ("أبريل", "إبريل", "نيسان", "أفريل", "avril", "avr"),
    ("ماي", "مايو", "أيار", "mai"),
    ("يونيو", "يونيه", "حزيران", "جوان", "juin"),
    ("يوليوز", "يوليو", "يوليه", "تموز", "جويلية", "juillet", "juil"),
    ("غشت", "أغسطس", "آب", "أوت", "août"),
    ("شتنبر", "سبتمبر", "أيلول", "septembre", "sept"),
    ("أكتوبر", "تشرين الأول", "octobre", "oct"),
    ("نونبر", "نوفمبر", "تشرين الثاني", "novembre", "nov"),
    ("دجنبر", "ديسمبر", "كانون الأول", "décembre", "déc"),
)
"""The names of each month: Morocco's first, then those of other Arabic countries, then French."""
_YEARS = range(1900, 2200)
"""Smaller years are those of the Hijri calendar."""
_LONGEST = 120
_MONTH_OF = {fold(name): number for number, names in enumerate(MONTHS, 1) for name in names}
_WEEKDAY_OF = {fold(name): weekday for weekday, names in WEEKDAYS for name in names}
_NUMBER_OF_WEEKDAY = {weekday: number for number, (weekday, _names) in enumerate(WEEKDAYS)}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NAME = rf"(?P<name>{_any_of(_MONTH_OF)})(?!\w)\.?"
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:\s?er)?"
_WRITTEN = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<d>\d{1,2})\s?(?P<s>[/.-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4})"
    r"|(?P<iso_y>\d{4})\s?(?P<iso_s>[/.-])\s?(?P<iso_m>\d{1,2})\s?(?P=iso_s)\s?(?P<iso_d>\d{1,2})"
    rf"|{_DAY_NUMBER}\s?[-/.]?\s?(?:من\s|de\s)?{_NAME}\s?[-/,،]?\s?(?:من\s)?(?:سنه\s|عام\s)?"
    r"(?P<year>\d{4})"
    r")(?!\d|[/-]\d)"
)
_UNFINISHED = re.compile(
    rf"(?<![\d/.-]){_DAY_NUMBER}(?:\s?/\s?(?P<m>\d{{1,2}})|\s?[-/.]?\s?(?:من\s)?{_NAME})?"
    r"(?![\d/])"
)
"""The beginning of a range, whose year, or month and year, stand at its end alone."""
_CLOCK = r"\d{1,2}(?:\s?[:h]\s?\d{2}(?::\d{2}(?:\.\d+)?)?|\s?h)(?![\w:])(?:\s?(?:am|pm|ص|م)(?!\w))?"
_TIME = re.compile(rf"(?<![\d:])t?(?:{_CLOCK}|(?<=t)\d{{2}}:\d{{2}}\S*)")
_FILLERS = frozenset(
    (
        *("le", "la", "du", "au", "de", "a", "et", "jour", "date", "entre", "jusqu", "partir", "t"),
        *map(fold, ("يوم", "بتاريخ", "تاريخ", "من", "إلى", "الى", "الي", "غاية", "حتى", "بين")),
        *map(fold, ("و", "على", "الساعة", "ابتداء", "ليوم", "في")),
    )
)
_WORD = re.compile(r"\w+")


class Days(NamedTuple):
    """The days from `first` to `last`; `last` is None where there is but one."""

    first: dt.date | None
    last: dt.date | None


_NOTHING = Days(None, None)


@lru_cache(maxsize=2048)
def to_day(text: str) -> dt.date | None:
    """Return the day that `text` is, None for anything else.

    >>> to_day("15/03/2027"), to_day("الاثنين ١٥ مارس ٢٠٢٧"), to_day("lundi 15 mars 2027 à 10:30")
    (datetime.date(2027, 3, 15), datetime.date(2027, 3, 15), datetime.date(2027, 3, 15))
    >>> to_day("15/03/27"), to_day("31/02/2027"), to_day("mardi 15/03/2027"), to_day("15 mars")
    (None, None, None, None)
    """
    found, rest = _written_days(text)
    return found[0] if len(found) == 1 and _is_filler(rest, found[0]) else None


@lru_cache(maxsize=2048)
def to_days(text: str) -> Days:
    """Return the day or the days that `text` is: `من … إلى …`, `du … au …`, `… - …`.

    >>> to_days("du 15/03/2027 au 17/03/2027").last
    datetime.date(2027, 3, 17)
    >>> to_days("من 15 إلى 17 مارس 2027").first
    datetime.date(2027, 3, 15)
    >>> to_days("17/03/2027 - 15/03/2027"), to_days("15/03/2027").last
    (Days(first=None, last=None), None)
    """
    found, rest = _written_days(text)
    if len(found) == 1:
        if _is_filler(rest, found[0]):
            return Days(found[0], None)
        return _short_range(rest, found[0]) or _NOTHING
    if len(found) == 2 and found[0] <= found[1] and _is_filler(rest, *found):  # noqa: PLR2004
        return Days(*found)
    return _NOTHING


def to_weekday(text: str) -> Weekday | None:
    """Return the day of the week that `text` is, or that the day is which it is.

    >>> to_weekday("يوم الإثنين"), to_weekday("MARDI"), to_weekday("15/03/2027"), to_weekday("jour")
    ('monday', 'tuesday', 'monday', None)
    """
    words = fold(text).split()
    named = {_WEEKDAY_OF[word] for word in words if word in _WEEKDAY_OF}
    if len(named) == 1 and all(word in _WEEKDAY_OF or word in _FILLERS for word in words):
        return named.pop()
    day = to_day(text)
    return weekday_of(day) if day is not None else None


def weekday_of(day: dt.date) -> Weekday:
    """Return the day of the week of a day."""
    return WEEKDAYS[day.weekday()][0]


def _written_days(text: str) -> tuple[list[dt.date], str]:
    """Return every day written in a text, and the text without them; no day for an unusable one."""
    plain = fold_letters(text)
    if len(text) > _LONGEST:
        return [], plain
    days = [_day_of(match) for match in _WRITTEN.finditer(plain)]
    if None in days:
        return [], plain
    return [day for day in days if day is not None], _WRITTEN.sub(" ", plain)


def _day_of(match: re.Match[str]) -> dt.date | None:
    parts = match.groupdict()
    year = parts["y"] or parts["iso_y"] or parts["year"]
    month = parts["m"] or parts["iso_m"] or _MONTH_OF[fold(parts["name"])]
    return _made_day(int(year), int(month), int(parts["d"] or parts["iso_d"] or parts["day"]))


def _made_day(year: int, month: int, day: int) -> dt.date | None:
    if year not in _YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _short_range(rest: str, last: dt.date) -> Days | None:
    match = _UNFINISHED.search(rest)
    if match is None:
        return None
    month = match["m"] or (_MONTH_OF[fold(match["name"])] if match["name"] else last.month)
    first = _made_day(last.year, int(month), int(match["day"]))
    left = f"{rest[: match.start()]} {rest[match.end() :]}"
    if first is None or first > last or not _is_filler(left, first, last):
        return None
    return Days(first, last)


def _is_filler(rest: str, *days: dt.date) -> bool:
    """Whether what stands around days says nothing else, and names no other day of the week."""
    if "?" in rest or "؟" in rest:  # the school itself is not sure
        return False
    weekdays = {day.weekday() for day in days}
    for word in _WORD.findall(_TIME.sub(" ", rest)):
        key = fold(word)
        if key in _WEEKDAY_OF:
            if _NUMBER_OF_WEEKDAY[_WEEKDAY_OF[key]] not in weekdays:
                return False
        elif key and key not in _FILLERS:
            return False
    return True
