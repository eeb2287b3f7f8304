"""--rtl and --plain as a person meets them: options, setting, terminal, pipe, file and messages."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.cli.processes import run_to_end, surroundings
from tests.cli.terminal import Seen, Terminal, width_of
from tests.conftest import Done
from tests.formats.screens import APART, RIGHT_TO_LEFT, left_to_right, read, without_marks

Run = Callable[..., Done]

CARD = ("grades", "--year", "2023", "--semester", "1")
UNSHAPED = re.compile("[\u0621-\u063f\u0641-\u064a]")  # tatweel has one shape
SHAPED = re.compile("[\ufe70-\ufefc]")
VTE, WINDOWS = {"VTE_VERSION": "7006"}, {"WT_SESSION": "{0}"}


def at_terminal(
    home: Path, *arguments: str, columns: int = 100, environment: dict[str, str] | None = None
) -> Seen:
    surrounding = surroundings(home, **(environment or {}))
    with Terminal(*arguments, environment=surrounding, columns=columns) as terminal:
        return terminal.end()


def set_rtl(home: Path, choice: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f'[display]\nrtl = "{choice}"\n', encoding="utf-8")


def mode_of(text: str) -> str:
    if SHAPED.search(text):
        return "mixed" if UNSHAPED.search(text) else "shape"
    return "terminal" if APART.search(text) else "off"


@pytest.mark.parametrize(
    ("option", "setting", "environment", "mode"),
    [
        (None, None, {}, "terminal"),
        (None, None, VTE, "terminal"),
        (None, None, WINDOWS, "shape"),
        (None, "shape", VTE, "shape"),
        (None, "off", WINDOWS, "off"),
        ("terminal", "shape", WINDOWS, "terminal"),
        ("auto", "terminal", WINDOWS, "shape"),
        ("off", None, WINDOWS, "off"),
    ],
)
def test_the_option_wins_over_the_setting_and_that_over_the_terminal(
    home: Path, option: str | None, setting: str | None, environment: dict[str, str], mode: str
) -> None:
    if setting:
        set_rtl(home, setting)
    options = ("--rtl", option) if option else ()
    seen = at_terminal(home, "--demo", *CARD, *options, environment=environment)
    assert (seen.code, mode_of(seen.text)) == (0, mode)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_report_card_fits_every_screen_and_no_mark_is_lost(
    home: Path, massar: Run, language: str, columns: int
) -> None:
    command = ("--demo", "--lang", language, *CARD)
    every = Counter(re.findall(r"\d+,\d\d", massar(*command).out))
    for rtl in ("terminal", "shape"):
        seen = at_terminal(home, *command, "--rtl", rtl, columns=columns)
        assert max(map(width_of, map(without_marks, seen.lines))) <= columns
        marks = Counter(re.findall(r"\d+,\d\d", without_marks("\n".join(seen.lines))))
        assert marks <= every  # the class's figures only where there is room
        assert marks == every or marks.total() >= 50


def test_a_pipe_and_a_file_stay_as_they_are_unless_the_option_says_otherwise(
    home: Path, massar: Run, tmp_path: Path
) -> None:
    set_rtl(home, "shape")
    assert mode_of(massar("--demo", *CARD).out) == "off"
    assert mode_of(massar("--demo", *CARD, "--rtl", "auto").out) == "off"
    assert mode_of(massar("--demo", *CARD, "--rtl", "shape").out) == "shape"
    assert mode_of(massar("--demo", *CARD, "--rtl", "terminal").out) == "terminal"
    file = tmp_path / "card.txt"
    seen = at_terminal(home, "--demo", *CARD, "-o", str(file))
    assert (seen.code, mode_of(file.read_text(encoding="utf-8"))) == (0, "off")


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "md"])
def test_no_format_but_the_table_takes_either_option_or_changes_with_the_setting(
    home: Path, massar: Run, format_: str
) -> None:
    set_rtl(home, "shape")
    seen = at_terminal(home, "--demo", *CARD, "-f", format_)
    assert mode_of(seen.text) == "off"
    for options in (("--rtl", "shape"), ("--plain",)):
        done = massar("--demo", *CARD, "-f", format_, *options)
        assert (done.code, done.out) == (2, "")
        error = json.loads(done.err)["error"]["message"] if format_ != "md" else done.err
        assert options[0] in error


def test_a_mode_that_there_is_none_of_is_refused(massar: Run) -> None:
    done = massar("--demo", *CARD, "--rtl", "right")
    assert done.code == 2
    assert "right" in done.err


@pytest.mark.parametrize("environment", [VTE, WINDOWS, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_the_plain_list_is_the_same_at_every_terminal_and_in_a_pipe(
    home: Path, massar: Run, environment: dict[str, str]
) -> None:
    seen = at_terminal(home, "--demo", *CARD, "--plain", columns=40, environment=environment)
    assert "\x1b" not in seen.text
    assert seen.lines == massar("--demo", *CARD, "--plain").out.splitlines()
    assert mode_of(seen.text) == "off"
    shaped = massar("--demo", *CARD, "--plain", "--rtl", "shape").out
    assert mode_of(shaped) == "shape"


def test_shaped_text_without_colour_is_the_same_text(home: Path) -> None:
    coloured = at_terminal(home, "--demo", *CARD, environment=WINDOWS)
    assert "\x1b" in coloured.text
    for variable in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = at_terminal(home, "--demo", *CARD, environment=WINDOWS | variable)
        assert "\x1b" not in plain.text
        assert plain.lines == coloured.lines


@pytest.mark.parametrize("environment", [VTE, WINDOWS])
def test_messages_and_errors_are_arranged_and_broken_as_tables_are(
    home: Path, environment: dict[str, str]
) -> None:
    told = at_terminal(
        home, "--demo", "--lang", "ar", "grades", columns=60, environment=environment
    )
    failed = at_terminal(home, "--lang", "ar", "grades", columns=60, environment=environment)
    for seen, code in ((told, 0), (failed, 3)):
        assert seen.code == code
        message = [line for line in seen.lines if RIGHT_TO_LEFT.search(line)][:1]
        assert mode_of("".join(message)) == ("terminal" if environment is VTE else "shape")
    assert max(map(width_of, map(without_marks, failed.lines))) <= 60
    if environment is WINDOWS:
        assert not UNSHAPED.search("".join(failed.lines))
        assert read(failed.lines[0].strip()).startswith("massar: ")


def test_a_machine_error_at_a_terminal_is_plain_json(home: Path) -> None:
    seen = at_terminal(home, "--lang", "ar", "grades", "--json", environment=WINDOWS)
    assert UNSHAPED.search(json.loads(seen.text)["error"]["message"])


def test_a_shaped_question_has_its_answer_on_a_line_of_its_own(home: Path) -> None:
    surrounding = surroundings(home, **WINDOWS)
    with Terminal("--lang", "ar", "login", environment=surrounding, columns=40) as terminal:
        terminal.wait_for("> ")
        terminal.press("X130000000\n")
        terminal.wait_for("X130000000\r\n")
        terminal.wait_for("ﺭﻭﺮﻣ")
        terminal.press("\x04")
        seen = terminal.end()
    assert seen.code in (3, 130)
    assert not UNSHAPED.search(seen.lines[0])
    assert [len(seen.lines[i]) for i in (0, 2)] == [40, 40]
    assert seen.lines[1] == "> X130000000"
    assert read(seen.lines[2].strip()) == "كلمة مرور X130000000:"


def test_where_the_terminal_reorders_an_answer_is_typed_behind_its_question(home: Path) -> None:
    with Terminal("--lang", "ar", "login", environment=surroundings(home, **VTE)) as terminal:
        terminal.wait_for("\u202c\u200e ")
        terminal.press("\x04")
        seen = terminal.end()
    assert APART.fullmatch(seen.lines[0].strip(" "))


@pytest.mark.parametrize("rtl", ["shape", "terminal"])
def test_a_plain_list_put_in_order_is_broken_before(home: Path, rtl: str) -> None:
    command = ("-q", "--demo", "--lang", "ar", "homework", "--plain", "--rtl", rtl)
    seen = at_terminal(home, *command, columns=40)
    whole = at_terminal(home, *command, columns=2000)
    for line in seen.lines:
        assert width_of(without_marks(line)) <= 40 or not RIGHT_TO_LEFT.search(line)
    assert len(seen.lines) > len(whole.lines)
    if rtl == "shape":
        assert words(map(read, seen.lines)) == words(map(read, whole.lines))
        assert not any(line.startswith("  ") for line in seen.lines)


def test_without_a_terminal_no_line_of_a_plain_list_is_broken(massar: Run) -> None:
    command = ("--demo", "--lang", "ar", "homework", "--semester", "1", "--plain")
    plain, shaped = massar(*command).out, massar(*command, "--rtl", "shape").out
    assert len(plain.splitlines()) == len(shaped.splitlines())


def words(lines: Iterable[str]) -> list[str]:
    return re.findall("[\u0621-\u064a]+", " ".join(lines))


def test_errors_of_the_command_line_obey_the_option_that_they_came_with(home: Path) -> None:
    for rtl in ("shape", "terminal", "off"):
        for given in (("--rtl", rtl), (f"--rtl={rtl}",)):
            seen = at_terminal(home, "--lang", "ar", "grades", *given, "--no-such", columns=200)
            assert (seen.code, mode_of(seen.text)) == (2, rtl)
            assert "--no-such" in left_to_right("".join(seen.lines))


@pytest.mark.parametrize("environment", [VTE, WINDOWS])
def test_settings_go_from_left_to_right_with_arabic_remarks_in_order(
    home: Path, environment: dict[str, str]
) -> None:
    seen = at_terminal(home, "--lang", "ar", "config", "show", environment=environment, columns=200)
    assert mode_of(seen.text) == ("terminal" if environment is VTE else "shape")
    (file,) = [line for line in seen.lines if "config.toml" in line]
    shown = left_to_right(file) if environment is VTE else file
    assert shown.strip().startswith(f"file = {home}/config.toml  (")
    assert shown.endswith(")")


def test_what_is_told_beside_a_plain_list_goes_the_way_that_was_asked_for(home: Path) -> None:
    arguments = ("--lang", "ar", "--demo", "grades", "-o", str(home.parent / "card.txt"), "--plain")
    assert mode_of(at_terminal(home, *arguments).text) == "off"
    assert mode_of(at_terminal(home, *arguments, "--rtl", "shape").text) == "shape"


@pytest.mark.parametrize(("environment", "mode"), [(VTE, "terminal"), (WINDOWS, "shape")])
@pytest.mark.parametrize("command", [("grades", "--help"), ("help", "grades"), ()])
def test_help_is_arranged_as_tables_are(
    home: Path, command: tuple[str, ...], environment: dict[str, str], mode: str
) -> None:
    seen = at_terminal(home, "--lang", "ar", *command, environment=environment, columns=60)
    assert (seen.code, mode_of(seen.text)) == (0, mode)
    assert max(map(width_of, map(without_marks, seen.lines))) <= 60
    piped = run_to_end("--lang", "ar", *command, environment=surroundings(home), cwd=home.parent)
    assert mode_of(piped.out) == "off"


@pytest.mark.parametrize("option", ["--list-accounts", "--list-faults"])
@pytest.mark.parametrize("columns", [40, 80])
def test_the_lists_of_the_practice_portal_are_laid_out_for_the_terminal(
    home: Path, option: str, columns: int
) -> None:
    in_arabic = ("--lang", "ar", "demo", option)
    shaped = at_terminal(home, *in_arabic, columns=columns, environment=WINDOWS)
    assert mode_of(shaped.text) == "shape"
    assert max(map(width_of, shaped.lines)) == columns
    assert mode_of(at_terminal(home, *in_arabic, columns=columns).text) == "terminal"
    french = at_terminal(home, "--lang", "fr", "demo", option, columns=columns)
    assert max(map(width_of, french.lines)) <= columns
