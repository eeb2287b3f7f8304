"""Lists made to mislead: no row is lost, no value stands under a heading that is not its own."""

from typing import Any

import pytest

from massar_cli.portal.list_page import ListPage
from tests.pages.fixture_cases import page_class

HEADINGS = ("Date", "Matière", "Motif")


def list_page(module: str, *tables: str) -> ListPage[Any]:
    content = "".join(f"<table>{rows}</table>" for rows in tables)
    made = page_class(module)(f'<p class="welcomeUser">x</p><main>{content}</main>')
    assert isinstance(made, ListPage)
    return made


def row(*texts: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</tr>"


@pytest.mark.parametrize("tag", ["th", "td"])
def test_headings_in_the_middle_hold_for_the_rows_below_them(tag: str) -> None:
    first, second = list_page(
        "absences",
        row(*HEADINGS, tag="th")
        + row("01/03/2027", "Maths", "grippe")
        + "<tr><td colspan=3>Mars</td></tr>"
        + row("Motif", "Date", "Matière", tag=tag)
        + row("rendez-vous", "02/03/2027", "Physique"),
    ).read()
    assert (first.subject, first.reason) == ("Maths", "grippe")
    assert (second.subject, second.reason) == ("Physique", "rendez-vous")
    assert (str(second.date), second.raw["caption"]) == ("2027-03-02", "Mars")


def test_a_value_that_is_a_heading_elsewhere_is_a_value() -> None:
    headings = row("Document", "Date", "Type", tag="th")
    values = row("Attestation", "Attestation", "Attestation") + row("Relevé", "01/01/2027", "PDF")
    records = list_page("documents", headings + values).read()
    assert [one.title for one in records] == ["Attestation", "Relevé"]
    assert "caption" not in records[1].raw


def test_a_title_across_the_table_never_hides_a_column_of_its_name() -> None:
    (absence,) = list_page(
        "absences",
        row("Date", "caption", "Motif", tag="th")
        + "<tr><td colspan=3>Mars</td></tr>"
        + row("01/03/2027", "mine", "grippe"),
    ).read()
    assert (absence.raw["caption"], absence.raw["caption (2)"]) == ("mine", "Mars")


def test_the_hours_of_a_week_may_stand_last() -> None:
    first, _second = list_page(
        "timetable",
        row("Mardi", "Lundi", "Heure", tag="th") + row("Maths", "Arabe", "8h - 9h"),
    ).read()
    assert (first.subject, str(first.start), str(first.end)) == ("Maths", "08:00:00", "09:00:00")


@pytest.mark.parametrize(
    ("rows", "lessons"),
    [
        (row("Heure", "Lundi", "Mardi", tag="th") + row("8h - 9h", "Maths", "Arabe"), 2),
        (
            row("Heure", "Lundi", "Mardi", "Remarque", tag="th")
            + row("8h - 9h", "Maths", "Arabe", "avec la tenue"),
            2,
        ),
        (
            row("Jour", "8h - 9h", "9h - 10h", "Remarque", tag="th")
            + row("Lundi", "Maths", "Arabe", "avec la tenue")
            + row("Mardi", "Anglais", "", ""),
            3,
        ),
        (
            row("Jour", "8h - 9h", "9h - 10h", tag="th")
            + row("Lundi", "Maths", "Arabe")
            + row("Mardi", "Anglais", "")
            + row("", "avec la tenue", ""),
            3,
        ),
    ],
)
def test_what_a_week_has_beyond_its_lessons_is_told_of(rows: str, lessons: int) -> None:
    page = list_page("timetable", rows)
    assert len(page.read()) == lessons
    assert page.listing.others == ("tenue" in rows)


@pytest.mark.parametrize(("day", "others"), [("Lundi", 0), ("Mercredi", 1)])
def test_a_list_beside_a_week_stands_for_it_only_where_it_has_the_same(
    day: str, others: int
) -> None:
    week = row("Heure", "Lundi", "Mardi", tag="th") + row("8h - 9h", "Maths", "")
    plain = row("Jour", "Matière", "Horaire", tag="th") + row(day, "Maths", "8h - 9h")
    page = list_page("timetable", week, plain)
    assert len(page.read()) == 1
    assert page.listing.others == others
