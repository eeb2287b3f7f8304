"""Arabic at a terminal that reorders, at one that does not, and read aloud."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from massar_cli.cells import printable
from massar_cli.language import LANGUAGES, active_language, use_language
from massar_cli.records import SubjectResult
from massar_cli.rtl import Rtl, arranged
from massar_cli.rtl_letters import has_rtl
from massar_cli.terminal_table import table_lines
from massar_cli.text_lines import Paper, paper_for
from massar_cli.view import Column, Table
from tests.formats.screens import (
    APART,
    REORDERING,
    RIGHT_TO_LEFT,
    cells_from_right,
    expected,
    is_address,
    letters_in_place,
    read,
    shown,
    turning_each_word,
    with_strong_frames,
    without_embeddings,
    without_marks,
)
from tests.formats.test_formats import VIEWS, card_with, text_of

WIDTHS = (40, 60, 80, 120)
NAMES = ("grades", "summary", "journey", "profile", "page")


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = active_language()
    yield
    use_language(before)


def answers(width: int | None, rtl: Rtl) -> Iterator[list[str]]:
    """Yield the lines of every answer in every language."""
    for language in LANGUAGES:
        use_language(language)
        for name in NAMES:
            yield text_of(VIEWS[name](), "table", width=width, rtl=rtl).splitlines()


@pytest.mark.parametrize("terminal", REORDERING)
@pytest.mark.parametrize("width", WIDTHS)
def test_where_the_terminal_reorders_every_cell_stays_in_its_place(
    width: int, terminal: Callable[[str], str]
) -> None:
    for lines in answers(width, Rtl.TERMINAL):
        assert any(map(has_rtl, lines))
        for line in lines:
            assert not RIGHT_TO_LEFT.search(APART.sub("", line)), ascii(line)
            assert terminal(line) == expected(line), ascii(line)
            assert len(without_marks(line)) <= width or is_address(line)


@pytest.mark.parametrize("terminal", [without_embeddings, with_strong_frames])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_letter_leaves_its_cell_where_the_terminal_knows_less(
    width: int, terminal: Callable[[str], str]
) -> None:
    for line in (line for lines in answers(width, Rtl.TERMINAL) for line in lines):
        if terminal is with_strong_frames and " · " in line:
            continue  # a title has no frame
        seen, start = terminal(line), 0
        for cell in re.split(r"(\s{2,}|[ ─]*[│┼][ ─]*)", expected(line)):
            end = start + len(cell)
            assert Counter(seen[start:end]) == Counter(cell), ascii(line)
            start = end


def test_shaped_rows_read_from_right_to_left_as_others_do_from_left_to_right() -> None:
    compared = 0
    for plain, shaped in zip(answers(None, Rtl.OFF), answers(None, Rtl.SHAPE), strict=True):
        for logical, visual in zip(plain, shaped, strict=True):
            if ":" in logical or "─" in logical or logical == "Document · Date":
                continue  # one text, and no row of cells
            between = " · " if " · " in logical else r"\s{2,}"
            assert cells_from_right(visual, between) == re.split(between, logical.strip())
            compared += has_rtl(logical)
    assert compared > 60


@pytest.mark.parametrize("width", WIDTHS)
def test_shaped_lines_fit_the_screen_end_at_its_edge_and_lose_no_word(width: int) -> None:
    for plain, shaped in zip(answers(width, Rtl.OFF), answers(width, Rtl.SHAPE), strict=True):
        whole = [line for line in shaped if not is_address(line)]
        rows = shown("".join(f"{line}\n" for line in whole), width)
        assert rows == whole  # the terminal broke none of them
        assert any(map(has_rtl, rows))
        assert max(map(len, rows)) == width
        assert not re.search("[\u0621-\u064a]", "".join(rows))  # none without its shape
        assert words_of(map(read, shaped)) == words_of(plain)


def words_of(lines: Iterable[str]) -> Counter[str]:
    return Counter(word for line in lines for word in re.findall(r"[^\W_]+", line))


def backwards(text: str) -> str:
    return text[::-1]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("اللغة (شفهي) 2", f"2 ({backwards('شفهي')}) {backwards('اللغة')}"),
        ("الفرض 12 يوم 15,50", f"15,50 {backwards('يوم')} 12 {backwards('الفرض')}"),
        ("12/05/2026 يوم الخميس", f"{backwards('يوم الخميس')} 12/05/2026"),
        ("درس Français 2 قسم", f"{backwards('قسم')} Français 2 {backwards('درس')}"),
        ("2BAC علوم - SVT", f"2BAC {backwards('علوم')} - SVT"),
        ("مُحَمَّد", "دمَّحَمُ"),
        ("ملف e\u0301te\u0301", f"e\u0301te\u0301 {backwards('ملف')}"),
    ],
)
def test_numbers_latin_words_brackets_and_vowel_marks_are_right_in_shaped_text(
    text: str, seen: str
) -> None:
    assert unshaped(arranged(text, Rtl.SHAPE)) == unshaped(seen)
    assert arranged(text, Rtl.TERMINAL).count(text) == 1


def unshaped(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "logical", "shaped"),
    [
        ("لا إله إلا", 10, 8),  # lam-alef is one letter once it is shaped
        ("لآلئ لإن لأن", 12, 9),
        ("مُحَمَّد", 4, 4),
        ("العـــربية", 10, 10),  # tatweel is a letter as wide as any
        ("می\u200cخواهم", 7, 7),  # a joiner has no width, and is gone once it has done its work
        ("دَرْسٌ 15,50", 9, 9),
        ("Étude", 5, 5),
    ],
)
def test_width_is_what_the_terminal_prints(text: str, logical: int, shaped: int) -> None:
    for rtl, width in {Rtl.OFF: logical, Rtl.TERMINAL: logical, Rtl.SHAPE: shaped}.items():
        assert Paper(mode=rtl).width_of(text) == width
    (row,) = shown(arranged(text, Rtl.SHAPE) + "|\n", 40)
    assert len([one for one in row if not unicodedata.combining(one)]) == shaped + 1


def test_columns_stay_below_each_other_whatever_the_letters_are_made_of() -> None:
    names = ("لا إله", "مُحَمَّد", "العـــربية", "کتاب\u200cها", "SVT")
    table = Table(
        title=(),
        columns=(Column("المادة"), Column("ع", is_number=True)),
        rows=tuple((name, Decimal("15.5")) for name in names),
    )
    for rtl in Rtl:
        lines = list(table_lines([table], ",", width=40, colour=False, rtl=rtl))
        plain = [without_marks(line) for line in lines[2:]]
        bare = ["".join(one for one in line if not unicodedata.combining(one)) for line in plain]
        bare = [line.replace("\u200c", "") for line in bare]
        assert len({line.index("15,50") for line in bare}) == 1, bare


@pytest.mark.parametrize("width", [20, 30, 40])
def test_a_long_sentence_is_broken_before_it_is_put_in_visual_order(width: int) -> None:
    sentence = "أنجز التمرين 12 من كتاب Français ثم راجع الدرس الأول (الصفحة 7) وأحضره يوم الاثنين"
    paper = Paper(mode=Rtl.SHAPE, width=width, is_mirrored=True)
    lines = list(paper.finished(paper.wrapped(sentence, width)))
    assert " ".join(read(line.strip()) for line in lines) == sentence
    assert {len(line) for line in lines} == {width}
    marked = paper_for([sentence], Rtl.TERMINAL, width=width)
    for line in marked.finished(marked.wrapped(sentence, marked.room)):
        assert len(without_marks(line)) <= width
        for terminal in REORDERING:
            assert terminal(line) == expected(line), ascii(line)


def test_text_without_arabic_is_the_same_in_every_mode() -> None:
    view = card_with(SubjectResult(subject="SVT", subject_id=None, continuous=Decimal(15)))
    use_language("fr")
    for width in (None, 40, 80):
        texts = {text_of(view, "table", width=width, rtl=rtl, colour=True) for rtl in Rtl}
        assert len(texts) == 1


def test_colours_stay_outside_the_text_that_is_put_in_order() -> None:
    use_language("ar")
    for rtl in Rtl:
        with_colour, without = (
            text_of(VIEWS["grades"](), "table", width=80, rtl=rtl, colour=colour)
            for colour in (True, False)
        )
        assert re.sub(r"\x1b\[\d*m", "", with_colour) == without
        assert "\x1b[1m" in with_colour
        assert not re.search(r"\x1b\[1m\s", with_colour.replace("\x1b[1m\x1b", ""))


def test_the_plain_list_has_one_value_a_line_under_its_name_and_nothing_drawn() -> None:
    use_language("fr")
    text = text_of(VIEWS["grades"](), "table", width=40, colour=True, plain=True)
    text = text.replace("\xa0", " ")
    assert not re.search(r"[─│·\x1b\u2066-\u2069\u202a-\u202c\u200e]|  ", text.replace(" · ", " "))
    blocks = [block.splitlines() for block in text.split("\n\n")]
    record = next(block for block in blocks if block[0] == "Matière : الرياضيات")
    assert record[1:4] == ["Contr. 1 : 15.50", "Contr. 2 : 0.00", "Activités : 15.00"]
    assert next(b for b in blocks if "Moyenne" in b[0])[:1] == ["Moyenne du semestre : 14.30"]
    values = {line.partition(" : ")[2] for block in blocks for line in block}
    assert {"abs.", "20.00", "Éducation physique", "اللغة العربية"} <= values


def test_where_the_terminal_turns_each_word_the_same_is_seen_as_shaped() -> None:
    for words, shaped in zip(answers(None, Rtl.WORDS), answers(None, Rtl.SHAPE), strict=True):
        assert any(map(has_rtl, words))
        for one, other in zip(words, shaped, strict=True):
            if "──" in one:
                continue  # lam-alef is narrower where it is shaped
            seen = [turning_each_word(one), letters_in_place(other)]
            bare, also = (re.sub("[\u064b-\u065f]", "", line).split() for line in seen)
            assert bare == also


def test_where_the_terminal_turns_each_word_no_vowel_sign_is_among_its_letters() -> None:
    assert arranged("لم يُجرَّب، حالاً", Rtl.WORDS) == "حالا يجرب، لم"
    assert "\u064f" in arranged("لم يُجرَّب", Rtl.SHAPE)


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.integers(4, 60))
def test_any_text_keeps_within_its_width_and_its_letters(text: str, width: int) -> None:
    text = printable(text)
    for rtl in Rtl:
        paper = Paper(mode=rtl, width=width, is_mirrored=rtl.is_visual)
        lines = paper.wrapped(text, width)
        assert all(line.width <= width for line in lines)
        if not rtl.is_visual:
            bare = without_marks("".join(line.text for line in lines))
            assert "".join(bare.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u200dلا", "لا"),
        ("👩\u200d👧بلا", "بلا👧👩"),
        ("👩\u200dلا ه\u200d", "ه لا👩"),
    ],
)
def test_a_joiner_spoils_no_letter_behind_it(text: str, seen: str) -> None:
    printed = unshaped(arranged(text, Rtl.SHAPE, "R"))
    assert sorted(printed) == sorted(unshaped(seen))
    assert Paper(mode=Rtl.SHAPE).width_of(text) == Paper(mode=Rtl.SHAPE).width_of(seen)


SCRAPS = ["لا", "ل\u064eأ", "ب", "a", " ", "--x", "12-3", '"', "(", "،", 'massar "', "👩\u200d"]
MORE_SCRAPS = ["\u064e", "\u0300", "\u200b", "\u200c", "\u200d", "٣", "ـ", "ﷺ", "ﻻ", "\u0378", "א"]


@given(st.lists(st.sampled_from([*SCRAPS, *MORE_SCRAPS]), max_size=16).map("".join))
def test_shaped_text_is_as_wide_as_was_reckoned(text: str) -> None:
    seen = arranged(f"ب{text}", Rtl.SHAPE)
    assert Paper(mode=Rtl.SHAPE).width_of(f"ب{text}") == cell_len(seen)
