"""What keeps an account from being locked: it says no before the portal would have to."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest
from pathlib import Path

from massar_cli.account_state import (
    AccountState,
    Outcome,
    SignIn,
    SignInLimits,
    load_state,
    save_state,
)
from massar_cli.errors import HeldBack
from massar_cli.files import cannot_be_kept, locked, make_private_folder, remove_unfinished
from massar_cli.language import plural
from massar_cli.language import translate as _

_MOST_REFUSED = 20
_LEAST_LOCK_SECONDS, _MOST_LOCK_SECONDS = 0.5, 5.0
_SCRYPT_COST = 2**15


class AccountProtection:
    """Says no before the portal would have to.

    `warn` is told each time that something cannot be remembered. `time_left` is how many seconds a
    run has for waiting until another one has written, which it does in a moment.
    """

    def __init__(
        self,
        path: Path,
        limits: SignInLimits,
        warn: Callable[[str], None],
        now: Callable[[], float] = time.time,
    ) -> None:
        self.path = path
        self.limits = limits
        self._warn = warn
        self._now = now
        self._sent: SignIn | None = None
        self._is_blocked = False

    @property
    def state(self) -> AccountState:
        """What is remembered now."""
        return load_state(self.path)

    @property
    def sign_ins(self) -> tuple[int, int]:
        """How many sign-ins of the last 24 hours count, and how many of them failed."""
        state, now = self.state, self._now()
        return state.count(("accepted", "sent"), now), state.count(("failed",), now)

    def held_until(self) -> float | None:
        """Until when the portal is left alone after failed runs, None where it may be asked."""
        return self.state.held_until(self._now())

    def check_outages(self) -> None:
        """Raise HeldBack while the portal is left alone after runs that failed."""
        state = self.state
        until = state.held_until(self._now())
        if until is not None:
            raise HeldBack(
                plural(
                    "{count} run failed to reach the portal. Nothing was asked.",
                    "{count} runs in a row failed to reach the portal. Nothing was asked.",
                    state.outages,
                ),
                hint=_("It is left alone until {time}; massar --now asks at once.").format(
                    time=clock_time(until)
                ),
            )

    def check_sign_in(self, password: str) -> None:
        """Raise HeldBack for a password that was refused before, or where there were too many."""
        self.check_password(password)
        self.check_budget()

    def check_password(self, password: str) -> None:
        """Raise HeldBack for a password that was refused before."""
        state, now = self.state, self._now()
        hashed = _hash(password, state.salt) if state.refused else ""
        if _is_among(hashed, state.refused):
            message = _("The portal refused this password before; it was not sent again.")
            if hashed == state.refused[-1] and state.refused_at is not None:
                message = _(
                    "The portal refused this password on {time}; it was not sent again."
                ).format(time=clock_time(min(state.refused_at, now)))
            raise HeldBack(
                message,
                hint=_(
                    "Check it in a browser, then give the right one: massar login, or where yours "
                    "comes from. If this one is right after all: massar forget --code CODE, then "
                    "massar login."
                ),
            )

    def check_budget(self) -> None:
        """Raise HeldBack where there were too many sign-ins, or too many that failed."""
        state, now = self.state, self._now()
        until = state.full_until(("failed",), self.limits.failed, now)
        if until is not None:
            raise HeldBack(
                plural(
                    "{count} sign-in failed in 24 hours. No more are tried.",
                    "{count} sign-ins failed in 24 hours. No more are tried.",
                    state.count(("failed",), now),
                ),
                hint=_wait_or_raise(until, "failed_sign_ins_per_day"),
            )
        until = state.full_until(("accepted", "sent"), self.limits.accepted, now)
        if until is not None:
            raise HeldBack(
                plural(
                    "{count} sign-in was made in 24 hours. No more are made.",
                    "{count} sign-ins were made in 24 hours. No more are made.",
                    state.count(("accepted", "sent"), now),
                ),
                hint=_wait_or_raise(until, "sign_ins_per_day"),
            )

    def note_sent(self, time_left: float = 0.0) -> None:
        """Remember that a password is about to be sent."""
        self._sent = sent = SignIn(self._now(), "sent")

        def with_one_more(state: AccountState) -> AccountState:
            return replace(state, sign_ins=(*state.recent(sent.at), sent))

        self._change(with_one_more, time_left)

    def note_outcome(
        self, outcome: Outcome, *, refused: str | None = None, time_left: float = 0.0
    ) -> None:
        """Remember what came of the password sent last; `refused` is one that must not go again.

        What was refused before stays so when another one is accepted: it is wrong all the more.
        """

        def with_outcome(state: AccountState) -> AccountState:
            if refused is not None:
                salt = state.salt or secrets.token_hex(16)
                hashes = (*state.refused, _hash(refused, salt))[-_MOST_REFUSED:]
                state = replace(state, salt=salt, refused=hashes, refused_at=self._now())
            others = list(state.recent(self._now()))
            if self._sent in others:  # another run's may stand behind it
                others.remove(self._sent)
            return replace(state, sign_ins=(*others, SignIn(self._now(), outcome)))

        self._change(with_outcome, time_left)

    def note_end(self, *, is_outage: bool) -> None:
        """Remember how a run ended: in an outage, or with any answer of the portal's."""
        if is_outage or self.state.outages:
            self._change(
                lambda state: replace(
                    state, outages=state.outages + 1 if is_outage else 0, last_outage=self._now()
                )
            )

    def remove(self) -> None:
        """Forget the account; raises OSError where a file cannot be removed."""
        for path in (self.path, self._lock_path):
            if path.exists():  # a read-only folder refuses to remove even what is not there
                path.unlink(missing_ok=True)
        remove_unfinished(self.path)

    @property
    def _lock_path(self) -> Path:
        return self.path.with_suffix(".lock")

    def _change(
        self, change: Callable[[AccountState], AccountState], time_left: float = 0.0
    ) -> None:
        """Change what is remembered; two runs never undo each other's changes."""
        from filelock import Timeout

        seconds = max(_LEAST_LOCK_SECONDS, min(time_left / 4, _MOST_LOCK_SECONDS))
        if self._is_blocked:  # by a run that was stopped, or worse: once was enough
            seconds = 0.0
        try:
            make_private_folder(self.path.parent)
            with locked(self._lock_path, seconds):
                save_state(self.path, change(self.state))
        except Timeout:
            self._is_blocked = True
            reason = _("another run is using it")
            self._warn(_("The sign-ins cannot be counted: {reason}").format(reason=reason))
        except OSError as error:
            self._warn(cannot_be_kept(self.path.parent, error))


def clock_time(moment: float) -> str:
    """Return a moment as this computer's clock shows it."""
    return datetime.fromtimestamp(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _wait_or_raise(until: float, setting: str) -> str:
    return _("One more is possible at {time}, or raise {setting} in the settings.").format(
        time=clock_time(until), setting=setting
    )


def _hash(password: str, salt: str) -> str:
    return hashlib.scrypt(
        password.encode(),
        salt=salt.encode(),
        n=_SCRYPT_COST,
        r=8,
        p=1,
        maxmem=2 * 128 * 8 * _SCRYPT_COST,
    ).hex()


def _is_among(one: str, others: tuple[str, ...]) -> bool:
    return any(compare_digest(one, other) for other in others)
