"""A parent's account in every edition and language, and what a run printed of whom."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from massar_cli.practice.portal import PracticePortal
from tests.conftest import Done, Practice


@pytest.fixture(params=[("2018", "ar"), ("2018", "fr"), ("2025", "ar"), ("2025", "fr")])
def edition(
    request: pytest.FixtureRequest, serve: Callable[[PracticePortal], Practice]
) -> Practice:
    """Serve the practice portal in each edition and language."""
    name, language = request.param
    return serve(PracticePortal(edition=name, language=language))


@pytest.fixture(params=[("2018", "ar"), ("2025", "fr")])
def either(request: pytest.FixtureRequest, serve: Callable[[PracticePortal], Practice]) -> Practice:
    """Serve each edition in one language, where every command is run."""
    name, language = request.param
    return serve(PracticePortal(edition=name, language=language))


def data_of(done: Done) -> list[dict[str, Any]]:
    """Return the elements of a JSON answer."""
    data: list[dict[str, Any]] = json.loads(done.out)["data"]
    return data


def codes_of(done: Done) -> list[str]:
    """Return the codes of the students in a JSON answer, each once, in its order."""
    return list(dict.fromkeys(element["student"]["code"] for element in data_of(done)))


def error_of(done: Done) -> dict[str, Any]:
    """Return the only error that a run with a machine format told."""
    error: dict[str, Any] = json.loads(done.err.splitlines()[-1])["error"]
    return error
