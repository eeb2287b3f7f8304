"""Stand-ins for numbers, dates and times: of the same shape, the same for the same on one page.

All that a page has is noted first; then the stand-ins are drawn so that, wherever there is room,
none of them is a number that the page itself has.
"""

import datetime as dt
import random
import secrets
from collections.abc import Callable, Sequence
from typing import TypeVar

from massar_cli.school_calendar import school_year_of
from massar_cli.scrubbing.stand_ins import Secret

_MARKS = 20
_SMALL_MARKS = 10
_LONGEST_COUNT = 4
_YEARS = range(1950, 2100)
_OLD = 4
"""School years before the newest one of a page: dates before that are those of births."""
_WEEK = dt.timedelta(days=7)
_FIRST_MINUTE, _LAST_MINUTE, _STEP = 7 * 60, 19 * 60, 5
_FIRST_LESSON = 7
_NEIGHBOURS = str.maketrans("123456789", "214365897")
_TRIES = 300

Value = TypeVar("Value")


class Numbers:
    """The stand-ins of one page's numbers."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._is_settled = False
        self._own: set[str] = set()
        self._made: dict[str, str] = {}
        self._years: set[int] = set()
        self._weeks: dict[int, set[dt.date]] = {}
        self._minutes: set[int] = set()
        self._week_of: dict[dt.date, dt.date] = {}
        self._minute_of: dict[int, int] = {}
        self._years_back = 1

    def settle(self) -> None:
        """Draw the stand-ins of dates and times, once all of the page is noted."""
        self._is_settled = True
        years = self._years or {2026}
        self._years_back = max(years) - min(years) + 1 + secrets.randbelow(3)
        newest = max(self._weeks, default=0)
        births = 1 + secrets.randbelow(_OLD)
        for year, weeks in self._weeks.items():
            target = year + births if year < newest - _OLD else year
            self._week_of |= _in_order(sorted(weeks), _weeks_of(target))
        room = range(_FIRST_MINUTE, _LAST_MINUTE, _STEP)
        if len(self._minutes) > len(room) // 2:
            room = range(24 * 60)
        self._minute_of = _in_order(sorted(self._minutes), room)

    def whole(self, digits: str) -> str:
        """Return another whole number of the same size."""
        number = int(digits)
        if len(digits) > _LONGEST_COUNT or (digits[0] == "0" and len(digits) > 2):  # noqa: PLR2004
            return self._drawn(digits, lambda drawn: _digits(drawn, digits))
        if number in _YEARS and len(digits) == _LONGEST_COUNT:
            return self.year(digits)
        least, most = next(
            (low, high)
            for low, high in (
                (0, _SMALL_MARKS), (1, _MARKS), (21, 99), (100, 999), (1000, 1949), (2100, 9999),
            )
            if number <= high
        )  # fmt: skip
        width = len(digits) if digits[0] == "0" else 0
        return self._drawn(
            digits, lambda drawn: str(least + drawn % (most - least + 1)).zfill(width)
        )

    def decimal(self, whole: str, point: str, rest: str) -> str:
        """Return another mark with as many decimals: up to 10, up to 20, or as large."""
        number = int(whole)

        def draw(drawn: int) -> str:
            if number < _SMALL_MARKS:
                first = str(drawn % _SMALL_MARKS)
            elif number <= _MARKS:
                first = str(_SMALL_MARKS + drawn % _SMALL_MARKS)
            else:
                first = _digits(drawn, whole)
            if whole[0] == "0":
                first = first.zfill(len(whole))
            return f"{first}.{_digits(drawn >> 64, f'0{rest}')[1:]}"

        made = self._drawn(f"{whole}.{rest}", draw)
        return made.replace(".", point)

    def ordinal(self, digits: str) -> str:
        """Return the number that stands for one in a heading: another of the same few."""
        return digits.translate(_NEIGHBOURS) if len(digits) == 1 else self.whole(digits)

    def year(self, digits: str) -> str:
        """Return another year; all years of the page move together."""
        self._years.add(int(digits))
        return str(int(digits) - self._years_back)

    def day(self, day: dt.date) -> dt.date:
        """Return another day, the same day of the week in the same school year."""
        monday = day - dt.timedelta(days=day.weekday())
        if not self._is_settled:
            self._weeks.setdefault(school_year_of(day), set()).add(monday)
            return day
        return self._week_of[monday] + (day - monday) if monday in self._week_of else day + _WEEK

    @property
    def newest_school_year(self) -> int:
        """The one to which a date without a year belongs."""
        return max(self._weeks, default=2026)

    def minute(self, minute: int) -> int:
        """Return another time of the day, in minutes; the order of times stays."""
        if not self._is_settled:
            self._minutes.add(minute)
            return minute
        return self._minute_of.get(minute, (minute + 65) % (24 * 60))

    def hours(self, digits: str) -> str:
        """Return another number of hours, which no lesson starts at."""
        return str(1 + (int(digits) % (_FIRST_LESSON - 1)))

    def _drawn(self, text: str, draw: Callable[[int], str]) -> str:
        if not self._is_settled:
            self._own.add(text)
            return text
        if text not in self._made:
            second_best = ""
            taken = set(self._made.values())
            for turn, number in enumerate(self._secret.numbers("number", text)):
                made = draw(number)
                if made not in self._own and made not in taken:
                    break
                if made != text:
                    second_best = made
                if turn > _TRIES and second_best:
                    made = second_best
                    break
            self._made[text] = made
        return self._made[text]


def _digits(drawn: int, like: str) -> str:
    """Return as many digits as a text has; a first zero stays, and no other one comes first."""
    digits = [str((drawn >> (8 * place)) % 10) for place in range(len(like))]
    if like[0] == "0":
        digits[0] = "0"
    elif digits[0] == "0":
        digits[0] = str(1 + drawn % 9)
    return "".join(digits)


def _weeks_of(year: int) -> Sequence[dt.date]:
    """Return the Mondays of the weeks that are wholly in a school year."""
    first, last = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
    monday = first + dt.timedelta(days=-first.weekday() % 7)
    return [monday + i * _WEEK for i in range(53) if monday + (i + 1) * _WEEK <= last + _WEEK / 7]


def _in_order(own: Sequence[Value], room: Sequence[Value]) -> dict[Value, Value]:
    """Return another value for each one, in the same order, and none of the old where it can be."""
    source = random.SystemRandom()
    free = [value for value in room if value not in set(own)]
    if len(free) >= len(own):
        return dict(zip(own, _sample(source, free, len(own)), strict=True))
    best: list[Value] = []
    for _turn in range(_TRIES):
        chosen = _sample(source, list(room), min(len(own), len(room)))
        if not best or _same(own, chosen) < _same(own, best):
            best = chosen
    # What has no room in order gives up its order.
    shift = 1 + source.randrange(max(1, len(room) - 1))
    return {
        value: best[i] if i < len(best) and best[i] != value else room[(i + shift) % len(room)]
        for i, value in enumerate(own)
    }


def _sample(source: random.SystemRandom, room: list[Value], size: int) -> list[Value]:
    chosen = sorted(source.sample(range(len(room)), size))
    return [room[place] for place in chosen]


def _same(own: Sequence[Value], chosen: Sequence[Value]) -> int:
    return sum(one == other for one, other in zip(own, chosen, strict=False))
