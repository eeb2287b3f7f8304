"""A parent's account: the children's buttons, the choice that stays, and the pages that follow."""

from collections.abc import Callable

import httpx
import pytest
from bs4 import BeautifulSoup

from massar_cli.practice.addresses import SERVICES
from massar_cli.practice.life.dates import slashed
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent

SignIn = Callable[[PracticePortal, PracticeStudent], httpx.Client]
PARENT = next(one for one in STUDENTS if one.children)
FIRST, SECOND, THIRD = PARENT.children
BULLETIN = "TuteurEleves/GetBulletins?Annee=2025&IdSession=1"
CHOICE = "General/Home?CodeEleve="
EDITIONS = pytest.mark.parametrize("edition", ["2018", "2025"])


def soup(answer: httpx.Response) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode("utf-8"), "html.parser")


def code_shown(browser: httpx.Client) -> str:
    code = soup(browser.get("TuteurEleves/GetInfoEleve")).select_one("#codeEleve")
    assert code is not None
    return code.text


def codes(page: BeautifulSoup) -> list[str]:
    return [str(one["data-code"]) for one in page.select(".btnEleve")]


@EDITIONS
def test_the_buttons_are_on_every_page_of_a_parent_and_of_nobody_else(
    sign_in: SignIn, edition: str
) -> None:
    portal = PracticePortal(edition=edition)
    pages = ("General/Home", "TuteurEleves/GetInfoEleve", "TuteurEleves/GetNotesEleve")
    parent, pupil = sign_in(portal, PARENT), sign_in(portal, DEMO)
    for page in (*pages, SERVICES[edition]["exams"].lstrip("/")):
        assert set(codes(soup(parent.get(page)))) == {FIRST.code, SECOND.code, THIRD.code}
        assert codes(soup(pupil.get(page))) == []
    assert len({child.school for child in PARENT.children}) == 3


@EDITIONS
def test_the_first_child_is_chosen_and_a_choice_stays(sign_in: SignIn, edition: str) -> None:
    portal = PracticePortal(edition=edition, language="fr")
    browser = sign_in(portal, PARENT)
    assert code_shown(browser) == FIRST.code
    soup(browser.get(f"{CHOICE}{THIRD.code}"))
    assert code_shown(browser) == THIRD.code
    assert "Lecture" in browser.get(BULLETIN).text  # a component of primary school
    path = soup(browser.get("TuteurEleves/GetScolariteEleve"))
    assert THIRD.school.fr in path.text
    homework = browser.get(SERVICES[edition]["homework"].lstrip("/")).text
    assert slashed(life_of(THIRD).homework[0].published) in homework
    # Another session of the same parent has a choice of its own.
    assert code_shown(sign_in(portal, PARENT)) == FIRST.code
    assert code_shown(browser) == THIRD.code
    assert not any(one.changes_something for one in portal.journal)


@EDITIONS
@pytest.mark.parametrize("code", [DEMO.code, PARENT.code, "X999999999", "", "1"])
def test_a_foreign_or_unknown_code_changes_nothing(
    sign_in: SignIn, edition: str, code: str
) -> None:
    browser = sign_in(PracticePortal(edition=edition), PARENT)
    browser.get(f"{CHOICE}{SECOND.code}")
    answer = browser.get(f"{CHOICE}{code}")
    assert (answer.status_code, answer.headers.get("Location")) == {
        "2018": (302, "/moutamadris/General/Home"),
        "2025": (403, None),
    }[edition]
    assert code_shown(browser) == SECOND.code


@EDITIONS
def test_a_pupil_chooses_nobody(sign_in: SignIn, edition: str) -> None:
    browser = sign_in(PracticePortal(edition=edition), DEMO)
    assert browser.get(f"{CHOICE}{FIRST.code}").status_code in (302, 403)
    assert code_shown(browser) == DEMO.code


@EDITIONS
def test_a_portal_that_ignores_the_choice_says_nothing_of_it(sign_in: SignIn, edition: str) -> None:
    browser = sign_in(PracticePortal(edition=edition, ignores_choice_of_child=True), PARENT)
    soup(browser.get(f"{CHOICE}{SECOND.code}"))
    assert code_shown(browser) == FIRST.code


@EDITIONS
def test_one_childs_pages_fail_and_the_others_do_not(sign_in: SignIn, edition: str) -> None:
    portal = PracticePortal(edition=edition, faults=[f"error:{SECOND.code}"])
    browser = sign_in(portal, PARENT)
    absences = SERVICES[edition]["absences"].lstrip("/")
    statuses = []
    for child in PARENT.children:
        # The landing page answers even while the child whose pages fail is chosen.
        soup(browser.get(f"{CHOICE}{child.code}"))
        statuses.append([browser.get(page).status_code for page in (absences, BULLETIN)])
    assert statuses == [[200, 200], [500, 500], [200, 200]]


@EDITIONS
def test_a_file_is_its_own_childs_alone(sign_in: SignIn, edition: str) -> None:
    browser = sign_in(PracticePortal(edition=edition), PARENT)
    page = soup(browser.get(SERVICES[edition]["documents"].lstrip("/")))
    link = page.select('a[href*="iece?"], a[href*="Element/"]')[0]
    address = f"http://127.0.0.1{link['href']}"
    assert browser.get(address).content.startswith(b"%PDF")
    browser.get(f"{CHOICE}{SECOND.code}")
    assert browser.get(address).status_code == 404


def test_a_parent_is_greeted_by_name(sign_in: SignIn) -> None:
    for edition in ("2018", "2025"):
        home = soup(
            sign_in(PracticePortal(edition=edition, language="fr"), PARENT).get("General/Home")
        )
        greeting = home.select_one(".welcomeUser")
        assert greeting is not None
        assert "FATIMA OUSRA" in greeting.text
