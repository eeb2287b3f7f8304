"""How long the portal is waited for, and how gently it is asked."""

from typing import NamedTuple


class Pace(NamedTuple):
    """Seconds: for one page or section, before a second try, and between two data requests."""

    timeout: float = 90.0
    retry_wait: float = 1.0
    spacing: float = 0.5
