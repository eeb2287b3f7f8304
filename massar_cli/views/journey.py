"""The view of the school path."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student, YearOutcome
from massar_cli.view import Cell, Column, Csv, Table, View
from massar_cli.views.values import json_values, student_element


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
                rows=tuple(
                    (o.school_year, o.school, o.level, o.average_text, o.decision)
                    if o.average is None
                    else tuple(values(o))
                    for o in outcomes
                ),
            )
        ],
    )
