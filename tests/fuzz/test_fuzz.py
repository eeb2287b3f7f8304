"""Every target keeps its promise for the seeds that were kept, and for inputs made anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.beginnings import SEEDS, beginnings, kept_seeds
from tests.fuzz.bounds import LONGEST_INPUT
from tests.fuzz.guided import looks_personal
from tests.fuzz.strategies import inputs
from tests.fuzz.targets import TARGETS

FEWEST_SEEDS = 100
MOST_BYTES_OF_SEEDS = 1024 * 1024


def run(name: str, data: bytes, source: str) -> None:
    """Run a target; a failure tells where its input came from."""
    try:
        TARGETS[name](data)
    except Exception as error:
        error.add_note(f"{name}: {source}")
        raise


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_that_was_kept_keeps_the_promise(name: str) -> None:
    for seed in kept_seeds(name):
        run(name, seed.read_bytes(), seed.name)


@pytest.mark.parametrize("name", TARGETS)
def test_every_beginning_keeps_the_promise(name: str) -> None:
    assert beginnings(name)
    for data in beginnings(name):
        run(name, data, ascii(data[:200]))


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_inputs_made_anew_keep_the_promise(name: str, data: st.DataObject) -> None:
    run(name, data.draw(inputs(name)), "made anew")


def test_the_seeds_are_many_and_small_and_belong_to_a_target() -> None:
    """Were the seeds not found, replaying them would prove nothing."""
    files = [file for file in SEEDS.rglob("*") if file.is_file()]
    assert len(files) > FEWEST_SEEDS
    assert {file.parent.name for file in files} <= set(TARGETS)
    assert all(file.stat().st_size <= LONGEST_INPUT for file in files)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES_OF_SEEDS


def test_no_seed_holds_what_looks_like_somebodys() -> None:
    assert not [
        seed for name in TARGETS for seed in kept_seeds(name) if looks_personal(seed.read_bytes())
    ]
    for data in (b"<dd>K123456789</dd>", b"me@mail.ma", b"+212 6 12 34 56 78", b"0612345678"):
        assert looks_personal(data)
    assert not looks_personal(b"X130000000@taalim.ma 0600000000 1799999940.0 2025/2026")
