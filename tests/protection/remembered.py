"""What is remembered of an account, changed as time or a test would change it; and a clock."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from massar_cli.account_state import AccountState, SignIn, load_state, save_state
from tests.session.hostile import HostilePortal

Hostile = Callable[..., HostilePortal]
JOURNEY = ("journey", "--json")


class Remembered:
    """The file of the one account that a test uses."""

    def __init__(self, home: Path) -> None:
        self._home = home

    @property
    def path(self) -> Path:
        (path,) = self._home.glob("account-*.json")
        return path

    @property
    def state(self) -> AccountState:
        return load_state(self.path)

    @property
    def outcomes(self) -> list[str]:
        return [one.outcome for one in self.state.sign_ins]

    def change(self, **fields: Any) -> None:
        save_state(self.path, replace(self.state, **fields))

    def let_pass(self, seconds: float) -> None:
        """Put everything so long ago; a negative number is a clock set back since."""
        state = self.state
        self.change(
            sign_ins=tuple(SignIn(one.at - seconds, one.outcome) for one in state.sign_ins),
            last_outage=state.last_outage - seconds,
            refused_at=state.refused_at and state.refused_at - seconds,
        )


def signed_in(count: int, outcome: Any) -> tuple[SignIn, ...]:
    """Return so many sign-ins of an hour ago."""
    return tuple(SignIn(time.time() - 3600 + number, outcome) for number in range(count))


class Clock:
    """A clock that nothing but sleeping moves, and who it was that slept."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.sleeps: list[float] = []

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.sleeps.append(seconds)
        self.at += seconds
