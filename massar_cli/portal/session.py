"""The signed-in conversation with the portal: pages are opened here, and nowhere else."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from massar_cli.errors import MassarError, PageChanged, PortalUnavailable
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.connection import Connection, joined
from massar_cli.portal.cookies import KeptSession, SessionFile
from massar_cli.portal.followable import below_base, may_be_followed, server_path
from massar_cli.portal.landing import LandingPage
from massar_cli.portal.login import PasswordPosts, PasswordRefused, sign_in
from massar_cli.portal.page import Page
from massar_cli.portal.receiving import Receiver
from massar_cli.portal.recognition import (
    PageGone,
    SessionGone,
    code_demanded,
    new_password_demanded,
    read_answer,
    read_file_answer,
)
from massar_cli.portal.time_limit import TimeLimit
from massar_cli.portal_pages import Landing
from massar_cli.protection import AccountProtection
from massar_cli.records import Student

AnyPage = TypeVar("AnyPage", bound=Page[object])
Fetched = TypeVar("Fetched")


class Account(NamedTuple):
    """Who signs in, and how to get the secrets; both are asked for only when needed."""

    user_name: str
    student_code: str | None
    find_password: Callable[[], str]
    ask_code: Callable[[], str] | None = None


class PortalSession:
    """A conversation with the portal that signs in when a page first needs it.

    `file` keeps the session between runs; None keeps nothing. A session found dead costs one new
    sign-in and one replay, once a run. `protection` may refuse a sign-in, and is told of each;
    None counts nothing. `warn` is told what a person should know.
    """

    def __init__(
        self,
        connection: Connection,
        account: Account,
        file: SessionFile | None,
        protection: AccountProtection | None,
        warn: Callable[[str], None],
    ) -> None:
        self._connection = connection
        self._account = account
        self._file = file
        self._warn = warn
        self._kept = file.load() if file else None
        self._stored = self._kept
        self._failure: MassarError | None = None
        self._protection = protection
        self._posts = PasswordPosts(self._note_sent)
        self._is_noted = False
        self._has_renewed = False
        self._is_fresh = False
        self._data_came_at: float | None = None
        self.has_fresh_landing = False
        """Whether the landing page was read in this run, and so is as it is now."""
        if self._kept:
            connection.use_cookies(self._kept.cookies)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        file = self._file
        if file is None or self._kept is None or self._connection.cookies() == self._kept.cookies:
            return
        with self._connection.time_limit() as limit, self._locked(limit):
            # Another run may have signed in, or removed the session, meanwhile.
            if file.load() == self._stored:
                self._keep(self._kept.student, self._kept.landing)

    @property
    def base(self) -> str:
        """The portal's base address."""
        return self._connection.base

    def landing(self, *, anew: bool = False) -> Landing:
        """Return what the account's landing page tells: as kept since the sign-in, or `anew`."""
        with self._connection.time_limit() as limit:
            was_read_now = False
            if self._failure is None and self._kept is None:
                self._start(limit)
                was_read_now = self.has_fresh_landing
            kept = self._kept
            if kept is not None and kept.landing is not None and (not anew or was_read_now):
                return kept.landing
            landing = self.open(LandingPage).read()
            self._keep(self.student, landing)
            self.has_fresh_landing = True
        return landing

    @property
    def student(self) -> Student | None:
        """Whose session this is, as known since the sign-in; None before there was one."""
        return self._kept.student if self._kept else None

    def sign_in(self) -> None:
        """Sign in now, whatever is kept."""
        with self._connection.time_limit() as limit:
            password = self._find_password(limit)
            with self._locked(limit):
                self._sign_in(password, limit)

    @contextmanager
    def section(self) -> Iterator[None]:
        """Let all pages opened inside share the time that one page may take."""
        with self._connection.time_limit():
            yield

    def open(
        self,
        page: type[AnyPage],
        *,
        address: str | None = None,
        query: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> AnyPage:
        """Return a page of the portal, signed in; raises the error that fits what came instead.

        `address`, whole or below the base, is that of a page which has none of its own. Raises
        PageChanged for one that may change something, before it is asked for.
        After a failed sign-in every page fails with its error: it is not tried again.
        """
        if self._failure is not None:
            raise self._failure
        url = self._address_of(page, address)
        return self._signed_in(lambda: self._open_once(page, url, query, fields))

    def download(self, address: str, receiver: Receiver) -> None:
        """Fetch a file, signed in, into `receiver`; raises the error that fits what came instead.

        Where the file is still the version that the receiver knows, it gets nothing. What has
        arrived before a failure stays in the receiver's part. Each file has the time that one page
        may take. Raises PageChanged for an address that may change something, before it is asked.
        """
        if self._failure is not None:
            raise self._failure
        url = joined(self._connection.address(""), address)
        self._refuse_change(url)
        self._signed_in(lambda: self._download_once(url, receiver))

    def _signed_in(self, fetch: Callable[[], Fetched]) -> Fetched:
        """Return what `fetch` brings, once again after a new sign-in if the session is gone."""
        with self._connection.time_limit() as limit:
            if self._kept is None:
                self._start(limit)
            try:
                fetched = fetch()
            except SessionGone:
                # A new sign-in that no page has answered would only fail again.
                if self._has_renewed or self._is_fresh:
                    raise _signed_out() from None
                self._has_renewed = True
                self._start(limit)
                try:
                    fetched = fetch()
                except SessionGone:
                    raise _signed_out() from None
        self._is_fresh = False
        return fetched

    def sign_out(self) -> None:
        """End the session on the portal; what is kept here is removed by its owner."""
        self._connection.get(self._connection.address("Account/LogOff"))
        self._kept = None

    def _start(self, limit: TimeLimit) -> None:
        """Sign in, or take over the session that another run has just made."""
        # Asked for before the lock is taken: a person may think for long.
        password = self._find_password(limit)
        with self._locked(limit):
            kept = self._file.load() if self._file else None
            if kept is not None and kept != self._stored:
                self._kept = self._stored = kept
                self._connection.use_cookies(kept.cookies)
                return
            if self._file is not None and kept is not None:
                # Found dead: a later run, held back perhaps, need not ask about it again.
                with suppress(OSError):
                    self._file.delete()
            self._sign_in(password, limit)

    def _find_password(self, limit: TimeLimit) -> str:
        return limit.uncounted(self._account.find_password)()

    def _sign_in(self, password: str, limit: TimeLimit) -> None:
        self._kept = None
        self._connection.use_cookies([])
        account = self._account
        ask_code = account.ask_code and limit.uncounted(account.ask_code)
        self._is_noted = False
        try:
            if self._protection is not None:
                self._protection.check_sign_in(password)
            landing = sign_in(self._connection, account.user_name, password, ask_code, self._posts)
        except MassarError as error:
            self._failure = error
            self._note_failure(error, password)
            raise
        if self._protection is not None:
            self._protection.note_outcome("accepted")
        name = landing.name if landing else None
        is_known = account.student_code or name
        student = Student(code=account.student_code, name=name) if is_known else None
        self._keep(student, landing)
        self.has_fresh_landing = landing is not None
        self._is_fresh = True

    def _note_sent(self) -> None:
        # A second POST for a stale token is part of the same sign-in.
        if self._protection is not None and not self._is_noted:
            self._protection.note_sent()
            self._is_noted = True

    def _note_failure(self, error: MassarError, password: str) -> None:
        # An outage tells nothing about the password, nor does what came before its POST.
        if self._protection is None or not self._is_noted or isinstance(error, PortalUnavailable):
            return
        refused = password if isinstance(error, PasswordRefused) else None
        self._protection.note_outcome("failed", refused=refused)

    def _keep(self, student: Student | None, landing: Landing | None) -> None:
        self._kept = KeptSession(
            cookies=self._connection.cookies(), student=student, landing=landing
        )
        if self._file is None:
            return
        try:
            self._file.save(self._kept)
            self._stored = self._kept
        except OSError as error:
            self._warn(_("The session cannot be kept: {reason}").format(reason=error.strerror))

    @contextmanager
    def _locked(self, limit: TimeLimit) -> Iterator[None]:
        with ExitStack() as stack:
            if self._file is not None:
                # A folder that cannot be written to is told when the session is kept.
                with suppress(OSError):
                    stack.enter_context(self._file.lock(limit.left))
            yield

    def _address_of(self, page: type[Page[object]], address: str | None) -> str:
        if address is None:
            return self._connection.address(page.path)
        url = joined(self._connection.address(""), address)
        self._refuse_change(url)
        return url

    def _open_once(
        self,
        page: type[AnyPage],
        url: str,
        query: Mapping[str, str] | None,
        fields: Mapping[str, str] | None,
    ) -> AnyPage:
        connection = self._connection
        with self._spaced():
            if page.method == "POST":
                # As the page's own script asks; a lost session then answers 401, no redirect.
                referer = connection.address("TuteurEleves/GetNotesEleve")
                answer = connection.ask(url, fields or {}, referer=referer)
            else:
                answer = connection.get(url, query=query)
        landed = connection.follow(answer, lambda target: self._check_redirect(page, url, target))
        return read_answer(page, landed, self.base)

    def _download_once(self, url: str, receiver: Receiver) -> None:
        connection = self._connection
        with self._spaced():
            answer = connection.receive(url, receiver)
        landed = connection.follow(answer, self._check_file_redirect, receiver)
        read_file_answer(landed, receiver, self.base)

    @contextmanager
    def _spaced(self) -> Iterator[None]:
        """Keep what is asked for inside apart from the last data that came."""
        connection = self._connection
        if self._data_came_at is not None:
            connection.wait(self._data_came_at + connection.pace.spacing - time.monotonic())
        try:
            yield
        finally:
            self._data_came_at = time.monotonic()

    def _check_file_redirect(self, target: str) -> None:
        self._refuse_end_of_session(target)
        if not below_base(self.base, target):
            raise PageGone(_("The portal sent massar elsewhere in place of the file."))
        self._refuse_change(target)

    def _refuse_end_of_session(self, target: str) -> None:
        """Raise SessionGone or PersonNeeded for a redirect to a part of the sign-in."""
        base = self._connection.base
        if evidence.is_sign_in_address(base, target):
            raise SessionGone
        if evidence.is_change_password_address(base, target):
            raise new_password_demanded()
        if evidence.is_code_address(base, target):
            raise code_demanded()

    def _check_redirect(self, page: type[Page[object]], url: str, target: str) -> None:
        self._refuse_end_of_session(target)
        # A page that only its address names is another one where that changes.
        if (page.method == "POST" and target != url) or (
            not page.path and server_path(target) != server_path(url)
        ):
            raise PageGone(
                _("The portal sent the page {path} elsewhere.").format(
                    path=page.path or below_base(self.base, url)
                )
            )
        if below_base(self.base, target):  # the base itself is the first page
            self._refuse_change(target)

    def _refuse_change(self, url: str) -> None:
        """Raise PageChanged for an address that is never asked for."""
        if not may_be_followed(self.base, url):
            raise PageChanged(
                _("The portal points to {path}, which is never asked for.").format(
                    path=server_path(url)[:80]
                ),
                hint=_("Such an address may change something. Open it in a browser if you must."),
            )


def _signed_out() -> PortalUnavailable:
    return PortalUnavailable(
        _("The portal accepts the sign-in but forgets it at once."),
        hint=_("Nothing more was tried. Wait a while, then try again."),
    )
