"""Pages written from records: this folder's own idea of the portal's markup, after portal.md.

It knows nothing of the parsers, nor of the practice portal. What the portal is known to do in
several ways, a `Layout` chooses; blanks that mean nothing are strewn by its `seed`.
"""

import html
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from massar_cli.records import Assessment, ReportCard, SchoolYear, SubjectResult
from massar_cli.student_record import YearOutcome

BLANKS = ("", "", "", " ", "  ", "\n        ", "\t", "\u00a0", "&nbsp;", " &nbsp;\n")
INNER_BLANKS = (" ", " ", "  ", "\n    ", " \t")
DIGITS = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
POINTS = {"western": (",", "."), "arabic": ("٫", ",", "."), "persian": ("٫", ",", ".")}
SUBJECT = {"ar": "المادة", "fr": "Matière"}
COMPONENT = {"ar": "المكونات", "fr": "Composant"}
TESTS = {
    "ar": ("الفرض الأول", "الفرض الثاني", "الفرض الثالث", "الفرض الرابع"),
    "fr": ("Premier contrôle", "Deuxième contrôle", "Troisième contrôle", "Quatrième contrôle"),
}
ACTIVITIES = {"ar": "الأنشطة المندمجة", "fr": "Activités intégrées"}
FIELDS = ("continuous", "coefficient", "class_max", "class_average", "class_min", "exam")
EXAM = {
    "ar": {
        "continuous": "المراقبة المستمرة",
        "coefficient": "المعامل",
        "class_max": "أعلى نقطة",
        "class_average": "معدل القسم",
        "class_min": "أدنى نقطة",
        "exam": "نقطة الامتحان",
    },
    "fr": {
        "continuous": "Notes Controls Continues",
        "coefficient": "Coefficient",
        "class_max": "Note Max",
        "class_average": "Note moyenne du classe",
        "class_min": "Note Min",
        "exam": "Note Examen",
    },
    # Arabic headings that nobody could know.
    "unknown": {field: f"عمود {letter}" for field, letter in zip(FIELDS, "ابجدهو", strict=True)},
}
UNKNOWN_COMPONENT = "عمود ز"
DETAILS = {
    "ar": ("المؤسسة", "المستوى", "القسم", "عدد التلاميذ"),
    "fr": ("Etablissement", "Niveau", "Classe", "Nombre éléves"),
}
AVERAGE = {"ar": "معدل الدورة", "fr": "Moyenne session"}
EXAM_AVERAGE = {"ar": "معدل الإمتحان", "fr": "Note examen"}
NO_ROWS = {"ar": "There are no items to display", "fr": "Il ya pas d'articles à afficher"}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a page says what it says: all that the record does not hold."""

    language: str = "fr"
    activities_fourth: bool = False
    has_components: bool = False
    exam_headings: str = "fr"
    exam_order: tuple[str, ...] = FIELDS
    seed: int = 0

    @property
    def continuous_headings(self) -> tuple[str, ...]:
        """The headings of the marks, in this layout's order."""
        tests = TESTS[self.language]
        activities = ACTIVITIES[self.language]
        if self.activities_fourth:
            return (*tests[:3], activities, tests[3])
        return (*tests, activities)


def written(number: Decimal | int, chance: random.Random) -> str:
    """Write a number in one of the ways the portal has, its digits kept as they are."""
    script = chance.choice(tuple(DIGITS))
    text = str(number).replace(".", chance.choice(POINTS[script]))
    return text.translate(str.maketrans(DIGITS["western"], DIGITS[script]))


class Writer:
    """Writes one page."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.chance = random.Random(layout.seed)

    def text(self, text: str) -> str:
        """Write a text with blanks around it, and other blanks between its words."""
        words = [html.escape(word) for word in text.split(" ")]
        inner = words[0]
        for word in words[1:]:
            inner += self.chance.choice(INNER_BLANKS) + word
        return self.chance.choice(BLANKS) + inner + self.chance.choice(BLANKS)

    def mark(self, text: str) -> str:
        """Write a mark's cell: mostly in a span; an empty one with or without."""
        ways = ("<td>{}</td>", "<td><span>{}</span></td>", "<td>\n  <span class='n'>{}</span></td>")
        return self.chance.choice(ways[0 if not text else 1 :]).format(self.text(text))

    def number(self, number: Decimal | None, kept: Assessment | None) -> str:
        """Write an exam table's cell: a number, or the text that stands in its place."""
        if number is not None:
            return self.mark(written(number, self.chance))
        return self.mark(kept.raw if kept else "")

    def card(self, card: ReportCard) -> str:
        """Write the answer of `GetBulletins`."""
        size = "" if card.class_size is None else written(card.class_size, self.chance)
        values = (card.school or "", card.level or "", card.school_class or "", size)
        details = "".join(
            f"<dt>{self.text(label)}</dt><dd>{self.text(value)}</dd>\n"
            for label, value in zip(DETAILS[self.layout.language], values, strict=True)
        )
        return (
            f'<div class="widgetCont"><dl class="dl-horizontal">{details}</dl>\n'
            '<div class="nav-tabs-custom"><ul class="nav-tabs">'
            '<li><a href="#tab_cc">1</a></li><li><a href="#tab_notes_exam">2</a></li></ul>\n'
            f'<div class="tab-pane" id="tab_cc">{self._continuous(card)}</div>\n'
            f'<div id="tab_notes_exam"><div><div>{self._exams(card)}</div></div>\n'
            f"<div>{self._averages(card)}</div></div>\n"
            '<div id="tab_chart"><div id="chart"></div></div></div></div>'
        )

    def _table(self, headings: Iterable[str], rows: Iterable[str]) -> str:
        way = self.chance.choice(
            (
                "<th>{}</th>",
                '<th class="grid-header"><div class="grid-header-title"><span>{}</span></div></th>',
                '<th><div class="grid-header-title"><a href="?grid-dir=0">{}</a></div></th>',
            )
        )
        cells = "".join(way.format(self.text(heading)) for heading in headings)
        body = "\n".join(rows)
        if not body and self.chance.random() < 0.5:
            text = html.escape(NO_ROWS[self.layout.language])
            body = f'<tr class="grid-empty-text"><td colspan="7">{text}</td></tr>'
        return (
            '<table class="table table-bordered grid-table">'
            f"<thead><tr>{cells}</tr></thead>\n<tbody>{body}</tbody></table>"
        )

    def _rows(self, card: ReportCard, marks: Sequence[str]) -> Iterable[str]:
        """Write one row a line; a subject's first carries its name over all its rows."""
        lines = zip(card.subjects, marks, strict=True)
        for _subject, group in groupby(lines, key=lambda line: self._subject_key(line[0], card)):
            rows = list(group)
            for i, (result, cells) in enumerate(rows):
                name = ""
                if i == 0:
                    is_plain = len(rows) == 1 and self.chance.random() < 0.3
                    span = "" if is_plain else f' rowspan="{len(rows)}"'
                    name = f"<td{span}>{self.text(result.subject)}</td>"
                component = ""
                if self.layout.has_components:
                    component = f"<td>{self.text(result.component or '')}</td>"
                yield f'<tr class="grid-row ">{name}{component}{cells}</tr>'

    def _subject_key(self, result: SubjectResult, card: ReportCard) -> object:
        """Tell neighbouring rows of one subject from two subjects that have the same name."""
        if self.layout.has_components:
            return result.subject
        return next(i for i, one in enumerate(card.subjects) if one is result)

    def _continuous(self, card: ReportCard) -> str:
        headings = [SUBJECT[self.layout.language]]
        if self.layout.has_components:
            headings.append(COMPONENT[self.layout.language])
        headings.extend(self.layout.continuous_headings)
        marks = [
            "".join(self.mark(a.raw) for a in result.assessments if a.field is None)
            for result in card.subjects
        ]
        return self._table(headings, self._rows(card, marks))

    def _exams(self, card: ReportCard) -> str:
        names = EXAM[self.layout.exam_headings]
        headings = [SUBJECT[self.layout.language]]
        if self.layout.has_components:
            is_unknown = self.layout.exam_headings == "unknown"
            headings.append(UNKNOWN_COMPONENT if is_unknown else COMPONENT[self.layout.language])
        headings.extend(names[field] for field in self.layout.exam_order)
        marks = []
        for result in card.subjects:
            kept = {a.field: a for a in result.assessments if a.field}
            marks.append(
                "".join(
                    self.number(getattr(result, field), kept.get(field))
                    for field in self.layout.exam_order
                )
            )
        return self._table(headings, self._rows(card, marks))

    def _averages(self, card: ReportCard) -> str:
        labels = (AVERAGE[self.layout.language], EXAM_AVERAGE[self.layout.language])
        pairs = [
            (label, "" if number is None else written(number, self.chance))
            for label, number in zip(labels, (card.average, card.exam_average), strict=True)
        ]
        return "".join(
            '<div style="border-top: 1px solid #f3f3f3;">'
            f"<label>{self.text(label)}</label>\n<span>{self.text(text)}</span></div>"
            for label, text in (*pairs, *card.remarks)
        )

    def path(self, outcomes: Sequence[YearOutcome], page: int, last: int) -> str:
        """Write one page of the school path's grid."""
        columns = (
            ("AnneeScolaire", "school_year"),
            ("Etablissement", "school"),
            ("Niveau", "level"),
            ("Moyenne", "average_text"),
            ("resultat", "decision"),
        )
        rows = "".join(
            '<tr class="grid-row ">'
            + "".join(
                f'<td data-name="{name}">{self.text(getattr(one, field) or "")}</td>'
                for name, field in columns
            )
            + "</tr>"
            for one in outcomes
        )
        if not rows:
            text = html.escape(NO_ROWS[self.layout.language])
            rows = f'<tr class="grid-empty-text"><td colspan="5">{text}</td></tr>'
        return (
            '<div class="grid-mvc"><div class="grid-wrap"><table class="table grid-table">'
            f"<thead><tr>{'<th></th>' * 5}</tr></thead><tbody>{rows}</tbody></table>"
            f'<div class="grid-footer">{_pager(page, last)}</div></div></div>'
        )

    def years(self, years: Sequence[SchoolYear], placeholder: str | None) -> str:
        """Write the marks page's two lists; `placeholder` is the value of the empty choice."""
        choice = "" if placeholder is None else f'<option value="{placeholder}">--</option>'
        options = "".join(
            f'<option value="{html.escape(one.id)}">{self.text(one.label)}</option>'
            for one in years
        )
        return (
            f'<select id="SelectedAnnee" name="SelectedAnnee">{choice}{options}</select>'
            '<select id="SelectedSession"><option value="1">الدورة الأولى</option></select>'
        )


def _pager(page: int, last: int) -> str:
    """Write Grid.Mvc's pager: at most five numbers, links for those before and after."""
    if last == 1:
        return ""
    first = max(1, min(page - 2, last - 4))
    shown = range(first, min(last, first + 4) + 1)

    def link(number: int, text: str) -> str:
        return (
            f'<li><a href="/moutamadris/TuteurEleves/X?a=1&amp;grid-page={number}">{text}</a></li>'
        )

    items = [
        f'<li class="active"><span>{n}</span></li>' if n == page else link(n, str(n)) for n in shown
    ]
    if page > 1:
        items.insert(0, link(page - 1, "«"))
    if page < last:
        items.append(link(page + 1, "»"))
    return f'<div class="grid-pager"><ul class="pagination">{"".join(items)}</ul></div>'
