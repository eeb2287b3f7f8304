"""Nothing on the practice portal's pages is lost, in both editions and languages."""

import pytest

from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.pages.content import ContentPage
from massar_cli.portal.session import Account, PortalSession
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent
from tests.content.reading import seen, told

KNOWN = ("General/Home", "TuteurEleves/GetInfoEleve", "TuteurEleves/GetScolariteEleve")
PRIMARY, EMPTY = STUDENTS[1], STUDENTS[6]


@pytest.mark.parametrize("student", [DEMO, PRIMARY, EMPTY], ids=["demo", "primary", "empty"])
@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("edition", ["2018", "2025"])
def test_every_word_of_every_page_of_the_menu_is_told(
    edition: str, language: str, student: PracticeStudent
) -> None:
    portal = PracticePortal(edition=edition, language=language)
    account = Account(student.user_name, student.code, lambda: student.password)
    with (
        Connection(
            "http://127.0.0.1/moutamadris", application=portal, pace=Pace(spacing=0.0)
        ) as connection,
        PortalSession(connection, account, None, None, print) as session,
    ):
        offered = [page.address for page in session.landing().pages or ()]
        assert len(offered) > 5
        for address in (*KNOWN, *offered):
            page = session.open(ContentPage, address=address)
            content = told(page.read())
            words = list(seen(page.tree.html or ""))
            assert words, address
            assert [word for word in words if word not in content] == [], address
