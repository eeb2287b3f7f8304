"""Commands that show what the school published: grades, journey, profile."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from massar_cli.cli.options import (
    ExcelOption,
    FormatOption,
    IfChangedOption,
    JsonOption,
    Output,
    OutputOption,
)
from massar_cli.cli.run import Run
from massar_cli.errors import PARTLY_DONE, UsageProblem
from massar_cli.language import translate as _
from massar_cli.records import Semester

_SEMESTERS: dict[str, Semester] = {"1": 1, "2": 2, "year": "year"}


def grades(
    ctx: typer.Context,
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="School year: 2025/2026, 2025, or all.")
    ] = None,
    semester: Annotated[
        str | None, typer.Option(metavar="1|2|year", help="Semester, or the annual average.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only subjects whose name or id holds TEXT.")
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="One row a subject, without the tests.")
    ] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show report cards: of the semester under way, or of any year.

    Example: massar grades --year 2025/2026 --semester 1
    """
    from massar_cli.school_calendar import ALL_YEARS, parse_year

    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    half = _parse_semester(semester)
    today = run.now.date()
    wants_all = year is not None and year.strip().lower() == ALL_YEARS
    first_year = None if year is None or wants_all else parse_year(year, today)

    from massar_cli import services, views

    with run.open_session() as session, _progress(run, wants_all) as report:
        if wants_all:
            result = services.get_all_grades(session, semester=half, report=report)
        else:
            result = services.get_grades(session, year=first_year, semester=half, today=today)
    if subject is not None:
        result = services.only_subject(result, subject)
    run.tell(result.notes)
    if target.format == "csv" and not summary and services.have_averages_alone(result.records):
        run.say(_("There are no tests here; add --summary for the averages."))
    run.print_records(views.grades_view(result.records, summary=summary), target, result.errors)
    return PARTLY_DONE if result.errors else 0


def journey(
    ctx: typer.Context,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> None:
    """Show every school year with its school, average and decision.

    Example: massar journey --format csv
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    from massar_cli import services, views

    with run.open_session() as session:
        result = services.get_journey(session)
        student = session.student
    run.tell(result.notes)
    run.print_records(views.journey_view(result.records, student), target)


def profile(
    ctx: typer.Context,
    all_fields: Annotated[
        bool, typer.Option("--all-fields", help="Show the guardian's name and phone too.")
    ] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> None:
    """Show the student's own data.

    Example: massar profile --json
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    from massar_cli import services, views

    with run.open_session() as session:
        result = services.get_profile(session)
        student = session.student
    view = views.profile_view(result.records[0], student, all_fields=all_fields)
    run.print_records(view, target)


def _parse_semester(text: str | None) -> Semester | None:
    if text is None:
        return None
    semester = _SEMESTERS.get(text.strip().lower())
    if semester is None:
        raise UsageProblem(
            _("{text} is not a semester.").format(text=repr(text)[:40]),
            hint=_("Give 1 or 2, or year for the annual average."),
        )
    return semester


@contextmanager
def _progress(run: Run, is_long: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal's standard error while many pages are read."""
    if not is_long or run.options.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn(_("Report cards")), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
