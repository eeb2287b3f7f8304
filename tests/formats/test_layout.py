"""How tables use a terminal's room: no word is broken without need, and nothing gets lost."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from massar_cli import text_lines
from massar_cli.rtl import Rtl
from massar_cli.terminal_table import table_lines
from massar_cli.text_lines import Paper
from massar_cli.view import Cell, Column, Table

WIDTHS = (20, 40, 60, 80, 120)
ADDRESS = "https://example.org/moutamadris/a/very/long/address?of=something&and=more"


def table_of(*rows: tuple[Cell, ...], headings: tuple[str, ...] = (), **fields: Any) -> Table:
    names = headings or ("",) * len(rows[0])
    return Table(title=(), columns=tuple(map(Column, names)), rows=rows, **fields)


def lines_of(table: Table, width: int | None, rtl: Rtl = Rtl.OFF, **more: Any) -> list[str]:
    return list(table_lines([table], ".", width=width, colour=False, rtl=rtl, **more))


WORDS = st.text("abcdefgh", min_size=1, max_size=16)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


@given(st.lists(st.tuples(WORDS, TEXTS, TEXTS), min_size=1, max_size=6), st.integers(20, 120))
def test_no_word_is_broken_for_which_a_line_has_room(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    table = table_of(*rows, headings=("One", "Two words", "Three"))
    lines = lines_of(table, width)
    assert all(wcswidth(line) <= width for line in lines)
    words = Counter(word for row in rows for cell in row for word in cell.split())
    assert words - Counter(" ".join(lines).split()) == Counter()
    assert [line for line in lines if not line or line.endswith(" ")] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rtl", Rtl)
def test_an_address_is_never_broken(width: int, rtl: Rtl) -> None:
    table = table_of(("اللغة العربية", f"المرجع {ADDRESS}"), headings=("المادة", "العمل"))
    assert [line for line in lines_of(table, width, rtl) if ADDRESS in line]


def test_a_word_that_no_line_has_room_for_is_broken() -> None:
    lines = lines_of(table_of(("a" * 30, "b" * 50)), 20)
    assert max(map(len, lines)) <= 20
    assert Counter("".join(lines).replace(" ", "")) == Counter("a" * 30 + "b" * 50)


@pytest.mark.parametrize("width", [10, 14, 20, 30])
def test_a_line_never_ends_between_a_word_and_its_sign(width: int) -> None:
    text = "À rendre le\u00a0: «\u00a0mardi\u00a0» ou jeudi\u00a0? Oui\u00a0!"
    lines = [line.text for line in Paper(width=width).wrapped(text, width)]
    assert len(lines) > 1
    assert not [line for line in lines if line[0] in ":?!»" or line[-1] == "«"]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_before_a_column_is_left_out_names_are_broken() -> None:
    columns = (Column("Day"), Column("Reason", is_extra=True))
    row = ("the first of a whole week", "a reason that is told at some length")
    table = Table(title=(), columns=columns, rows=(row,))
    left_out: list[str] = []
    for width in (80, 40, 28):
        lines = lines_of(table, width, leave_out=left_out.append)
        assert "Reason" in lines[0].split()
    assert left_out == []


@pytest.mark.parametrize("width", [24, 40])
def test_what_is_left_out_is_told(width: int) -> None:
    columns = (Column("Mark", is_number=True), Column("Extra", is_number=True, is_extra=True))
    rows = (("1" * 20, "2" * 19), ("1", None))
    left_out: list[str] = []
    table = Table(title=(), columns=columns, rows=rows)
    lines = lines_of(table, width, leave_out=left_out.append)
    assert left_out == ["Extra"]
    assert "Extra" not in " ".join(lines)
    assert lines_of(table, None, leave_out=left_out.append)[0].split() == ["Mark", "Extra"]
    assert left_out == ["Extra"]


def test_a_block_is_named_by_its_first_text_and_has_no_empty_line() -> None:
    long = "abcdefghij " * 3
    table = table_of(
        ("Monday", long, long), (None, long, long), (3, long, None), (None, None, None),
        headings=("Day", "Morning and a half", "Afternoon and a half"),
    )  # fmt: skip
    lines = lines_of(table, 20)
    names = [line for line in lines if not line.startswith(" ")]
    assert names == ["Monday", "Morning and a half:", *["abcdefghij"] * 3, "Day: 3"]
    assert "" not in lines


def test_room_goes_to_names_before_headings_and_to_those_that_want_little_first() -> None:
    table = table_of(
        ("aaaa bbbb cccc dddd", "eeee ffff gggg hhhh " * 8, 1),
        headings=("One", "Two", "Three four five"),
    )
    lines = lines_of(table, 60)
    headings, first = lines[:3], lines[4]
    assert [line.split()[-1] for line in headings] == ["Three", "four", "five"]
    assert first.startswith("aaaa bbbb cccc dddd  eeee ffff gggg hhhh eeee ffff  ")
    assert first.endswith("  1")


@pytest.mark.parametrize("width", [None, *WIDTHS])
def test_headings_without_rows_are_no_table_but_a_line_or_footer_is(width: int | None) -> None:
    columns = (Column("One"), Column("Two"))
    empty = Table(title=("Title",), columns=columns, rows=())
    assert lines_of(empty, width) == []
    footer = Table(title=("Title",), columns=columns, rows=(), footer=(("Average", 12),))
    assert lines_of(footer, width) == ["Title", "Average: 12"]
    notice = Table(title=("Title",), columns=(), rows=())
    assert lines_of(notice, width) == ["Title"]
    two = list(table_lines([empty, notice], ".", width=width, colour=False, rtl=Rtl.OFF))
    assert two == ["Title"]


@pytest.mark.parametrize("rtl", Rtl)
@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad", "\u1160", "\u180e", "\u0300"])
def test_invisible_letters_by_the_thousand_are_measured_once(
    invisible: str, rtl: Rtl, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = 0

    def counted(text: str, *, is_shaped: bool) -> int:
        nonlocal measured
        measured += len(text)
        return width_of(text, is_shaped=is_shaped)

    width_of = text_lines._width
    monkeypatch.setattr(text_lines, "_width", counted)
    word = "\u0628" * 50 + invisible * 1000
    assert "".join(lines_of(table_of((word,)), 20, rtl)).count("\u0628") == 50 or rtl.is_visual
    assert measured < 20 * len(word)


@pytest.mark.parametrize("rtl", Rtl)
def test_blanks_alone_are_an_empty_line(rtl: Rtl) -> None:
    assert "".join(lines_of(table_of(("\u00a0" * 50, "\u0628")), 20, rtl)).strip() != ""
