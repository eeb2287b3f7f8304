"""Each target notices when what it looks for is there: the program is broken on purpose."""

import json
import random
import re
from itertools import count
from typing import Any

import pytest

from massar_cli import accounts, cells, configuration, convert, formats, hosts
from massar_cli.errors import MassarError
from massar_cli.portal import connection, cookies, evidence, keeping, login, tries
from massar_cli.portal.pages.report_card import ReportCardPage
from tests.fuzz import bounds, targets
from tests.fuzz.beginnings import SEEDS, beginnings
from tests.fuzz.conversation import ANSWERS_END
from tests.fuzz.targets import TARGETS

NUMBERS = count()


def fail(*_arguments: Any, **_named: Any) -> Any:
    raise ValueError("broken on purpose")


def always(*_arguments: Any) -> bool:
    return True


def seed(place: str) -> bytes:
    return (SEEDS / place).read_bytes()


FORM = b'<form action="%s"><input name="UserName"><input name="Password"></form>'


def stale_then_gone() -> bytes:
    """Return a sign-in at the second attempt, a page, and a lost session at the next one."""
    whole = next(
        data for data in beginnings("conversation") if b" 400 " in data and b" 401 " in data
    )
    *way_in, gone, _form, _stale, _again, _led_on, _landing, card, path = whole.split(ANSWERS_END)
    data = ANSWERS_END.join((*way_in, card, gone, *way_in, path))
    return data + b" " * (len(data) % 2)  # of an even length, so that the card is asked for first


EVERY_ADDRESS = re.compile(".*")
LONG_NUMBER = re.compile(r"(\d{1,9})\s?(?:\.\s?(\d{1,4}))?", re.ASCII)
BROKEN = {
    "a page raises": ("report_card", ReportCardPage, "read", fail, None),
    "a page reads differently each time": (
        *("report_card", ReportCardPage, "read", lambda _page: (next(NUMBERS),), None),
    ),
    "reading takes long": ("student", bounds, "_MOST_SECONDS", -1.0, None),
    "recognition raises": ("recognition", targets, "read_answer", fail, None),
    "a password goes to a data page": (
        *("conversation", evidence, "may_be_posted", always),
        b"\n\n" + FORM % b"/moutamadris/TuteurEleves/x",
    ),
    "a password is posted without end": (
        *("conversation", login.PasswordPosts, "spend", lambda _posts: None, stale_then_gone()),
    ),
    "a cookie spoils the kept session": (
        *("conversation", keeping, "keepable", list),
        seed("conversation/cookie-without-a-value.bin"),
    ),
    "a redirect leads elsewhere": (
        *("redirect", connection, "may_receive_secrets", always, b"https://example.org/"),
    ),
    "any base is accepted": ("base_url", hosts, "may_receive_secrets", always, b"https://x.org/a"),
    "a name and a password before the host": (
        *("base_url", hosts, "_BASE", EVERY_ADDRESS, b"https://me:secret@men.gov.ma/x"),
    ),
    "a wait without end": ("retry_after", tries, "_LONGEST_WAIT", float("inf"), b"9" * 400),
    "a body is lost": ("body", targets, "read_body", lambda _parts, _headers: b"", b"\x01\x09xyz"),
    "any cookie is used": (
        *("session_file", cookies, "_is_usable", always),
        json.dumps(
            {
                "version": 1,
                "student": None,
                "cookies": [
                    {
                        **dict.fromkeys(("name", "path"), "/"),
                        "value": "é",
                        "domain": "massarservice.men.gov.ma",
                        "secure": False,
                        "expires": None,
                    }
                ],
            }
        ).encode(),
    ),
    "more is remembered": (
        *(
            "remembered_accounts",
            accounts,
            "_KEYS",
            ("code", "url", "more"),
            b'{"a": {"more": ""}}',
        ),
    ),
    "a setting out of bounds": (
        *("settings_file", configuration, "NUMBERS", {"timeout": (-9, 9)}, b"timeout = -1"),
    ),
    "a terminal is steered": ("texts", cells, "_UNPRINTABLE", re.compile("\0"), b"\x1b[31m"),
    "JSON steers": (
        *("texts", formats, "_UNESCAPED_BY_JSON", re.compile("\0"), "\u202e".encode()),
    ),
    "a spreadsheet runs a cell": ("texts", formats, "_FORMULA", re.compile("@"), b"=1+1"),
    "a mark of nine digits": ("words", convert, "_NUMBER", LONG_NUMBER, b"123456789"),
}


@pytest.mark.parametrize(
    ("name", "owner", "attribute", "broken", "data"), BROKEN.values(), ids=BROKEN
)
def test_a_target_notices_what_breaks_its_promise(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    owner: object,
    attribute: str,
    broken: object,
    data: bytes | None,
) -> None:
    given = beginnings(name)[0] if data is None else data
    convert.to_decimal.cache_clear()
    TARGETS[name](given)
    convert.to_decimal.cache_clear()
    monkeypatch.setattr(owner, attribute, broken)
    try:
        with pytest.raises((AssertionError, ValueError, MassarError)):
            TARGETS[name](given)
    finally:
        convert.to_decimal.cache_clear()


@pytest.mark.parametrize("name", [name for name in TARGETS if TARGETS[name].mutated])
def test_a_changed_input_is_another_one_never_too_long_and_the_same_by_the_same_chance(
    name: str,
) -> None:
    change, begins = TARGETS[name].mutated, beginnings(name)
    assert change is not None
    changed = [change(begins[0], begins, random.Random(i), 5000) for i in range(40)]
    assert max(map(len, changed)) <= 5000
    assert len(set(changed)) > 20
    assert changed == [change(begins[0], begins, random.Random(i), 5000) for i in range(40)]
