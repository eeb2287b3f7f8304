"""Settings: which source wins, which file or code is refused, and that no secret is ever shown."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from massar_cli.accounts import load_remembered, remember
from massar_cli.codes import has_usual_shape, normal_code, student_code, user_name
from massar_cli.configuration import find_folders
from massar_cli.errors import UsageProblem
from massar_cli.hosts import DEFAULT_URL
from massar_cli.pace import Pace
from massar_cli.settings import PasswordSource, Settings, load_settings
from tests.conftest import Done

Run = Callable[..., Done]

SECRET = "a-very-secret-password"
URLS = {
    "--url": "http://127.0.0.1:8001/moutamadris",
    "MASSAR_URL": "http://127.0.0.1:8002/moutamadris",
    "file": "http://127.0.0.1:8003/moutamadris",
    "massar login": "http://127.0.0.1:8004/moutamadris",
}
CODES = {"MASSAR_CODE": "X130000002", "file": "X130000003", "massar login": "X130000004"}


@pytest.fixture
def write(home: Path) -> Callable[[str], Path]:
    """Write the configuration file."""

    def write_it(text: str) -> Path:
        home.mkdir(exist_ok=True)
        file = home / "config.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write_it


def load(
    home: Path,
    *,
    account: str | None = None,
    url: str | None = None,
    language: str | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    **environment: str,
) -> Settings:
    return load_settings(
        environment={"MASSAR_HOME": str(home), **environment},
        account=account,
        url=url,
        language=language,
        remembered=remembered,
    )


def load_in(home: Path, environment: Mapping[str, str], account: str | None = None) -> Settings:
    return load_settings(
        environment={"MASSAR_HOME": str(home), **environment}, account=account, remembered=None
    )


def every_choice(names: list[str]) -> list[tuple[str, ...]]:
    return [chosen for size in range(len(names) + 1) for chosen in combinations(names, size)]


@pytest.mark.parametrize("given", every_choice(list(URLS)))
def test_the_address_comes_from_the_first_source_that_has_one(
    home: Path, write: Callable[[str], Path], given: tuple[str, ...]
) -> None:
    file = write(f'url = "{URLS["file"]}"\n' if "file" in given else "")
    settings = load(
        home,
        url=URLS["--url"] if "--url" in given else None,
        remembered={"default": {"code": "X130000001", "url": URLS["massar login"]}}
        if "massar login" in given
        else None,
        MASSAR_URL=URLS["MASSAR_URL"] if "MASSAR_URL" in given else "",
    )
    winner = next(iter(given), None)
    assert settings.url == (URLS[winner] if winner else DEFAULT_URL)
    origin = {None: "default", "file": str(file)}.get(winner, winner)
    assert settings.origins["url"] == origin


@pytest.mark.parametrize("given", every_choice(list(CODES)))
def test_the_code_comes_from_the_first_source_that_has_one(
    home: Path, write: Callable[[str], Path], given: tuple[str, ...]
) -> None:
    write(f'code = "{CODES["file"]}"\n' if "file" in given else "")
    settings = load(
        home,
        remembered={"default": {"code": CODES["massar login"]}} if "massar login" in given else {},
        MASSAR_CODE=CODES["MASSAR_CODE"] if "MASSAR_CODE" in given else "",
    )
    assert settings.code == (CODES[given[0]] if given else None)


@pytest.mark.parametrize(
    ("option", "variable", "file", "locale", "expected", "origin"),
    [
        ("ar", "fr", "en", "en_US", "ar", "--lang"),
        ("ar_MA", "fr", "en", "en_US", "ar", "--lang"),
        (None, "", "en-GB", "fr_FR", "en", "file"),
        (None, "fr", "en", "en_US", "fr", "MASSAR_LANG"),
        (None, "", "en", "ar_MA.UTF-8", "en", "file"),
        (None, "", "", "ar_MA.UTF-8", "ar", "locale"),
        (None, "", "", "de_DE.UTF-8", "fr", "default"),
        (None, "", "", "", "fr", "default"),
    ],
)
def test_the_language_comes_from_the_first_source_that_has_one(
    home: Path,
    write: Callable[[str], Path],
    option: str | None,
    variable: str,
    file: str,
    locale: str,
    expected: str,
    origin: str,
) -> None:
    path = write(f'language = "{file}"' if file else "")
    settings = load(home, language=option, MASSAR_LANG=variable, LANG=locale)
    assert settings.language == expected
    assert settings.origins["language"] == (str(path) if origin == "file" else origin)


def test_the_password_variables_are_tried_in_the_contracts_order(
    home: Path, write: Callable[[str], Path]
) -> None:
    write('password_command = "of the file"\npassword_file = "/of/the/file"\n')
    variables = {
        "MASSAR_PASSWORD_COMMAND": "command",
        "MASSAR_PASSWORD_FILE": "/file",
        "MASSAR_PASSWORD": SECRET,
    }
    for name in list(variables):
        settings = load_in(home, variables)
        assert settings.origins["password"] == name
        del variables[name]
        variables[name] = ""  # empty counts as unset
    settings = load_in(home, variables)
    assert settings.password_source.command == "of the file"
    assert settings.origins["password"].endswith("config.toml")


def test_a_password_of_the_file_is_not_tried_for_another_code(
    home: Path, write: Callable[[str], Path]
) -> None:
    write('code = "X130000003"\npassword_command = "echo mine"\n')
    assert load(home, MASSAR_CODE="x13 0000 003").password_source.command == "echo mine"
    assert not load(home, MASSAR_CODE="X130000002").password_source
    given = load(home, MASSAR_CODE="X130000002", MASSAR_PASSWORD=SECRET)
    assert given.password_source.value == SECRET


ACCOUNTS = """
url = "http://127.0.0.1:8003"
default_account = "amine"
[accounts.amine]
code = "X130000002"
password_command = "echo amine"
nickname = "Amine"
[accounts.salma]
code = "X130000001"
password_file = "/salma"
url = "http://127.0.0.1:8009"
"""


def test_an_account_is_chosen_by_name_else_the_default_one(
    home: Path, write: Callable[[str], Path]
) -> None:
    write(ACCOUNTS)
    usual = load(home)
    assert (usual.account, usual.code) == ("amine", "X130000002")
    assert usual.url == URLS["file"]
    assert usual.password_source.command == "echo amine"
    named = load(home, account="salma")
    assert (named.account, named.code) == ("salma", "X130000001")
    assert named.url == "http://127.0.0.1:8009/moutamadris"
    assert named.password_source == PasswordSource(file="/salma")
    assert named.origins["account"] == "--account"


def test_a_named_account_ignores_code_and_password_of_the_environment_but_not_the_address(
    home: Path, write: Callable[[str], Path]
) -> None:
    write(ACCOUNTS)
    environment = {
        "MASSAR_CODE": "X139999999",
        "MASSAR_PASSWORD": SECRET,
        "MASSAR_PASSWORD_FILE": "/environment",
        "MASSAR_PASSWORD_COMMAND": "echo environment",
        "MASSAR_URL": URLS["MASSAR_URL"],
    }
    named = load_in(home, environment, "salma")
    assert named.code == "X130000001"
    assert named.password_source == PasswordSource(file="/salma")
    assert named.url == URLS["MASSAR_URL"]
    usual = load_in(home, environment)
    assert usual.code == "X139999999"
    assert usual.password_source.command == "echo environment"
    own = load_in(home, environment, "amine")
    assert own.password_source == PasswordSource(command="echo amine")


def test_an_unknown_account_is_refused_with_the_names_that_there_are(
    home: Path, write: Callable[[str], Path]
) -> None:
    write(ACCOUNTS)
    with pytest.raises(UsageProblem) as refusal:
        load(home, account="nobody")
    assert "nobody" in refusal.value.message
    assert "amine, salma" in refusal.value.hint
    write('default_account = "nobody"')
    with pytest.raises(UsageProblem):
        load(home)


def test_an_account_that_login_remembers_is_known(home: Path) -> None:
    kept = {"salma": {"code": "X130000001", "url": URLS["massar login"]}}
    settings = load(home, account="salma", remembered=kept)
    assert (settings.code, settings.url) == ("X130000001", URLS["massar login"])
    with pytest.raises(UsageProblem):
        load(home, account="amine", remembered=kept)
    assert (
        load_settings(environment={"MASSAR_HOME": str(home)}, account="amine", may_be_new=True).code
        is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "no toml",
        "code = ",
        'code = "X130000001"\ncode = "X130000002"\n',
        "code = 130000001",
        'code = ""',
        'codes = "X130000001"',
        'accounts = "salma"',
        "accounts = [1]",
        "[accounts]\nsalma = 1",
        '[accounts.salma]\nlanguage = "fr"',
        "[accounts.salma]\ncode = true",
        'language = "de"',
        'url = "https://example.org"',
        'url = "http://[8:1]:8000"',
        'password_file = "~\\u0000"',
        'code = "hello"',
        "\x00",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_path_or_value(
    write: Callable[[str], Path], massar: Run, text: str
) -> None:
    file = write(text)
    done = massar("grades", "--json", MASSAR_LANG="")
    assert (done.code, done.out) == (2, "")
    error = json.loads(done.err)["error"]
    assert error["kind"] == "usage"
    named = (str(file), "https://example.org", "http://[8:1]:8000", "hello")
    assert any(name in error["message"] for name in named), error
    assert error["hint"]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [("", ("--account", "zoe", "grades")), ('codes = "x"', ("grades",)), ("code = 1", ("grades",))],
)
def test_an_error_is_told_in_the_files_language(
    write: Callable[[str], Path], massar: Run, text: str, arguments: tuple[str, ...]
) -> None:
    told = {}
    for language in ("en", "fr"):
        write(f'language = "{language}"\n{text}')
        told[language] = massar(*arguments, MASSAR_LANG="", LANG="ar_MA.UTF-8").err
    assert "account" in told["en"] or "configuration file" in told["en"]
    assert "compte" in told["fr"] or "fichier de configuration" in told["fr"]


def test_where_a_file_is_no_toml_is_told_in_the_readers_language(
    write: Callable[[str], Path], massar: Run
) -> None:
    write('url = "x"\ncode = ?')
    assert "it is no TOML at line 2, column 8" in massar("grades").err
    assert "ligne 2, colonne 8" in massar("--lang", "fr", "grades").err


def test_every_setting_is_shown_with_its_origin(write: Callable[[str], Path], massar: Run) -> None:
    missing = massar("config", "show")
    assert "config.toml  (there is none)" in missing.out.splitlines()[-1]
    path = write(
        'child = "salma"\nfirst_semester_until = "02-10"\ndownload_limit_mb = 3.5\n'
        '[children]\nX130000011 = "salma"\n[pages]\nabsences = "Suivi"\n'
    )
    lines = massar("config", "show").out.splitlines()
    for line in (
        "child = salma",
        "first_semester_until = 02-10",
        "download_limit_mb = 3.5",
        "children.X130000011 = salma",
        "pages.absences = Suivi",
    ):
        assert f"{line}  ({path})" in lines
    assert f"file = {path}  (read)" in lines


def test_a_file_that_is_no_utf8_or_no_file_is_refused(massar: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(b'code = "\xff"')
    assert massar("grades").code == 2
    (home / "config.toml").unlink()
    (home / "config.toml").mkdir()
    done = massar("grades")
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_a_pipe_in_the_place_of_the_file_is_told_and_not_waited_for(
    massar: Run, home: Path
) -> None:
    home.mkdir(exist_ok=True)
    os.mkfifo(home / "config.toml")
    assert massar("--help").code == 0
    done = massar("config", "show")
    assert done.code == 2
    assert "it is a pipe" in done.err


def test_a_file_with_a_byte_order_mark_is_read(home: Path, write: Callable[[str], Path]) -> None:
    write('\ufeffcode = "X130000001"\n')
    assert load(home).code == "X130000001"


@pytest.mark.parametrize("text", ["password = '{}'", "[accounts.salma]\npassword = '{}'"])
def test_a_password_in_the_file_is_refused_and_not_shown(
    write: Callable[[str], Path], massar: Run, text: str
) -> None:
    write(text.format(SECRET))
    for command in (("grades",), ("config", "show"), ("--account", "salma", "profile")):
        done = massar(*command)
        assert (done.code, done.out) == (2, "")
        assert "password_command" in done.err
        assert SECRET not in done.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("X130000001", "X130000001"), ("x130000001", "X130000001")),
        *((" x13-0000 001\n", "X130000001"), ("x١٣٠٠٠٠٠٠١", "X130000001")),
        *(("first.last@taalim.ma", "first.last@taalim.ma"), ("a@b", "a@b")),
        *(("130000001", "130000001"), ("AB130000001", "AB130000001")),
    ],
)
def test_a_code_is_read_however_it_is_written(text: str, code: str) -> None:
    assert normal_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "X", "hello", "X13000000012345", "13", "X13000000A", "ABC130000001", "@", "a@"),
        *(
            "@b",
            "a@b@c",
            "a b@c",
            "X130000001;",
            "Ⅹ130000001",
            "a\x00@b",
            "a\u202e@b",
            "X130000001@",
        ),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageProblem) as refusal:
        normal_code(text)
    assert "X130000000" in refusal.value.hint
    assert "\x00" not in refusal.value.message


def test_the_portals_user_name_is_derived_from_the_code() -> None:
    assert user_name("X130000001") == "X130000001@taalim.ma"
    assert user_name("first.last@example.org") == "first.last@example.org"
    assert student_code("X130000001") == student_code("x130000001@taalim.ma") == "X130000001"
    assert student_code("first.last@taalim.ma") is None
    assert has_usual_shape("X130000001")
    assert has_usual_shape("a@b")
    assert not has_usual_shape("X13000000")


def test_nothing_secret_is_in_the_text_of_settings(home: Path) -> None:
    settings = load(home, MASSAR_CODE="X130000001", MASSAR_PASSWORD=SECRET)
    assert settings.password_source.value == SECRET
    for shown in (settings, settings.password_source, replace(settings, account="other")):
        assert SECRET not in f"{shown!r} {shown!s}"
    changed = settings.with_code("X130000002")
    assert changed.code == "X130000002"
    assert changed.password_source == settings.password_source


def test_config_show_says_where_each_setting_comes_from_and_no_secret(
    write: Callable[[str], Path], massar: Run, home: Path
) -> None:
    file = write(f'code = "X130000003"\npassword_command = "echo {SECRET}"\n')
    done = massar("config", "show", MASSAR_URL=URLS["MASSAR_URL"])
    assert done.code == 0
    assert done.err == ""
    shown = dict(line.split(" = ", 1) for line in done.out.splitlines())
    assert shown["code"] == f"X130000003  ({file})"
    assert shown["url"] == f"{URLS['MASSAR_URL']}  (MASSAR_URL)"
    assert shown["password"].endswith(f"  ({file})")
    assert shown["state"] == str(home)
    assert SECRET not in done.out
    by_file = massar("config", "show", MASSAR_PASSWORD_FILE="/a/file").out
    assert "/a/file  (MASSAR_PASSWORD_FILE)\n" in by_file


NUMBERS = {
    "timeout": (1, 86_400),
    "request_spacing": (0, 3600),
    "retry_wait": (0, 3600),
    "sign_ins_per_day": (1, 1000),
    "failed_sign_ins_per_day": (1, 1000),
}


def shown_numbers(massar: Run, *before: str) -> dict[str, str]:
    lines = massar(*before, "config", "show").out.splitlines()
    shown = dict(line.split(" = ", 1) for line in lines)
    return {key: shown[key] for key in NUMBERS}


def test_numbers_come_from_the_command_line_else_the_file_else_the_default(
    write: Callable[[str], Path], massar: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("massar_cli.settings.Pace", Pace)
    usual = dict(zip(NUMBERS, ("90", "0.5", "1", "40", "5"), strict=True))
    by_default = {key: f"{value}  (by default)" for key, value in usual.items()}
    assert shown_numbers(massar) == by_default
    for number, key in enumerate(NUMBERS, 2):
        file = write(f"{key} = {number}\n")
        assert shown_numbers(massar) == {**by_default, key: f"{number}  ({file})"}
    write("timeout = 20\n")
    assert shown_numbers(massar, "--timeout", "7.5")["timeout"] == "7.5  (--timeout)"


@pytest.mark.parametrize("key", NUMBERS)
def test_a_number_may_be_the_least_and_the_most_and_nothing_beyond(
    write: Callable[[str], Path], massar: Run, key: str
) -> None:
    least, most = NUMBERS[key]
    for good in (least, most):
        write(f"{key} = {good}\n")
        assert shown_numbers(massar)[key].startswith(f"{good}  ")
    bad = (least - 1, most + 1, -1, "nan", "inf", "-inf", "true", "'5'", "[5]", 10**400)
    beside = ("2.5", "5.0") if key.endswith("_per_day") else ()
    for value in (*bad, *beside):
        file = write(f"{key} = {value}\n")
        done = massar("grades", "--json")
        assert (done.code, done.out) == (2, ""), value
        error = json.loads(done.err)["error"]
        assert all(text in error["message"] for text in (str(file), key, str(least), str(most)))
    write(f"[accounts.salma]\n{key} = {least}\n")
    assert massar("grades").code == 2


def test_the_home_of_the_program_can_be_chosen(tmp_path: Path) -> None:
    folders = find_folders({"MASSAR_HOME": str(tmp_path)})
    assert folders.configuration == folders.state == tmp_path
    assert folders.configuration_file == tmp_path / "config.toml"
    own = find_folders({"MASSAR_HOME": ""})
    assert own.state.is_absolute()
    assert own.state != Path()


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "1", "\x00", "[" * 100_000, '{"default": 1}', '{"default": [1]}'),
        *('{"default": null}', '{"default": {"code": null, "url": 1}}'),
    ],
    ids=lambda text: text[:40],
)
def test_a_damaged_memory_of_accounts_remembers_nothing(home: Path, massar: Run, text: str) -> None:
    home.mkdir()
    (home / "accounts.json").write_text(text)
    assert not any(load_remembered(home).values())
    assert massar("config", "show").code == 0
    remember(home, "salma", {"code": "X130000001", "url": DEFAULT_URL, "password": SECRET})
    assert load_remembered(home)["salma"] == {"code": "X130000001", "url": DEFAULT_URL}
    assert SECRET not in (home / "accounts.json").read_text()


def test_a_page_may_be_chosen_for_every_account_and_for_one(
    home: Path, write: Callable[[str], Path]
) -> None:
    file = write(
        "\n".join(
            (
                *('code = "X130000001"', "[pages]", 'absences = "Retards"', 'exams = "A/B"'),
                *("[accounts.adam]", 'code = "X130000002"'),
                *("[accounts.adam.pages]", 'exams = "Contrôles"', 'grades = "Notes"'),
            )
        )
    )
    usual = load(home, account="default")
    assert usual.pages == {"absences": "Retards", "exams": "A/B"}
    assert usual.origins["pages.exams"] == str(file)
    adam = load(home, account="adam")
    assert adam.pages == {"absences": "Retards", "exams": "Contrôles", "grades": "Notes"}
    assert load(home, account="adam").code == "X130000002"


def test_no_page_is_chosen_where_no_setting_does(home: Path) -> None:
    assert load(home).pages == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[pages]\nlunch = "x"\n', "pages.lunch"),
        ('[pages]\nother = "x"\n', "pages.other"),
        ('[pages]\nAbsences = "x"\n', "pages.Absences"),
        ("[pages]\nabsences = 1\n", "pages.absences"),
        ('[pages]\nabsences = " "\n', "pages.absences"),
        ('[pages]\nabsences = ["x"]\n', "pages.absences"),
        ('[pages.absences]\nx = "y"\n', "pages.absences"),
        ('pages = "x"\n', "pages"),
        ('[accounts.adam.pages]\nlunch = "x"\n', "pages.lunch"),
        ('[accounts.adam]\npages = ["x"]\n', "pages"),
    ],
)
def test_a_choice_of_a_page_that_cannot_be_is_refused(
    home: Path, write: Callable[[str], Path], text: str, named: str
) -> None:
    write(text)
    with pytest.raises(UsageProblem, match=named):
        load(home)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[display]\nrtl = "right"\n', "display.rtl"),
        ("[display]\nrtl = true\n", "rtl"),
        ('[display]\nsubject_names = "fr"\n', "display.subject_names"),
        ('[display]\ndigits = "hindi"\n', "display.digits"),
        ('[display]\ncolour = "no"\n', "colour"),
        ('display = "rtl"\n', "display"),
    ],
)
def test_a_display_that_cannot_be_is_refused(
    home: Path, write: Callable[[str], Path], text: str, named: str
) -> None:
    write(text)
    with pytest.raises(UsageProblem, match=named):
        load(home)


def test_chosen_pages_are_shown_with_where_they_stand(
    write: Callable[[str], Path], massar: Run
) -> None:
    file = write('[pages]\nabsences = "Retards"\n')
    done = massar("config", "show")
    assert f"pages.absences = Retards  ({file})" in done.out
