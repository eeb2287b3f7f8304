"""The order of the doctor's steps, and what each needs of the run and of the steps before it."""

import locale
import os
import sys
from datetime import date
from functools import partial

from massar_cli.checks import account, network, passwords, surroundings
from massar_cli.checks.checklist import Checklist, Finding, NotTried, because_of, ok, skipped
from massar_cli.checks.privacy import Veil
from massar_cli.cli.border import ReaderGone
from massar_cli.cli.direction import rtl_of_talk, terminal_width
from massar_cli.cli.run import Run, wants_colour
from massar_cli.codes import account_key, student_code, user_name
from massar_cli.credentials import find_password
from massar_cli.errors import (
    PageChanged,
    PersonNeeded,
    PortalUnavailable,
    UsageProblem,
)
from massar_cli.hosts import DEFAULT_URL, base_url
from massar_cli.language import translate as _
from massar_cli.language import use_language
from massar_cli.pace import Pace
from massar_cli.portal.session import PortalSession
from massar_cli.portal.time_limit import TimeLimit
from massar_cli.settings import Settings
from massar_cli.terminals import UNKNOWN, terminal_of

_OF_SETTINGS = ("account", "url", "code", "language", "state", "timeout", "password", "keyring")
_ON_THE_WAY = ("proxy", "name", "connection", "tls")
_PROTECTION = ("outages", "refused-password", "sign-ins")
_OF_THE_PAGE = (PageChanged.exit_code, PersonNeeded.exit_code)


class _Outage(PortalUnavailable):
    """The portal answered for no page; raised so that this run counts as every other does."""


class Examination:
    """One pass through all steps.

    `signs_in` says that a person has agreed to it already, `as_cron` that cron would run this, and
    in which language the lines are then.
    """

    def __init__(
        self, run: Run, checklist: Checklist, veil: Veil, *, signs_in: bool, as_cron: str | None
    ) -> None:
        self._run = run
        self._list = checklist
        self._veil = veil
        self._signs_in = signs_in or run.is_demo
        self._as_cron = as_cron
        self._settings: Settings | None = None
        self._unreadable: Exception = NotTried()
        self._search: passwords.PasswordSearch | None = None
        self._was_asked_for_password = False

    def go(self) -> None:
        """Take every step, whatever fails."""
        try:  # first of all, for the language of the first line
            self._read_settings()
        except Exception as error:  # noqa: BLE001  (told as a line of the list)
            self._unreadable = error
        self._list.run("version", surroundings.find_version)
        self._look_at_settings()
        self._list.run("clock", surroundings.find_clock)
        self._look_at_the_way()
        self._look_at_protection()
        self._look_at_the_portal()
        self._look_at_the_account()
        self._list.run("terminal", self._find_terminal)

    def _look_at_settings(self) -> None:
        self._list.run("settings", self._find_settings)
        settings, is_demo = self._settings, self._run.is_demo
        if settings is None:
            self._list.skip(_OF_SETTINGS, because_of="settings")
            return
        for name, step in surroundings.settings_steps(settings, is_demo=is_demo):
            self._list.run(name, step)
        if is_demo:
            self._list.run("password", lambda: ok(_("the practice portal's own")))
            self._list.run("keyring", lambda: skipped(_("the practice portal needs none")))
            return
        self._search = passwords.PasswordSearch(
            settings=settings,
            may_run_command=self._as_cron is not None,
            can_ask=self._run.can_ask,
            has_session=self._has_session(settings),
            hide=self._veil.hide,
        )
        self._list.run("password", self._search.find_source)
        self._list.run("keyring", self._search.find_keyring)

    def _find_settings(self) -> Finding:
        if self._settings is None:
            raise self._unreadable
        return surroundings.find_settings_file(self._settings, is_demo=self._run.is_demo)

    def _read_settings(self) -> None:
        run = self._run
        try:
            settings = run.settings if run.is_demo else run.accounts.read()
        finally:
            if self._as_cron is not None:
                use_language(self._as_cron)
        self._settings = settings
        self._hide_names(settings)

    def _hide_names(self, settings: Settings) -> None:
        self._veil.hide(settings.password_source.value)
        self._veil.hide_names(settings.account, *settings.other_accounts)
        self._veil.hide_names(*filter(None, (settings.child, *settings.nicknames.values())))
        if settings.code is not None:
            code = settings.code
            self._veil.hide(code, user_name(code), student_code(code))
            # Of few possible codes, the one behind the name of a file could be found by trying.
            self._veil.hide(account_key(settings.url, user_name(code)))

    def _has_session(self, settings: Settings) -> bool:
        if settings.code is None:
            return False
        kept = self._run.session_file(settings, settings.code).load()
        if kept is not None and kept.student is not None:
            self._veil.hide(kept.student.name, kept.student.code)
        return kept is not None

    def _look_at_the_way(self) -> None:
        if self._run.is_demo:
            for name in _ON_THE_WAY:
                self._list.run(name, lambda: ok(_("the practice portal, in this process")))
            return
        base = self._base()
        if base is None:
            self._list.skip(_ON_THE_WAY, because_of="settings")
            return
        way = network.Way(base=base, limit=TimeLimit(self.pace.timeout))
        self._list.run("proxy", way.find_proxy)
        self._list.run("name", way.find_name, needs=("proxy",))
        self._list.run("connection", way.find_connection, needs=("name",))
        self._list.run("tls", way.find_encryption, needs=("connection",))

    def _base(self) -> str | None:
        """Return the portal's address, even where another setting cannot be used."""
        if self._settings is not None:
            return self._settings.url
        named = self._run.options.url or os.environ.get("MASSAR_URL")
        try:
            return base_url(named or DEFAULT_URL)
        except UsageProblem:
            return None

    @property
    def pace(self) -> Pace:
        """How long the portal is waited for, even where the settings cannot be used."""
        if self._settings is not None:
            return self._settings.pace
        usual = Pace()
        return usual._replace(timeout=self._run.options.timeout or usual.timeout)

    def _look_at_protection(self) -> None:
        settings = self._settings
        if self._run.is_demo:
            for name in _PROTECTION:
                self._list.run(name, lambda: skipped(_("the practice portal needs none")))
            return
        if settings is None or settings.code is None:
            self._list.skip(_PROTECTION, because_of="settings" if settings is None else "code")
            return
        protection = self._run.protection(settings, settings.code)
        password = self._search.found if self._search else None
        asks_now = self._run.options.now
        steps = (
            partial(account.find_outages, protection, asks_now=asks_now),
            partial(account.find_refused, protection, password),
            partial(account.find_budget, protection),
        )
        for name, step in zip(_PROTECTION, steps, strict=True):
            self._list.run(name, step)

    def _look_at_the_portal(self) -> None:
        needs = ["tls"]
        if self._list.failure_of("outages"):
            needs.append("outages")  # it is left alone
        page = network.SignInPage(partial(self._run.connect, self._base() or "", self.pace))
        self._list.run("portal", page.find, needs=needs)
        self._list.run("portal-clock", page.find_clock, needs=("portal",))

    def _look_at_the_account(self) -> None:
        needs = (
            ("settings", "code") if self._may_use_kept_session() else ("settings", "code", "portal")
        )
        settings = self._settings
        if settings is None or not self._list.may_build_on(*needs):
            self._list.run("sign-in", _nothing, needs=needs)
            self._list.skip(account.ALL_STEPS, because_of="sign-in")
            return
        try:
            with self._run.open_session(
                settings, partial(self._find_password, settings)
            ) as session:
                self._visit(session, settings)
        except _Outage:
            pass
        except ReaderGone:
            raise
        except Exception as error:  # noqa: BLE001  (opening or closing the session; as in a step)
            self._list.run("session", partial(_raise, error))
            if not self._list.has("sign-in"):
                self._list.skip(("sign-in", *account.ALL_STEPS), because_of="session")

    def _visit(self, session: PortalSession, settings: Settings) -> None:
        visit = account.Visit(
            session=session,
            settings=settings,
            today=self._today,
            was_asked_for_password=lambda: self._was_asked_for_password,
        )
        self._list.run("sign-in", visit.find_sign_in)
        self._hide_students(session)
        self._open_pages(visit)
        if visit.outage is not None:
            raise _Outage(visit.outage.message, is_outage=True)

    def _open_pages(self, visit: account.Visit) -> None:
        first = account.FIRST_PAGE
        self._list.run(first, partial(visit.find_page, first), needs=("sign-in",))
        self._list.run("children", visit.find_children, needs=("sign-in",))
        self._hide_students(visit.session)
        if visit.has_children:
            self._list.run("child", visit.choose_child, needs=("children",))
        for name in account.PAGES:
            self._list.run(name, partial(visit.find_page, name), needs=visit.needed_by(name))

    def _hide_students(self, session: PortalSession) -> None:
        student = session.student
        if student is not None:
            self._veil.hide(student.name, student.code)
        for child in session.children:
            self._veil.hide(child.code)
            self._veil.hide_names(*filter(None, (child.name, *child.other_names)))

    def _today(self) -> date:
        return self._run.now.date()

    def _may_use_kept_session(self) -> bool:
        """Whether a kept session may do where the sign-in page is not as it should be."""
        failure = self._list.failure_of("portal")
        has_kept = self._search is not None and self._search.has_session
        return has_kept and failure is not None and failure.exit_code in _OF_THE_PAGE

    def _find_password(self, settings: Settings) -> str:
        """Return the password where it may be sent; raises NotTried where it may not."""
        self._was_asked_for_password = True
        run = self._run
        for name in ("portal", *_PROTECTION):
            if not self._list.may_build_on(name):
                raise NotTried(because_of(name))
        if not self._signs_in:
            if not run.can_ask:
                raise NotTried(_("not tried; --sign-in tries it"))
            if not run.agrees(_("Sign in now, to try the pages of the account? [y/N] ")):
                raise NotTried(_("not tried, as you wished"))
        at_hand = self._search.found if self._search else None
        password = at_hand or find_password(settings, self._ask_password if run.can_ask else None)
        self._veil.hide(password)
        return password

    def _ask_password(self) -> str:
        # The usual question names the Massar code.
        return self._run.ask_secret(_("Password: "))

    def _find_terminal(self) -> Finding:
        if self._as_cron is not None:
            return ok(_("cron has none: what is printed is plain text in UTF-8, nothing cut"))
        is_terminal = sys.stdout.isatty()
        known = terminal_of(os.environ)
        return surroundings.find_terminal(
            surroundings.Terminal(
                is_terminal=is_terminal,
                columns=terminal_width(),
                has_colour=wants_colour(),
                encoding=locale.getencoding(),
                kind=os.environ.get("TERM", ""),
                name=None if known is UNKNOWN else known.name,
                rtl=rtl_of_talk(is_terminal=is_terminal),
            )
        )


def _nothing() -> Finding:
    return ok("")


def _raise(error: Exception) -> Finding:
    raise error
