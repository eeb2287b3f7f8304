"""Bad input and failures: one clear line, or one JSON line, and no request that was not due."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.students import DEMO
from tests.cli.servers import REPORT_CARD, AlteredPortal, Replacement, closed_port
from tests.conftest import Done, Practice

Run = Callable[..., Done]

ONE_CARD = ("grades", "--year", "2023", "--semester", "1")
SECRET = "a-very-secret-password"
MACHINE_FORMATS = (
    *(("--json",), ("-f", "csv"), ("-fjsonl",), ("--format", "json"), ("--format=csv",)),
    *(("--excel",), ("-o", "x.json"), ("--output=x.csv",), ("-ox.ndjson",)),
)
HUMAN_FORMATS = ((), ("-f", "table"), ("-f", "md"), ("-o", "x.md"), ("-f", "table", "-o", "x.json"))
BAD_USAGE = (
    ("grades", "--nope"),
    ("grades", "extra"),
    ("nothing",),
    ("grades", "--semester", "3"),
    ("grades", "--semester", ""),
    ("grades", "--semester", "0"),
    ("grades", "--year", "1999"),
    ("grades", "--year", "2004"),
    ("grades", "--year", "2025/2027"),
    ("grades", "--year", "2025/2024"),
    ("grades", "--year", "25"),
    ("grades", "--year", "20255"),
    ("grades", "--year", "9999"),
    ("grades", "--year", "-2025"),
    ("grades", "--year", "two"),
    ("grades", "--year", ""),
    ("grades", "--lang", "fr"),
    ("profile", "--semester", "1"),
    ("--lang", "de", "profile"),
    ("--account", "nobody", "profile"),
    ("--demo", "--account", "nobody", "profile"),
    ("--demo", "--url", "http://127.0.0.1:8000", "profile"),
    ("--timeless", "profile"),
    ("login", "--code", "hello"),
    ("login", "--code", "X13"),
    ("login", "--code", "X13000000000000"),
)
BAD_URLS = (
    "http://massarservice.men.gov.ma/moutamadris",
    "http://192.168.1.10/moutamadris",
    "http://0.0.0.0:8000/moutamadris",
    "http://localhost.evil.example/moutamadris",
    "http://127.0.0.1.evil.example/moutamadris",
    "https://example.org/moutamadris",
    "https://massarservice.men.gov.ma.evil.example/moutamadris",
    "https://evilmen.gov.ma/moutamadris",
    "https://evil.example/massarservice.men.gov.ma",
    "https://massarservice.men.gov.ma@evil.example/",
    "https://massarservice.men.gov.ma:443@evil.example/",
    "https://evil.example#massarservice.men.gov.ma",
    "https://evil.example?massarservice.men.gov.ma",
    "https://evil.example\\.men.gov.ma/",
    "https://evil.example\n.men.gov.ma/",
    "https://massarservice.mén.gov.ma/",
    "https:massarservice.men.gov.ma",
    "https:///moutamadris",
    "https://massarservice.men.gov.ma:0/",
    "https://massarservice.men.gov.ma:99999/",
    "massarservice.men.gov.ma",
    "ftp://massarservice.men.gov.ma/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
    "-",
    " ",
)


def error_of(done: Done) -> dict[str, object]:
    """Return the one JSON error of a run, having checked its shape."""
    assert done.out == ""
    assert done.err.endswith("\n")
    (line,) = done.err.splitlines()
    document = json.loads(line)
    assert list(document) == ["error"]
    error: dict[str, object] = document["error"]
    assert list(error) == ["kind", "message", "hint", "exit_code"]
    assert error["exit_code"] == done.code
    assert error["message"]
    assert error["hint"]
    return error


def line_of(done: Done) -> str:
    """Return the one line that says what happened and what to do."""
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert line.startswith("massar: ")
    return line


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=" ".join)
def test_wrong_usage_is_one_json_line_where_a_program_reads(
    massar: Run, practice: Practice, in_an_empty_folder: Path, arguments: tuple[str, ...]
) -> None:
    for machine in MACHINE_FORMATS:
        done = massar(*arguments, *machine, **practice.settings())
        assert done.code == 2
        assert error_of(done)["kind"] == "usage"
    assert practice.asked() == []
    assert list(in_an_empty_folder.iterdir()) == []


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=" ".join)
def test_wrong_usage_is_two_clear_lines_where_a_person_reads(
    massar: Run, practice: Practice, in_an_empty_folder: Path, arguments: tuple[str, ...]
) -> None:
    for human in HUMAN_FORMATS if arguments[0] == "grades" else [()]:
        done = massar(*arguments, *human, **practice.settings())
        assert done.code == 2
        line_of(done)
    assert practice.asked() == []
    assert list(in_an_empty_folder.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("grades", "-f", "xml"),
        ("grades", "--format", ""),
        ("grades", "--json", "-f", "csv"),
        ("grades", "--json", "--excel"),
        ("grades", "--excel", "-f", "json"),
        ("grades", "--excel", "-o", "x.json"),
        ("grades", "--excel", "-f", "table"),
        ("grades", "--year"),
        ("config", "show", "--json"),
        ("--json", "grades"),
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense_ask_nothing_of_the_portal(
    massar: Run, practice: Practice, arguments: tuple[str, ...]
) -> None:
    done = massar(*arguments, **practice.settings())
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    if "--json" in arguments or "x.json" in arguments:
        assert error_of(done)["kind"] == "usage"
    assert practice.asked() == []


def test_a_global_option_after_the_command_says_where_it_goes(massar: Run) -> None:
    for arguments in (("--lang", "fr"), ("--lang=fr",), ("--demo",), ("-q",), ("--url", "x")):
        done = massar("grades", *arguments)
        flag = arguments[0].partition("=")[0]
        assert f"massar {flag} " in line_of(done), done.err


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_bad_address_is_refused_before_anything_leaves(
    massar: Run, asked_hosts: list[str], home: Path, url: str
) -> None:
    account = {"MASSAR_CODE": DEMO.code, "MASSAR_PASSWORD": SECRET}
    for command in (("grades",), ("login",), ("journey",)):
        by_option = massar("--url", url, *command, **account)
        assert by_option.code == 2
        line_of(by_option)
        by_variable = massar(*command, "--json", MASSAR_URL=url, **account)
        assert by_variable.code == 2
        assert error_of(by_variable)["kind"] == "usage"
        assert SECRET not in by_option.err + by_variable.err
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f"url = {json.dumps(url)}\n")
    by_file = massar("grades", **account)
    assert by_file.code == 2
    line_of(by_file)
    assert asked_hosts == []


def test_an_empty_address_on_the_command_line_is_refused(massar: Run, practice: Practice) -> None:
    done = massar("--url", "", *ONE_CARD, **practice.settings())
    assert done.code == 2
    assert practice.asked() == []


def test_an_empty_account_on_the_command_line_is_refused(massar: Run, practice: Practice) -> None:
    done = massar("--account", "", *ONE_CARD, **practice.settings())
    assert done.code == 2
    assert practice.asked() == []


def test_a_password_in_an_address_is_not_shown(massar: Run, asked_hosts: list[str]) -> None:
    url = f"https://X130000001:{SECRET}@massarservice.men.gov.ma/moutamadris"
    done = massar("grades", MASSAR_URL=url, MASSAR_CODE=DEMO.code)
    assert done.code == 2
    assert SECRET not in done.err
    assert asked_hosts == []


def test_the_bar_on_the_network_does_see_a_request(massar: Run, asked_hosts: list[str]) -> None:
    done = massar("grades", "--json", MASSAR_CODE=DEMO.code, MASSAR_PASSWORD=SECRET)
    assert done.code == 4
    assert error_of(done)["kind"] == "unavailable"
    assert asked_hosts == ["massarservice.men.gov.ma"]


@pytest.mark.parametrize(
    "code", ["hello", "X13", "130", "<script>", "X1300000010000", "a@b@c", "é"]
)
def test_an_impossible_code_is_refused_before_any_request(
    massar: Run, practice: Practice, code: str
) -> None:
    environment = {**practice.settings(), "MASSAR_CODE": code}
    assert error_of(massar(*ONE_CARD, "--json", **environment))["kind"] == "usage"
    line = line_of(massar(*ONE_CARD, **environment))
    assert "X130000000" in line
    assert practice.asked() == []


def test_a_code_of_unusual_shape_is_tried_and_a_line_says_so(
    massar: Run, practice: Practice
) -> None:
    done = massar(*ONE_CARD, **{**practice.settings(), "MASSAR_CODE": "X13000000"})
    assert done.code == 3
    assert "X13000000 " in done.err.splitlines()[0]
    assert len(done.err.splitlines()) == 2
    assert practice.passwords_posted() == 1


def test_the_portals_refusal_is_a_json_line_or_two_lines(massar: Run, practice: Practice) -> None:
    wrong = {**practice.settings(), "MASSAR_PASSWORD": SECRET}
    for machine in MACHINE_FORMATS:
        massar("forget", **practice.settings())
        assert error_of(massar(*ONE_CARD, *machine, **wrong))["kind"] == "credentials"
    for human in HUMAN_FORMATS:
        massar("forget", **practice.settings())
        line = line_of(massar(*ONE_CARD, *human, **wrong))
        assert "massar login" in line
    assert not list(Path.cwd().iterdir())


def test_a_refused_connection_is_unavailable(massar: Run) -> None:
    environment = {
        "MASSAR_URL": f"http://127.0.0.1:{closed_port()}",
        "MASSAR_CODE": DEMO.code,
        "MASSAR_PASSWORD": SECRET,
    }
    done = massar(*ONE_CARD, "-f", "csv", **environment)
    assert done.code == 4
    assert error_of(done)["kind"] == "unavailable"
    assert massar("login", **environment).code == 4
    plain = massar("journey", **environment)
    assert plain.code == 4
    line_of(plain)


@pytest.mark.parametrize(
    ("replacement", "code", "kind"),
    [
        (Replacement(), 5, "page-changed"),
        (Replacement(b"%PDF-1.7 \xff\xfe"), 5, "page-changed"),
        (Replacement(b"", "200 OK"), 4, "unavailable"),
        (Replacement(b"down", "503 Service Unavailable"), 4, "unavailable"),
        (Replacement(b"too many", "429 Too Many Requests"), 4, "unavailable"),
        (Replacement(b"no", "403 Forbidden"), 4, "unavailable"),
        (Replacement(b"gone", "404 Not Found"), 5, "page-changed"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_page_that_is_not_the_report_card_leaves_standard_output_empty(
    massar: Run,
    serve_altered: Callable[[AlteredPortal], str],
    replacement: Replacement,
    code: int,
    kind: str,
) -> None:
    url = serve_altered(
        AlteredPortal(lambda path, _f: replacement if path == REPORT_CARD else None)
    )
    environment = {
        "MASSAR_URL": url,
        "MASSAR_CODE": DEMO.code,
        "MASSAR_PASSWORD": DEMO.password,
    }
    done = massar(*ONE_CARD, "--json", "-o", "kept.json", **environment)
    assert done.code == code
    assert error_of(done)["kind"] == kind
    assert not Path("kept.json").exists()
    plain = massar(*ONE_CARD, **environment)
    assert plain.code == code
    line_of(plain)


def test_a_password_that_is_no_text_is_not_a_fault_of_the_program(
    process: Run, practice: Practice
) -> None:
    settings = {**practice.settings(), "MASSAR_PASSWORD": b"\xff".decode(errors="surrogateescape")}
    done = process("profile", "--json", **settings)
    assert done.code in (2, 3)
    assert practice.passwords_posted() == 0


def test_a_fault_of_the_program_is_internal_and_keeps_its_traceback(
    massar: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from massar_cli.services import profile

    def fail(_session: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(profile, "get_profile", fail)
    done = massar("--demo", "profile", "--json")
    assert (done.code, error_of(done)["kind"]) == (1, "internal")
    assert "ZeroDivisionError" in done.err
    plain = massar("--demo", "profile")
    assert (plain.code, plain.out) == (1, "")
    assert re.search(r"Traceback[\s\S]*massar: .*ZeroDivisionError", plain.err)


def test_errors_carry_no_control_characters(massar: Run) -> None:
    hostile = "\x1b]0;owned\x07\u202e--year\n"
    for arguments in (("grades", hostile), ("grades", "--year", hostile), (f"a{hostile}",)):
        plain = massar(*arguments)
        assert plain.code == 2
        line_of(plain)
        assert not set("\x1b\x07\u202e") & set(plain.err)
        machine = massar(*arguments, "--json")
        assert "\\u001b" in machine.err or "\\\\x1b" in machine.err
        assert not set("\x1b\x07\u202e") & set(machine.err)
        error_of(machine)
