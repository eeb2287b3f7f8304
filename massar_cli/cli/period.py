"""The options that say which days a command is about, and what they mean."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from massar_cli.cli.days import parse_date
from massar_cli.cli.run import Run
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import Settings

if TYPE_CHECKING:
    # Loads the portal's pages, which the help does without.
    from massar_cli.services.wanted import Wanted

YearOption = Annotated[
    str | None, typer.Option(metavar="YEAR", help="School year: 2025/2026, 2025, or all.")
]
HalfOption = Annotated[
    str | None, typer.Option(metavar="1|2", help="Only this semester, of any year.")
]
SinceOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only from this day on: 2027-03-15.")
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only up to this day: 2027-03-15.")
]


class Period:
    """The days that the options ask for; raises UsageProblem before anything is asked for."""

    def __init__(
        self,
        run: Run,
        year: str | None = None,
        semester: str | None = None,
        since: str | None = None,
        until: str | None = None,
        *,
        whole_year: bool = False,
    ) -> None:
        self._year = parse_year_or_all(year, run.now.date())
        self._semester = _parse_half(semester)
        self._since = _parse_day(since, "--since")
        self._until = _parse_day(until, "--until")
        if self._since and self._until and self._since > self._until:
            raise UsageProblem(_("--since is later than --until."))
        self._whole_year = whole_year

    def wanted(self, settings: Settings, kind: str, page: str | None) -> "Wanted":
        """Return what is asked for, of `page` or the page that the settings choose for its kind."""
        from massar_cli.services.wanted import Wanted

        return Wanted(
            page=settings.pages.get(kind) if page is None else page,
            year=self._year,
            semester=self._semester,
            since=self._since,
            until=self._until,
            whole_year=self._whole_year,
            semester_end=settings.semester_end,
        )


def parse_year_or_all(text: str | None, today: date) -> int | Literal["all"] | None:
    """Return what `--year` asks for, a year as the first of its two."""
    from massar_cli.school_calendar import ALL_YEARS, parse_year

    if text is None:
        return None
    return "all" if text.strip().lower() == ALL_YEARS else parse_year(text, today)


def _parse_half(text: str | None) -> Literal[1, 2] | None:
    if text is None:
        return None
    halves: dict[str, Literal[1, 2]] = {"1": 1, "2": 2}
    half = halves.get(text.strip())
    if half is None:
        raise UsageProblem(
            _('"{text}" is not a semester.').format(text=text[:40]), hint=_("Give 1 or 2.")
        )
    return half


def _parse_day(text: str | None, option: str) -> date | None:
    return None if text is None else parse_date(text, option)
