"""The README in three languages: the same commands, links, sections and tables in each."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
LANGUAGES = ("fr", "ar")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"^<!-- command: \w+ -->\n", re.MULTILINE)
COMMENT = re.compile(r"\s+#.*$", re.MULTILINE)
DIRECTION = re.compile(r'^<(?:div dir="rtl"|/div)>$', re.MULTILINE)
LINKS = {"README.md", "README.fr.md", "README.ar.md"}
PICTURES = {"en": "docs/grades.svg", "fr": "docs/grades-fr.svg", "ar": "docs/grades-ar.svg"}


class Shape(NamedTuple):
    """What a README has in every language."""

    headings: list[int]
    code: list[tuple[str, str]]
    links: list[str]
    rows: list[int]
    items: int
    literals: set[str]


def text_of(language: str) -> str:
    name = "README.md" if language == "en" else f"README.{language}.md"
    return (ROOT / name).read_text(encoding="utf-8")


def links_of(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def shape_of(text: str) -> Shape:
    """Return it without what is said in words; comments in the code are words too."""
    prose = FENCE.sub("", MARKER.sub("", text))
    return Shape(
        headings=[len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        code=[(kind, COMMENT.sub("", code)) for kind, code in FENCE.findall(text)],
        links=[link for link in links_of(prose) if link not in LINKS and not link.endswith(".svg")],
        rows=[row.count(" | ") for row in re.findall(r"^\| .*", prose, re.MULTILINE)],
        items=len(re.findall(r"^- ", prose, re.MULTILINE)),
        literals=set(re.findall(r"`([^`\n]+)`", prose)) - {"ok", "warning", "failed"},
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_readme_holds_what_the_english_one_holds(language: str) -> None:
    ours, theirs = shape_of(text_of(language)), shape_of(text_of("en"))
    for field in ("headings", "code", "rows", "items"):
        assert getattr(ours, field) == getattr(theirs, field), field
    # A sentence of another language may name two things in another order.
    assert sorted(ours.links) == sorted(theirs.links)
    assert theirs.literals <= ours.literals


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_readme_leads_to_the_others_and_to_files_that_are_there(language: str) -> None:
    links = links_of(text_of(language))
    own = "README.md" if language == "en" else f"README.{language}.md"
    assert LINKS & set(links) == LINKS - {own}
    assert [link for link in links if link.endswith(".svg")] == [PICTURES[language]]
    files = {link.split("#")[0] for link in links if not link.startswith("http")}
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_arabic_runs_from_the_right_and_its_code_from_the_left() -> None:
    text = text_of("ar")
    assert DIRECTION.findall(text) == ['<div dir="rtl">', "</div>"] * text.count('<div dir="rtl">')
    inside = re.findall(r'^<div dir="rtl">$(.*?)^</div>$', text, re.MULTILINE | re.DOTALL)
    assert not any("```" in part for part in inside)
    outside = FENCE.sub("", re.sub(r'(?ms)^<div dir="rtl">$.*?^</div>$', "", text))
    assert outside.split() == []
