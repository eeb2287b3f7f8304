"""The report card of one semester: the fragment that the marks page loads."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from massar_cli.convert import to_count, to_decimal, to_grade
from massar_cli.folding import fold
from massar_cli.language import translate as _
from massar_cli.levels import out_of
from massar_cli.portal.headings import COMPONENT, OTHER, SUBJECT, continuous_column, exam_columns
from massar_cli.portal.page import Page, definitions, text_of
from massar_cli.portal.table import Table, read_table
from massar_cli.records import Assessment, AssessmentKind, ReportCard, SubjectResult
from massar_cli.subjects import subject_id

_DETAILS = {
    "school": ("المؤسسة", "Etablissement"),
    "level": ("المستوى", "المستوى الدراسي", "Niveau"),
    "class": ("القسم", "الفصل", "Classe"),
    "class size": ("عدد التلاميذ", "Nombre éléves", "Nombre d'élèves"),
}
_DETAIL_OF = {fold(text): name for name, texts in _DETAILS.items() for text in texts}
_AVERAGES = {
    "average": ("معدل الدورة", "Moyenne session", "المعدل السنوي", "Moyenne annuelle"),
    "exam average": ("معدل الإمتحان", "Note examen"),
}
_AVERAGE_OF = {fold(text): name for name, texts in _AVERAGES.items() for text in texts}
_KNOWN_TABLES = "#tab_cc table, #tab_notes_exam table, #tab_chart table"
_NO_ROWS = frozenset(
    map(fold, ("There are no items to display", "Il ya pas d'articles à afficher"))
)


class _Row(NamedTuple):
    """One row of either table, before both are joined."""

    subject: str
    component: str | None
    numbers: dict[str, Decimal]
    assessments: list[Assessment]


class ReportCardPage(Page[ReportCard]):
    """Marks of one semester: continuous assessment, subject averages and exams.

    Answer of `POST TuteurEleves/GetBulletins` (high confidence; the Arabic headings of the exam
    table are not known). Marks are out of 20, in primary out of 10.
    """

    path = "TuteurEleves/GetBulletins"
    method = "POST"
    landmark = "#tab_cc, #tab_notes_exam"

    def is_here(self) -> bool:
        """Whether a pane of marks is here, or the four details alone and all of them empty.

        The latter may be what the portal sends where nothing is published.
        """
        if super().is_here():
            return True
        details = self.tree.css("dl dd")
        return len(details) == len(_DETAILS) and not any(map(text_of, details))

    def read(self) -> ReportCard:
        """Return the card; raises PageChanged where a part is not as known."""
        continuous = self.tree.css_first("#tab_cc")
        exams = self.tree.css_first("#tab_notes_exam")
        details = self._details()
        self._check_panes()
        averages, remarks = self._averages()
        continuous_table = self._table(continuous)
        has_components = continuous_table is not None and COMPONENT in (
            continuous_column(heading).role for heading in continuous_table.headings
        )
        level = details.get("level")
        return ReportCard(
            school=details.get("school"),
            level=level,
            school_class=details.get("class"),
            class_size=to_count(details.get("class size") or ""),
            out_of=out_of(level),
            average=averages.get("average"),
            exam_average=averages.get("exam average"),
            subjects=_joined(
                self._continuous_rows(continuous_table),
                self._exam_rows(self._table(exams), has_components=has_components),
            ),
            remarks=tuple(remarks),
        )

    def _check_panes(self) -> None:
        """Raise PageChanged where a tab has lost its pane, or a table stands in no known pane.

        The annual average has no continuous assessment, so a pane may be missing with its tab.
        """
        for tab in self.tree.css('a[href="#tab_cc"], a[href="#tab_notes_exam"]'):
            if self.tree.css_first(tab.attributes["href"] or "") is None:
                raise self.changed(_("the tables of marks are missing"))
        if len(self.tree.css("table")) != len(self.tree.css(_KNOWN_TABLES)):
            raise self.changed(_("there are more tables of marks than expected"))

    def _details(self) -> dict[str, str | None]:
        """Return school, level, class and class size, by label, else by the documented order."""
        block = self.tree.css_first("dl")
        pairs = definitions(block) if block is not None else []
        names = [_DETAIL_OF.get(fold(label)) for label, _text in pairs]
        if None in names and len(pairs) == len(_DETAILS):
            documented = list(_DETAILS)
            if all(name in (None, documented[i]) for i, name in enumerate(names)):
                names = [*documented]
        return {
            name: text or None for name, (_label, text) in zip(names, pairs, strict=True) if name
        }

    def _table(self, pane: LexborNode | None) -> Table | None:
        """Return the one table of a pane, None when nothing is published there."""
        tables = pane.css("table") if pane is not None else []
        if len(tables) > 1:
            raise self.changed(_("there are more tables of marks than expected"))
        table = read_table(tables[0]) if tables else None
        return table if table and table.rows else None

    def _averages(self) -> tuple[dict[str, Decimal], list[tuple[str, str]]]:
        """Return the portal's averages, and every other labelled text below the exam table."""
        averages: dict[str, Decimal] = {}
        remarks: list[tuple[str, str]] = []
        for label in self.tree.css("#tab_notes_exam label"):
            parent = label.parent
            text = text_of(parent.css_first("span")) if parent is not None else ""
            name = _AVERAGE_OF.get(fold(text_of(label)))
            number = to_decimal(text)
            if name and number is not None and name not in averages:
                averages[name] = number
            elif text:
                remarks.append((text_of(label), text))
        return averages, remarks

    def _continuous_rows(self, table: Table | None) -> list[_Row]:
        if table is None:
            return []
        columns = [continuous_column(heading) for heading in table.headings]
        roles = [column.role for column in columns]
        if roles.count(SUBJECT) != 1 or roles.count(COMPONENT) > 1:
            raise self.changed(_("the column of subjects is not recognised"))
        subject_at = roles.index(SUBJECT)
        marks = [
            (i, *column[1:])
            for i, column in enumerate(columns)
            if column.role not in (SUBJECT, COMPONENT)
        ]
        return [
            _Row(
                texts[subject_at],
                _component(roles, texts),
                {},
                [
                    Assessment(name, number, kind, *to_grade(texts[i]), texts[i])
                    for i, name, number, kind in marks
                ],
            )
            for texts in self._data_rows(table, subject_at)
        ]

    def _exam_rows(self, table: Table | None, *, has_components: bool) -> list[_Row]:
        if table is None:
            return []
        fields = exam_columns(table.headings, has_components=has_components)
        if fields is None:
            headings = " | ".join(table.headings)
            raise self.changed(
                _("the columns of the exam table are not recognised: {headings}").format(
                    headings=headings
                ),
                headings,
            )
        subject_at = fields.index(SUBJECT)
        rows = []
        for texts in self._data_rows(table, subject_at):
            row = _Row(texts[subject_at], _component(fields, texts), {}, [])
            for field, heading, text in zip(fields, table.headings, texts, strict=False):
                if field in (SUBJECT, COMPONENT) or not text:
                    continue
                grade, status = to_grade(text)
                if grade is not None and field != OTHER:
                    row.numbers[field] = grade
                else:  # no number, or a column of its own: kept as written
                    place = None if field == OTHER else field
                    row.assessments.append(
                        Assessment(heading, None, AssessmentKind.OTHER, grade, status, text, place)
                    )
            rows.append(row)
        return rows

    def _data_rows(self, table: Table, subject_at: int) -> list[list[str]]:
        """Return the rows that hold data; raises PageChanged for one that cannot be placed."""
        width = len(table.headings)
        rows = []
        for texts in table.rows:
            if not any(texts) or (width > 1 and fold(texts[0]) in _NO_ROWS):
                continue
            if any(texts[width:]) or not texts[subject_at] or len(set(texts)) == 1 < width:
                row = " | ".join(texts[: width + 1])
                raise self.changed(_("a row is not recognised: {row}").format(row=row), row)
            rows.append(texts)
        return rows


def _component(columns: Sequence[str], texts: Sequence[str]) -> str | None:
    """Return the component of a row, None where it names none or the table has no such column."""
    return (texts[columns.index(COMPONENT)] or None) if COMPONENT in columns else None


def _joined(continuous: list[_Row], exams: list[_Row]) -> tuple[SubjectResult, ...]:
    """Join both tables by subject and component, in the portal's order.

    What only the exam table has comes after the same subject's rows, or last.
    """
    keyed = _numbered(continuous)
    exam_of = dict(_numbered(exams))
    last_of = {key[0]: i for i, (key, _row) in enumerate(keyed)}
    paired = {key for key, _row in keyed}
    rest: dict[str, list[_Row]] = {}
    for key, row in exam_of.items():
        if key not in paired:
            rest.setdefault(key[0], []).append(row)
    results: list[SubjectResult] = []
    for i, (key, row) in enumerate(keyed):
        results.append(_result(row, exam_of.get(key)))
        if last_of[key[0]] == i:
            results.extend(_result(row, None) for row in rest.pop(key[0], ()))
    results.extend(_result(row, None) for rows in rest.values() for row in rows)
    return tuple(results)


def _numbered(rows: list[_Row]) -> list[tuple[tuple[str, str, int], _Row]]:
    """Give each row a key that both tables share; equal names are told apart by their turn."""
    seen: dict[tuple[str, str], int] = {}
    keyed = []
    for row in rows:
        name = (fold(row.subject), fold(row.component or ""))
        seen[name] = turn = seen.get(name, 0) + 1
        keyed.append(((*name, turn), row))
    return keyed


def _result(row: _Row, exam: _Row | None) -> SubjectResult:
    if exam is None:
        numbers, assessments = row.numbers, row.assessments
    else:
        numbers, assessments = exam.numbers, row.assessments + exam.assessments
    return SubjectResult(
        subject=row.subject,
        subject_id=subject_id(row.subject),
        component=row.component,
        assessments=tuple(assessments),
        **numbers,
    )
