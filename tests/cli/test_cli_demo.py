"""`massar demo` as a process: three lines, a portal that works, and a quiet end."""

import json
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from massar_cli.practice.students import STUDENTS
from tests.cli.processes import start, surroundings
from tests.conftest import Done

Run = Callable[..., Done]

THREE_LINES = re.compile(
    r"URL: (http://127\.0\.0\.1:\d+/moutamadris)\nCode: ([A-Z]\d{9})\nPassword: (\S+)\n"
)


class Served:
    """The three lines of a running practice portal, and how it ended."""

    def __init__(self, printed: str) -> None:
        match = THREE_LINES.fullmatch(printed)
        assert match, printed
        self.settings = dict(
            zip(("MASSAR_URL", "MASSAR_CODE", "MASSAR_PASSWORD"), match.groups(), strict=True)
        )
        self.end: Done | None = None


@contextmanager
def demo(*arguments: str, environment: dict[str, str]) -> Iterator[Served]:
    """Run `massar demo` until the block ends, then press Ctrl-C."""
    with start(*arguments, environment=environment) as process:
        assert process.stdout is not None
        served = None
        try:
            lines = [process.stdout.readline().decode() for _line in range(3)]
            served = Served("".join(lines))
            yield served
        finally:
            process.send_signal(signal.SIGINT)
            try:
                out, err = process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()  # or leaving would wait for it without end
                raise
    served.end = Done(process.returncode, out.decode(), err.decode())


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("before", "language"), [((), "fr"), (("--lang", "ar"), "fr"), (("-q",), "ar")]
)
def test_demo_prints_three_lines_in_no_language_and_its_account_signs_in(
    home: Path, process: Run, before: tuple[str, ...], language: str
) -> None:
    environment = surroundings(home, MASSAR_LANG=language)
    with demo(*before, "demo", "--port", "0", environment=environment) as served:
        done = process("grades", "--year", "2023", "--semester", "1", "--json", **served.settings)
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert document["source"] == "portal"
    (card,) = document["data"]
    assert len(card["subjects"]) >= 6
    assert card["average"] is not None
    assert card["exam_average"] is not None
    assert served.end == Done(130, "", "")


@pytest.mark.usefixtures("interruptible")
def test_demo_pays_no_heed_to_the_settings(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("no toml at all")
    environment = surroundings(
        home,
        MASSAR_URL="https://massarservice.men.gov.ma.example/",
        MASSAR_CODE="nonsense",
        MASSAR_PASSWORD_FILE="/no/such/file",
    )
    with demo("demo", environment=environment) as served:
        assert served.settings["MASSAR_CODE"] == "X130000001"
    assert served.end == Done(130, "", "")


@pytest.mark.usefixtures("interruptible")
def test_demo_serves_the_edition_and_language_that_are_asked_for(home: Path, process: Run) -> None:
    arguments = ("demo", "--edition", "2025", "--language", "fr")
    with demo(*arguments, environment=surroundings(home)) as served:
        done = process("profile", "--json", **served.settings)
    assert json.loads(done.out)["data"][0]["student"]["name"] == "SALMA EL MITAL"


@pytest.mark.usefixtures("interruptible")
def test_the_accounts_can_be_listed_and_the_parents_signs_in(
    home: Path, massar: Run, process: Run
) -> None:
    done = massar("demo", "--list-accounts")
    assert (done.code, done.err) == (0, "")
    accounts = {code: (password, use) for code, password, use in map(_split, done.out.splitlines())}
    assert list(accounts) == [student.code for student in STUDENTS]
    assert all(use for _password, use in accounts.values())
    password, use = accounts["X130000010"]
    assert "parent" in use
    with demo("demo", environment=surroundings(home)) as served:
        account = {"MASSAR_CODE": "X130000010", "MASSAR_PASSWORD": password}
        done = process("login", **{**served.settings, **account})
    assert done.code == 0, done.err


def _split(line: str) -> tuple[str, str, str]:
    code, password, use = line.split(None, 2)
    return code, password, use


def test_a_port_in_use_is_told_in_one_clear_line(process: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = process("demo", "--port", port)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("massar: ")
    assert port in line
    assert "--port" in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "-1"),
        ("--port", "65536"),
        ("--port", "x"),
        ("--edition", "2020"),
        ("--language", "en"),
    ],
)
def test_a_bad_option_of_demo_serves_nothing(massar: Run, arguments: tuple[str, ...]) -> None:
    done = massar("demo", *arguments)
    assert (done.code, done.out) == (2, "")
    assert arguments[0] in done.err
    assert "Traceback" not in done.err
