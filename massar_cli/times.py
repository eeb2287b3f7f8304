"""Portal text to times of day and hours: `08:30 - 10:30`, `8h30`, `2h`, `2 ساعات`, a whole day."""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from massar_cli.convert import to_decimal
from massar_cli.folding import fold, fold_letters

_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<hour>\d{1,2})(?:\s?[:h]\s?(?P<minute>\d{2})(?::\d{2})?(?:\s?(?:mn|min))?"
    r"|\s?h(?:eures?)?)"
    r"(?![\w:])(?:\s?(?P<half>am|pm|ص|م|صباحا|مسا|زوالا)(?!\w))?"
)
_HOUR_IN_WORDS = re.compile(r"الساعه\s+(?P<hour>\d{1,2})(?![\d:h])")
_JOINING = frozenset(
    (
        *("de", "a", "au", "du", "entre", "et", "heure", "heures", "jusqu"),
        *map(fold, ("من", "إلى", "الى", "حتى", "بين", "و", "الساعة", "على", "غاية")),
    )
)
_AFTERNOON = frozenset(map(fold, ("pm", "م", "مساء", "زوالا")))
_NOON = 12
_HOURS = range(24)
_MINUTES = range(60)
_HOUR_WORDS = {
    fold(text): hours
    for hours, texts in {
        1: ("ساعة", "ساعة واحدة", "une heure", "heure"),
        2: ("ساعتان", "ساعتين", "deux heures"),
        3: ("ثلاث ساعات", "trois heures"),
        4: ("أربع ساعات", "quatre heures"),
        5: ("خمس ساعات", "cinq heures"),
        6: ("ست ساعات", "six heures"),
        7: ("سبع ساعات", "sept heures"),
        8: ("ثماني ساعات", "ثمان ساعات", "huit heures"),
    }.items()
    for text in texts
}
_AND_A_HALF = tuple(map(fold, ("ونصف", "و نصف", "et demie", "et demi")))
_COUNTED = re.compile(
    r"(?P<number>[\d.,،٫]+)\s*(?P<unit>h|hs|hr|heures?|س|ساعات|ساعه|ساعتان|سا)\.?"
)
_HOURS_MINUTES = re.compile(
    r"(?P<hours>\d{1,2})\s*(?:h|heures?|ساعات|ساعه|س)\s*(?:و|et)?\s*"
    r"(?P<minutes>[0-5]\d)\s*(?P<unit>mn|min|minutes?|دقيقه|دقائق|د)?\.?"
)
_FIRST_LESSON = 7
"""No lesson starts before this hour, so `2h30` alone is a length, and `8h30` a time of day."""
_MOST_HOURS = Decimal(100)
_SEVERAL = re.compile(r"\s*(?:[;،+&]|,(?=\s)|\bet\b|\s/\s)\s*")
_LONGEST = 120


class Times(NamedTuple):
    """From when to when; `end` is None where only one time is told."""

    start: dt.time | None
    end: dt.time | None


_NOTHING = Times(None, None)


@lru_cache(maxsize=2048)
def to_times(text: str) -> Times:
    """Return the time or times that `text` is, both None for anything else.

    >>> to_times("08:30 - 10:30"), to_times("من 8h30 إلى 10h")
    (Times(start=datetime.time(8, 30), end=datetime.time(10, 30)), Times(start=datetime.time(8, 30), end=datetime.time(10, 0)))
    >>> to_times("10:30 - 08:30"), to_times("25:00"), to_times("الحصة 3")
    (Times(start=None, end=None), Times(start=None, end=None), Times(start=None, end=None))
    """  # noqa: E501  (what the interpreter prints)
    plain = fold_letters(text)
    if len(text) > _LONGEST:
        return _NOTHING
    found = times_within(plain)
    rest = _HOUR_IN_WORDS.sub(" ", _CLOCK.sub(" ", plain))
    if any(fold(word) not in _JOINING for word in re.findall(r"\w+", rest)):
        return _NOTHING
    return found


def times_within(text: str) -> Times:
    """Return the only time, or the only two in their order, that stand in a text.

    >>> times_within("15/03/2027 à 10:30").start
    datetime.time(10, 30)
    """
    plain = fold_letters(text)
    matches = sorted(
        (*_CLOCK.finditer(plain), *_HOUR_IN_WORDS.finditer(plain)), key=lambda one: one.start()
    )
    times = [_time_of(match.groupdict()) for match in matches]
    if len(times) == 1 and times[0] is not None:
        return Times(times[0], None)
    if len(times) == 2:  # noqa: PLR2004
        start, end = times
        if start is not None and end is not None and start < end:
            return Times(start, end)
    return _NOTHING


@lru_cache(maxsize=2048)
def to_hours(text: str, *, is_count: bool = True) -> Decimal | None:
    """Return how many hours `text` tells, None where it tells none.

    `is_count` says that the text is known to be a number of hours; otherwise `2` may be the second
    lesson of the day, and `8h` the hour at which it starts. A whole day, a half-day and minutes
    of lateness have no number of hours.

    >>> to_hours("2"), to_hours("2h"), to_hours("2 ساعات"), to_hours("08:30 - 10:30")
    (Decimal('2'), Decimal('2'), Decimal('2'), Decimal('2'))
    >>> to_hours("2h30"), to_hours("2", is_count=False), to_hours("يوم كامل"), to_hours("10 min")
    (Decimal('2.5'), None, None, None)
    """
    if len(text) > _LONGEST:
        return None
    plain = fold_letters(text).strip()
    number = to_decimal(plain)
    if number is not None:
        return number if is_count and number < _MOST_HOURS else None
    length = _length(plain, is_count=is_count)
    if length is not None:
        return length
    lengths = [_between(to_times(part)) for part in _SEVERAL.split(plain)]
    told = [one for one in lengths if one is not None]
    return sum(told, Decimal(0)) if told and len(told) == len(lengths) else None


def _length(plain: str, *, is_count: bool) -> Decimal | None:
    """Return the hours of a text that names a length."""
    key = fold(plain)
    half = next((words for words in _AND_A_HALF if key.endswith(f" {words}")), None)
    if half:
        whole = _HOUR_WORDS.get(key.removesuffix(half).strip())
        return None if whole is None else Decimal(whole) + Decimal("0.5")
    if key in _HOUR_WORDS:
        return Decimal(_HOUR_WORDS[key])
    if match := _COUNTED.fullmatch(plain):
        number = to_decimal(match["number"])
        is_clock = match["unit"] == "h" and not is_count
        if number is None or number >= (_FIRST_LESSON if is_clock else _MOST_HOURS):
            return None
        return number
    match = _HOURS_MINUTES.fullmatch(plain)
    if match and (match["unit"] or int(match["hours"]) < _FIRST_LESSON):
        return _in_hours(60 * int(match["hours"]) + int(match["minutes"]))
    return None


def _between(times: Times) -> Decimal | None:
    if times.start is None or times.end is None:
        return None
    start, end = times.start, times.end
    return _in_hours(60 * (end.hour - start.hour) + end.minute - start.minute)


def _in_hours(minutes: int) -> Decimal:
    """Return minutes as hours, to two decimals."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize() + Decimal(0)


def _time_of(parts: dict[str, str | None]) -> dt.time | None:
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    half = parts.get("half")
    if half and fold(half) in _AFTERNOON and hour < _NOON:
        hour += _NOON
    return dt.time(hour, minute) if hour in _HOURS and minute in _MINUTES else None
