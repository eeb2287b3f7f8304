"""Practice portals with faults and canaries, and a home in which nothing waits for long."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from massar_cli.practice import account
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from tests.conftest import Practice
from tests.failures.cases import SETTINGS
from tests.session.hostile import COOKIE, PASSWORD, with_canary

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class CanaryPortal(PracticePortal):
    """The practice portal, which hands out one more cookie."""

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
def faulty() -> Iterator[Faulty]:
    """Serve practice portals with faults until the test ends."""
    with ExitStack() as stack:

        def serve_one(*faults: str) -> Practice:
            portal = CanaryPortal(faults=faults)
            return Practice(portal, stack.enter_context(PracticeServer(portal)).url)

        yield serve_one
