"""The views of several students as one; the only place that says whose a row or a table is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _
from massar_cli.reader import in_digits
from massar_cli.records import Student
from massar_cli.view import Csv, Table, View

_COLUMNS = ("student_code", "student_name")


class StudentView(NamedTuple):
    """What is shown of one student; `heading` stands above their tables, unless it is None.

    `period` names the years and semesters that the tables are of, where that is known.
    """

    student: Student | None
    heading: str | None
    view: View
    period: tuple[str, ...] = ()


def view_of_students(parts: Sequence[StudentView], *, with_columns: bool) -> View:
    """Return all parts, one student after another; `with_columns` says in CSV whose a row is.

    The elements of JSON say so by themselves.
    """
    return View(
        schema=parts[0].view.schema,
        elements=lambda: [element for part in parts for element in part.view.elements()],
        csv=lambda: _joined_csv(parts, with_columns=with_columns),
        tables=lambda: [
            table for part in parts for table in _headed_tables(part, is_one=len(parts) == 1)
        ],
    )


def _joined_csv(parts: Sequence[StudentView], *, with_columns: bool) -> Csv:
    every = [(part.student, part.view.csv()) for part in parts]
    columns = every[0][1].columns
    if any(csv.columns != columns for _student, csv in every):
        raise UsageProblem(
            _("The children's tables have different columns, which one CSV cannot hold."),
            hint=_("Choose one child with --child, or print another format."),
        )
    if not with_columns:
        return Csv(columns, [row for _student, csv in every for row in csv.rows])
    return Csv(
        (*_COLUMNS, *columns),
        [
            (student.code if student else None, student.name if student else None, *row)
            for student, csv in every
            for row in csv.rows
        ],
    )


def _headed_tables(part: StudentView, *, is_one: bool) -> list[Table]:
    heading = () if part.heading is None else (part.heading,)
    return [
        replace(
            table,
            title=(*heading, *table.title, *map(in_digits, part.period)),
            # Among several students, one of whom there is nothing is named all the same.
            columns=table.columns if is_one or not table.is_empty else (),
        )
        for table in part.view.tables()
    ]
