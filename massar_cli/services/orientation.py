"""Guidance: what the student wished for, and what became of it."""

from massar_cli.portal.session import PortalSession
from massar_cli.school_life import OrientationWish
from massar_cli.services.listing import read_list
from massar_cli.services.result import Result
from massar_cli.services.wanted import Wanted


def get_orientation(session: PortalSession, wanted: Wanted) -> Result[OrientationWish]:
    """Return the wishes of the list."""
    from massar_cli.portal.pages.orientation import OrientationPage

    return read_list(session, OrientationPage, wanted)
