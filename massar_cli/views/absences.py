"""The views of absences and of their totals."""

from collections.abc import Sequence
from dataclasses import replace

from massar_cli.absence_totals import AbsenceTotal, by_month, by_subject, of_all
from massar_cli.language import translate as _
from massar_cli.reader import in_digits
from massar_cli.records import Student
from massar_cli.school_life import Absence
from massar_cli.subjects import subject_id
from massar_cli.view import Cell, Column, Csv, Table, View
from massar_cli.views.flat import Shown, flat_view, written_day
from massar_cli.views.names import named_subject, subject_text

_FIELDS = (
    *("date", "until", "subject", "subject_id", "session"),
    *("hours", "justified", "reason", "semester"),
)
_TOTAL_FIELDS = (
    *("by", "name", "count", "hours", "without_hours"),
    *("unjustified", "unjustified_hours", "unjustified_without_hours"),
)
_COUNTS = (0, 3)
"""The places of the numbers that are told even where they are 0: all absences, and unjustified."""


def absences_view(absences: Sequence[Absence], student: Student | None, *, total: bool) -> View:
    """Return absences; `total` puts totals in the place of rows in CSV and tables, not in JSON."""
    view = flat_view(
        "massar.absences/1",
        _("Absences"),
        absences,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Date"), _dates),
            Shown(_("Subject"), subject_text),
            Shown(_("When"), "session"),
            Shown(_("Hours"), "hours", is_number=True),
            Shown(_("Justified"), "justified"),
            Shown(_("Reason"), "reason", is_extra=True),
        ),
    )
    if not total:
        return view
    return replace(view, csv=lambda: _totals_csv(absences), tables=lambda: _tables(absences))


def _dates(absence: Absence) -> str | None:
    days = [written_day(day) for day in (absence.date, absence.until) if day is not None]
    return " – ".join(days) or None


def _totals_csv(absences: Sequence[Absence]) -> Csv:
    groups = (
        ("month", by_month(absences)),
        ("subject", by_subject(absences)),
        ("all", (of_all(absences),)),
    )
    return Csv(
        _TOTAL_FIELDS,
        [(name, total.name, *_numbers(total)) for name, totals in groups for total in totals],
    )


def _numbers(total: AbsenceTotal) -> tuple[Cell, ...]:
    return tuple(
        number
        for one in (total.all, total.unjustified)
        for number in (one.count, one.hours, one.without_hours)
    )


def _tables(absences: Sequence[Absence]) -> list[Table]:
    everything = of_all(absences)
    return [
        _table(_("Month"), list(map(_of_month, by_month(absences))), everything, _("No date")),
        _table(
            _("Subject"), list(map(_of_subject, by_subject(absences))), everything, _("No subject")
        ),
    ]


def _of_month(total: AbsenceTotal) -> AbsenceTotal:
    """Return the totals of a month under its name for people: `03/2027`."""
    if total.name is None:
        return total
    return replace(total, name=in_digits("/".join(reversed(total.name.split("-")))))


def _of_subject(total: AbsenceTotal) -> AbsenceTotal:
    """Return the totals of a subject under its name for the reader."""
    return replace(total, name=named_subject(total.name, subject_id(total.name or "")))


def _table(
    heading: str, totals: Sequence[AbsenceTotal], everything: AbsenceTotal, nameless: str
) -> Table:
    numbers = (
        *(_("Absences"), _("Hours"), _("Without hours")),
        *(_("Unjustified"), _("Unjustified hours"), _("Unjustified without hours")),
    )
    told = [
        place for place, number in enumerate(_numbers(everything)) if number or place in _COUNTS
    ]
    return Table(
        title=(_("Absences"), heading),
        columns=(
            Column(heading),
            *(Column(numbers[place], is_number=True, decimals=None) for place in told),
        ),
        rows=tuple(
            (name, *(_numbers(total)[place] for place in told))
            for name, total in (
                *((total.name or nameless, total) for total in totals),
                (_("Total"), everything),
            )
        ),
    )
