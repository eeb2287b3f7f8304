"""Runs that fail to reach the portal, and the run after them: who counts, who is held back."""

import json
import signal
import time
from pathlib import Path

import pytest

from tests.cli.processes import start, surroundings
from tests.protection.remembered import JOURNEY as JOURNEY_COMMAND
from tests.protection.remembered import Hostile, Remembered
from tests.session.hostile import (
    CARD,
    FORM,
    JOURNEY,
    MOUNT,
    ONE_CARD,
    SIGN_IN,
    YEARS,
    Asked,
    HostilePortal,
    Reply,
    Rules,
    Run,
    failed,
    page,
    redirect,
    sign_in_page,
)

DOWN = {FORM: page("", status=403)}
"""An outage that is not tried again."""
EVERY_YEAR = ("grades", "--year", "all", "--json")
REFUSED = page(sign_in_page(reason="كلمة المرور غير صالحة"))
PICTURE = '<input name="CaptchaInputText" type="text" />'


def fail(run: Run, portal: HostilePortal, times: int = 1) -> None:
    portal.rules = dict(DOWN)
    for _turn in range(times):
        failed(run(*ONE_CARD, **portal.settings()), 4)


def test_the_run_after_three_outages_asks_nothing_and_says_until_when(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    fail(run, portal, 3)
    portal.rules = {}
    asked = list(portal.asked)
    assert len(asked) == 3
    for command in (ONE_CARD, JOURNEY_COMMAND, ("profile", "--json"), EVERY_YEAR):
        error = failed(run(*command, **portal.settings()), 7)
        assert error["kind"] == "held-back"
        assert "3" in error["message"]
        assert "--now" in error["hint"]
    assert run("login", **portal.settings()).code == 7
    assert portal.asked == asked
    assert remembered.state.outages == 3


def test_after_the_wait_one_run_may_ask_and_a_failure_doubles_the_wait(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    fail(run, portal, 3)
    for minutes in (1, 2, 4):
        assert failed(run(*ONE_CARD, **portal.settings()), 7)
        remembered.let_pass(60 * minutes)
        fail(run, portal)
    state = remembered.state
    assert state.held_until(state.last_outage) == state.last_outage + 8 * 60


def test_one_success_closes(hostile: Hostile, run: Run, remembered: Remembered) -> None:
    portal = hostile()
    fail(run, portal, 3)
    remembered.let_pass(61)
    portal.rules = {}
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert remembered.state.outages == 0
    portal.portal.expire_sessions()
    fail(run, portal, 2)
    portal.rules = {}
    assert run(*ONE_CARD, **portal.settings()).code == 0


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        pytest.param({SIGN_IN: REFUSED}, 3, id="refused"),
        pytest.param({CARD: page("hello")}, 5, id="page changed"),
        pytest.param({FORM: page(sign_in_page(inside=PICTURE))}, 6, id="captcha"),
    ],
)
def test_another_answer_of_the_portals_ends_the_row(
    hostile: Hostile, run: Run, remembered: Remembered, rules: Rules, code: int
) -> None:
    portal = hostile()
    fail(run, portal, 2)
    portal.rules = dict(rules)
    failed(run(*ONE_CARD, **portal.settings()), code)
    assert remembered.state.outages == 0


def test_what_ends_before_the_portal_answers_neither_counts_nor_closes(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    fail(run, portal, 2)
    asked = list(portal.asked)
    settings = portal.settings()
    assert run("--year", **settings).code == 2
    failed(run(*ONE_CARD, **settings, MASSAR_PASSWORD_FILE="/nowhere"), 2)
    del settings["MASSAR_PASSWORD"]
    failed(run(*ONE_CARD, **settings), 3)
    assert portal.asked == asked
    assert remembered.state.outages == 2


def test_a_run_that_was_held_back_neither_counts_nor_closes(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    failed(run(*ONE_CARD, **portal.settings()), 3)
    portal.rules = dict(DOWN)
    for _turn in range(2):
        failed(run(*ONE_CARD, **{**portal.settings(), "MASSAR_PASSWORD": "another"}), 4)
    portal.rules = {}
    failed(run(*ONE_CARD, **portal.settings()), 7)
    assert remembered.state.outages == 2


def test_a_dead_session_and_then_held_back_asks_once_and_counts_for_nothing(
    hostile: Hostile, run: Run, remembered: Remembered, home: Path
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    (home / "config.toml").write_text("sign_ins_per_day = 1\n")
    remembered.change(outages=2)
    portal.portal.expire_sessions()
    before = len(portal.asked)
    failed(run(*ONE_CARD, **portal.settings()), 7)
    assert portal.asked[before:] == [CARD]
    failed(run(*ONE_CARD, **portal.settings()), 7)
    assert len(portal.asked) == before + 1
    assert remembered.state.outages == 2


def test_all_years_in_an_outage_are_one_failure(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({CARD: Reply(b"")})
    for times in (1, 2, 3):
        failed(run(*EVERY_YEAR, **portal.settings()), 4)
        assert remembered.state.outages == times
    assert portal.asked.count(CARD) > 9
    failed(run(*EVERY_YEAR, **portal.settings()), 7)
    assert portal.posts == 1


def test_a_run_that_was_partly_done_closes(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({CARD: [Reply(b""), None, Reply(b"")]})
    assert run(JOURNEY_COMMAND[0], **portal.settings()).code == 0
    remembered.change(outages=2)
    done = run(*EVERY_YEAR, **portal.settings())
    assert done.code == 8
    assert {error["kind"] for error in json.loads(done.out)["errors"]} == {"unavailable"}
    assert remembered.state.outages == 0


def test_a_renewal_that_is_held_back_leaves_what_was_read(
    hostile: Hostile, run: Run, home: Path
) -> None:
    def signs_out(asked: Asked) -> Reply:
        asked.portal.expire_sessions()
        return asked.real()

    home.mkdir()
    (home / "config.toml").write_text("sign_ins_per_day = 1\n")
    portal = hostile({CARD: [None, None, signs_out]})
    done = run(*EVERY_YEAR, **portal.settings())
    assert done.code == 8, done.err
    answer = json.loads(done.out)
    assert len(answer["data"]) == 2
    assert {(one["kind"], one["exit_code"]) for one in answer["errors"]} == {("held-back", 7)}
    assert portal.asked.count(CARD) == 3
    assert portal.posts == 1


def test_two_cards_that_are_held_back_at_once_are_one_error_as_it_is(
    hostile: Hostile, run: Run
) -> None:
    portal = hostile({SIGN_IN: REFUSED})
    for code in (3, 7):
        error = failed(run("grades", "--year", "2023", "--json", **portal.settings()), code)
    assert error["message"].startswith("The portal refused this password")


def interrupted(portal: HostilePortal, place: str, home: Path) -> int:
    """Run the program and press Ctrl-C while it waits for an answer; return its exit code."""

    def press(_asked: Asked) -> None:
        process.send_signal(signal.SIGINT)
        process.wait(30)

    portal.rules = {place: press}
    process = start(*ONE_CARD, environment=surroundings(home, **portal.settings()))
    assert process.communicate(timeout=60) == (b"", b"")
    return process.returncode


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_neither_counts_nor_closes(
    hostile: Hostile, run: Run, home: Path, remembered: Remembered
) -> None:
    portal = hostile()
    fail(run, portal, 2)
    assert interrupted(portal, FORM, home) == 130
    assert remembered.state.outages == 2
    assert remembered.outcomes == []


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_the_password_is_under_way_leaves_it_sent(
    hostile: Hostile, home: Path, remembered: Remembered
) -> None:
    assert interrupted(hostile(), SIGN_IN, home) == 130
    assert remembered.outcomes == ["sent"]
    assert remembered.state.outages == 0


def test_now_asks_all_the_same_and_the_person_is_told(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    fail(run, portal, 3)
    done = run("--now", *ONE_CARD, **portal.settings())
    assert done.code == 4
    assert "--now" in done.err.splitlines()[0]
    assert remembered.state.outages == 4
    portal.rules = {}
    assert failed(run(*ONE_CARD, **portal.settings()), 7)
    done = run("--now", *ONE_CARD, **portal.settings())
    assert done.code == 0
    assert len(done.err.splitlines()) == 1
    assert remembered.state.outages == 0
    assert run("--now", *ONE_CARD, **portal.settings()).err == ""


def test_another_run_that_signs_in_for_long_is_no_outage(
    hostile: Hostile, home: Path, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.portal.expire_sessions()
    meanwhile: list[int] = []

    def sign_in_for_long(_asked: Asked) -> None:
        portal.rules = {}
        for _turn in range(3):
            done = start(
                *("--timeout", "1", *ONE_CARD),
                environment=surroundings(home, **portal.settings()),
            )
            out, err = done.communicate(timeout=60)
            assert b"Another massar" in err
            assert out == b""
            meanwhile.append(done.returncode)

    portal.rules = {FORM: sign_in_for_long}
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert meanwhile == [4, 4, 4]
    assert remembered.state.outages == 0


def test_a_session_that_is_always_lost_holds_back_too(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({CARD: redirect(f"{MOUNT}/Account")})
    for times in (1, 2, 3):
        failed(run(*ONE_CARD, **portal.settings()), 4)
        assert remembered.state.outages == times
    failed(run(*ONE_CARD, **portal.settings()), 7)


@pytest.mark.parametrize(
    "answer",
    [
        page("", status=403),
        redirect("https://other.example.com/"),
        redirect(f"{MOUNT}/TuteurEleves/Elsewhere"),
        Reply(b" " * (9 << 20)),
    ],
    ids=["not allowed", "another host", "round and round", "too large"],
)
def test_a_page_that_this_account_cannot_have_holds_nothing_else_back(
    hostile: Hostile, run: Run, remembered: Remembered, answer: Reply
) -> None:
    around = {"GET /TuteurEleves/Elsewhere": redirect(f"{MOUNT}/TuteurEleves/Elsewhere")}
    portal = hostile()
    fail(run, portal, 2)
    portal.rules = {JOURNEY: answer, **around}
    for _turn in range(3):
        failed(run(*JOURNEY_COMMAND, **portal.settings()), 4)
        assert remembered.state.outages == 0
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert portal.posts == 1


@pytest.mark.parametrize("command", [("grades",), ("journey",), ("profile",), ("login",)])
def test_the_practice_portal_is_never_held_back_nor_counted(
    hostile: Hostile, run: Run, process: Run, home: Path, command: tuple[str, ...]
) -> None:
    portal = hostile()
    fail(run, portal, 3)
    before = {file: file.read_bytes() for file in home.rglob("*")}
    assert process("--demo", *command, **portal.settings()).code == 0
    assert {file: file.read_bytes() for file in home.rglob("*")} == before


def test_a_logout_is_held_back_too_and_removes_the_session_here(
    hostile: Hostile, run: Run, home: Path, remembered: Remembered
) -> None:
    portal = hostile()
    assert run(*JOURNEY_COMMAND, **portal.settings()).code == 0
    remembered.change(outages=3, last_outage=time.time())
    before = list(portal.asked)
    done = run("logout", **portal.settings())
    assert (done.code, done.out) == (0, "")
    assert "Signed out" not in done.err.splitlines()[0]
    assert portal.asked == before
    assert not list(home.glob("session-*.json"))
    assert remembered.state.outages == 3


def test_a_logout_that_the_portal_does_not_answer_well_closes_nothing(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile({"GET /Account/LogOff": page("", status=403), JOURNEY: None, YEARS: None})
    assert run(*JOURNEY_COMMAND, **portal.settings()).code == 0
    remembered.change(outages=2)
    portal.rules = {"GET /Account/LogOff": page("", status=503)}
    done = run("logout", **portal.settings())
    assert "503" in done.err
    assert remembered.state.outages == 3
