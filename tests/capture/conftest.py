"""Every page of the practice portal as it comes over HTTP, in every edition and language."""

from typing import NamedTuple

import pytest

from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.raw_page import RawPage, RawReportCard
from massar_cli.portal.session import Account, PortalSession
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from massar_cli.services.finding import menu_of

_FIXED = (
    *("TuteurEleves/GetNotesEleve", "TuteurEleves/GetScolariteEleve", "TuteurEleves/GetInfoEleve"),
    "General/Home",
)


class Came(NamedTuple):
    """A page as it came: its address, and its HTML."""

    address: str
    html: str


@pytest.fixture(scope="module", params=["2018 ar", "2018 fr", "2025 ar", "2025 fr"])
def came(request: pytest.FixtureRequest) -> list[Came]:
    """Fetch every page of the menu, the known pages and a report card."""
    edition, language = request.param.split()
    account = Account(DEMO.user_name, DEMO.code, lambda: DEMO.password)
    with (
        PracticeServer(PracticePortal(edition=edition, language=language)) as server,
        Connection(server.url, pace=Pace(spacing=0.0)) as connection,
        PortalSession(connection, account, None, None, print) as session,
    ):
        addresses = dict.fromkeys((*(one.address for one in menu_of(session)), *_FIXED))
        pages = [Came(one, session.open(RawPage, address=one).read()) for one in addresses]
        fields = {"Annee": "2026", "IdSession": "1"}
        pages.append(Came(RawReportCard.path, session.open(RawReportCard, fields=fields).read()))
    assert len(pages) > 10
    return pages
