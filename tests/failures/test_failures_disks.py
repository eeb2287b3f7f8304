"""Disks that are full or read-only, and homes that are none: the answer comes all the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import PROGRAM, surroundings
from tests.conftest import Done
from tests.failures.conftest import ACCOUNT, Faulty
from tests.failures.disks import FULL, READ_ONLY, Disk, run_on
from tests.session.hostile import ONE_CARD, Run, assert_no_secret

TABLE = ONE_CARD[:-1]
ALL = FULL | READ_ONLY
_ROOT = Path(__file__).parents[2]
_NOBODY = """
import pwd

def fail(user):
    raise KeyError(user)

pwd.getpwuid = fail
"""
_SOMEBODY = """
import pwd

pwd.getpwuid = lambda user: pwd.struct_passwd(("me", "x", user, user, "", {home!r}, "/bin/sh"))
"""


@pytest.fixture
def bare_home(home: Path) -> Path:
    """Leave nothing in the home, and let nobody write to it without privileges."""
    (home / "config.toml").unlink()
    home.chmod(0o500)
    return home


def only_warning(done: Done) -> str:
    """Return the one line beside an answer, which is a whole table."""
    assert done.code == 0, done.err
    assert done.out.count("\n") > 10
    (line,) = done.err.splitlines()
    return line


@pytest.mark.parametrize("disk", ALL.values(), ids=ALL)
def test_an_answer_is_printed_with_one_warning(faulty: Faulty, bare_home: Path, disk: Disk) -> None:
    practice = faulty()
    done, left = run_on(disk, bare_home, "--quiet", *TABLE, MASSAR_URL=practice.url, **ACCOUNT)
    line = only_warning(done)
    assert str(bare_home) in line
    assert disk.reason in line
    assert practice.passwords_posted() == 1
    assert all(name.endswith(".lock") for name in left)
    assert_no_secret(bare_home, done.out, done.err)


@pytest.mark.parametrize("disk", ALL.values(), ids=ALL)
def test_login_says_that_nothing_is_remembered(faulty: Faulty, bare_home: Path, disk: Disk) -> None:
    practice = faulty()
    done, left = run_on(disk, bare_home, "login", MASSAR_URL=practice.url, **ACCOUNT)
    assert (done.code, done.out) == (0, ""), done.err
    assert f"The account cannot be remembered: {disk.reason}" in done.err
    assert "nothing is remembered" in done.err
    assert "the session is kept" not in done.err
    assert practice.passwords_posted() == 1
    assert all(name.endswith(".lock") for name in left)


@pytest.mark.parametrize("disk", FULL.values(), ids=FULL)
@pytest.mark.parametrize("command", ["logout", "forget"])
def test_there_is_nothing_to_remove_from_a_full_disk(
    faulty: Faulty, bare_home: Path, disk: Disk, command: str
) -> None:
    done, left = run_on(disk, bare_home, command, MASSAR_URL=faulty().url, **ACCOUNT)
    assert (done.code, done.out, left) == (0, "", [])


@pytest.mark.parametrize("disk", FULL.values(), ids=FULL)
def test_a_file_on_a_full_disk_is_written_not_at_all(
    faulty: Faulty, bare_home: Path, disk: Disk
) -> None:
    practice = faulty()
    file = bare_home / "card.csv"
    done, left = run_on(
        disk, bare_home, *TABLE, "-o", str(file), MASSAR_URL=practice.url, **ACCOUNT
    )
    assert (done.code, done.out) == (2, "")
    assert f"{file} cannot be written: {disk.reason}" in done.err.splitlines()[-1]
    assert len(done.err.splitlines()) == 2
    assert all(one.endswith(".lock") for one in left)


def test_an_old_file_survives_where_there_is_no_room_for_the_new(
    faulty: Faulty, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "card.json"
    file.write_text("old")
    done, _left = run_on(
        FULL["no room for any file"],
        home,
        *(*TABLE, "-o", str(file)),
        MASSAR_URL=faulty().url,
        **ACCOUNT,
    )
    assert done.code == 2
    assert file.read_text() == "old"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("disk", READ_ONLY.values(), ids=READ_ONLY)
def test_a_read_only_home_is_no_matter_while_the_session_lasts(
    faulty: Faulty, process: Run, home: Path, disk: Disk
) -> None:
    practice = faulty()
    assert process(*TABLE, MASSAR_URL=practice.url, **ACCOUNT).code == 0
    home.chmod(0o500)
    done, _left = run_on(disk, home, *TABLE, MASSAR_URL=practice.url, **ACCOUNT)
    assert (done.code, done.err) == (0, "")
    assert practice.passwords_posted() == 1


@pytest.mark.parametrize("below", ["", "below", "below/that"])
def test_a_home_of_another_user_costs_a_warning(
    faulty: Faulty, bare_home: Path, below: str
) -> None:
    bare_home.chmod(0o000)
    done, _left = run_on(
        READ_ONLY["a folder that may not be written to"],
        bare_home,
        *TABLE,
        MASSAR_HOME=str(bare_home / below),
        MASSAR_URL=faulty().url,
        **ACCOUNT,
    )
    bare_home.chmod(0o700)
    assert "Permission denied" in only_warning(done)


def test_settings_that_may_not_be_read_are_told_where_they_may_be_meant(
    faulty: Faulty, home: Path
) -> None:
    (home / "config.toml").chmod(0o000)
    disk = READ_ONLY["a folder that may not be written to"]
    done, _left = run_on(disk, home, *TABLE, MASSAR_URL=faulty().url, **ACCOUNT)
    assert (done.code, done.out) == (2, "")
    assert "config.toml cannot be used: Permission denied" in done.err


def test_a_home_below_a_file_costs_a_warning(process: Run, faulty: Faulty, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for variables in (
        {"MASSAR_HOME": str(tmp_path / "file" / "below")},
        {"MASSAR_HOME": "", "HOME": "/dev/null"},
    ):
        done = process(*TABLE, MASSAR_URL=faulty().url, **ACCOUNT, **variables)
        assert "Not a directory" in only_warning(done)


def test_a_home_that_does_not_exist_yet_is_made_private(
    process: Run, faulty: Faulty, tmp_path: Path
) -> None:
    missing = tmp_path / "missing"
    more = {"MASSAR_HOME": "", "HOME": str(missing), "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": ""}
    done = process(*TABLE, MASSAR_URL=faulty().url, **ACCOUNT, **more)
    assert (done.code, done.err) == (0, "")
    (kept,) = missing.rglob("session-*.json")
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_without_a_home_in_the_environment_the_users_own_is_used(
    process: Run, faulty: Faulty, tmp_path: Path
) -> None:
    code = _SOMEBODY.format(home=str(tmp_path / "own"))
    (tmp_path / "sitecustomize.py").write_text(code)
    more = {"MASSAR_HOME": "", "PYTHONPATH": f"{tmp_path}:{_ROOT}"}
    done = process(*TABLE, MASSAR_URL=faulty().url, **ACCOUNT, **more)
    assert (done.code, done.err) == (0, "")
    if sys.platform == "linux":
        assert list((tmp_path / "own").rglob("session-*.json"))


def test_a_user_without_any_home_is_told_what_to_set(
    process: Run, faulty: Faulty, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(_NOBODY)
    more = {"MASSAR_HOME": "", "PYTHONPATH": f"{tmp_path}:{_ROOT}"}
    practice = faulty()
    done = process(*ONE_CARD, MASSAR_URL=practice.url, **ACCOUNT, **more)
    assert (done.code, done.out) == (2, "")
    error = json.loads(done.err)["error"]
    assert "MASSAR_HOME" in error["hint"]
    assert practice.asked() == []
    assert process("--demo", *ONE_CARD, **more).code == 0
    assert not (tmp_path / "~").exists()


def test_a_folder_for_temporary_files_is_not_needed(
    process: Run, faulty: Faulty, tmp_path: Path
) -> None:
    file = tmp_path / "card.json"
    (tmp_path / "tmp").rmdir()  # where TMPDIR points to
    done = process(*TABLE, "-o", str(file), MASSAR_URL=faulty().url, **ACCOUNT)
    assert (done.code, done.err) == (0, "")
    assert json.loads(file.read_text())["data"]


def test_a_folder_that_is_gone_takes_no_file_and_costs_no_answer(
    faulty: Faulty, home: Path, tmp_path: Path
) -> None:
    practice = faulty()
    gone = tmp_path / "gone"
    gone.mkdir()
    (tmp_path / "run").write_text('rmdir "$PWD" && exec "$@"')

    def run(*arguments: str) -> Done:
        gone.mkdir(exist_ok=True)
        ended = subprocess.run(
            ["sh", str(tmp_path / "run"), *PROGRAM, *arguments],
            capture_output=True,
            check=False,
            cwd=gone,
            env=surroundings(home, MASSAR_URL=practice.url, **ACCOUNT),
        )
        return Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    done = run(*TABLE, "-o", "card.json")
    assert (done.code, done.out) == (2, "")
    assert "card.json" in json.loads(done.err)["error"]["message"]
    assert practice.asked() == []
    assert run(*TABLE).code == 0
