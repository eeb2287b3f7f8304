"""A spanned cell stands in the places that the table model of HTML gives it, and in no other."""

from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.errors import PageChanged
from massar_cli.portal.pages.exams import ExamsPage
from massar_cli.portal.pages.report_card import ReportCardPage
from massar_cli.portal.table import spread
from tests.content.reading import body, texts

BASE = "http://127.0.0.1/moutamadris"


class Cell(NamedTuple):
    """A cell of a made-up table: its two spans and its text."""

    colspan: int
    rowspan: int
    text: str


Group = list[list[Cell]]
spans = st.tuples(st.sampled_from([1, 1, 1, 2, 3]), st.sampled_from([1, 1, 1, 2, 3, 0, 9]))
groups = st.lists(st.lists(spans, max_size=4), min_size=1, max_size=5)


def table_of(spans: list[list[list[tuple[int, int]]]]) -> list[Group]:
    """Return a table with these spans, in which no two cells have the same text."""
    numbers = count(1)
    return [[[Cell(*both, str(next(numbers))) for both in row] for row in group] for group in spans]


def slots_of(group: Group) -> tuple[list[dict[int, str]], bool]:
    """Return what stands in each slot of a group's rows, and whether two cells met in one.

    Every cell is put into all its slots at once, in the order of the page: the first one is the
    first free one of its row.
    """
    slots: list[dict[int, str]] = [{} for _row in group]
    have_met = False
    for y, row in enumerate(group):
        for cell in row:
            x = 0
            while x in slots[y]:
                x += 1
            height = cell.rowspan or len(group)
            for below in slots[y : y + height]:
                for place in range(x, x + cell.colspan):
                    have_met |= place in below
                    below[place] = cell.text
    return slots, have_met


def span_of(cell: Cell, name: str) -> int:
    return cell.colspan if name == "colspan" else cell.rowspan


@given(st.lists(groups, min_size=1, max_size=3).map(table_of))
def test_cells_stand_where_the_table_model_of_html_puts_them(table: list[Group]) -> None:
    grids = [slots_of(group) for group in table]
    expected = [
        [slots.get(x, "") for x in range(max(slots, default=-1) + 1)]
        for grid, _met in grids
        for slots in grid
    ]
    assert spread(table, lambda cell: cell.text, span_of, "") == expected
    if any(met for _grid, met in grids):
        with pytest.raises(PageChanged, match="in one place"):
            spread(table, lambda cell: cell.text, span_of, "", may_overlap=False)
    else:
        assert spread(table, lambda cell: cell.text, span_of, "", may_overlap=False) == expected


def test_a_report_card_whose_cells_overlap_is_refused() -> None:
    """Whose mark it is cannot be told, in the row itself and in the one below."""
    rows = (
        "<tr><td>MATHEMATIQUES<td rowspan=2>12<td>18</tr>"
        "<tr><td colspan=2>PHYSIQUE<td>14</tr><tr><td>ARABE<td>9<td>17</tr>"
    )
    heads = "<tr><th>Matière<th>Premier contrôle<th>Deuxième contrôle</tr>"
    page = f"<div id=tab_cc><table><thead>{heads}<tbody>{rows}</table></div>"
    with pytest.raises(PageChanged, match="in one place"):
        ReportCardPage(f"{page}<div id=tab_notes_exam></div>").read()


def test_a_row_across_the_table_takes_nothing_from_the_rows_below() -> None:
    rows = (
        "<tr><td>15/03/2027<td rowspan=2>Maths<td>12</tr>"
        "<tr><td colspan=3>Semaine 2</tr><tr><td>22/03/2027<td>Arabe<td>9</tr>"
    )
    page = ExamsPage(
        "<h1 class=welcomeUser>x</h1><div class=content><table><thead>"
        f"<tr><th>Date<th>Matière<th>Salle</tr><tbody>{rows}</table></div>",
        f"{BASE}/Eleve/Page",
        BASE,
    )
    assert [(one.subject, one.room) for one in page.read()] == [("Maths", "12"), ("Arabe", "9")]


def test_a_cell_does_not_reach_into_the_next_group_of_rows() -> None:
    rows = "<tbody><tr><td rowspan=3>Maths<td>12</tr><tbody><tr><td>Arabe<td>9</tr>"
    content = body(f"<table><tr><th>Matière<th>Salle</tr>{rows}</table>")
    assert texts(content.blocks[0]) == [["Maths", "12"], ["Arabe", "9"]]
