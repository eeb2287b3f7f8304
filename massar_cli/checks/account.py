"""Steps that look at one account: what protects it, the sign-in, and each page that is known."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from massar_cli.checks.checklist import Finding, NotTried, failed, ok, warning
from massar_cli.checks.menu_pages import MENU_PAGES, find_menu_page
from massar_cli.errors import HeldBack, MassarError, PortalUnavailable, UsageProblem
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.protection import AccountProtection, clock_time
from massar_cli.school_calendar import school_year_of, semester_of
from massar_cli.services.access import check_access
from massar_cli.services.children import choose_one
from massar_cli.services.grades import get_grades
from massar_cli.services.journey import get_journey
from massar_cli.services.profile import get_profile
from massar_cli.settings import Settings

FIRST_PAGE = "page-years"
PAGES = ("page-report-card", "page-school-path", *MENU_PAGES, "page-profile")
ALL_STEPS = (FIRST_PAGE, "children", *PAGES)
_MOST_SILENT = 2
Value = TypeVar("Value")


def find_outages(protection: AccountProtection, *, asks_now: bool) -> Finding:
    """Say whether the portal is left alone after runs that failed; `asks_now` goes on anyway."""
    count = protection.state.outages
    try:
        protection.check_outages()
    except HeldBack as held:
        if asks_now:
            return warning(held.message, _("--now asks it all the same."))
        return failed(held)
    if not count:
        return ok(_("none is remembered"))
    return ok(_("in a row: {count}; the next one may ask the portal").format(count=count))


def find_refused(protection: AccountProtection, password: str | None) -> Finding:
    """Say whether a refused password is remembered, and whether it is the one at hand."""
    state = protection.state
    if not state.refused:
        return ok(_("none is remembered"))
    if password is not None:
        protection.check_password(password)
        return ok(_("one is remembered, and it is another than yours"))
    return warning(
        _("one is remembered since {time}, and is not sent again").format(
            time=clock_time(state.refused_at or 0)
        ),
        _(
            "Another password is sent all the same. If that one is right after all: "
            "massar forget --code CODE"
        ),
    )


def find_budget(protection: AccountProtection) -> Finding:
    """Say how many sign-ins the last 24 hours saw."""
    protection.check_budget()
    accepted, not_accepted = protection.sign_ins
    limits = protection.limits
    return ok(
        _("in 24 hours: {count} of {most}; failed: {failed} of {most_failed}").format(
            count=accepted, most=limits.accepted, failed=not_accepted, most_failed=limits.failed
        )
    )


@dataclass(kw_only=True)
class Visit:
    """The account's own pages. The session asks for a password only where one has to be sent."""

    session: PortalSession
    settings: Settings
    today: Callable[[], date]
    was_asked_for_password: Callable[[], bool]
    _of_child: dict[str, Finding | Exception] = field(default_factory=dict)
    """What each page of the chosen child came to; they are read together, and checked then."""
    _outage: PortalUnavailable | None = None
    _years: Finding | None = None
    _was_answered: bool = False
    _silent: list[str] = field(default_factory=list)

    @property
    def outage(self) -> PortalUnavailable | None:
        """The outage that no page was answered for, None where the portal answered."""
        return None if self._was_answered else self._outage

    @property
    def given_up_at(self) -> tuple[str, ...]:
        """The page after which the menu's are left alone: the last of several with no answer."""
        return tuple(self._silent[-1:]) if len(self._silent) >= _MOST_SILENT else ()

    @property
    def has_children(self) -> bool:
        """Whether one of several children has to be chosen."""
        return len(self.session.children) > 1

    def find_sign_in(self) -> Finding:
        """Say whether there is a session: the kept one, else a new one."""
        if not self.session.is_kept:
            self._noting(self.session.sign_in)
            return ok(_("signed in with the password"))
        # Whether the kept one is still good is told by the first page.
        try:
            self._years = self._open("page-years", self._read_years)
        except MassarError as error:
            if self.was_asked_for_password() and not self.session.has_signed_in:
                raise
            self._years = failed(error)
        if self.session.has_signed_in:
            return ok(_("the kept session had ended; signed in with the password"))
        return ok(_("the kept session was used; no password was sent"))

    def find_children(self) -> Finding:
        """Say how many children the account shows; how they are called is nobody's business."""
        self._noting(self.session.landing)
        if not self.has_children:
            return ok(_("the account shows one student"))
        return ok(_("the account shows {count} children").format(count=len(self.session.children)))

    def choose_child(self) -> Finding:
        """Read the pages of the child of the settings, else the first; they are told of later."""
        children, usual = self.session.children, self.settings.child
        try:
            child = choose_one(
                self.session, self.settings.nicknames, None, usual or children[0].code
            )
        except UsageProblem:  # which would name them
            raise UsageProblem(
                _("The child that the settings name is none of this account, or not the only one."),
                hint=_("Correct child in the settings; massar children lists whom there is."),
            ) from None
        if child is not None:
            self._noting(lambda: self.session.read_of(child, self._read_pages))
        if usual is None:
            return ok(_("the first, as the settings name none"))
        return ok(_("the one that the settings name"))

    def _read_pages(self) -> None:
        self._of_child.clear()
        for name in PAGES:
            if name in MENU_PAGES and self.given_up_at:
                continue
            try:
                self._of_child[name] = self.find_page(name)
            except (MassarError, NotTried) as error:
                self._of_child[name] = error

    def needed_by(self, name: str) -> tuple[str, ...]:
        """Return the steps without which a page is not opened."""
        if name in self._of_child:
            return ("child",)
        of_the_menu = ("children", *self.given_up_at) if name in MENU_PAGES else ()
        return ("sign-in", *(("child",) if self.has_children else ()), *of_the_menu)

    def find_page(self, name: str) -> Finding:
        """Say whether a page is as known."""
        read_before = self._of_child.get(name)
        if isinstance(read_before, Finding):
            return read_before
        if read_before is not None:
            raise read_before
        if name == "page-years" and self._years is not None:
            return self._years
        if (kind := MENU_PAGES.get(name)) is not None:
            chosen = self.settings.pages.get(kind.value)
            return self._open(name, lambda: find_menu_page(self.session, kind, chosen))
        read = {
            "page-years": self._read_years,
            "page-report-card": self._read_report_card,
            "page-school-path": self._read_school_path,
            "page-profile": self._read_profile,
        }[name]
        return self._open(name, read)

    def _open(self, name: str, read: Callable[[], Finding]) -> Finding:
        try:
            finding = self._noting(read)
        except PortalUnavailable:
            self._silent.append(name)
            raise
        except MassarError:
            self._note_answer()
            raise
        self._note_answer()
        return finding

    def _note_answer(self) -> None:
        self._was_answered = True
        self._silent.clear()

    def _noting(self, ask: Callable[[], Value]) -> Value:
        try:
            return ask()
        except PortalUnavailable as error:
            self._outage = error
            raise

    def _read_years(self) -> Finding:
        check_access(self.session)
        return ok(_("as known"))

    def _read_report_card(self) -> Finding:
        today = self.today()
        get_grades(
            self.session,
            year=school_year_of(today),
            semester=1 if semester_of(today) == 1 else 2,
            today=today,
        )
        return ok(_("as known"))

    def _read_school_path(self) -> Finding:
        get_journey(self.session)
        return ok(_("as known"))

    def _read_profile(self) -> Finding:
        get_profile(self.session)
        return ok(_("as known"))
