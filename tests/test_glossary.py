"""The glossary and what it is for: one term for one idea in the catalogues and the READMEs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from typer.main import get_command

from massar_cli.cli.app import program

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
LANGUAGES = {"French": "fr", "Arabic": "ar"}
FORMS_OF_A_VERB = {
    "fr": re.compile(r"\w+(?:er|ir|re)\b"),  # the infinitive
    "ar": re.compile(r"(?:عرض|قراءة|حفظ|حذف|إنهاء|تشغيل|التحقق) "),  # the verbal noun
}


def rows(*header: str) -> Iterator[list[str]]:
    """Yield the rows of every table of the glossary with this header."""
    for table in re.findall(r"(?:^\|.*\n)+", GLOSSARY, re.MULTILINE):
        first, _line, *others = (
            [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
        )
        if tuple(first[: len(header)]) == header:
            yield from others


def texts_of(language: str) -> dict[str, list[str]]:
    """Return every message of a catalogue with its translations, several for a number of things."""
    path = ROOT / "massar_cli" / "locale" / language / "LC_MESSAGES" / "massar.po"
    with path.open("rb") as stream:
        entries = [entry for entry in read_po(stream, locale=language) if entry.id]
    return {
        str(entry.id if isinstance(entry.id, str) else entry.id[0]): [entry.string]
        if isinstance(entry.string, str)
        else list(entry.string or ())
        for entry in entries
    }


def readme_of(language: str) -> str:
    return (ROOT / f"README.{language}.md").read_text(encoding="utf-8")


CATALOGUES = {language: texts_of(language) for language in LANGUAGES.values()}
TERMS = {english.casefold(): terms for english, *terms in rows("English", "French", "Arabic")}
BANNED = [(LANGUAGES[language], word) for language, word, _but in rows("language", "not", "but")]


def test_a_term_of_the_glossary_is_the_catalogues_own() -> None:
    checked = set()
    for place, language in enumerate(("fr", "ar")):
        for message, (translation, *_others) in CATALOGUES[language].items():
            if message.casefold() in TERMS:
                term = TERMS[message.casefold()][place]
                assert translation.casefold() == term.casefold(), message
                checked.add(message)
    assert {"Homework", "Timetable", "planned tests", "keyring", "Continuous"} <= checked


def test_a_term_stands_once_in_the_glossary() -> None:
    english = [row[0].casefold() for row in rows("English", "French", "Arabic")]
    assert len(english) == len(set(english))
    assert all(len(row) == 4 and all(row[:3]) for row in rows("English", "French", "Arabic"))


def test_a_word_that_the_glossary_replaces_is_not_used() -> None:
    used = {
        (word, text)
        for language, word in BANNED
        for texts in (*CATALOGUES[language].values(), readme_of(language).splitlines())
        for text in texts
        if word in text.casefold()
    }
    assert used == set()
    assert {language for language, _word in BANNED} == set(CATALOGUES)


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_the_help_of_a_command_is_said_in_one_form(language: str) -> None:
    commands = getattr(get_command(program()), "commands", {}).values()
    helps = [CATALOGUES[language][one.help.split("\n\n")[0]][0] for one in commands]
    assert len(helps) > 15
    assert [text for text in helps if not FORMS_OF_A_VERB[language].match(text)] == []


def faults_of_french(text: str) -> list[str]:
    return re.findall(r"\S* (?:[:;?!](?=\s|$)|»)|« \S*", text)


def faults_of_arabic(text: str) -> list[str]:
    return re.findall("[,;?]|\u064b", text)


# Written without the hamza that belongs to them, or with one that does not; and "tu", where it is
# "vous" throughout.
MISSPELT = {
    "ar": re.compile(
        r"\b[وف]?(?:الى|او|اذا|اكثر|اول|اي|اضف|اعد|انشاء|[وبل]?الاعدادات|[وبل]?الاخطاء|ايضا"
        r"|(?:ال)?إسم|(?:ال)?إمتحان|(?:ال)?إستعمال|إختر|إحذف|إتصال|الإتصال|الإستعمال)\b"
    ),
    "fr": re.compile(r"\b(?:tu|toi|ton|tes|école|marche(?:nt)?)\b", re.IGNORECASE),
}


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_no_word_is_misspelt_as_it_often_is_and_nobody_is_spoken_to_otherwise(
    language: str,
) -> None:
    texts = [
        *readme_of(language).splitlines(),
        *(text for one in CATALOGUES[language].values() for text in one),
    ]
    wrong = MISSPELT[language]
    assert [text for text in texts if wrong.search(text)] == []
    assert all(map(MISSPELT["ar"].search, ("نفّذ او أضف", "في الاعدادات", "الإسم")))
    assert MISSPELT["fr"].search("Donne ton code")


def test_french_and_arabic_are_punctuated_as_they_should_be() -> None:
    wrong = {
        text: faults
        for language, find in (("fr", faults_of_french), ("ar", faults_of_arabic))
        for texts in CATALOGUES[language].values()
        for text in texts
        if (faults := find(text))
    }
    assert wrong == {}
    assert all(map(faults_of_french, ("Lancez : massar", "« oui »")))
    assert all(map(faults_of_arabic, ("أولا, ثم", "معا\u064b")))
