"""Every failure the program knows, and the exit code that each one ends with.

    MassarError                   1   internal
    ├── UsageProblem              2   usage
    ├── CredentialsProblem        3   credentials
    ├── PortalUnavailable         4   unavailable
    ├── PageChanged               5   page-changed
    ├── PersonNeeded              6   person-needed
    └── HeldBack                  7   held-back

Exit code 8, partly done, is no error class: the answer's `errors` hold what failed.
A message says what happened, its hint what to do; both are already in the reader's language.
"""

import re
from collections.abc import Iterable
from copy import copy
from typing import ClassVar, Self

from massar_cli.language import mark, translate

PARTLY_DONE = 8
INTERRUPTED = 130
_LONGEST_MESSAGE = 600
_HIDDEN = "***"


def without_words(text: str, words: Iterable[str]) -> str:
    """Return `text` with stars in the place of `words`.

    >>> without_words("There is no account named ada.", ["ada"])
    'There is no account named ***.'
    """
    for word in sorted(filter(None, words), key=len, reverse=True):
        # A short name may also be a part of other words.
        text, count = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", _HIDDEN, text)
        if not count:
            text = text.replace(word, _HIDDEN)
    return text


class MassarError(Exception):
    """A fault of this program, and the root of every other error."""

    exit_code: ClassVar[int] = 1
    kind: ClassVar[str] = "internal"
    default_hint: ClassVar[str] = mark(
        "This is a fault of massar. Please report it with the command you ran."
    )

    def __init__(
        self, message: str, *, hint: str | None = None, private: Iterable[str] = ()
    ) -> None:
        super().__init__(message)
        # Part of it may be the portal's, and of any length.
        self.message = message[:_LONGEST_MESSAGE]
        self.hint = translate(self.default_hint) if hint is None else hint
        self.others: tuple[MassarError, ...] = ()
        """What failed beside it, where nothing at all could be done."""
        hidden = tuple(private)
        self._for_strangers = (
            without_words(message, hidden)[:_LONGEST_MESSAGE],
            without_words(self.hint, hidden),
        )

    @property
    def for_strangers(self) -> tuple[str, str]:
        """Message and hint without the words that are the account's or the page's own."""
        return self._for_strangers

    def about(self, subject: str) -> Self:
        """Return the same error, its message beginning with what it is about."""
        other = copy(self)
        other.message = f"{subject}: {self.message}"[:_LONGEST_MESSAGE]
        return other

    def as_json(self) -> dict[str, str | int]:
        """Return the fields that machine formats print."""
        return {
            "kind": self.kind,
            "message": self.message,
            "hint": self.hint,
            "exit_code": self.exit_code,
        }


class UsageProblem(MassarError):
    """Wrong usage, or a setting that cannot be used.

    Some of it only the portal's answers tell, such as a child that the account does not have.
    """

    exit_code = 2
    kind = "usage"
    default_hint = mark("Run the command with --help to see what it takes.")


class CredentialsProblem(MassarError):
    """The portal refused the code or the password, or there are none and nobody to ask."""

    exit_code = 3
    kind = "credentials"
    default_hint = mark(
        "Check the Massar code and the password in a browser, then run: massar login"
    )


class PortalUnavailable(MassarError):
    """The portal could not be reached, is down, or blocked this address.

    `may_pass` says that the same request may well succeed a moment later. `is_outage` says that the
    portal or the way to it is at fault, so that asking for anything is of no use; what may pass is
    that unless told otherwise.
    """

    exit_code = 4
    kind = "unavailable"
    default_hint = mark("Try again later; the portal is often slow in January, June and July.")

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        may_pass: bool = False,
        is_outage: bool | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.may_pass = may_pass
        self.is_outage = may_pass if is_outage is None else is_outage


class PageChanged(MassarError):
    """A page is not what this program knows; nothing on it was guessed."""

    exit_code = 5
    kind = "page-changed"
    default_hint = mark(
        "The portal may have changed. Look for a newer massar, or report the page's name."
    )


class PersonNeeded(MassarError):
    """The portal wants something that only a person in a browser can give."""

    exit_code = 6
    kind = "person-needed"
    default_hint = mark("Sign in once in a browser, do what the portal asks, then try again.")


class HeldBack(MassarError):
    """The program itself held back to protect the account: nothing more is asked of the portal.

    What came before was, such as a page of a kept session that had ended.
    """

    exit_code = 7
    kind = "held-back"
    default_hint = mark("Run massar doctor to see why, and until when.")
