"""What `massar login` remembers of accounts, with several runs at once and after one was killed."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from massar_cli import accounts
from massar_cli.files import locked

ACCOUNT = {"code": "X130000001", "url": "http://127.0.0.1:8000/moutamadris"}
NAMES = [f"account-{number}" for number in range(16)]


@pytest.fixture
def slow_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let much happen between reading what is remembered and writing it anew."""
    real = accounts.load_remembered

    def load(folder: Path) -> dict[str, dict[str, str]]:
        found = real(folder)
        time.sleep(0.02)
        return found

    monkeypatch.setattr(accounts, "load_remembered", load)


@pytest.mark.usefixtures("slow_reading")
def test_runs_at_once_lose_none_of_one_anothers_accounts(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with ThreadPoolExecutor(len(NAMES)) as pool:
        list(pool.map(lambda name: accounts.remember(folder, name, ACCOUNT), NAMES))
    assert accounts.load_remembered(folder) == dict.fromkeys(NAMES, ACCOUNT)
    with ThreadPoolExecutor(len(NAMES)) as pool:
        gone = list(pool.map(lambda name: accounts.forget(folder, name), NAMES[1:]))
    assert gone == [True] * len(NAMES[1:])
    assert accounts.load_remembered(folder) == {NAMES[0]: ACCOUNT}


def test_the_last_account_forgotten_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    accounts.remember(folder, "one", ACCOUNT)
    (folder / ".accounts.json.massar-abcdefgh.part").write_text(json.dumps({"one": ACCOUNT}))
    assert accounts.forget(folder, "one")
    assert list(folder.iterdir()) == []
    assert not accounts.forget(folder, "one")
    assert list(folder.iterdir()) == []


def test_what_a_killed_login_left_of_an_account_is_forgotten_too(tmp_path: Path) -> None:
    with locked(tmp_path / "accounts.lock", 0):
        (tmp_path / ".accounts.json.massar-abcdefgh.part").write_text("{")
    assert not accounts.forget(tmp_path, "one")
    assert list(tmp_path.iterdir()) == []


def test_an_account_that_another_run_holds_for_long_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_LOCK_SECONDS", 0.05)
    with locked(tmp_path / "accounts.lock", 0), pytest.raises(OSError, match="lock"):
        accounts.remember(tmp_path, "one", ACCOUNT)
    assert accounts.load_remembered(tmp_path) == {}


def test_what_cannot_be_read_is_not_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.remember(tmp_path, "one", ACCOUNT)
    monkeypatch.setattr(accounts, "load_remembered", lambda _folder: {})
    assert not accounts.forget(tmp_path, "two")
    assert (tmp_path / "accounts.json").exists()


def test_what_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    accounts.remember(tmp_path, "one", ACCOUNT)
    with (tmp_path / "accounts.json").open("ab") as stream:
        stream.write(b" " * 1000)
        stream.flush()
        assert accounts.load_remembered(tmp_path) == {"one": ACCOUNT}
        stream.write(b" " * (1 << 20))
    assert accounts.load_remembered(tmp_path) == {}
