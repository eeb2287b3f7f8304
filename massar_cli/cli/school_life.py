"""Commands for what happens at school besides marks: absences, homework and the other services."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from massar_cli.cli.children import show_for_students
from massar_cli.cli.days import coming, is_week, parse_date, parse_day
from massar_cli.cli.downloads import download_folder, with_files
from massar_cli.cli.options import (
    AllChildrenOption,
    ChildOption,
    ExcelOption,
    FormatOption,
    IfChangedOption,
    JsonOption,
    Output,
    OutputOption,
    Whom,
)
from massar_cli.cli.run import Run
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import Settings

if TYPE_CHECKING:
    # Loads the portal's pages, which the help does without.
    from massar_cli.services.wanted import Wanted

PageOption = Annotated[
    str | None,
    typer.Option("--page", metavar="PAGE", help="The menu's page to read: a label, or an address."),
]
YearOption = Annotated[
    str | None, typer.Option(metavar="YEAR", help="School year: 2025/2026, 2025, or all.")
]
HalfOption = Annotated[
    str | None, typer.Option(metavar="1|2", help="Only this semester, of any year.")
]
DownloadOption = Annotated[
    str | None,
    typer.Option(
        "--download",
        metavar="DIR",
        help="Save the files into DIR, which is made if missing; no file is ever replaced.",
    ),
]
SinceOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only from this day on: 2027-03-15.")
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only up to this day: 2027-03-15.")
]


def absences(
    ctx: typer.Context,
    semester: HalfOption = None,
    year: YearOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    unjustified: Annotated[
        bool, typer.Option("--unjustified", help="Only those that the school calls unjustified.")
    ] = False,
    total: Annotated[
        bool, typer.Option("--total", help="Totals by month and by subject, not each absence.")
    ] = False,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show absences and lateness, with hours and justification as the school entered them.

    Example: massar absences --semester 2 --total
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    period = _Period(run, year, semester, since, until, whole_year=total)
    from massar_cli.services.absences import get_absences
    from massar_cli.views.absences import absences_view

    return show_for_students(
        run,
        target,
        whom,
        lambda session, settings: get_absences(
            session, period.wanted(settings, "absences", page), unjustified=unjustified
        ),
        lambda records, student: absences_view(records, student, total=total),
    )


def homework(
    ctx: typer.Context,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="today|tomorrow|week|DAY|DATE",
            help="Only work due then: the next monday, a date; week is seven days.",
        ),
    ] = None,
    semester: HalfOption = None,
    year: YearOption = None,
    download: DownloadOption = None,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show homework: the subject, what is to be done, for when, and the files with it.

    Example: massar homework --due week --download homework
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    period = _Period(run, year, semester)
    folder = None if download is None else download_folder(download)
    from massar_cli.services.homework import due_on, due_week, get_homework
    from massar_cli.views.homework import homework_view

    today = run.now.date()
    days = None
    if due is not None:
        day = today if is_week(due) else parse_day(due, today, "--due", may_be_week=True)
        days = due_week(today) if is_week(due) else due_on(coming(day, today))
    return show_for_students(
        run,
        target,
        whom,
        with_files(
            run,
            whom,
            folder,
            lambda session, settings: get_homework(
                session, period.wanted(settings, "homework", page), due=days
            ),
        ),
        homework_view,
    )


def timetable(
    ctx: typer.Context,
    day: Annotated[
        str | None,
        typer.Option(metavar="today|tomorrow|DAY|DATE", help="Only this day: monday, or a date."),
    ] = None,
    week: Annotated[
        bool, typer.Option("--week", help="Only this week, where the page shows dates.")
    ] = False,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show the week's lessons, with teacher and room as far as the page tells them.

    Example: massar timetable --day tomorrow
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    today = run.now.date()
    chosen = None if day is None else parse_day(day, today, "--day")
    period = _Period(run)
    from massar_cli.services.timetable import get_timetable
    from massar_cli.views.timetable import timetable_view

    return show_for_students(
        run,
        target,
        whom,
        lambda session, settings: get_timetable(
            session,
            period.wanted(settings, "timetable", page),
            day=chosen,
            week_of=today if week else None,
        ),
        timetable_view,
    )


def exams(
    ctx: typer.Context,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only from today on.")] = False,
    semester: HalfOption = None,
    year: YearOption = None,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show planned tests and exams: the day, the hours, the subject and the room.

    Example: massar exams --upcoming
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    period = _Period(run, year, semester)
    first = run.now.date() if upcoming else None
    from massar_cli.services.exams import get_exams
    from massar_cli.views.exams import exams_view

    return show_for_students(
        run,
        target,
        whom,
        lambda session, settings: get_exams(
            session, period.wanted(settings, "exams", page), upcoming_from=first
        ),
        exams_view,
    )


def messages(
    ctx: typer.Context,
    unread: Annotated[
        bool, typer.Option("--unread", help="Only those that were not read yet.")
    ] = False,
    download: DownloadOption = None,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show messages and announcements; none is opened, so none becomes read.

    Example: massar messages --unread
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    period = _Period(run)
    folder = None if download is None else download_folder(download)
    from massar_cli.services.messages import get_messages
    from massar_cli.views.messages import messages_view

    return show_for_students(
        run,
        target,
        whom,
        with_files(
            run,
            whom,
            folder,
            lambda session, settings: get_messages(
                session, period.wanted(settings, "messages", page), unread=unread
            ),
        ),
        messages_view,
    )


def documents(
    ctx: typer.Context,
    download: DownloadOption = None,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show certificates and other files that the school offers.

    Example: massar documents --download documents
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    period = _Period(run)
    folder = None if download is None else download_folder(download)
    from massar_cli.services.documents import get_documents
    from massar_cli.views.documents import documents_view

    return show_for_students(
        run,
        target,
        whom,
        with_files(
            run,
            whom,
            folder,
            lambda session, settings: get_documents(
                session, period.wanted(settings, "documents", page)
            ),
        ),
        documents_view,
    )


def orientation(
    ctx: typer.Context,
    page: PageOption = None,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show the wishes of orientation, and what became of them.

    Example: massar orientation
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    period = _Period(run)
    from massar_cli.services.orientation import get_orientation
    from massar_cli.views.orientation import orientation_view

    return show_for_students(
        run,
        target,
        whom,
        lambda session, settings: get_orientation(
            session, period.wanted(settings, "orientation", page)
        ),
        orientation_view,
    )


class _Period:
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
        from massar_cli.school_calendar import ALL_YEARS, parse_year

        self._year: int | Literal["all"] | None = None
        if year is not None:
            wants_all = year.strip().lower() == ALL_YEARS
            self._year = "all" if wants_all else parse_year(year, run.now.date())
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


def _parse_half(text: str | None) -> Literal[1, 2] | None:
    if text is None:
        return None
    halves: dict[str, Literal[1, 2]] = {"1": 1, "2": 2}
    half = halves.get(text.strip())
    if half is None:
        raise UsageProblem(
            _("{text} is not a semester.").format(text=repr(text)[:40]), hint=_("Give 1 or 2.")
        )
    return half


def _parse_day(text: str | None, option: str) -> date | None:
    return None if text is None else parse_date(text, option)
