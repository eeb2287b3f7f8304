"""The timetable: the whole of it, a day of it, or the week that is under way."""

from datetime import date, timedelta

from massar_cli.dates import weekday_of
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.school_life import Lesson, Weekday
from massar_cli.services.listing import kept, read_list
from massar_cli.services.result import Result
from massar_cli.services.wanted import Wanted


def get_timetable(
    session: PortalSession,
    wanted: Wanted,
    *,
    day: date | Weekday | None = None,
    week_of: date | None = None,
) -> Result[Lesson]:
    """Return the lessons, of a day alone, or of the week of a day.

    Where the page shows no dates, its week is every week, which a note says.
    """
    from massar_cli.portal.pages.timetable import TimetablePage

    result = read_list(session, TimetablePage, wanted)
    untold = _("Lessons without a day are not shown: {count}")
    if day is not None:
        result = kept(
            result,
            fits=lambda one: _is_on(one, day),
            unknown=lambda one: one.weekday is None,
            untold=untold,
        )
    if week_of is not None:
        if result.records and all(one.date is None for one in result.records):
            note = _("The page has no dates: its lessons are shown, whatever week they are of.")
            result = result._replace(notes=(*result.notes, note))
        monday = week_of - timedelta(days=week_of.weekday())
        result = kept(
            result,
            fits=lambda one: one.date is None or monday <= one.date < monday + timedelta(days=7),
            unknown=lambda _lesson: False,
            untold=untold,
        )
    return result


def _is_on(lesson: Lesson, day: date | Weekday) -> bool:
    if isinstance(day, date):
        return lesson.date == day if lesson.date else lesson.weekday == weekday_of(day)
    return lesson.weekday == day
