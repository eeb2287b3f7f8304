"""What a person reads when a run is held back: at a terminal, and in each language."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.students import DEMO, STUDENTS
from massar_cli.protection import clock_time
from tests.cli.processes import surroundings
from tests.cli.terminal import Seen, Terminal
from tests.conftest import Practice
from tests.protection.remembered import Hostile, Remembered, signed_in
from tests.session.hostile import ONE_CARD, SIGN_IN, HostilePortal, Run, failed, page, sign_in_page

REFUSED = page(sign_in_page(reason="كلمة المرور غير صالحة"))
CODE_STEP = next(one for one in STUDENTS if one.code == "X130000006")
LANGUAGES = ("en", "fr", "ar")
ARABIC = re.compile("[\u0600-\u06ff]")


def type_at_login(home: Path, practice: Practice, password: str, *, is_right: bool = False) -> Seen:
    environment = surroundings(home, MASSAR_URL=practice.url)
    login = ("login", "--code", DEMO.code)
    with Terminal(*login, environment=environment, columns=400) as terminal:
        terminal.wait_for("Password of ")
        terminal.press(f"{password}\n")
        if is_right:
            terminal.wait_for("Keep the password")
            terminal.press("n\n")
        return terminal.end()


def test_who_types_a_refused_password_again_is_told_how_to_go_on(
    home: Path, practice: Practice, process: Run
) -> None:
    assert type_at_login(home, practice, "typo").code == 3
    asked = practice.asked()
    seen = type_at_login(home, practice, "typo")
    assert seen.code == 7
    assert "refused this password" in seen.text
    assert "typo" not in seen.text
    assert practice.asked() == asked
    command = re.search(r"(massar forget --code) CODE, then massar login", seen.text)
    assert command
    arguments = command.group(1).split()[1:]
    assert process(*arguments, DEMO.code, MASSAR_URL=practice.url).code == 0
    assert type_at_login(home, practice, "typo").code == 3
    assert practice.passwords_posted() == 2
    assert type_at_login(home, practice, DEMO.password, is_right=True).code == 0


def test_a_wrong_code_is_no_refused_password(
    home: Path, practice: Practice, remembered: Remembered
) -> None:
    environment = surroundings(home, **practice.settings(CODE_STEP))
    for code, ended in (("000000", 3), ("135790", 0)):
        with Terminal("journey", environment=environment) as terminal:
            terminal.wait_for("Code that the portal asks for")
            terminal.press(f"{code}\n")
            assert terminal.end().code == ended
    assert remembered.outcomes == ["failed", "accepted"]
    assert remembered.state.refused == ()


def all_told(run: Run, portal: HostilePortal, *before: str) -> dict[str, dict[str, Any]]:
    """Return what a held-back run tells in each language."""
    return {
        language: failed(run("--lang", language, *before, *ONE_CARD, **portal.settings()), 7)
        for language in LANGUAGES
    }


def assert_translated(errors: dict[str, dict[str, Any]], *kept: str) -> None:
    for part in ("message", "hint"):
        texts = {language: error[part] for language, error in errors.items()}
        assert len(set(texts.values())) == len(LANGUAGES)
        assert [bool(ARABIC.search(texts[one])) for one in LANGUAGES] == [False, False, True]
    for error in errors.values():
        whole = f"{error['message']} {error['hint']}"
        assert [word for word in kept if word not in whole] == []
        assert "{" not in whole
        assert error["kind"] == "held-back"


@pytest.mark.usefixtures("compiled")
def test_a_refused_password_is_told_in_each_language(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    when = clock_time(remembered.state.refused_at or 0)
    commands = ("massar login", "massar forget --code CODE")
    assert_translated(all_told(run, portal), when, *commands)
    failed(run(*ONE_CARD, **{**portal.settings(), "MASSAR_PASSWORD": "another"}), 3)
    errors = all_told(run, portal)
    assert_translated(errors, *commands)
    assert not [error for error in errors.values() if when in error["message"]]


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("outcome", "most", "setting"),
    [("failed", 5, "failed_sign_ins_per_day"), ("accepted", 40, "sign_ins_per_day")],
)
def test_a_day_that_is_full_is_told_in_each_language(
    hostile: Hostile, run: Run, remembered: Remembered, outcome: str, most: int, setting: str
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert run("logout", **portal.settings()).code == 0
    sign_ins = signed_in(most, outcome)
    remembered.change(sign_ins=sign_ins)
    when = clock_time(sign_ins[0].at + 24 * 3600)
    assert_translated(all_told(run, portal), str(most), when, setting)


@pytest.mark.usefixtures("compiled")
def test_the_wait_after_outages_is_told_in_each_language(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    last = time.time()
    remembered.change(outages=7, last_outage=last)
    when = clock_time(last + 16 * 60)
    assert_translated(all_told(run, portal), "7", when, "massar --now")
    told = set()
    for language in LANGUAGES:
        remembered.change(outages=7, last_outage=last)
        done = run("--lang", language, "--now", *ONE_CARD, **portal.settings())
        assert done.code == 0
        (line,) = done.err.splitlines()
        assert when in line
        assert "--now" in line
        told.add(line)
    assert len(told) == len(LANGUAGES)


def test_without_a_machine_format_one_line_says_it_all(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    remembered.change(outages=3, last_outage=time.time())
    done = run("-q", "grades", **portal.settings())
    assert (done.code, done.out) == (7, "")
    (line,) = done.err.splitlines()
    assert line.startswith("massar: 3 runs in a row failed to reach the portal.")
