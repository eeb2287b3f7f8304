"""Options, commands, paths and dates inside Arabic sentences, at terminals of both kinds."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given, settings
from hypothesis import strategies as st

from massar_cli.left_to_right import left_to_right_runs
from massar_cli.rtl import Rtl, arranged
from massar_cli.rtl_letters import Base
from massar_cli.text_lines import paper_for
from tests.formats.screens import (
    REORDERING,
    by_first_letter,
    left_to_right,
    losing_the_first_marks,
    read,
    without_embeddings,
    without_marks,
)

CATALOGUE = Path(__file__).parents[2] / "massar_cli/locale/ar/LC_MESSAGES/massar.po"
# What a message is filled with, where anything else than a word could come.
VALUES = {
    "children": "X130000000, X130000001",
    "command": "massar --demo grades --year 2025/2026",
    "count": "12",
    "detail": "لا يوجد خيار --nosuch.",
    "example": "2025/2026",
    "file": "/home/ali/notes-2027.csv",
    "flag": "--demo",
    "folder": "~/.local/state/massar/",
    "hint": "نفّذ: massar login --code X130000000",
    "host": "massarservice.men.gov.ma",
    "name": "--timeout",
    "names": "mother | father",
    "number": "3",
    "origin": "--lang",
    "others": "--until, --since",
    "page": "/moutamadris/TimeTable",
    "path": "C:\\Users\\ali ben\\massar\\",
    "range": "1<=x<=65535",
    "reason": "الإذن مرفوض",
    "text": "2027-03-15",
    "time": "08:30-10:30",
    "url": "https://massarservice.men.gov.ma/moutamadris/",
    "value": "+5",
    "words": "today, week",
}
# Told apart by another rule than the program's: what somebody who types them would look for.
TOKEN = re.compile(
    r"massar(?: (?:--?[a-z][a-z-]*|[\w./]*[a-zA-Z0-9]|\.\.\.))+"
    r"|--[a-z][a-z-]*(?: [A-Z]+(?![\w=.-]))?|(?<![\w-])-[a-z]\b(?: FILE)?|https?://[\w./]+"
    r"|[A-Z]+(?:_[A-Z]+)+(?:=\S*\w)?|[A-Z]+=\S*\w"
    r"|\d{4}-\d\d-\d\d|\d\d:\d\d-\d\d:\d\d|(?<=[\s(])[~./][\w~./-]*[\w/]|C:\\[\w\\ ]+\\"
    r"|\[[a-z]+\]",
    re.ASCII,
)


def messages() -> Iterator[str]:
    """Yield every Arabic text of the program, filled."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        texts = (message.string,) if isinstance(message.string, str) else message.string
        for text in map(str, texts or ()):
            if message.id:
                yield re.sub(r"\{(\w+)\}", lambda match: VALUES.get(match[1], "قيمة"), text)


TECHNICAL = [text for text in messages() if TOKEN.search(text)]


def test_the_catalogue_does_speak_of_technical_things() -> None:
    assert len(TECHNICAL) > 150
    found = {token for text in TECHNICAL for token in TOKEN.findall(text)}
    for token in (
        *("--download DIR", "massar forget --code CODE", "-o FILE", "2027-03-15", "08:30-10:30"),
        *("LANG=C.UTF-8", "[pages]", "/waliye", "~/.local/state/massar/", "massar login --code"),
    ):
        assert any(token in one for one in found), token


def lines_of(text: str, mode: Rtl, width: int | None, base: Base = "R") -> list[str]:
    paper = paper_for([text], mode, width=width)
    return list(paper.finished(paper.wrapped(text, paper.room, base=base, folds=False)))


SCREENS: list[tuple[Rtl, Callable[[str], str]]] = [
    (Rtl.SHAPE, str),
    *((Rtl.TERMINAL, terminal) for terminal in (*REORDERING, without_embeddings)),
]


@pytest.mark.parametrize(("mode", "terminal"), SCREENS)
def test_no_message_turns_or_tears_what_somebody_has_to_type(
    mode: Rtl, terminal: Callable[[str], str]
) -> None:
    for text in TECHNICAL:
        (line,) = lines_of(text, mode, None)
        for token in TOKEN.findall(text):
            assert token in terminal(line), (token, ascii(line))


@pytest.mark.parametrize(("mode", "terminal"), SCREENS)
@pytest.mark.parametrize("width", [30, 40, 80])
def test_a_broken_message_keeps_every_part_of_them_that_is_on_one_line(
    mode: Rtl, terminal: Callable[[str], str], width: int
) -> None:
    for text in TECHNICAL:
        seen = "\n".join(map(terminal, lines_of(text, mode, width)))
        for word in (word for token in TOKEN.findall(text) for word in token.split()):
            assert word in seen, (word, seen)


def test_a_command_is_copied_from_a_terminal_without_a_mark_in_it_or_at_its_end() -> None:
    for text in TECHNICAL:
        (line,) = lines_of(text, Rtl.TERMINAL, None)
        for token in TOKEN.findall(text):
            if token[-1].isalnum() and token[0] != "[":
                assert re.search(rf"{re.escape(token)}(?![\u200e\u200f\u202a-\u202c]+\s)", line), (
                    line
                )


WORDS = ["أحمد", "درس", "كتاب", "قلم", "باب", "سوق", "ولد", "بنت"]
TOKENS = [
    *("--due DATE", "-o FILE", "2027-03-15", "08:30-10:30", "8:00 – 9:30", "/home/x/", "~/.config"),
    *("LANG=C.UTF-8", ".html", "[pages]", "+212600000000", "06 12 34 56 78", "v1.2.3-rc1", "-5"),
    *("https://x.org/a?b=c&d=1#e", "ali@example.org", "C:\\Users\\", "massar --lang ar ..."),
    *("2026-11-29 19:46 +0000", "2026-11-29 19:46"),
    *("massar login --code X130000000", "%APPDATA%", "$HOME", "2026-2027", "@daily", "#12"),
]
BETWEEN = [" ", "، ", ": ", ". ", " («", "» ) "]


@settings(max_examples=50)
@given(st.permutations(WORDS), st.lists(st.sampled_from(TOKENS), min_size=1, max_size=7), st.data())
def test_a_token_stands_unturned_between_the_words_that_it_stood_between(
    words: list[str], tokens: list[str], data: st.DataObject
) -> None:
    parts = [part for pair in zip(words, tokens, strict=False) for part in pair]
    parts.append(words[len(tokens)])
    text = parts[0]
    for part in parts[1:]:
        text += data.draw(st.sampled_from(BETWEEN)) + part
    shaped = read_words(arranged(text, Rtl.SHAPE))
    (marked,) = lines_of(text, Rtl.TERMINAL, None)
    for seen in (shaped, *(terminal(marked) for terminal in REORDERING)):
        end = len(seen)
        for part in parts:
            place = seen.rfind(part if part in tokens else part[::-1], 0, end)
            assert place >= 0, (part, seen)
            end = place


def read_words(shaped: str) -> str:
    """Return shaped text with its Arabic letters unshaped, in the places where they stand."""
    return re.sub("[\ufe70-\ufefc]+", lambda match: read(match[0])[::-1], shaped)


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*WORDS, *TOKENS, "12", "SVT", "15,50", "-", "(2)"]), max_size=9))
@example(["06 12 34 56 78", "08:30-10:30"])
def test_the_marks_say_what_isolates_would(parts: list[str]) -> None:
    text = " ".join(["أ", *parts, "ي"])
    isolated = text
    for run in reversed(list(left_to_right_runs(text))):
        isolated = f"{isolated[: run.start]}\u2066{run.of(text)}\u2069{isolated[run.end :]}"
    marked = arranged(text, Rtl.TERMINAL)
    assert without_marks(marked) == text
    assert left_to_right(marked) == left_to_right(f"\u2067{isolated}\u2069")


@pytest.mark.parametrize("terminal", [left_to_right, by_first_letter, losing_the_first_marks])
def test_inside_a_french_sentence_the_arabic_words_around_a_date_keep_their_order(
    terminal: Callable[[str], str],
) -> None:
    text = "Titre : عطلة من 2027-03-15 إلى الأحد lu"
    for seen in (
        terminal(arranged(text, Rtl.TERMINAL)),
        read_words(arranged(text, Rtl.SHAPE)),
    ):
        assert seen == f"Titre : {'إلى الأحد'[::-1]} 2027-03-15 {'عطلة من'[::-1]} lu"


@pytest.mark.parametrize(
    "text", ["درس Français 2 قسم", "القسم 2BAC SVT", "يوم 12/05/2026", "النقطة 15,50 من 20", "1.5%"]
)
def test_what_every_terminal_keeps_in_order_gets_no_marks_inside(text: str) -> None:
    assert list(left_to_right_runs(text)) == []


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("أ SVT: --due ب", ["--due"]),
        ("أ --until, --since ب", ["--until", "--since"]),
        ("أ SVT. /home/x/ ب", ["/home/x/"]),
        ("أ 3APIC-2 · --due ب", ["--due"]),
        ("أ 2027-03-15. ب", ["2027-03-15"]),
        ("أ 08:30-10:30:15 ب", ["08:30-10:30:15"]),
        ("أ 08:30-10:30h ب", ["08:30-10:30h"]),
        ("أ «--due» ب", ["--due"]),
        ("أ <--due> ب", ["--due"]),
        ("أ («'--due'»). ب", ["--due"]),
        ("أ (--due) ب", ["--due"]),
        ("أ (SVT) ب", []),
        ("أ f(x) ب", ["f(x)"]),
        ("أ x='a' ب", ["x='a'"]),
        ("أ /home/x/ (ب)", ["/home/x/"]),
        ("أ (ب)--due ت", ["--due"]),
        ("أ {--due ب} ت", ["--due"]),
        ("أ {ب --due} ت", ["--due"]),
        ("أ massar ... ب", ["massar ..."]),
        ("أ - ب", []),
    ],
)
def test_a_run_ends_where_the_sentence_goes_on(text: str, runs: list[str]) -> None:
    assert [run.of(text) for run in left_to_right_runs(text)] == runs


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("after", ["", " --table 2", "."])
def test_a_command_may_have_an_argument_in_arabic(quote: str, after: str) -> None:
    text = f"في الصفحة جداول أخرى: massar page {quote}استعمال الزمن{quote}{after}، ثم"
    command = f"massar page {quote}{'استعمال الزمن'[::-1]}{quote}{after.strip('.')}"
    assert command in left_to_right(arranged(text, Rtl.TERMINAL))
    assert command in read_words(arranged(text, Rtl.SHAPE))


def test_arabic_commas_between_latin_words_make_an_arabic_list() -> None:
    text = "ألوان، UTF-8، TERM=xterm، Windows Terminal؛ ثم --json، 12"
    order = ["UTF-8", "TERM=xterm", "Windows Terminal", "--json", "12"]
    for seen in (arranged(text, Rtl.SHAPE), left_to_right(arranged(text, Rtl.TERMINAL))):
        places = [seen.index(one) for one in order]
        assert places == sorted(places, reverse=True)
    assert "\u200f" not in arranged(text, Rtl.SHAPE)
