"""The school path, every page of it."""

from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.services.result import Result
from massar_cli.student_record import YearOutcome

_MOST_PAGES = 50


def get_journey(session: PortalSession) -> Result[YearOutcome]:
    """Return the school path, every page of it."""
    with session.section():
        return _get_journey(session)


def _get_journey(session: PortalSession) -> Result[YearOutcome]:
    from massar_cli.portal.grid import PAGE_PARAMETER
    from massar_cli.portal.pages.school_path import SchoolPathPage

    page = session.open(SchoolPathPage)
    outcomes = list(page.read())
    expected = 2
    while (number := page.next_page()) is not None:
        # A pager that does not move on would be followed for ever.
        if number != expected or number > _MOST_PAGES:
            raise page.changed(_("its pages do not follow one another"))
        page = session.open(SchoolPathPage, query={PAGE_PARAMETER: str(number)})
        outcomes.extend(page.read())
        expected += 1
    notes = () if outcomes else (_("The school path is empty."),)
    return Result(records=tuple(outcomes), notes=notes)
