"""Which report cards are asked for, and what is said where nothing is published."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any, Literal, Self, cast

import pytest

from massar_cli import school_calendar
from massar_cli.errors import CredentialsProblem, MassarError, PageChanged, PortalUnavailable
from massar_cli.errors import UsageProblem as Unusable
from massar_cli.portal.page import Page
from massar_cli.portal.pages.report_card import ReportCardPage
from massar_cli.portal.pages.school_path import SchoolPathPage
from massar_cli.portal.pages.school_years import SchoolYearsPage
from massar_cli.portal.session import PortalSession
from massar_cli.practice.students import DEMO, STUDENTS
from massar_cli.records import ReportCard, SchoolYear, Student, SubjectResult
from massar_cli.school_calendar import now_in_casablanca, parse_year, school_year_of, semester_of
from massar_cli.services.grades import get_all_grades, get_grades, only_subject
from massar_cli.services.journey import get_journey
from massar_cli.student_record import YearOutcome
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Card = tuple[str, str]
"""The year and session number that the portal is asked for."""

MARCH_2027 = date(2027, 3, 15)
OCTOBER_2026 = date(2026, 10, 15)
SALMA = Student(code="X130000001", name="Salma")
FULL = ReportCard(
    level="2BAC",
    average=Decimal("14.50"),
    subjects=(SubjectResult(subject="Maths", subject_id="mathematics", continuous=Decimal(15)),),
)
NAMES_ONLY = ReportCard(
    level="2BAC",
    subjects=(SubjectResult(subject="Maths", subject_id="mathematics", coefficient=Decimal(7)),),
)


class Read:
    """A page that has been read already."""

    def __init__(self, record: object, following: int | None = None) -> None:
        self.record = record
        self.following = following

    def read(self) -> object:
        return self.record

    def next_page(self) -> int | None:
        return self.following

    def changed(self, reason: str) -> PageChanged:
        return PageChanged(reason)


class Portal:
    """Plays the session: notes what is asked for, and answers from tables."""

    student = SALMA

    def __init__(
        self,
        cards: Mapping[Card, ReportCard | MassarError] | None = None,
        years: tuple[str, ...] = ("2026", "2025", "2024"),
        grid: tuple[Read, ...] = (),
    ) -> None:
        self.cards = cards or {}
        self.years = years
        self.grid = grid
        self.asked: list[Card | str] = []

    @contextmanager
    def section(self) -> Iterator[None]:
        yield

    def open(
        self,
        page: type[Page[object]],
        *,
        query: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Read:
        assert len(self.asked) < 200, "this would never end"
        if page is SchoolYearsPage:
            self.asked.append("years")
            return Read(tuple(SchoolYear(id=year, label=year) for year in self.years))
        if page is SchoolPathPage:
            number = int((query or {}).get("grid-page", "1"))
            self.asked.append(f"path {number}")
            return self.grid[min(number, len(self.grid)) - 1]
        assert page is ReportCardPage
        assert fields is not None
        assert set(fields) == {"Annee", "IdSession"}
        card = (fields["Annee"], fields["IdSession"])
        self.asked.append(card)
        found = self.cards.get(card, ReportCard())
        if isinstance(found, MassarError):
            raise found
        return Read(found)

    @property
    def session(self) -> PortalSession:
        return cast("PortalSession", self)


def shown(result: Any) -> list[tuple[str, object, bool]]:
    return [(one.school_year, one.semester, bool(one.card.subjects)) for one in result.records]


@pytest.mark.parametrize(
    ("today", "card", "semester"),
    [
        (date(2026, 9, 1), ("2026", "1"), 1),
        (date(2026, 12, 31), ("2026", "1"), 1),
        (date(2027, 1, 1), ("2026", "1"), 1),
        (date(2027, 1, 31), ("2026", "1"), 1),
        (date(2027, 2, 1), ("2026", "2"), 2),
        (date(2027, 8, 31), ("2026", "2"), 2),
        (date(2027, 9, 1), ("2027", "1"), 1),
        (date(2028, 2, 29), ("2027", "2"), 2),
    ],
)
def test_with_neither_the_semester_under_way_is_asked_for_and_no_list_is_read(
    today: date, card: Card, semester: int
) -> None:
    portal = Portal({card: FULL})
    result = get_grades(portal.session, year=None, semester=None, today=today)
    assert portal.asked == [card]
    assert [one.semester for one in result.records] == [semester]
    assert result.records[0].student == SALMA
    assert result.notes == ()
    assert result.errors == ()


@pytest.mark.parametrize(("today", "session"), [(OCTOBER_2026, "1"), (MARCH_2027, "2")])
def test_the_current_year_alone_is_the_semester_under_way_without_fallback(
    today: date, session: str
) -> None:
    portal = Portal({("2025", "2"): FULL})
    result = get_grades(portal.session, year=2026, semester=None, today=today)
    assert portal.asked == [("2026", session)]
    assert shown(result) == [("2026/2027", int(session), False)]
    assert len(result.notes) == 1


def test_a_past_year_alone_is_both_of_its_semesters() -> None:
    portal = Portal({("2024", "1"): FULL, ("2024", "2"): FULL})
    result = get_grades(portal.session, year=2024, semester=None, today=MARCH_2027)
    assert portal.asked == [("2024", "1"), ("2024", "2")]
    assert shown(result) == [("2024/2025", 1, True), ("2024/2025", 2, True)]
    assert result.notes == ()


@pytest.mark.parametrize(
    ("semester", "session"),
    cast("list[tuple[Literal[1, 2, 'year'], str]]", [(1, "1"), (2, "2"), ("year", "3")]),
)
def test_a_semester_alone_is_that_of_the_current_year_without_fallback(
    semester: Literal[1, 2, "year"], session: str
) -> None:
    portal = Portal({("2025", session): FULL})
    result = get_grades(portal.session, year=None, semester=semester, today=MARCH_2027)
    assert portal.asked == [("2026", session)]
    assert shown(result) == [("2026/2027", semester, False)]
    assert len(result.notes) == 1


def test_year_and_semester_are_asked_for_as_given() -> None:
    portal = Portal({("2019", "3"): FULL})
    result = get_grades(portal.session, year=2019, semester="year", today=MARCH_2027)
    assert portal.asked == [("2019", "3")]
    assert shown(result) == [("2019/2020", "year", True)]


def test_nothing_published_where_it_was_asked_for_is_one_empty_card_and_one_note() -> None:
    for card in (ReportCard(), NAMES_ONLY):
        portal = Portal({("2025", "2"): card})
        result = get_grades(portal.session, year=2025, semester=2, today=MARCH_2027)
        assert shown(result) == [("2025/2026", 2, False)]
        assert len(result.notes) == 1
        assert "Semester 2, 2025/2026" in result.notes[0]
        assert result.errors == ()


def test_the_fallback_goes_back_from_the_newest_semester_and_stops_at_the_first_with_marks() -> (
    None
):
    portal = Portal(
        {("2026", "1"): NAMES_ONLY, ("2025", "1"): FULL, ("2024", "2"): FULL},
        years=("2024", "2026", "2025"),
    )
    result = get_grades(portal.session, year=None, semester=None, today=MARCH_2027)
    assert portal.asked == [*(("2026", "2"), "years", ("2026", "1"), ("2025", "2"), ("2025", "1"))]
    assert shown(result) == [("2025/2026", 1, True)]
    (note,) = result.notes
    assert "Semester 2, 2026/2027" in note
    assert "Semester 1, 2025/2026" in note


def test_the_fallback_never_asks_twice_for_one_card() -> None:
    portal = Portal(years=("2026", "2025", "2026"))
    get_grades(portal.session, year=None, semester=None, today=OCTOBER_2026)
    cards = [one for one in portal.asked if one != "years"]
    assert len(set(cards)) == len(cards)
    assert cards[0] == ("2026", "1")
    assert set(cards) == {(year, half) for year in ("2025", "2026") for half in "12"}


def test_the_fallback_knows_the_current_year_even_where_the_list_does_not() -> None:
    portal = Portal({("2026", "1"): FULL}, years=())
    result = get_grades(portal.session, year=None, semester=None, today=MARCH_2027)
    assert portal.asked == [("2026", "2"), "years", ("2026", "1")]
    assert shown(result) == [("2026/2027", 1, True)]


def test_nothing_anywhere_is_the_empty_card_of_today_and_one_note() -> None:
    portal = Portal(years=("2026", "2025"))
    result = get_grades(portal.session, year=None, semester=None, today=MARCH_2027)
    assert shown(result) == [("2026/2027", 2, False)]
    assert len(result.notes) == 1


def test_a_first_card_that_fails_is_no_empty_card() -> None:
    portal = Portal({("2026", "2"): PageChanged("changed"), ("2026", "1"): FULL})
    with pytest.raises(PageChanged):
        get_grades(portal.session, year=None, semester=None, today=MARCH_2027)
    assert portal.asked == [("2026", "2")]


def test_all_years_are_both_semesters_of_every_year_listed_in_its_order() -> None:
    portal = Portal({("2025", "1"): FULL}, years=("2024", "2025"))
    told: list[tuple[int, int]] = []
    result = get_all_grades(
        portal.session, semester=None, report=lambda done, total: told.append((done, total))
    )
    assert portal.asked == ["years", *((y, s) for y in ("2024", "2025") for s in "12")]
    assert [one[2] for one in shown(result)] == [False, False, True, False]
    assert len(result.notes) == 3
    assert told[:4] == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_all_years_of_one_semester_are_one_card_a_year() -> None:
    portal = Portal(years=("2024", "2025"))
    get_all_grades(portal.session, semester="year", report=None)
    assert portal.asked == ["years", ("2024", "3"), ("2025", "3")]


def test_no_year_listed_is_an_answer() -> None:
    result = get_all_grades(Portal(years=()).session, semester=None, report=None)
    assert result.records == ()
    assert len(result.notes) == 1
    assert result.errors == ()


@pytest.mark.parametrize("error", [PageChanged("odd"), PortalUnavailable("down")])
def test_a_card_that_fails_among_several_is_named_and_the_others_are_kept(
    error: MassarError,
) -> None:
    cards: dict[Card, ReportCard | MassarError] = {
        ("2025", "2"): error,
        ("2025", "1"): FULL,
        ("2024", "1"): FULL,
        ("2024", "2"): FULL,
    }
    portal = Portal(cards, years=("2025", "2024"))
    result = get_all_grades(portal.session, semester=None, report=None)
    assert [one[:2] for one in shown(result)] == [
        *(("2025/2026", 1), ("2024/2025", 1), ("2024/2025", 2))
    ]
    (told,) = result.errors
    assert type(told) is type(error)
    assert told.message == f"Semester 2, 2025/2026: {error.message}"
    assert told.hint == error.hint
    result = get_grades(portal.session, year=2025, semester=None, today=MARCH_2027)
    assert [one[:2] for one in shown(result)] == [("2025/2026", 1)]
    assert len(result.errors) == 1


def test_when_every_card_fails_the_first_failure_is_raised() -> None:
    cards: dict[Card, ReportCard | MassarError] = {
        ("2025", "1"): PageChanged("first"),
        ("2025", "2"): PortalUnavailable("second"),
    }
    with pytest.raises(PageChanged, match="first"):
        get_all_grades(Portal(cards, years=("2025",)).session, semester=None, report=None)


def test_a_failure_that_is_not_of_one_card_ends_the_run() -> None:
    portal = Portal({("2026", "2"): CredentialsProblem("refused")})
    with pytest.raises(CredentialsProblem):
        get_all_grades(portal.session, semester=None, report=None)
    assert portal.asked == ["years", ("2026", "1"), ("2026", "2")]


def test_a_subject_filter_keeps_every_card_and_says_when_none_matches() -> None:
    portal = Portal({("2024", "1"): FULL, ("2024", "2"): FULL})
    result = get_grades(portal.session, year=2024, semester=None, today=MARCH_2027)
    assert shown(only_subject(result, "MATHÉ")) == shown(result)
    none = only_subject(result, "physics")
    assert [one[2] for one in shown(none)] == [False, False]
    assert "physics" in none.notes[0]
    assert none.notes[1] == "Subjects: Maths"
    assert "Perhaps you mean: Maths." in only_subject(result, "maht").notes[0]


def test_a_subject_that_is_not_there_has_no_averages(massar: Run) -> None:
    card = ("--demo", "grades", "--semester", "1")
    found, none = (massar(*card, "--subject", name) for name in ("maths", "maht"))
    assert "average" in found.out
    assert "average" not in none.out
    assert "الرياضيات" in none.err.splitlines()[0]
    read = massar(*card, "--subject", "maht", "--json")
    assert json.loads(read.out)["data"][0]["average"] is not None


def outcome(year: str) -> YearOutcome:
    return YearOutcome(
        school_year=year, school=None, level=None, average=None, average_text=None, decision=None
    )


def test_the_school_path_is_followed_page_by_page() -> None:
    grid = (*(Read((outcome("c"),), 2), Read((outcome("b"),), 3), Read((outcome("a"),))),)
    portal = Portal(grid=grid)
    result = get_journey(portal.session)
    assert [one.school_year for one in result.records] == ["c", "b", "a"]
    assert portal.asked == ["path 1", "path 2", "path 3"]
    assert result.notes == ()


def test_an_empty_school_path_is_an_answer() -> None:
    result = get_journey(Portal(grid=(Read(()),)).session)
    assert result.records == ()
    assert len(result.notes) == 1


@pytest.mark.parametrize("following", [0, 1, 3, -1, 10**9])
def test_a_pager_that_does_not_move_on_by_one_is_refused(following: int) -> None:
    portal = Portal(grid=(Read((outcome("a"),), following),))
    with pytest.raises(PageChanged):
        get_journey(portal.session)
    assert portal.asked == ["path 1"]


def test_a_pager_that_stays_on_its_page_is_refused() -> None:
    portal = Portal(grid=(Read((outcome("a"),), 2), Read((outcome("b"),), 2)))
    with pytest.raises(PageChanged):
        get_journey(portal.session)
    assert portal.asked == ["path 1", "path 2"]


def test_a_pager_without_an_end_is_refused() -> None:
    class Endless(Portal):
        def open(self, page: Any, *, query: Any = None, fields: Any = None) -> Read:
            del page, fields
            number = int((query or {}).get("grid-page", "1"))
            self.asked.append(f"path {number}")
            return Read((outcome(str(number)),), number + 1)

    portal = Endless()
    with pytest.raises(PageChanged):
        get_journey(portal.session)
    assert 10 <= len(portal.asked) <= 100


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 8, 31, 22, 59, tzinfo=UTC), date(2026, 8, 31)),
        (datetime(2026, 8, 31, 23, 30, tzinfo=UTC), date(2026, 9, 1)),
        (datetime(2027, 1, 31, 22, 59, tzinfo=UTC), date(2027, 1, 31)),
        (datetime(2027, 1, 31, 23, 30, tzinfo=UTC), date(2027, 2, 1)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_days_are_casablancas(
    monkeypatch: pytest.MonkeyPatch, massar: Run, moment: datetime, day: date
) -> None:
    class Frozen(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            assert tz is not None
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(school_calendar, "datetime", Frozen)
    assert now_in_casablanca().date() == day
    assert now_in_casablanca().utcoffset() is not None
    last = school_year_of(day) + 1
    assert massar("grades", "--year", str(last)).code == 3  # a good year, but no code
    assert massar("grades", "--year", str(last + 1)).code == 2


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_machines_own_zone_does_not_matter(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        moment = now_in_casablanca()
        assert str(moment.tzinfo) == "Africa/Casablanca"
        assert abs(moment.timestamp() - time.time()) < 60
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("day", "year", "semester"),
    [
        (date(2027, 1, 31), 2026, 1),
        (date(2027, 2, 1), 2026, 2),
        (date(2027, 8, 31), 2026, 2),
        (date(2027, 9, 1), 2027, 1),
    ],
)
def test_a_school_year_starts_in_september_and_its_second_half_in_february(
    day: date, year: int, semester: int
) -> None:
    assert (school_year_of(day), semester_of(day)) == (year, semester)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(("2025/2026", 2025), ("2025", 2025), ("2005", 2005), ("2005/2006", 2005)),
        *(("2027", 2027), ("2027/2028", 2027), (" 2025 ", 2025), ("2025-2026", 2025)),
    ],
)
def test_a_year_is_written_in_two_ways(text: str, year: int) -> None:
    assert parse_year(text, MARCH_2027) == year


@pytest.mark.parametrize(
    "text",
    [
        *("2004", "2004/2005", "2028", "2028/2029", "2025/2027", "2025/2025", "2025/2024"),
        *("2025/", "/2026", "2025/26", "25", "02025", "20255", "2025/20266", "2025/2026/2027"),
        *(
            "",
            " ",
            "two",
            "2025.0",
            "2,025",
            "+2025",
            "-2025",
            "0x7e9",
            "2025\n/2027",
            "²⁰²⁵",
            "1e3",
        ),
    ],
)
def test_what_is_no_year_is_refused_with_the_years_that_are(text: str) -> None:
    with pytest.raises(Unusable) as refusal:
        parse_year(text, MARCH_2027)
    assert "2005/2006" in refusal.value.hint
    assert "2027/2028" in refusal.value.hint


def test_the_last_year_moves_on_the_first_of_september() -> None:
    with pytest.raises(Unusable):
        parse_year("2028", date(2027, 8, 31))
    assert parse_year("2028", date(2027, 9, 1)) == 2028


@pytest.fixture
def in_march_2027(monkeypatch: pytest.MonkeyPatch) -> None:
    from massar_cli.practice.clock import PRACTICE_NOW

    monkeypatch.setattr(school_calendar, "now_in_casablanca", lambda: PRACTICE_NOW)


@pytest.mark.usefixtures("in_march_2027")
@pytest.mark.parametrize(
    ("arguments", "cards", "notes"),
    [
        ((), [("2026/2027", 1, True)], 1),
        (("--year", "2026"), [("2026/2027", 2, False)], 1),
        (("--semester", "1"), [("2026/2027", 1, True)], 0),
        (("--semester", "2"), [("2026/2027", 2, False)], 1),
        (("--year", "2025"), [("2025/2026", 1, True), ("2025/2026", 2, True)], 0),
        (("--year", "2025/2026", "--semester", "year"), [("2025/2026", "year", True)], 0),
        (("--year", "2006"), [("2006/2007", 1, False), ("2006/2007", 2, False)], 2),
        (("--year", "2027", "--semester", "1"), [("2027/2028", 1, False)], 1),
    ],
)
def test_the_rules_hold_from_the_command_line_to_the_portal(
    massar: Run,
    practice: Practice,
    arguments: tuple[str, ...],
    cards: list[tuple[str, object, bool]],
    notes: int,
) -> None:
    done = massar("grades", *arguments, "--json", **practice.settings())
    assert done.code == 0, done.err
    data = json.loads(done.out)["data"]
    assert [(one["school_year"], one["semester"], bool(one["subjects"])) for one in data] == cards
    assert len(done.err.splitlines()) == notes
    lists = practice.asked().count("GET /moutamadris/TuteurEleves/GetNotesEleve")
    assert lists == (0 if arguments else 1)


@pytest.mark.usefixtures("in_march_2027")
def test_a_newcomer_of_whom_nothing_is_published_gets_an_answer(
    massar: Run, practice: Practice
) -> None:
    newcomer = next(one for one in STUDENTS if one.code == "X130000007")
    done = massar("grades", "--json", **practice.settings(newcomer))
    assert done.code == 0
    (card,) = json.loads(done.out)["data"]
    assert card["subjects"] == []
    assert (card["school_year"], card["semester"]) == ("2026/2027", 2)
    assert len(done.err.splitlines()) == 1
    table = massar("grades", **practice.settings(newcomer))
    assert table.code == 0
    path = massar("journey", "--json", **practice.settings(newcomer))
    assert path.code == 0
    assert json.loads(path.out)["data"] == []


def test_all_years_of_the_practice_portal_are_listed_by_it(massar: Run) -> None:
    done = massar("--demo", "grades", "--year", "all", "--json")
    assert done.code == 0
    data = json.loads(done.out)["data"]
    assert len(data) == 8
    assert {one["school_year"] for one in data} == {f"{year}/{year + 1}" for year in DEMO.years}
    assert len(done.err.splitlines()) == sum(not one["subjects"] for one in data)
