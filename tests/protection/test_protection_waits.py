"""How often reading is tried, and how long is waited: on a clock that only sleeping moves."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli import settings
from massar_cli.errors import PageChanged, PortalUnavailable
from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.session import Account, PortalSession
from massar_cli.portal.time_limit import TimeLimit
from massar_cli.portal.tries import seconds_to_wait, with_more_tries
from massar_cli.practice.students import STUDENTS
from massar_cli.services.journey import get_journey
from tests.protection.remembered import Clock, Hostile
from tests.session.hostile import (
    CARD,
    FORM,
    JOURNEY,
    ONE_CARD,
    PASSWORD,
    SIGN_IN,
    Reply,
    Run,
    failed,
    page,
)

CODE_STEP = next(one for one in STUDENTS if one.code == "X130000006")
BUSY = page("", status=503)


def busy(retry_after: str) -> Reply:
    return BUSY._replace(headers=(*BUSY.headers, ("Retry-After", retry_after)))


def say_nothing(_told: object) -> None:
    """Be told, and leave it at that."""


class Brought(NamedTuple):
    may_pass: bool = True
    retry_after: float | None = None


def tried(
    clock: Clock, brought: Brought, seconds: float = 90.0, pace: Pace | None = None
) -> tuple[int, list[float]]:
    """Return how often something was tried that brings always the same, and the waits."""
    tries = 0
    told: list[float] = []

    def ask() -> Brought:
        nonlocal tries
        tries += 1
        return brought

    clock.sleeps.clear()
    assert with_more_tries(ask, TimeLimit(seconds), pace or Pace(), told.append) == brought
    assert [wait for wait in told if wait] == clock.sleeps
    return tries, list(clock.sleeps)


def test_three_tries_with_waits_that_double(clock: Clock) -> None:
    for _turn in range(50):
        tries, (first, second) = tried(clock, Brought())
        assert tries == 3
        assert 0.5 <= first <= 1.5
        assert 1.0 <= second <= 3.0
    assert tried(clock, Brought())[1] != tried(clock, Brought())[1], "spread by chance"


@pytest.mark.parametrize("pick", [min, max])
def test_the_waits_are_bounded(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, pick: Callable[[float, float], float]
) -> None:
    monkeypatch.setattr(random, "uniform", pick)
    assert tried(clock, Brought())[1] == [pick(0.5, 1.5), 2 * pick(0.5, 1.5)]


def test_what_will_not_pass_is_tried_once(clock: Clock) -> None:
    assert tried(clock, Brought(may_pass=False, retry_after=5)) == (1, [])


def test_what_passes_is_not_tried_again(clock: Clock) -> None:
    answers = iter([Brought(), Brought(may_pass=False)])
    assert not with_more_tries(lambda: next(answers), TimeLimit(90), Pace(), say_nothing).may_pass
    assert len(clock.sleeps) == 1


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (PortalUnavailable("x", may_pass=True), 3),
        (PortalUnavailable("x"), 1),
        (PageChanged("x"), 1),
        (ZeroDivisionError(), 1),
    ],
)
def test_only_an_error_that_may_pass_is_tried_again(
    clock: Clock, error: Exception, tries: int
) -> None:
    asked = []

    def ask() -> Brought:
        asked.append(1)
        raise error

    with pytest.raises(type(error)) as raised:
        with_more_tries(ask, TimeLimit(90), Pace(), say_nothing)
    assert raised.value is error
    assert (len(asked), len(clock.sleeps)) == (tries, tries - 1)


def test_a_retry_after_is_waited_for_and_a_shorter_one_is_no_hurry(clock: Clock) -> None:
    assert tried(clock, Brought(retry_after=20)) == (3, [20, 20])
    _tries, sleeps = tried(clock, Brought(retry_after=0.1))
    assert min(sleeps) >= 0.5


@pytest.mark.parametrize("retry_after", [90, 91, 3600, 1e9])
def test_a_retry_after_longer_than_the_time_left_is_not_waited_for(
    clock: Clock, retry_after: float
) -> None:
    assert tried(clock, Brought(retry_after=retry_after)) == (1, [])


def test_a_try_is_as_far_from_the_last_as_two_pages_are(clock: Clock) -> None:
    assert tried(clock, Brought(), pace=Pace(spacing=7)) == (3, [7, 7])
    assert tried(clock, Brought(), pace=Pace(spacing=7, retry_wait=0)) == (3, [7, 7])


@given(st.none() | st.floats(0, 1e9), st.floats(-1, 200), st.floats(0, 60), st.floats(0, 60))
def test_no_wait_passes_the_limit(
    retry_after: float | None, seconds: float, retry_wait: float, spacing: float
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr("time.monotonic", clock.monotonic)
        patch.setattr("time.sleep", clock.sleep)
        pace = Pace(retry_wait=retry_wait, spacing=spacing)
        tries, sleeps = tried(clock, Brought(retry_after=retry_after), seconds, pace)
    assert 1 <= tries <= 3
    assert sum(sleeps) <= max(0.0, seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("0000000000120", 120),
        ("9" * 5000, 1e9),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("٥", None),
        ("5 s", None),
        ("soon", None),
        ("Tue", None),
        ("Wed, 99 Foo 2026 99:99:99 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 1e9),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0),
    ],
)
def test_a_retry_after_is_read_or_left(text: str, seconds: float | None) -> None:
    assert seconds_to_wait(text) == seconds


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0100"])
def test_a_retry_after_may_be_a_date(zone: str) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=100)
    if zone == "+0100":
        moment += timedelta(hours=1)
    text = format_datetime(moment.replace(tzinfo=None)).replace("-0000", zone)
    assert 90 <= (seconds_to_wait(text) or 0) <= 100


@given(st.text() | st.from_regex(r"\w{3}, \d{1,2} \w{3} \d{1,4} \d\d:\d\d:\d\d [+-]\d{4}"))
def test_any_retry_after_is_a_bearable_number_or_none(text: str) -> None:
    seconds = seconds_to_wait(text)
    assert seconds is None or 0 <= seconds <= 1e9


@pytest.fixture
def usual_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run in this process wait as long as one of a person does."""
    monkeypatch.setattr(settings, "Pace", Pace)


@pytest.mark.usefixtures("usual_pace")
@pytest.mark.parametrize(
    ("place", "command"), [(FORM, ONE_CARD), (CARD, ONE_CARD), (JOURNEY, ("journey", "--json"))]
)
@pytest.mark.parametrize("answer", [BUSY, page("", status=429), page("", status=500), Reply()])
def test_reading_is_tried_three_times_then_the_run_fails(
    hostile: Hostile, run: Run, clock: Clock, place: str, command: tuple[str, ...], answer: Reply
) -> None:
    portal = hostile({place: answer})
    failed(run(*command, **portal.settings()), 4)
    assert portal.asked.count(place) == 3
    assert portal.posts == (0 if place == FORM else 1)
    first, second = clock.sleeps
    assert 0.5 <= first <= 1.5
    assert 1.0 <= second <= 3.0


@pytest.mark.usefixtures("usual_pace")
def test_an_answer_at_the_third_try_is_as_good_as_one_at_the_first(
    hostile: Hostile, run: Run, clock: Clock
) -> None:
    portal = hostile({CARD: [BUSY, page("", status=429), None]})
    done = run(*ONE_CARD, **portal.settings())
    assert (done.code, done.err) == (0, "")
    assert len(clock.sleeps) == 2


@pytest.mark.usefixtures("usual_pace")
@pytest.mark.parametrize(
    ("header", "tries", "minutes"),
    [("30", 3, None), ("60", 2, None), ("600", 1, "10"), ("-1", 3, None), ("9" * 999, 1, None)],
)
def test_the_portal_may_ask_to_be_left_alone(
    hostile: Hostile, run: Run, clock: Clock, header: str, tries: int, minutes: str | None
) -> None:
    portal = hostile({CARD: busy(header)})
    error = failed(run(*ONE_CARD, **portal.settings()), 4)
    assert portal.asked.count(CARD) == tries
    if header in ("30", "60"):
        assert clock.sleeps == [float(header)] * (tries - 1)
    if minutes:
        assert f"{minutes} min" in error["hint"]
    elif header == "9" * 999:
        assert "min" not in error["hint"]


@pytest.mark.usefixtures("usual_pace")
@pytest.mark.parametrize("answer", [BUSY, busy("1"), page("", status=429), Reply()])
def test_the_passwords_post_is_never_tried_again(
    hostile: Hostile, run: Run, clock: Clock, answer: Reply
) -> None:
    portal = hostile({SIGN_IN: answer})
    failed(run(*ONE_CARD, **portal.settings()), 4)
    assert portal.posts == 1
    assert clock.sleeps == []


def test_the_codes_post_is_never_tried_again(hostile: Hostile) -> None:
    place = "POST /Account/VerifyCode"
    portal = hostile({place: BUSY})
    account = Account(CODE_STEP.user_name, CODE_STEP.code, lambda: PASSWORD, lambda: "135790")
    with (
        Connection(portal.url, pace=Pace(retry_wait=0.01)) as connection,
        PortalSession(connection, account, None, None, say_nothing) as session,
        pytest.raises(PortalUnavailable, match="503"),
    ):
        get_journey(session)
    assert portal.asked.count(place) == 1
    assert portal.posts == 1


def test_pages_are_half_a_second_apart_unless_a_setting_says_otherwise() -> None:
    assert Pace().spacing == 0.5


@pytest.mark.usefixtures("usual_pace")
def test_data_requests_are_spaced_and_the_first_of_a_run_is_not(
    hostile: Hostile, run: Run, clock: Clock, home: Path
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert clock.sleeps == []
    assert run("grades", "--year", "2023", **portal.settings()).code == 0
    assert clock.sleeps == [0.5]
    clock.sleeps.clear()
    (home / "config.toml").write_text("request_spacing = 7\n")
    done = run("grades", "--year", "all", "--json", **portal.settings())
    cards = len(json.loads(done.out)["data"])
    assert cards > 5
    assert clock.sleeps == [7.0] * cards


@pytest.mark.usefixtures("usual_pace")
def test_what_passed_meanwhile_is_not_waited_for_again(
    hostile: Hostile, run: Run, clock: Clock
) -> None:
    def after(seconds: float) -> None:
        clock.at += seconds

    portal = hostile({CARD: [None, lambda _asked: after(30)]})
    assert run("grades", "--year", "2023", **portal.settings()).code == 0
    assert clock.sleeps == [0.5]


@pytest.mark.usefixtures("usual_pace")
def test_the_practice_portal_is_never_waited_for(run: Run, clock: Clock) -> None:
    assert run("--demo", "grades", "--year", "all").code == 0
    assert clock.sleeps == []
