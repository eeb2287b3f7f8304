"""What protects an account, asked and told directly: passwords, counts, outages, and the clock."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import filelock
import pytest

from massar_cli import protection
from massar_cli.account_state import AccountState, Outcome, SignIn, SignInLimits, save_state
from massar_cli.errors import HeldBack
from massar_cli.protection import AccountProtection, clock_time
from tests.cli.processes import ROOT

NOW = 1_800_000_000.0
MINUTE, HOUR, DAY = 60.0, 3600.0, 24 * 3600.0


class Made:
    """The protection of one account, its clock, and what it warned of."""

    def __init__(self, path: Path, limits: SignInLimits | None = None) -> None:
        self.now = NOW
        self.warnings: list[str] = []
        self.path = path
        self.limits = limits or SignInLimits()
        self.account = self.another_run()

    def another_run(self) -> AccountProtection:
        return AccountProtection(self.path, self.limits, self.warnings.append, lambda: self.now)

    @property
    def outcomes(self) -> list[str]:
        return [one.outcome for one in self.account.state.sign_ins]

    def sign_in(self, outcome: Any, password: str | None = None) -> None:
        run = self.another_run()
        run.note_sent()
        run.note_outcome(outcome, refused=password)

    def why_held_back(self, password: str = "any") -> HeldBack:
        with pytest.raises(HeldBack) as raised:
            self.another_run().check_sign_in(password)
        return raised.value


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Make one with a hash that costs nothing; a test of its own looks at the real cost."""
    monkeypatch.setattr(protection, "_SCRYPT_COST", 16)
    return Made(tmp_path / "home" / "account.json")


def test_nothing_is_held_back_at_first_and_nothing_written(made: Made) -> None:
    made.account.check_sign_in("any")
    made.account.check_outages()
    made.account.note_end(is_outage=False)
    assert made.account.held_until() is None
    assert not made.path.parent.exists()
    assert made.warnings == []


def test_a_refused_password_stays_refused_until_it_changes(made: Made) -> None:
    made.sign_in("failed", "one")
    assert clock_time(NOW) in made.why_held_back("one").message
    made.account.check_sign_in("two")
    made.account.check_sign_in("One")
    made.account.check_sign_in("one ")
    made.sign_in("failed", "two")
    made.now += 400 * DAY
    assert "before" in made.why_held_back("one").message
    assert clock_time(NOW) in made.why_held_back("two").message
    made.account.check_sign_in("three")


def test_what_was_refused_stays_so_when_another_is_accepted(made: Made) -> None:
    made.sign_in("failed", "wrong")
    made.sign_in("accepted")
    made.why_held_back("wrong")
    made.account.check_sign_in("right")


def test_the_last_twenty_refused_passwords_are_known(made: Made) -> None:
    for number in range(21):
        made.sign_in("failed", f"password {number}")
        made.now += DAY
    made.account.check_sign_in("password 0")
    for number in range(1, 21):
        made.why_held_back(f"password {number}")
    assert len(made.account.state.refused) == 20


def test_the_hash_is_salted_slow_and_the_only_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    real = hashlib.scrypt

    def spy(password: bytes, **named: Any) -> bytes:
        asked.append(named)
        return real(password, **named)

    monkeypatch.setattr(hashlib, "scrypt", spy)
    made, other = (Made(tmp_path / name / "account.json") for name in ("one", "other"))
    for one in (made, other):
        one.sign_in("failed", "كلمة-السر")
        one.why_held_back("كلمة-السر")
    first, again, second, _again = asked
    assert first == again
    assert first["salt"] != second["salt"]
    assert len(bytes.fromhex(first["salt"].decode())) == 16
    megabytes = 128 * first["n"] * first["r"] / 2**20
    assert 16 <= megabytes <= 64, "slow for who guesses, and still bearable on a phone"
    assert made.account.state.refused != other.account.state.refused
    for file in tmp_path.rglob("*.*"):
        assert "كلمة-السر".encode() not in file.read_bytes()
        assert "\\u" not in file.read_text()


def test_without_a_refusal_no_hash_is_computed(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(hashlib, "scrypt")
    made.sign_in("accepted")
    made.account.check_sign_in("any")


@pytest.mark.parametrize(
    ("outcome", "most", "setting"),
    [
        ("failed", 5, "failed_sign_ins_per_day"),
        ("accepted", 40, "sign_ins_per_day"),
        ("sent", 40, "sign_ins_per_day"),
    ],
)
def test_so_many_sign_ins_are_made_in_24_hours(
    made: Made, outcome: Any, most: int, setting: str
) -> None:
    for _number in range(most):
        made.account.check_sign_in("any")
        made.sign_in(outcome)
        made.now += MINUTE
    error = made.why_held_back()
    assert str(most) in error.message
    assert setting in error.hint
    assert clock_time(NOW + DAY) in error.hint
    made.now = NOW + DAY - 1
    made.why_held_back()
    made.now = NOW + DAY
    made.account.check_sign_in("any")
    made.sign_in(outcome)
    made.why_held_back()


def test_the_limits_are_settings(tmp_path: Path) -> None:
    made = Made(tmp_path / "account.json", SignInLimits(accepted=1, failed=2))
    made.sign_in("accepted")
    assert "1" in made.why_held_back().message
    made.limits = SignInLimits(accepted=2, failed=2)
    made.another_run().check_sign_in("any")
    made.sign_in("failed")
    made.another_run().check_sign_in("any")
    made.sign_in("failed")
    assert "2" in made.why_held_back().message


def test_failed_and_accepted_sign_ins_are_counted_apart(made: Made) -> None:
    for outcome in ["failed"] * 4 + ["accepted"] * 20 + ["sent"] * 19:
        made.sign_in(outcome)
    made.another_run().check_sign_in("any")
    made.sign_in("sent")
    made.why_held_back()


def test_a_password_without_an_answer_stays_sent(made: Made) -> None:
    made.account.note_sent()
    assert made.outcomes == ["sent"]
    made.sign_in("accepted")
    assert made.outcomes == ["sent", "accepted"]


def test_an_outcome_belongs_to_its_own_run(made: Made) -> None:
    one, other = made.another_run(), made.another_run()
    one.note_sent()
    made.now += 1
    other.note_sent()
    made.now += 1
    one.note_outcome("failed", refused="wrong")
    assert sorted(made.outcomes) == ["failed", "sent"]
    other.note_outcome("accepted")
    assert sorted(made.outcomes) == ["accepted", "failed"]
    made.why_held_back("wrong")


def test_an_outcome_counts_though_its_beginning_was_lost(made: Made) -> None:
    made.sign_in("sent")
    run = made.another_run()
    run.note_sent()
    made.path.unlink()
    run.note_outcome("failed")
    assert made.outcomes == ["failed"]


def test_a_renewal_is_another_sign_in(made: Made) -> None:
    outcomes: tuple[Outcome, ...] = ("accepted", "failed")
    for outcome in outcomes:
        made.account.note_sent()
        made.account.note_outcome(outcome)
    assert made.outcomes == ["accepted", "failed"]


def test_the_third_outage_in_a_row_holds_back_and_each_more_for_twice_as_long(made: Made) -> None:
    for _number in range(2):
        made.account.note_end(is_outage=True)
        made.account.check_outages()
    for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360):
        made.another_run().note_end(is_outage=True)
        with pytest.raises(HeldBack) as raised:
            made.another_run().check_outages()
        assert made.account.held_until() == made.now + minutes * MINUTE
        assert clock_time(made.now + minutes * MINUTE) in raised.value.hint
        assert "--now" in raised.value.hint
        assert str(made.account.state.outages) in raised.value.message
        made.now += minutes * MINUTE
        made.another_run().check_outages()
    made.account.note_end(is_outage=False)
    assert made.account.state.outages == 0
    made.account.note_end(is_outage=True)
    made.account.check_outages()


@pytest.mark.parametrize("days", [-400, -1, -1 / 24, 1 / 24, 1, 400])
def test_a_clock_that_was_changed_never_holds_back_for_longer(made: Made, days: float) -> None:
    for _number in range(12):
        made.account.note_end(is_outage=True)
    made.now += days * DAY
    until = made.account.held_until()
    assert until is None or until - made.now <= 6 * HOUR
    for _number in range(3):  # and counts on from where it is
        made.account.note_end(is_outage=True)
    assert made.account.held_until() == made.now + 6 * HOUR


def test_a_clock_set_back_an_hour_frees_no_sign_in(made: Made) -> None:
    for _number in range(5):
        made.sign_in("failed")
    made.now -= HOUR
    made.why_held_back()
    made.now -= 2 * DAY
    made.account.check_sign_in("any")


def test_a_refusal_in_the_future_is_told_as_one_of_now(made: Made) -> None:
    made.sign_in("failed", "wrong")
    made.now -= 400 * DAY
    assert clock_time(made.now) in made.why_held_back("wrong").message


def test_a_refusal_without_a_time_is_one_still(made: Made) -> None:
    made.sign_in("failed", "wrong")
    state = made.account.state
    save_state(made.path, AccountState(salt=state.salt, refused=state.refused))
    assert "before" in made.why_held_back("wrong").message


def test_forgetting_leaves_no_file(made: Made) -> None:
    made.sign_in("failed", "wrong")
    assert list(made.path.parent.iterdir())
    made.account.remove()
    assert list(made.path.parent.iterdir()) == []
    made.account.remove()
    made.account.check_sign_in("wrong")


def test_what_cannot_be_written_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    made = Made(tmp_path / "home" / "account.json")
    made.account.check_sign_in("wrong")
    made.sign_in("failed", "wrong")
    made.account.note_end(is_outage=True)
    reason = f"The sign-in cannot be kept in {tmp_path / 'home'}: File exists."
    assert set(made.warnings) == {f"{reason} Until that is mended, every run signs in anew."}


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Let another process hold a lock."""
    code = "import sys, filelock\nwith filelock.FileLock(sys.argv[1]): print(flush=True); input()"
    command = [sys.executable, "-c", code, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.communicate(b"\n")


def test_a_lock_that_is_never_free_is_told_and_stops_nothing(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protection, "_LEAST_LOCK_SECONDS", 0.05)
    made.sign_in("accepted")
    with held(made.path.with_suffix(".lock")):
        made.sign_in("accepted")
        made.account.note_end(is_outage=True)
        made.account.check_sign_in("any")
    (warning,) = set(made.warnings)
    assert "another run" in warning
    assert made.outcomes == ["accepted"]
    made.sign_in("failed")
    assert made.outcomes == ["accepted", "failed"]


def test_a_lock_that_is_never_free_is_waited_for_once(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    class NeverFree:
        def __init__(self, path: Path, timeout: float, **_named: object) -> None:
            waits.append(timeout)
            raise filelock.Timeout(str(path))

    monkeypatch.setattr(filelock, "FileLock", NeverFree)
    made.account.note_sent(time_left=60)
    made.account.note_outcome("accepted", time_left=60)
    made.account.note_end(is_outage=True)
    made.another_run().note_sent(time_left=1)
    made.another_run().note_end(is_outage=True)
    assert waits == [5, 0, 0, 0.5, 0.5]


def test_a_file_in_the_locks_place_that_says_anything_is_no_obstacle(made: Made) -> None:
    made.path.parent.mkdir()
    made.path.with_suffix(".lock").write_text("4711\nnobody")
    made.sign_in("failed")
    assert (made.outcomes, made.warnings) == (["failed"], [])


CHANGES = """
import sys
from pathlib import Path
from massar_cli import protection
from massar_cli.account_state import SignInLimits

# Under load a run may wait for long; that nothing is lost is what is looked at here.
protection._LEAST_LOCK_SECONDS = protection._MOST_LOCK_SECONDS = 100.0
protection._SCRYPT_COST = 16
path, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
input()
for number in range(times):
    run = protection.AccountProtection(path, SignInLimits(), print)
    run.note_sent()
    if name == "1":
        run.note_outcome("failed", refused=f"password {number}")
    elif name != "2":
        run.note_outcome("accepted")
    run.note_end(is_outage=True)
"""


def test_many_processes_never_undo_one_anothers_changes(tmp_path: Path) -> None:
    path, runs, times = tmp_path / "home" / "account.json", 8, 6
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CHANGES, str(path), str(number), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
        for number in range(runs)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    assert [process.communicate()[0] for process in processes] == [b""] * runs
    made = Made(path)
    state = made.account.state
    assert sorted(one.outcome for one in state.sign_ins) == sorted(
        ["failed"] * times + ["sent"] * times + ["accepted"] * times * (runs - 2)
    )
    assert state.outages == runs * times
    assert len(state.refused) == times
    assert {file.name for file in path.parent.iterdir()} == {"account.json", "account.lock"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in path.parent.iterdir())


def test_a_state_of_another_program_is_replaced_not_mixed_up(made: Made) -> None:
    made.path.parent.mkdir()
    made.path.write_text(json.dumps({"version": 2, "outages": 9}))
    assert made.account.held_until() is None
    made.account.note_end(is_outage=True)
    assert made.account.state.outages == 1


def test_old_sign_ins_are_not_kept(made: Made) -> None:
    save_state(made.path, AccountState(sign_ins=(SignIn(NOW - DAY, "failed"),) * 1000))
    made.sign_in("accepted")
    assert made.outcomes == ["accepted"]
