"""Trying again what only reads, a little later and a little irregularly, as long as there is time.

Nothing of the sign-in's own posts comes here.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

from massar_cli.errors import PortalUnavailable
from massar_cli.pace import Pace
from massar_cli.portal.time_limit import TimeLimit

if TYPE_CHECKING:
    from tenacity import Retrying

_MOST_TRIES = 3
_LONGEST_WAIT = 1e9


class Outcome(Protocol):
    """What a try may bring, and whether another one may bring something better."""

    @property
    def may_pass(self) -> bool:
        """Whether another try may help."""

    @property
    def retry_after(self) -> float | None:
        """The seconds that the portal asks to be left alone for."""


Found = TypeVar("Found", bound=Outcome)


def with_more_tries(
    ask: Callable[[], Found], limit: TimeLimit, pace: Pace, log: Callable[[float], None]
) -> Found:
    """Return what `ask` brings, at the third try at the latest; raises what the last one raised.

    Waits double, are never shorter than between two pages, and are longer where the portal says so;
    where there is no time left for that, the last outcome stands. `log` is told each wait.
    """
    first: Callable[[], Found]
    try:
        found = ask()
    except PortalUnavailable as error:
        if not error.may_pass:
            raise
        first = partial(_raise, error)
    else:
        if not found.may_pass:  # as nearly always: then the library need not be loaded
            return found
        first = partial(_return, found)
    tries = chain((first,), repeat(ask))

    def next_try() -> Found:
        return next(tries)()

    return _patience(limit, pace, log)(next_try)


def _return(found: Found) -> Found:
    return found


def _raise(error: PortalUnavailable) -> NoReturn:
    raise error


def _patience(limit: TimeLimit, pace: Pace, log: Callable[[float], None]) -> "Retrying":
    import tenacity

    def wait(state: tenacity.RetryCallState) -> float:
        outcome = state.outcome
        asked_for = None
        if outcome is not None and not outcome.failed:
            answer: Outcome = outcome.result()
            asked_for = answer.retry_after
        doubled: float = pace.retry_wait * 2 ** (state.attempt_number - 1)
        own = doubled * random.uniform(0.5, 1.5)  # noqa: S311  (spreads clients, no secret)
        return max(own, pace.spacing, asked_for or 0.0)

    return tenacity.Retrying(
        stop=tenacity.stop_after_attempt(_MOST_TRIES) | tenacity.stop_before_delay(limit.left),
        wait=wait,
        retry=tenacity.retry_any(
            tenacity.retry_if_exception(
                lambda error: isinstance(error, PortalUnavailable) and error.may_pass
            ),
            tenacity.retry_if_result(lambda result: result.may_pass),
        ),
        before_sleep=lambda state: log(state.upcoming_sleep),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )


def seconds_to_wait(text: str) -> float | None:
    """Return the seconds that a `Retry-After` asks for, a number or a date, None for neither."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), _LONGEST_WAIT)
    moment = moment_of(text)
    if moment is None:
        return None
    return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)


def moment_of(text: str) -> datetime | None:
    """Return the moment that a date of HTTP names, None for what is none."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
