"""The session of one run, and its copy that is kept for later runs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Any

from massar_cli.errors import PortalUnavailable
from massar_cli.files import cannot_be_kept
from massar_cli.portal.connection import Connection
from massar_cli.portal.cookies import KeptSession, SessionFile, keepable
from massar_cli.portal_menu import Landing
from massar_cli.records import Child, Student

_LAST_LOCK_SECONDS = 0.5


class Keeper:
    """Knows the session in use, and keeps it in `file`; None keeps nothing between runs.

    `warn` is told where it cannot be kept.
    """

    def __init__(
        self, connection: Connection, file: SessionFile | None, warn: Callable[[str], None]
    ) -> None:
        self._connection = connection
        self._file = file
        self._warn = warn
        self.kept = file.load() if file else None
        self._stored = self.kept
        self._knows_more = False
        if self.kept:
            connection.use_cookies(self.kept.cookies)

    @property
    def landing(self) -> Landing | None:
        """What the landing page told, as far as it is known."""
        return self.kept.landing if self.kept else None

    @property
    def student(self) -> Student | None:
        """Whose session it is, as far as it is known."""
        return self.kept.student if self.kept else None

    @property
    def children(self) -> tuple[Child, ...]:
        """The account's children as far as they are known."""
        return self.landing.children if self.landing else ()

    def keep(self, student: Student | None, landing: Landing | None) -> None:
        """Keep the session with the cookies that it has now; the account's lock is held."""
        self.kept = KeptSession(cookies=self._cookies(), student=student, landing=landing)
        self._knows_more = False
        if self._file is None:
            return
        try:
            self._file.save(self.kept)
            self._stored = self.kept
        except OSError as error:
            self._warn(cannot_be_kept(self._file.path.parent, error))

    def keep_children(self, children: tuple[Child, ...]) -> None:
        """Know more of the children; it is kept when the run ends."""
        if self.kept and self.kept.landing:
            landing = replace(self.kept.landing, children=children)
            self.kept = replace(self.kept, landing=landing)
            self._knows_more = True

    def drop(self) -> None:
        """Have no session any more; its copy is left to its owner."""
        self.kept = None

    def take_over(self) -> bool:
        """Whether another run has made a session meanwhile, which then is the one in use.

        One that is kept although it was found dead is removed: a later run, held back perhaps,
        need not ask about it again. The account's lock is held.
        """
        if self._file is None:
            return False
        kept = self._file.load()
        if kept is None:
            return False
        if self._stored is None or kept.cookies != self._stored.cookies:
            self.kept = self._stored = kept
            self._connection.use_cookies(kept.cookies)
            return True
        with suppress(OSError):
            self._file.delete()
        return False

    def keep_if_unchanged(self, student: Student | None, landing: Landing | None) -> None:
        """Keep what has become known, unless another run signed in, or removed the session."""
        self.kept = KeptSession(cookies=self._cookies(), student=student, landing=landing)
        self._knows_more = True
        # Not waited for: the time may have run out, and who holds the lock keeps a newer session.
        with suppress(PortalUnavailable), self.locked(_LAST_LOCK_SECONDS):
            if self._file is not None and self._file.load() == self._stored:
                self.keep(student, landing)

    def keep_last(self) -> None:
        """Keep at the end of a run what has changed since the session was kept."""
        kept = self.kept
        if kept and (self._knows_more or self._cookies() != kept.cookies):
            self.keep_if_unchanged(kept.student, kept.landing)

    @contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Hold the account's lock, so that two runs never sign in at once."""
        with ExitStack() as stack:
            if self._file is not None:
                # A folder that cannot be written to is told when the session is kept.
                with suppress(OSError):
                    stack.enter_context(self._file.lock(seconds))
            yield

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other run reads the pages of a child that it has chosen."""
        with ExitStack() as stack:
            if self._file is not None:
                with self._connection.time_limit() as limit, suppress(OSError):
                    stack.enter_context(self._file.turn(limit.left))
            yield

    def _cookies(self) -> list[dict[str, Any]]:
        return keepable(self._connection.cookies())
