"""Inputs in the form that each target reads, made from its beginnings and from their parts."""

import json
import random
import re
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from tests.fuzz.beginnings import beginnings
from tests.fuzz.bounds import LONGEST_INPUT
from tests.fuzz.conversation import ANSWERS_END
from tests.fuzz.mutations import Mutator, repeated
from tests.fuzz.printing import TEXTS_END
from tests.fuzz.targets import TARGETS

_PART = re.compile(rb"<[^>]*>|[^<>\s\"',:;/=@]+|.", re.DOTALL)
_LONGEST = 40
_LONGEST_REPEATED = {"texts": 2000}
"""Where one input is printed in many ways, which takes its time."""
_SETTINGS = (
    *("code", "language", "timeout", "request_spacing", "retry_wait", "sign_ins_per_day", "url"),
    *("failed_sign_ins_per_day", "default_account", "password_command", "password_file"),
    *("nickname", "accounts", "password", "accounts.a.code", '"\\u0000"', "x"),
)
_HEADS = ("[accounts.a]", "[accounts]", '[accounts."é"]', "[[accounts]]", "[x.y]", "")
_HOSTS = (
    *(
        "men.gov.ma",
        "massarservice.men.gov.ma",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[8:1]",
        "[v1.x]",
    ),
    *(
        "men.gov.ma.",
        "example.org",
        "m\u00e9n.gov.ma",
        "2130706433",
        "0x7f.1",
        "127.1",
        "men.gov.ma%2e",
    ),
)
_DATES = ("Wed, 21 Oct 2026 07:28:00 GMT", "21 Oct 9999 23:59:59 -2359", "Thu, 1 Jan 0001 00:00:00")

texts = st.text(max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
toml_values = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    texts.map(json.dumps),
    st.sampled_from(("true", "[]", "{}", "nan", "1979-05-27", "'''x'''", '"fr"', '"X130000000"')),
)
toml_lines = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(_SETTINGS), toml_values),
    st.sampled_from(_HEADS),
    texts,
)
addresses = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(
        ("https://", "http://", "HTTPS://", "//", "https:", "ftp://", "", "https:\\\\")
    ),
    st.sampled_from(("", "", "user@", "user:x@", "@")),
    st.sampled_from(_HOSTS) | texts,
    st.sampled_from(("", "", ":443", ":80", ":8000", ":0", ":", ":99999", ":x")),
    st.sampled_from(
        ("", "/", "/moutamadris", "/Account/Login/", "/%2e%2e/x", "/;x", "/\\x", "//y")
    ),
    st.sampled_from(("", "", "?a=[", "#x", "@example.org", " ", "\t")) | texts,
)
json_inputs = values.map(lambda value: json.dumps(value).encode())
_OWN: Mapping[str, st.SearchStrategy[bytes]] = {
    "redirect": addresses.map(str.encode),
    "base_url": addresses.map(str.encode),
    "retry_after": (st.sampled_from(_DATES) | st.integers().map(str) | texts).map(str.encode),
    "session_file": json_inputs,
    "account_state": json_inputs,
    "remembered_accounts": json_inputs,
    "settings_file": st.lists(toml_lines, max_size=8).map(lambda lines: "\n".join(lines).encode()),
    "texts": st.lists(texts.map(str.encode), max_size=9).map(TEXTS_END.join),
    "words": texts.map(str.encode),
    "body": st.builds(
        lambda choice, size, sent: bytes((choice, size)) + sent,
        st.integers(0, 7),
        st.integers(0, 255),
        st.binary(max_size=400),
    ),
}


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Return the inputs for a target: of its own form, changed ones, and parts put together."""
    begins = beginnings(name)
    kinds = [_together(begins), st.binary(max_size=60)]
    if name in _OWN:
        kinds.append(_OWN[name])
    if (mutated := TARGETS[name].mutated) is not None:
        kinds += [_changed(mutated, begins, LONGEST_INPUT)] * 2
    kinds.append(_changed(repeated, begins, _LONGEST_REPEATED.get(name, LONGEST_INPUT // 3)))
    return st.one_of(kinds)


def _changed(mutated: Mutator, begins: Sequence[bytes], most: int) -> st.SearchStrategy[bytes]:
    chances = st.integers(0, 2**32).map(random.Random)
    return st.builds(mutated, st.sampled_from(begins), st.just(begins), chances, st.just(most))


def _together(begins: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    parts = sorted({part for data in begins for part in _PART.findall(data)} | {ANSWERS_END})
    return st.lists(st.sampled_from(parts) | st.binary(max_size=2), max_size=_LONGEST).map(b"".join)
