"""A short soak and a few kills in every test run; the long ones are started by hand."""

from pathlib import Path

from tests.endurance.kills import kill_runs
from tests.endurance.soak import soak


def test_runs_against_portals_that_fail_at_random_end_as_they_should(tmp_path: Path) -> None:
    codes, wrong = soak(24, 3, tmp_path)
    assert wrong == []
    assert codes.total() == 24
    assert codes[0] < 24


def test_whatever_a_killed_run_was_writing_is_readable_afterwards(tmp_path: Path) -> None:
    killed, wrong = kill_runs(12, 1, tmp_path)
    assert wrong == []
    assert killed
