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
from massar_cli.language import translate as _

_MOST_REFUSED = 20
_LOCK_SECONDS = 5
_SCRYPT_COST = 2**15


class AccountProtection:
    """Says no before the portal would have to. `warn` is told where nothing can be remembered."""

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
        self._has_warned = False

    @property
    def state(self) -> AccountState:
        """What is remembered now."""
        return load_state(self.path)

    def held_until(self) -> float | None:
        """Until when the portal is left alone after failed runs, None where it may be asked."""
        return self.state.held_until(self._now())

    def check_outages(self) -> None:
        """Raise HeldBack while the portal is left alone after runs that failed."""
        state = self.state
        until = state.held_until(self._now())
        if until is not None:
            raise HeldBack(
                _(
                    "Runs in a row that failed to reach the portal: {count}. Nothing was asked."
                ).format(count=state.outages),
                hint=_("It is left alone until {time}; massar --now asks at once.").format(
                    time=clock_time(until)
                ),
            )

    def check_sign_in(self, password: str) -> None:
        """Raise HeldBack for a password that was refused before, or where there were too many."""
        state, now = self.state, self._now()
        if state.refused and _is_among(_hash(password, state.salt), state.refused):
            raise HeldBack(
                _("The portal refused this password on {time}; it was not sent again.").format(
                    time=clock_time(state.refused_at or now)
                ),
                hint=_(
                    "Check it in a browser, then give the right one: massar login, or where yours "
                    "comes from. If this one is right after all: massar forget, then massar login."
                ),
            )
        if state.count(("failed",), now) >= self.limits.failed:
            raise HeldBack(
                _("Failed sign-ins in 24 hours: {count}. No more are tried.").format(
                    count=state.count(("failed",), now)
                ),
                hint=_("Wait until tomorrow, or raise {setting} in the settings.").format(
                    setting="failed_sign_ins_per_day"
                ),
            )
        if state.count(("accepted", "sent"), now) >= self.limits.accepted:
            raise HeldBack(
                _("Sign-ins in 24 hours: {count}. No more are made.").format(
                    count=state.count(("accepted", "sent"), now)
                ),
                hint=_("Wait until tomorrow, or raise {setting} in the settings.").format(
                    setting="sign_ins_per_day"
                ),
            )

    def note_sent(self) -> None:
        """Remember that a password is about to be sent."""

        def with_one_more(state: AccountState) -> AccountState:
            sign_ins = (*state.recent(self._now()), SignIn(self._now(), "sent"))
            return replace(state, sign_ins=sign_ins)

        self._change(with_one_more)

    def note_outcome(self, outcome: Outcome, *, refused: str | None = None) -> None:
        """Remember what came of the password sent last; `refused` is one that must not go again.

        An accepted one shows that the account is well: what was refused before is forgotten.
        """

        def with_outcome(state: AccountState) -> AccountState:
            if outcome == "accepted":
                state = replace(state, refused=(), refused_at=None)
            if refused is not None:
                salt = state.salt or secrets.token_hex(16)
                hashes = (*state.refused, _hash(refused, salt))[-_MOST_REFUSED:]
                state = replace(state, salt=salt, refused=hashes, refused_at=self._now())
            return replace(state, sign_ins=(*state.sign_ins[:-1], SignIn(self._now(), outcome)))

        self._change(with_outcome)

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
                path.unlink()
        remove_unfinished(self.path)

    @property
    def _lock_path(self) -> Path:
        return self.path.with_suffix(".lock")

    def _change(self, change: Callable[[AccountState], AccountState]) -> None:
        """Change what is remembered; two runs never undo each other's changes."""
        from filelock import Timeout

        try:
            make_private_folder(self.path.parent)
            with locked(self._lock_path, _LOCK_SECONDS):
                save_state(self.path, change(self.state))
        except (OSError, Timeout) as error:
            if not self._has_warned:
                self._has_warned = True
                is_held = isinstance(error, Timeout)
                told = _("The sign-ins cannot be counted: {reason}").format(reason=error)
                self._warn(told if is_held else cannot_be_kept(self.path.parent, error))


def clock_time(moment: float) -> str:
    """Return a moment as this computer's clock shows it."""
    return datetime.fromtimestamp(moment).astimezone().strftime("%Y-%m-%d %H:%M")


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
