"""At a terminal: what is asked, what is echoed, how wide it is, and Arabic that keeps its place."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.students import DEMO, STUDENTS
from tests.cli.processes import surroundings
from tests.cli.servers import closed_port
from tests.cli.terminal import Terminal, width_of
from tests.conftest import Done, Practice
from tests.formats.screens import APART, without_marks

Run = Callable[..., Done]

ONE_CARD = ("grades", "--year", "2023", "--semester", "1")
ARABIC = re.compile("[\u0600-\u06ff]")
PASSWORD_SCRIPT_TEXT = "not-the-password"


def at_practice(home: Path, practice: Practice, **more: str) -> dict[str, str]:
    return surroundings(home, MASSAR_URL=practice.url, **more)


def test_a_missing_password_is_asked_for_and_not_echoed(home: Path, practice: Practice) -> None:
    environment = at_practice(home, practice, MASSAR_CODE=DEMO.code)
    with Terminal(*ONE_CARD, environment=environment, columns=200) as terminal:
        terminal.wait_for("Password of ")
        terminal.press(f"{DEMO.password}\n")
        seen = terminal.end()
    assert seen.code == 0
    assert "2023/2024" in seen.text
    assert DEMO.password not in seen.text
    assert practice.passwords_posted() == 1


def test_a_refused_password_is_not_asked_for_again(home: Path, practice: Practice) -> None:
    environment = at_practice(home, practice, MASSAR_CODE=DEMO.code)
    with Terminal(*ONE_CARD, environment=environment) as terminal:
        terminal.wait_for("Password of ")
        terminal.press("not-the-password\n")
        seen = terminal.end()
    assert seen.code == 3
    assert seen.text.count("Password of ") == 1
    assert "not-the-password" not in seen.text
    assert practice.passwords_posted() == 1


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(("keys", "codes"), [("\x04", (3, 130)), ("\x03", (130,))])
def test_whoever_gives_no_password_gets_no_traceback_and_no_sign_in(
    home: Path, practice: Practice, keys: str, codes: tuple[int, ...]
) -> None:
    environment = at_practice(home, practice, MASSAR_CODE=DEMO.code)
    with Terminal(*ONE_CARD, environment=environment) as terminal:
        terminal.wait_for("Password of ")
        terminal.press(keys)
        seen = terminal.end()
    assert seen.code in codes
    assert "Traceback" not in seen.text
    assert practice.passwords_posted() == 0


def test_an_empty_password_or_code_is_asked_for_again_and_the_portal_is_not(
    home: Path, practice: Practice
) -> None:
    with Terminal("login", environment=at_practice(home, practice)) as terminal:
        terminal.wait_for("Massar code: ")
        terminal.press("\n")
        terminal.wait_for("No Massar code was typed.")
        terminal.press(f"{DEMO.code}\n")
        again = "Password of "
        for _time in range(3):
            terminal.wait_for(again)
            terminal.press("\n")
            again = f"{again}{DEMO.code}: \r\nNo password was typed.\r\nPassword of "
        seen = terminal.end()
    assert seen.code == 3
    assert seen.text.count("Password of ") == 3
    assert practice.asked() == []


@pytest.mark.parametrize("other", ["", "X130000002"])
def test_a_code_that_is_only_remembered_is_offered_and_another_may_be_typed(
    home: Path, practice: Practice, process: Run, other: str
) -> None:
    assert process("login", **practice.settings()).code == 0
    wanted = next(one for one in STUDENTS if one.code == (other or DEMO.code))
    with Terminal("login", environment=at_practice(home, practice)) as terminal:
        terminal.wait_for(f"Massar code [{DEMO.code}]: ")
        terminal.press(f"{other}\n")
        terminal.wait_for(f"Password of {wanted.code}")
        terminal.press(f"{wanted.password}\n")
        terminal.wait_for("[y/N]")  # there is no keyring
        terminal.press("\n")
        seen = terminal.end()
    assert seen.code == 0
    assert "massar --account NAME login" in seen.text
    assert json.loads((home / "accounts.json").read_text())["default"]["code"] == wanted.code
    assert practice.passwords_posted() == 2


def test_a_code_of_the_environment_is_not_asked_for(home: Path, practice: Practice) -> None:
    environment = at_practice(home, practice, MASSAR_CODE=DEMO.code)
    with Terminal("login", environment=environment) as terminal:
        terminal.wait_for("Password of ")
        terminal.press("\x04")
        assert "Massar code" not in terminal.end().text


def test_no_input_asks_nothing_even_at_a_terminal(home: Path, practice: Practice) -> None:
    environment = at_practice(home, practice, MASSAR_CODE=DEMO.code)
    with Terminal("--no-input", *ONE_CARD, environment=environment) as terminal:
        seen = terminal.end()
    assert seen.code == 3
    assert "Password of " not in seen.text
    assert practice.passwords_posted() == 0


def test_login_asks_for_code_and_password_and_remembers_the_code(
    home: Path, practice: Practice
) -> None:
    with Terminal("login", environment=at_practice(home, practice)) as terminal:
        terminal.wait_for("Massar code: ")
        terminal.press("x13 0000 001\n")
        terminal.wait_for("Password of ")
        terminal.press(f"{DEMO.password}\n")
        terminal.wait_for("[y/N]")  # there is no keyring
        terminal.press("\n")
        seen = terminal.end()
    assert seen.code == 0
    assert "سلمى المثال" in seen.text
    assert DEMO.password not in seen.text
    assert json.loads((home / "accounts.json").read_text()) == {
        "default": {"code": DEMO.code, "url": practice.url}
    }


def test_the_code_of_the_second_step_is_asked_for(home: Path, practice: Practice) -> None:
    student = next(one for one in STUDENTS if one.step_code)
    environment = surroundings(home, **practice.settings(student))
    with Terminal("profile", environment=environment) as terminal:
        terminal.wait_for("Code that the portal asks for: ")
        terminal.press(f"{student.step_code}\n")
        seen = terminal.end()
    assert seen.code == 0
    assert student.code in seen.text


def test_no_input_does_not_ask_for_the_second_step(home: Path, practice: Practice) -> None:
    student = next(one for one in STUDENTS if one.step_code)
    environment = surroundings(home, **practice.settings(student))
    with Terminal("--no-input", "profile", environment=environment) as terminal:
        assert terminal.end().code == 6


@pytest.mark.parametrize(
    ("answer", "is_removed"),
    [("\n", False), ("n\n", False), ("\x04", False), ("y\n", True), ("OUI\n", True)],
)
def test_forget_says_what_it_removes_and_asks_first(
    home: Path, practice: Practice, process: Run, answer: str, is_removed: bool
) -> None:
    assert process("login", **practice.settings()).code == 0
    kept = set(home.iterdir())
    with Terminal("forget", environment=surroundings(home)) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press(answer)
        seen = terminal.end()
    assert seen.code == (130 if answer == "\x04" else 0)  # the input ended in place of an answer
    assert seen.text.index(DEMO.code) < seen.text.index("[y/N]")
    assert set(home.iterdir()) == (set() if is_removed else kept)


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [
        *((ONE_CARD, columns) for columns in (70, 80, 100, 120, 200)),
        *(((*ONE_CARD, "--summary"), 80), (("journey",), 80), (("profile",), 80)),
    ],
)
def test_nothing_is_wider_than_the_terminal_and_no_number_is_cut(
    home: Path, massar: Run, arguments: tuple[str, ...], columns: int
) -> None:
    with Terminal(
        "--demo", *arguments, environment=surroundings(home), columns=columns
    ) as terminal:
        seen = terminal.end()
    assert seen.code == 0
    assert max(map(width_of, seen.lines)) <= columns
    full = {}
    for line in massar("--demo", *arguments).out.splitlines():
        name, *cells = re.split(r"\s{2,}", line.strip())
        full[name] = set(cells)
    for line in seen.lines:
        name, *cells = re.split(r"\s{2,}", without_marks(line).replace("│", " ").strip())
        numbers = {cell for cell in cells if re.match(r"\d", cell)}
        if name in full and name != "Subject":  # headings may be broken between words
            assert numbers <= full[name], f"cut or changed: {name}: {sorted(numbers - full[name])}"


@pytest.mark.parametrize(("columns", "has_extras"), [(80, False), (130, True)])
def test_the_class_columns_are_shown_whole_where_there_is_room_or_not_at_all(
    home: Path, columns: int, has_extras: bool
) -> None:
    with Terminal("--demo", *ONE_CARD, environment=surroundings(home), columns=columns) as terminal:
        (heading,) = [line for line in terminal.end().lines if "Subject" in line]
    for name in ("Class max", "Class mean", "Class min", "Coef."):
        assert (name in heading) is has_extras
    assert ("Cl" in heading) is has_extras


def test_the_summary_fits_80_columns_with_every_column(home: Path) -> None:
    with Terminal(
        "--demo", *ONE_CARD, "--summary", environment=surroundings(home), columns=80
    ) as terminal:
        text = "\n".join(terminal.end().lines)
    rule = next(line for line in text.splitlines() if "─" in line)
    assert width_of(rule) <= 80
    words = set(text[: text.index(rule)].split())
    assert {"Subject", "Continuous", "Exam", "Coef.", "max", "mean", "min"} <= words


def test_columns_of_the_environment_win_over_the_terminals(home: Path) -> None:
    environment = surroundings(home, COLUMNS="70")
    with Terminal("--demo", "journey", environment=environment, columns=150) as terminal:
        assert max(map(width_of, terminal.end().lines)) <= 70


def cells(lines: list[str]) -> list[list[str]]:
    return [re.split(r"\s{2,}", line) for line in lines if "─" not in line]


def test_every_arabic_cell_is_kept_apart_at_a_terminal(home: Path, massar: Run) -> None:
    for command in (ONE_CARD, ("journey",), ("profile",)):
        with Terminal("--demo", *command, environment=surroundings(home), columns=160) as terminal:
            lines = terminal.end().lines
        assert any(map(APART.search, lines))
        assert not any(ARABIC.search(APART.sub("", line)) for line in lines)
        piped = massar("--demo", *command).out.splitlines()
        bare = [without_marks(line).replace(" │", "  ").strip() for line in lines]
        assert cells(bare) == cells([line.strip() for line in piped])


def test_colours_are_for_terminals_that_want_them(home: Path) -> None:
    seen = {}
    for name, more in {"plain": {}, "no": {"NO_COLOR": "1"}, "dumb": {"TERM": "dumb"}}.items():
        environment = surroundings(home, **more)
        with Terminal("--demo", "profile", environment=environment, columns=120) as terminal:
            seen[name] = terminal.end()
    assert "\x1b[1m" in seen["plain"].text
    assert "\x1b" not in seen["no"].text
    assert "\x1b" not in seen["dumb"].text
    texts = [[line.rstrip() for line in one.lines] for one in seen.values()]
    assert texts[0] == texts[1] == texts[2]


def test_all_years_show_a_bar_on_the_terminal_and_none_in_the_data(
    home: Path, tmp_path: Path
) -> None:
    arguments = ("--demo", "grades", "--year", "all", "--json")
    with (tmp_path / "out.json").open("wb") as out:
        with Terminal(*arguments, environment=surroundings(home), stdout=out) as terminal:
            seen = terminal.end()
        with Terminal("-q", *arguments, environment=surroundings(home), stdout=out) as terminal:
            assert terminal.end().text == ""
    assert seen.code == 0
    assert "Report cards" in seen.text
    documents = (tmp_path / "out.json").read_text().split("\n}\n")
    assert json.loads(documents[0] + "}")["data"]


def test_an_error_at_a_terminal_is_for_people(home: Path) -> None:
    environment = surroundings(
        home,
        MASSAR_URL=f"http://127.0.0.1:{closed_port()}",
        MASSAR_CODE=DEMO.code,
        MASSAR_PASSWORD=PASSWORD_SCRIPT_TEXT,
    )
    with Terminal("grades", environment=environment) as terminal:
        seen = terminal.end()
    assert seen.code == 4
    assert seen.lines[0].startswith("massar: ")
    assert all(len(line) <= 80 for line in seen.lines)
    assert " ".join(seen.lines).endswith("Is the practice portal running? Check MASSAR_URL.")


def test_a_person_at_a_terminal_is_told_what_comes_next(home: Path, tmp_path: Path) -> None:
    def show(*arguments: str) -> str:
        with Terminal(*arguments, environment=surroundings(home), columns=200) as terminal:
            return terminal.end().text

    assert "--download DIR" in show("--demo", "documents")
    assert "--download DIR" not in show("--demo", "--quiet", "documents")
    file = tmp_path / "messages.md"
    seen = show("--demo", "messages", "-o", str(file))
    assert seen.count("in a browser") == 1
    assert f"Written: {file}" in seen


def test_nobody_else_is_told_what_comes_next(massar: Run, tmp_path: Path) -> None:
    file = tmp_path / "documents.md"
    assert massar("--demo", "documents", "-o", str(file)).err == ""
