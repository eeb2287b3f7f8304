"""Every command and every failure in French and in Arabic: no sentence of English is left."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from massar_cli.practice.faults import FAULTS
from massar_cli.practice.portal import PracticePortal
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
    *(("logout",), ("forget",)),
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
    return {command: lines for command, lines in found.items() if lines}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_looked_for_is_found_in_english(massar: Run, practice: Practice) -> None:
    settings = {"MASSAR_URL": practice.url, **ONE_STUDENT}
    assert walked(massar, "en", [("page", "xyzzy"), ("grades", "--child", "xyzzy")], settings)
    assert all(any(str(e.string) for e in catalogue) for catalogue in CATALOGUES.values())


@pytest.mark.parametrize(("edition", "language"), [("2018", "ar"), ("2025", "fr")])
def test_every_command_speaks_the_readers_language(
    massar: Run, serve: Serve, edition: str, language: str
) -> None:
    practice = serve(PracticePortal(edition=edition, language=language))
    for settings, commands in ((ONE_STUDENT, COMMANDS), (PARENT, OF_THE_PARENT)):
        left = walked(massar, language, commands, {"MASSAR_URL": practice.url, **settings})
        assert left == {}


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
