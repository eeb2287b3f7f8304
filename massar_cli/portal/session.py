"""The signed-in conversation with the portal: pages are opened here, and nowhere else."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import urlencode

from massar_cli.errors import MassarError, PageChanged, PortalUnavailable
from massar_cli.files import cannot_be_kept
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.choice import (
    CHOICE_PARAMETER,
    check_child,
    names_of,
    with_known_names,
    with_names,
)
from massar_cli.portal.connection import Connection, joined
from massar_cli.portal.cookies import KeptSession, SessionFile, keepable
from massar_cli.portal.followable import below_base, may_be_followed, server_path
from massar_cli.portal.harmless import harmless_path
from massar_cli.portal.landing import LandingPage
from massar_cli.portal.login import REFUSALS, PasswordPosts, sign_in
from massar_cli.portal.page import Page
from massar_cli.portal.pages.student import StudentPage
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
from massar_cli.records import Child, Student

AnyPage = TypeVar("AnyPage", bound=Page[object])
Value = TypeVar("Value")
_LAST_LOCK_SECONDS = 0.5


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
        self._has_signed_in = False
        self._data_came_at: float | None = None
        self._choice: Child | None = None
        self._landing_of_choice: Landing | None = None
        self._is_proven = False
        self._knows_more = False
        self._has_fresh_landing = False
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
        file, kept = self._file, self._kept
        if file is None or kept is None:
            return
        if not self._knows_more and self._cookies() == kept.cookies:
            return
        # Not waited for: the time may have run out, and who holds the lock keeps a newer session.
        with suppress(PortalUnavailable), self._locked(_LAST_LOCK_SECONDS):
            # Another run may have signed in, or removed the session, meanwhile.
            if file.load() == self._stored:
                self._keep(kept.student, kept.landing)

    @property
    def base(self) -> str:
        """The portal's base address."""
        return self._connection.base

    def landing(self, *, anew: bool = False) -> Landing:
        """Return what the account's landing page tells: as kept since the sign-in, or `anew`.

        Of a child that was chosen it is that child's, which may have a menu of its own.
        """
        with self._connection.time_limit() as limit:
            if self._landing_of_choice is not None:
                return self._landing_of_choice  # read when the child was chosen, a moment ago
            was_read_now = False
            if self._failure is None and self._kept is None:
                self._start(limit)
                self._connection.carry_over(limit)
                was_read_now = self._has_fresh_landing
            kept = self._kept
            if kept is not None and kept.landing is not None and (not anew or was_read_now):
                return kept.landing
            with self._turn() if len(self.children) > 1 else nullcontext():
                try:
                    page = self.open(LandingPage)
                except PageGone:
                    page = self.open(LandingPage, address=LandingPage.other_path)
            landing = page.read()
            landing = with_known_names(landing, self.children)
            student = self._kept.student if self._kept else None
            if student is not None and student.name is None:
                student = replace(student, name=landing.name)
            self._keep(student, landing)
            self._has_fresh_landing = True
            return landing

    @property
    def has_fresh_landing(self) -> bool:
        """Whether the landing page was read in this run, and so is as it is now."""
        return self._has_fresh_landing or self._landing_of_choice is not None

    @property
    def student(self) -> Student | None:
        """Whose pages are read: the child that was chosen, else whose session this is.

        As known since the sign-in; None before there was one.
        """
        child = self._choice
        if child is None and len(self.children) == 1:
            child = self.children[0]
        if child is not None:
            return Student(code=child.code, name=child.name)
        return self._kept.student if self._kept else None

    @property
    def is_kept(self) -> bool:
        """Whether there is a session to open pages with; the portal may know it no more."""
        return self._kept is not None

    @property
    def has_signed_in(self) -> bool:
        """Whether the portal has accepted the password in this run."""
        return self._has_signed_in

    @property
    def has_failed(self) -> bool:
        """Whether the sign-in failed, so that no page will open any more."""
        return self._failure is not None

    @property
    def children(self) -> tuple[Child, ...]:
        """The account's children as far as they are known by now, without a request."""
        landing = self._kept.landing if self._kept else None
        return landing.children if landing else ()

    @property
    def is_child_chosen(self) -> bool:
        """Whether the pages read now are those of a child that was chosen."""
        return self._choice is not None

    def keep_children(self, children: tuple[Child, ...]) -> None:
        """Keep with the session what has become known of the account's children."""
        if self._kept and self._kept.landing:
            landing = replace(self._kept.landing, children=children)
            self._kept = replace(self._kept, landing=landing)
            self._knows_more = True

    @contextmanager
    def chosen(self, child: Child) -> Iterator[None]:
        """Let the pages opened inside be those of one child of the account.

        The choice lives in the portal's session, so no other run may choose before the last page
        is read. Whose pages they are is checked after the choice and again after the last page: a
        portal may lose a choice and show its first child again, without a word, and then only the
        second check can tell; as a lost choice never comes back by itself, what was read between
        two checks that hold is the child's. Raises PageChanged where a check does not hold.
        """
        with self._turn():
            if self._failure is not None:
                raise self._failure
            try:
                with self._connection.time_limit() as limit:
                    self._renewing(limit, lambda: self._choose(child))
                yield
                self.check_choice()
            finally:
                self._choice = self._landing_of_choice = None

    def check_choice(self) -> None:
        """See to it that what was read so far is the chosen child's; nobody chosen, nothing asked.

        Raises PageChanged for another student's. What holds is not asked for again.
        """
        if self._choice is not None and not self._is_proven:
            self.open(StudentPage)

    def sign_in(self) -> None:
        """Sign in now, whatever is kept."""
        with self._connection.time_limit() as limit:
            password = self._find_password(limit)
            with self._locked(limit.left):
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
        if address is not None and query:
            self._refuse_change(f"{url}{'&' if '?' in url else '?'}{urlencode(query)}")
        opened = self._signed_in(lambda: self._open_once(page, url, query, fields))
        if self._choice is not None and isinstance(opened, StudentPage):
            check_child(opened, self._choice)
            self._is_proven = True
        return opened

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

    def _signed_in(self, fetch: Callable[[], Value]) -> Value:
        """Return what `fetch` brings, once again after a new sign-in if the session is gone."""
        with self._connection.time_limit() as limit:
            if self._kept is None:
                self._start(limit)
            return self._renewing(limit, fetch)

    def sign_out(self) -> None:
        """End the session on the portal; what is kept here is removed by its owner."""
        self._kept = None
        answer = self._connection.get(self._connection.address("Account/LogOff"))
        if outage := evidence.outage(answer.status, answer.retry_after):
            raise outage

    def _renewing(self, limit: TimeLimit, ask: Callable[[], Value]) -> Value:
        """Return what `ask` returns; a session found dead is renewed, and it is asked again."""
        try:
            value = ask()
        except SessionGone:
            # A new sign-in that no page has answered would only fail again.
            if self._has_renewed or self._is_fresh:
                raise _signed_out() from None
            self._has_renewed = True
            self._start(limit)
            try:
                if self._choice is not None:  # went with the session that it was made in
                    self._choose(self._choice)
                value = ask()
            except SessionGone:
                raise _signed_out() from None
        self._is_fresh = False
        return value

    def _choose(self, child: Child) -> None:
        if self.children and child.code not in {one.code for one in self.children}:
            raise PageChanged(
                _("The portal no longer lists the child {name}.").format(
                    name=child.name or child.code
                ),
                hint=_("See whom it lists: massar children"),
            )
        connection = self._connection
        query = {CHOICE_PARAMETER: child.code}
        chosen = self._open_once(LandingPage, connection.address(LandingPage.path), query, None)
        page = self._open_once(StudentPage, connection.address(StudentPage.path), None, None)
        profile = check_child(page, child)
        if not child.other_names:
            child = with_names(child, names_of(profile))
            self.keep_children(
                tuple(child if one.code == child.code else one for one in self.children)
            )
        self._choice = child
        self._landing_of_choice = chosen.read()
        self._is_proven = True

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until no other run reads the pages of a child that it has chosen."""
        with ExitStack() as stack:
            if self._file is not None:
                with self._connection.time_limit() as limit, suppress(OSError):
                    stack.enter_context(self._file.turn(limit.left))
            yield

    def _start(self, limit: TimeLimit) -> None:
        """Sign in, or take over the session that another run has just made."""
        # Asked for before the lock is taken: a person may think for long.
        password = self._find_password(limit)
        with self._locked(limit.left):
            kept = self._file.load() if self._file else None
            if kept is not None and (self._stored is None or kept.cookies != self._stored.cookies):
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
        known = self.children
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
            self._note_failure(error, password, limit)
            raise
        if self._protection is not None:
            self._protection.note_outcome("accepted", time_left=limit.left)
        self._has_signed_in = True
        name = landing.name if landing else None
        is_known = account.student_code or name
        student = Student(code=account.student_code, name=name) if is_known else None
        self._keep(student, landing and with_known_names(landing, known))
        self._has_fresh_landing = landing is not None
        self._is_fresh = True

    def _note_sent(self) -> None:
        # A second POST for a stale token is part of the same sign-in.
        if self._protection is not None and not self._is_noted:
            with self._connection.time_limit() as limit:
                self._protection.note_sent(limit.left)
            self._is_noted = True

    def _note_failure(self, error: MassarError, password: str, limit: TimeLimit) -> None:
        # An outage tells nothing about the password, nor does what came before its POST.
        if self._protection is None or not self._is_noted or isinstance(error, PortalUnavailable):
            return
        refused = password if isinstance(error, REFUSALS) else None
        self._protection.note_outcome("failed", refused=refused, time_left=limit.left)

    def _keep(self, student: Student | None, landing: Landing | None) -> None:
        self._kept = KeptSession(cookies=self._cookies(), student=student, landing=landing)
        if self._file is None:
            return
        try:
            self._file.save(self._kept)
            self._stored = self._kept
        except OSError as error:
            self._warn(cannot_be_kept(self._file.path.parent, error))

    def _cookies(self) -> list[dict[str, Any]]:
        return keepable(self._connection.cookies())

    @contextmanager
    def _locked(self, seconds: float) -> Iterator[None]:
        with ExitStack() as stack:
            if self._file is not None:
                # A folder that cannot be written to is told when the session is kept.
                with suppress(OSError):
                    stack.enter_context(self._file.lock(seconds))
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
        self._is_proven = False
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
        self._is_proven = False  # as after any page: the choice may have been lost meanwhile
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
                    path=harmless_path(server_path(url), server_path(self.base))
                ),
                hint=_("Such an address may change something. Open it in a browser if you must."),
            )


def _signed_out() -> PortalUnavailable:
    return PortalUnavailable(
        _("The portal accepts the sign-in but forgets it at once."),
        hint=_("Nothing more was tried. Wait a while, then try again."),
        is_outage=True,  # each further run would post the password again
    )
