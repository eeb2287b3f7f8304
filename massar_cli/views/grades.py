"""The view of report cards."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from massar_cli.language import translate as _
from massar_cli.reader import in_digits
from massar_cli.records import (
    Assessment,
    AssessmentKind,
    GradeStatus,
    SemesterReport,
    SubjectResult,
)
from massar_cli.school_calendar import semester_name
from massar_cli.view import Cell, Column, Csv, Table, View
from massar_cli.views.names import component_text, level_text, subject_text
from massar_cli.views.values import json_number, student_element

_RESULT_FIELDS = (
    *("coefficient", "continuous", "exam"),
    *("class_max", "class_average", "class_min"),
)
_TABLE_FIELDS = (
    *("continuous", "exam", "coefficient"),
    *("class_max", "class_average", "class_min"),
)
ColumnKey = tuple[AssessmentKind, int, str]
"""What makes assessments of different subjects one column of a table."""


def grades_view(
    reports: Sequence[SemesterReport], *, summary: bool, of_subject: bool = False
) -> View:
    """Return report cards; `summary` leaves the tests out of CSV and tables, never out of JSON.

    With `of_subject` a table without a subject is one on which none was found.
    """
    return View(
        schema="massar.grades/1",
        elements=lambda: [_card_element(report) for report in reports],
        csv=lambda: _summary_csv(reports) if summary else _assessments_csv(reports),
        tables=lambda: [_card_table(report, summary, of_subject) for report in reports],
    )


def _card_element(report: SemesterReport) -> dict[str, Any]:
    card = report.card
    return {
        "student": student_element(report.student),
        "school_year": report.school_year,
        "semester": report.semester,
        "school": card.school,
        "level": card.level,
        "class": card.school_class,
        "class_size": card.class_size,
        "out_of": card.out_of,
        "average": json_number(card.average),
        "exam_average": json_number(card.exam_average),
        "subjects": [_subject_element(subject) for subject in card.subjects],
    }


def _subject_element(result: SubjectResult) -> dict[str, Any]:
    return {
        "subject": result.subject,
        "subject_id": result.subject_id,
        "component": result.component,
        **{field: json_number(getattr(result, field)) for field in _RESULT_FIELDS},
        "assessments": [
            {
                "name": a.name,
                "number": a.number,
                "kind": a.kind.value,
                "grade": json_number(a.grade),
                "status": a.status.value,
                "raw": a.raw,
            }
            for a in result.assessments
        ],
    }


def _assessments_csv(reports: Sequence[SemesterReport]) -> Csv:
    columns = (
        *("school_year", "semester", "subject", "component"),
        *("assessment", "number", "grade", "status", "raw"),
    )
    return Csv(
        columns,
        [
            (*_row_name(report, result), a.name, a.number, a.grade, a.status.value, a.raw)
            for report in reports
            for result in report.card.subjects
            for a in result.assessments
            if a.status is not GradeStatus.NONE
        ],
    )


def _summary_csv(reports: Sequence[SemesterReport]) -> Csv:
    columns = ("school_year", "semester", "subject", "component", *_RESULT_FIELDS)
    return Csv(
        columns,
        [
            (*_row_name(report, result), *(getattr(result, field) for field in _RESULT_FIELDS))
            for report in reports
            for result in report.card.subjects
        ],
    )


def _row_name(report: SemesterReport, result: SubjectResult) -> tuple[Cell, ...]:
    return report.school_year, report.semester, result.subject, result.component


def _card_table(report: SemesterReport, summary: bool, of_subject: bool) -> Table:
    card = report.card
    keys = [] if summary else _assessment_columns(card.subjects)
    has_components = any(result.component for result in card.subjects)
    is_without = of_subject and not card.subjects  # averages would answer another question
    title = (card.school, level_text(card.level), card.school_class, in_digits(report.school_year))
    return Table(
        title=(*filter(None, title), semester_name(report.semester)),
        columns=tuple(_card_columns(keys, has_components, summary)),
        rows=tuple(tuple(_card_row(result, keys, has_components)) for result in card.subjects),
        footer=() if is_without else (*_card_averages(report), *card.remarks),
    )


def _card_columns(
    keys: Iterable[ColumnKey], has_components: bool, summary: bool
) -> Iterator[Column]:
    yield Column(_("Subject"))
    if has_components:
        yield Column(_("Component"))
    for key in keys:
        yield Column(_assessment_heading(key), is_number=True)
    yield Column(_("Continuous"), is_number=True)
    yield Column(_("Exam"), is_number=True)
    yield Column(_("Coef."), is_number=True, is_extra=not summary, decimals=None)
    for heading in (_("Class max"), _("Class mean"), _("Class min")):
        yield Column(heading, is_number=True, is_extra=not summary)


def _card_row(
    result: SubjectResult, keys: Iterable[ColumnKey], has_components: bool
) -> Iterator[Cell]:
    """Yield the cells of one subject, in the order of `_card_columns`."""
    yield subject_text(result)
    if has_components:
        yield component_text(result.component)
    for key in keys:
        yield _joint_cell([a for a in result.assessments if _column_key(a) == key])
    for field in _TABLE_FIELDS:
        value = getattr(result, field)
        texts = [a for a in result.assessments if a.field == field]
        yield _joint_cell(texts) if value is None else value


def _card_averages(report: SemesterReport) -> Iterator[tuple[str, Cell]]:
    is_annual = report.semester == "year"
    if report.card.average is not None:
        yield _("Annual average") if is_annual else _("Semester average"), report.card.average
    if report.card.exam_average is not None:
        yield _("Exam average"), report.card.exam_average


def _assessment_columns(subjects: Iterable[SubjectResult]) -> list[ColumnKey]:
    """Return the columns that hold anything: tests by number, activities, then the others."""
    keys = {
        _column_key(a): None
        for result in subjects
        for a in result.assessments
        if a.status is not GradeStatus.NONE and a.field is None
    }
    order = list(AssessmentKind)
    return sorted(keys, key=lambda key: (order.index(key[0]), key[1]))


def _column_key(a: Assessment) -> ColumnKey:
    return a.kind, a.number or 0, a.name if a.kind is AssessmentKind.OTHER else ""


def _assessment_heading(key: ColumnKey) -> str:
    kind, number, name = key
    if kind is AssessmentKind.TEST:
        return _("Test {number}").format(number=in_digits(str(number)))
    return _("Activities") if kind is AssessmentKind.ACTIVITIES else name


def _joint_cell(assessments: Sequence[Assessment]) -> Cell:
    """Return the one cell of what stands in one column; two marks for one column are both told."""
    given = [a for a in assessments if a.status is not GradeStatus.NONE]
    if len(given) > 1:
        return " / ".join(a.raw for a in given)
    words = {GradeStatus.ABSENT: _("absent"), GradeStatus.EXEMPT: _("exempt")}
    return next(
        (a.grade if a.grade is not None else words.get(a.status, a.raw) for a in given), None
    )
