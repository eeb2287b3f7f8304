"""What a file says of an account: any bytes give a state, and no state holds back for long."""

import json
import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.account_state import (
    AccountState,
    Outcome,
    SignIn,
    load_state,
    save_state,
)
from massar_cli.protection import clock_time

HOUR, DAY = 3600.0, 24 * 3600.0
NOW = 1_800_000_000.0
OUTCOMES: tuple[Outcome, ...] = ("sent", "accepted", "failed")
UNDAMAGED: dict[str, Any] = {
    "version": 1,
    "salt": "5f",
    "refused": ["ab"],
    "refused_at": NOW,
    "sign_ins": [[NOW, "accepted"]],
    "outages": 4,
    "last_outage": NOW,
}

moments = st.floats(0, 2**37, exclude_max=True)
near_now = st.floats(NOW - 3 * DAY, NOW + 3 * DAY)
states = st.builds(
    AccountState,
    salt=st.text("0123456789abcdef", max_size=32),
    refused=st.lists(st.text("0123456789abcdef", max_size=8), max_size=3).map(tuple),
    refused_at=st.none() | moments,
    sign_ins=st.lists(
        st.builds(SignIn, near_now | moments, st.sampled_from(OUTCOMES)), max_size=60
    ).map(tuple),
    outages=st.integers(0, 40) | st.integers(0, 1_000_000),
    last_outage=near_now | moments,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
almost_states = st.fixed_dictionaries(
    {key: st.just(value) | anything for key, value in UNDAMAGED.items() if key != "version"},
    optional={"version": st.just(1) | anything, "more": anything},
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state") / "account.json"


def assert_usable(state: AccountState, now: float) -> None:
    """Ask a state all that a run asks; what it answers can be told, and comes to an end."""
    until = state.held_until(now)
    assert until is None or now < until <= now + 6 * HOUR
    every: tuple[tuple[Outcome, ...], ...] = (("failed",), ("accepted", "sent"))
    for outcomes in every:
        count = state.count(outcomes, now)
        assert 0 <= count <= len(state.sign_ins)
        full = state.full_until(outcomes, 5, now)
        assert (full is not None) == (count >= 5)
        assert full is None or now <= full <= now + 2 * DAY
    for moment in (until, state.refused_at, state.last_outage):
        assert clock_time(moment or 0.0)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_state(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert_usable(load_state(file), NOW)


@given(almost_states, moments)
def test_anything_that_is_almost_a_state_gives_one(
    file: Path, almost: dict[str, Any], now: float
) -> None:
    file.write_text(json.dumps(almost))
    assert_usable(load_state(file), now)


@given(states, near_now)
def test_no_state_holds_back_for_longer_than_it_should(state: AccountState, now: float) -> None:
    assert_usable(state, now)


@given(states)
def test_a_state_is_remembered_as_it_is(file: Path, state: AccountState) -> None:
    save_state(file, state)
    assert load_state(file) == state


@given(states, near_now, st.integers(0, 30))
def test_more_outages_never_shorten_the_wait(state: AccountState, now: float, more: int) -> None:
    worse = AccountState(outages=state.outages + more, last_outage=state.last_outage)
    assert (worse.held_until(now) or 0.0) >= (state.held_until(now) or 0.0)


@pytest.mark.parametrize(
    ("outages", "minutes"),
    [
        *((0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (6, 8), (7, 16), (8, 32), (9, 64)),
        *((10, 128), (11, 256), (12, 360), (13, 360), (1_000_000, 360)),
    ],
)
def test_the_wait_doubles_from_a_minute_to_six_hours(outages: int, minutes: int) -> None:
    state = AccountState(outages=outages, last_outage=NOW)
    assert state.held_until(NOW) == (NOW + 60 * minutes if minutes else None)
    assert state.held_until(NOW + 60 * minutes) is None
    if minutes:
        assert state.held_until(NOW + 60 * minutes - 0.5) == NOW + 60 * minutes


@pytest.mark.parametrize("outages", [3, 12, 1_000_000])
@pytest.mark.parametrize("ahead", [1.0, HOUR, 400 * DAY])
def test_an_outage_in_the_future_holds_nothing_back(outages: int, ahead: float) -> None:
    assert AccountState(outages=outages, last_outage=NOW + ahead).held_until(NOW) is None


def test_a_sign_in_counts_for_24_hours_though_the_clock_was_set_back_meanwhile() -> None:
    state = AccountState(sign_ins=(SignIn(NOW, "failed"),))
    assert [state.count(("failed",), NOW + hours * HOUR) for hours in (0, 23.9, 24, 48)] == [
        *(1, 1, 0, 0)
    ]
    assert [state.count(("failed",), NOW - hours * HOUR) for hours in (0.1, 1, 23.9, 24)] == [
        *(1, 1, 1, 0)
    ]


def test_the_count_is_full_until_enough_have_passed() -> None:
    state = AccountState(sign_ins=tuple(SignIn(NOW + hour * HOUR, "failed") for hour in range(4)))
    now = NOW + 4 * HOUR
    assert state.full_until(("failed",), 5, now) is None
    assert state.full_until(("failed",), 4, now) == NOW + DAY
    assert state.full_until(("failed",), 2, now) == NOW + 2 * HOUR + DAY
    assert state.full_until(("accepted",), 1, now) is None


def changed(**fields: object) -> bytes:
    return json.dumps({**UNDAMAGED, **fields}).encode()


DAMAGED: dict[str, bytes] = {
    "empty": b"",
    "zeros": bytes(100),
    "cut": changed()[:-4],
    "no JSON": b"{'version': 1}",
    "a list": b"[]",
    "null": b"null",
    "deep": b"[" * 100_000,
    "a foreign version": changed(version=2),
    "a version in words": changed(version="1"),
    "endless outages": changed(outages=float("inf")),
    "outages that are no number": changed(outages=float("nan")),
    "half an outage": changed(outages=3.5),
    "fewer than no outages": changed(outages=-1),
    "outages in words": changed(outages="3"),
    "too many digits": b'{"version": 1, "outages": ' + b"9" * 10_000 + b"}",
    "a moment after all dates": changed(refused_at=1e12),
    "a moment before all": changed(last_outage=-1),
    "a moment without end": changed(sign_ins=[[float("inf"), "failed"]]),
    "an unknown outcome": changed(sign_ins=[[NOW, "lost"]]),
    "a sign-in of three parts": changed(sign_ins=[[NOW, "failed", 1]]),
    "a hash in Arabic": changed(refused=["ا"]),
    "a salt that is a number": changed(salt=5),
    "nothing refused, in a word": changed(refused=None),
    "a field missing": json.dumps({k: v for k, v in UNDAMAGED.items() if k != "salt"}).encode(),
    "huge": changed(salt="a" * (1 << 20)),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_a_state_remembers_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "account.json"
    file.write_bytes(content)
    assert load_state(file) == AccountState()


def test_the_same_file_undamaged_is_read(tmp_path: Path) -> None:
    file = tmp_path / "account.json"
    file.write_bytes(changed())
    assert load_state(file) == AccountState(
        salt="5f",
        refused=("ab",),
        refused_at=NOW,
        sign_ins=(SignIn(NOW, "accepted"),),
        outages=4,
        last_outage=NOW,
    )


def test_only_a_file_is_read(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (tmp_path, tmp_path / "missing", pipe, loop, Path("/dev/zero")):
        assert load_state(path) == AccountState()


def test_the_file_and_its_folder_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        file = tmp_path / "new" / "account.json"
        save_state(file, AccountState(outages=1, last_outage=time.time()))
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)
    save_state(file, AccountState())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_shown_of_a_state_holds_no_hash() -> None:
    assert "c0ffee" not in repr(AccountState(refused=("c0ffee",)))
