"""Every page of the practice portal as it comes over HTTP, in every edition and language."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from massar_cli.cli.run import GlobalOptions, Run
from massar_cli.portal.raw_page import RawPage, RawReportCard
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import STUDENTS
from massar_cli.services.finding import menu_of
from tests.conftest import Practice

_FIXED = (
    *("TuteurEleves/GetNotesEleve", "TuteurEleves/GetScolariteEleve", "TuteurEleves/GetInfoEleve"),
    "General/Home",
)


class Came(NamedTuple):
    """A page as it came: its address, and its HTML."""

    address: str
    html: str


@pytest.fixture(params=[(edition, lang) for edition in ("2018", "2025") for lang in ("ar", "fr")])
def came(
    request: pytest.FixtureRequest,
    serve: Callable[[PracticePortal], Practice],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[list[Came]]:
    """Fetch every page of the menu, the known pages and a report card."""
    edition, language = request.param
    practice = serve(PracticePortal(edition=edition, language=language))
    for name, value in practice.settings(STUDENTS[0]).items():
        monkeypatch.setenv(name, value)
    pages: list[Came] = []
    with Run(GlobalOptions()).open_session() as session:
        addresses = dict.fromkeys((*(one.address for one in menu_of(session)), *_FIXED))
        for address in addresses:
            pages.append(Came(address, session.open(RawPage, address=address).read()))
        fields = {"Annee": "2026", "IdSession": "1"}
        pages.append(Came(RawReportCard.path, session.open(RawReportCard, fields=fields).read()))
    yield pages
