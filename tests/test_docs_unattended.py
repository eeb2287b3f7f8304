"""The recipes of docs/unattended.md: what can be read or run anywhere is."""

import os
import plistlib
import re
import subprocess
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from massar_cli.errors import INTERRUPTED, PARTLY_DONE, MassarError
from tests.conftest import Done

Run = Callable[..., Done]

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "unattended.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", TEXT, re.DOTALL))
COMMANDS = re.findall(r"(?:--quiet --no-input|massar-quietly) (grades .*?) -o ", TEXT)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
EXIT_CODES = {
    *(0, PARTLY_DONE, INTERRUPTED, MassarError.exit_code),
    *(error.exit_code for error in MassarError.__subclasses__()),
}
THAT_PASS = (4, 7, 8, 130)
FOR_A_PERSON = (1, 2, 3, 5, 6)
OLD = 3 * 24 * 3600


@pytest.fixture
def quietly(tmp_path: Path) -> Callable[[int], Done]:
    """Run the script around a program that fails with a code, in a home of its own."""
    script = tmp_path / "massar-quietly"
    script.write_text(FILES["massar-quietly"])
    program = tmp_path / "massar" / ".venv" / "bin" / "massar"
    program.parent.mkdir(parents=True)

    def run(code: int) -> Done:
        said = "" if code == 0 else "echo 'massar: what happened.' >&2"
        program.write_text(f'#!/bin/sh\necho "$@" > "$HOME/arguments"\n{said}\nexit {code}\n')
        program.chmod(0o700)
        done = subprocess.run(
            ["/bin/sh", str(script), "grades", "-o", "a file.csv"],
            capture_output=True,
            check=False,
            env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        )
        arguments = (tmp_path / "arguments").read_text()
        assert arguments == "--quiet --no-input grades -o a file.csv\n"
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def test_the_script_is_silent_on_what_passes_after_a_good_run(
    quietly: Callable[[int], Done],
) -> None:
    assert quietly(0) == Done(0, "", "")
    for code in THAT_PASS:
        assert quietly(code) == Done(0, "", "")


@pytest.mark.parametrize("code", [*THAT_PASS, *FOR_A_PERSON])
def test_the_script_speaks_where_no_run_has_been_good_for_days(
    quietly: Callable[[int], Done], tmp_path: Path, code: int
) -> None:
    never = quietly(code)
    assert (never.code, never.err) == (code, "")
    assert "what happened" in never.out
    assert str(code) in never.out
    assert quietly(0).code == 0
    last_good = tmp_path / ".massar-last-good"
    long_ago = last_good.stat().st_mtime - OLD
    os.utime(last_good, (long_ago, long_ago))
    assert quietly(code) == never


@pytest.mark.parametrize("code", FOR_A_PERSON)
def test_the_script_always_speaks_where_a_person_has_something_to_do(
    quietly: Callable[[int], Done], code: int
) -> None:
    assert quietly(0).code == 0
    for _turn in range(2):
        done = quietly(code)
        assert done.code == code
        assert "what happened" in done.out


def test_every_exit_code_has_one_action_here_and_in_the_readme() -> None:
    assert sorted(EXIT_CODES) == sorted((0, *FOR_A_PERSON, *THAT_PASS))
    for text in (TEXT, (ROOT / "README.md").read_text(encoding="utf-8")):
        codes = re.findall(r"^\| (\d+) \|", text, re.MULTILINE)
        assert sorted(map(int, codes)) == sorted(EXIT_CODES)


def test_the_units_count_as_failed_what_wants_a_person() -> None:
    for name in ("massar-grades.service", "massar-grades.timer", "massar-needs-you.service"):
        unit = ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(FILES[name])
        assert unit["Unit"]["Description"]
    unit.read_string(FILES["massar-grades.service"])
    assert unit["Service"]["SuccessExitStatus"] == " ".join(map(str, THAT_PASS[:3]))
    assert unit["Unit"]["OnFailure"] in FILES


def test_the_file_for_launchd_can_be_read_and_its_line_is_a_shells(tmp_path: Path) -> None:
    job = plistlib.loads(FILES["massar.grades.plist"].encode())
    assert job["Label"] == "massar.grades"
    assert job["StartCalendarInterval"] == {"Minute": 7}
    shell, flag, line = job["ProgramArguments"]
    assert (shell, flag) == ("/bin/bash", "-c")
    script = tmp_path / "line"
    script.write_text(line)
    assert subprocess.run(["/bin/sh", "-n", str(script)], check=False).returncode == 0


def test_the_file_for_the_task_scheduler_can_be_read() -> None:
    task = ET.fromstring(FILES["massar-grades.xml"])
    action = task.find(f"{TASK}Actions/{TASK}Exec")
    assert action is not None
    assert (action.findtext(f"{TASK}Command") or "").endswith("massar.exe")
    assert (action.findtext(f"{TASK}Arguments") or "").startswith("--quiet --no-input grades ")


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_every_command_of_a_recipe_is_one(process: Run, tmp_path: Path, command: str) -> None:
    file = tmp_path / "grades.csv"
    options = ("--demo", "--quiet", "--no-input")
    assert process(*options, *command.split(), "-o", str(file)) == Done(0, "", "")
    assert file.read_text().startswith("school_year,")


def test_every_recipe_has_a_command() -> None:
    assert len(COMMANDS) == 6  # and one more for a line that the Task Scheduler takes
