"""What a newcomer stumbles over: several accounts, practising first, spreadsheets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.hosts import DEFAULT_URL
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO
from massar_cli.settings import load_settings
from tests.conftest import Done, Practice

Run = Callable[..., Done]
REMEMBERED = {"default": {"code": "X130000001", "url": "http://127.0.0.1:9/moutamadris"}}


def test_a_remembered_address_is_not_for_another_code(home: Path) -> None:
    environment = {"MASSAR_HOME": str(home)}
    same = load_settings(environment=environment, remembered=REMEMBERED)
    assert same.url == REMEMBERED["default"]["url"]
    other = load_settings(
        environment={**environment, "MASSAR_CODE": "X139999999"}, remembered=REMEMBERED
    )
    assert other.url == DEFAULT_URL


def test_a_new_login_does_not_go_to_the_remembered_address(home: Path) -> None:
    settings = load_settings(
        environment={"MASSAR_HOME": str(home)}, remembered=REMEMBERED, may_be_new=True
    )
    assert settings.url == DEFAULT_URL


def test_the_only_account_of_the_file_is_the_usual_one(
    massar: Run, practice: Practice, home: Path
) -> None:
    home.mkdir()
    (home / "secret").write_text(DEMO.password)
    (home / "secret").chmod(0o600)
    (home / "config.toml").write_text(
        f'[accounts.salma]\ncode = "{DEMO.code}"\npassword_file = "secret"\n'
    )
    assert massar("journey", "--json", MASSAR_URL=practice.url).code == 0


def test_among_several_accounts_the_error_names_them(massar: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text(
        '[accounts.salma]\ncode = "X130000001"\n[accounts.adam]\ncode = "X130000002"\n'
    )
    done = massar("grades")
    assert done.code == 3
    assert "--account salma | adam" in done.err


def test_a_files_password_is_not_tried_with_another_code(
    massar: Run, practice: Practice, home: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(
        f'code = "{DEMO.code}"\npassword_command = "echo {DEMO.password}"\n'
    )
    done = massar("login", "--code", "X130000002", MASSAR_URL=practice.url)
    assert done.code == 3
    assert practice.asked() == []


@pytest.mark.parametrize("name", ["marks.xlsx", "marks.ODS", "marks.pdf"])
def test_an_ending_that_is_none_of_ours_is_refused(massar: Run, tmp_path: Path, name: str) -> None:
    done = massar("--demo", "grades", "-o", str(tmp_path / name))
    assert done.code == 2
    assert "--excel" in done.err
    assert not (tmp_path / name).exists()


def test_averages_alone_in_csv_come_with_a_hint(massar: Run) -> None:
    done = massar("--demo", "grades", "--year", "2025", "--semester", "year", "-f", "csv")
    assert done.code == 0
    assert "--summary" in done.err
    assert done.out.count("\n") == 1


def test_forget_removes_the_sessions_of_every_portal(
    massar: Run, serve: Callable[[PracticePortal], Practice], home: Path
) -> None:
    for practice in (serve(PracticePortal()), serve(PracticePortal())):
        assert massar("profile", **practice.settings()).code == 0
    assert len(list(home.glob("session-*.json"))) == 2
    assert massar("forget", MASSAR_CODE=DEMO.code).code == 0
    assert not list(home.glob("session-*"))
