"""`massar doctor --cron`: once more in a child process with cron's environment, and compared."""

import os
import re
from pathlib import Path

import pytest

from massar_cli.checks.checklist import Check, Status
from massar_cli.checks.cron import compared, crons_environment, find_command, find_variables
from massar_cli.practice.students import DEMO
from tests.conftest import Done
from tests.doctor.lists import NAMES, PAGES, assert_safe_to_paste, failed_in, lines_of
from tests.failures.cases import SETTINGS
from tests.failures.conftest import ACCOUNT, Faulty
from tests.session.hostile import PASSWORD, Run, assert_no_secret

CRON = ("doctor", "--json", "--cron")
FIRST = ("variables", "home", "command", "run")


@pytest.fixture
def shell_home(tmp_path: Path) -> Path:
    """Make a home folder for a shell, which the child takes too."""
    folder = tmp_path / "shell"
    folder.mkdir()
    return folder


def write_settings(shell_home: Path, url: str, *lines: str) -> None:
    """Write the configuration file that needs no variable."""
    folder = shell_home / ".config" / "massar"
    folder.mkdir(parents=True)
    password = shell_home / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    settings = (f'url = "{url}"', f'code = "{DEMO.code}"', f'password_file = "{password}"')
    (folder / "config.toml").write_text("\n".join((*settings, *lines, SETTINGS)))


def in_shell(process: Run, shell_home: Path, *arguments: str, **variables: str) -> Done:
    surroundings = {"HOME": str(shell_home), "MASSAR_HOME": "", **variables}
    return process(*arguments, **surroundings)


def test_what_is_only_exported_is_missing_under_cron(
    faulty: Faulty, process: Run, shell_home: Path
) -> None:
    practice = faulty()
    # The child must not go out into the world, so its address is in the file.
    folder = shell_home / ".config" / "massar"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'url = "{practice.url}"\n{SETTINGS}')
    done = in_shell(process, shell_home, *CRON, **ACCOUNT)
    here, there = lines_of(done), lines_of(done, "cron")
    assert failed_in(here) == {}
    assert (done.code, failed_in(there)) == (3, {"code": 3, "password": 3})
    assert tuple(there) == (*FIRST, *NAMES)
    assert there["variables"].status == "warning"
    for name in ("MASSAR_CODE", "MASSAR_PASSWORD", "MASSAR_LANG"):
        assert name in there["variables"].message
    assert "crontab" in str(there["variables"].hint)
    assert "In this shell, outside cron, it works." in str(there["code"].hint)
    assert there["portal"].status == "ok"
    assert practice.asked() == ["GET /moutamadris/Account"] * 2
    assert_safe_to_paste(done.out)


def test_what_is_in_the_file_works_under_cron_too(
    faulty: Faulty, process: Run, shell_home: Path
) -> None:
    practice = faulty()
    write_settings(shell_home, practice.url)
    done = in_shell(process, shell_home, *CRON, "--sign-in")
    here, there = lines_of(done), lines_of(done, "cron")
    assert (done.code, failed_in(here), failed_in(there)) == (0, {}, {})
    assert {line[page].status for line in (here, there) for page in PAGES} == {"ok"}
    assert "no password was sent" in there["sign-in"].message
    assert there["language"].message.startswith("fr ")
    assert practice.passwords_posted() == 1
    assert_no_secret(shell_home / ".local", done.out)
    assert_safe_to_paste(done.out)


def test_the_childs_first_failure_is_the_exit_code_where_nothing_failed_here(
    faulty: Faulty, process: Run, shell_home: Path, tmp_path: Path
) -> None:
    practice = faulty()
    write_settings(shell_home, practice.url)
    tool = tmp_path / "tools" / "print-password"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\necho {PASSWORD}\n")
    tool.chmod(0o700)
    file = shell_home / ".config" / "massar" / "config.toml"
    text = file.read_text().replace("password_file", "# ")
    file.write_text(f'password_command = "print-password"\n{text}')
    path = f"{tool.parent}:{os.environ['PATH']}"
    done = in_shell(process, shell_home, *CRON, PATH=path)
    assert failed_in(lines_of(done)) == {}
    there = lines_of(done, "cron")
    assert failed_in(there) == {"password": 2}
    assert "exit code 127" in there["password"].message
    assert "In this shell, outside cron, it works." in str(there["password"].hint)
    assert done.code == 2
    assert "print-password" not in done.out


def crontab(folder: Path, *lines: str) -> str:
    """Put a `crontab` that lists these lines on a path, and return that path."""
    folder.mkdir()
    (folder / "lines").write_text("\n".join(lines))
    program = folder / "crontab"
    program.write_text(f'#!/bin/sh\n[ "$1" = -l ] && cat "{folder}/lines"\n')
    program.chmod(0o700)
    return f"{folder}:{os.environ['PATH']}"


def test_the_lines_of_the_crontab_are_heeded(
    faulty: Faulty, process: Run, shell_home: Path, tmp_path: Path
) -> None:
    practice = faulty()
    password = shell_home / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    path = crontab(
        tmp_path / "tools",
        "# MASSAR_CODE=commented",
        f"MASSAR_CODE = {DEMO.code}",
        f"MASSAR_URL='{practice.url}'",
        f'MASSAR_PASSWORD_FILE="{password}"',
        "0 6 * * *  massar grades MASSAR_LANG=ar",
    )
    settings = {
        "MASSAR_CODE": DEMO.code,
        "MASSAR_URL": practice.url,
        "MASSAR_PASSWORD_FILE": str(password),
        "MASSAR_LANG": "",
    }
    done = in_shell(process, shell_home, "--lang", "en", *CRON, PATH=path, **settings)
    there = lines_of(done, "cron")
    assert (done.code, failed_in(there)) == (0, {})
    assert "MASSAR_CODE, MASSAR_PASSWORD_FILE, MASSAR_URL" in there["variables"].message
    assert "MASSAR_CODE" in there["code"].message
    assert DEMO.code not in done.out


def test_global_options_go_with_it(faulty: Faulty, process: Run, shell_home: Path) -> None:
    practice = faulty()
    given = ("--url", practice.url, "--timeout", "33", "--lang", "fr", "--now")
    done = in_shell(process, shell_home, *given, *CRON, **ACCOUNT)
    there = lines_of(done, "cron")
    assert there["url"].message == f"{practice.url} (--url)"
    assert there["timeout"].message.endswith("(--timeout)")
    assert there["language"].message == "fr (--lang)"
    assert there["portal"].status == "ok"
    demo = in_shell(process, shell_home, "--demo", *CRON)
    assert (demo.code, failed_in(lines_of(demo, "cron"))) == (0, {})
    missing = in_shell(process, shell_home, "--account", "ada", *CRON, MASSAR_URL=practice.url)
    assert lines_of(missing, "cron")["settings"].exit_code == 2
    assert "ada" not in missing.out.replace("Canada", "")


def test_people_get_both_lists_one_below_the_other(process: Run, shell_home: Path) -> None:
    done = in_shell(process, shell_home, "--demo", "doctor", "--cron")
    first, _, second = done.out.partition("\nAs cron runs it:\n")
    assert done.code == 0
    assert first.count("\n") == second.count("\n") - len(FIRST) - second.count("Next step")
    assert re.search(r"^ok +terminal +cron has none: ", second, re.MULTILINE)
    assert "this terminal" not in second


def test_a_child_that_brings_no_list_is_a_failure(process: Run, tmp_path: Path) -> None:
    done = process("--demo", *CRON, HOME=str(tmp_path / "none"))
    there = lines_of(done, "cron")
    assert (done.code, failed_in(there)) == (1, {"run": 1})


def test_crons_environment_is_bare() -> None:
    shell = {
        "HOME": "/home/me",
        "PATH": "/opt/bin:/usr/bin",
        "LANG": "ar_MA.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
        "MASSAR_CODE": DEMO.code,
        "DISPLAY": ":0",
    }
    environment = crons_environment(shell, {"MAILTO": "me"})
    assert environment.pop("LOGNAME", None) is not None
    assert environment == {
        "HOME": "/home/me",
        "PATH": "/usr/bin:/bin",
        "SHELL": "/bin/sh",
        "MAILTO": "me",
    }


def test_variables_of_the_network_are_missed_too() -> None:
    shell = {"https_proxy": "http://me:canary@proxy:1", "SSL_CERT_FILE": "/x", "LANG": "C"}
    finding = find_variables(shell, {})
    assert finding.status is Status.WARNING
    assert "SSL_CERT_FILE, https_proxy" in finding.message
    assert "canary" not in f"{finding}"
    assert find_variables(shell, shell).status is Status.OK
    assert find_variables({"MASSAR_CODE": ""}, {}).status is Status.OK


def test_the_command_is_told_as_a_crontab_needs_it(tmp_path: Path) -> None:
    assert "-m massar_cli" in find_command("/x/massar_cli/__main__.py", {}).message
    program = tmp_path / "massar"
    program.touch(mode=0o700)
    assert str(program) in find_command(str(program), {"PATH": "/usr/bin:/bin"}).message
    found = find_command(str(program), {"PATH": str(tmp_path)})
    assert str(program) not in found.message


def test_only_what_works_here_is_said_to() -> None:
    def line(name: str, status: Status) -> Check:
        return Check(check=name, status=status, message="m", hint="h")

    here = [line("code", Status.OK), line("name", Status.FAILED), line("clock", Status.OK)]
    there = [line("code", Status.FAILED), line("name", Status.FAILED), line("clock", Status.OK)]
    assert [one.hint for one in compared(here, there)] == [
        "h In this shell, outside cron, it works.",
        "h",
        "h",
    ]
