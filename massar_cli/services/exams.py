"""Planned tests, all that the page has or those to come."""

from datetime import date

from massar_cli.portal.session import PortalSession
from massar_cli.school_life import PlannedTest
from massar_cli.services.listing import Days, Wanted, kept, only_wanted, read_list
from massar_cli.services.result import Result


def get_exams(
    session: PortalSession, wanted: Wanted, *, upcoming_from: date | None = None
) -> Result[PlannedTest]:
    """Return the planned tests of the wanted days, from a day on where one is given."""
    from massar_cli.portal.pages.exams import ExamsPage

    result = read_list(session, ExamsPage, wanted)
    result = only_wanted(result, lambda one: Days(one.date), wanted)
    if upcoming_from is None:
        return result
    return kept(
        result,
        lambda one: one.date is not None and one.date >= upcoming_from,
        lambda one: one.date is None,
    )
