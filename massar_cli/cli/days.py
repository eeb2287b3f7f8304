"""Days as people type them: today, tomorrow, a day of the week in three languages, or a date."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from massar_cli.errors import UsageProblem
from massar_cli.language import listed
from massar_cli.language import translate as _

if TYPE_CHECKING:
    from massar_cli.school_life import Weekday

_NEAR_WORDS = ("today", "aujourd'hui", "اليوم", "tomorrow", "demain", "غدا")
_WEEK_WORDS = ("week", "semaine", "الأسبوع")
_WEEKDAY_WORDS = ("monday … sunday", "lundi … dimanche", "الاثنين … الأحد")
_OF_TODAY = 3
"""So many of the near words mean today, the others tomorrow."""
_WEEKDAYS: "dict[str, Weekday]" = {
    day: day
    for day in (
        *("monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday"),
    )
}


def is_week(text: str) -> bool:
    """Whether a text asks for the week."""
    from massar_cli.folding import fold

    return fold(text) in map(fold, _WEEK_WORDS)


def parse_date(text: str, option: str) -> date:
    """Return the day that a date is; raises UsageProblem for anything else."""
    from massar_cli.dates import to_day

    day = to_day(text)
    if day is None:
        raise UsageProblem(
            _('{option} does not take "{text}": it is not a date.').format(
                option=option, text=text[:40]
            ),
            hint=_("Give a date like 2027-03-15 or 15/03/2027."),
        )
    return day


def parse_day(
    text: str, today: date, option: str, *, may_be_week: bool = False
) -> "date | Weekday":
    """Return the day that a text means, or the day of the week; `option` is where it was given.

    Raises UsageProblem for what is none, and names the words that are, `week` where it may be.
    """
    from massar_cli.dates import to_day, to_weekday
    from massar_cli.folding import fold

    word = fold(text)
    if word in (near := [fold(one) for one in _NEAR_WORDS]):
        return today + timedelta(days=near.index(word) // _OF_TODAY)
    day = to_day(text) or _WEEKDAYS.get(word) or to_weekday(text)
    if day is None:
        words = listed((*(_WEEK_WORDS if may_be_week else ()), *_NEAR_WORDS, *_WEEKDAY_WORDS))
        raise UsageProblem(
            _('{option} does not take "{text}": it is no day.').format(
                option=option, text=text[:40]
            ),
            hint=_("Give a date like 2027-03-15, or a word of these: {words}.").format(words=words),
        )
    return day


def coming(day: "date | Weekday", today: date) -> date:
    """Return a day, the next one from today on of a day of the week."""
    from massar_cli.dates import weekday_of

    if isinstance(day, date):
        return day
    week = (today + timedelta(days=more) for more in range(7))
    return next(one for one in week if weekday_of(one) == day)
