"""The time that one page or section may take, whatever the network does."""

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
_GLANCE = 0.2
"""Seconds between two looks for Ctrl-C, which some systems do not show to one who waits."""


class TimeLimit:
    """Seconds that run out; what a person is asked meanwhile does not count."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """How many seconds are left; none or fewer where they have run out."""
        return self.ends_at - time.monotonic()

    def uncounted(self, ask: Callable[[], Value]) -> Callable[[], Value]:
        """Return `ask` as something whose time does not count."""

        def ask_with_time() -> Value:
            started = time.monotonic()
            try:
                return ask()
            finally:
                self.ends_at += time.monotonic() - started

        return ask_with_time


class _Failure(NamedTuple):
    error: BaseException


class Errand(Generic[Value]):
    """Work in a thread of its own, so that it can be left behind when its time has run out.

    Neither the name service nor a head that drips in can be interrupted in any other way. `tidy`
    is called by the thread itself at its end if it was left behind.
    """

    def __init__(self, work: Callable[[], Value], tidy: Callable[[], object]) -> None:
        self._work = work
        self._tidy = tidy
        self._outcome: SimpleQueue[Value | _Failure] = SimpleQueue()
        self._is_left_behind = False

    def run(self, limit: TimeLimit) -> Value:
        """Return what the work returns, raise what it raises, or TimeoutError at the limit."""
        if limit.left <= 0:
            raise TimeoutError
        Thread(target=self._go, daemon=True).start()
        while True:
            try:
                outcome = self._outcome.get(timeout=max(0.0, min(_GLANCE, limit.left)))
            except Empty:
                if limit.left <= 0:
                    self._is_left_behind = True
                    if not self._outcome.empty():  # it ended a moment ago, and did not know
                        self._tidy()
                    raise TimeoutError from None
                continue
            if isinstance(outcome, _Failure):
                raise outcome.error
            return outcome

    def _go(self) -> None:
        try:
            self._outcome.put(self._work())
        except BaseException as error:  # noqa: BLE001  (raised again where it is waited for)
            self._outcome.put(_Failure(error))
        finally:
            if self._is_left_behind:
                self._tidy()
