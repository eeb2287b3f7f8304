"""Tables for one reader: names of subjects and levels, days, digits; programs see no change."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from massar_cli.subjects import subject_name
from tests.conftest import Done

Run = Callable[..., Done]

OF_SUBJECTS = (("absences",), ("homework",), ("timetable",), ("exams",), ("grades", "--summary"))
ARABIC_DIGIT, WESTERN_NUMBER = re.compile("[٠-٩]"), re.compile(r"\b\d+[.,/:]\d+", re.ASCII)


def write_display(home: Path, **settings: str) -> None:
    home.mkdir(exist_ok=True)
    lines = [f'{key} = "{value}"' for key, value in settings.items()]
    (home / "config.toml").write_text("\n".join(["[display]", *lines]), encoding="utf-8")


def records(massar: Run, *command: str) -> list[dict[str, Any]]:
    data = json.loads(massar("--demo", *command, "--json").out)["data"]
    if command[0] != "grades":
        return [dict(one) for one in data]
    return [subject for card in data for subject in card["subjects"]]


@pytest.mark.parametrize("command", OF_SUBJECTS, ids=lambda command: command[0])
def test_subjects_have_the_names_of_the_language_or_those_of_the_portal(
    massar: Run, command: tuple[str, ...]
) -> None:
    told = {one["subject"]: one["subject_id"] for one in records(massar, *command)}
    assert any(told.values())
    for language in ("ar", "fr", "en"):
        call = ("--demo", "--lang", language, *command, "-f", "md")
        usual, named = massar(*call).out, massar(*call, "--subject-names", "ui").out
        for text, identity in told.items():
            assert text is None or f"| {text} |" in usual
            name = text if identity is None else subject_name(identity, language)
            assert name is None or f"| {name} |" in named


def test_totals_by_subject_have_the_names_of_the_language(massar: Run) -> None:
    usual = massar("--demo", "absences", "--total")
    named = massar("--demo", "absences", "--total", "--subject-names", "ui")
    assert "Mathematics" in named.out
    assert "Mathematics" not in usual.out
    # A month is written as people write it here, in every language.
    assert "03/2027" in usual.out
    assert "2027-03" not in usual.out


def test_levels_have_the_names_of_the_language(massar: Run) -> None:
    usual = massar("--demo", "journey")
    named = massar("--demo", "journey", "--subject-names", "ui")
    assert "Baccalaureate year 2, physical sciences, French option" in named.out
    assert "Lower secondary year 3, international path" in named.out
    assert "Lower" not in usual.out
    core = ("--demo", "grades", "--year", "2024", "--semester", "1", "--subject-names", "ui")
    assert "Common core, sciences, French option" in massar(*core).out


def test_the_option_wins_over_the_setting(massar: Run, home: Path) -> None:
    write_display(home, subject_names="ui")
    chosen = massar("--demo", "grades")
    portal = massar("--demo", "grades", "--subject-names", "portal")
    assert "Mathematics" in chosen.out
    assert "Mathematics" not in portal.out


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_the_option_is_refused_where_programs_read(massar: Run, format_: str) -> None:
    done = massar("--demo", "grades", "--subject-names", "ui", "-f", format_)
    assert (done.code, done.out) == (2, "")
    assert "--subject-names" in done.err


@pytest.mark.parametrize("command", OF_SUBJECTS, ids=lambda command: command[0])
def test_no_setting_and_no_language_changes_what_programs_read(
    massar: Run, home: Path, command: tuple[str, ...]
) -> None:
    calls = [(*command, "-f", format_) for format_ in ("json", "csv")]
    usual = [massar("--demo", *call) for call in calls]
    write_display(home, subject_names="ui", digits="arabic")
    for language in ("ar", "fr"):
        chosen = [massar("--demo", "--lang", language, *call) for call in calls]
        assert [(one.code, one.out) for one in chosen] == [(one.code, one.out) for one in usual]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_days_are_written_as_the_portal_writes_them(massar: Run, language: str) -> None:
    days = [date.fromisoformat(one["date"]) for one in records(massar, "exams")]
    out = massar("--demo", "--lang", language, "exams").out
    assert days
    assert [day for day in days if f"{day:%d/%m/%Y}" not in out] == []


def test_arabic_digits_are_for_tables_in_arabic_alone(massar: Run, home: Path) -> None:
    write_display(home, digits="arabic")
    tables = [massar("--demo", "--lang", "ar", *command).out for command in OF_SUBJECTS]
    assert all(map(ARABIC_DIGIT.search, tables))
    assert "٫" in tables[-1]
    assert WESTERN_NUMBER.findall(tables[-1]) == []
    # What the portal writes, such as the class, keeps its own digits.
    assert "2BACSPF-1" in tables[-1]
    for language in ("fr", "en"):
        out = massar("--demo", "--lang", language, "grades").out
        assert WESTERN_NUMBER.search(out)
        assert not ARABIC_DIGIT.search(out)


@pytest.mark.parametrize("digits", ["western", "arabic"])
@pytest.mark.parametrize(
    ("command", "notes"),
    [
        (("absences", "--unjustified"), "غير معروضة: ٧"),
        (("homework", "--due", "week"), "غير معروضة: ٢"),
        (("grades",), "(الدورة الثانية، ٢٠٢٦/٢٠٢٧)؛ المعروض: الدورة الأولى، ٢٠٢٦/٢٠٢٧."),
    ],
)
def test_notes_on_an_answer_have_the_digits_of_its_tables(
    massar: Run, home: Path, command: tuple[str, ...], notes: str, digits: str
) -> None:
    write_display(home, digits=digits)
    if digits == "western":
        notes = notes.translate(str.maketrans("٠٢٦٧", "0267"))
    assert notes in massar("--demo", "--lang", "ar", *command).err
    assert not ARABIC_DIGIT.search(massar("--demo", "--lang", "fr", *command).err)


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (("homework", "--due", "2020-13-99"), "2027-03-15"),
        (("grades", "--year", "1900"), "2026/2027"),
        (("page", "absences", "--table", "999"), "999"),
        (("grades", "--help"), "2025/2026"),
        (("doctor",), "(TLS)"),
        (("config", "show"), "timeout = 90"),
    ],
)
def test_what_can_be_typed_or_is_of_the_program_itself_has_western_digits(
    massar: Run, home: Path, command: tuple[str, ...], typed: str
) -> None:
    write_display(home, digits="arabic")
    done = massar("--demo", "--lang", "ar", *command)
    told = done.out + done.err
    assert typed in told
    assert not ARABIC_DIGIT.search(told)


def test_digits_are_western_by_default_and_in_codes(massar: Run, home: Path) -> None:
    assert not ARABIC_DIGIT.search(massar("--demo", "--lang", "ar", "grades").out)
    write_display(home, digits="arabic")
    code = records(massar, "profile")[0]["code"]
    assert code in massar("--demo", "--lang", "ar", "profile").out


def test_the_settings_are_shown_with_their_origin(massar: Run, home: Path) -> None:
    write_display(home, subject_names="ui")
    shown = massar("config", "show").out
    assert f"display.subject_names = ui  ({home / 'config.toml'})" in shown
    assert "display.digits = western  (by default)" in shown
