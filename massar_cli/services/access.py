"""Whether an account reaches its data at all."""

from massar_cli.portal.session import PortalSession
from massar_cli.services.grades import list_years


def check_access(session: PortalSession) -> None:
    """Open one data page, so that a demand for a new password is found at login already."""
    list_years(session)
