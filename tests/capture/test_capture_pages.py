"""No capture of a practice page keeps what was planted in it, and each can still be read."""

import json
from pathlib import Path

from massar_cli.errors import PageChanged
from massar_cli.portal.page_kinds import guess_kind
from massar_cli.portal.pages.content import ContentPage
from massar_cli.practice.clock import PRACTICE_NOW
from massar_cli.services.capture import Source, load_capture, make_capture, save_capture
from tests.capture.conftest import Came
from tests.capture.planted import ALL, kept_in, kept_of, planted, structure

TODAY = PRACTICE_NOW.date()


def capture_of(page: str, address: str, folder: Path) -> Path:
    """Save a capture of a page as the program does."""
    source = Source(html=page, kind=guess_kind("", address).kind, address=address)
    return save_capture(make_capture(source, TODAY), folder)


def shape(page: str) -> object:
    """Return the kinds, the columns and the rows of the blocks that a page is read into."""
    try:
        content = ContentPage(page, "https://massarservice.men.gov.ma/moutamadris/Page").read()
    except PageChanged as error:
        return error.kind
    return [
        (block.kind, len(block.columns), [len(row.cells) for row in block.rows])
        for block in content.blocks
    ]


def test_nothing_planted_survives_in_any_file_of_a_capture(
    came: list[Came], tmp_path: Path
) -> None:
    seen: set[str] = set()
    for page in came:
        html = planted(page.html)
        seen |= set(kept_in(html))
        folder = capture_of(html, f"{page.address}?code=K148820935", tmp_path)
        assert kept_of(folder) == [], page.address
    assert seen == set(ALL), "each was planted"


def test_a_capture_has_the_structure_of_its_page(came: list[Came]) -> None:
    for page in came:
        source = Source(html=page.html, kind=guess_kind("", page.address).kind)
        assert structure(make_capture(source, TODAY).html) == structure(page.html), page.address


def test_a_capture_is_read_into_the_shape_of_its_page(came: list[Came]) -> None:
    for page in came:
        source = Source(html=page.html, kind=guess_kind("", page.address).kind)
        assert shape(make_capture(source, TODAY).html) == shape(page.html), page.address


def test_no_word_of_a_page_that_is_not_the_portals_survives(
    came: list[Came], tmp_path: Path
) -> None:
    # The student and teachers of the practice portal, which every page names.
    for page in came:
        folder = capture_of(page.html, page.address, tmp_path)
        html = (folder / "page.html").read_text()
        for name in ("X130000000@", "X13000000-", "التجربة", "TAJRIBA"):
            assert name not in html


def test_a_capture_is_private_and_says_what_it_is(came: list[Came], tmp_path: Path) -> None:
    folder = capture_of(came[0].html, came[0].address, tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"page.html", "expected.json", "about.json"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    about = json.loads((folder / "about.json").read_text())
    assert about["schema"] == "massar.capture/1"
    assert load_capture(folder).html == (folder / "page.html").read_text()


def test_each_capture_is_a_folder_of_its_own(came: list[Came], tmp_path: Path) -> None:
    folders = {capture_of(came[0].html, "", tmp_path) for _turn in range(3)}
    assert len(folders) == 3
