"""What login remembers, what logout ends and what forget leaves: nothing."""

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.portal.cookies import SessionFile
from massar_cli.practice.students import DEMO, STUDENTS
from tests.cli.conftest import MemoryKeyring
from tests.cli.processes import PROGRAM, surroundings
from tests.cli.servers import closed_port
from tests.conftest import Done, Practice

Run = Callable[..., Done]

OTHER = next(one for one in STUDENTS if one.code == "X130000002")
ONE_CARD = ("grades", "--year", "2023", "--semester", "1", "--json")


def kept_text(home: Path) -> str:
    return "".join(file.read_text() for file in home.rglob("*") if file.is_file())


def test_login_remembers_code_address_and_password_for_the_next_run(
    massar: Run, practice: Practice, home: Path, memory_keyring: MemoryKeyring
) -> None:
    login = massar("login", **practice.settings())
    assert (login.code, login.out) == (0, "")
    assert "سلمى المثال" in login.err
    assert list(memory_keyring.entries.values()) == [DEMO.password]
    accounts = home / "accounts.json"
    assert json.loads(accounts.read_text()) == {"default": {"code": DEMO.code, "url": practice.url}}
    for file in home.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert DEMO.password not in kept_text(home)

    practice.portal.expire_sessions()
    again = massar(*ONE_CARD)
    assert again.code == 0, again.err
    assert practice.passwords_posted() == 2
    shown = massar("config", "show").out
    assert f"url = {practice.url}  (massar login)\n" in shown
    assert f"code = {DEMO.code}  (massar login)\n" in shown
    assert DEMO.password not in shown


def test_login_opens_a_data_page_to_be_sure(massar: Run, practice: Practice) -> None:
    massar("login", **practice.settings())
    assert practice.asked()[-1] == "GET /moutamadris/TuteurEleves/GetNotesEleve"
    assert practice.passwords_posted() == 1


def test_a_refused_login_remembers_nothing(
    massar: Run, practice: Practice, home: Path, memory_keyring: MemoryKeyring
) -> None:
    done = massar("login", **{**practice.settings(), "MASSAR_PASSWORD": "wrong"})
    assert (done.code, done.out) == (3, "")
    assert memory_keyring.entries == {}
    assert not (home / "accounts.json").exists()
    assert not list(home.glob("session-*.json"))
    assert practice.passwords_posted() == 1


def test_login_reads_the_password_from_standard_input(process: Run, practice: Practice) -> None:
    environment = {"MASSAR_URL": practice.url}
    arguments = ("login", "--code", DEMO.code, "--password-stdin")
    for text in (DEMO.password, f"{DEMO.password}\n", f"{DEMO.password}\r\nanother line\n"):
        assert process(*arguments, stdin=text, **environment).code == 0
    assert practice.passwords_posted() == 3
    for text in ("", "\n", "p" * 4097, f"{'p' * 4097}\n"):
        done = process(*arguments, stdin=text, **environment)
        assert (done.code, done.out) == (2, "")
        assert len(done.err.splitlines()) == 1
    assert practice.passwords_posted() == 3


def test_the_password_of_standard_input_wins_over_the_others(
    process: Run, practice: Practice
) -> None:
    settings = {**practice.settings(), "MASSAR_PASSWORD": "wrong"}
    assert process("login", "--password-stdin", stdin=DEMO.password, **settings).code == 0


def test_a_password_that_is_no_utf8_is_refused_as_a_setting(
    practice: Practice, home: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*PROGRAM, "login", "--code", DEMO.code, "--password-stdin"],
        input=b"\xff\xfe\n",
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=surroundings(home, MASSAR_URL=practice.url),
    )
    assert done.returncode == 2, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert practice.passwords_posted() == 0


def test_login_never_tries_the_password_that_the_keyring_holds(
    massar: Run, practice: Practice, memory_keyring: MemoryKeyring
) -> None:
    massar("login", **practice.settings())
    assert memory_keyring.entries
    done = massar("login", MASSAR_CODE=DEMO.code, MASSAR_URL=practice.url)
    assert done.code == 3
    assert practice.passwords_posted() == 1


def test_login_leaves_a_password_that_a_command_gives_out_of_the_keyring(
    massar: Run, practice: Practice, memory_keyring: MemoryKeyring, tmp_path: Path
) -> None:
    settings = {**practice.settings(), "MASSAR_PASSWORD": ""}
    command = {"MASSAR_PASSWORD_COMMAND": f"echo {DEMO.password}"}
    assert massar("login", **settings, **command).code == 0
    file = tmp_path / "password"
    file.write_text(DEMO.password)
    file.chmod(0o600)
    assert massar("login", **settings, MASSAR_PASSWORD_FILE=str(file)).code == 0
    assert memory_keyring.entries == {}


def test_login_without_a_keyring_says_that_the_password_is_not_kept(
    massar: Run, practice: Practice
) -> None:
    done = massar("login", **practice.settings())
    assert done.code == 0
    assert "MASSAR_PASSWORD_FILE" in done.err
    assert massar(*ONE_CARD).code == 0  # the session is kept
    assert massar("login", "--code", DEMO.code).code == 3


def test_a_code_given_to_login_wins_over_the_one_that_is_set(
    massar: Run, practice: Practice, home: Path
) -> None:
    settings = {**practice.settings(), "MASSAR_PASSWORD": OTHER.password}
    assert massar("login", "--code", OTHER.code.lower(), **settings).code == 0
    assert json.loads((home / "accounts.json").read_text())["default"]["code"] == OTHER.code


def test_login_by_address_keeps_the_address(massar: Run, practice: Practice) -> None:
    settings = practice.settings()
    address = f"{DEMO.code}@taalim.ma"
    assert massar("login", **{**settings, "MASSAR_CODE": address}).code == 0
    card = json.loads(massar(*ONE_CARD).out)["data"][0]
    assert card["student"]["code"] == DEMO.code


@pytest.mark.usefixtures("memory_keyring")
def test_two_accounts_are_remembered_by_name_and_forgotten_one_by_one(
    massar: Run, practice: Practice, home: Path
) -> None:
    passwords = {"salma": DEMO, "amine": OTHER}
    for name, student in passwords.items():
        done = massar(
            *("--account", name, "login", "--code", student.code),
            MASSAR_URL=practice.url,
            MASSAR_PASSWORD_COMMAND="echo of-nobody",
        )
        assert done.code == 3, "the environment's password is of no named account"
    assert practice.asked() == []
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(
        "".join(
            f'[accounts.{name}]\ncode = "{student.code}"\n'
            f"password_command = 'echo {student.password}'\n"
            for name, student in passwords.items()
        )
    )
    for name in passwords:
        assert massar("--account", name, "login", MASSAR_URL=practice.url).code == 0
    for name, student in passwords.items():
        done = massar("--account", name, *ONE_CARD, MASSAR_CODE="X999999999")
        assert json.loads(done.out)["data"][0]["student"]["code"] == student.code
    assert massar("--account", "salma", "forget").code == 0
    assert list(json.loads((home / "accounts.json").read_text())) == ["amine"]
    assert len(list(home.glob("session-*.json"))) == 1
    assert massar("--account", "amine", *ONE_CARD).code == 0
    assert massar("--account", "nobody", *ONE_CARD).code == 2


@pytest.mark.usefixtures("memory_keyring")
def test_a_named_account_takes_neither_code_nor_password_from_the_environment(
    massar: Run, practice: Practice, home: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f'[accounts.amine]\ncode = "{OTHER.code}"\n')
    settings = practice.settings()
    for more in ({}, {"MASSAR_PASSWORD_COMMAND": f"echo {OTHER.password}"}):
        done = massar("--account", "amine", *ONE_CARD, **settings, **more)
        assert (done.code, done.out) == (3, "")
    assert practice.passwords_posted() == 0
    (home / "config.toml").write_text('[accounts.amine]\nnickname = "Amine"\n')
    assert massar("--account", "amine", *ONE_CARD, **settings).code == 3
    assert practice.asked() == []


def test_forget_removes_every_trace_and_leaves_the_configuration(
    massar: Run, practice: Practice, home: Path, memory_keyring: MemoryKeyring
) -> None:
    massar("login", **practice.settings())
    configuration = home / "config.toml"
    configuration.write_text('language = "fr"\n')
    done = massar("forget")
    assert (done.code, done.out) == (0, "")
    assert DEMO.code in done.err.splitlines()[0]
    assert memory_keyring.entries == {}
    assert list(home.iterdir()) == [configuration]
    assert massar("config", "show").out.splitlines()[2] == "code = -"
    assert massar("forget").code == 0


def test_forget_with_nothing_kept_says_so_and_names_only_a_file_that_exists(
    massar: Run, practice: Practice, home: Path
) -> None:
    for settings in ({}, practice.settings()):
        done = massar("forget", **settings)
        assert done.code == 0
        assert "Nothing is kept here." in done.err
        assert "Removed" not in done.err
    assert massar("login", **practice.settings()).code == 0
    done = massar("forget", **practice.settings())
    assert "Removed." in done.err
    assert "config.toml" not in done.err
    assert list(home.iterdir()) == []


def test_forget_asks_nothing_of_the_portal(massar: Run, practice: Practice) -> None:
    massar("login", **practice.settings())
    before = practice.asked()
    massar("forget")
    assert practice.asked() == before


def test_logout_keeps_code_and_password_but_no_session(
    massar: Run, practice: Practice, home: Path, memory_keyring: MemoryKeyring
) -> None:
    massar("login", **practice.settings())
    first = massar("logout")
    assert (first.code, first.out, first.err.count("\n")) == (0, "", 1)
    kept = {file.name for file in home.iterdir() if not file.name.startswith("accounts.")}
    # What protects the account from being locked outlives the session.
    assert all(name.startswith("account-") for name in kept)
    assert memory_keyring.entries
    second = massar("logout")
    assert (second.code, second.out, second.err.count("\n")) == (0, "", 1)
    assert first.err != second.err
    assert massar(*ONE_CARD).code == 0
    assert practice.passwords_posted() == 2


def test_logout_with_the_portal_down_removes_the_session_here(
    massar: Run, practice: Practice, home: Path
) -> None:
    massar("login", **practice.settings())
    (session,) = home.glob("session-*.json")
    gone = f"http://127.0.0.1:{closed_port()}"
    massar("logout", MASSAR_URL=gone)
    assert session.exists(), "it belongs to another address"
    content = session.read_bytes()
    massar("logout")
    lost = SessionFile.of(home, f"{gone}/moutamadris", f"{DEMO.code}@taalim.ma").path
    lost.write_bytes(content)
    done = massar("logout", MASSAR_URL=gone)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("massar: ")
    assert not lost.exists()


def test_the_practice_portal_remembers_and_forgets_nothing(
    massar: Run, home: Path, memory_keyring: MemoryKeyring
) -> None:
    for command in ("login", "logout", "forget"):
        done = massar("--demo", command)
        assert (done.code, done.out) == (0, "")
    assert not home.exists()
    assert memory_keyring.entries == {}


def test_quiet_says_nothing_of_what_went_well(massar: Run, practice: Practice) -> None:
    for command in ("login", "logout", "forget"):
        assert massar("-q", command, **practice.settings()) == Done(0, "", "")
