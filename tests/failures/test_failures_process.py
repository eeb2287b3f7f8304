"""The program as a process against every fault: one error line, nothing else, no secret."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.faults import FAULTS
from tests.conftest import Done
from tests.failures.cases import (
    ANYWHERE,
    JOURNEY,
    SLOW,
    STRUCK_AT_ONCE,
    TIMEOUT,
    command,
    expected,
    without_port,
)
from tests.failures.conftest import ACCOUNT, Faulty
from tests.session.hostile import COOKIE, ONE_CARD, Run, assert_no_secret

# A loaded machine may take seconds to start the program; a deadline that is not kept takes longer.
_LONGEST_RUN = 30.0
DATA = 3
"""How many answers come before the first page of data: form, password, landing."""


def only_error(done: Done) -> dict[str, Any]:
    """Return the error of a run that wrote it on one line, and nothing else."""
    assert done.out == ""
    (line,) = done.err.splitlines()
    document = json.loads(line)
    assert list(document) == ["error"]
    error: dict[str, Any] = document["error"]
    assert error["exit_code"] == done.code
    return error


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_in_its_own_error(
    faulty: Faulty, process: Run, home: Path, name: str
) -> None:
    practice = faulty(name)
    started = time.monotonic()
    done = process(*command(name), MASSAR_URL=practice.url, **ACCOUNT)
    assert time.monotonic() - started < _LONGEST_RUN
    assert without_port(only_error(done), practice.url) == expected(name)
    assert practice.passwords_posted() == (0 if name in STRUCK_AT_ONCE else 1)
    assert_no_secret(home, done.out, done.err)


@pytest.mark.parametrize("name", [name for name in FAULTS if name in ANYWHERE])
@pytest.mark.parametrize("after", [1, DATA])
def test_a_fault_after_the_form_or_at_the_data_never_posts_the_password_again(
    faulty: Faulty, process: Run, home: Path, name: str, after: int
) -> None:
    practice = faulty(f"{name}@{after}")
    before = TIMEOUT if name in SLOW else ()
    done = process(*before, *ONE_CARD, MASSAR_URL=practice.url, **ACCOUNT)
    error = only_error(done)
    assert error["kind"] == expected(name)["kind"]
    assert error["message"]
    assert error["hint"]
    refused = name == "refused-connection" and after == 1
    assert practice.passwords_posted() == (0 if refused else 1)
    assert_no_secret(home, done.out, done.err)


def test_the_canary_cookie_reaches_the_session_file(
    faulty: Faulty, process: Run, home: Path
) -> None:
    practice = faulty(f"busy@{DATA}")
    process(*JOURNEY, MASSAR_URL=practice.url, **ACCOUNT)
    (kept,) = home.rglob("session-*.json")
    assert COOKIE in kept.read_text()


def test_a_session_lost_in_the_middle_of_all_years_is_renewed_once(
    faulty: Faulty, process: Run
) -> None:
    every = ("grades", "--year", "all", "--json")
    whole = process(*every, MASSAR_URL=faulty().url, **ACCOUNT)
    assert whole.code == 0
    practice = faulty(f"session-lost@{DATA + 3}x1")
    done = process(*every, MASSAR_URL=practice.url, **ACCOUNT)
    assert (done.code, done.err) == (0, whole.err)
    assert json.loads(done.out)["data"] == json.loads(whole.out)["data"]
    assert [one.status for one in practice.portal.journal].count(401) == 1
    assert practice.passwords_posted() == 2


def test_a_script_that_lost_its_session_is_answered_401_and_ends_the_same(
    faulty: Faulty, process: Run
) -> None:
    practice = faulty("session-lost")
    done = process(*ONE_CARD, MASSAR_URL=practice.url, **ACCOUNT)
    assert only_error(done) == expected("session-lost")
    assert practice.portal.journal[-1].status == 401
    assert practice.passwords_posted() == 1


@pytest.mark.parametrize(
    "name", ["wrong-password", "captcha", "code-step", "activation", "new-password", "locked"]
)
def test_login_tells_a_person_what_the_portal_wants_and_remembers_nothing(
    faulty: Faulty, process: Run, home: Path, name: str
) -> None:
    practice = faulty(name)
    arguments = ("login", "--code", ACCOUNT["MASSAR_CODE"], "--password-stdin")
    password = ACCOUNT["MASSAR_PASSWORD"]
    done = process(*arguments, stdin=password, MASSAR_URL=practice.url)
    error = expected(name)
    assert (done.code, done.out) == (error["exit_code"], "")
    (line,) = done.err.splitlines()
    assert line.startswith(f"massar: {error['message']}")
    assert line.endswith(error["hint"])
    assert practice.passwords_posted() == (0 if name in STRUCK_AT_ONCE else 1)
    assert_no_secret(home, done.out, done.err)
    assert not list(home.rglob("accounts*"))
