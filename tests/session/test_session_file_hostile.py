"""The kept session: damaged, overtaken, shared, forgotten meanwhile, or impossible to write."""

import contextlib
import errno
import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from massar_cli.portal.cookies import SessionFile
from massar_cli.practice.students import DEMO
from tests.cli.processes import run_to_end, start, surroundings
from tests.session.hostile import (
    CARD,
    COOKIE,
    HOME,
    ONE_CARD,
    SIGN_IN,
    Asked,
    HostilePortal,
    Reply,
    Run,
    Silence,
    assert_no_secret,
    failed,
)

Hostile = Callable[..., HostilePortal]


def session_file(home: Path) -> Path:
    (file,) = home.glob("session-*.json")
    return file


def with_cookie(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda kept: {**kept, "cookies": [{**kept["cookies"][0], **changes}]}


def written(kept: dict[str, Any], change: object) -> bytes:
    if isinstance(change, bytes):
        return change
    assert callable(change)
    changed = change(kept)
    return changed if isinstance(changed, bytes) else json.dumps(changed).encode()


UNDAMAGED: dict[str, Any] = {
    "version": 1,
    "student": {"code": DEMO.code, "name": "SALMA"},
    "cookies": [
        {
            "name": "odd",
            "value": "1",
            "domain": "127.0.0.1",
            "path": "/",
            "secure": False,
            "expires": None,
        }
    ],
}
DAMAGE: dict[str, object] = {
    "none, but its session is unknown": lambda kept: kept,
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"version":' * 100_000,
    "a long number": b'{"version": ' + b"9" * 10_000 + b"}",
    "null": b"null",
    "a number": b"1",
    "a text": b'"version"',
    "zeros": bytes(1000),
    "cut": lambda kept: json.dumps(kept).encode()[:-9],
    "another version": lambda kept: {**kept, "version": 2},
    "a version in words": lambda kept: {**kept, "version": "1"},
    "no cookies": lambda kept: {"version": 1, "student": kept["student"]},
    "cookies null": lambda kept: {**kept, "cookies": None},
    "cookies a number": lambda kept: {**kept, "cookies": 7},
    "cookies a text": lambda kept: {**kept, "cookies": "abc"},
    "cookies an object": lambda kept: {**kept, "cookies": {"a": 1}},
    "a cookie null": lambda kept: {**kept, "cookies": [None]},
    "an empty cookie": lambda kept: {**kept, "cookies": [{}]},
    "student a text": lambda kept: {**kept, "student": "X130000001"},
    "student a list": lambda kept: {**kept, "student": ["X130000001"]},
    "student without a name": lambda kept: {**kept, "student": {"code": "X130000001"}},
    "student a number": lambda kept: {**kept, "student": {"code": 1, "name": "x"}},
    "no student at all": lambda kept: {"version": 1, "cookies": kept["cookies"]},
    "a value in Arabic": with_cookie(value="الدورة"),
    "a value with é": with_cookie(value="é"),
    "a value on two lines": with_cookie(value="x\r\nX-Evil: 1"),
    "a value with a line end": with_cookie(value="x\n"),
    "a value with a semicolon": with_cookie(value="x; y=1"),
    "a value with a zero": with_cookie(value="x\0"),
    "a value null": with_cookie(value=None),
    "a value a number": with_cookie(value=1),
    "half a letter": with_cookie(value="\ud800"),
    "a name in Arabic": with_cookie(name="اسم"),
    "a path on two lines": with_cookie(path="/\r\n"),
    "a domain a number": with_cookie(domain=1),
    "a domain in Arabic": with_cookie(domain="البوابة"),
    "an empty domain": with_cookie(domain=""),
    "secure a text": with_cookie(secure="yes"),
    "expires huge": with_cookie(expires=10**30),
    "expires infinite": with_cookie(expires=float("inf")),
    "expires no number": with_cookie(expires=float("nan")),
    "expires negative": with_cookie(expires=-1),
    "expires a text": with_cookie(expires="soon"),
    "expires a list": with_cookie(expires=[1]),
    "expires long ago": with_cookie(expires=1),
}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_no_session_and_private_again_afterwards(
    hostile: Hostile, run: Run, home: Path, change: object
) -> None:
    portal = hostile()
    home.mkdir()
    file = SessionFile.of(home, portal.url, f"{DEMO.code}@taalim.ma").path
    file.write_bytes(written(UNDAMAGED, change))
    file.chmod(0o644)
    done = run(*ONE_CARD, **portal.settings())
    assert done.code == 0, done.err
    answer = json.loads(done.out)["data"][0]
    assert answer["subjects"]
    assert answer["student"]["code"] == DEMO.code
    assert done.err == ""
    assert portal.posts == 1
    assert session_file(home) == file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert COOKIE in file.read_text()


@pytest.mark.parametrize("name", ["\ud800", "\x1b[31m\u202e", "x" * 100_000])
@pytest.mark.parametrize("form", ["--json", "--format=csv", "--format=table"])
def test_an_odd_name_in_the_file_is_no_fault(
    hostile: Hostile, run: Run, home: Path, name: str, form: str
) -> None:
    portal = hostile()
    run(*ONE_CARD, **portal.settings())
    file = session_file(home)
    kept = json.loads(file.read_text())
    kept["student"]["name"] = name
    file.write_text(json.dumps(kept))
    done = run(*ONE_CARD[:-1], form, **portal.settings())
    assert done.code == 0, done.err
    assert "\x1b" not in done.out


def test_a_folder_in_the_place_of_the_file_is_no_session(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    run(*ONE_CARD, **portal.settings())
    file = session_file(home)
    file.unlink()
    file.mkdir()
    done = run(*ONE_CARD, **portal.settings())
    assert done.code == 0, done.err
    assert json.loads(done.out)["data"]
    assert "cannot be kept" in done.err
    assert portal.posts == 2


@pytest.mark.parametrize(
    "odd",
    [
        *("odd", "odd=\xe9", "odd=x\x1b[31m", "odd=; path=/", "HttpOnly"),
        *("odd=1; Max-Age=99999999999999", "odd=1; expires=Fri, 31-Dec-9999 23:59:59 GMT"),
    ],
)
def test_an_odd_cookie_on_the_last_page_costs_the_next_run_no_sign_in(
    hostile: Hostile, run: Run, odd: str
) -> None:
    def with_odd_cookie(asked: Asked) -> Reply:
        real = asked.real()
        return real._replace(headers=(*real.headers, ("Set-Cookie", odd)))

    portal = hostile({CARD: with_odd_cookie})
    assert run(*ONE_CARD, **portal.settings()).code == 0
    portal.rules = {}
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert portal.posts == 1


def with_late_cookie(reply: Reply) -> Reply:
    late = ("Set-Cookie", f"late={COOKIE}; path=/")
    return reply._replace(headers=(*reply.headers, late))


def test_a_slow_run_does_not_overwrite_the_session_of_a_newer_one(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    newer: list[str] = []

    def meanwhile(_asked: Asked) -> Reply:
        portal.rules = {}
        environment = surroundings(home, **portal.settings())
        done = run_to_end("login", environment=environment, cwd=home)
        assert done.code == 0, done.err
        newer.append(session_file(home).read_text())
        return with_late_cookie(_asked.real())

    portal.rules = {CARD: meanwhile}
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert session_file(home).read_text() == newer[0]
    assert "late" not in newer[0]
    assert portal.posts == 2


def test_a_session_forgotten_during_a_run_stays_forgotten(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()

    def meanwhile(asked: Asked) -> Reply:
        environment = surroundings(home, **portal.settings())
        done = run_to_end("forget", environment=environment, cwd=home)
        assert done.code == 0, done.err
        return with_late_cookie(asked.real())

    portal.rules = {CARD: meanwhile}
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert not list(home.glob("session-*.json"))
    assert portal.posts == 1


def test_a_session_that_another_run_renewed_is_taken_over_without_a_password(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile()
    assert run(*ONE_CARD, **portal.settings()).code == 0

    def meanwhile(asked: Asked) -> Reply:
        portal.rules = {}
        portal.portal.expire_sessions()
        environment = surroundings(home, **portal.settings())
        assert run_to_end("login", environment=environment, cwd=home).code == 0
        return asked.real()

    portal.rules = {CARD: meanwhile}
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert portal.posts == 2


def test_five_cold_runs_at_once_post_one_password(hostile: Hostile, home: Path) -> None:
    def slowly(asked: Asked) -> Reply:
        time.sleep(0.3)
        return asked.real()

    portal = hostile({SIGN_IN: slowly})
    environment = surroundings(home, **portal.settings())
    running = [start(*ONE_CARD, environment=environment) for _ in range(5)]
    ended = [one.communicate(timeout=30) for one in running]
    assert [one.returncode for one in running] == [0] * 5, ended
    answers = [json.loads(out)["data"] for out, _err in ended]
    assert answers == answers[:1] * 5
    assert portal.posts == 1
    for out, err in ended:
        assert_no_secret(home, out.decode(), err.decode())


def test_two_runs_at_once_with_a_refused_password_send_it_once(
    hostile: Hostile, home: Path
) -> None:
    portal = hostile()
    wrong = {**portal.settings(), "MASSAR_PASSWORD": "wrong"}
    running = [start(*ONE_CARD, environment=surroundings(home, **wrong)) for _ in range(2)]
    ended = [one.communicate(timeout=30) for one in running]
    assert sorted(one.returncode or 0 for one in running) == [3, 7]
    assert portal.asked.count(SIGN_IN) == 1
    assert [out for out, _err in ended] == [b"", b""]


def test_the_lock_of_a_run_that_was_killed_is_taken_over(
    hostile: Hostile, run: Run, home: Path
) -> None:
    portal = hostile({SIGN_IN: Silence()})
    killed = start(*ONE_CARD, environment=surroundings(home, **portal.settings()))
    deadline = time.monotonic() + 20
    while SIGN_IN not in portal.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.kill()
    out, err = killed.communicate()
    assert_no_secret(home, out.decode(), err.decode())
    portal.rules = {}
    started = time.monotonic()
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert time.monotonic() - started < 30  # not the 90 of the limit
    assert portal.posts == 2
    assert not list(home.glob("*.part"))


def test_a_lock_file_of_odd_content_is_no_obstacle(hostile: Hostile, run: Run, home: Path) -> None:
    portal = hostile()
    run(*ONE_CARD, **portal.settings())
    session_file(home).with_suffix(".lock").write_bytes(b"4711\nnobody")
    portal.portal.expire_sessions()
    assert run(*ONE_CARD, **portal.settings()).code == 0


WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@pytest.fixture
def make_read_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes the home read-only as a disk may be, for the administrator too."""

    def is_inside(path: object) -> bool:
        with contextlib.suppress(TypeError):
            return Path(os.fsdecode(path)).is_relative_to(home)  # type: ignore[arg-type]
        return False

    def barred(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def act(path: Any, *arguments: Any, **named: Any) -> Any:
            flags = arguments[0] if name == "open" else WRITING
            if is_inside(path) and flags & WRITING and not (name == "mkdir" and home.is_dir()):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
            return real(path, *arguments, **named)

        return act

    def make() -> None:
        for name in ("open", "unlink", "remove", "mkdir", "rename", "replace", "chmod"):
            monkeypatch.setattr(os, name, barred(name))

    return make


def test_a_folder_that_cannot_be_written_costs_a_warning_and_prints_the_answer(
    hostile: Hostile, run: Run, home: Path, make_read_only: Callable[[], None]
) -> None:
    portal = hostile()
    make_read_only()
    for turn in (1, 2):
        done = run(*ONE_CARD, **portal.settings())
        assert done.code == 0, done.err
        assert json.loads(done.out)["data"][0]["subjects"]
        assert "cannot be kept" in done.err
        assert portal.posts == turn
    assert not home.exists()


@pytest.mark.parametrize("is_cold", [True, False])
def test_a_folder_that_became_read_only_costs_a_warning_and_prints_the_answer(
    hostile: Hostile, run: Run, make_read_only: Callable[[], None], is_cold: bool
) -> None:
    portal = hostile()
    run(*ONE_CARD, **portal.settings())
    make_read_only()
    if is_cold:
        portal.portal.expire_sessions()
    else:
        portal.rules = {CARD: lambda asked: with_late_cookie(asked.real())}
    done = run(*ONE_CARD, **portal.settings())
    assert done.code == 0, done.err
    assert json.loads(done.out)["data"][0]["subjects"]
    assert "cannot be kept" in done.err
    assert portal.posts == 1 + is_cold


def test_a_login_that_cannot_be_kept_says_so(
    hostile: Hostile, run: Run, make_read_only: Callable[[], None]
) -> None:
    portal = hostile()
    make_read_only()
    done = run("login", **portal.settings())
    assert done.code == 0, done.err
    assert "cannot be kept" in done.err
    assert "cannot be remembered" in done.err
    assert portal.posts == 1


@pytest.mark.parametrize("command", ["logout", "forget"])
def test_a_session_that_cannot_be_removed_is_told_with_its_path(
    hostile: Hostile, run: Run, home: Path, make_read_only: Callable[[], None], command: str
) -> None:
    portal = hostile()
    run(*ONE_CARD, **portal.settings())
    make_read_only()
    done = run(command, **portal.settings())
    assert (done.code, done.out) == (2, "")
    assert str(session_file(home)) in done.err
    assert "cannot be removed" in done.err
    assert "Signed out." not in done.err
    assert "Removed." not in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["logout", "forget"])
def test_where_there_is_no_session_a_read_only_folder_is_no_failure(
    hostile: Hostile, run: Run, home: Path, make_read_only: Callable[[], None], command: str
) -> None:
    home.mkdir()
    portal = hostile()
    make_read_only()
    done = run(command, **portal.settings())
    assert (done.code, done.out) == (0, ""), done.err
    assert portal.asked == []


def test_a_home_that_is_a_file_is_a_setting_that_cannot_be_used(
    hostile: Hostile, run: Run, home: Path
) -> None:
    home.write_text("")
    portal = hostile()
    error = failed(run(*ONE_CARD, **portal.settings()), 2)
    assert str(home) in error["message"]
    assert portal.asked == []


def test_a_failed_landing_keeps_no_session(hostile: Hostile, run: Run, home: Path) -> None:
    portal = hostile({HOME: Reply(b"", 503)})
    failed(run(*ONE_CARD, **portal.settings()), 4)
    assert not list(home.glob("session-*.json"))


def test_a_file_that_is_far_too_large_is_no_session(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "session-1.json")
    file.path.write_bytes(json.dumps(UNDAMAGED).encode())
    assert file.load() is not None
    file.path.write_bytes(json.dumps(UNDAMAGED).encode() + b" " * (1 << 23))
    assert file.load() is None
