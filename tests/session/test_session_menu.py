"""A portal whose menu and redirects lead astray: nothing but plain pages is ever asked for."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from massar_cli.errors import PageChanged, PersonNeeded, PortalUnavailable
from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.cookies import SessionFile
from massar_cli.portal.page import Page
from massar_cli.portal.recognition import PageGone
from massar_cli.portal.session import Account, PortalSession
from massar_cli.portal_menu import MenuPage, PageKind
from massar_cli.practice.students import DEMO
from massar_cli.services.finding import find_named, find_page, open_found
from tests.menu.test_menu_addresses import NEVER
from tests.session.hostile import (
    FORM,
    HOME,
    JOURNEY,
    MOUNT,
    PASSWORD,
    SIGN_IN,
    Asked,
    HostilePortal,
    Reply,
    Run,
    failed,
    page,
    redirect,
)

Hostile = Callable[..., HostilePortal]
Open = Callable[[HostilePortal], PortalSession]
ABSENCES = "GET /TuteurEleves/SuiviAssiduite"
GREETING = '<h1 class="welcomeUser"><span>Bonjour</span> X</h1>'
LOG_OFF = "GET /Account/LogOff"


class AnyPage(Page[str]):
    landmark = "body"

    def read(self) -> str:
        return self.tree.css("body")[0].text()


def follow_to(below: str) -> Callable[[Asked], Reply]:
    """Return a sign-in that is accepted and leads to a page."""

    def accept(asked: Asked) -> Reply:
        real = asked.real()
        kept = [(name, value) for name, value in real.headers if name.lower() != "location"]
        return real._replace(headers=(*kept, ("Location", f"{MOUNT}/{below}")))

    return accept


def home(*links: tuple[str, str]) -> Reply:
    """Return a landing page with a menu of addresses and labels."""
    entries = "".join(f'<li><a href="{address}">{label}</a></li>' for address, label in links)
    return page(f"{GREETING}<nav><ul>{entries}</ul></nav>")


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return SessionFile(tmp_path / "kept" / "session-x.json")


@pytest.fixture
def open_session(file: SessionFile) -> Iterator[Open]:
    """Open sessions that share one file; close them when the test ends."""
    opened: list[tuple[PortalSession, Connection]] = []

    def open_one(portal: HostilePortal) -> PortalSession:
        connection = Connection(portal.url, pace=Pace(retry_wait=0.01, spacing=0.0))
        account = Account(f"{DEMO.code}@taalim.ma", DEMO.code, lambda: PASSWORD)
        session = PortalSession(connection, account, file, None, lambda _line: None)
        opened.append((session, connection))
        return session

    yield open_one
    for session, connection in opened:
        with connection, session:
            pass


def test_a_hostile_menu_offers_only_what_is_a_plain_page(hostile: Hostile, run: Run) -> None:
    entries = [(address.replace('"', "&quot;"), "Absences") for address in NEVER]
    portal = hostile({HOME: home(*entries, (f"{MOUNT}/Eleve/Devoirs", "Devoirs"))})
    done = run("pages", "--json", **portal.settings())
    assert done.code == 0, done.err
    assert [entry["address"] for entry in json.loads(done.out)["data"]] == ["Eleve/Devoirs"]


@pytest.mark.parametrize("address", NEVER)
def test_an_address_that_is_never_followed_is_refused_before_it_is_asked_for(
    hostile: Hostile, open_session: Open, address: str
) -> None:
    portal = hostile()
    session = open_session(portal)
    with pytest.raises((PageChanged, PortalUnavailable)):
        session.open(AnyPage, address=address)
    assert portal.asked == []


@pytest.mark.parametrize(
    "target",
    [
        f"{MOUNT}/Account/LogOff",
        f"{MOUNT}/Eleve/../Account/LogOff",
        f"{MOUNT}/Account/%4cogOff",
        f"{MOUNT}/Eleve/Devoirs?_method=delete",
        f"{MOUNT}/Eleve/Devoirs?returnUrl={MOUNT}/Account/LogOff",
        f"{MOUNT}/TuteurEleves/ResetMFA",
        f"{MOUNT}/General/SetCulture?culture=ar",
    ],
)
def test_no_redirect_leads_to_what_may_change_something(
    hostile: Hostile, open_session: Open, run: Run, target: str
) -> None:
    portal = hostile(
        {"GET /Eleve/Devoirs": [redirect(target), page("x")], JOURNEY: redirect(target)}
    )
    session = open_session(portal)
    with pytest.raises(PageChanged):
        session.open(AnyPage, address="Eleve/Devoirs")
    assert portal.asked == [FORM, SIGN_IN, HOME, "GET /Eleve/Devoirs"]
    portal.asked.clear()
    failed(run("journey", "--json", **portal.settings()), 5)
    assert portal.asked == [FORM, SIGN_IN, HOME, JOURNEY]


def test_a_redirect_to_the_code_step_is_told_and_not_followed(
    hostile: Hostile, open_session: Open
) -> None:
    portal = hostile({JOURNEY: redirect(f"{MOUNT}/Account/SendCode"), HOME: home()})
    session = open_session(portal)
    with pytest.raises(PersonNeeded):
        session.open(AnyPage, address="TuteurEleves/GetScolariteEleve")
    assert not any("SendCode" in asked for asked in portal.asked)


def test_a_hostile_address_in_the_kept_session_is_not_asked_for(
    hostile: Hostile, open_session: Open, file: SessionFile
) -> None:
    portal = hostile({HOME: home((f"{MOUNT}/Eleve/Retards", "Absences"))})
    open_session(portal).sign_in()
    kept = json.loads(file.path.read_bytes())
    kept["landing"]["pages"][0]["address"] = "Account/LogOff"
    file.path.write_text(json.dumps(kept))
    portal.asked.clear()
    session = open_session(portal)
    found = find_page(session, PageKind.ABSENCES).page
    assert found is not None
    with pytest.raises(PageChanged, match="never asked for"):
        open_found(session, AnyPage, found)
    assert portal.asked == []


def test_an_address_keeps_its_own_query_beside_the_one_that_is_added(
    hostile: Hostile, open_session: Open
) -> None:
    queries: list[str] = []

    def note(asked: Asked) -> Reply:
        queries.append(asked.query)
        return page("x")

    portal = hostile({"GET /Eleve/Page": note})
    session = open_session(portal)
    address = "Eleve/Page?rubrique=3&page=1"
    opened = session.open(AnyPage, address=address, query={"page": "2"})
    assert opened.url == f"{portal.url}/Eleve/Page?rubrique=3&page=2"
    session.open(AnyPage, address=address)
    assert queries == ["rubrique=3&page=2", "rubrique=3&page=1"]


OLD, NEW = f"{MOUNT}/Eleve/Vieux", f"{MOUNT}/Eleve/Neuf"
MOVED = {
    HOME: [home((OLD, "Absences")), home((NEW, "Absences"))],
    "GET /Eleve/Neuf": page("here"),
}


@pytest.mark.parametrize(
    "answer",
    [page("gone", status=404), page("gone", status=410), redirect(f"{MOUNT}/General/Home")],
    ids=["404", "410", "elsewhere"],
)
@pytest.mark.parametrize("label", ["Absences", "Retards"])
def test_a_page_that_has_moved_is_opened_where_the_menu_now_has_it(
    hostile: Hostile, open_session: Open, answer: Reply, label: str
) -> None:
    menus = [home((OLD, "Absences")), home((NEW, label))]
    portal = hostile({**MOVED, HOME: menus, "GET /Eleve/Vieux": answer})
    open_session(portal).sign_in()
    portal.asked.clear()
    session = open_session(portal)
    found = find_page(session, PageKind.ABSENCES).page
    assert found is not None
    assert open_found(session, AnyPage, found).read() == "here"
    assert portal.asked == ["GET /Eleve/Vieux", HOME, "GET /Eleve/Neuf"]
    portal.asked.clear()
    again = open_session(portal)
    assert find_named(again, "absences").address == "Eleve/Neuf"
    assert portal.asked == []


@pytest.mark.parametrize(
    "menu",
    [home((OLD, "Absences")), home((NEW, "Devoirs")), home()],
    ids=["unchanged", "without it", "no menu"],
)
def test_a_page_that_is_gone_for_good_fails_after_one_look_at_the_menu(
    hostile: Hostile, open_session: Open, menu: Reply
) -> None:
    gone = page("gone", status=404)
    portal = hostile({HOME: [home((OLD, "Absences")), menu], "GET /Eleve/Vieux": gone})
    open_session(portal).sign_in()
    portal.asked.clear()
    session = open_session(portal)
    found = MenuPage(label="Absences", address="Eleve/Vieux", kind=PageKind.ABSENCES)
    with pytest.raises(PageChanged):
        open_found(session, AnyPage, found)
    assert portal.asked == ["GET /Eleve/Vieux", HOME]


def test_a_page_found_in_a_menu_just_read_is_not_looked_for_again(
    hostile: Hostile, open_session: Open
) -> None:
    portal = hostile({**MOVED, "GET /Eleve/Vieux": page("gone", status=404)})
    session = open_session(portal)
    found = find_page(session, PageKind.ABSENCES).page
    assert found is not None
    with pytest.raises(PageGone):
        open_found(session, AnyPage, found)
    assert portal.asked == [FORM, SIGN_IN, HOME, "GET /Eleve/Vieux"]


def test_a_page_that_fails_otherwise_is_not_looked_for_elsewhere(
    hostile: Hostile, open_session: Open
) -> None:
    portal = hostile({**MOVED, "GET /Eleve/Vieux": page("odd", status=418)})
    open_session(portal).sign_in()
    portal.asked.clear()
    session = open_session(portal)
    found = find_page(session, PageKind.ABSENCES).page
    assert found is not None
    with pytest.raises(PageChanged):
        open_found(session, AnyPage, found)
    assert portal.asked == ["GET /Eleve/Vieux"]


@pytest.mark.parametrize(
    "body",
    [
        GREETING,
        f'{GREETING}<p>Voir <a href="{MOUNT}/Eleve/Absences">les absences</a>.</p>',
        f'{GREETING}<nav><a href="#">Absences</a></nav>',
        f'{GREETING}<nav><a href="{MOUNT}/Account/LogOff">Absences</a></nav>',
    ],
)
def test_a_landing_page_without_a_menu_is_a_changed_page(
    hostile: Hostile, run: Run, body: str
) -> None:
    portal = hostile({HOME: page(body)})
    for _turn in range(2):  # nothing is remembered of a menu that was not there
        error = failed(run("pages", "--json", **portal.settings()), 5)
        assert error["kind"] == "page-changed"
        assert "General/Home" in error["message"]
    assert portal.posts == 1


def test_where_the_first_page_has_its_other_name_the_menu_is_read_there(
    hostile: Hostile, open_session: Open
) -> None:
    first = home((OLD, "Absences"))
    portal = hostile(
        {HOME: page("gone", status=404), "GET /Dashboard": first, SIGN_IN: follow_to("Dashboard")}
    )
    session = open_session(portal)
    assert session.landing(anew=True) == session.landing()
    portal.asked.clear()
    assert session.landing(anew=True).pages
    assert portal.asked == [HOME, "GET /Dashboard"]


def absences(content: str = "", code: str = DEMO.code) -> Reply:
    """Return a page of absences that names a student."""
    return page(
        f"{GREETING}<p>Code Massar : {code}</p>{content}"
        "<table><tr><th>Date<th>Motif<tr><td>01/03/2027<td>grippe</table>"
    )


def test_a_choice_of_year_never_sends_what_may_change_something(hostile: Hostile, run: Run) -> None:
    hidden = '<input type="hidden" name="handler" value="Supprimer">'
    choice = '<select name="annee"><option>2025/2026<option>2026/2027</select>'
    portal = hostile({ABSENCES: absences(f"<form>{hidden}{choice}</form>")})
    place = ABSENCES.removeprefix("GET /")
    done = run("absences", "--page", place, "--year", "all", "--json", **portal.settings())
    assert (done.code, len(json.loads(done.out)["data"])) == (0, 1)
    assert portal.asked.count(ABSENCES) == 1
    assert "cannot ask for" in done.err


def test_a_page_that_names_another_student_is_refused(hostile: Hostile, run: Run) -> None:
    portal = hostile({ABSENCES: [absences(), absences(code="X130000099")]})
    arguments = ("absences", "--page", ABSENCES.removeprefix("GET /"), "--json")
    assert run(*arguments, **portal.settings()).code == 0
    failed(run(*arguments, **portal.settings()), 5)


@pytest.mark.parametrize(
    ("years", "code", "asked"), [([2025] * 40 + [2026], 0, 3), (range(2000, 2099), 5, 1)]
)
def test_each_year_is_asked_for_once_and_only_as_many_as_there_can_be(
    hostile: Hostile, run: Run, years: list[int], code: int, asked: int
) -> None:
    options = "".join(f"<option>{year}/{year + 1}" for year in years)
    portal = hostile({ABSENCES: absences(f"<form><select name=annee>{options}</select></form>")})
    place = ABSENCES.removeprefix("GET /")
    done = run("absences", "--page", place, "--year", "all", "--json", **portal.settings())
    assert done.code == code, done.err
    assert portal.asked.count(ABSENCES) == asked
