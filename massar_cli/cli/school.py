"""Commands that show what the school published: grades, journey, profile."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cli.children import show_for_students
from massar_cli.cli.direction import on_one_line
from massar_cli.cli.options import Printing, prints_records, prints_subjects
from massar_cli.cli.period import YearOption, parse_year_or_all
from massar_cli.cli.run import Run
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _
from massar_cli.records import Semester, SemesterReport
from massar_cli.settings import Settings

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.portal.session import PortalSession
    from massar_cli.services.result import Result

_SEMESTERS: dict[str, Semester] = {"1": 1, "2": 2, "year": "year"}


@prints_subjects
def grades(
    run: Run,
    printing: Printing,
    year: YearOption = None,
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
) -> int:
    """Show report cards: of the semester under way, or of any year.

    Example: massar grades --year 2025/2026 --semester 1
    """
    half = _parse_semester(semester)
    today = run.now.date()
    wanted_year = parse_year_or_all(year, today)

    from massar_cli.services import grades as service
    from massar_cli.views.grades import grades_view

    def read(session: "PortalSession", _settings: Settings) -> "Result[SemesterReport]":
        with _progress(run, wanted_year == "all") as report:
            if wanted_year == "all":
                result = service.get_all_grades(session, semester=half, report=report)
            else:
                result = service.get_grades(session, year=wanted_year, semester=half, today=today)
        if subject is not None:
            result = service.only_subject(result, subject)
        if (
            printing.output.format == "csv"
            and not summary
            and service.have_averages_alone(result.records)
        ):
            note = _("There are no tests here; add --summary for the averages.")
            result = result._replace(notes=(*result.notes, note))
        return result

    return show_for_students(
        run,
        printing,
        read,
        lambda cards, _student: grades_view(cards, summary=summary, of_subject=subject is not None),
    )


@prints_subjects
def journey(
    run: Run,
    printing: Printing,
) -> int:
    """Show every school year with its school, average and decision.

    Example: massar journey --format csv
    """
    from massar_cli.services.journey import get_journey
    from massar_cli.views.journey import journey_view

    return show_for_students(
        run, printing, lambda session, _settings: get_journey(session), journey_view
    )


@prints_records
def profile(
    run: Run,
    printing: Printing,
    all_fields: Annotated[
        bool, typer.Option("--all-fields", help="Show the guardian's name and phone too.")
    ] = False,
) -> int:
    """Show the student's own data.

    Example: massar profile --json
    """
    from massar_cli.services.profile import get_profile
    from massar_cli.views.profile import profile_view

    return show_for_students(
        run,
        printing,
        lambda session, _settings: get_profile(session),
        lambda profiles, student: profile_view(profiles[0], student, all_fields=all_fields),
    )


def _parse_semester(text: str | None) -> Semester | None:
    if text is None:
        return None
    semester = _SEMESTERS.get(text.strip().lower())
    if semester is None:
        raise UsageProblem(
            _('"{text}" is not a semester.').format(text=text[:40]),
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

    label = on_one_line(_("Report cards"))
    columns = TextColumn(label), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
