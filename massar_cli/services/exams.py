"""Planned tests, all that the page has or those to come."""

from datetime import date

from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.school_life import PlannedTest
from massar_cli.services.listing import kept, only_wanted, read_list
from massar_cli.services.result import Result
from massar_cli.services.wanted import Days, Wanted


def get_exams(
    session: PortalSession, wanted: Wanted, *, upcoming_from: date | None = None
) -> Result[PlannedTest]:
    """Return the planned tests of the wanted days, from a day on where one is given."""
    from massar_cli.portal.pages.exams import ExamsPage

    result = read_list(session, ExamsPage, wanted, days=(lambda one: one.date,))
    result = only_wanted(result, lambda one: Days(one.date), wanted)
    if upcoming_from is None:
        return result
    return kept(
        result,
        fits=lambda one: one.date is not None and one.date >= upcoming_from,
        unknown=lambda one: one.date is None,
        untold=_("Tests without a date are not shown: {count}"),
    )
