"""A parent's account, and the pages of the menu: whose are opened, and what is told of each."""

from collections.abc import Callable, Mapping
from pathlib import Path

from massar_cli.practice.addresses import FILES
from massar_cli.practice.portal import PracticePortal
from tests.children.portals import DETAILS, HOME, PARENT, BeforeAnswering
from tests.cli.servers import AlteredPortal, Replacement
from tests.conftest import Practice
from tests.doctor.lists import DOCTOR, PAGES, SIGNING_IN, assert_safe_to_paste, failed_in, lines_of
from tests.failures.conftest import ACCOUNT, Faulty
from tests.session.hostile import PASSWORD, Run

_FIRST, _SECOND, _THIRD = PARENT.children
OF_THE_PARENT = {"MASSAR_CODE": PARENT.code, "MASSAR_PASSWORD": PASSWORD}
OF_THE_MENU = tuple(name for name in PAGES if name.startswith("page-"))[3:-1]


def children_asked_for(practice: Practice) -> list[str]:
    queries = (one.path.partition("CodeEleve=")[2] for one in practice.portal.journal)
    return [query[:10] for query in queries if query]


def test_a_parents_account_is_well_with_the_first_child(faulty: Faulty, process: Run) -> None:
    practice = faulty()
    done = process(*SIGNING_IN, MASSAR_URL=practice.url, **OF_THE_PARENT)
    lines = lines_of(done)
    assert (done.code, failed_in(lines)) == (0, {})
    assert lines["children"].message == "the account shows 3 children"
    assert {lines[page].status for page in (*PAGES, "child")} == {"ok"}
    assert children_asked_for(practice) == [_FIRST.code]
    assert not [one for one in practice.asked() if one.endswith(FILES["2018"])]  # no download
    assert practice.passwords_posted() == 1
    assert_safe_to_paste(done.out)


def test_the_child_of_the_settings_is_the_one_and_is_not_named(
    faulty: Faulty, process: Run, home: Path
) -> None:
    practice = faulty()
    settings = {"MASSAR_URL": practice.url, **OF_THE_PARENT}
    before = (home / "config.toml").read_text()
    (home / "config.toml").write_text(f'child = "Wawa"\n{before}[children]\n{_THIRD.code} = "Wawa"')
    done = process(*SIGNING_IN, **settings)
    assert (done.code, children_asked_for(practice)) == (0, [_THIRD.code])
    (home / "config.toml").write_text(f'child = "nobody-here"\n{before}')
    wrong = process(*DOCTOR, **settings)
    lines = lines_of(wrong)
    assert failed_in(lines) == {"child": 2}
    assert {lines[page].status for page in OF_THE_MENU} == {"skipped"}
    for text in ("Wawa", "nobody-here"):
        assert text not in done.out + wrong.out
    assert_safe_to_paste(done.out, wrong.out)


def test_a_choice_that_is_lost_on_the_way_is_told(
    serve: Callable[[PracticePortal], Practice], process: Run, home: Path
) -> None:
    with (home / "config.toml").open("a") as file:
        file.write(f'child = "{_SECOND.code}"\n')
    portal = BeforeAnswering(DETAILS, 2, BeforeAnswering.choose_first)
    lines = lines_of(process(*SIGNING_IN, MASSAR_URL=serve(portal).url, **OF_THE_PARENT))
    assert failed_in(lines) == {"child": 5}


def test_what_the_menu_lacks_is_well_and_a_page_that_has_changed_is_not(
    serve_altered: Callable[[AlteredPortal], str], process: Run
) -> None:
    landing = (
        '<h1 class="welcomeUser"><span>Bonjour</span> A</h1><ul class="nav">'
        '<li><a href="/moutamadris/Eleve/Absences">Absences</a></li>'
        '<li><a href="/moutamadris/Eleve/Devoirs">Devoirs à la maison</a></li></ul>'
    )

    def replace(path: str, _form: Mapping[str, str]) -> Replacement | None:
        if path.endswith("/Eleve/Absences"):
            return Replacement(b'<h1 class="welcomeUser"></h1><table><tr><th>A<th>B</table>')
        if path.endswith("/Eleve/Devoirs"):
            return Replacement(status="500 Error")
        return Replacement(landing.encode()) if path == HOME else None

    portal = AlteredPortal(replace)
    lines = lines_of(process(*SIGNING_IN, MASSAR_URL=serve_altered(portal), **ACCOUNT))
    assert failed_in(lines) == {"page-absences": 5, "page-homework": 4}
    told = {lines[page].message for page in OF_THE_MENU[2:]}
    assert told == {"not offered"}


def test_after_two_pages_without_an_answer_the_menus_are_left_alone(
    faulty: Faulty, process: Run
) -> None:
    practice = faulty("busy@4")
    lines = lines_of(process(*SIGNING_IN, MASSAR_URL=practice.url, **ACCOUNT))
    assert {lines[page].status for page in OF_THE_MENU} == {"skipped"}
