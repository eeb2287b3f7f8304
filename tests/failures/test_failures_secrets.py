"""Secrets in every failure: none in what is said, logged, traced, listed, dumped or kept.

The fixtures `massar` and `process` look for them in everything that a run has written: the
password, the cookies (which the session's own private file may hold) and the hidden fields.
"""

import re
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from massar_cli.account_state import AccountState
from massar_cli.cli import app, border
from massar_cli.cli.run import GlobalOptions
from massar_cli.cli.run import Run as ProgramRun
from massar_cli.errors import MassarError
from massar_cli.portal.connection import Answer, Connection
from massar_cli.practice.faults import FAULTS
from massar_cli.practice.students import DEMO
from massar_cli.settings import PasswordSource
from tests.cli.processes import PROGRAM, ROOT, surroundings
from tests.cli.servers import closed_port
from tests.cli.terminal import Terminal
from tests.failures.cases import TIMEOUT, command, expected
from tests.failures.conftest import ACCOUNT, CanaryPortal, Faulty
from tests.failures.networks import NOWHERE
from tests.failures.networks import proxy as serve_proxy
from tests.session.hostile import COOKIE, ONE_CARD, PASSWORD, HostilePortal, Reply, Run

LOGIN, DATA = 1, 3
"""How many answers come before the password's, and before the first page of data."""
OF_EACH_KIND = ("wrong-password", "silent", "reset", "bomb", "session-lost", "json", "captcha")
PROCESSES = Path("/proc")
# Like a careless person's own, and an error where the password is at hand.
_CARELESS = """
import rich.traceback
from massar_cli.portal import evidence

def fail(*_arguments):
    raise ZeroDivisionError

rich.traceback.install(show_locals=True)
evidence.obstacle = fail
"""
needs_processes = pytest.mark.skipif(
    not (PROCESSES / "self" / "cmdline").exists(), reason="this system lists no processes"
)


def plain(name: str) -> tuple[str, ...]:
    """Return the arguments of a run that meets the failure, for a person to read."""
    arguments = [one for one in command(name) if one not in ("--json", *TIMEOUT)]
    return ("--timeout", "1", *arguments)


def causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what is shown as having led to it."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


@pytest.mark.parametrize("name", FAULTS)
def test_neither_debug_lines_nor_errors_hold_a_secret(
    faulty: Faulty,
    massar: Run,
    portals: list[CanaryPortal],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    raised: list[MassarError] = []
    real = border.report_errors

    def report(errors: Sequence[MassarError], *, for_machines: bool) -> None:
        raised.extend(errors)
        real(errors, for_machines=for_machines)

    monkeypatch.setattr(app, "report_errors", report)
    practice = faulty(name)
    done = massar("--debug", *plain(name), MASSAR_URL=practice.url, **ACCOUNT)
    assert done.code == expected(name)["exit_code"]
    assert re.search(r"^massar: (GET|POST) /moutamadris/", done.err, re.MULTILINE)
    (error,) = raised
    shown = [text for one in causes(error) for text in (repr(one), str(one), repr(vars(one)))]
    assert portals[0].spilt([tmp_path], *shown) == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_traceback_of_an_unexpected_fault_holds_no_secret(
    faulty: Faulty, massar: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # Each time, not once: what a thread that was left behind runs into is never seen.
    real = MassarError.__init__

    def fail(error: MassarError, *arguments: Any, **named: Any) -> None:
        if type(error) is MassarError:  # what the border makes of it
            return real(error, *arguments, **named)
        raise ZeroDivisionError("where the failure was recognised")

    practice = faulty(name)
    monkeypatch.setattr(MassarError, "__init__", fail)
    done = massar("--debug", *plain(name), MASSAR_URL=practice.url, **ACCOUNT)
    assert done.code == 1
    assert "Traceback (most recent call last):" in done.err
    assert "ZeroDivisionError: where the failure was recognised" in done.err


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_the_interpreters_own_warnings_and_dumps_hold_no_secret(
    faulty: Faulty, process: Run, name: str
) -> None:
    practice = faulty(name)
    modes = {"PYTHONDEVMODE": "1", "PYTHONFAULTHANDLER": "1"}
    done = process(*plain(name), MASSAR_URL=practice.url, **ACCOUNT, **modes)
    assert done.code == expected(name)["exit_code"]
    (line,) = done.err.splitlines()
    assert line.startswith("massar: ")


def test_no_locals_are_shown_even_where_a_library_was_told_to(
    faulty: Faulty, process: Run, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(_CARELESS)
    path = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = process(*ONE_CARD[:-1], MASSAR_URL=faulty().url, **ACCOUNT, **path)
    assert done.code == 1
    assert "ZeroDivisionError" in done.err
    assert "if obstacle := evidence.obstacle(tree):" in done.err  # the line that was reached
    assert "─ locals ─" not in done.err


def test_nothing_is_logged_where_somebody_has_switched_logging_on(
    faulty: Faulty, process: Run, tmp_path: Path
) -> None:
    log = tmp_path / "everything.log"
    switch_on = f"import logging; logging.basicConfig(filename={str(log)!r}, level=0)"
    (tmp_path / "sitecustomize.py").write_text(f"{switch_on}\nlogging.debug('it is on')\n")
    path = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = process(*ONE_CARD, MASSAR_URL=faulty().url, **ACCOUNT, **path)
    assert (done.code, done.err) == (0, "")
    assert "it is on" in log.read_text()
    assert "http" not in log.read_text()


def test_words_of_a_library_that_hold_a_cookie_stay_out_of_the_traceback(
    massar: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> MassarError:
        raise ZeroDivisionError

    monkeypatch.setattr("massar_cli.portal.connection.unavailable", fail)
    damaged = Reply(b"", 200, (("Set-Cookie", f"canary=\0{COOKIE}"),))
    with HostilePortal({"GET /Account": damaged}) as portal:
        done = massar(*ONE_CARD[:-1], **portal.settings())
    assert done.code == 1
    assert "ZeroDivisionError" in done.err
    assert "httpx.RemoteProtocolError\n" in done.err
    assert COOKIE not in done.err


def children(process: int) -> Iterator[int]:
    """Give a process and all that it has started."""
    yield process
    for task in PROCESSES.joinpath(str(process), "task").iterdir():
        for child in (task / "children").read_text().split():
            yield from children(int(child))


def started(faulty: Faulty, tmp_path: Path, *arguments: str, **more: str) -> Any:
    """Start a run at a portal that falls silent when the data is asked for; wait until it has."""
    practice = faulty(f"silent@{DATA}")
    environment = surroundings(tmp_path / "home", MASSAR_URL=practice.url, **more)
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    assert process.stdin is not None
    process.stdin.write(f"{PASSWORD}\n".encode())
    process.stdin.close()
    process.stdin = None
    deadline = time.monotonic() + 30
    while len(practice.portal.journal) <= DATA and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(practice.portal.journal) > DATA
    return process


@needs_processes
@pytest.mark.parametrize("source", ["variable", "file", "command", "input"])
def test_no_secret_is_in_a_command_line_while_a_run_goes_on(
    faulty: Faulty, portals: list[CanaryPortal], tmp_path: Path, source: str
) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD)
    file.chmod(0o600)
    variables: dict[str, str] = {
        "variable": {"MASSAR_PASSWORD": PASSWORD},
        "file": {"MASSAR_PASSWORD_FILE": str(file)},
        "command": {"MASSAR_PASSWORD_COMMAND": f"cat '{file}'"},
        "input": {},
    }[source]
    arguments = ("login", "--password-stdin") if source == "input" else ONE_CARD
    running = started(faulty, tmp_path, *arguments, MASSAR_CODE=DEMO.code, **variables)
    lines = [PROCESSES.joinpath(str(one), "cmdline").read_text() for one in children(running.pid)]
    running.kill()
    out, err = running.communicate()
    file.unlink()
    assert "massar_cli" in lines[0]
    assert PASSWORD.encode() in portals[0].passwords
    assert portals[0].spilt([tmp_path], *lines, out.decode(), err.decode()) == []


@needs_processes
def test_a_crash_dumps_no_memory_and_no_secret(
    faulty: Faulty, portals: list[CanaryPortal], tmp_path: Path
) -> None:
    running = started(faulty, tmp_path, *ONE_CARD, PYTHONFAULTHANDLER="1", **ACCOUNT)
    limits = PROCESSES.joinpath(str(running.pid), "limits").read_text()
    assert re.search(r"^Max core file size +0 ", limits, re.MULTILINE)
    running.send_signal(signal.SIGABRT)
    out, err = running.communicate(timeout=30)
    assert running.returncode == -signal.SIGABRT
    assert b"Fatal Python error: Aborted" in err
    assert portals[0].spilt([tmp_path], out.decode(), err.decode()) == []


def test_no_secret_is_in_the_text_of_what_holds_one(
    faulty: Faulty, portals: list[CanaryPortal], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    practice = faulty()
    for name, value in {"MASSAR_URL": practice.url, **ACCOUNT}.items():
        monkeypatch.setenv(name, value)
    run = ProgramRun(GlobalOptions())
    command_source = PasswordSource(command=f"echo {PASSWORD}")
    answers: list[Answer] = []
    real = Connection._send

    def send(self: Connection, *arguments: Any, **named: Any) -> Answer:
        answers.append(real(self, *arguments, **named))
        return answers[-1]

    monkeypatch.setattr(Connection, "_send", send)
    with run.open_session() as session:
        session.sign_in()
        settings = run.settings
        held: list[Any] = [run, settings, settings.password_source, command_source, session]
        held += vars(session).values()
        held += vars(session._connection).values()
        held += [session._account, *session._account, *answers]
    protection = run.protection(settings, DEMO.code)
    held += [protection, protection.state, AccountState(refused=("a-hash",)), run.options]
    assert len(answers) == DATA
    shown = [text for one in held for text in (repr(one), str(one), f"{one}")]
    assert portals[0].spilt([tmp_path], *shown) == []
    assert "a-hash" not in "".join(shown)


COMPLAINT = "touch the key"


@pytest.mark.parametrize("ending", ["", "; exit 3", "; sleep 0.01; kill -9 $$"])
def test_what_a_password_command_says_reaches_no_log(
    faulty: Faulty, process: Run, ending: str
) -> None:
    noisy = f"echo {COMPLAINT} {PASSWORD} >&2; echo {PASSWORD}{ending}"
    practice = faulty()
    account = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD_COMMAND": noisy}
    for form in ((), ("--debug",)):
        done = process(*form, *ONE_CARD, MASSAR_URL=practice.url, **account)
        assert done.code == (2 if ending else 0)
        assert PASSWORD not in done.err
        assert COMPLAINT not in done.err


def test_what_a_password_command_says_reaches_a_person(faulty: Faulty, home: Path) -> None:
    command_line = f"echo {COMPLAINT} >&2; echo {PASSWORD}"
    environment = surroundings(
        home,
        MASSAR_URL=faulty().url,
        MASSAR_CODE=DEMO.code,
        MASSAR_PASSWORD_COMMAND=command_line,
    )
    with Terminal(*ONE_CARD[:-1], environment=environment) as terminal:
        seen = terminal.end()
    assert seen.code == 0
    assert COMPLAINT in seen.text
    assert PASSWORD not in seen.text


PROXY_USER, PROXY_SECRET = "proxy-user-31", "proxy-secret-77"
BAD_PROXIES = (
    "http://{0}:{1}@127.0.0.1:port",
    "http://{0}:{1}/2@127.0.0.1:80",
    "http://{0}:1/{1}@127.0.0.1:80",
    "http://{0}:#{1}@127.0.0.1:80",
    "http://{0}:?{1}@127.0.0.1:80",
    "http://{0}:{1}@127.0.0.1:99999",
    "http://{0}:{1}@[::1",
    "http://{0}:{1}@",
    "ftp://{0}:{1}@127.0.0.1:21",
    "socks5://{0}:{1}@127.0.0.1:1080",
    "{0}:{1}@127.0.0.1:80",
)


def with_credentials(address: str) -> str:
    """Return a proxy's address with a name and a password."""
    return address.replace("//", f"//{PROXY_USER}:{PROXY_SECRET}@")


def assert_no_proxy_secret(err: str) -> None:
    assert PROXY_SECRET not in err
    assert PROXY_USER not in err


@pytest.mark.parametrize("form", [(), ("--debug",)])
def test_the_credentials_of_a_proxy_that_fails_are_not_told(
    massar: Run, form: tuple[str, ...]
) -> None:
    answer = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    unreachable = with_credentials(f"http://127.0.0.1:{closed_port()}")
    with serve_proxy(answer) as refusing:
        for address in (with_credentials(refusing), unreachable):
            for arguments in (ONE_CARD, ONE_CARD[:-1]):
                proxy = {"MASSAR_URL": NOWHERE, "HTTPS_PROXY": address}
                done = massar("--now", *form, *arguments, **ACCOUNT, **proxy)
                assert (done.code, done.out) == (4, "")
                assert_no_proxy_secret(done.err)


@pytest.mark.parametrize("pattern", BAD_PROXIES)
def test_the_credentials_of_a_proxy_of_no_address_are_not_told(massar: Run, pattern: str) -> None:
    proxy = pattern.format(PROXY_USER, PROXY_SECRET)
    done = massar("--debug", *ONE_CARD, **ACCOUNT, MASSAR_URL=NOWHERE, HTTPS_PROXY=proxy)
    assert done.code in (2, 4)
    assert done.out == ""
    assert_no_proxy_secret(done.err)
    for part in PROXY_SECRET.split("-"):
        assert part == "proxy" or part not in done.err


def test_the_search_finds_what_is_spilt(tmp_path: Path) -> None:
    portal = CanaryPortal()
    portal.passwords, portal.cookies, portal.hidden = {b"a-password"}, {b"a-cookie"}, {b"a-token"}
    for word in ("a-password", "a-cookie", "a-token"):
        assert portal.spilt([tmp_path], "nothing", f"it is {word}!")
        (tmp_path / "log").write_text(word)
        assert portal.spilt([tmp_path])
        (tmp_path / "log").unlink()
    kept = tmp_path / "session-1.json"
    kept.write_text("a-cookie")
    kept.chmod(0o600)
    assert portal.spilt([tmp_path]) == []
    kept.chmod(0o640)
    assert portal.spilt([tmp_path])
    kept.write_text("a-password")
    kept.chmod(0o600)
    assert portal.spilt([tmp_path])


def test_the_search_knows_every_secret_of_a_run(
    faulty: Faulty, massar: Run, portals: list[CanaryPortal]
) -> None:
    done = massar(*ONE_CARD, MASSAR_URL=faulty().url, **ACCOUNT)
    assert done.code == 0
    (portal,) = portals
    assert portal.passwords == {PASSWORD.encode()}
    assert COOKIE.encode() in portal.cookies
    assert any(cookie.count(b".") == 2 for cookie in portal.cookies), "the idToken"
    assert len(portal.cookies) >= 4
    assert portal.hidden
