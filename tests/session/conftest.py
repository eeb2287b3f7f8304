"""A hostile portal over real HTTP, and runs after which no secret may lie about."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from massar_cli import settings
from massar_cli.pace import Pace
from massar_cli.portal import connection
from massar_cli.practice import account, portal
from massar_cli.practice.pages import Pages
from tests.conftest import Done
from tests.session.hostile import HostilePortal, Rules, Run, assert_no_secret, with_canary

PAGES = Pages()
Hostile = Callable[..., HostilePortal]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    """Serve portals that answer by rules until the test ends; every password is the canary."""
    monkeypatch.setattr(account, "by_user_name", with_canary)
    monkeypatch.setattr(portal, "Pages", lambda: PAGES)  # whose templates are compiled once
    portals: list[HostilePortal] = []
    with ExitStack() as stack:

        def serve_one(rules: Rules | None = None, **options: Any) -> HostilePortal:
            portals.append(stack.enter_context(HostilePortal(rules or {}, **options)))
            return portals[-1]

        yield serve_one
    assert [fault for one in portals for fault in one.faults] == []


@pytest.fixture
def run(massar: Run, home: Path) -> Run:
    """Run the program, and look for secrets where none may be."""

    def run_and_search(*arguments: str, **environment: str) -> Done:
        done = massar(*arguments, **environment)
        assert_no_secret(home, done.out, done.err)
        return done

    return run_and_search


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a request time out soon."""
    monkeypatch.setattr(connection, "_READ_SECONDS", 0.25)
    monkeypatch.setattr(settings, "Pace", partial(Pace, timeout=0.5, retry_wait=0.01, spacing=0.0))
