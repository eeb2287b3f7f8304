"""Every table of the practice portal on terminals of every width, in every language and mode."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import pytest
from wcwidth import wcswidth

from massar_cli.cells import row_texts
from massar_cli.formats import FORMATS, Envelope
from massar_cli.language import LANGUAGES, active_language, use_language
from massar_cli.rtl import Rtl
from massar_cli.terminal_table import table_lines
from massar_cli.view import Table, View
from tests.cli.processes import surroundings
from tests.cli.terminal import Terminal
from tests.conftest import Done
from tests.formats.screens import is_address, read, turning_each_word, without_marks

Run = Callable[..., Done]

WIDTHS = (40, 60, 80, 120)
COMMANDS = (
    *(("grades",), ("grades", "--summary"), ("grades", "--year", "2023"), ("journey",)),
    *(("grades", "--year", "2020"), ("grades", "--year", "2025", "--semester", "year")),
    *(("profile", "--all-fields"), ("absences",), ("absences", "--total"), ("homework",)),
    *(("timetable",), ("exams",), ("messages",), ("documents",), ("orientation",), ("pages",)),
    *(("page", "absences"), ("page", "timetable"), ("page", "documents"), ("children",)),
)
CARDS = ("grades", "--year", "2023")
LEFT_OUT = {
    "en": "Not shown for lack of room: Coef., Class max, Class mean, Class min.",
    "fr": "Non affiché, faute de place\u00a0: Coef., Max classe, Moy. classe, Min classe.",
    "ar": "لم يُعرض لضيق المكان: المعامل، أعلى نقطة، معدل القسم، أدنى نقطة.",
}
RECORDED: dict[tuple[str, ...], View] = {}


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = active_language()
    yield
    use_language(before)


@pytest.fixture
def tables(massar: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Table]]:
    """Return the tables that a command prints, as they are before they are laid out."""

    def tables_of(language: str, *command: str) -> list[Table]:
        key = language, *command
        if key not in RECORDED:

            def record(view: View, _stream: IO[bytes], _envelope: Envelope) -> None:
                RECORDED[key] = view

            with monkeypatch.context() as patch:
                patch.setitem(FORMATS, "table", record)
                assert massar("--demo", "--lang", language, *command).code == 0
        use_language(language)
        return list(RECORDED[key].tables())

    return tables_of


def words_of(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.replace("│", " ").split())


def letters_of(texts: Iterable[str]) -> Counter[str]:
    """Return the words without their signs, which stand elsewhere in shaped text."""
    return Counter(word for text in texts for word in re.findall(r"[^\W_]+", text))


def cells_of(table: Table, left_out: Iterable[str]) -> Iterator[str]:
    places = [i for i, column in enumerate(table.columns) if column.heading not in left_out]
    for row in table.rows:
        texts = row_texts(table, row, ".")
        yield from (texts[i] for i in places)


@pytest.mark.parametrize("rtl", Rtl)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_fit_break_no_word_and_lose_none(
    tables: Callable[..., list[Table]], language: str, width: int, rtl: Rtl
) -> None:
    for command in COMMANDS:
        for table in tables(language, *command):
            left_out: list[str] = []
            lines = list(
                table_lines(
                    [table], ".", width=width, colour=False, rtl=rtl, leave_out=left_out.append
                )
            )
            bare = list(map(without_marks, lines))
            wide = [line for line in bare if wcswidth(line) > width and not is_address(line)]
            assert wide == [], command
            assert [line for line in bare if not line.strip() or line != line.rstrip()] == []
            extras = [column.heading for column in table.columns if column.is_extra]
            assert set(left_out) <= set(extras)
            shown, found = list(cells_of(table, left_out)), bare
            count = words_of
            if rtl.is_visual:
                seen = map(turning_each_word, bare) if rtl is Rtl.WORDS else bare
                count, found = letters_of, list(map(read, seen))
                shown = [unicodedata.normalize("NFKC", text) for text in shown]
            assert count(shown) - count(found) == Counter(), command


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_without_room_is_named_below_the_table(home: Path, language: str) -> None:
    def at_terminal(*options: str, columns: int = 80) -> str:
        arguments = ("--demo", "--lang", language, *options)
        environment = surroundings(home, TERM="xterm")
        with Terminal(*arguments, environment=environment, columns=columns) as terminal:
            seen = terminal.end()
        assert seen.code == 0
        return " ".join(map(without_marks, seen.lines))

    text = " ".join(re.split("[ ]+", at_terminal(*CARDS)))
    assert text.count(LEFT_OUT[language]) == 1  # for both cards
    assert text.index(LEFT_OUT[language]) > text.rindex("13")
    assert "--plain" in text
    start = LEFT_OUT[language][:16]
    assert start not in at_terminal(*CARDS, columns=140)
    assert start not in at_terminal(*CARDS, columns=40)
    assert start not in at_terminal(*CARDS, "--plain")
    assert start not in at_terminal("--quiet", *CARDS)


def test_a_pipe_and_a_file_show_every_column(massar: Run, tmp_path: Path) -> None:
    file = tmp_path / "absences.txt"
    done = massar("--demo", "absences", COLUMNS="40")
    assert massar("--demo", "absences", "-o", str(file), COLUMNS="40").code == 0
    assert "Reason" in done.out
    assert file.read_text(encoding="utf-8") == done.out
    assert done.err == ""


@pytest.mark.parametrize("options", [(), ("--plain",), ("--subject", "xyz")])
def test_where_nothing_is_published_the_notice_is_all(massar: Run, options: tuple[str]) -> None:
    done = massar("--demo", "grades", "--year", "2026", "--semester", "2", *options)
    assert (done.code, done.out) == (0, "")
    assert "nothing is published" in done.err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [24, 40, 60, 200])
def test_settings_are_never_broken(home: Path, language: str, columns: int) -> None:
    home.mkdir()
    file = home / "config.toml"
    file.write_text('[children]\nX130000011 = "سلمى المثال من المؤسسة الأولى"\n', encoding="utf-8")
    environment = surroundings(home, MASSAR_LANG=language)
    with Terminal("config", "show", environment=environment, columns=columns) as terminal:
        seen = terminal.end()
    assert seen.code == 0
    lines = [without_marks(line).strip() for line in seen.lines]
    value = "سلمى المثال من المؤسسة الأولى"
    assert any(line.endswith((value, f"{value}  ({file})")) for line in lines)
    for line in lines:
        # What does not fit is one value, or one name, by itself.
        assert wcswidth(line) < columns or not re.search(r" = .|  \(", line), line
    names = [line.split(" =")[0] for line in lines if " =" in line]
    assert {"account", "first_semester_until", "display.subject_names", "file"} <= set(names)
