"""Many runs at once, some of which die: one signs in, the others go on, no lock outlives them."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from massar_cli.portal.cookies import SessionFile
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO
from tests.children.portals import HOME, BeforeAnswering
from tests.cli.processes import ROOT, run_to_end, start, surroundings
from tests.conftest import Practice
from tests.session.hostile import (
    CARD,
    COOKIE,
    ONE_CARD,
    SIGN_IN,
    Asked,
    HostilePortal,
    Reply,
    Run,
    Silence,
    assert_no_secret,
)

Hostile = Callable[..., HostilePortal]

# A disk without locks, such as some network drives: the lock's file itself has to be the lock.
_NO_LOCKS = """
import errno, fcntl, os

def fail(*_arguments):
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

fcntl.flock = fail
"""


@pytest.fixture(params=["", _NO_LOCKS], ids=["a disk with locks", "a disk without locks"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a process on a disk of either kind."""
    (tmp_path / "sitecustomize.py").write_text(request.param)
    return {"PYTHONPATH": f"{tmp_path}:{ROOT}"}


def lock_of(home: Path, portal: HostilePortal) -> Path:
    user_name = f"{DEMO.code}@taalim.ma"
    return SessionFile.of(home, portal.url, user_name).path.with_suffix(".lock")


def end(
    running: list["subprocess.Popen[bytes]"], home: Path, allowed: tuple[int, ...] = (0,)
) -> list[object]:
    """Wait until all have ended well; return what each has printed."""
    ended = [one.communicate(timeout=60) for one in running]
    for out, err in ended:
        assert_no_secret(home, out.decode(), err.decode())
    assert [one.returncode for one in running if one.returncode not in allowed] == [], ended
    assert [err for _out, err in ended] == [b""] * len(running)
    return [json.loads(out)["data"] for out, _err in ended if out]


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_ten_cold_runs_at_once_sign_in_once_and_print_the_same(
    hostile: Hostile, tmp_path: Path
) -> None:
    for turn in range(3):
        home = tmp_path / f"home-{turn}"
        portal = hostile()
        environment = surroundings(home, **portal.settings())
        answers = end([start(*ONE_CARD, environment=environment) for _ in range(10)], home)
        assert len(answers) == 10
        assert answers[0]
        assert answers == answers[:1] * 10
        assert portal.posts == 1


def test_runs_that_wait_go_on_when_the_one_that_signs_in_is_killed(
    hostile: Hostile, home: Path, path: dict[str, str]
) -> None:
    portal = hostile({SIGN_IN: [Silence(), None]})
    environment = surroundings(home, **portal.settings(), **path)
    killed = start(*ONE_CARD, environment=environment)
    until(lambda: SIGN_IN in portal.asked)
    waiting = [start(*ONE_CARD, environment=environment) for _ in range(4)]
    time.sleep(0.5)  # so that some of them wait already; the outcome is the same
    killed.send_signal(signal.SIGKILL)
    out, err = killed.communicate()
    assert (out, err) == (b"", b"")
    answers = end(waiting, home)
    assert answers == answers[:1] * 4
    assert answers[0]
    assert portal.posts == 2
    assert not list(home.glob(".*.part"))


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param(lambda: (_dead_process(), 1), id="a dead process"),
        pytest.param(lambda: (os.getpid(), 1), id="an older boot, whose number is in use again"),
        pytest.param(lambda: (2**22 + 1, 1), id="a number that no process has"),
    ],
)
def test_a_lock_that_nobody_holds_any_more_is_taken_over(
    hostile: Hostile, home: Path, path: dict[str, str], owner: Callable[[], tuple[int, int]]
) -> None:
    portal = hostile()
    home.mkdir(mode=0o700)
    number, start_time = owner()
    lock = lock_of(home, portal)
    lock.write_text(f"{number}\n{os.uname().nodename}\n{start_time}\n")
    lock.chmod(0o600)
    os.utime(lock, (1_000_000_000, 1_000_000_000))
    environment = surroundings(home, **portal.settings(), **path)
    done = run_to_end("--timeout", "20", *ONE_CARD, environment=environment, cwd=home.parent)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["data"]
    assert portal.posts == 1


def _dead_process() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def with_late_cookie(asked: Asked) -> Reply:
    reply = asked.real()
    late = ("Set-Cookie", f"late={COOKIE}; path=/")
    return reply._replace(headers=(*reply.headers, late))


def test_an_answer_does_not_wait_for_another_run_that_signs_in(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    (kept,) = home.glob("session-*.json")
    before = kept.read_bytes()
    portal.rules = {CARD: with_late_cookie}
    with FileLock(lock_of(home, portal)):
        done = run("--timeout", "20", *ONE_CARD, **portal.settings())
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["data"]
    assert kept.read_bytes() == before
    assert portal.posts == 1


def test_logins_and_runs_do_not_disturb_one_another(hostile: Hostile, home: Path) -> None:
    portal = hostile()
    environment = surroundings(home, **portal.settings())
    commands = [("-q", "login"), ONE_CARD, ("-q", "login"), ONE_CARD]
    answers = end([start(*one, environment=environment) for one in commands], home)
    assert answers == answers[:1] * 2
    for file in home.glob("*.json"):
        json.loads(file.read_bytes())


@pytest.mark.parametrize("command", ["logout", "forget"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_killed_runs_left_of_a_session_goes_with_it(
    hostile: Hostile, run: Run, home: Path, command: str, is_signed_in: bool
) -> None:
    portal = hostile()
    assert run("login", **portal.settings()).code == 0
    (kept,) = home.glob("session-*.json")
    (state,) = home.glob("account-*.json")
    left = [home / f".{file.name[:40]}.massar-0abc_xyz.part" for file in (kept, state)]
    left[0].write_bytes(kept.read_bytes())
    left[1].write_text("{")
    if not is_signed_in:
        kept.unlink()
    assert run(command, **portal.settings()).code == 0
    assert not left[0].exists()
    assert left[1].exists() == (command == "logout")


def test_a_run_does_not_bring_back_a_session_that_was_removed_beside_it(
    serve: Callable[[PracticePortal], Practice], massar: Run, home: Path
) -> None:
    def forget(_portal: object, _environ: object) -> None:
        for file in home.glob("session-*.json"):
            SessionFile(file).remove_traces()

    settings = serve(BeforeAnswering(HOME, 2, forget)).settings()  # the sign-in's is the first
    assert massar("pages", **settings).code == 0
    assert list(home.glob("session-*.json"))
    done = massar("pages", **settings)
    assert done.code == 0, done.err
    assert not list(home.glob("session-*.json"))
