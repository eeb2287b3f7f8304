"""Whatever list a portal shows, in whatever order and spelling, the facts on it are read back."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massar_cli.folding import fold
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listing import _TOTALS
from tests.pages.fixture_cases import page_class

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
ARABIC_MONTHS = (
    *("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز"),
    *("غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
)
WORDS = (
    st.text(
        st.characters(
            categories=["L", "Nd"], include_characters=" &<>'\"", exclude_characters="ªº"
        ),
        min_size=1,
        max_size=30,
    )
    .filter(lambda text: text.strip() == text and "  " not in text and text[:1].isalpha())
    .filter(lambda text: fold(text) not in _TOTALS)
)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
SUBJECTS = st.sampled_from(
    [("الرياضيات", "mathematics"), ("LANGUE FRANCAISE", "french"), ("Atelier théâtre", None)]
)


class Column(NamedTuple):
    """A column: its headings, and a strategy for cells as the fields they give and their text."""

    headings: Sequence[str]
    cells: st.SearchStrategy[tuple[dict[str, Any], str]]


def days(name: str) -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    return st.tuples(DAYS, st.sampled_from(WAYS)).map(
        lambda pair: ({name: pair[0]}, pair[1](pair[0]))
    )


WAYS: Sequence[Callable[[dt.date], str]] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%d/%m/%Y}".translate(ARABIC_DIGITS),
    lambda day: f"{day.day} {FRENCH_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}",
)


def texts(name: str) -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    return WORDS.map(lambda text: ({name: text}, text))


def subjects() -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    return SUBJECTS.map(lambda one: ({"subject": one[0], "subject_id": one[1]}, one[0]))


def choices(*pairs: tuple[dict[str, Any], str]) -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    return st.sampled_from(pairs)


def hours(*pairs: tuple[str, str]) -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    return choices(
        *(({"session": text, "hours": Decimal(number) if number else None}, text)
          for text, number in pairs)
    )  # fmt: skip


def clock() -> st.SearchStrategy[tuple[dict[str, Any], str]]:
    return choices(
        ({"start": dt.time(8, 30), "end": dt.time(10, 30)}, "08:30 - 10:30"),
        ({"start": dt.time(14), "end": dt.time(16)}, "من 14:00 إلى 16:00"),
        ({"start": dt.time(9), "end": None}, "9h"),
    )


LISTS: dict[str, tuple[Column, ...]] = {
    "absences": (
        Column(["Date d'absence", "تاريخ التغيب"], days("date")),
        Column(["Durée", "المدة"], hours(("2h", "2"), ("08:30 - 10:30", "2"), ("يوم كامل", ""))),
        Column(
            ["Justifiée", "مبرر"],
            choices(({"justified": True}, "مبررة"), ({"justified": False}, "Non justifiée"),
                    ({"justified": False}, "غير مبرر"), ({"justified": None}, "؟")),
        ),
        Column(["Motif", "السبب"], texts("reason")),
        Column(["Matière", "المادة"], subjects()),
    ),
    "homework": (
        Column(["Matière", "المادة"], subjects()),
        Column(["Travail à faire", "العمل المطلوب"], texts("text")),
        Column(["À rendre le", "آخر أجل"], days("due")),
        Column(["Donné le", "تاريخ النشر"], days("published")),
    ),
    "timetable": (
        Column(
            ["Jour", "اليوم"],
            choices(({"weekday": "monday"}, "الاثنين"), ({"weekday": "saturday"}, "SAMEDI")),
        ),
        Column(["Horaire", "التوقيت"], clock()),
        Column(["Matière", "المادة"], subjects()),
        Column(["Enseignant(e)", "الأستاذ(ة)"], texts("teacher")),
        Column(["Salle", "القاعة"], texts("room")),
    ),
    "exams": (
        Column(["Date de l'épreuve", "تاريخ الاختبار"], days("date")),
        Column(["Horaire", "التوقيت"], clock()),
        Column(["Matière", "المادة"], subjects()),
        Column(["Type de contrôle", "نوع الفرض"], texts("title")),
    ),
    "messages": (
        Column(["Objet", "الموضوع"], texts("title")),
        Column(["Expéditeur", "المرسل"], texts("sender")),
        Column(["Reçu le", "تاريخ الإرسال"], days("date")),
        Column(
            ["Statut", "الحالة"],
            choices(({"unread": True}, "Non lu"), ({"unread": False}, "مقروء"),
                    ({"unread": True}, "غير مقروءة")),
        ),
    ),
    "documents": (
        Column(["Document", "الوثيقة"], texts("title")),
        Column(["Date de délivrance", "تاريخ الإصدار"], days("date")),
    ),
    "orientation": (
        Column(["Vœu", "الرغبة"], texts("choice")),
        Column(["Rang", "الترتيب"], choices(({"rank": 1}, "1"), ({"rank": 2}, "٢"))),
        Column(["Décision", "القرار"], texts("status")),
    ),
}  # fmt: skip


class Drawn(NamedTuple):
    """A drawn page, and the fields that its rows must give."""

    html: str
    expected: list[dict[str, Any]]
    texts: list[list[str]]


@st.composite
def pages(draw: st.DrawFn, columns: Sequence[Column]) -> Drawn:
    order = draw(st.permutations(columns))
    headings = [draw(st.sampled_from(column.headings)) for column in order]
    rows = draw(st.lists(st.tuples(*(column.cells for column in order)), min_size=1, max_size=5))
    expected = [{k: v for fields, _text in row for k, v in fields.items()} for row in rows]
    shown = [[escape(text) for _fields, text in row] for row in rows]
    if draw(st.booleans()):
        body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in shown)
        head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
        block = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    else:
        block = "".join(
            "<div class='card'><dl>"
            + "".join(
                f"<dt>{escape(name)}</dt><dd>{text}</dd>"
                for name, text in zip(headings, row, strict=True)
            )
            + "</dl></div>"
            for row in shown
        )
    html = (
        f"<html><body><a href='/m/Account/LogOff'>x</a><main><h1>T</h1>{block}</main></body></html>"
    )
    return Drawn(html, expected, [[text for _fields, text in row] for row in rows])


@pytest.mark.parametrize("module", LISTS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_fact_of_a_list_is_read_back_in_any_order(module: str, data: st.DataObject) -> None:
    drawn = data.draw(pages(LISTS[module]))
    page = page_class(module)(drawn.html)
    assert isinstance(page, ListPage)
    records = page.read()
    read = [
        {name: getattr(record, name) for name in fields}
        for record, fields in zip(records, drawn.expected, strict=True)
    ]
    assert read == drawn.expected
    for record, texts_of_row in zip(records, drawn.texts, strict=True):
        assert list(record.raw.values()) == texts_of_row
