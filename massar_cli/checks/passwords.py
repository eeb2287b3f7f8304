"""Steps that look for the password without sending it: where it comes from, and the keyring."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from massar_cli.checks.checklist import Finding, ok, skipped, warning
from massar_cli.credentials import KeyringState, look_in_keyring, password_from_source
from massar_cli.errors import CredentialsProblem
from massar_cli.language import translate as _
from massar_cli.portal.time_limit import Errand, TimeLimit
from massar_cli.settings import PasswordSource, Settings


@dataclass(kw_only=True)
class PasswordSearch:
    """What can be known of an account's password before it is needed.

    `may_run_command` says whether a password command may be run to see what it gives; `can_ask`
    whether there is somebody to ask. `has_session` says that a session is kept. `found` is the
    password at hand, if one is.
    """

    settings: Settings
    may_run_command: bool
    can_ask: bool
    has_session: bool
    hide: Callable[[str], object]
    found: str | None = field(default=None, repr=False)

    def find_source(self) -> Finding:
        """Say where the password comes from, and whether one is there."""
        source = self.settings.password_source
        if source.command and not self.may_run_command:
            return ok(_("a command, which is run when a password is needed"))
        if source:
            self._take(password_from_source(source))
            return ok(self._told(source))
        if self.keyring and self.keyring.password:
            self._take(self.keyring.password)
            return ok(_("in the keyring"))
        hint = _("Run massar login at a terminal, or set MASSAR_PASSWORD_FILE.")
        if self.can_ask or self.has_session:
            return warning(
                _("none is kept; a run that cannot ask fails once its session has ended"), hint
            )
        raise CredentialsProblem(_("There is no password, and nobody to ask for it."), hint=hint)

    def _told(self, source: PasswordSource) -> str:
        if source.command:
            return _("a command, which gave one")
        if source.file:
            return _("the file {path}, which holds one").format(path=source.file)
        return _("the variable MASSAR_PASSWORD")

    def _take(self, password: str | None) -> None:
        self.found = password
        if password:
            self.hide(password)

    def find_keyring(self) -> Finding:
        """Say which keyring there is, and whether it holds the password of the account."""
        if self.settings.code is None:
            return skipped(_("not looked into without a Massar code"))
        state = self.keyring
        if state is not None and state.password:
            return ok(_("{name}: holds the password of this account").format(name=state.name))
        if state is None:
            text = _("it did not open in time")
        elif state.problem:
            text = _("{name}: does not open ({reason})").format(
                name=state.name or "-", reason=state.problem
            )
        elif state.name is None:
            text = _("there is none here")
        else:
            text = _("{name}: holds no password of this account").format(name=state.name)
        if self.settings.password_source:
            return ok(text)
        return warning(text, self._keyring_hint(state))

    def _keyring_hint(self, state: KeyringState | None) -> str:
        if state is not None and state.name and not state.problem:
            return _("massar login keeps the password there.")
        return _(
            "Set MASSAR_PASSWORD_FILE or MASSAR_PASSWORD_COMMAND in its place, "
            "or run: massar login --keep-in-file"
        )

    @cached_property
    def keyring(self) -> KeyringState | None:
        """What the keyring holds, None where it did not answer in time: it may ask a person."""
        limit = TimeLimit(self.settings.pace.timeout)
        try:
            return Errand(lambda: look_in_keyring(self.settings), lambda: None).run(limit)
        except TimeoutError:
            return None
