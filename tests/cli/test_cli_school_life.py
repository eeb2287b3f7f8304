"""Absences, homework and the other services over real HTTP, as the portal's students live them.

Every edition shows the same facts on pages of its own, in two languages; what is read from any of
them is compared with the facts themselves.
"""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest

from massar_cli import school_calendar
from massar_cli.practice.clock import PRACTICE_NOW
from massar_cli.practice.life.dates import TODAY, school_year_of, semester_of
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import STUDENTS, PracticeStudent
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]

COMMANDS = ("absences", "homework", "timetable", "exams", "messages", "documents", "orientation")
EDITIONS = [(edition, language) for edition in ("2018", "2025") for language in ("ar", "fr")]
STUDENT = {student.code: student for student in STUDENTS}
USUAL, EMPTY, NOTHING = (STUDENT[f"X13000000{n}"] for n in (1, 7, 8))
ENGLISH_DAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
)  # fmt: skip

everywhere = pytest.mark.parametrize(("edition", "language"), EDITIONS)


class Portal:
    """One edition in one language, and a student who asks it."""

    def __init__(self, serve: Serve, massar: Run, edition: str, language: str) -> None:
        self.practice = serve(PracticePortal(edition=edition, language=language))
        self.edition, self.language = edition, language
        self._massar = massar

    def run(self, *arguments: str, student: PracticeStudent = USUAL) -> Done:
        return self._massar(*arguments, **self.practice.settings(student))

    def data(self, *arguments: str, student: PracticeStudent = USUAL) -> list[dict[str, Any]]:
        done = self.run(*arguments, "--json", student=student)
        assert done.code == 0, done.err
        document = json.loads(done.out)
        assert document["schema"] == f"massar.{arguments[0]}/1"
        assert document["errors"] == []
        for element in document["data"]:
            assert element["student"]["code"] == student.code
            assert element["raw"]
        records: list[dict[str, Any]] = document["data"]
        return records

    def said(self, text: Any) -> str | None:
        """Return a text of the school life as this portal's language has it."""
        return None if text is None else text.said_in(self.language)


@pytest.fixture
def portal(serve: Serve, massar: Run) -> Callable[[str, str], Portal]:
    return lambda edition, language: Portal(serve, massar, edition, language)


Open = Callable[[str, str], Portal]


def facts_of_absences(portal: Portal) -> list[tuple[Any, ...]]:
    return [
        (
            one.day.isoformat(),
            one.until.isoformat() if one.until else None,
            portal.said(one.subject),
            portal.said(one.session) if one.session else "whole",
            one.hours,
            one.justified,
            portal.said(one.reason),
            semester_of(one.day),
        )
        for one in life_of(USUAL).absences
    ]


def read_absences(portal: Portal, *options: str) -> list[tuple[Any, ...]]:
    sessions = {
        portal.said(one.session) for one in life_of(USUAL).absences if one.session is not None
    }
    return [
        (
            one["date"],
            one["until"],
            one["subject"],
            one["session"] if one["session"] in sessions else "whole",
            one["hours"],
            one["justified"],
            one["reason"],
            one["semester"],
        )
        for one in portal.data("absences", *options)
    ]


@everywhere
def test_every_absence_is_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    options = () if edition == "2018" else ("--year", "all")
    assert sorted(read_absences(here, *options), key=str) == sorted(
        facts_of_absences(here), key=str
    )


@everywhere
@pytest.mark.parametrize("semester", [1, 2])
def test_absences_of_a_semester_and_year(
    portal: Open, edition: str, language: str, semester: int
) -> None:
    here = portal(edition, language)
    read = read_absences(here, "--year", "2025/2026", "--semester", str(semester))
    expected = [
        fact
        for fact, one in zip(facts_of_absences(here), life_of(USUAL).absences, strict=True)
        if (school_year_of(one.day), semester_of(one.day)) == (2025, semester)
    ]
    assert expected
    assert sorted(read, key=str) == sorted(expected, key=str)


def test_a_choice_is_only_followed_by_asking(portal: Open) -> None:
    here = portal("2025", "fr")
    read_absences(here, "--year", "all")
    assert not any(one.changes_something for one in here.practice.portal.journal)
    posts = [one for one in here.practice.asked() if one.startswith("POST")]
    assert len(posts) == 1
    assert here.practice.passwords_posted() == 1


def test_absences_without_a_filter_are_those_of_the_page_and_the_rest_is_told(
    portal: Open,
) -> None:
    here = portal("2025", "fr")
    done = here.run("absences")
    assert done.code == 0
    assert "--year" in done.err
    assert "--semester" in done.err


def test_absences_since_until_and_unjustified(portal: Open) -> None:
    here = portal("2018", "fr")
    since, until = date(2026, 10, 1), date(2027, 1, 15)
    dated = [
        one
        for one in life_of(USUAL).absences
        if (one.until or one.day) >= since and one.day <= until
    ]
    read = here.data("absences", "--since", "2026-10-01", "--until", "15/01/2027")
    assert sorted(one["date"] for one in read) == sorted(one.day.isoformat() for one in dated)
    unjustified = here.data("absences", "--unjustified")
    facts = [one for one in life_of(USUAL).absences if one.justified is False]
    assert len(unjustified) == len(facts)
    assert {one["justified"] for one in unjustified} == {False}
    undecided = sum(one.justified is None for one in life_of(USUAL).absences)
    assert str(undecided) in here.run("absences", "--unjustified").err


def test_days_are_asked_of_every_year_and_semester_and_come_in_one_order(portal: Open) -> None:
    here = portal("2025", "fr")
    since, until = date(2025, 12, 1), date(2026, 10, 31)
    dated = [
        one.day.isoformat()
        for one in life_of(USUAL).absences
        if (one.until or one.day) >= since and one.day <= until
    ]
    read = here.data("absences", "--since", str(since), "--until", str(until))
    assert [one["date"] for one in read] == sorted(dated, reverse=True)
    assert {one["semester"] for one in read} == {1, 2}
    older = here.run("absences", "--since", "2024-06-01")
    assert "it has: 2025/2026, 2026/2027" in older.err


def test_totals_are_those_of_the_whole_year_and_every_table_names_what_was_read(
    portal: Open,
) -> None:
    here = portal("2025", "fr")
    of_year = [one for one in life_of(USUAL).absences if school_year_of(one.day) == 2026]
    done = here.run("--quiet", "absences", "--total", "--format", "csv")
    everything = list(csv.DictReader(StringIO(done.out)))[-1]
    assert int(everything["count"]) == len(of_year)
    titles = {
        (): "Absences · Semester 2, 2026/2027",
        ("--total",): "Absences · Month · 2026/2027",
        ("--total", "--semester", "1"): "Absences · Month · Semester 1, 2026/2027",
        ("--year", "2025"): "Absences · 2025/2026",
        ("--year", "all"): "Absences · 2025/2026 · 2026/2027",
    }
    for options, title in titles.items():
        assert here.run("absences", *options).out.splitlines()[0] == title
    # This edition has every absence on one page, and does not say which years these are.
    assert portal("2018", "fr").run("absences", "--total").out.startswith("Absences · Month\n")


def test_a_column_of_totals_without_a_number_is_left_out(massar: Run, practice: Practice) -> None:
    settings = practice.settings(USUAL)
    march = ("absences", "--since", "2027-03-01", "--until", "2027-03-31", "--total")
    heading = massar(*march, **settings).out.splitlines()[1]
    assert "Without hours" in heading
    assert "Unjustified" in heading
    assert "Unjustified hours" not in heading


def test_totals_of_absences_count_what_is_told_and_keep_the_rest_apart(portal: Open) -> None:
    here = portal("2018", "fr")
    done = here.run("absences", "--total", "--format", "csv")
    rows = list(csv.DictReader(StringIO(done.out)))
    everything = rows[-1]
    facts = life_of(USUAL).absences
    told = [one for one in facts if one.hours is not None]
    assert everything["by"] == "all"
    assert int(everything["count"]) == len(facts)
    assert int(everything["hours"]) == sum(one.hours or 0 for one in told)
    assert int(everything["without_hours"]) == len(facts) - len(told)
    assert int(everything["unjustified"]) == sum(one.justified is False for one in facts)
    march = next(row for row in rows if (row["by"], row["name"]) == ("month", "2027-03"))
    of_march = [one for one in facts if (one.day.year, one.day.month) == (2027, 3)]
    assert int(march["count"]) == len(of_march)
    assert not any(one.hours for one in of_march)
    assert march["hours"] == ""
    by_subject = [row for row in rows if row["by"] == "subject"]
    assert sum(int(row["count"]) for row in by_subject) == len(facts)
    table = here.run("absences", "--total").out
    assert str(len(facts)) in table
    assert len(here.data("absences", "--total")) == len(facts)


@everywhere
def test_all_homework_is_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    read = here.data("homework")
    facts = life_of(USUAL).homework
    assert [(one["published"], one["due"], one["subject"]) for one in read] == [
        (
            one.published.isoformat(),
            one.due.isoformat() if one.due else None,
            here.said(one.subject),
        )
        for one in facts
    ]
    for one, fact in zip(read, facts, strict=True):
        assert one["subject_id"]
        lines = [" ".join(str(here.said(line)).split()) for line in fact.lines]
        assert one["text"].split("\n")[: len(lines) - 1] == lines[:-1]
        assert lines[-1] in one["text"]
        assert [file["name"] for file in one["attachments"]] == [
            here.said(file.link) for file in fact.files
        ]
        assert all(file["url"].startswith(here.practice.url) for file in one["attachments"])
        assert len({file["url"] for file in one["attachments"]}) == len(fact.files)


@pytest.mark.parametrize(
    ("due", "first", "last"),
    [
        ("today", TODAY, TODAY),
        ("week", TODAY, TODAY + timedelta(days=6)),
        ("19/03/2027", date(2027, 3, 19), date(2027, 3, 19)),
        ("demain", TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        ("الجمعة", date(2027, 3, 19), date(2027, 3, 19)),
    ],
)
def test_homework_due(massar: Run, due: str, first: date, last: date) -> None:
    done = massar("--demo", "homework", "--due", due, "--json")
    facts = life_of(USUAL).homework
    read = [one["due"] for one in json.loads(done.out)["data"]]
    assert read == [one.due.isoformat() for one in facts if one.due and first <= one.due <= last]
    undated = sum(one.due is None for one in facts)
    assert f"Homework without a due date is not shown: {undated}" in done.err


@pytest.mark.parametrize("command", [("homework", "--due"), ("timetable", "--day")])
def test_what_is_no_day_is_refused_with_the_words_that_are(
    massar: Run, command: tuple[str, str]
) -> None:
    done = massar("--demo", *command, "soon")
    assert done.code == 2
    for word in ("today", "demain", "غدا", "monday", "lundi", "2027-03-15"):
        assert word in done.err
    assert (" week, " in done.err) == (command[0] == "homework")


@everywhere
def test_the_whole_timetable_is_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    read = here.data("timetable")
    assert [
        (
            *(one["weekday"], one["start"], one["end"]),
            *(one["subject"], one["teacher"], one["room"], one["text"], one["date"]),
        )
        for one in read
    ] == [
        (
            *(ENGLISH_DAYS[one.day], one.start, one.end),
            *(here.said(one.subject), here.said(one.teacher), here.said(one.room), None, None),
        )
        for one in life_of(USUAL).timetable
    ]


@pytest.mark.parametrize(
    ("day", "number"), [("today", TODAY.weekday()), ("mardi", 1), ("friday", 4), ("2027-03-20", 5)]
)
def test_the_timetable_of_a_day(massar: Run, day: str, number: int) -> None:
    done = massar("--demo", "timetable", "--day", day, "--json")
    read = json.loads(done.out)["data"]
    assert [one["start"] for one in read] == [
        one.start for one in life_of(USUAL).timetable if one.day == number
    ]
    assert {one["weekday"] for one in read} == {ENGLISH_DAYS[number]}


def test_a_timetable_without_dates_is_that_of_every_week(massar: Run) -> None:
    done = massar("--demo", "timetable", "--week", "--json")
    assert len(json.loads(done.out)["data"]) == len(life_of(USUAL).timetable)
    assert "The page has no dates" in done.err
    assert massar("--demo", "timetable", "--json").err == ""


@everywhere
def test_planned_tests_are_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    assert "cannot ask for" not in here.run("exams").err
    facts = life_of(USUAL).exams
    if edition == "2018":
        # Its other years are chosen by a form that is posted.
        assert "cannot ask for" in here.run("exams", "--year", "2025").err
        facts = tuple(one for one in facts if school_year_of(one.day) == school_year_of(TODAY))
    assert [
        tuple(one[name] for name in ("date", "start", "end", "subject", "title", "room"))
        for one in here.data("exams")
    ] == [
        (
            *(one.day.isoformat(), one.start, one.end),
            *(here.said(one.subject), here.said(one.kind), here.said(one.room)),
        )
        for one in facts
    ]


@everywhere
def test_upcoming_tests_begin_today(
    portal: Open, edition: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(school_calendar, "now_in_casablanca", lambda: PRACTICE_NOW)
    read = portal(edition, language).data("exams", "--upcoming")
    assert [one["date"] for one in read] == [
        one.day.isoformat() for one in life_of(USUAL).exams if one.day >= TODAY
    ]


@everywhere
def test_messages_are_read_and_none_becomes_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    facts = life_of(USUAL).messages
    for _again in range(2):
        assert [
            (one["date"], one["sender"], one["title"], one["unread"])
            for one in here.data("messages")
        ] == [
            (
                *(one.sent.date().isoformat(), here.said(one.sender)),
                *(" ".join(str(here.said(one.title)).split()), not one.is_read),
            )
            for one in facts
        ]
    unread = here.data("messages", "--unread")
    assert len(unread) == sum(not one.is_read for one in facts)
    if edition == "2018":
        assert all(one["url"].startswith(here.practice.url) for one in unread)
    assert not any(one.changes_something for one in here.practice.portal.journal)


@everywhere
def test_documents_are_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    read = here.data("documents")
    facts = life_of(USUAL).documents
    assert [(one["title"], one["date"]) for one in read] == [
        (here.said(one.link), one.day.isoformat()) for one in facts
    ]
    addresses = [file["url"] for one in read for file in one["attachments"]]
    assert [one.rpartition("/")[2].rpartition("=")[2] for one in addresses] == [
        one.ref for one in facts
    ]


def test_addresses_of_documents_are_for_programs_alone(massar: Run) -> None:
    assert "http" not in massar("--demo", "documents").out
    assert "http" in massar("--demo", "documents", "--format", "csv").out


@everywhere
def test_wishes_are_read(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    assert [
        (one["rank"], one["choice"], one["status"], one["date"]) for one in here.data("orientation")
    ] == [
        (one.rank, here.said(one.branch), here.said(one.status), one.wished.isoformat())
        for one in life_of(USUAL).wishes
    ]
    assert not any(one.changes_something for one in here.practice.portal.journal)


@everywhere
def test_an_empty_list_is_nothing_recorded(portal: Open, edition: str, language: str) -> None:
    here = portal(edition, language)
    for command in COMMANDS:
        assert here.data(command, student=EMPTY) == []
        done = here.run(command, student=EMPTY)
        assert done.code == 0
        assert "Nothing is recorded" in done.err, command


@everywhere
def test_what_is_not_offered_is_told_and_no_failure(
    portal: Open, edition: str, language: str
) -> None:
    here = portal(edition, language)
    for command in COMMANDS:
        done = here.run(command, "--json", student=NOTHING)
        assert done.code == 0
        assert json.loads(done.out)["data"] == []
        assert "does not offer" in done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_in_each_format(massar: Run, practice: Practice, command: str) -> None:
    settings = practice.settings(USUAL)
    as_json = massar(command, "--json", **settings)
    as_csv = massar(command, "--format", "csv", **settings)
    as_table = massar("--lang", "fr", command, **settings)
    assert (as_json.code, as_csv.code, as_table.code) == (0, 0, 0)
    data = json.loads(as_json.out)["data"]
    rows = list(csv.reader(StringIO(as_csv.out)))
    assert rows[0] == [name for name in data[0] if name not in {"student", "raw"}]
    assert len(rows) == len(data) + 1
    for row, one in zip(rows[1:], data, strict=True):
        for name, cell in zip(rows[0], row, strict=True):
            value = one[name]
            if value is None or value == []:
                assert cell == ""
            elif isinstance(value, list):
                assert cell == " | ".join(f"{file['name']} {file['url']}" for file in value)
            elif isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, int):
                assert cell == str(value)
    assert len(as_table.out.splitlines()) == len(data) + 3


def test_a_formula_in_a_text_does_not_run_in_a_spreadsheet(massar: Run) -> None:
    done = massar("--demo", "homework", "--format", "csv")
    cells = [row[4] for row in csv.reader(StringIO(done.out))]
    assert "'=1+1" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    "arguments",
    [
        ("absences", "--semester", "3"),
        ("absences", "--since", "15/03/27"),
        ("absences", "--since", "2027-03-15", "--until", "2027-03-14"),
        ("absences", "--year", "1999"),
        ("homework", "--due", "soon"),
        ("timetable", "--day", "someday"),
    ],
)
def test_a_filter_that_cannot_be_used_is_told_before_anything_is_asked_for(
    massar: Run, practice: Practice, arguments: tuple[str, ...]
) -> None:
    done = massar(*arguments, **practice.settings())
    assert (done.code, done.out) == (2, "")
    assert practice.asked() == []


def test_a_page_of_the_menu_may_be_chosen(portal: Open) -> None:
    here = portal("2018", "fr")
    both = here.data("absences")
    lessons = here.data("absences", "--page", "Suivi des absences et retards")
    assert 0 < len(lessons) < len(both)


def test_a_page_that_is_no_such_list_is_refused(portal: Open) -> None:
    here = portal("2018", "fr")
    done = here.run("absences", "--page", "Messagerie", "--json")
    assert (done.code, done.out) == (5, "")
    assert json.loads(done.err)["error"]["kind"] == "page-changed"


def test_the_end_of_the_first_semester_is_a_setting(
    massar: Run, home: Any, practice: Practice
) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "config.toml").write_text('first_semester_until = "02-20"\n', encoding="utf-8")
    done = massar("absences", "--json", **practice.settings())
    semesters = {one["date"]: one["semester"] for one in json.loads(done.out)["data"]}
    assert semesters["2027-02-15"] == 1
    assert semesters["2027-02-24"] == 2
    (home / "config.toml").write_text('first_semester_until = "31/01"\n', encoding="utf-8")
    refused = massar("absences", **practice.settings())
    assert refused.code == 2
    assert "first_semester_until" in refused.err
