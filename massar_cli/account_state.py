"""What is remembered of an account's sign-ins and of the portal's outages: one private file.

No password is in it: a refused one is known again by a slow salted hash.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from massar_cli.files import PRIVATE_FILE, content_of, make_private_folder, write_whole

Outcome = Literal["sent", "accepted", "failed"]
"""`sent` is a password whose POST brought no answer that tells."""

_VERSION = 1
_DAY = 24 * 3600.0
_OUTAGES_BEFORE = 3
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 6 * 3600.0
_MOST_DOUBLINGS = 20
_MOST_BYTES = 1 << 20
_MOST_OUTAGES = 1_000_000
_LATEST = 2**37
"""No later moment can be shown as a date everywhere."""


class SignInLimits(NamedTuple):
    """How many sign-ins 24 hours may see: those that the portal let in, and those it did not."""

    accepted: int = 40
    failed: int = 5


class SignIn(NamedTuple):
    """One password sent: when, in seconds since 1970, and what came of it."""

    at: float
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """What is remembered of an account. `outages` counts the runs in a row that failed so."""

    salt: str = ""
    refused: tuple[str, ...] = field(default=(), repr=False)
    refused_at: float | None = None
    sign_ins: tuple[SignIn, ...] = ()
    outages: int = 0
    last_outage: float = 0.0

    def count(self, outcomes: tuple[Outcome, ...], now: float) -> int:
        """How many sign-ins of the last 24 hours ended so."""
        return sum(one.outcome in outcomes for one in self.recent(now))

    def recent(self, now: float) -> tuple[SignIn, ...]:
        """Return the sign-ins of the last 24 hours.

        A clock that was set back since may have put them into the next 24.
        """
        return tuple(one for one in self.sign_ins if abs(now - one.at) < _DAY)

    def full_until(self, outcomes: tuple[Outcome, ...], most: int, now: float) -> float | None:
        """Until when at least `most` sign-ins ended so, None where there are fewer."""
        ends = sorted(one.at + _DAY for one in self.recent(now) if one.outcome in outcomes)
        return ends[-most] if len(ends) >= most else None

    def held_until(self, now: float) -> float | None:
        """Until when the portal is left alone, None where it may be asked now."""
        doublings = min(self.outages - _OUTAGES_BEFORE, _MOST_DOUBLINGS)
        if doublings < 0 or self.last_outage > now:
            return None
        until = self.last_outage + min(_FIRST_WAIT * 2**doublings, _LONGEST_WAIT)
        return until if until > now else None


def load_state(path: Path) -> AccountState:
    """Return what is remembered; nothing where the file is missing or damaged."""
    try:
        return _state(json.loads(content_of(path, most=_MOST_BYTES) or b""))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return AccountState()


def save_state(path: Path, state: AccountState) -> None:
    """Remember; raises OSError where that cannot be written."""
    make_private_folder(path.parent)
    data = json.dumps(_as_json(state)).encode()
    write_whole(path, lambda stream: stream.write(data), mode=PRIVATE_FILE)


def _as_json(state: AccountState) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "salt": state.salt,
        "refused": state.refused,
        "refused_at": state.refused_at,
        "sign_ins": state.sign_ins,
        "outages": state.outages,
        "last_outage": state.last_outage,
    }


def _state(data: Any) -> AccountState:
    """Return the state that a file holds; KeyError, TypeError or ValueError for what is none."""
    if data["version"] != _VERSION:
        raise ValueError
    refused_at = data["refused_at"]
    return AccountState(
        salt=_text(data["salt"]),
        refused=tuple(_text(one) for one in data["refused"]),
        refused_at=None if refused_at is None else _moment(refused_at),
        sign_ins=tuple(SignIn(_moment(at), _outcome(outcome)) for at, outcome in data["sign_ins"]),
        outages=_count(data["outages"]),
        last_outage=_moment(data["last_outage"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isascii():
        raise TypeError
    return value


def _moment(value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value < _LATEST:
        raise ValueError
    return float(value)


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError
    return min(value, _MOST_OUTAGES)


def _outcome(value: object) -> Outcome:
    if value not in ("sent", "accepted", "failed"):
        raise ValueError
    return value
