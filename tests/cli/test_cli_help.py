"""`--help` and `--version`: an example for every command, and nothing heavy loaded."""

import re
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from typer.main import get_command

from massar_cli import __version__
from massar_cli.cli.app import program
from massar_cli.language import LANGUAGES
from massar_cli.rtl import Rtl
from tests.cli.processes import ROOT
from tests.conftest import Done
from tests.formats.screens import left_to_right, shown, without_marks

Run = Callable[..., Done]
help_texts = runpy.run_path(str(ROOT / "massar_cli/locale/extract_help.py"))["help_texts"]

NAMES = (
    *("login", "logout", "forget", "grades", "journey", "profile"),
    *("absences", "homework", "timetable", "exams", "messages", "documents", "orientation"),
    *("pages", "page", "children", "capture", "replay", "doctor", "demo", "help"),
)
COMMANDS: tuple[tuple[str, ...], ...] = (
    *((name,) for name in NAMES),
    *(("config", "path"), ("config", "show")),
)
HEAVY = {"httpx", "selectolax", "rich", "keyring", "werkzeug", "jinja2"}
LIST_MODULES = """
import sys
from massar_cli.__main__ import main
code = main()
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


def loaded_by(*arguments: str) -> tuple[int, set[str], str]:
    """Return exit code, the top of every module that a run loads, and what it printed."""
    ended = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
    )
    modules = {name.partition(".")[0] for name in ended.stderr.decode().split()}
    assert "massar_cli" in modules
    return ended.returncode, modules, ended.stdout.decode()


@pytest.mark.parametrize("command", [(), ("config",), *COMMANDS])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_ends_well_on_standard_output(
    massar: Run, command: tuple[str, ...], flag: str
) -> None:
    done = massar(*command, flag)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: massar")
    assert "\x1b" not in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_commands_help_has_an_example_of_itself(
    massar: Run, command: tuple[str, ...]
) -> None:
    lines = massar(*command, "--help").out.splitlines()
    examples = [line.strip() for line in lines if line.strip().startswith("Example: ")]
    assert len(examples) == 1
    assert re.match(rf"Example: massar( --demo)? {' '.join(command)}\b", examples[0])


def test_the_help_names_every_command_and_no_other(massar: Run) -> None:
    listed = massar("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "] == [
        *NAMES,
        "config",
    ]


@pytest.mark.parametrize(
    ("language", "usage", "options", "example"),
    [
        ("fr", "Usage\u00a0: ", "Options\u00a0:", "Exemple\u00a0: "),
        ("ar", "الاستعمال: ", "الخيارات:", "مثال: "),
    ],
)
def test_the_help_of_every_command_is_in_the_readers_language(
    massar: Run, language: str, usage: str, options: str, example: str
) -> None:
    english = set(help_texts(get_command(program())))
    for command in [(), ("config",), *COMMANDS]:
        out = massar("--lang", language, *command, "--help").out
        assert out.startswith(f"{usage}massar"), command
        assert f"\n{options}\n" in out
        assert (f"\n  {example}massar " in out) == (command != ("config",))
        assert [text for text in english if text in " ".join(out.split())] == [], command


def test_no_command_at_all_prints_the_help(massar: Run) -> None:
    assert massar() == massar("--help")


@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_in_the_list_is_cut_short(massar: Run, language: str, columns: str) -> None:
    told = " ".join(massar("--lang", language, "--help", COLUMNS=columns).out.split())
    for name in NAMES:
        own = massar("--lang", language, name, "--help", COLUMNS=columns).out
        about = " ".join(own.split("\n\n")[1].split())
        assert f"{name} {about}" in told


def test_config_alone_prints_its_help_and_not_one_long_line(massar: Run) -> None:
    done = massar("config")
    assert done.code in (0, 2)
    both = (done.out + done.err).splitlines()
    assert any(re.match(r"\s+path  +Print", line) for line in both), both
    assert max(map(len, both)) <= 100


def test_the_help_works_whatever_the_settings_say(massar: Run) -> None:
    bad = {"MASSAR_URL": "nonsense", "MASSAR_CODE": "?", "MASSAR_HOME": "/dev/null"}
    for command in COMMANDS:
        assert massar(*command, "--help", **bad).code == 0


@pytest.mark.parametrize(
    "arguments", [("--version",), ("-q", "--version"), ("--version", "grades")]
)
def test_the_version_is_printed_alone(process: Run, arguments: tuple[str, ...]) -> None:
    assert process(*arguments) == Done(0, f"massar {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [("--version",), ("--help",), ("grades", "--help"), ("login", "--help"), ("demo", "--help")],
)
def test_help_and_version_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code, modules, out = loaded_by(*arguments)
    assert code == 0
    assert out
    assert modules & HEAVY == set()


def test_the_version_loads_no_command_line_library() -> None:
    _code, modules, _out = loaded_by("--version")
    assert modules & {"typer", "click", "json", "argparse"} == set()


def test_the_practice_portal_needs_no_keyring() -> None:
    code, modules, out = loaded_by("-q", "--demo", "grades", "--json")
    assert code == 0
    assert out.startswith("{")
    assert "keyring" not in modules
    assert {"httpx", "selectolax", "werkzeug"} <= modules  # the list does list what is loaded


def test_an_interrupt_while_a_class_is_being_made_is_an_interrupt() -> None:
    script = """
import sys
from massar_cli.__main__ import main
from massar_cli.cli import app
def interrupted(_arguments):
    raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
app.run_command_line = interrupted
sys.exit(main())
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, cwd=ROOT
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


@pytest.mark.parametrize("command", [(), ("grades",), ("config", "show")])
def test_help_as_a_command_shows_the_same(massar: Run, command: tuple[str, ...]) -> None:
    assert massar("help", *command) == massar(*command, "--help")
    wrong = massar("help", "nosuch")
    assert (wrong.code, wrong.out) == (2, "")


OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


@pytest.mark.parametrize("columns", ["40", "80", "120"])
@pytest.mark.parametrize("rtl", [Rtl.TERMINAL, Rtl.SHAPE, Rtl.OFF])
def test_arabic_help_fits_the_terminal_with_every_option_in_order(
    massar: Run, monkeypatch: pytest.MonkeyPatch, rtl: Rtl, columns: str
) -> None:
    width = int(columns)
    for command in [(), ("config",), *COMMANDS]:
        asked = ("--lang", "ar", *command, "--help")
        options = Counter(OPTION.findall(massar(*asked).out))
        with monkeypatch.context() as patch:
            patch.setattr("massar_cli.cli.help_layout.rtl_of_talk", lambda *, is_terminal: rtl)  # noqa: ARG005
            printed = massar(*asked, COLUMNS=columns).out
        rows = shown(without_marks(printed) if rtl is Rtl.TERMINAL else printed, width)
        assert len(rows) == len(printed.splitlines()), command  # the terminal broke none of them
        seen = rows
        if rtl is Rtl.TERMINAL:
            seen = [left_to_right(line) for line in printed.splitlines()]
        assert Counter(OPTION.findall("\n".join(seen))) == options, command
        assert bool(re.search("[\u0621-\u063f\u0641-\u064a]", "".join(seen))) is (
            rtl is not Rtl.SHAPE
        )
        if rtl is Rtl.SHAPE:
            assert rows[0].endswith(":ﻝﺎﻤﻌﺘﺳﻻﺍ")
            assert {len(row) for row in rows if row.endswith(":ﺕﺍﺭﺎﻴﺨﻟﺍ")} == {width}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_help_fits_a_phone(massar: Run, language: str) -> None:
    for command in [(), ("config",), *COMMANDS]:
        out = massar("--lang", language, *command, "--help", COLUMNS="40").out
        assert max(map(len, out.splitlines())) <= 40, command
