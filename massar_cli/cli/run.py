"""One run of the program: session, clock, output and who is asked, each opened on first use."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from massar_cli.cells import printable
from massar_cli.cli.account_settings import AccountSettings
from massar_cli.cli.border import report_errors, say_on_standard_error, standard_output
from massar_cli.cli.direction import asked, rtl_of_records, terminal_width
from massar_cli.cli.display import reader_of
from massar_cli.cli.options import Output
from massar_cli.codes import account_key, student_code, user_name
from massar_cli.errors import (
    CredentialsProblem,
    HeldBack,
    MassarError,
    PortalUnavailable,
    UsageProblem,
)
from massar_cli.formats import FORMATS, Envelope
from massar_cli.hosts import is_parents_application
from massar_cli.language import listed, use_language
from massar_cli.language import translate as _
from massar_cli.pace import Pace
from massar_cli.reader import decimal_point
from massar_cli.settings import Settings, known_language, usable_timeout

if TYPE_CHECKING:  # the session loads the HTTP library, which most commands do without
    from massar_cli.portal.connection import Connection
    from massar_cli.portal.cookies import SessionFile
    from massar_cli.portal.session import PortalSession
    from massar_cli.protection import AccountProtection
    from massar_cli.view import View

_YES = ("y", "yes", "o", "oui", "نعم", "ن")


class GlobalOptions(NamedTuple):
    """What was given before the command."""

    demo: bool = False
    account: str | None = None
    url: str | None = None
    language: str | None = None
    no_input: bool = False
    quiet: bool = False
    timeout: float | None = None
    now: bool = False
    debug: bool = False


class Run:
    """The surroundings of one command."""

    def __init__(self, options: GlobalOptions) -> None:
        self.options = options
        self.is_demo = options.demo
        self._warnings: set[str] = set()
        if options.demo and not (options.account is None and options.url is None):
            raise UsageProblem(_("--demo needs no --account and no --url."))
        if options.language is not None:
            use_language(known_language(options.language, "--lang"))
        if options.timeout is not None:
            usable_timeout(options.timeout)

    @cached_property
    def accounts(self) -> AccountSettings:
        """The settings of each account."""
        return AccountSettings(self.options, self.say)

    @property
    def settings(self) -> Settings:
        """The settings in force; the practice portal's own with --demo."""
        return self.accounts.in_force

    def heed_the_reader(self) -> None:
        """Speak and print as the settings say, in a command that needs nothing else of them.

        Raises UsageProblem where they cannot be used.
        """
        self.accounts.of_the_reader()

    @property
    def now(self) -> datetime:
        """The time in Casablanca; the practice portal's own time with --demo."""
        if self.is_demo:
            from massar_cli.practice.clock import PRACTICE_NOW

            return PRACTICE_NOW
        from massar_cli.school_calendar import now_in_casablanca

        return now_in_casablanca()

    @property
    def can_ask(self) -> bool:
        """Whether there is a person at a terminal who may be asked."""
        return not self.options.no_input and sys.stdin.isatty()

    def say(self, message: str) -> None:
        """Tell the person something, on standard error."""
        if not self.options.quiet:
            say_on_standard_error(printable(message))

    def warn(self, message: str) -> None:
        """Tell what is wrong, with --quiet too, once however often it goes wrong."""
        if message not in self._warnings:
            self._warnings.add(message)
            say_on_standard_error(printable(message))

    def tell(self, notes: Iterable[str]) -> None:
        """Tell the person what they should know about an answer."""
        for note in notes:
            self.say(note)

    def advise(self, advice: Iterable[str]) -> None:
        """Tell a person at a terminal, once, what they may do next; programs do without."""
        if sys.stderr.isatty():
            self.tell(dict.fromkeys(advice))

    def session_file(self, settings: Settings, code: str) -> "SessionFile":
        """Return where the session of a code is kept."""
        from massar_cli.portal.cookies import SessionFile

        return SessionFile.of(settings.folders.state, settings.url, user_name(code))

    @contextmanager
    def open_session(
        self, settings: Settings | None = None, find_password: Callable[[], str] | None = None
    ) -> "Iterator[PortalSession]":
        """Open the conversation with the portal; it signs in when a page first needs it."""
        from massar_cli.portal.session import Account, PortalSession

        settings = settings or self.settings
        if is_parents_application(settings.url):
            self.say(
                _(
                    "The parents' own application (/waliye) is tried as it is: nothing is "
                    "confirmed about its pages."
                )
            )
        code = settings.code
        if code is None:
            raise CredentialsProblem(
                _("There is no Massar code to sign in with."),
                hint=_("Choose an account: --account {names}").format(
                    names=" | ".join(settings.other_accounts)
                )
                if settings.other_accounts
                else _("Run massar login at a terminal, or set MASSAR_CODE."),
            )
        account = Account(
            user_name(code),
            student_code(code),
            find_password or (lambda: self._find_password(settings)),
            self._ask_code if self.can_ask else None,
        )
        file = protection = None
        if not self.is_demo:
            file = self.session_file(settings, code)
            protection = self.protection(settings, code)
            self._heed_outages(protection)
        with (
            self.connect(settings.url, settings.pace) as connection,
            _noting_its_end(protection, connection),
            PortalSession(connection, account, file, protection, self.warn) as session,
        ):
            yield session

    def protection(self, settings: Settings, code: str) -> "AccountProtection":
        """Return what protects the account of a code from being locked."""
        from massar_cli.hosts import application_of
        from massar_cli.protection import AccountProtection

        # However it is written and whatever host is asked, it is one account that could be locked.
        key = account_key(application_of(settings.url), user_name(code).lower())
        path = settings.folders.state / f"account-{key}.json"
        return AccountProtection(path, settings.sign_in_limits, self.warn)

    def _heed_outages(self, protection: "AccountProtection") -> None:
        """Hold back after runs that failed, unless a person says --now."""
        if not self.options.now:
            protection.check_outages()
        elif (until := protection.held_until()) is not None:
            from massar_cli.protection import clock_time

            self.say(
                _(
                    "The portal was to be left alone until {time}; --now asks it all the same."
                ).format(time=clock_time(until))
            )

    def connect(self, url: str, pace: Pace) -> "Connection":
        """Return a connection to a portal; to the practice portal in process with --demo."""
        from massar_cli.portal.connection import Connection

        log = self._log_request if self.options.debug else None
        if not self.is_demo:
            return Connection(url, pace=pace, log=log)
        from massar_cli.practice.portal import PracticePortal

        return Connection(url, application=PracticePortal(), pace=pace, log=log)

    def _log_request(self, line: str) -> None:
        say_on_standard_error(printable(f"massar: {line}"))

    def _find_password(self, settings: Settings) -> str:
        from massar_cli.credentials import find_password

        ask = (lambda: self.ask_password(settings)) if self.can_ask else None
        return find_password(settings, ask)

    def ask_password(self, settings: Settings) -> str:
        """Ask for the password of the settings' code without showing it."""
        return self.ask_secret(_("Password of {code}: ").format(code=settings.code))

    def ask_secret(self, question: str) -> str:
        """Ask a person for a password without showing it; the question goes to standard error."""
        import getpass

        from massar_cli.cli.asking import until_typed

        return until_typed(
            lambda: getpass.getpass(self._seen(question), stream=sys.stderr),
            _("No password was typed."),
        )

    def _ask_code(self) -> str:
        return self.ask(_("Code that the portal asks for: "))

    def ask(self, question: str) -> str:
        """Ask a person for one line; the question goes to standard error."""
        print(self._seen(question), end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt  # the person ended the input in place of an answer
        return line.strip()

    def _seen(self, question: str) -> str:
        return asked(question, is_terminal=sys.stderr.isatty())

    def agrees(self, question: str) -> bool:
        """Ask a person whether to go on; anything but a yes is a no."""
        return self.ask(question).lower() in _YES

    def print_records(
        self,
        view: "View",
        output: Output,
        errors: tuple[MassarError, ...] = (),
        *,
        source: str | None = None,
    ) -> None:
        """Write records to standard output or a file, and what failed beside them."""
        is_terminal = output.file is None and sys.stdout.isatty()
        reader = reader_of(output.subject_names)
        left_out: dict[str, None] = {}
        envelope = Envelope(
            fetched_at=self.now,
            source=source or ("demo" if self.is_demo else "portal"),
            errors=[error.as_json() for error in errors],
            width=terminal_width() if is_terminal else None,
            colour=is_terminal and wants_colour(),
            decimal_point=decimal_point(reader),
            excel=output.excel,
            rtl=rtl_of_records(is_terminal=is_terminal),
            plain=output.plain,
            reader=reader,
            leave_out=left_out.setdefault,
        )
        if errors:
            report_errors(errors, for_machines=output.is_for_machines)
        write = FORMATS[output.format]
        if output.file is None:
            with standard_output() as stream:
                write(view, stream, envelope)
            self._tell_left_out(left_out)
            return
        from massar_cli.cli.record_file import write_records

        # An answer that is partly missing cannot tell that nothing has changed.
        if not write_records(
            output.file,
            lambda stream: write(view, stream, envelope),
            unless_same=output.if_changed and not errors,
        ):
            self.say(_("Nothing has changed; {file} is left as it is.").format(file=output.file))
        else:
            self.advise((_("Written: {file}").format(file=output.file),))

    def _tell_left_out(self, headings: Iterable[str]) -> None:
        """Tell which columns had no room, once however many tables there are."""
        if names := listed(headings):
            self.say(
                _(
                    "Not shown for lack of room: {headings}. A wider terminal, --plain or --json "
                    "shows everything."
                ).format(headings=names)
            )


@contextmanager
def _noting_its_end(
    protection: "AccountProtection | None", connection: "Connection"
) -> Iterator[None]:
    """Remember whether a run ended in an outage, so that later ones may hold back."""
    try:
        yield
    except HeldBack:
        raise
    except MassarError as error:
        is_outage = isinstance(error, PortalUnavailable) and error.is_outage
        if protection is not None and (is_outage or connection.answers):
            protection.note_end(is_outage=is_outage)
        raise
    if protection is not None and connection.answers:
        protection.note_end(is_outage=False)


def wants_colour() -> bool:
    """Whether a terminal may be given colours."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
