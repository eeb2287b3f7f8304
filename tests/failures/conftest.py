"""Practice portals with faults and canaries, and a home in which nothing waits for long."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from massar_cli.practice import account
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from tests.conftest import Done, Practice
from tests.failures.cases import SETTINGS
from tests.portal_secrets import RememberingPortal
from tests.session.hostile import COOKIE, PASSWORD, Run, with_canary

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class CanaryPortal(RememberingPortal):
    """The practice portal, which hands out one more cookie and remembers every secret."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.cookies.add(COOKIE.encode())

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start_with_cookie(
            status: str, headers: list[tuple[str, str]], *error: Any
        ) -> Callable[[bytes], object]:
            cookie = ("Set-Cookie", f"canary={COOKIE}; path=/; HttpOnly")
            return start_response(status, [*headers, cookie], *error)

        return super().__call__(environ, start_with_cookie)


ACCOUNT = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD": PASSWORD}
Faulty = Callable[..., Practice]


@pytest.fixture(autouse=True)
def canary_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the canary every practice student's password."""
    monkeypatch.setattr(account, "by_user_name", with_canary)


@pytest.fixture(autouse=True)
def settings(home: Path) -> None:
    """Write the settings of this folder into the home."""
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(SETTINGS, "utf-8")


@pytest.fixture
def portals() -> list[CanaryPortal]:
    """Every portal that the test has served."""
    return []


@pytest.fixture
def faulty(portals: list[CanaryPortal]) -> Iterator[Faulty]:
    """Serve practice portals with faults until the test ends."""
    with ExitStack() as stack:

        def serve_one(*faults: str) -> Practice:
            portals.append(CanaryPortal(faults=faults))
            return Practice(portals[-1], stack.enter_context(PracticeServer(portals[-1])).url)

        yield serve_one


def searched(run: Run, portals: list[CanaryPortal], folder: Path) -> Run:
    """Return a way to run the program after which every secret is looked for."""

    def run_and_search(*arguments: str, **more: str) -> Done:
        done = run(*arguments, **more)
        for portal in portals:
            assert portal.spilt([folder], done.out, done.err) == []
        return done

    return run_and_search


@pytest.fixture
def process(process: Run, portals: list[CanaryPortal], tmp_path: Path) -> Run:
    """Run the program as a process, and look for secrets in all that it has written."""
    (tmp_path / "tmp").mkdir()
    return searched(partial(process, TMPDIR=str(tmp_path / "tmp")), portals, tmp_path)


@pytest.fixture
def massar(massar: Run, portals: list[CanaryPortal], tmp_path: Path) -> Run:
    """Run the program in this process, and look for secrets in all that it has written."""
    return searched(massar, portals, tmp_path)
