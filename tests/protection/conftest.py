"""The hostile portal and the keyring of other folders, and what is remembered of an account."""

from pathlib import Path

import pytest

from tests.cli.conftest import interruptible, memory_keyring
from tests.protection.remembered import Clock, Remembered
from tests.session.conftest import hostile, impatient, run
from tests.session.test_session_file_hostile import make_read_only
from tests.test_language import compiled

__all__ = [
    "compiled",
    "hostile",
    "impatient",
    "interruptible",
    "make_read_only",
    "memory_keyring",
    "run",
]


@pytest.fixture
def remembered(home: Path) -> Remembered:
    """Give what is remembered of the one account of a test."""
    return Remembered(home)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put a clock that only sleeping moves in the place of the machine's."""
    made_up = Clock()
    monkeypatch.setattr("time.monotonic", made_up.monotonic)
    monkeypatch.setattr("time.sleep", made_up.sleep)
    return made_up
