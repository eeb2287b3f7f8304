"""Steps that look at one account: what protects it, the sign-in, and each page that is known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from massar_cli.checks.checklist import Finding, failed, ok, warning
from massar_cli.errors import HeldBack, MassarError, PortalUnavailable
from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.protection import AccountProtection, clock_time
from massar_cli.school_calendar import school_year_of, semester_of
from massar_cli.services.access import check_access
from massar_cli.services.grades import get_grades
from massar_cli.services.journey import get_journey
from massar_cli.services.profile import get_profile

PAGES = ("page-years", "page-report-card", "page-school-path", "page-profile")


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
    today: Callable[[], date]
    was_asked_for_password: Callable[[], bool]
    _outage: PortalUnavailable | None = None
    _years: Finding | None = None
    _was_answered: bool = False

    @property
    def outage(self) -> PortalUnavailable | None:
        """The outage that no page was answered for, None where the portal answered."""
        return None if self._was_answered else self._outage

    def find_sign_in(self) -> Finding:
        """Say whether there is a session: the kept one, else a new one."""
        if not self.session.is_kept:
            self._noting(self.session.sign_in)
            return ok(_("signed in with the password"))
        # Whether the kept one is still good is told by the first page.
        try:
            self._years = self._open("page-years")
        except MassarError as error:
            if self.was_asked_for_password() and not self.session.has_signed_in:
                raise
            self._years = failed(error)
        if self.session.has_signed_in:
            return ok(_("the kept session had ended; signed in with the password"))
        return ok(_("the kept session was used; no password was sent"))

    def find_page(self, name: str) -> Finding:
        """Say whether a page is as known."""
        if name == "page-years" and self._years is not None:
            return self._years
        return self._open(name)

    def _open(self, name: str) -> Finding:
        read = {
            "page-years": self._read_years,
            "page-report-card": self._read_report_card,
            "page-school-path": self._read_school_path,
            "page-profile": self._read_profile,
        }[name]
        try:
            self._noting(read)
        except PortalUnavailable:
            raise
        except MassarError:
            self._was_answered = True
            raise
        self._was_answered = True
        return ok(_("as known"))

    def _noting(self, ask: Callable[[], object]) -> None:
        try:
            ask()
        except PortalUnavailable as error:
            self._outage = error
            raise

    def _read_years(self) -> None:
        check_access(self.session)

    def _read_report_card(self) -> None:
        today = self.today()
        get_grades(
            self.session,
            year=school_year_of(today),
            semester=1 if semester_of(today) == 1 else 2,
            today=today,
        )

    def _read_school_path(self) -> None:
        get_journey(self.session)

    def _read_profile(self) -> None:
        get_profile(self.session)
