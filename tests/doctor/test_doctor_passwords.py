"""Where the password comes from, told without sending it, and the keyring."""

import os
from pathlib import Path
from typing import NoReturn

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null
from keyring.errors import KeyringLocked

from massar_cli.credentials import look_in_keyring
from massar_cli.kept_password import keep, password_path
from massar_cli.practice.students import DEMO
from massar_cli.settings import load_settings
from tests.cli.conftest import MemoryKeyring
from tests.doctor.lists import DOCTOR, SIGNING_IN, Line, assert_safe_to_paste, lines_of
from tests.failures.conftest import ACCOUNT, Faulty
from tests.session.hostile import PASSWORD, Run

CODE = {"MASSAR_CODE": DEMO.code}


def password_line(process: Run, **environment: str) -> Line:
    done = process(*DOCTOR, MASSAR_URL="http://127.0.0.1:1", **CODE, **environment)
    assert_safe_to_paste(done.out)
    return lines_of(done)["password"]


def a_file(folder: Path, content: bytes, mode: int = 0o600) -> str:
    file = folder / "password"
    file.write_bytes(content)
    file.chmod(mode)
    return str(file)


def test_a_password_file_is_looked_into_without_sending_it(
    process: Run, faulty: Faulty, tmp_path: Path
) -> None:
    practice = faulty()
    file = a_file(tmp_path, f"{PASSWORD}\n".encode())
    done = process(*DOCTOR, MASSAR_URL=practice.url, MASSAR_PASSWORD_FILE=file, **CODE)
    line = lines_of(done)["password"]
    assert (done.code, line.status) == (0, "ok")
    assert file in line.message
    assert practice.passwords_posted() == 0
    assert_safe_to_paste(done.out)


@pytest.mark.parametrize(
    ("content", "mode", "word"),
    [
        (PASSWORD.encode(), 0o644, "chmod 600"),
        (b"", 0o600, "password"),
        (b"\xe9t\xe9", 0o600, "UTF-8"),
        (None, 0o600, "MASSAR_PASSWORD_FILE"),
    ],
)
def test_a_password_file_that_cannot_be_used_fails_with_what_to_do(
    process: Run, tmp_path: Path, content: bytes | None, mode: int, word: str
) -> None:
    file = str(tmp_path / "none") if content is None else a_file(tmp_path, content, mode)
    line = password_line(process, MASSAR_PASSWORD_FILE=file)
    assert (line.status, line.exit_code) == ("failed", 2)
    assert word in f"{line.message} {line.hint}"


def test_a_password_command_that_fails_is_told_at_the_sign_in(process: Run, faulty: Faulty) -> None:
    practice = faulty()
    settings = {"MASSAR_URL": practice.url, "MASSAR_PASSWORD_COMMAND": "exit 3", **CODE}
    assert lines_of(process(*DOCTOR, **settings))["password"].status == "ok"
    done = process(*SIGNING_IN, **settings)
    line = lines_of(done)["sign-in"]
    assert (done.code, line.status) == (2, "failed")
    assert "exit code 3" in line.message
    assert practice.passwords_posted() == 0


def test_no_password_at_all_fails_where_nobody_can_be_asked(process: Run) -> None:
    line = password_line(process)
    assert (line.status, line.exit_code) == ("failed", 3)
    assert "MASSAR_PASSWORD_FILE" in str(line.hint)


def test_a_kept_password_is_found_and_its_file_does_not_tell_whose_it_is(
    process: Run, home: Path
) -> None:
    url = "http://127.0.0.1:1/moutamadris"
    file = password_path(home, url, DEMO.code)
    keep(file, PASSWORD)
    for arguments in (DOCTOR, ("doctor", "--json", "--cron")):
        done = process(*arguments, MASSAR_URL=url, **CODE)
        line = lines_of(done)["password"]
        assert line.status == "ok"
        assert "password-***" in line.message
        assert_safe_to_paste(done.out)
        assert file.name.removeprefix("password-") not in done.out


def in_this_process(massar: Run, **environment: str) -> dict[str, Line]:
    return lines_of(massar(*DOCTOR, MASSAR_URL="http://127.0.0.1:1", **CODE, **environment))


def test_a_keyring_is_named_and_its_password_is_not_shown(
    massar: Run, memory_keyring: MemoryKeyring
) -> None:
    lines = in_this_process(massar)
    assert (lines["keyring"].status, lines["password"].status) == ("warning", "failed")
    assert "MemoryKeyring" in lines["keyring"].message
    assert "massar login" in str(lines["keyring"].hint)
    account = f"{DEMO.code} http://127.0.0.1:1/moutamadris"
    memory_keyring.set_password("massar", account, PASSWORD)
    lines = in_this_process(massar)
    assert (lines["keyring"].status, lines["password"].status) == ("ok", "ok")
    assert "MemoryKeyring" in lines["keyring"].message
    assert_safe_to_paste(str(lines))


def test_an_empty_or_missing_keyring_is_no_warning_where_there_is_another_source(
    massar: Run, memory_keyring: MemoryKeyring
) -> None:
    password = {"MASSAR_PASSWORD": PASSWORD}
    assert in_this_process(massar, **password)["keyring"].status == "ok"
    assert memory_keyring.entries == {}
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]
    assert in_this_process(massar, **password)["keyring"].status == "ok"
    assert in_this_process(massar)["keyring"].status == "warning"


class LockedKeyring(KeyringBackend):
    """A keyring that somebody has to unlock first."""

    priority = 1

    def get_password(self, service: str, username: str) -> NoReturn:
        raise KeyringLocked(f"canary of {service} {username}")

    def set_password(self, service: str, username: str, password: str) -> NoReturn:
        raise KeyringLocked(f"canary of {service} {username} {password}")


@pytest.mark.usefixtures("memory_keyring")
def test_a_locked_keyring_is_a_warning_that_names_the_other_ways(massar: Run) -> None:
    keyring.set_keyring(LockedKeyring())  # type: ignore[no-untyped-call]
    line = in_this_process(massar)["keyring"]
    assert line.status == "warning"
    assert "KeyringLocked" in line.message
    assert "canary" not in line.message
    assert "MASSAR_PASSWORD_FILE" in str(line.hint)


@pytest.mark.usefixtures("memory_keyring")
def test_what_was_found_in_a_keyring_is_in_no_text_of_it(home: Path) -> None:
    settings = load_settings(environment={"MASSAR_HOME": str(home), **ACCOUNT})
    keyring.set_password("massar", f"{DEMO.code} {settings.url}", PASSWORD)
    state = look_in_keyring(settings)
    assert state.password == PASSWORD
    assert PASSWORD not in f"{state!r} {state!s}"


def test_a_state_folder_that_cannot_be_written_is_a_warning(
    massar: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_this_process(massar)["state"].status == "ok"
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    line = in_this_process(massar)["state"]
    assert line.status == "warning"
    assert "MASSAR_HOME" in str(line.hint)
