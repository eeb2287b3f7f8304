"""Homework: what is to be done, and for when."""

from datetime import date, timedelta
from typing import NamedTuple

from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.school_life import HomeworkItem
from massar_cli.services.listing import kept, only_wanted, read_list
from massar_cli.services.result import Result
from massar_cli.services.wanted import Days, Wanted


class Due(NamedTuple):
    """The days for which work is due."""

    first: date
    last: date


def due_on(day: date) -> Due:
    """Return one day."""
    return Due(day, day)


def due_week(today: date) -> Due:
    """Return the seven days from today."""
    return Due(today, today + timedelta(days=6))


def get_homework(
    session: PortalSession, wanted: Wanted, *, due: Due | None = None
) -> Result[HomeworkItem]:
    """Return the homework of the wanted days; one without a due date counts when it was given."""
    from massar_cli.portal.pages.homework import HomeworkPage

    days = (lambda one: one.published, lambda one: one.due)
    result = read_list(session, HomeworkPage, wanted, days=days)
    result = only_wanted(result, lambda one: Days(one.due or one.published), wanted)
    if due is None:
        return result
    return kept(
        result,
        fits=lambda one: one.due is not None and due.first <= one.due <= due.last,
        unknown=lambda one: one.due is None,
        untold=_("Homework without a due date is not shown: {count}"),
    )
