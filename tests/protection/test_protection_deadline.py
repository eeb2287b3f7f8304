"""The time that a page may take: whatever holds it up, and whatever is left behind."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from massar_cli.errors import PortalUnavailable
from massar_cli.pace import Pace
from massar_cli.portal.connection import Connection
from massar_cli.portal.session import Account, PortalSession
from massar_cli.portal.time_limit import Errand, TimeLimit
from massar_cli.practice.students import DEMO, STUDENTS
from massar_cli.services.journey import get_journey
from tests.cli.processes import ROOT, surroundings
from tests.failures.networks import certified
from tests.protection.remembered import Clock, Hostile, Remembered
from tests.protection.test_protection_account import held
from tests.session.hostile import (
    CARD,
    FORM,
    HOME,
    JOURNEY,
    ONE_CARD,
    PASSWORD,
    SIGN_IN,
    YEARS,
    Asked,
    Drip,
    Reply,
    Run,
    Silence,
    failed,
    redirect,
)
from tests.session.test_session_file_hostile import session_file, with_late_cookie

CODE_STEP = next(one for one in STUDENTS if one.code == "X130000006")


def say_nothing(_told: object) -> None:
    """Be told, and leave it at that."""


@pytest.mark.parametrize("value", ["0", "0.999", "-1", "nan", "inf", "-inf", "86401", "1e300"])
def test_a_time_limit_that_cannot_be_kept_is_refused(run: Run, value: str) -> None:
    error = failed(run(f"--timeout={value}", *ONE_CARD), 2)
    assert "--timeout" in error["message"]
    assert "86400" in error["message"]


@pytest.mark.parametrize("value", ["", "soon", "1s", "0x10", "1,5", "٩٠ s"])
def test_a_time_limit_that_is_no_number_is_refused(run: Run, value: str) -> None:
    assert "--timeout" in failed(run("--timeout", value, *ONE_CARD), 2)["message"]


@pytest.mark.parametrize("value", ["1", "86400", "2.5", "1e2"])
def test_a_time_limit_within_the_bounds_is_kept(hostile: Hostile, run: Run, value: str) -> None:
    assert run("--timeout", value, *ONE_CARD, **hostile().settings()).code == 0


def test_the_usual_limit_is_90_seconds() -> None:
    assert Pace().timeout == 90


def takes(clock: Clock, seconds: float) -> Callable[[Asked], None]:
    def pass_time(_asked: Asked) -> None:
        clock.at += seconds

    return pass_time


SLOW_SIGN_IN = (FORM, SIGN_IN, HOME)


def test_a_sign_in_and_its_page_share_one_limit(hostile: Hostile, run: Run, clock: Clock) -> None:
    portal = hostile(dict.fromkeys(SLOW_SIGN_IN, takes(clock, 25)))
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert run("logout", **portal.settings()).code == 0
    portal.rules = dict.fromkeys(SLOW_SIGN_IN, takes(clock, 31))
    cards = portal.asked.count(CARD)
    assert "in time" in failed(run(*ONE_CARD, **portal.settings()), 4)["message"]
    assert portal.asked.count(CARD) == cards


def test_a_login_and_the_page_that_proves_it_share_one_limit(
    hostile: Hostile, run: Run, clock: Clock
) -> None:
    def lead_on(asked: Asked) -> Reply:
        clock.at += 25
        return redirect(asked.path)

    portal = hostile({**dict.fromkeys(SLOW_SIGN_IN, takes(clock, 25)), YEARS: [lead_on, None]})
    assert run("login", **portal.settings()).code == 4
    assert portal.asked.count(YEARS) == 1


def test_a_years_cards_share_one_limit_and_all_years_have_one_each(
    hostile: Hostile, run: Run, clock: Clock, home: Path
) -> None:
    portal = hostile({CARD: takes(clock, 60)})
    assert run("grades", "--year", "all", "--json", **portal.settings()).code == 0
    (home / "config.toml").write_text("request_spacing = 40\n")
    done = run("grades", "--year", "2023", "--json", **portal.settings())
    assert done.code == 8
    (error,) = json.loads(done.out)["errors"]
    assert "in time" in error["message"]


def test_redirects_share_the_limit_of_their_page(hostile: Hostile, run: Run, clock: Clock) -> None:
    portal = hostile()
    assert run("profile", **portal.settings()).code == 0

    def lead_on(asked: Asked) -> Reply:
        clock.at += 40
        return redirect(f"{asked.path}?turn={asked.turn}")

    portal.rules = {JOURNEY: lead_on}
    assert "in time" in failed(run("journey", "--json", **portal.settings()), 4)["message"]
    assert portal.asked.count(JOURNEY) == 3


def test_what_a_person_is_asked_does_not_count(hostile: Hostile, clock: Clock) -> None:
    def slowly(answer: str) -> Callable[[], str]:
        def ask() -> str:
            clock.at += 1000
            return answer

        return ask

    portal = hostile()
    account = Account(CODE_STEP.user_name, CODE_STEP.code, slowly(PASSWORD), slowly("135790"))
    with (
        Connection(portal.url, pace=Pace(timeout=30)) as connection,
        PortalSession(connection, account, None, None, say_nothing) as session,
    ):
        assert get_journey(session).records
    assert clock.at > 2000


def test_what_is_asked_does_not_count_even_if_nothing_comes_of_it(clock: Clock) -> None:
    limit = TimeLimit(10)

    def give_up() -> None:
        clock.at += 1000
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        limit.uncounted(give_up)()
    assert limit.left == 10


def test_an_errand_brings_what_its_work_brings() -> None:
    assert Errand(lambda: 7, say_nothing_at_all).run(TimeLimit(30)) == 7
    with pytest.raises(ZeroDivisionError):
        Errand(lambda: 1 // 0, say_nothing_at_all).run(TimeLimit(30))


def say_nothing_at_all() -> None:
    """Tidy nothing."""


def test_an_errand_without_time_is_not_begun() -> None:
    begun: list[int] = []
    with pytest.raises(TimeoutError):
        Errand(lambda: begun.append(1), say_nothing_at_all).run(TimeLimit(0))
    assert begun == []


def test_an_errand_left_behind_tidies_up_by_itself() -> None:
    go_on, tidied = Event(), Event()
    with pytest.raises(TimeoutError):
        Errand(go_on.wait, tidied.set).run(TimeLimit(0.01))
    assert not tidied.is_set()
    go_on.set()
    assert tidied.wait(30)


def test_an_errand_that_ends_just_too_late_is_tidied_up_too() -> None:
    go_on, tidied = Event(), Event()

    class JustTooShort(TimeLimit):
        """Seems to last until it is looked at for the third time; the work ends before that."""

        looks = 0

        @property
        def left(self) -> float:
            self.looks += 1
            if self.looks < 3:
                return 0.001
            go_on.set()
            for thread in left_behind():
                thread.join(30)
            return 0.0

    with pytest.raises(TimeoutError):
        Errand(go_on.wait, tidied.set).run(JustTooShort(30))
    assert tidied.is_set()


def left_behind() -> list[Thread]:
    """Return the threads of errands that are still under way."""
    return [one for one in threading.enumerate() if "_go" in one.name]


class Guests:
    """Counts the answers that a portal is giving at the same time."""

    def __init__(self) -> None:
        self.now = 0
        self._lock = Lock()

    def drip(self, _asked: Asked) -> Drip:
        return Drip(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        with self._lock:
            self.now += 1
        try:
            yield b"HTTP/1.1 200 OK\r\nX: "
            for _piece in range(5000):
                yield b"x"
        finally:
            with self._lock:
                self.now -= 1


def test_a_request_that_is_given_up_is_hung_up_before_the_next(hostile: Hostile) -> None:
    guests = Guests()
    portal = hostile({JOURNEY: guests.drip})
    path = JOURNEY.partition("/")[2]
    with Connection(portal.url, pace=Pace(timeout=0.4, retry_wait=0.01)) as connection:
        for turn in (1, 2, 3):
            with pytest.raises(PortalUnavailable, match="in time"):
                connection.get(connection.address(path))
            assert portal.asked.count(JOURNEY) == turn
            patience = time.monotonic() + 20  # the drip itself would take longer
            while guests.now and time.monotonic() < patience:
                time.sleep(0.01)
            assert guests.now == 0
    for thread in left_behind():
        thread.join(30)


def test_a_connection_under_tls_is_hung_up_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Stalls:
        """A portal that answers only when the client has gone."""

        refuses_connections = False

        def __init__(self) -> None:
            self.go_on = Event()

        def __call__(self, _environ: object, start_response: Callable[..., object]) -> list[bytes]:
            self.go_on.wait(30)
            start_response("200 OK", [])
            return [b"late"]

    portal = Stalls()
    with certified(tmp_path, portal=portal) as environment:  # type: ignore[arg-type]
        monkeypatch.setenv("SSL_CERT_FILE", environment["SSL_CERT_FILE"])
        with Connection(environment["MASSAR_URL"], pace=Pace(timeout=1)) as connection:
            with pytest.raises(PortalUnavailable, match="in time"):
                connection.get(connection.address("Account"))
            for thread in left_behind():
                thread.join(20)
            assert left_behind() == []
            portal.go_on.set()


def test_a_name_found_too_late_is_not_connected_to(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = hostile()
    found = Event()
    look_up = socket.getaddrinfo

    def slowly(*arguments: object, **named: object) -> object:
        found.wait(30)
        return look_up(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    with (
        Connection(portal.url, pace=Pace(timeout=0.3)) as connection,
        pytest.raises(PortalUnavailable, match="in time"),
    ):
        connection.get(connection.address("Account"))
    threads = left_behind()
    assert threads
    found.set()
    for thread in threads:
        thread.join(30)
    assert portal.asked == []


NO_ANSWER_FROM_NAMES = (
    "import socket, time\nsocket.getaddrinfo = lambda *_a, **_n: time.sleep(600)\n"
)


def test_a_name_service_that_does_not_answer_keeps_no_run_from_its_end(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_ANSWER_FROM_NAMES)
    account = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD": "x"}
    ended = subprocess.run(
        [sys.executable, "-m", "massar_cli", "--timeout", "1", *ONE_CARD],
        capture_output=True,
        check=False,
        timeout=60,
        env=surroundings(home, **account, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}"),
    )
    assert ended.returncode == 4
    assert b"in time" in ended.stderr


def test_a_lock_is_waited_for_within_the_limit(
    hostile: Hostile, run: Run, home: Path, remembered: Remembered
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.portal.expire_sessions()
    started = time.monotonic()
    with held(session_file(home).with_suffix(".lock")):
        error = failed(run("--timeout", "1", *ONE_CARD, **portal.settings()), 4)
    assert time.monotonic() - started < 20
    assert "Another massar" in error["message"]
    assert remembered.state.outages == 0
    assert portal.posts == 1


def test_a_session_that_another_run_is_renewing_costs_no_answer(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    kept = session_file(home).read_bytes()
    portal.rules = {CARD: lambda asked: with_late_cookie(asked.real())}
    started = time.monotonic()
    with held(session_file(home).with_suffix(".lock")):
        done = run(*ONE_CARD, **portal.settings())
    assert time.monotonic() - started < 30  # not the 90 of the limit
    assert (done.code, done.err) == (0, "")
    assert session_file(home).read_bytes() == kept


@pytest.mark.usefixtures("impatient")
def test_a_limit_that_ran_out_is_told_though_another_run_has_the_lock(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.rules = {CARD: lambda asked: with_late_cookie(asked.real()), JOURNEY: Silence()}
    with held(session_file(home).with_suffix(".lock")):
        error = failed(run("journey", "--json", **portal.settings()), 4)
    assert "in time" in error["message"]


def test_a_stopped_run_that_has_the_accounts_lock_holds_up_no_other(
    hostile: Hostile, run: Run, remembered: Remembered
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.portal.expire_sessions()
    started = time.monotonic()
    with held(remembered.path.with_suffix(".lock")):
        done = run("--timeout", "2", *ONE_CARD, **portal.settings())
    assert time.monotonic() - started < 20
    assert done.code == 0
    (line,) = done.err.splitlines()
    assert "another run" in line
