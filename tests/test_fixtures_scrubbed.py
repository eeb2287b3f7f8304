"""Every page among the fixtures is made up or scrubbed; one that looks like a person's is refused.

A word must be one of the portal's, a stand-in of `massar capture`, or in `fixtures/made-up.txt`.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from massar_cli.folding import fold
from massar_cli.scrubbing.stand_ins import is_made_up
from massar_cli.scrubbing.vocabulary import is_portal_text, is_portal_word

FIXTURES = Path(__file__).parents[1] / "fixtures"
# What a fuzzer has taken apart consists of no words any more.
FUZZED = FIXTURES / "fuzz"
PAGES = sorted(path for path in FIXTURES.rglob("*.html") if FUZZED not in path.parents)
RAW = sorted(
    path
    for path in FIXTURES.rglob("*")
    if path.is_file()
    and path.stat().st_size
    and (path.suffix in (".http", ".bin", ".json") or FUZZED in path.parents)
)
WORD = re.compile(r"[^\W\d_][^\W\d_\u064b-\u0652]*")
CODE = re.compile(r"(?<![A-Za-z0-9%#&/_-])[A-Za-z]{1,2}\d{8,10}(?![A-Za-z0-9])")
MADE_CODE = re.compile(r"[A-Z]?X?13\d+|X\d+", re.IGNORECASE)
# What is longer was made by a fuzzer, and would take long to look through.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,80})+")
PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)212[\s.-]?\d|0[5-8])(?:[\s.-]?\d){8}(?!\d)")
MADE_PHONE = re.compile(r"0[5-8]0{7,8}\d|(?:00)?2126?0+\d?")
OURS = ("example.org", "example.com", "example.net", "example.ma", "massarservice.men.gov.ma")
TOKEN = re.compile(
    r"(?!__RequestVerificationToken)(?<![\w/+-])(?=[\w/+-]*\d)(?=[\w/+-]*[a-z])(?=[\w/+-]*[A-Z])[\w/+-]{40,}"
)
TAGS = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def made_up_words() -> frozenset[str]:
    """Return the words that fixtures have and that were made up for them."""
    lines = (FIXTURES / "made-up.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


def suspicions(text: str) -> Iterator[str]:
    """Yield what looks like a person's: codes, addresses, phone numbers and tokens."""
    for match in CODE.finditer(text):
        if not MADE_CODE.fullmatch(match[0]):
            yield f"code {match[0]}"
    for match in EMAIL.finditer(text):
        local, _at, host = match[0].partition("@")
        is_ours = host.lower() == "taalim.ma" and (
            MADE_CODE.fullmatch(local) or fold(local) in made_up_words()
        )
        if not (is_ours or host.lower() in OURS):
            yield f"address {match[0]}"
    for match in PHONE.finditer(text):
        if not MADE_PHONE.fullmatch(re.sub(r"\D", "", match[0])):
            yield f"phone {match[0]}"
    for match in TOKEN.finditer(text):
        yield f"token {match[0]}"


def unknown_words(page: str) -> set[str]:
    """Return the words that a page shows and that are nobody's known to be."""
    known = made_up_words()
    found = set()
    for text in TAGS.sub("\n", page).split("\n"):
        shown = html.unescape(text)
        if is_portal_text(shown):
            continue
        found |= {word for word in WORD.findall(shown) if len(word) > 1}
    return {
        word
        for word in found
        if not (is_portal_word(word) or is_made_up(word) or fold(word) in known)
    }


def read(path: Path) -> str:
    """Return what a file shows, whatever its bytes."""
    return path.read_bytes().decode("utf-8", "replace")


def test_no_fixture_page_shows_a_person() -> None:
    found = {
        str(path.relative_to(FIXTURES)): [
            *suspicions(html.unescape(read(path))),
            *sorted(unknown_words(read(path))),
        ]
        for path in PAGES
    }
    assert {name: why for name, why in found.items() if why} == {}, "scrub it with massar capture"


def test_no_fixture_of_another_kind_holds_a_persons_code() -> None:
    found = {str(path.relative_to(FIXTURES)): list(suspicions(read(path))) for path in RAW}
    assert {name: why for name, why in found.items() if why} == {}


@pytest.mark.parametrize(
    "page",
    [
        "<td>K148820935</td>",
        "<td>z.kourdani@menara.ma</td>",
        "<td>0661482093</td>",
        "<td>+212 6 61 48 20 93</td>",
        "<input value='CfDJ8Nq0a1TokenThatLooksAsIfItWereReal0123456789abcdef'>",
    ],
)
def test_what_looks_like_a_persons_is_refused(page: str) -> None:
    assert list(suspicions(page))


@pytest.mark.parametrize("page", ["<td>Zoulikhane</td>", "<td>زبيرية</td>", "<td>appendicite</td>"])
def test_a_word_that_nobody_knows_is_refused(page: str) -> None:
    assert unknown_words(page)
