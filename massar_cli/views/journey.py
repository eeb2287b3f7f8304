"""The view of the school path."""

import re
from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.reader import in_digits
from massar_cli.records import Student
from massar_cli.student_record import YearOutcome
from massar_cli.view import Cell, Column, Csv, Table, View
from massar_cli.views.names import level_text
from massar_cli.views.values import json_values, student_element

_YEAR = re.compile(r"\d{4}(?:[/-]\d{4})?", re.ASCII)


def journey_view(outcomes: Sequence[YearOutcome], student: Student | None) -> View:
    """Return the school path."""
    columns = ("school_year", "school", "level", "average", "decision")

    def values(outcome: YearOutcome) -> list[Cell]:
        return [getattr(outcome, name) for name in columns]

    return View(
        schema="massar.journey/1",
        elements=lambda: [
            {"student": student_element(student)}
            | dict(zip(columns, json_values(values(outcome)), strict=True))
            for outcome in outcomes
        ],
        csv=lambda: Csv(columns, [values(outcome) for outcome in outcomes]),
        tables=lambda: [
            Table(
                title=(_("School path"),),
                columns=(
                    Column(_("Year")),
                    Column(_("School")),
                    Column(_("Level")),
                    Column(_("Average"), is_number=True),
                    Column(_("Decision")),
                ),
                rows=tuple(map(_row, outcomes)),
            )
        ],
    )


def _row(outcome: YearOutcome) -> tuple[Cell, ...]:
    average = outcome.average_text if outcome.average is None else outcome.average
    year = outcome.school_year
    if _YEAR.fullmatch(year):  # else it is the portal's own text
        year = in_digits(year)
    return year, outcome.school, level_text(outcome.level), average, outcome.decision
