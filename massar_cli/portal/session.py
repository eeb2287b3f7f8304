"""The signed-in conversation with the portal: pages are opened here, and nowhere else."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from massar_cli.errors import MassarError, PageChanged, PersonNeeded, PortalUnavailable
from massar_cli.language import translate as _
from massar_cli.portal import evidence
from massar_cli.portal.connection import Answer, Connection
from massar_cli.portal.cookies import KeptSession, SessionFile
from massar_cli.portal.login import PasswordPosts, sign_in
from massar_cli.portal.page import Page, parse_html
from massar_cli.records import Student

AnyPage = TypeVar("AnyPage", bound=Page[object])


class Account(NamedTuple):
    """Who signs in, and how to get the secrets; both are asked for only when needed."""

    user_name: str
    student_code: str | None
    find_password: Callable[[], str]
    ask_code: Callable[[], str] | None = None


class _SessionGone(Exception):
    """The portal no longer knows the session."""


class PortalSession:
    """A conversation with the portal that signs in when a page first needs it.

    `file` keeps the session between runs; None keeps nothing. A session found dead costs one new
    sign-in and one replay, once a run. `warn` is told what a person should know.
    """

    def __init__(
        self,
        connection: Connection,
        account: Account,
        file: SessionFile | None,
        warn: Callable[[str], None],
    ) -> None:
        self._connection = connection
        self._account = account
        self._file = file
        self._warn = warn
        self._kept = file.load() if file else None
        self._stored = self._kept
        self._failure: MassarError | None = None
        self._posts = PasswordPosts()
        self._has_renewed = False
        self._is_fresh = False
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
        with self._locked():
            # Another run may have signed in, or removed the session, meanwhile.
            if file.load() == self._stored:
                self._keep(self._kept.student)

    @property
    def student(self) -> Student | None:
        """Whose session this is, as known since the sign-in; None before there was one."""
        return self._kept.student if self._kept else None

    def sign_in(self) -> None:
        """Sign in now, whatever is kept."""
        password = self._account.find_password()
        with self._locked():
            self._sign_in(password)

    def open(
        self,
        page: type[AnyPage],
        *,
        query: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> AnyPage:
        """Return a page of the portal, signed in; raises the error that fits what came instead.

        After a failed sign-in every page fails with its error: it is not tried again.
        """
        if self._failure is not None:
            raise self._failure
        if self._kept is None:
            self._start()
        try:
            opened = self._open_once(page, query, fields)
        except _SessionGone:
            # A new sign-in that no page has answered would only fail again.
            if self._has_renewed or self._is_fresh:
                raise _signed_out() from None
            self._has_renewed = True
            self._start()
            try:
                opened = self._open_once(page, query, fields)
            except _SessionGone:
                raise _signed_out() from None
        self._is_fresh = False
        return opened

    def sign_out(self) -> None:
        """End the session on the portal; what is kept here is removed by its owner."""
        self._connection.get(self._connection.address("Account/LogOff"))
        self._kept = None

    def _start(self) -> None:
        """Sign in, or take over the session that another run has just made."""
        # Asked for before the lock is taken: a person may think for long.
        password = self._account.find_password()
        with self._locked():
            kept = self._file.load() if self._file else None
            if kept is not None and kept != self._stored:
                self._kept = self._stored = kept
                self._connection.use_cookies(kept.cookies)
            else:
                self._sign_in(password)

    def _sign_in(self, password: str) -> None:
        self._kept = None
        self._connection.use_cookies([])
        account = self._account
        try:
            name = sign_in(
                self._connection, account.user_name, password, account.ask_code, self._posts
            )
        except MassarError as error:
            self._failure = error
            raise
        is_known = account.student_code or name
        self._keep(Student(code=account.student_code, name=name) if is_known else None)
        self._is_fresh = True

    def _keep(self, student: Student | None) -> None:
        self._kept = KeptSession(cookies=self._connection.cookies(), student=student)
        if self._file is None:
            return
        try:
            self._file.save(self._kept)
            self._stored = self._kept
        except OSError as error:
            self._warn(_("The session cannot be kept: {reason}").format(reason=error.strerror))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with ExitStack() as stack:
            if self._file is not None:
                # A folder that cannot be written to is told when the session is kept.
                with suppress(OSError):
                    stack.enter_context(self._file.lock())
            yield

    def _open_once(
        self, page: type[AnyPage], query: Mapping[str, str] | None, fields: Mapping[str, str] | None
    ) -> AnyPage:
        connection = self._connection
        if page.method == "POST":
            # As the page's own script asks; a lost session then answers 401, not a redirect.
            answer = connection.post(
                connection.address(page.path),
                fields or {},
                referer=connection.address("TuteurEleves/GetNotesEleve"),
                is_script=True,
            )
        else:
            answer = connection.get(connection.address(page.path), query=query)
        landed = connection.follow(answer, lambda target: self._check_redirect(page, target))
        return _read_answer(page, landed)

    def _check_redirect(self, page: type[Page[object]], target: str) -> None:
        base = self._connection.base
        if evidence.is_sign_in_address(base, target):
            raise _SessionGone
        if evidence.is_change_password_address(base, target):
            raise _new_password_demanded()
        if page.method == "POST" and target != self._connection.address(page.path):
            raise PageChanged(
                _("The portal sent the page {path} elsewhere.").format(path=page.path)
            )


def _read_answer(page: type[AnyPage], answer: Answer) -> AnyPage:
    """Return the page that an answer is; raises the error that fits one that is something else."""
    if answer.status == HTTPStatus.UNAUTHORIZED or (
        answer.status == HTTPStatus.METHOD_NOT_ALLOWED and page.method == "POST"
    ):
        raise _SessionGone
    if outage := evidence.outage(answer.status):
        raise outage
    if answer.status == HTTPStatus.OK:
        if not answer.body.strip():
            raise PortalUnavailable(_("The portal sent an empty answer."))
        try:
            return page(answer.html)
        except PageChanged as error:
            raise _better_error(answer) or error from None
    with suppress(PageChanged):  # a sign-in page means a lost session whatever its status
        if b"UserName" in answer.body and evidence.has_sign_in_form(parse_html(answer.html)):
            raise _SessionGone
    if answer.status == HTTPStatus.FORBIDDEN:
        raise PortalUnavailable(
            _("The portal does not allow this account to open {path} (403).").format(
                path=page.path
            ),
            hint=_("Check in a browser whether the page opens there."),
        )
    raise PageChanged(
        _("The portal answered {status} for the page {path}.").format(
            status=answer.status, path=page.path
        )
    )


def _better_error(answer: Answer) -> MassarError | None:
    """Return the error that an answer's content tells; a sign-in page means a lost session."""
    tree = parse_html(answer.html)
    if evidence.asks_captcha(tree):
        return evidence.obstacle(tree)
    if evidence.has_sign_in_form(tree):
        raise _SessionGone
    if evidence.asks_new_password(tree):
        return _new_password_demanded()
    if not evidence.has_layout(tree) and evidence.code_form(tree) is not None:
        return PersonNeeded(
            _("The portal asks for a code before it shows anything."),
            hint=_("Run massar logout, then massar login at a terminal."),
        )
    return evidence.obstacle(tree)


def _new_password_demanded() -> PersonNeeded:
    return PersonNeeded(
        _("The portal demands a new password before it shows anything."),
        hint=_("Change the password in a browser, then run: massar login"),
    )


def _signed_out() -> PortalUnavailable:
    return PortalUnavailable(
        _("The portal accepts the sign-in but forgets it at once."),
        hint=_("Nothing more was tried. Wait a while, then try again."),
    )
