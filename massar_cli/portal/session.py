"""The signed-in conversation with the portal: pages are opened here, and nowhere else."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar
from urllib.parse import urlencode

from massar_cli.errors import MassarError, PageChanged, PortalUnavailable
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.choice import CHOICE_PARAMETER, check_child
from massar_cli.portal.connection import Connection
from massar_cli.portal.cookies import SessionFile
from massar_cli.portal.keeping import Keeper
from massar_cli.portal.landing import LandingPage
from massar_cli.portal.login import REFUSALS, PasswordPosts, sign_in
from massar_cli.portal.opening import AnyPage, Opener
from massar_cli.portal.pages.student import StudentPage
from massar_cli.portal.recognition import PageGone, SessionGone
from massar_cli.portal.student_names import names_of, with_known_names, with_names
from massar_cli.portal.time_limit import TimeLimit
from massar_cli.portal_menu import Landing
from massar_cli.protection import AccountProtection
from massar_cli.records import Child, Student

if TYPE_CHECKING:  # most runs fetch no file
    from massar_cli.portal.receiving import Receiver

Value = TypeVar("Value")


class _Unproven(Exception):
    """The session died before what was read in it could be checked: it is to be read again."""


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
        self._keeper = Keeper(connection, file, warn)
        self._opener = Opener(connection)
        self._failure: MassarError | None = None
        self._protection = protection
        self._posts = PasswordPosts(self._note_sent)
        self._is_noted = False
        self._has_renewed = False
        self._is_fresh = False
        self._has_signed_in = False
        self._choice: Child | None = None
        self._landing_of_choice: Landing | None = None
        self._is_proven = False
        self._has_fresh_landing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._keeper.keep_last()

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
            if self._failure is None and self._keeper.kept is None:
                self._start(limit)
                self._connection.carry_over(limit)
                was_read_now = self._has_fresh_landing
            kept = self._keeper.landing
            if kept is not None and (not anew or was_read_now):
                return kept
            with self._keeper.turn() if len(self.children) > 1 else nullcontext():
                if self._failure is not None:
                    raise self._failure
                page = self._signed_in(self._open_landing)
            landing = page.read()
            landing = with_known_names(landing, self.children)
            student = self._keeper.student
            if student is not None and student.name is None:
                student = replace(student, name=landing.name)
            self._keeper.keep_if_unchanged(student, landing)
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
        return self._keeper.student

    @property
    def is_kept(self) -> bool:
        """Whether there is a session to open pages with; the portal may know it no more."""
        return self._keeper.kept is not None

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
        return self._keeper.children

    @property
    def is_child_chosen(self) -> bool:
        """Whether the pages read now are those of a child that was chosen."""
        return self._choice is not None

    def keep_children(self, children: tuple[Child, ...]) -> None:
        """Keep with the session what has become known of the account's children."""
        self._keeper.keep_children(children)

    def read_of(self, child: Child, read: Callable[[], Value]) -> Value:
        """Return what `read` returns while the pages opened are those of one child of the account.

        The choice lives in the portal's session, so no other run may choose before the last page
        is read. Whose pages they are is checked after the choice and again after the last page: a
        portal may lose a choice and show its first child again, without a word, and then only the
        second check can tell. A lost choice comes back only where this program chooses anew, after
        a session that died. So it does that only when nothing was read since the last check that
        held; what was is read again from the beginning. Raises PageChanged where a check does not
        hold.
        """
        with self._keeper.turn():
            try:
                return self._read_chosen(child, read)
            except _Unproven:  # once at most, as a session is renewed once
                return self._read_chosen(child, read)

    def _read_chosen(self, child: Child, read: Callable[[], Value]) -> Value:
        if self._failure is not None:
            raise self._failure
        try:
            with self._connection.time_limit() as limit:
                self._renewing(limit, lambda: self._choose(child))
            value = read()
            self.check_choice()
            return value
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
            with self._keeper.locked(limit.left):
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
        url = self._opener.address_of(page, address)
        if address is not None and query:
            self._opener.followable(f"{url}{'&' if '?' in url else '?'}{urlencode(query)}")
        opened = self._signed_in(lambda: self._open_unproven(page, url, query, fields))
        if self._choice is not None and isinstance(opened, StudentPage):
            check_child(opened, self._choice)
            self._is_proven = True
        return opened

    def download(self, address: str, receiver: "Receiver") -> None:
        """Fetch a file, signed in, into `receiver`; raises the error that fits what came instead.

        Where the file is still the version that the receiver knows, it gets nothing. What has
        arrived before a failure stays in the receiver's part. Each file has the time that one page
        may take. Raises PageChanged for an address that may change something, before it is asked.
        """
        if self._failure is not None:
            raise self._failure
        url = self._opener.followable(address)
        self._signed_in(lambda: self._download_once(url, receiver))

    def _signed_in(self, fetch: Callable[[], Value]) -> Value:
        """Return what `fetch` brings, once again after a new sign-in if the session is gone."""
        with self._connection.time_limit() as limit:
            if self._keeper.kept is None:
                self._start(limit)
            return self._renewing(limit, fetch)

    def sign_out(self) -> None:
        """End the session on the portal; what is kept here is removed by its owner."""
        self._keeper.drop()
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
                    if not self._is_proven:
                        raise _Unproven from None
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
        self._is_proven = False
        chosen = self._open_landing({CHOICE_PARAMETER: child.code})
        page = self._opener.open(StudentPage, self._connection.address(StudentPage.path))
        profile = check_child(page, child)
        if not child.other_names:
            child = with_names(child, names_of(profile))
            self.keep_children(
                tuple(child if one.code == child.code else one for one in self.children)
            )
        self._choice = child
        self._landing_of_choice = chosen.read()
        self._is_proven = True

    def _open_landing(self, query: Mapping[str, str] | None = None) -> LandingPage:
        """Open the account's first page, by its other name where there is none of the usual one."""
        address = self._connection.address
        try:
            return self._opener.open(LandingPage, address(LandingPage.path), query)
        except PageGone:
            return self._opener.open(LandingPage, address(LandingPage.other_path), query)

    def _start(self, limit: TimeLimit) -> None:
        """Sign in, or take over the session that another run has just made."""
        # Asked for before the lock is taken: a person may think for long.
        password = self._find_password(limit)
        with self._keeper.locked(limit.left):
            if not self._keeper.take_over():
                self._sign_in(password, limit)

    def _find_password(self, limit: TimeLimit) -> str:
        return limit.uncounted(self._account.find_password)()

    def _sign_in(self, password: str, limit: TimeLimit) -> None:
        known = self.children
        self._keeper.drop()
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
        self._keeper.keep(student, landing and with_known_names(landing, known))
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

    def _open_unproven(
        self,
        page: type[AnyPage],
        url: str,
        query: Mapping[str, str] | None,
        fields: Mapping[str, str] | None,
    ) -> AnyPage:
        """Open a page of whom the next check will tell; a session that is gone brings none."""
        was_proven, self._is_proven = self._is_proven, False
        try:
            return self._opener.open(page, url, query, fields)
        except SessionGone:
            self._is_proven = was_proven
            raise

    def _download_once(self, url: str, receiver: "Receiver") -> None:
        self._is_proven = False  # as after any page: the choice may have been lost meanwhile
        self._opener.download(url, receiver)


def _signed_out() -> PortalUnavailable:
    return PortalUnavailable(
        _("The portal accepts the sign-in but forgets it at once."),
        hint=_("Nothing more was tried. Wait a while, then try again."),
        is_outage=True,  # each further run would post the password again
    )
