"""The practice portal's own clock, so that its made-up school years never go stale."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from time import monotonic

# A fixed offset, for a machine may have no time zone data: in March 2027, after Ramadan, Morocco
# is at UTC+1.
CASABLANCA = timezone(timedelta(hours=1), "Africa/Casablanca")

PRACTICE_NOW = datetime(2027, 3, 15, 18, 0, tzinfo=CASABLANCA)
"""The moment at which the practice portal wakes up: the middle of the second semester."""


def running_clock() -> Callable[[], datetime]:
    """Make a clock that starts at `PRACTICE_NOW` and runs on, so that idle sessions still end."""
    started = monotonic()
    return lambda: PRACTICE_NOW + timedelta(seconds=monotonic() - started)
