"""Where the language of a run comes from, and a source that names none there is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Done, Practice

Run = Callable[..., Done]

NOT_SET = {"MASSAR_LANG": ""}
READS_THE_FILE = (
    *(("--demo", "grades"), ("--demo", "config", "show"), ("replay", "nowhere")),
    *(("demo", "--list-faults"), ("demo", "--list-accounts"), ("capture", "x.html", "--yes")),
    *(("config", "show"), ("grades",)),
)
NEEDS_NO_FILE = (
    *(("--help",), ("grades", "--help"), ("help", "grades"), ("config", "path"), ("--version",)),
    *(("config", "--help"), ("demo", "--help")),
)
BROKEN = {
    "no TOML": ("language = fr", "line 1, column"),
    "no such choice": ('language = "en"\n[display]\nrtl = "sideways"', "display.rtl"),
    "no such setting": ("langue = 1", "langue"),
    "no such language": ('language = "xx"', "language must be one of: ar, fr, en"),
    "no text": ("language = 5", "language must be text"),
}


@pytest.fixture
def settings_file(home: Path) -> Path:
    home.mkdir()
    return home / "config.toml"


def is_in(language: str, done: Done) -> bool:
    """Whether a run speaks a language: Arabic letters tell one, accents or the nbsp the other."""
    told = f"{done.out}{done.err}"
    signs = {"ar": "[\u0621-\u064a]{4}", "fr": "[éèàù\u00a0]|Il n'y a", "en": "(?!)"}
    return bool(re.search(signs[language], told))


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "command",
    [
        *(("demo", "--list-faults"), ("replay", "nowhere"), ("--help",), ("grades", "--help")),
        *(("grades", "--bogus"), ("bogus",), ("demo", "--port", "x"), ("--demo", "page", "bogus")),
        *(("config", "show"), ("--demo", "grades", "--year", "x")),
    ],
    ids=" ".join,
)
def test_the_setting_counts_for_every_command(
    massar: Run, settings_file: Path, command: tuple[str, ...], language: str
) -> None:
    settings_file.write_text(f'language = "{language}"')
    done = massar(*command, **NOT_SET)
    assert is_in(language, done), done
    # The environment goes before it, and the command line before both.
    assert not is_in(language, massar(*command, MASSAR_LANG="en"))
    assert is_in(language, massar("--lang", language, *command, MASSAR_LANG="en"))


@pytest.mark.parametrize("command", READS_THE_FILE, ids=" ".join)
@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_used_is_told(
    massar: Run, settings_file: Path, command: tuple[str, ...], text: str, told: str
) -> None:
    settings_file.write_text(text)
    done = massar(*command, LANG="C.UTF-8", MASSAR_LANG="en")
    if "language must be one of" in told:  # which another source goes before
        done = massar(*command, MASSAR_LANG="", LANG="fr_FR.UTF-8")
        told = "language doit être l'une de ces valeurs\u00a0: ar, fr, en"
    assert (done.code, done.out) == (2, "")
    assert str(settings_file) in done.err
    assert told in done.err


@pytest.mark.parametrize("command", NEEDS_NO_FILE, ids=" ".join)
@pytest.mark.parametrize("text", [text for text, _told in BROKEN.values()], ids=BROKEN)
def test_help_and_the_like_work_with_any_file(
    massar: Run, settings_file: Path, command: tuple[str, ...], text: str
) -> None:
    settings_file.write_text(text)
    for named in ("", "en", "xx"):
        done = massar(*command, MASSAR_LANG=named)
        assert (done.code, done.err) == (0, "")
        assert done.out


@pytest.mark.parametrize("command", [("doctor",), ("--demo", "doctor")], ids=" ".join)
def test_the_doctor_works_with_any_file_and_tells_of_it(
    massar: Run, settings_file: Path, practice: Practice, command: tuple[str, ...]
) -> None:
    settings_file.write_text("language = fr")
    done = massar(*command, **practice.settings())
    assert done.code == 2
    assert re.search(r"^failed +settings +.*line 1, column", done.out, re.MULTILINE)
    assert re.search(r"^ok +version ", done.out, re.MULTILINE)
    assert done.out.splitlines()[-1].startswith("ok")


@pytest.mark.parametrize("command", READS_THE_FILE, ids=" ".join)
def test_a_language_of_the_environment_that_there_is_not_is_told(
    massar: Run, command: tuple[str, ...]
) -> None:
    done = massar(*command, MASSAR_LANG="xx", LANG="C.UTF-8")
    assert (done.code, done.out) == (2, "")
    assert "MASSAR_LANG vaut «\u00a0xx\u00a0»" in done.err
    assert "ar, fr, en" in done.err


def test_a_locale_that_there_is_not_is_french(massar: Run) -> None:
    done = massar("--demo", "grades", "--year", "x", MASSAR_LANG="", LANG="de_DE.UTF-8")
    assert "n'est pas une année scolaire" in done.err


def test_the_practice_portal_takes_nothing_of_an_account(massar: Run, settings_file: Path) -> None:
    settings_file.write_text(
        'language = "ar"\ncode = "X199999999"\nurl = "https://massar.example/"\n'
        'password_command = "touch ran; false"\nchild = "nobody"\n'
    )
    done = massar("--demo", "profile", "--json", **NOT_SET)
    assert done.code == 0, done.err
    assert "X130000001" in done.out
    assert not Path("ran").exists()


def test_the_practice_portal_needs_no_home(massar: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = massar("--demo", "grades", MASSAR_HOME=str(tmp_path / "file"))
    assert done.code == 0, done.err
