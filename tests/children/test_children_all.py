"""Every child of every account: what fails stops nobody else, and every row says whose it is."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS
from tests.children.conftest import codes_of, data_of
from tests.children.portals import CARD, COMMANDS, FIRST, HOME, PARENT, SECOND, THIRD
from tests.cli.servers import closed_port
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]

ALL = (FIRST.code, SECOND.code, THIRD.code)
OTHER = next(one for one in STUDENTS if one.code == "X130000002")
EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


def with_records(command: tuple[str, ...]) -> list[str]:
    """Return the children of whom a command has something to show."""
    return [code for code in ALL if command != ("orientation",) or code != THIRD.code]


def account(name: str, code: str, password: str, home: Path, **more: str) -> str:
    """Write a password file, and return an account's part of the settings."""
    home.mkdir(exist_ok=True)
    file = home / f"{name}.password"
    file.write_text(password)
    file.chmod(0o600)
    lines = {"code": code, "password_file": str(file), **more}
    return f"[accounts.{name}]\n" + "".join(f'{key} = "{lines[key]}"\n' for key in lines)


def write_settings(home: Path, *parts: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text("\n".join(parts))


def errors_on_standard_error(done: Done) -> list[dict[str, str]]:
    """Return the errors of the one line that tells them all."""
    (line,) = (line for line in done.err.splitlines() if line.startswith("{"))
    first: dict[str, Any] = json.loads(line)["error"]
    others: list[dict[str, str]] = first.pop("others", [])
    return [first, *others]


@EVERY_COMMAND
def test_every_child_is_shown_the_same_cold_and_warm(
    either: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    settings = either.settings(PARENT)
    cold, warm = (massar(*command, "--json", "--all-children", **settings) for _turn in range(2))
    assert cold.code == warm.code == 0
    assert codes_of(cold) == with_records(command)
    assert data_of(cold) == data_of(warm)
    assert json.loads(cold.out)["errors"] == []
    assert either.passwords_posted() == 1
    names = {element["student"]["name"] for element in data_of(cold)}
    language = "fr" if "OUSRA" in str(names) else "ar"
    assert names == {
        f"{one.first_name.said_in(language)} {one.last_name.said_in(language)}"
        for one in PARENT.children
        if one.code in with_records(command)
    }


@EVERY_COMMAND
@pytest.mark.parametrize("options", [("--all-children",), ("--child", FIRST.code)])
def test_csv_says_first_whose_a_row_is(
    practice: Practice, massar: Run, command: tuple[str, ...], options: tuple[str, ...]
) -> None:
    done = massar(*command, *options, "--format", "csv", **practice.settings(PARENT))
    header, *rows = list(csv.reader(io.StringIO(done.out)))
    assert header[:2] == ["student_code", "student_name"]
    assert len(header) > 2
    shown = list(dict.fromkeys(row[0] for row in rows))
    assert shown == (with_records(command) if len(options) == 1 else [FIRST.code])
    assert {row[1] for row in rows if row[0] == FIRST.code} == {"مريم الأسرة"}


@EVERY_COMMAND
def test_csv_of_a_pupil_has_the_columns_only_where_asked(
    practice: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    settings = practice.settings()
    plain, told = (
        massar(*command, *options, "--format", "csv", **settings).out.splitlines()
        for options in ((), ("--all-children",))
    )
    assert told[0] == f"student_code,student_name,{plain[0]}"
    assert told[1] == f"{DEMO.code},سلمى المثال,{plain[1]}"


@EVERY_COMMAND
def test_tables_stand_under_the_childs_name(
    practice: Practice, massar: Run, command: tuple[str, ...]
) -> None:
    done = massar(*command, "--all-children", **practice.settings(PARENT))
    lines = done.out.splitlines()
    heads = [
        next(i for i, line in enumerate(lines) if line.startswith(name))
        for name in ("مريم الأسرة", "آدم الأسرة", "هبة الأسرة")
    ]
    assert heads == sorted(heads)
    markdown = massar(*command, "--all-children", "-f", "md", **practice.settings(PARENT))
    assert markdown.out.count("**هبة الأسرة") == 1


def test_a_child_of_whom_there_is_nothing_is_named_among_several_alone(
    practice: Practice, massar: Run
) -> None:
    command = ("grades", "--year", "2010", "--semester", "1")
    done = massar(*command, "--all-children", **practice.settings(PARENT))
    names = [line.partition(" · ")[0] for line in done.out.splitlines() if line]
    assert names == ["مريم الأسرة", "آدم الأسرة", "هبة الأسرة"]
    alone = massar(*command, "--child", FIRST.code, **practice.settings(PARENT))
    assert (alone.code, alone.out) == (0, "")
    assert "nothing is published" in alone.err


def test_notes_say_whom_they_are_about(practice: Practice, massar: Run) -> None:
    command = ("grades", "--year", "2010", "--semester", "1", "--all-children")
    done = massar(*command, **practice.settings(PARENT))
    assert done.code == 0
    assert [line.partition(":")[0] for line in done.err.splitlines()] == [
        "مريم الأسرة",
        "آدم الأسرة",
        "هبة الأسرة",
    ]


@EVERY_COMMAND
def test_a_child_who_fails_stops_no_other(
    serve: Serve, massar: Run, command: tuple[str, ...]
) -> None:
    practice = serve(PracticePortal(faults=[f"error:{SECOND.code}"]))
    done = massar(*command, "--json", "--all-children", **practice.settings(PARENT))
    assert done.code == 8
    assert codes_of(done) == [code for code in with_records(command) if code != SECOND.code]
    (error,) = json.loads(done.out)["errors"]
    assert (error["kind"], error["exit_code"]) == ("unavailable", 4)
    assert error["message"].startswith("آدم الأسرة: ")
    assert errors_on_standard_error(done) == [error]


def test_one_card_that_fails_is_told_with_its_child(serve: Serve, massar: Run) -> None:
    command = ("grades", "--year", "all", "--json", "--all-children")
    whole = serve(PracticePortal())
    assert massar(*command, **whole.settings(PARENT)).code == 0
    last_card = max(i for i, one in enumerate(whole.asked()) if one == f"POST {CARD}")
    practice = serve(PracticePortal(faults=[f"error@{last_card}x3:{THIRD.code}"]))
    done = massar(*command, **practice.settings(PARENT))
    assert done.code == 8
    assert codes_of(done) == list(ALL)
    (error,) = json.loads(done.out)["errors"]
    assert error["message"].startswith("هبة الأسرة: ")


def test_where_all_children_fail_all_are_told_and_nothing_is_printed(
    serve: Serve, massar: Run
) -> None:
    practice = serve(PracticePortal(faults=[f"error:{code}" for code in ALL]))
    done = massar("journey", "--json", "--all-children", **practice.settings(PARENT))
    assert (done.code, done.out) == (4, "")
    messages = [error["message"] for error in errors_on_standard_error(done)]
    assert [one.partition(":")[0] for one in messages] == [
        "مريم الأسرة",
        "آدم الأسرة",
        "هبة الأسرة",
    ]


def test_every_account_of_the_settings_is_read_in_its_order(
    practice: Practice, massar: Run, home: Path
) -> None:
    write_settings(
        home,
        f'url = "{practice.url}"',
        account("other", OTHER.code, OTHER.password, home),
        account("family", PARENT.code, PARENT.password, home),
        account("demo", DEMO.code, DEMO.password, home),
    )
    done = massar("journey", "--json", "--all-children")
    assert done.code == 0, done.err
    assert codes_of(done) == [OTHER.code, *ALL, DEMO.code]
    assert practice.passwords_posted() == 3
    one = massar("--account", "family", "journey", "--json", "--all-children")
    assert codes_of(one) == list(ALL)


def test_an_account_that_fails_stops_no_other(practice: Practice, massar: Run, home: Path) -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}/moutamadris"
    write_settings(
        home,
        f'url = "{practice.url}"',
        account("refused", OTHER.code, "wrong", home),
        account("gone", DEMO.code, DEMO.password, home, url=nowhere),
        account("family", PARENT.code, PARENT.password, home),
        '[accounts.unusable]\ncode = "X130000003"\npassword_file = "/nowhere/at/all"',
    )
    done = massar("journey", "--json", "--all-children")
    assert done.code == 8
    assert codes_of(done) == list(ALL)
    errors = json.loads(done.out)["errors"]
    assert [error["kind"] for error in errors] == ["credentials", "unavailable", "usage"]
    assert errors_on_standard_error(done) == errors
    names = [error["message"].partition(":")[0] for error in errors]
    assert names == ["refused", "gone", "unusable"]


def test_where_all_accounts_fail_the_first_error_decides(
    practice: Practice, massar: Run, home: Path
) -> None:
    write_settings(
        home,
        f'url = "{practice.url}"',
        account("one", OTHER.code, "wrong", home),
        '[accounts.two]\ncode = "X130000003"\npassword_file = "/nowhere/at/all"',
    )
    done = massar("journey", "--json", "--all-children")
    assert (done.code, done.out) == (3, "")
    assert [error["kind"] for error in errors_on_standard_error(done)] == ["credentials", "usage"]
    assert practice.passwords_posted() == 1


@pytest.mark.parametrize("usual", [None, "demo"])
def test_the_environments_account_is_one_more(
    practice: Practice, massar: Run, home: Path, usual: str | None
) -> None:
    third = next(one for one in STUDENTS if one.code == "X130000003")
    write_settings(
        home,
        f'url = "{practice.url}"',
        f'default_account = "{usual}"' if usual else "",
        account("default", third.code, third.password, home).partition("\n")[2],
        account("other", OTHER.code, OTHER.password, home),
        account("demo", DEMO.code, DEMO.password, home),
    )
    done = massar("journey", "--json", "--all-children", **practice.settings(PARENT))
    assert done.code == 0, done.err
    assert codes_of(done) == [*ALL, third.code, OTHER.code, DEMO.code]
    assert practice.passwords_posted() == 4


def test_the_environments_password_is_the_usual_accounts_where_it_names_no_code(
    practice: Practice, massar: Run, home: Path
) -> None:
    write_settings(
        home,
        f'url = "{practice.url}"\ndefault_account = "demo"',
        account("other", OTHER.code, OTHER.password, home),
        account("demo", DEMO.code, "wrong", home),
    )
    done = massar("journey", "--json", "--all-children", MASSAR_PASSWORD=DEMO.password)
    assert done.code == 0, done.err
    assert codes_of(done) == [OTHER.code, DEMO.code]


@pytest.mark.parametrize("code", [DEMO.code, f"{DEMO.code.lower()}@TAALIM.ma"])
def test_one_account_under_two_names_is_read_once(
    practice: Practice, massar: Run, home: Path, code: str
) -> None:
    write_settings(
        home,
        f'url = "{practice.url}"',
        account("demo", DEMO.code, DEMO.password, home),
        account("again", code, DEMO.password, home),
    )
    for command in ("profile", "children"):
        assert len(data_of(massar(command, "--json", "--all-children"))) == 1
    assert practice.passwords_posted() == 1


@pytest.mark.parametrize("command", ["journey", "children"])
@pytest.mark.parametrize("is_parent_first", [True, False])
def test_a_pupil_with_an_account_beside_the_parents_is_shown_once(
    practice: Practice, massar: Run, home: Path, command: str, is_parent_first: bool
) -> None:
    accounts = [
        account("family", PARENT.code, PARENT.password, home),
        account("own", SECOND.code, SECOND.password, home),
    ]
    write_settings(home, f'url = "{practice.url}"', *accounts[:: 1 if is_parent_first else -1])
    done = massar(command, "--json", "--all-children")
    assert done.code == 0, done.err
    codes = [one.get("code") or one["student"]["code"] for one in data_of(done)]
    once = ALL if is_parent_first else (SECOND.code, FIRST.code, THIRD.code)
    assert list(dict.fromkeys(codes)) == list(once)
    if command == "children":
        assert len(codes) == len(once)
    assert done.err.count(f"{SECOND.code} was read with another account") == 1
    assert practice.passwords_posted() == (1 if is_parent_first else 2)


def test_both_options_together_are_refused_before_anything_is_asked(
    practice: Practice, massar: Run
) -> None:
    done = massar("journey", "--child", "adam", "--all-children", **practice.settings(PARENT))
    assert (done.code, done.out) == (2, "")
    assert practice.asked() == []


def test_the_children_are_listed_in_every_format(edition: Practice, massar: Run) -> None:
    settings = edition.settings(PARENT)
    listed = massar("children", "--json", **settings)
    assert json.loads(listed.out)["schema"] == "massar.children/1"
    assert [one["code"] for one in data_of(listed)] == list(ALL)
    assert [one["nickname"] for one in data_of(listed)] == [None] * 3
    rows = massar("children", "--format", "csv", **settings).out.splitlines()
    assert rows[0] == "code,name,nickname"
    assert rows[1] == f"{FIRST.code},{data_of(listed)[0]['name']},"
    assert FIRST.code in massar("children", **settings).out
    # As the portal lists them now, in one request.
    edition.portal.journal.clear()
    massar("children", **settings)
    assert edition.asked() == [f"GET {HOME}"]


def test_a_pupil_is_their_accounts_only_student(edition: Practice, massar: Run) -> None:
    done = massar("children", "--json", **edition.settings())
    assert [one["code"] for one in data_of(done)] == [DEMO.code]
    assert data_of(done)[0]["name"] in ("سلمى المثال", "SALMA EL MITAL")
    demo = massar("--demo", "children", "--json")
    assert [one["code"] for one in data_of(demo)] == [DEMO.code]


def test_the_children_of_every_account_are_listed(
    practice: Practice, massar: Run, home: Path
) -> None:
    write_settings(
        home,
        f'url = "{practice.url}"',
        account("family", PARENT.code, PARENT.password, home),
        account("wrong", OTHER.code, "wrong", home),
        account("demo", DEMO.code, DEMO.password, home, nickname="Sisi"),
    )
    done = massar("children", "--json", "--all-children")
    assert done.code == 8
    assert [one["code"] for one in data_of(done)] == [*ALL, DEMO.code]
    assert data_of(done)[-1]["nickname"] == "Sisi"


def test_nicknames_stand_for_the_children(practice: Practice, massar: Run, home: Path) -> None:
    write_settings(
        home,
        f'url = "{practice.url}"',
        f'[children]\n{FIRST.code} = "Big"\n{SECOND.code.lower()} = "Middle"',
        account("family", PARENT.code, PARENT.password, home),
        f'[accounts.family.children]\n{SECOND.code} = "Dodo"',
    )
    listed = data_of(massar("children", "--json"))
    assert [one["nickname"] for one in listed] == ["Big", "Dodo", None]
    assert codes_of(massar("journey", "--json", "--child", "dodo")) == [SECOND.code]
    assert massar("journey", "--child", "big").out.startswith("Big · ")
    element = data_of(massar("journey", "--json", "--child", "big"))[0]
    assert element["student"] == {"code": FIRST.code, "name": "مريم الأسرة"}
    nobody = massar("journey", "--child", "middle")
    assert nobody.code == 2
    assert "Big " in nobody.err
    assert "Dodo " in nobody.err


@pytest.mark.parametrize(
    "text",
    [
        '[children]\nnobody = "Big"',
        f'[children]\n{FIRST.code} = ""',
        f"[children]\n{FIRST.code} = 3",
        'children = "Big"',
        '[children]\n"first.last@taalim.ma" = "Big"',
        '[accounts.one]\ncode = "X130000001"\n[accounts.one.children]\nx = "Big"',
        "child = 5",
    ],
)
def test_settings_of_children_that_cannot_be_used_are_told(
    practice: Practice, massar: Run, home: Path, text: str
) -> None:
    write_settings(home, text)
    done = massar("journey", **practice.settings(PARENT))
    assert (done.code, done.out) == (2, "")
    assert "config.toml" in done.err
    assert practice.asked() == []


def test_an_account_without_a_password_is_read_under_its_other_name(
    practice: Practice, massar: Run, home: Path
) -> None:
    url = practice.url
    write_settings(home, account("p", PARENT.code, PARENT.password, home, url=url))
    environment = {"MASSAR_CODE": PARENT.code, "MASSAR_URL": url}
    done = massar("--no-input", "children", "--all-children", "--json", **environment)
    assert done.code == 8
    assert len(json.loads(done.out)["data"]) == 3
    (error,) = errors_on_standard_error(done)
    assert error["kind"] == "credentials"
    assert practice.passwords_posted() == 1


def test_an_account_whose_password_was_refused_is_not_tried_under_another_name(
    practice: Practice, massar: Run, home: Path
) -> None:
    url = practice.url
    bad = account("bad", PARENT.code, "refused", home, url=url)
    good = account("good", f"{PARENT.code.lower()}@taalim.ma", PARENT.password, home, url=url)
    write_settings(home, bad, good)
    done = massar("--no-input", "children", "--all-children", "--json")
    assert done.code == 3
    assert practice.passwords_posted() == 1
