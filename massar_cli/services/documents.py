"""Certificates and other files that the school offers."""

from massar_cli.portal.session import PortalSession
from massar_cli.school_life import SchoolDocument
from massar_cli.services.listing import read_list
from massar_cli.services.result import Result
from massar_cli.services.wanted import Wanted


def get_documents(session: PortalSession, wanted: Wanted) -> Result[SchoolDocument]:
    """Return the documents of the list, with the addresses of their files."""
    from massar_cli.portal.pages.documents import DocumentsPage

    return read_list(session, DocumentsPage, wanted)
