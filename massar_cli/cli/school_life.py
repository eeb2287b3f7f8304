"""Commands for what happens at school besides marks: absences, homework and the other services."""

from typing import Annotated

import typer

from massar_cli.cli.children import show_for_students
from massar_cli.cli.days import coming, is_week, parse_day
from massar_cli.cli.downloads import DownloadOption, download_folder, with_files
from massar_cli.cli.options import Printing, prints_records, prints_subjects
from massar_cli.cli.period import HalfOption, Period, SinceOption, UntilOption, YearOption
from massar_cli.cli.run import Run

PageOption = Annotated[
    str | None,
    typer.Option("--page", metavar="PAGE", help="The menu's page to read: a label, or an address."),
]


@prints_subjects
def absences(
    run: Run,
    printing: Printing,
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
) -> int:
    """Show absences and lateness, with hours and justification as the school entered them.

    Example: massar absences --semester 2 --total
    """
    period = Period(run, year, semester, since, until, whole_year=total)
    from massar_cli.services.absences import get_absences
    from massar_cli.views.absences import absences_view

    return show_for_students(
        run,
        printing,
        lambda session, settings: get_absences(
            session, period.wanted(settings, "absences", page), unjustified=unjustified
        ),
        lambda records, student: absences_view(records, student, total=total),
    )


@prints_subjects
def homework(
    run: Run,
    printing: Printing,
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
) -> int:
    """Show homework: the subject, what is to be done, for when, and the files with it.

    Example: massar homework --due week --download homework
    """
    period = Period(run, year, semester)
    folder = download_folder(download)
    from massar_cli.services.homework import due_on, due_week, get_homework
    from massar_cli.views.homework import homework_view

    today = run.now.date()
    days = None
    if due is not None:
        day = today if is_week(due) else parse_day(due, today, "--due", may_be_week=True)
        days = due_week(today) if is_week(due) else due_on(coming(day, today))
    return show_for_students(
        run,
        printing,
        with_files(
            run,
            printing.whom,
            folder,
            lambda session, settings: get_homework(
                session, period.wanted(settings, "homework", page), due=days
            ),
        ),
        homework_view,
    )


@prints_subjects
def timetable(
    run: Run,
    printing: Printing,
    day: Annotated[
        str | None,
        typer.Option(metavar="today|tomorrow|DAY|DATE", help="Only this day: monday, or a date."),
    ] = None,
    week: Annotated[
        bool, typer.Option("--week", help="Only this week, where the page shows dates.")
    ] = False,
    page: PageOption = None,
) -> int:
    """Show the week's lessons, with teacher and room as far as the page tells them.

    Example: massar timetable --day tomorrow
    """
    today = run.now.date()
    chosen = None if day is None else parse_day(day, today, "--day")
    period = Period(run)
    from massar_cli.services.timetable import get_timetable
    from massar_cli.views.timetable import timetable_view

    return show_for_students(
        run,
        printing,
        lambda session, settings: get_timetable(
            session,
            period.wanted(settings, "timetable", page),
            day=chosen,
            week_of=today if week else None,
        ),
        timetable_view,
    )


@prints_subjects
def exams(
    run: Run,
    printing: Printing,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only from today on.")] = False,
    semester: HalfOption = None,
    year: YearOption = None,
    page: PageOption = None,
) -> int:
    """Show planned tests and exams: the day, the hours, the subject and the room.

    Example: massar exams --upcoming
    """
    period = Period(run, year, semester)
    first = run.now.date() if upcoming else None
    from massar_cli.services.exams import get_exams
    from massar_cli.views.exams import exams_view

    return show_for_students(
        run,
        printing,
        lambda session, settings: get_exams(
            session, period.wanted(settings, "exams", page), upcoming_from=first
        ),
        exams_view,
    )


@prints_records
def messages(
    run: Run,
    printing: Printing,
    unread: Annotated[
        bool, typer.Option("--unread", help="Only those that were not read yet.")
    ] = False,
    download: DownloadOption = None,
    page: PageOption = None,
) -> int:
    """Show messages and announcements; none is opened, so none becomes read.

    Example: massar messages --unread
    """
    period = Period(run)
    folder = download_folder(download)
    from massar_cli.services.messages import get_messages
    from massar_cli.views.messages import messages_view

    return show_for_students(
        run,
        printing,
        with_files(
            run,
            printing.whom,
            folder,
            lambda session, settings: get_messages(
                session, period.wanted(settings, "messages", page), unread=unread
            ),
        ),
        messages_view,
    )


@prints_records
def documents(
    run: Run,
    printing: Printing,
    download: DownloadOption = None,
    page: PageOption = None,
) -> int:
    """Show certificates and other files that the school offers.

    Example: massar documents --download documents
    """
    period = Period(run)
    folder = download_folder(download)
    from massar_cli.services.documents import get_documents
    from massar_cli.views.documents import documents_view

    return show_for_students(
        run,
        printing,
        with_files(
            run,
            printing.whom,
            folder,
            lambda session, settings: get_documents(
                session, period.wanted(settings, "documents", page)
            ),
        ),
        documents_view,
    )


@prints_records
def orientation(
    run: Run,
    printing: Printing,
    page: PageOption = None,
) -> int:
    """Show the wishes of orientation, and what became of them.

    Example: massar orientation
    """
    period = Period(run)
    from massar_cli.services.orientation import get_orientation
    from massar_cli.views.orientation import orientation_view

    return show_for_students(
        run,
        printing,
        lambda session, settings: get_orientation(
            session, period.wanted(settings, "orientation", page)
        ),
        orientation_view,
    )
