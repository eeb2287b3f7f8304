"""The program as a process: every command and format, every exit code, pipes and Ctrl-C."""

import csv
import io
import json
import os
import pwd
import re
import signal
import subprocess
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from massar_cli.practice.students import DEMO, STUDENTS
from tests.cli.processes import PROGRAM, ROOT, run_to_end, start, surroundings
from tests.cli.servers import REPORT_CARD, AlteredPortal, Replacement, SilentServer, closed_port
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Printed = Mapping[tuple[str, str], Done]

COMMANDS: dict[str, tuple[str, ...]] = {
    "grades": ("grades", "--year", "2023", "--semester", "1"),
    "summary": ("grades", "--year", "2023", "--semester", "1", "--summary"),
    "journey": ("journey",),
    "profile": ("profile",),
}
FORMATS: dict[str, tuple[str, ...]] = {
    "default": (),
    "table": ("-f", "table"),
    "csv": ("--format", "csv"),
    "json": ("-f", "json"),
    "jsonl": ("--format=jsonl",),
    "md": ("-fmd",),
    "--json": ("--json",),
    "--excel": ("--excel",),
}
RUNS = [
    *(("grades", name) for name in FORMATS),
    *(("summary", name) for name in ("csv", "json", "md", "--excel")),
    *(
        (command, name)
        for command in ("journey", "profile")
        for name in ("table", "csv", "json", "jsonl", "md", "--excel")
    ),
]
CSV_COLUMNS = {
    "grades": "school_year,semester,subject,component,assessment,number,grade,status,raw",
    "summary": (
        "school_year,semester,subject,component,"
        "coefficient,continuous,exam,class_max,class_average,class_min"
    ),
    "journey": "school_year,school,level,average,decision",
    "profile": "code,first_name,last_name,gender,birth_place,school,academy,directorate",
}
MARKS = "\u202a\u202b\u202c\u2066\u2069\u200e\u200f"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Every command in every format, each a process of its own."""
    folder = tmp_path_factory.mktemp("printed")
    environment = surroundings(folder / "home")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = pool.map(
            lambda one: run_to_end(
                "--demo",
                *COMMANDS[one[0]],
                *FORMATS[one[1]],
                environment=environment,
                cwd=folder,
            ),
            RUNS,
        )
        runs = dict(zip(RUNS, done, strict=True))
    assert not any(folder.iterdir()), "a practice run leaves no file"
    return runs


def data_of(printed: Printed, command: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(printed[command, "json"].out)["data"]
    return data


def csv_rows(command: str, data: list[dict[str, Any]]) -> list[list[str]]:
    """Return the rows that the contract derives from the JSON."""
    if command in ("journey", "profile"):
        return [[text_of(v) for k, v in one.items() if k != "student"] for one in data]
    subjects = [
        ([text_of(card["school_year"]), text_of(card["semester"])], subject)
        for card in data
        for subject in card["subjects"]
    ]
    if command == "summary":
        fields = CSV_COLUMNS["summary"].split(",")[2:]
        return [name + [text_of(subject[field]) for field in fields] for name, subject in subjects]
    return [
        [
            *name,
            subject["subject"],
            text_of(subject["component"]),
            *(text_of(a[field]) for field in ("name", "number", "grade", "status", "raw")),
        ]
        for name, subject in subjects
        for a in subject["assessments"]
        if a["status"] != "none"
    ]


def text_of(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(("command", "name"), RUNS)
def test_every_command_ends_well_in_every_format_and_says_nothing(
    printed: Printed, command: str, name: str
) -> None:
    done = printed[command, name]
    assert done.code == 0
    assert done.err == ""
    assert done.out.strip()
    assert "\x1b" not in done.out
    assert not set(MARKS) & set(done.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_the_contracts_envelope(printed: Printed, command: str) -> None:
    document = json.loads(printed[command, "json"].out)
    assert list(document) == ["schema", "fetched_at", "source", "data", "errors"]
    assert document["schema"] == f"massar.{COMMANDS[command][0]}/1"
    assert document["source"] == "demo"
    assert document["fetched_at"] == "2027-03-15T18:00:00+01:00"
    assert document["errors"] == []
    assert [one["student"]["code"] for one in document["data"]] == [DEMO.code] * len(
        document["data"]
    )
    assert len(document["data"]) >= 1


def test_short_for_json_is_the_same_json(printed: Printed) -> None:
    assert printed["grades", "--json"] == printed["grades", "json"]


def test_without_a_format_a_pipe_gets_the_table(printed: Printed) -> None:
    assert printed["grades", "default"] == printed["grades", "table"]


@pytest.mark.parametrize("command", ["grades", "journey", "profile"])
def test_json_lines_are_the_elements_of_the_json(printed: Printed, command: str) -> None:
    lines = printed[command, "jsonl"].out.splitlines()
    assert [json.loads(line) for line in lines] == data_of(printed, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_says_what_the_json_says(printed: Printed, command: str) -> None:
    out = printed[command, "csv"].out
    assert "\r" not in out
    header, *rows = csv.reader(io.StringIO(out, newline=""))
    assert ",".join(header) == CSV_COLUMNS[command]
    assert rows == csv_rows(command, data_of(printed, command))


@pytest.mark.parametrize("command", COMMANDS)
def test_excel_csv_has_a_mark_semicolons_and_decimal_commas(printed: Printed, command: str) -> None:
    out = printed[command, "--excel"].out
    assert out.startswith("\ufeff")
    assert out.count("\n") == out.count("\r\n") > 1
    plain = csv.reader(io.StringIO(printed[command, "csv"].out, newline=""))
    excel = csv.reader(io.StringIO(out[1:], newline=""), delimiter=";")
    numbers = {"grade", "average", *CSV_COLUMNS["summary"].split(",")[4:]}
    columns, *rows = plain
    assert next(excel) == columns
    expected = [
        [
            cell.replace(".", ",") if column in numbers else cell
            for column, cell in zip(columns, row, strict=True)
        ]
        for row in rows
    ]
    assert list(excel) == expected


@pytest.mark.parametrize(
    ("command", "name"), [("grades", "table"), ("grades", "md"), ("summary", "md")]
)
def test_a_page_for_people_names_every_subject_and_both_averages(
    printed: Printed, command: str, name: str
) -> None:
    (card,) = data_of(printed, command)
    out = printed[command, name].out
    for subject in card["subjects"]:
        assert out.count(subject["subject"]) == 1
        assert f"{subject['continuous']:.2f}" in out
    assert f"Semester average: {card['average']:.2f}\n" in out
    assert f"Exam average: {card['exam_average']:.2f}\n" in out
    assert card["school"] in out.splitlines()[0]
    assert ("Test 1" in out) == (command == "grades")


def test_markdown_rows_have_as_many_cells_as_the_heading(printed: Printed) -> None:
    for command in COMMANDS:
        table = [line for line in printed[command, "md"].out.splitlines() if line[:1] == "|"]
        assert len({line.count("|") for line in table}) == 1
        assert set(table[1]) <= set("|-: ")


def test_the_default_card_is_the_newest_with_marks_and_a_line_says_so(process: Run) -> None:
    done = process("--demo", "grades", "--json")
    (card,) = json.loads(done.out)["data"]
    assert (card["school_year"], card["semester"]) == ("2026/2027", 1)
    (line,) = done.err.splitlines()
    assert line.index("Semester 2, 2026/2027") < line.index("Semester 1, 2026/2027")


def test_config_path_and_show_print_where_settings_come_from(process: Run, home: Path) -> None:
    assert process("config", "path") == Done(0, f"{home}/config.toml\n", "")
    shown = process("config", "show", MASSAR_CODE=DEMO.code, MASSAR_PASSWORD="not-to-be-shown")
    assert shown.code == 0
    assert shown.err == ""
    assert f"code = {DEMO.code}  (MASSAR_CODE)\n" in shown.out
    assert re.search(r"^password = .*  \(MASSAR_PASSWORD\)$", shown.out, re.MULTILINE)
    assert "not-to-be-shown" not in shown.out
    assert not home.exists()


def test_login_logout_and_forget_work_as_processes(
    process: Run, practice: Practice, home: Path
) -> None:
    settings = practice.settings()
    password = settings.pop("MASSAR_PASSWORD")
    login = process("login", "--password-stdin", stdin=f"{password}\n", **settings)
    assert (login.code, login.out) == (0, "")
    assert "سلمى المثال" in login.err
    assert process("grades", "--year", "2023", "--semester", "1", "--json").code == 0
    logout = process("logout")
    assert (logout.code, logout.out) == (0, "")
    assert logout.err.count("\n") == 1
    forget = process("forget")
    assert (forget.code, forget.out) == (0, "")
    assert DEMO.code in forget.err.splitlines()[0]
    assert list(home.iterdir()) == []
    assert process("profile").code == 3


def test_exit_codes_and_the_kind_that_goes_with_each(
    process: Run, practice: Practice, serve_altered: Callable[[AlteredPortal], str]
) -> None:
    settings = practice.settings()
    changed = serve_altered(
        AlteredPortal(lambda path, _f: Replacement() if path == REPORT_CARD else None)
    )
    step = next(one for one in STUDENTS if one.step_code)
    cases: dict[int, tuple[str, dict[str, str]]] = {
        2: ("usage", {**settings, "MASSAR_URL": "ftp://nowhere"}),
        3: ("credentials", {**settings, "MASSAR_PASSWORD": "wrong"}),
        4: ("unavailable", {**settings, "MASSAR_URL": f"http://127.0.0.1:{closed_port()}"}),
        5: ("page-changed", {**settings, "MASSAR_URL": changed}),
        6: ("person-needed", practice.settings(step)),
    }
    for code, (kind, environment) in cases.items():
        done = process("grades", "--year", "2023", "--semester", "1", "--json", **environment)
        assert (done.code, done.out) == (code, "")
        (line,) = done.err.splitlines()
        error = json.loads(line)["error"]
        assert (error["kind"], error["exit_code"]) == (kind, code)


def one_year_fails(path: str, fields: Mapping[str, str]) -> Replacement | None:
    return Replacement() if path == REPORT_CARD and fields["Annee"] == "2025" else None


@pytest.mark.parametrize("format_", ["json", "csv", "table"])
def test_one_year_that_fails_ends_with_8_and_the_rest_is_printed(
    process: Run, serve_altered: Callable[[AlteredPortal], str], format_: str
) -> None:
    done = process(
        *("grades", "--year", "all", "-f", format_),
        MASSAR_URL=serve_altered(AlteredPortal(one_year_fails)),
        MASSAR_CODE=DEMO.code,
        MASSAR_PASSWORD=DEMO.password,
    )
    assert done.code == 8
    assert "2023/2024" in done.out
    assert "2025/2026" in done.err
    if format_ == "json":
        document = json.loads(done.out)
        assert {one["school_year"] for one in document["data"]} == {
            *("2023/2024", "2024/2025", "2026/2027")
        }
        assert [list(one) for one in document["errors"]] == [
            ["kind", "message", "hint", "exit_code"]
        ] * 2
        assert {one["kind"] for one in document["errors"]} == {"page-changed"}
        assert all("2025/2026" in one["message"] for one in document["errors"])


def test_quiet_still_says_what_failed(
    process: Run, serve_altered: Callable[[AlteredPortal], str]
) -> None:
    done = process(
        *("-q", "grades", "--year", "all", "-f", "csv"),
        MASSAR_URL=serve_altered(AlteredPortal(one_year_fails)),
        MASSAR_CODE=DEMO.code,
        MASSAR_PASSWORD=DEMO.password,
    )
    assert done.code == 8
    assert "2025/2026" in done.err
    assert "2026/2027" not in done.err  # only a note would name it


def test_a_run_with_no_environment_but_the_path_works() -> None:
    state = Path(pwd.getpwuid(os.getuid()).pw_dir, ".local/state/massar")
    was_there = state.exists()
    done = subprocess.run(
        [*PROGRAM, "--demo", "grades"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 0
    assert "14,36" in done.stdout.decode()  # French, where nothing names a language
    assert done.stderr.decode().count("\n") == 1
    assert state.exists() == was_there


def test_the_output_is_utf8_whatever_the_locale(process: Run, printed: Printed) -> None:
    for surrounding in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}):
        done = process("--demo", *COMMANDS["grades"], **surrounding)
        assert done == printed["grades", "table"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("-q", "--demo", "grades", "--year", "all", "--json"),
        ("-q", "--demo", "grades", "--year", "all"),
        ("--help",),
    ],
)
def test_a_reader_that_stops_after_one_line_is_no_failure(
    home: Path, arguments: tuple[str, ...]
) -> None:
    with start(*arguments, environment=surroundings(home)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        code = process.wait()
    assert code in (0, -signal.SIGPIPE)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("config", "path"),
        ("-q", "--demo", "profile", "--json"),
        ("-q", "--demo", "journey"),
    ],
)
def test_a_reader_that_never_reads_is_no_failure(home: Path, arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        process = start(*arguments, environment=surroundings(home), stdout=pipe)
        _out, err = process.communicate()
    assert err == b""
    assert process.returncode in (0, -signal.SIGPIPE)


def test_a_full_disk_behind_standard_output_is_told(home: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as stdout:
        process = start("-q", "--demo", "profile", environment=surroundings(home), stdout=stdout)
        _out, err = process.communicate()
    assert process.returncode not in (0, 1)
    assert b"No space left" in err
    assert b"Traceback" not in err


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_during_a_slow_request_ends_with_130_and_silence(
    home: Path, silent: SilentServer
) -> None:
    environment = surroundings(
        home, MASSAR_URL=silent.url, MASSAR_CODE=DEMO.code, MASSAR_PASSWORD=DEMO.password
    )
    process = start("grades", "--json", environment=environment)
    assert silent.was_asked.wait(20)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=10) == (b"", b"")
    assert process.returncode == 130


def test_without_a_terminal_nothing_is_asked_and_nothing_hangs(
    process: Run, practice: Practice
) -> None:
    no_code = process("grades", MASSAR_URL=practice.url)
    assert (no_code.code, no_code.out) == (3, "")
    assert "MASSAR_CODE" in no_code.err
    no_password = process("grades", MASSAR_URL=practice.url, MASSAR_CODE=DEMO.code)
    assert (no_password.code, no_password.out) == (3, "")
    assert "MASSAR_PASSWORD_FILE" in no_password.err
    no_login = process("login", MASSAR_URL=practice.url)
    assert no_login.code == 3
    assert practice.passwords_posted() == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("grades",), 3),
        (("login",), 3),
        (("login", "--code", DEMO.code), 3),
        (("login", "--code", DEMO.code, "--password-stdin"), 2),
        (("-q", "--demo", "profile"), 0),
    ],
)
def test_a_closed_standard_input_is_no_fault(
    home: Path, arguments: tuple[str, ...], code: int
) -> None:
    environment = surroundings(home, MASSAR_URL=f"http://127.0.0.1:{closed_port()}")
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *PROGRAM, *arguments],
        capture_output=True,
        check=False,
        env=environment,
        timeout=30,
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_closed_standard_output_does_not_spoil_a_file(home: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *PROGRAM, "-q", "--demo", "profile", "-o", "p.json"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=surroundings(home),
        timeout=30,
    )
    assert done.stderr.decode() == ""
    assert done.returncode == 0
    assert json.loads((tmp_path / "p.json").read_text())["data"]
