"""A name that is a word of the portal too is a name where it is known to be one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.portal import PracticePortal
from massar_cli.scrubbing.markup import scrub_page
from massar_cli.scrubbing.vocabulary import is_portal_word
from tests.conftest import Done, Practice

Run = Callable[..., Done]
FAMILY = "الأسرة"
GREETED = '<h1 class="welcomeUser"><span>مرحبا</span> زبيرية المعدل</h1>'
PARENT = {"MASSAR_CODE": "X130000010", "MASSAR_PASSWORD": "practice-parent"}


@pytest.mark.parametrize("edition", ["2018", "2025"])
@pytest.mark.parametrize("name", ["profile", "absences", "grades"])
def test_a_family_named_like_a_word_of_the_portal_is_not_told(
    massar: Run,
    serve: Callable[[PracticePortal], Practice],
    tmp_path: Path,
    edition: str,
    name: str,
) -> None:
    assert is_portal_word(FAMILY)
    url = serve(PracticePortal(edition=edition)).url
    arguments = ("capture", name, "--child", "adam", "--yes", "-o", str(tmp_path))
    done = massar(*arguments, MASSAR_URL=url, **PARENT)
    assert done.code == 0, done.err
    page = Path(done.out.strip(), "page.html").read_text("utf-8")
    assert "<" in page
    assert FAMILY not in page
    assert "OUSRA" not in page.upper()


def test_a_saved_page_tells_whom_it_greets(massar: Run, tmp_path: Path) -> None:
    page = f"<html><body>{GREETED}<table><tr><th>المعدل</th></tr></table></body></html>"
    assert "المعدل" in scrub_page(page.replace(GREETED, "")).html
    file = tmp_path / "saved.html"
    file.write_text(page, encoding="utf-8")
    done = massar("capture", str(file), "--yes", "-o", str(tmp_path))
    assert done.code == 0, done.err
    assert "المعدل" not in Path(done.out.strip(), "page.html").read_text("utf-8")


@pytest.mark.parametrize("text", ["أحمد والمعدل", "المعدل", "ا<b>لم</b>عدل"])
def test_a_name_is_seen_with_an_and_before_it_and_cut_by_tags(text: str) -> None:
    page = scrub_page(f"<p>{text}</p><p>النقطة</p>", names=("المعدل",)).html
    assert "النقطة" in page
    assert not any(part in page for part in ("المعدل", "والمعدل", ">لم<"))
