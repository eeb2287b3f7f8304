"""Wrong command lines: said in the reader's language, whatever the parser's own words."""

import json
import re
from collections.abc import Callable

import pytest

from tests.conftest import Done

Run = Callable[..., Done]

WRONG = {
    "no such command": ("grade",),
    "no command like it": ("xyzzy",),
    "no such option": ("grades", "--tru"),
    "an option like another": ("grades", "--summry"),
    "a global option after the command": ("grades", "--demo"),
    "no argument": ("page",),
    "too many arguments": ("grades", "one", "two"),
    "no value": ("grades", "--year"),
    "a value too many": ("grades", "--json=1"),
    "no number": ("--timeout", "x", "grades"),
    "out of range": ("demo", "--port", "999999"),
    "not one of a few": ("grades", "-f", "xlsx"),
    "no whole number": ("page", "absences", "--table", "x"),
}
# What a person types, and what is the same in both languages.
TYPED = re.compile(
    r"--?[a-z][a-z-]*|[{(<\[].*?[})>\]]|\b(?:massar|grades?|xyzzy|NAME|table|csv|json)\b"
)
ENGLISH = re.compile(
    r"\b(?:the|not|is|no|such|option|command|value|valid|of|for|got|missing)\b", re.IGNORECASE
)


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_a_wrong_command_line_is_told_in_the_readers_language(
    massar: Run, arguments: tuple[str, ...]
) -> None:
    told = {}
    for language in ("ar", "fr", "en"):
        done = massar("--lang", language, *arguments)
        assert (done.code, done.out) == (2, "")
        (told[language],) = done.err.splitlines()
    assert not ENGLISH.search(TYPED.sub("", told["ar"].replace("massar", ""))), told["ar"]
    assert re.search("[\u0621-\u064a]{3}", told["ar"])
    assert ENGLISH.search(told["en"])
    words = set(re.findall(r"[a-z]{3,}", TYPED.sub("", told["fr"])))
    assert words.isdisjoint({"the", "not", "such", "there", "missing", "got", "perhaps"}), told[
        "fr"
    ]


def test_a_global_option_after_the_command_is_told_where_it_goes(massar: Run) -> None:
    assert "massar --demo ..." in massar("grades", "--demo").err
    assert "massar --timeout ..." not in massar("--timeout", "x", "grades").err


def test_a_machine_gets_the_same_kind_in_every_language(massar: Run) -> None:
    errors = [
        json.loads(massar("--lang", language, "grades", "--json", "--tru").err)["error"]
        for language in ("ar", "fr", "en")
    ]
    assert {one["kind"] for one in errors} == {"usage"}
    assert len({one["message"] for one in errors}) == 3
