"""Which child is meant, and that no other one's pages are ever shown."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS
from tests.children.conftest import codes_of, data_of, error_of
from tests.children.portals import (
    CARD,
    COMMANDS,
    DETAILS,
    FIRST,
    HOME,
    PARENT,
    PATH,
    SECOND,
    THIRD,
    BeforeAnswering,
    LosingBoth,
    Redrawn,
    WithoutHome,
)
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]

CARD_COMMAND = ("grades", "--year", "2025", "--semester", "1", "--json")
FIXED = {
    "grades": CARD_COMMAND,
    "journey": ("journey", "--json"),
    "profile": ("profile", "--json"),
}
FIXED_PAGES = pytest.mark.parametrize("command", FIXED.values(), ids=FIXED)
EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
BOTH_EDITIONS = pytest.mark.parametrize("edition_name", ["2018", "2025"])


@FIXED_PAGES
def test_each_child_has_pages_of_their_own(
    edition: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    for child in PARENT.children:
        done = massar(*command, "--child", child.code.lower(), **edition.settings(PARENT))
        assert done.code == 0, done.err
        assert codes_of(done) == [child.code]
        assert data_of(done)[0]["school"] in (child.school.ar, child.school.fr)


@pytest.mark.parametrize(
    "text", ["adam", "ADAM OUSRA", "ousra adam", "Ada", "ousrà, Adam", "آدم", "ادم الاسرة"]
)
def test_a_name_is_known_in_both_scripts(practice: Practice, massar: Run, text: str) -> None:
    done = massar("profile", "--json", "--child", text, **practice.settings(PARENT))
    assert codes_of(done) == [SECOND.code]


def test_a_latin_name_is_enough_in_every_edition(edition: Practice, massar: Run) -> None:
    done = massar("profile", "--json", "--child", "hiba", **edition.settings(PARENT))
    assert codes_of(done) == [THIRD.code]


def test_names_in_the_other_script_are_read_once(practice: Practice, massar: Run) -> None:
    settings = practice.settings(PARENT)
    assert massar("journey", "--child", "hiba", **settings).code == 0
    practice.portal.journal.clear()
    assert massar("journey", "--child", "maryam", **settings).code == 0
    assert practice.asked() == [f"GET {HOME}", f"GET {DETAILS}", f"GET {PATH}", f"GET {DETAILS}"]


@EVERY_COMMAND
def test_an_account_of_several_asks_which_one(
    either: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    for _turn in ("cold", "warm"):
        done = massar(*command, "--json", **either.settings(PARENT))
        assert (done.code, done.out) == (2, "")
        error = error_of(done)
        assert error["kind"] == "usage"
        assert all(child.code in error["message"] for child in PARENT.children)
        assert "--child" in error["hint"]
        assert "--all-children" in error["hint"]
    assert len(either.portal.journal) == 3  # the sign-in alone


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DEMO.code, "is no child of this account"),
        (PARENT.code, "is no child of this account"),
        ("nobody", "is no child of this account"),
        ("", "is no child of this account"),
        ("؟", "is no child of this account"),
        ("ousra", "may be one of several children"),
    ],
)
def test_nobody_else_is_ever_chosen(practice: Practice, massar: Run, text: str, says: str) -> None:
    done = massar("journey", "--json", "--child", text, **practice.settings(PARENT))
    assert (done.code, done.out) == (2, "")
    assert says in error_of(done)["message"]
    assert f"GET {PATH}" not in practice.asked()
    chosen = {one.path.partition("CodeEleve=")[2] for one in practice.portal.journal}
    assert chosen <= {"", FIRST.code, SECOND.code, THIRD.code}


@EVERY_COMMAND
@BOTH_EDITIONS
def test_a_portal_that_ignores_the_choice_is_refused(
    serve: Serve, massar: Run, command: tuple[str, ...], edition_name: str
) -> None:
    practice = serve(PracticePortal(edition=edition_name, ignores_choice_of_child=True))
    settings = practice.settings(PARENT)
    refused = massar(*command, "--json", "--child", SECOND.code, **settings)
    assert (refused.code, refused.out) == (5, "")
    assert error_of(refused)["kind"] == "page-changed"
    assert practice.asked()[-2:] == [f"GET {HOME}", f"GET {DETAILS}"]  # and nothing after it
    every = massar(*command, "--json", "--all-children", **settings)
    assert every.code == 8
    assert codes_of(every) == [FIRST.code]
    assert [one["kind"] for one in json.loads(every.out)["errors"]] == ["page-changed"] * 2


@pytest.mark.parametrize("number", [1, 3, 8])
def test_a_choice_that_gets_lost_is_noticed(serve: Serve, massar: Run, number: int) -> None:
    portal = BeforeAnswering(CARD, number, BeforeAnswering.choose_first)
    practice = serve(portal)
    done = massar(
        *("grades", "--year", "all", "--json", "--child", THIRD.code), **practice.settings(PARENT)
    )
    assert (done.code, done.out) == (5, "")
    assert error_of(done)["kind"] == "page-changed"


@BOTH_EDITIONS
@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_session_lost_in_the_middle_is_no_other_childs(
    serve: Serve, massar: Run, number: int, edition_name: str
) -> None:
    practice = serve(
        BeforeAnswering(
            CARD, number, lambda portal, _environ: portal.expire_sessions(), edition=edition_name
        )
    )
    settings = practice.settings(PARENT)
    command = ("grades", "--year", "all", "--json", "--child", THIRD.code)
    calm = serve(PracticePortal(edition=edition_name))
    massar("children", **settings)
    done = massar(*command, **settings)
    assert done.code == 0, done.err
    assert data_of(done) == data_of(massar(*command, **calm.settings(PARENT)))
    assert practice.passwords_posted() == 2
    # What was read before could be checked no more: it is read again from the choice on.
    lost = [one.status for one in practice.portal.journal].index(401)
    again = practice.asked().index(f"GET {DETAILS}", lost)
    whole = calm.asked()[calm.asked().index(f"GET {DETAILS}") - 1 :]
    assert practice.asked()[again - 1 :] == whole


@pytest.mark.parametrize(("path", "number"), [(CARD, 2), (DETAILS, 2)])
def test_no_new_session_brings_a_lost_choice_back(
    serve: Serve, massar: Run, path: str, number: int
) -> None:
    practice = serve(LosingBoth(path, number))
    settings = practice.settings(PARENT)
    undisturbed = serve(PracticePortal()).settings(PARENT)
    command = ("grades", "--year", "all", "--json", "--child", THIRD.code)
    massar("children", **settings)
    done = massar(*command, **settings)
    assert done.code == 0, done.err
    assert data_of(done) == data_of(massar(*command, **undisturbed))
    assert practice.passwords_posted() == 2


@pytest.mark.parametrize("path", [HOME, DETAILS])
def test_a_session_lost_while_choosing_is_renewed_once(
    serve: Serve, massar: Run, path: str
) -> None:
    number = {HOME: 2, DETAILS: 1}[path]  # the first landing page is the sign-in's
    practice = serve(
        BeforeAnswering(path, number, lambda portal, _environ: portal.expire_sessions())
    )
    settings = practice.settings(PARENT)
    massar("children", **settings)
    done = massar("journey", "--json", "--child", SECOND.code, **settings)
    assert done.code == 0, done.err
    assert codes_of(done) == [SECOND.code]
    assert practice.passwords_posted() == 2


def test_a_child_is_chosen_where_the_first_page_has_its_other_name(
    serve: Serve, massar: Run
) -> None:
    settings = serve(WithoutHome(edition="2025")).settings(PARENT)
    done = massar("journey", "--json", "--all-children", **settings)
    assert done.code == 0, done.err
    assert codes_of(done) == [FIRST.code, SECOND.code, THIRD.code]
    assert len(data_of(massar("children", "--json", **settings))) == 3


@FIXED_PAGES
def test_a_child_costs_three_requests_more(
    edition: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    settings = edition.settings(PARENT)
    massar("children", **settings)
    edition.portal.journal.clear()
    assert massar(*command, "--child", THIRD.code, **settings).code == 0
    # The profile is the check itself.
    assert len(edition.portal.journal) == (3 if command[0] == "profile" else 4)
    assert edition.passwords_posted() == 0
    assert not any(one.changes_something for one in edition.portal.journal)


@FIXED_PAGES
def test_a_pupil_pays_nothing_for_it(
    edition: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    settings = edition.settings()
    massar(*command, **settings)
    asked = []
    for options in ((), ("--child", DEMO.code), ("--all-children",)):
        edition.portal.journal.clear()
        done = massar(*command, *options, **settings)
        assert done.code == 0, done.err
        assert codes_of(done) == [DEMO.code]
        asked.append(edition.asked())
    assert len(asked[0]) == (2 if command[0] == "journey" else 1)  # the path has two pages
    assert asked[1:] == [asked[0], asked[0]]


@pytest.mark.parametrize("text", [DEMO.code, "سلمى", "salma", "el mital"])
def test_a_pupil_may_be_named(practice: Practice, massar: Run, text: str) -> None:
    done = massar("journey", "--json", "--child", text, **practice.settings())
    assert codes_of(done) == [DEMO.code]
    assert data_of(done)[0]["student"]["name"] == "سلمى المثال"


@pytest.mark.parametrize("text", [FIRST.code, "maryam"])
def test_a_pupil_is_nobody_else(practice: Practice, massar: Run, text: str) -> None:
    done = massar("journey", "--json", "--child", text, **practice.settings())
    assert (done.code, done.out) == (2, "")
    assert f"GET {PATH}" not in practice.asked()


def test_the_choice_of_the_settings_is_for_where_nothing_is_said(
    practice: Practice, massar: Run, home: Path
) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text('child = "adam"\n')
    settings = practice.settings(PARENT)
    assert codes_of(massar("journey", "--json", **settings)) == [SECOND.code]
    assert codes_of(massar("journey", "--json", "--child", "hiba", **settings)) == [THIRD.code]
    assert len(codes_of(massar("journey", "--json", "--all-children", **settings))) == 3
    csv = massar("journey", "--format", "csv", **settings)
    assert csv.out.startswith("school_year,")


def nameless(code: str, _button: str) -> str:
    return f'<button class="btnEleve" data-code="{code}"><i class="fa"></i></button>'


def test_buttons_without_a_name_get_it_from_the_childs_own_page(serve: Serve, massar: Run) -> None:
    settings = serve(Redrawn(nameless)).settings(PARENT)
    records = [
        data_of(massar("journey", "--json", "--child", SECOND.code, **settings))[0]["student"]
        for _turn in ("cold", "warm")
    ]
    listed = data_of(massar("children", "--json", **settings))
    assert records == [{"code": SECOND.code, "name": "آدم الأسرة"}] * 2
    assert [one["name"] for one in listed] == ["مريم الأسرة", "آدم الأسرة", "هبة الأسرة"]


def test_a_child_without_a_page_of_their_own_hides_no_other(serve: Serve, massar: Run) -> None:
    portal = Redrawn(nameless, faults=[f"error:{SECOND.code}"])
    practice = serve(portal)
    settings = practice.settings(PARENT)
    done = massar("children", "--json", **settings)
    assert done.code == 8
    assert [(one["code"], one["name"]) for one in data_of(done)] == [
        (FIRST.code, "مريم الأسرة"),
        (SECOND.code, None),
        (THIRD.code, "هبة الأسرة"),
    ]
    (error,) = json.loads(done.out)["errors"]
    assert error["message"].startswith(f"{SECOND.code}: ")
    # Who is known already is not asked for, by name or by code.
    practice.portal.journal.clear()
    known = massar("children", "--json", "--child", "hiba", **settings)
    assert (known.code, [one["code"] for one in data_of(known)]) == (0, [THIRD.code])
    assert practice.asked() == [f"GET {HOME}"]
    assert massar("children", "--json", "--child", "adam", **settings).code == 4
    asked = massar("children", "--json", "--child", SECOND.code, **settings)
    assert (asked.code, [one["code"] for one in data_of(asked)]) == (8, [SECOND.code])


def test_a_code_is_enough_to_list_one_child(serve: Serve, massar: Run) -> None:
    practice = serve(Redrawn(nameless))
    done = massar("children", "--json", "--child", THIRD.code, **practice.settings(PARENT))
    assert [one["name"] for one in data_of(done)] == ["هبة الأسرة"]
    assert practice.asked().count(f"GET {DETAILS}") == 1  # that child's own


def only_first(code: str, button: str) -> str:
    return button if code == FIRST.code else ""


def test_an_only_child_is_not_chosen(serve: Serve, massar: Run) -> None:
    practice = serve(Redrawn(only_first))
    settings = practice.settings(PARENT)
    cold = massar(*CARD_COMMAND, **settings)
    assert len(practice.portal.journal) == 4
    warm = massar(*CARD_COMMAND, **settings)
    assert len(practice.portal.journal) == 5
    assert data_of(cold) == data_of(warm)
    assert codes_of(warm) == [FIRST.code]
    assert codes_of(massar("profile", "--json", **settings)) == [FIRST.code]


def forget_the_children(home: Path) -> None:
    (file,) = home.glob("session-*.json")
    kept: dict[str, Any] = json.loads(file.read_text())
    kept["landing"]["children"] = []
    file.write_text(json.dumps(kept))


@FIXED_PAGES
def test_siblings_that_a_new_sign_in_shows_are_noticed(
    practice: Practice, massar: Run, home: Path, command: tuple[str, ...]
) -> None:
    settings = practice.settings(PARENT)
    massar("children", **settings)
    forget_the_children(home)
    practice.portal.expire_sessions()
    done = massar(*command, **settings)
    assert (done.code, done.out) == (2, "")
    assert SECOND.code in error_of(done)["message"]


def test_a_session_kept_without_its_landing_page_costs_one_request_once(
    practice: Practice, massar: Run, home: Path
) -> None:
    for student, is_several in ((PARENT, True), (DEMO, False)):
        settings = practice.settings(student)
        massar("children", **settings)
        for file in home.glob("session-*.json"):
            file.write_text(json.dumps({**json.loads(file.read_text()), "landing": None}))
        practice.portal.journal.clear()
        assert massar(*CARD_COMMAND, **settings).code == (2 if is_several else 0)
        assert practice.asked()[:1] == [f"GET {HOME}"]
        massar(*CARD_COMMAND, **settings)
        assert practice.asked().count(f"GET {HOME}") == 1


def test_a_pupil_without_a_landing_page_is_served_all_the_same(
    practice: Practice, massar: Run
) -> None:
    suggested = next(one for one in STUDENTS if one.change_password == "suggested")
    done = massar(*CARD_COMMAND, **practice.settings(suggested))
    assert done.code == 0, done.err
    assert codes_of(done) == [suggested.code]
