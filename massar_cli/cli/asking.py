"""Questions to a person that an empty answer does not settle."""

from collections.abc import Callable

from massar_cli.cli.border import say_on_standard_error
from massar_cli.errors import CredentialsProblem

_TIMES = 3


def until_typed(ask: Callable[[], str], nothing_typed: str) -> str:
    """Return the first answer that is not empty; `nothing_typed` tells of each that is.

    Raises CredentialsProblem after several of them. Nothing is asked of the portal meanwhile.
    """
    for _time in range(_TIMES - 1):
        if answer := ask():
            return answer
        say_on_standard_error(nothing_typed)
    if answer := ask():
        return answer
    raise CredentialsProblem(nothing_typed)
