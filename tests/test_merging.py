"""Lists of several semesters, years or pages as one: in order, and nothing lost."""

from datetime import date

import pytest

from massar_cli.services.merging import in_their_order, without_repeated

Row = tuple[int | None, str]


def day_of(row: Row) -> date | None:
    return None if row[0] is None else date(2027, 1, row[0])


def other_day_of(row: Row) -> date | None:
    return None if row[0] is None else date(2027, 1, 31 - row[0] // 10)


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([[(9, "a"), (8, "b")], [(20, "c"), (9, "d")]], "cadb"),
        ([[(8, "a"), (9, "b")], [(3, "c"), (9, "d")]], "cabd"),
        ([[(9, "a"), (None, "b"), (8, "c")], [], [(20, "d")]], "dacb"),
        ([[(9, "a"), (None, "b"), (8, "c")], []], "abc"),
        ([[(9, "a"), (8, "b"), (9, "c")], [(20, "d")]], "abcd"),
        ([[(9, "a"), (8, "b")], [(19, "c"), (20, "d")]], "abcd"),
        ([[(None, "a")], [(None, "b")]], "ab"),
        ([], ""),
    ],
    ids=[
        *("newest first", "oldest first", "without a day", "one list", "in no order"),
        *("in two orders", "no days", "nothing"),
    ],
)
def test_lists_are_put_together_in_the_order_that_each_has(
    lists: list[list[Row]], expected: str
) -> None:
    assert "".join(name for _day, name in in_their_order(lists, (day_of,))) == expected


def test_another_day_gives_the_order_where_the_usual_one_does_not() -> None:
    lists: list[list[Row]] = [[(15, "a"), (12, "b"), (13, "c")], [(22, "d")]]
    rows = in_their_order(lists, (day_of, other_day_of))
    assert "".join(name for _day, name in rows) == "abcd"
    assert "".join(name for _day, name in in_their_order(lists[::-1], (day_of, other_day_of))) == (
        "abcd"
    )


def test_what_every_period_shows_is_kept_once_and_what_has_no_day_always() -> None:
    same: list[Row] = [(9, "a"), (9, "a"), (None, "b")]
    kept = without_repeated([same, [*same, (9, "a"), (8, "c")]], (day_of,))
    assert kept == [same, [(None, "b"), (9, "a"), (8, "c")]]
