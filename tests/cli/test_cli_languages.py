"""Every command and every failure in French and in Arabic: no sentence or word of English is left.

A sentence is found by the messages of the program; a word, such as one of the library that reads
the command line, by what may stand in the language.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from massar_cli.practice.faults import FAULTS
from massar_cli.practice.portal import PracticePortal
from tests.cli.test_cli_usage import WRONG
from tests.conftest import Done, Practice
from tests.failures.cases import SLOW
from tests.test_language import CATALOGUES, MESSAGES, PLACEHOLDER, PLURALS

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]

LANGUAGES = ("ar", "fr")
PARENT = {"MASSAR_CODE": "X130000010", "MASSAR_PASSWORD": "practice-parent"}
ONE_STUDENT = {"MASSAR_CODE": "X130000001", "MASSAR_PASSWORD": "practice-2bac"}
SERVICES = ("absences", "homework", "timetable", "exams", "messages", "documents", "orientation")
COMMANDS = (
    *(("grades",), ("grades", "--year", "all", "--summary"), ("grades", "--subject", "xyzzy")),
    *(("journey",), ("profile",), ("profile", "--all-fields"), ("children",), ("pages",)),
    *((name,) for name in SERVICES),
    *((name, "--plain") for name in SERVICES),
    *(("absences", "--total"), ("absences", "--year", "1990"), ("absences", "--since", "x")),
    *(("homework", "--due", "x"), ("homework", "--download", "."), ("timetable", "--day", "x")),
    *(("page", "absences"), ("page", "xyzzy"), ("page", "absences", "--table", "9")),
    *(("capture", "absences", "--yes"), ("capture", "absences"), ("replay", "nowhere")),
    *(("doctor", "--sign-in"), ("config", "show"), ("demo", "--list-faults", "--list-accounts")),
    *(("grades", "--year", "x"), ("grades", "--semester", "9"), ("grades", "-o", "no/where.csv")),
    *(("grades", "--excel", "--json"), ("grades", "--if-changed"), ("grades", "--child", "xyzzy")),
    *(("logout",), ("forget",), ("demo", "--list-faults"), ("demo", "--list-accounts")),
    *(
        ("demo", "--fault", "xyzzy"),
        ("demo", "--fault", "busy-x"),
        ("--account", "xyzzy", "grades"),
    ),
)
PROGRAM = ("login", "logout", "forget", "grades", "journey", "profile", "children", "pages", "page")
HELPS = (
    *((), ("config",), ("config", "show"), ("config", "path"), ("help",)),
    *((name,) for name in (*PROGRAM, *SERVICES, "capture", "replay", "doctor", "demo")),
)
ALSO_WRONG = (
    *(("demo", "--port", "-3"), ("demo", "--port", "x"), ("demo", "--edition", "2019")),
    *(("demo", "--list-fault"), ("replay",), ("replay", "one", "two"), ("config", "xyzzy")),
    *(("-x",), ("grades", "-x"), ("--account",), ("--now=1", "pages")),
    *(("demo", "--certificate", "nowhere"), ("capture",), ("login", "--cod"), ("grades", "--ye")),
)
OF_THE_PARENT = (
    *(("grades",), ("children",), ("grades", "--all-children"), ("homework", "--child", "xyzzy")),
    *(("absences", "--child", "adam"), ("capture", "absences", "--yes"), ("doctor", "--sign-in")),
)
_LEAST_WORDS = 3


def in_english(message: str) -> re.Pattern[str] | None:
    """Return how a message looks in English, None for one too short to be told from a word."""
    words = PLACEHOLDER.sub(" ", message)
    if len(re.findall(r"[a-z]{2,}", words)) < _LEAST_WORDS:
        return None
    return re.compile(".*?".join(map(re.escape, PLACEHOLDER.split(message.strip()))))


SENTENCES = [
    pattern
    for message in (*MESSAGES, *(one for pair in PLURALS for one in pair))
    if (pattern := in_english(message)) is not None
]


def left_in_english(done: Done) -> list[str]:
    """Return the lines of a run that hold a sentence of the program's in English."""
    lines = {*done.out.splitlines(), *done.err.splitlines()}
    return [line for line in lines if any(one.search(line) for one in SENTENCES)]


# The same in every language: what is typed, names of things, the practice portal's data.
TECHNICAL = re.compile(
    r"""
    (?<![\w])--?[a-z][a-z-]*          # an option
    | \b(?:https?://|127\.)\S+        # an address
    | [~.]?/[\w./~-]+                  # a path, or the portal's address of a page
    | \b[A-Z0-9][A-Z0-9_-]+\b         # a variable, what help puts for a value, a class
    | "\w+":                           # a key of JSON
    | Retry-After | \bdefault[ ]\(      # the usual account's name
    | \b[\w-]+(?:[._][\w*-]+)+        # a file, a setting, a host
    | [{<\[(][\w|.;:@=/ -]*\|[\w|.;:@=/ -]*[}>\])]   # the choices of an option
    | \[(?:OPTIONS|ARGS|COMMAND|@AFTER)\S*
    | \b\w+(?:\|\w+)+                # more of them
    | ^[a-z][\w.]*[ ]=[ ]\S+          # a setting and its value
    | ^[a-z][a-z-]+[ ]{2}              # the name of a fault, in the list of all
    | «[^»]*»                          # what was typed
    | \b\w+/\w+                       # an address below the portal's, a type of content
    | \b(?:massar|practice)(?:[ -](?!\w*[\u0621-\u064a])[a-z0-9-]+)*
    """,
    re.VERBOSE,
)
FAULT = re.compile("|".join(rf"\b{name}\b(?!-)" for name in sorted(FAULTS, key=len, reverse=True)))
NAMES = {word for command in HELPS for word in command} | set(
    re.findall(
        r"\S+",
        """
        ar fr en md csv json jsonl html svt maths year all table auto terminal shape off portal ui
        UTF PATH TERM Python Linux httpx selectolax keyring certifi cron crontab Ctrl captcha proxy
        Markdown gzip windows http https Content Length xTIMES config toml nowhere
        week today tomorrow aujourd hui demain semaine monday sunday lundi dimanche child children
        code usage OpenSSL TLS TLSv MASSAR org application français MassarService grade western
        demo résumé docx
        """,
    )
)
ENGLISH = re.compile(
    r"\b(?:the|and|not|of|is|are|with|without|there|this|that|here|what|which|who|whose|for|from|to"
    r"|by|it|its|be|has|have|had|was|were|nothing|none|default|range|integer|text|required|usage:"
    r"|missing|invalid|given|asked|please|try|any|every|each|after|before|already)\b",
    re.IGNORECASE,
)


def english_words(line: str, language: str) -> list[str]:
    """Return the words of a line that no reader of the language expects."""
    told = FAULT.sub(" ", TECHNICAL.sub(" ", line))
    if language == "fr":
        return ENGLISH.findall(told)
    return [word for word in re.findall(r"[A-Za-zÀ-ÿ]{2,}", told) if word not in NAMES]


def words_left(done: Done, language: str) -> dict[str, list[str]]:
    """Return the lines of a run that hold words of English, with these words."""
    lines = {*done.out.splitlines(), *done.err.splitlines()}
    found = {line: english_words(line, language) for line in lines}
    return {line: words for line, words in found.items() if words}


def walked(
    run: Run, language: str, commands: Iterable[tuple[str, ...]], settings: dict[str, str]
) -> dict[tuple[str, ...], list[str]]:
    """Return, by command, what is left in English, of those that say something."""
    found = {}
    for command in commands:
        done = run("--lang", language, *command, **settings)
        assert done.out or done.err, command
        assert "Traceback" not in done.err, command
        found[command] = left_in_english(done)
        found[command] += [f"{words}: {line}" for line, words in words_left(done, language).items()]
    return {command: lines for command, lines in found.items() if lines}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_looked_for_is_found_in_english(massar: Run, practice: Practice) -> None:
    settings = {"MASSAR_URL": practice.url, **ONE_STUDENT}
    assert walked(massar, "en", [("page", "xyzzy"), ("grades", "--child", "xyzzy")], settings)
    assert all(any(str(e.string) for e in catalogue) for catalogue in CATALOGUES.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "line",
    [
        "timeout = 90  (default)",
        "--port <int range>  [default: 0]",
        "busy  any request: 503 without Retry-After",
        "X130000001  practice-2bac  upper secondary, last year: every service",
        "massar: the password's POST",
    ],
)
def test_a_word_of_english_is_seen(line: str, language: str) -> None:
    assert english_words(line, language)


@pytest.mark.parametrize(("edition", "language"), [("2018", "ar"), ("2025", "fr")])
def test_every_command_speaks_the_readers_language(
    massar: Run, serve: Serve, edition: str, language: str
) -> None:
    practice = serve(PracticePortal(edition=edition, language=language))
    for settings, commands in ((ONE_STUDENT, COMMANDS), (PARENT, OF_THE_PARENT)):
        left = walked(massar, language, commands, {"MASSAR_URL": practice.url, **settings})
        assert left == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_speaks_the_readers_language(massar: Run, language: str) -> None:
    left = walked(massar, language, [(*command, "--help") for command in HELPS], {})
    assert left == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wrong_command_line_is_told_in_the_readers_language(
    massar: Run, language: str
) -> None:
    assert walked(massar, language, [*WRONG.values(), *ALSO_WRONG], {}) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_speaks_the_readers_language(
    massar: Run, serve: Serve, language: str
) -> None:
    for name in FAULTS:
        if name in SLOW or name.endswith("-wait"):  # told as others, only later
            continue
        settings = {"MASSAR_URL": serve(PracticePortal(faults=[name])).url, **ONE_STUDENT}
        # Each failure is a first one: of several on end massar would only tell that it waits.
        left = walked(massar, language, [("--now", "--timeout", "5", "journey")], settings)
        assert left == {}, name
