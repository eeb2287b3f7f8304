"""Streams that are closed, full or broken, and a network set up wrongly: one code, no secret."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from massar_cli.practice import account
from massar_cli.practice import portal as practice_portal
from massar_cli.practice.students import DEMO
from tests.cli.processes import PROGRAM, surroundings
from tests.cli.servers import closed_port
from tests.session.conftest import PAGES
from tests.session.hostile import (
    ONE_CARD,
    PASSWORD,
    SIGN_IN,
    HostilePortal,
    Reply,
    Rules,
    Run,
    assert_no_secret,
    failed,
    with_canary,
)

Ended = subprocess.CompletedProcess[bytes]
CONFIGURED = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD": PASSWORD}
REFUSES: Rules = {SIGN_IN: Reply(b"<p>no</p>", 403)}
TABLE = ONE_CARD[:-1]


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostilePortal]:
    monkeypatch.setattr(account, "by_user_name", with_canary)
    monkeypatch.setattr(practice_portal, "Pages", lambda: PAGES)
    with HostilePortal({}) as served:
        yield served
    assert served.faults == []


def shell(
    home: Path, streams: str, arguments: tuple[str, ...], settings: Mapping[str, str]
) -> Ended:
    """Run the program with streams as a shell redirects them, and look for secrets."""
    ended = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {streams}', "sh", *PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=home.parent,
        env=surroundings(home, **settings),
        timeout=30,
    )
    assert_no_secret(home, ended.stdout.decode(), ended.stderr.decode())
    return ended


def bytes_in_session(home: Path) -> bytes:
    (file,) = home.glob("session-*.json")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("streams", "form"), [("2>&-", ONE_CARD), ("2>&- <&-", TABLE), ("2>/dev/full", ONE_CARD)]
)
def test_an_error_that_nobody_can_read_does_not_go_to_standard_output(
    home: Path, portal: HostilePortal, streams: str, form: tuple[str, ...]
) -> None:
    portal.rules = dict(REFUSES)
    done = shell(home, streams, form, portal.settings())
    assert (done.returncode, done.stdout, done.stderr) == (4, b"", b"")
    assert portal.posts == 1


def test_wrong_usage_with_a_closed_standard_error_prints_nothing(home: Path) -> None:
    done = shell(home, "2>&-", ("grades", "--semester", "9"), {})
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full"])
def test_a_closed_standard_error_does_not_spoil_the_answer(
    home: Path, portal: HostilePortal, streams: str
) -> None:
    # This card has nothing on it, so there is a line to say on standard error.
    command = ("grades", "--year", "2010", "--semester", "1", "--json")
    done = shell(home, streams, command, portal.settings())
    assert done.returncode == 0
    assert json.loads(done.stdout)["data"][0]["subjects"] == []
    json.loads(bytes_in_session(home))


@pytest.mark.parametrize("streams", [">&-", "<&- >&- 2>&-"])
def test_a_closed_standard_output_spoils_neither_session_nor_portal(
    home: Path, portal: HostilePortal, streams: str
) -> None:
    for _turn in range(2):
        done = shell(home, streams, ONE_CARD, portal.settings())
        assert done.returncode in (0, 2), done.stderr
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr
    json.loads(bytes_in_session(home))
    assert portal.posts == 1


def test_a_full_standard_output_is_told_and_the_session_kept(
    home: Path, portal: HostilePortal
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    for turn, command in enumerate((ONE_CARD, TABLE)):
        done = shell(home, ">/dev/full", command, portal.settings())
        assert done.returncode == 2
        assert b"No space left" in done.stderr
        assert b"Traceback" not in done.stderr
        assert portal.posts == 1, turn


@pytest.mark.parametrize("command", [("--help",), ("config", "path")])
def test_a_full_standard_output_is_no_fault_of_the_program(
    home: Path, command: tuple[str, ...]
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(home, ">/dev/full", command, {})
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"No space left" in done.stderr


@pytest.mark.parametrize(
    ("rules", "arguments", "code"),
    [
        (REFUSES, ONE_CARD, 4),
        ({SIGN_IN: Reply(b"<p>no</p>", 500)}, ("login",), 4),
        ({}, ("grades", "--semester", "9"), 2),
        ({}, ("grades", "--year", "2010", "--semester", "1", "--json"), 0),
    ],
)
def test_a_broken_standard_error_keeps_the_exit_code(
    home: Path, portal: HostilePortal, rules: Rules, arguments: tuple[str, ...], code: int
) -> None:
    portal.rules = dict(rules)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=pipe,
            check=False,
            env=surroundings(home, **portal.settings()),
            timeout=30,
        )
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0)
    assert_no_secret(home, done.stdout.decode())


def test_a_password_command_that_complains_spoils_no_closed_stream(
    home: Path, portal: HostilePortal
) -> None:
    settings = portal.settings()
    password = settings.pop("MASSAR_PASSWORD")
    script = home.parent / "tell"
    script.write_text(f"echo complaint >&2; echo {password}\n")
    settings["MASSAR_PASSWORD_COMMAND"] = f"/bin/sh {script}"
    done = shell(home, "2>&-", ONE_CARD, settings)
    assert done.returncode == 0
    assert json.loads(done.stdout)["data"]
    assert b"complaint" not in bytes_in_session(home)


PROXY_SECRET = "proxy-secret-77"
SET_UP_WRONGLY = (
    ({"ALL_PROXY": "socks5://127.0.0.1:1080"}, "proxy"),
    ({"all_proxy": "socks5h://127.0.0.1:1080"}, "proxy"),
    ({"HTTPS_PROXY": "ftp://127.0.0.1:21"}, "proxy"),
    ({"HTTPS_PROXY": f"ftp://me:{PROXY_SECRET}@127.0.0.1:21"}, "proxy"),
    ({"HTTPS_PROXY": f"socks5://me:{PROXY_SECRET}@127.0.0.1:21"}, "proxy"),
    ({"HTTPS_PROXY": f"http://me:{PROXY_SECRET}@127.0.0.1:port"}, "proxy"),
    ({"SSL_CERT_FILE": "/nowhere/certificates.pem"}, "SSL_CERT_FILE"),
    ({"SSL_CERT_FILE": "/dev/null"}, "SSL_CERT_FILE"),
    ({"SSL_CERT_FILE": "/"}, "SSL_CERT_FILE"),
)


@pytest.mark.parametrize(
    ("wrong", "named"), SET_UP_WRONGLY, ids=[str(wrong) for wrong, _ in SET_UP_WRONGLY]
)
def test_a_connection_that_cannot_be_set_up_is_a_setting_and_nothing_is_sent(
    massar: Run, home: Path, asked_hosts: list[str], wrong: dict[str, str], named: str
) -> None:
    done = massar(*ONE_CARD, **CONFIGURED, **wrong)
    assert_no_secret(home, done.out, done.err)
    error = failed(done, 2)
    assert error["kind"] == "usage"
    assert named.lower() in f"{error['message']} {error['hint']}".lower()
    assert PROXY_SECRET not in done.err
    assert asked_hosts == []
    assert not list(home.glob("session-*"))


def test_this_machine_is_never_reached_through_a_proxy(
    massar: Run, home: Path, portal: HostilePortal
) -> None:
    proxy = f"http://127.0.0.1:{closed_port()}"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        done = massar(*ONE_CARD, **portal.settings(), **{name: proxy})
        assert done.code == 0, done.err
    wrong = {"ALL_PROXY": "socks5://127.0.0.1:1", "SSL_CERT_FILE": "/nowhere"}
    done = massar(*ONE_CARD, **portal.settings(), **wrong)
    assert done.code == 0, done.err
    assert_no_secret(home, done.out, done.err)
    assert portal.posts == 1


@pytest.mark.parametrize("proxy", ["http://[bad", "http://127.0.0.1:99999999", "http://:8080"])
def test_a_proxy_of_no_address_is_no_fault_of_the_program(
    massar: Run, home: Path, proxy: str
) -> None:
    done = massar(*ONE_CARD, **CONFIGURED, HTTPS_PROXY=proxy)
    failed(done, 2 if done.code == 2 else 4)
    assert_no_secret(home, done.out, done.err)


def test_a_proxy_that_is_not_there_is_unavailable(massar: Run, home: Path) -> None:
    proxy = f"http://me:{PROXY_SECRET}@127.0.0.1:{closed_port()}"
    done = massar(*ONE_CARD, **CONFIGURED, HTTPS_PROXY=proxy)
    failed(done, 4)
    assert_no_secret(home, done.out, done.err)
    assert PROXY_SECRET not in done.err


def test_a_fault_that_quotes_the_portal_steers_no_terminal(
    massar: Run, portal: HostilePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from massar_cli.portal import login

    def break_down(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the portal said \x1b]0;title\x07\u202e\n\x9b31mred")

    monkeypatch.setattr(login, "_demand_proof", break_down)
    done = massar(*TABLE, **portal.settings())
    assert (done.code, done.out) == (1, "")
    assert "the portal said" in done.err
    assert "31mred" in done.err
    assert not set("\x1b\x07\x9b\u202e") & set(done.err)


@pytest.mark.parametrize("form", [ONE_CARD, TABLE], ids=["json", "table"])
def test_a_fault_in_the_middle_of_a_sign_in_shows_no_password(
    massar: Run,
    home: Path,
    portal: HostilePortal,
    monkeypatch: pytest.MonkeyPatch,
    form: tuple[str, ...],
) -> None:
    from massar_cli.portal import login

    def break_down(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(login, "_demand_proof", break_down)
    done = massar(*form, **portal.settings())
    assert (done.code, done.out) == (1, "")
    assert_no_secret(home, done.out, done.err)
    assert portal.posts == 1
