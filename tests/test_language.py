"""Messages and their catalogues: nothing untranslated, nothing left over, nothing broken."""

import ast
import re
import runpy
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from typer.main import get_command

from massar_cli import language
from massar_cli.cli.app import program
from massar_cli.errors import PersonNeeded
from massar_cli.practice.portal import PracticePortal
from tests.conftest import Done, Practice

PACKAGE = Path(__file__).parents[1] / "massar_cli"
LOCALE = PACKAGE / "locale"
TRANSLATED = ("ar", "fr")
SAME_AS_ENGLISH = {
    ("ar", "{label}: {value}"),
    ("ar", "{heading}:"),
    ("fr", "Coef."),
    *(
        ("fr", word)
        for word in (
            "Arguments",
            "Options",
            "Page",
            "absences",
            "documents",
            "messages",
            "orientation",
        )
    ),
    *(("fr", word) for word in ("Absences", "Date", "Document", "Documents", "Message")),
    *(("fr", word) for word in ("Messages", "Orientation", "Total")),
    ("fr", "{semester}, {year}"),
    ("fr", ", "),
    *(("fr", word) for word in ("ok", "proxy", "terminal", "variables", "version", "{seconds} s")),
    ("ar", "{host}: {addresses}"),
}
PLACEHOLDER = re.compile(r"\{\w+\}")
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
# What a person types stays as it is: commands, options, variables, settings, an example.
LITERAL = re.compile(
    r"--[a-z][a-z-]*|MASSAR_\w+|password_\w+|massar login|chmod \d+|X\d{9}|\bUTF-8\b",
    re.ASCII,
)


def plurals(path: Path) -> Iterator[list[ast.expr]]:
    """Return the two messages of each call that takes a number of things."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "plural":
            yield node.args[:2]


def calls(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """Return the name and first argument of each call that takes a message."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            name = node.func.id
            if name in ("_", "translate", "mark"):
                yield name, node.args[0]


def messages_of_the_source() -> set[str]:
    return {
        argument.value
        for path in PACKAGE.rglob("*.py")
        for _name, argument in calls(path)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def read_catalogue(name: str) -> Catalog:
    with (LOCALE / name / "LC_MESSAGES" / "massar.po").open("rb") as stream:
        return read_po(stream, locale=name, abort_invalid=True)


def texts_of_the_help() -> set[str]:
    extractor = runpy.run_path(str(LOCALE / "extract_help.py"))
    return set(extractor["help_texts"](get_command(program())))


MESSAGES = messages_of_the_source() | texts_of_the_help()
CATALOGUES = {name: read_catalogue(name) for name in TRANSLATED}
PLURALS = {
    tuple(ast.literal_eval(one) for one in messages)
    for path in PACKAGE.rglob("*.py")
    for messages in plurals(path)
}
PAIRS = [
    (name, str(entry.id), str(entry.string))
    for name, catalogue in CATALOGUES.items()
    for entry in catalogue
    if entry.id and not entry.pluralizable
]


def fields(text: str) -> Counter[str]:
    return Counter(
        f"{field}!{conversion}:{spec}"
        for _literal, field, spec, conversion in Formatter().parse(text)
        if field is not None
    )


def ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Compile the catalogues with the build hook's own function, and put English back after."""
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder, ignore=shutil.ignore_patterns("*.mo"))
    hook = runpy.run_path(str(LOCALE / "compile_catalogues.py"))
    hook["compile_catalogues"](folder)
    monkeypatch.setattr(language, "_CATALOGUES", folder)
    yield folder
    language.use_language("en")


def test_messages_are_found_in_the_source() -> None:
    assert {
        "Password of {code}: ",
        "Run massar doctor to see why, and until when.",
        "Test {number}",
    } <= MESSAGES


def test_a_message_is_written_out_where_it_is_translated() -> None:
    computed = [
        f"{path.name}: {ast.unparse(argument)}"
        for path in PACKAGE.rglob("*.py")
        for name, argument in calls(path)
        if name != "translate" and not isinstance(argument, ast.Constant)
    ]
    assert computed == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_catalogue_holds_every_message_and_no_other(name: str) -> None:
    catalogue = CATALOGUES[name]
    held = {str(entry.id) for entry in catalogue if entry.id and not entry.pluralizable}
    assert {entry.id for entry in catalogue if entry.pluralizable} == PLURALS
    assert sorted(MESSAGES - held) == [], "run the commands of massar_cli/locale/README.md"
    assert sorted(held - MESSAGES) == [], "run the commands of massar_cli/locale/README.md"
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_catalogue_is_in_order_and_names_no_person_or_place(name: str) -> None:
    catalogue = CATALOGUES[name]
    ids = [
        entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue if entry.id
    ]
    assert ids == sorted(ids)
    assert not any(entry.locations for entry in catalogue)
    assert not catalogue.fuzzy
    assert (catalogue.project, str(catalogue.locale)) == ("massar-cli", name)
    text = (LOCALE / name / "LC_MESSAGES" / "massar.po").read_text(encoding="utf-8")
    assert "Plural-Forms: nplurals=" in text
    assert "@" not in text


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_message_is_translated(name: str) -> None:
    assert [entry.id for entry in CATALOGUES[name] if entry.id and not entry.string] == []
    assert [entry.id for entry in CATALOGUES[name] if entry.id and entry.fuzzy] == []


QUOTES = {"en": '"', "fr": "«\u00a0 \u00a0»", "ar": "« »"}
OTHER_QUOTES = re.compile(r"[“”„‟‹›`]|(?<!\w)'")


def quotes_of(name: str, text: str) -> int | None:
    """Return how many things a text quotes as its language does, None where in another way."""
    if OTHER_QUOTES.search(text) or (name != "en" and '"' in text):
        return None
    if name == "en":
        count = text.count('"')
        return None if count % 2 else count // 2
    opening, closing = QUOTES[name].split(" ")
    count = text.count(opening)
    whole = re.findall(f"{opening}[^«»]+{closing}", text)
    return count if count == text.count("«") == text.count("»") == len(whole) else None


def faults(name: str, message: str, translation: str) -> Iterator[str]:
    """Yield in what a translation is not what the program and the person need."""
    if fields(translation) != fields(message):
        yield "other placeholders"
    if ends(translation) != ends(message):
        yield "another end"
    if Counter(LITERAL.findall(translation)) != Counter(LITERAL.findall(message)):
        yield "other commands, options or names"
    if (translation == message) != ((name, message) in SAME_AS_ENGLISH):
        yield "English, or not as agreed"
    has_words = re.search(r"[^\W\d]", PLACEHOLDER.sub("", message)) is not None
    if bool(ARABIC_LETTER.search(translation)) != (name == "ar" and has_words):
        yield "another script"
    if re.search("[\u0660-\u0669\u06f0-\u06f9]", translation):
        yield "other digits than Western ones"
    if re.search(r"[^\S \u00a0]", translation):
        yield "more than one line"
    if quotes_of(name, translation) != quotes_of("en", message):
        yield "quoted otherwise than as agreed"
    if re.search(r"\s{2}", translation):
        yield "a blank too many"


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_keeps_what_the_program_and_the_person_need(name: str) -> None:
    found = {
        message: list(faults(name, message, translation))
        for one, message, translation in PAIRS
        if one == name
    }
    assert {message: why for message, why in found.items() if why} == {}


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_number_of_things_is_told_by_the_languages_own_rules(name: str) -> None:
    forms = {"ar": 6, "fr": 2}[name]
    for entry in CATALOGUES[name]:
        if not entry.pluralizable:
            continue
        assert isinstance(entry.string, tuple)
        assert len(entry.string) == forms, entry.id
        for number, text in enumerate(entry.string):
            # Arabic tells none, one and two of a thing by the word itself.
            may_lack_it = name == "ar" and number <= 2
            assert fields(text) == fields(entry.id[1]) or (may_lack_it and not fields(text)), text
            assert bool(ARABIC_LETTER.search(text)) == (name == "ar"), text


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Give {count} days.", "Donnez des jours."),
        ("Run: massar login", "Lancez : massar logout"),
        ("No such page.", "No such page."),
        ("No such page.", "لا صفحة."),
        ("Give 2.", "Donnez ٢."),
        ("No such page.", "Pas de\npage."),
        ("No such page.", "Pas de  page."),
        ('No "{page}".', "Pas de {page}."),
        ('No "{page}".', 'Pas de "{page}".'),
        ('No "{page}".', "Pas de « {page} »."),
        ("No {page}.", "Pas de '{page}'."),
        ("No {page}.", "Pas de «\u00a0{page}\u00a0»."),
    ],
)
def test_a_bad_translation_is_seen(message: str, translation: str) -> None:
    assert list(faults("fr", message, translation))


@pytest.mark.parametrize("name", TRANSLATED)
def test_compiled_catalogues_translate_every_message(name: str, compiled: Path) -> None:
    assert (compiled / name / "LC_MESSAGES" / "massar.mo").is_file()
    language.use_language(name)
    assert language.active_language() == name
    translated = {message: language.translate(message) for message in MESSAGES}
    assert translated == {message: text for one, message, text in PAIRS if one == name}
    assert language.translate("") == ""


@pytest.mark.usefixtures("compiled")
def test_a_marked_hint_is_translated_when_it_is_shown() -> None:
    language.use_language("fr")
    assert PersonNeeded("").hint.startswith("Connectez-vous")
    language.use_language("ar")
    assert PersonNeeded("").hint.startswith("سجّل")


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("name", "heading", "average"),
    [("ar", "الأنشطة", "معدل الدورة"), ("fr", "Activités", "Moyenne du semestre")],
)
def test_a_table_speaks_the_language_that_is_asked_for(
    name: str, heading: str, average: str, massar: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _err = massar("--lang", name, "--demo", "grades")
    assert code == 0
    assert heading in out
    assert re.search(rf"^{average}\s?: ", out, re.MULTILINE)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("name", "word", "line"), [("ar", "فشل", "البوابة"), ("fr", "échec", "portail")]
)
def test_the_doctors_list_speaks_the_language_that_is_asked_for(
    name: str,
    word: str,
    line: str,
    home: Path,
    massar: Callable[..., Done],
    serve: Callable[[PracticePortal], Practice],
) -> None:
    practice = serve(PracticePortal(faults=["blocked"]))
    done = massar("--lang", name, "doctor", **practice.settings())
    assert done.code == 4
    assert re.search(rf"^{word} +{line} +\S", done.out, re.MULTILINE)
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f'language = "{name}"\n')
    by_file = massar("doctor", MASSAR_LANG="", **practice.settings())
    first, *rest = (text.out.splitlines() for text in (done, by_file))
    assert [line.split()[:2] for line in first] == [line.split()[:2] for line in rest[0]]
    words = ("warning", "failed", "skipped", "Next step", "not tried", "none", "by default")
    assert [one for one in words if one in f"{done.out}{done.err}"] == []


def test_a_message_quotes_in_one_way_in_english() -> None:
    assert [message for message in MESSAGES if quotes_of("en", message) is None] == []


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("name", "told"), [("en", "csv, json"), ("fr", "csv, json"), ("ar", "csv، json")]
)
def test_things_are_listed_with_the_comma_of_the_language(name: str, told: str) -> None:
    language.use_language(name)
    assert language.listed(["csv", "json"]) == told


def test_no_list_for_people_is_joined_elsewhere() -> None:
    joined = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r'"[,،] "\.join', path.read_text(encoding="utf-8"))
    }
    # What is joined by a comma all the same is for programs: HTTP, HTML, a row's raw text.
    assert joined == {"practice/portal.py", "portal/pages/content.py", "portal/pages/timetable.py"}


@pytest.mark.parametrize("name", ["en", "de"])
@pytest.mark.usefixtures("compiled")
def test_messages_stay_english_where_there_is_no_catalogue(name: str) -> None:
    language.use_language("fr")
    language.use_language(name)
    assert {language.translate(message) for message in MESSAGES} == MESSAGES


def test_what_the_system_says_is_in_the_readers_language(
    massar: Callable[..., Done], tmp_path: Path
) -> None:
    done = massar("--lang", "fr", "replay", str(tmp_path / "nothing"))
    assert done.code == 2
    assert "inexistant" in done.err
    assert "No such" not in done.err
    played = massar("--lang", "fr", "demo", "--fault", "foo").err
    assert "il n'y a pas de panne «\u00a0foo\u00a0»" in played
