"""What is remembered of an account's sign-ins, when the file holds what no run writes."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from massar_cli.account_state import AccountState, SignInLimits, load_state, save_state
from massar_cli.errors import HeldBack
from massar_cli.protection import AccountProtection

STATE: dict[str, Any] = {
    "version": 1,
    "salt": "",
    "refused": [],
    "refused_at": None,
    "sign_ins": [],
    "outages": 0,
    "last_outage": 0,
}
MOST_DIGITS = int("9" * 4300)


def guard_of(path: Path) -> AccountProtection:
    def no_warning(message: str) -> None:
        raise AssertionError(message)

    return AccountProtection(path, SignInLimits(), no_warning)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("outages", float("inf")), ("outages", float("nan")), ("last_outage", float("inf"))),
        *(("refused_at", 2**39), ("last_outage", 2**39), ("sign_ins", [[2**39, "failed"]])),
    ],
)
def test_a_number_that_no_run_writes_makes_the_file_a_damaged_one(
    tmp_path: Path, name: str, value: object
) -> None:
    path = tmp_path / "account.json"
    path.write_text(json.dumps({**STATE, name: value}))
    assert load_state(path) == AccountState()


def test_outages_beyond_counting_hold_back_and_can_be_counted_on(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    path.write_text(json.dumps({**STATE, "outages": MOST_DIGITS, "last_outage": time.time()}))
    guard = guard_of(path)
    with pytest.raises(HeldBack):
        guard.check_outages()
    guard.note_end(is_outage=True)
    assert guard.state.outages > 0
    guard.note_end(is_outage=False)
    assert guard.state.outages == 0


def test_a_refusal_of_the_far_future_is_told_as_one_of_now(tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    guard = guard_of(path)
    guard.note_sent()
    guard.note_outcome("failed", refused="a password")
    kept = guard.state
    save_state(path, AccountState(salt=kept.salt, refused=kept.refused, refused_at=2.0**37 - 1))
    with pytest.raises(HeldBack) as refusal:
        guard.check_sign_in("a password")
    assert "6325-" not in refusal.value.message
    assert "it was not sent again" in refusal.value.message
