"""A password kept in a file where there is no keyring: asked for first, private, replaced, gone."""

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli import kept_password
from massar_cli.practice.students import DEMO, STUDENTS
from tests.cli.conftest import MemoryKeyring
from tests.cli.processes import surroundings
from tests.cli.servers import closed_port
from tests.cli.terminal import Terminal
from tests.conftest import Done, Practice

Run = Callable[..., Done]

OTHER = next(one for one in STUDENTS if one.code == "X130000002")
ONE_CARD = ("grades", "--year", "2023", "--semester", "1", "--json")
LOGIN = ("login", "--code", DEMO.code, "--password-stdin")
OLD_PASSWORD = "an-older-password"


def kept_files(home: Path) -> list[Path]:
    return sorted(home.glob("password-*"))


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def log_in(process: Run, practice: Practice, *more: str) -> Done:
    return process(*LOGIN, *more, stdin=DEMO.password, MASSAR_URL=practice.url)


@pytest.fixture
def kept(process: Run, practice: Practice, home: Path) -> Path:
    """Keep the password in a file, and forget the session."""
    assert log_in(process, practice, "--keep-in-file").code == 0
    practice.portal.expire_sessions()
    (file,) = kept_files(home)
    return file


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill the disk for the password's file alone."""

    def fail(_path: Path, _write: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(kept_password, "write_whole", fail)


@pytest.mark.parametrize("answer", ["y\n", "oui\n", "نعم\n"])
def test_whoever_agrees_finds_the_password_in_a_private_file(
    home: Path, practice: Practice, process: Run, answer: str
) -> None:
    environment = surroundings(home, MASSAR_URL=practice.url)
    with Terminal("login", "--code", DEMO.code, environment=environment, columns=200) as terminal:
        terminal.wait_for("Password of ")
        terminal.press(f"{DEMO.password}\n")
        terminal.wait_for("[y/N]")
        terminal.press(answer)
        seen = terminal.end()
    assert seen.code == 0
    (file,) = kept_files(home)
    asked = seen.text.index("[y/N]")
    for said_before in ("no keyring", str(file), "backup"):
        assert seen.text.index(said_before) < asked
    assert DEMO.password not in seen.text
    assert file.read_text() == f"{DEMO.password}\n"
    assert (mode_of(file), mode_of(home)) == (0o600, 0o700)

    practice.portal.expire_sessions()
    assert process(*ONE_CARD).code == 0
    assert practice.passwords_posted() == 2


@pytest.mark.parametrize("answer", ["\n", "n\n", "no\n", "perhaps\n"])
def test_whoever_does_not_agree_is_told_the_other_ways(
    home: Path, practice: Practice, answer: str
) -> None:
    environment = surroundings(home, MASSAR_URL=practice.url)
    with Terminal("login", "--code", DEMO.code, environment=environment, columns=200) as terminal:
        terminal.wait_for("Password of ")
        terminal.press(f"{DEMO.password}\n")
        terminal.wait_for("[y/N]")
        terminal.press(answer)
        seen = terminal.end()
    assert seen.code == 0
    assert "MASSAR_PASSWORD_FILE" in seen.text
    assert kept_files(home) == []


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_whoever_breaks_off_at_the_question_is_signed_in_all_the_same(
    home: Path, practice: Practice, process: Run, key: str
) -> None:
    environment = surroundings(home, MASSAR_URL=practice.url)
    with Terminal("login", "--code", DEMO.code, environment=environment) as terminal:
        terminal.wait_for("Password of ")
        terminal.press(f"{DEMO.password}\n")
        terminal.wait_for("[y/N]")
        terminal.press(key)
        assert terminal.end().code == 130
    assert kept_files(home) == []
    assert process(*ONE_CARD).code == 0
    assert practice.passwords_posted() == 1


def test_the_question_is_understood_even_with_quiet(home: Path, practice: Practice) -> None:
    environment = surroundings(home, **practice.settings())
    with Terminal("-q", "login", environment=environment, columns=200) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press("n\n")
        seen = terminal.end()
    assert seen.code == 0
    assert str(home) in seen.text
    assert "backup" in seen.text


def test_no_input_at_a_terminal_keeps_nothing_unasked(home: Path, practice: Practice) -> None:
    environment = surroundings(home, **practice.settings())
    with Terminal("--no-input", "login", environment=environment, columns=200) as terminal:
        seen = terminal.end()
    assert seen.code == 0
    assert "[y/N]" not in seen.text
    assert "--keep-in-file" in seen.text
    assert kept_files(home) == []


def test_without_a_terminal_nothing_is_kept_unasked(
    process: Run, practice: Practice, home: Path
) -> None:
    done = log_in(process, practice)
    assert (done.code, done.out) == (0, "")
    assert "--keep-in-file" in done.err
    assert kept_files(home) == []
    assert DEMO.password not in "".join(one.read_text() for one in home.iterdir())


def test_a_script_can_say_yes(process: Run, practice: Practice, home: Path) -> None:
    before = os.umask(0)
    try:
        done = log_in(process, practice, "--keep-in-file")
    finally:
        os.umask(before)
    assert (done.code, done.out) == (0, "")
    (file,) = kept_files(home)
    assert str(file) in done.err
    assert (mode_of(file), mode_of(home)) == (0o600, 0o700)
    assert DEMO.code not in file.name


def test_a_password_that_is_refused_is_not_kept(
    process: Run, practice: Practice, home: Path
) -> None:
    done = process(*LOGIN, "--keep-in-file", stdin="wrong", MASSAR_URL=practice.url)
    assert done.code == 3
    assert kept_files(home) == []


def test_a_later_run_needs_nothing_else_and_says_where_it_is_from(
    massar: Run, practice: Practice, kept: Path
) -> None:
    shown = massar("config", "show").out
    assert f"password = {kept}  (massar login)\n" in shown
    assert DEMO.password not in shown
    assert massar(*ONE_CARD).code == 0
    assert practice.passwords_posted() == 2


def test_every_source_that_is_named_comes_before_the_kept_password(
    massar: Run, practice: Practice, kept: Path, tmp_path: Path
) -> None:
    kept.write_text("of-nobody\n")
    file = tmp_path / "password"
    file.write_text(DEMO.password)
    file.chmod(0o600)
    for number, source in enumerate(
        (
            {"MASSAR_PASSWORD_COMMAND": f"echo {DEMO.password}"},
            {"MASSAR_PASSWORD_FILE": str(file)},
            {"MASSAR_PASSWORD": DEMO.password},
        ),
        start=2,
    ):
        practice.portal.expire_sessions()
        assert massar(*ONE_CARD, **source).code == 0
        assert practice.passwords_posted() == number


def test_a_kept_password_comes_before_an_older_one_in_the_keyring(
    massar: Run, practice: Practice, home: Path, memory_keyring: MemoryKeyring
) -> None:
    assert massar("login", **practice.settings()).code == 0
    assert list(memory_keyring.entries.values()) == [DEMO.password]
    ((key, _value),) = memory_keyring.entries.items()
    assert massar("login", "--keep-in-file", **practice.settings()).code == 0
    assert memory_keyring.entries == {}, "it is kept in one place"
    assert len(kept_files(home)) == 1
    memory_keyring.entries[key] = OLD_PASSWORD
    practice.portal.expire_sessions()
    assert massar(*ONE_CARD).code == 0


def test_a_new_password_replaces_the_kept_one_where_it_was_agreed_to(
    massar: Run, practice: Practice, kept: Path, memory_keyring: MemoryKeyring
) -> None:
    kept.write_text(f"{OLD_PASSWORD}\n")
    kept.chmod(0o644)
    done = massar("--no-input", "login", **practice.settings())
    assert done.code == 0
    assert str(kept) in done.err
    assert kept.read_text() == f"{DEMO.password}\n"
    assert mode_of(kept) == 0o600
    assert memory_keyring.entries == {}


def test_signing_in_anew_does_not_try_the_kept_password(
    massar: Run, practice: Practice, kept: Path
) -> None:
    posted = practice.passwords_posted()
    done = massar("login", "--code", DEMO.code, MASSAR_URL=practice.url)
    assert done.code == 3
    assert practice.passwords_posted() == posted
    assert kept.exists()


def test_a_kept_password_is_for_its_code_and_its_portal_alone(
    massar: Run, practice: Practice, kept: Path
) -> None:
    assert kept.exists()
    before = practice.asked()
    other_portal = f"http://127.0.0.1:{closed_port()}"
    for other in ({"MASSAR_CODE": OTHER.code}, {"MASSAR_URL": other_portal}):
        done = massar(*ONE_CARD, **other)
        assert done.code == 3
        assert "(massar login)" not in massar("config", "show", **other).out.splitlines()[3]
    assert practice.asked() == before


def test_logout_leaves_the_kept_password_and_forget_removes_it(
    massar: Run, practice: Practice, kept: Path, home: Path
) -> None:
    assert massar("logout").code == 0
    assert massar(*ONE_CARD).code == 0
    assert kept.exists()
    assert massar("forget").code == 0
    assert list(home.iterdir()) == []
    assert massar(*ONE_CARD, MASSAR_CODE=DEMO.code, MASSAR_URL=practice.url).code == 3


def test_forget_removes_what_the_last_sign_in_kept_wherever_the_environment_points(
    massar: Run, kept: Path, home: Path
) -> None:
    assert kept.exists()
    elsewhere = f"http://127.0.0.1:{closed_port()}"
    assert massar("forget", MASSAR_URL=elsewhere, MASSAR_CODE=OTHER.code).code == 0
    assert list(home.iterdir()) == []


def test_another_code_under_the_same_name_leaves_nothing_of_the_first(
    process: Run, practice: Practice, kept: Path, home: Path
) -> None:
    arguments = ("login", "--code", OTHER.code, "--password-stdin", "--keep-in-file")
    assert process(*arguments, stdin=OTHER.password, MASSAR_URL=practice.url).code == 0
    assert not kept.exists()
    (file,) = kept_files(home)
    assert file.read_text() == f"{OTHER.password}\n"


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (b"", 0o600, "usable password"),
        (b"\xff\xfe", 0o600, "usable password"),
        (b"x" * 5000, 0o600, "usable password"),
        (DEMO.password.encode(), 0o644, "chmod 600"),
    ],
)
def test_a_kept_password_that_cannot_be_used_is_a_setting_that_cannot_be_used(
    massar: Run, practice: Practice, kept: Path, content: bytes, mode: int, words: str
) -> None:
    kept.write_bytes(content)
    kept.chmod(mode)
    posted = practice.passwords_posted()
    done = massar(*ONE_CARD)
    assert (done.code, done.out) == (2, "")
    error = json.loads(done.err)["error"]
    assert str(kept) in error["message"]
    assert words in error["message"] + error["hint"]
    assert practice.passwords_posted() == posted


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_told_and_the_sign_in_counts(
    massar: Run, practice: Practice, home: Path
) -> None:
    done = massar("login", "--keep-in-file", **practice.settings())
    assert (done.code, done.out) == (2, "")
    assert "You are signed in" in done.err
    assert "No space left on device" in done.err
    assert kept_files(home) == []
    assert massar(*ONE_CARD).code == 0
    assert practice.passwords_posted() == 1


def test_a_full_disk_while_replacing_is_told_even_with_quiet(
    massar: Run, practice: Practice, kept: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("full_disk")
    done = massar("-q", "login", **practice.settings())
    assert (done.code, done.out) == (0, "")
    (line,) = done.err.splitlines()
    assert str(kept) in line
    assert kept.read_text() == f"{DEMO.password}\n"


@pytest.mark.parametrize("obstacle", ["folder", "pipe"])
def test_what_is_no_file_is_neither_replaced_nor_waited_for(
    massar: Run, practice: Practice, kept: Path, obstacle: str
) -> None:
    kept.unlink()
    if obstacle == "folder":
        kept.mkdir()
    else:
        os.mkfifo(kept)
    done = massar("login", **practice.settings())
    assert done.code == 0
    assert "You are signed in" in done.err
    assert not kept.is_file()
    shown = massar(*ONE_CARD)
    assert shown.code == 0, "the session is kept"
    practice.portal.expire_sessions()
    assert massar(*ONE_CARD).code == 2


def test_a_home_that_cannot_be_written_to_is_told_and_the_sign_in_counts(
    massar: Run, practice: Practice
) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("this system has no folder in which root cannot write")
    read_only = {"MASSAR_HOME": "/proc/massar-home"}
    done = massar("login", "--keep-in-file", **practice.settings(), **read_only)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert "Signed in" in done.err
    assert "the password cannot be kept" in done.err


def test_a_password_file_that_cannot_be_removed_is_told(
    massar: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path == kept:
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    done = massar("forget")
    assert done.code == 2
    assert str(kept) in done.err
    assert "it holds the password" in done.err


def test_two_sign_ins_at_once_leave_one_whole_password(home: Path, practice: Practice) -> None:
    from tests.cli.processes import start

    environment = surroundings(home, **practice.settings())
    runs = [start("login", "--keep-in-file", environment=environment) for _one in range(3)]
    for run in runs:
        run.communicate(timeout=60)
    assert [run.returncode for run in runs] == [0, 0, 0]
    (file,) = kept_files(home)
    assert file.read_text() == f"{DEMO.password}\n"
    assert not list(home.glob("*.part"))


def test_the_practice_portal_keeps_no_password(massar: Run, home: Path) -> None:
    assert massar("--demo", "login", "--keep-in-file").code == 0
    assert not home.exists()
