"""Commands that show what the school published: grades, journey, profile."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cli.children import show_for_students
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
from massar_cli.records import Semester, SemesterReport
from massar_cli.settings import Settings

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.portal.session import PortalSession
    from massar_cli.services.result import Result

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
        str | None,
        typer.Option(
            metavar="TEXT",
            help="Only subjects that TEXT is a name of, in any language, or a part: maths, svt.",
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="One row a subject, without the tests.")
    ] = False,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
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
    whom = Whom(child, all_children=all_children)
    half = _parse_semester(semester)
    today = run.now.date()
    wants_all = year is not None and year.strip().lower() == ALL_YEARS
    first_year = None if year is None or wants_all else parse_year(year, today)

    from massar_cli.services import grades as service
    from massar_cli.views.grades import grades_view

    def read(session: "PortalSession", _settings: Settings) -> "Result[SemesterReport]":
        with _progress(run, wants_all) as report:
            if wants_all:
                result = service.get_all_grades(session, semester=half, report=report)
            else:
                result = service.get_grades(session, year=first_year, semester=half, today=today)
        if subject is not None:
            result = service.only_subject(result, subject)
        if target.format == "csv" and not summary and service.have_averages_alone(result.records):
            note = _("There are no tests here; add --summary for the averages.")
            result = replace(result, notes=(*result.notes, note))
        return result

    return show_for_students(
        run,
        target,
        whom,
        read,
        lambda cards, _student: grades_view(cards, summary=summary, of_subject=subject is not None),
    )


def journey(
    ctx: typer.Context,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show every school year with its school, average and decision.

    Example: massar journey --format csv
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    from massar_cli.services.journey import get_journey
    from massar_cli.views.journey import journey_view

    return show_for_students(
        run, target, whom, lambda session, _settings: get_journey(session), journey_view
    )


def profile(
    ctx: typer.Context,
    all_fields: Annotated[
        bool, typer.Option("--all-fields", help="Show the guardian's name and phone too.")
    ] = False,
    child: ChildOption = None,
    all_children: AllChildrenOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    output: OutputOption = None,
    if_changed: IfChangedOption = False,
    excel: ExcelOption = False,
) -> int:
    """Show the student's own data.

    Example: massar profile --json
    """
    run: Run = ctx.obj
    target = Output(format_, as_json=as_json, file=output, excel=excel, if_changed=if_changed)
    whom = Whom(child, all_children=all_children)
    from massar_cli.services.profile import get_profile
    from massar_cli.views.profile import profile_view

    return show_for_students(
        run,
        target,
        whom,
        lambda session, _settings: get_profile(session),
        lambda profiles, student: profile_view(profiles[0], student, all_fields=all_fields),
    )


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
