"""Whatever the portal answers, a page gives a record or PageChanged, in bounded memory."""

import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from massar_cli.errors import PageChanged
from massar_cli.portal import page as page_module
from massar_cli.portal.connection import Answer
from massar_cli.portal.grid import GridPage
from massar_cli.portal.page import Page, parse_html
from massar_cli.portal.pages.report_card import ReportCardPage
from massar_cli.portal.pages.school_path import SchoolPathPage
from massar_cli.portal.table import read_table
from massar_cli.portal_pages import Content
from massar_cli.records import ReportCard
from massar_cli.student_record import Profile
from tests.pages.fixture_cases import CASES, MODULES, page_class

PAGES = [page_class(module) for module in MODULES]
# Tags and texts: what a page is cut into, to be deleted, doubled or moved.
PIECES = re.compile(r"<[^>]*>|[^<]+|<")
HTML = [pieces for case in CASES if len(pieces := PIECES.findall(case.html)) > 1]
MOST_TEXTS = 210_000
"""What a row of the widest honest table has, many times over."""

fragments = st.sampled_from(
    [
        *("<table class='grid-table'>", "</table>", "<thead>", "<tbody>", "<tr>", "</tr>", "<dl>"),
        *("<tr class='grid-empty-text'>", "<td>", "<td rowspan=3>", "<td colspan=0>", "<th>"),
        *("<td data-name='AnneeScolaire'>", "<td data-name>", "<div id='tab_cc'>", "<dt>", "</dl>"),
        *(
            "<div id='tab_notes_exam'>",
            "<dd>",
            "<dd id='codeEleve'>",
            "<label>",
            "<span>",
            "</div>",
        ),
        *("<select id='SelectedAnnee'>", "<option value='2025'>", "<option>", "</select>"),
        *("<div class='grid-pager'>", "<ul class='pagination'>", "<li class='active'>", "<ul>"),
        *("<a href='?grid-page=2'>", "<a href='//[?grid-page=2'>", "<a href>", "<template>"),
        *("المادة", "Matière", "Composant", "Note Max", "Premier contrôle", "الفرض الأول", "15,50"),
        *("X130000000", "معفى", "2025/2026", "²", "٣", "&nbsp;", "\x00", "<!--", "-->", "<script>"),
    ]
)
soup = st.lists(fragments | st.text(max_size=6), max_size=40).map("".join)
answers = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.tuples(soup, st.binary(max_size=2)).map(lambda pair: pair[0].encode() + pair[1]),
    soup.map(str.encode),
)


def check_record(record: Any) -> None:
    """Fail unless this is a whole record; a profile holds a code at least."""
    assert isinstance(record, tuple | ReportCard | Profile | Content)
    if isinstance(record, Profile):
        assert record.code


def check_error(error: PageChanged, page: type[Page[Any]]) -> None:
    """Fail unless the error names the page."""
    assert page.path in error.message


def read(page: type[Page[Any]], html: str) -> Any:
    """Return the record, or None for a page that is refused; any other error is the test's."""
    try:
        loaded = page(html)
        if isinstance(loaded, GridPage):
            assert (loaded.next_page() or 2) > 0
        record = loaded.read()
    except PageChanged as error:
        check_error(error, page)
        return None
    check_record(record)
    return record


@settings(max_examples=300, deadline=None)
@given(answers, st.sampled_from(["", "text/html", "text/html; charset=windows-1256", "text/plain"]))
def test_any_bytes_give_a_record_or_page_changed(body: bytes, kind: str) -> None:
    answer = Answer("http://127.0.0.1/", 200, None, kind, body)
    try:
        html = answer.html
    except PageChanged:
        return
    for page in PAGES:
        read(page, html)


@pytest.mark.parametrize("kind", ["application/json", "application/pdf", "image/png", "text/csv"])
def test_what_says_that_it_is_no_page_is_refused(kind: str) -> None:
    with pytest.raises(PageChanged):
        _ = Answer("http://127.0.0.1/", 200, None, kind, b"<dl><dd></dd></dl>").html


@pytest.mark.parametrize("body", [b"\xff\xfe<\x00", "المادة".encode("cp1256"), b"\xed\xa0\x80"])
def test_bytes_that_are_not_utf_8_are_refused(body: bytes) -> None:
    with pytest.raises(PageChanged):
        _ = Answer("http://127.0.0.1/", 200, None, "text/html", body).html


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """Draw a fixture page with pieces deleted, doubled, moved, or another page's put in."""
    pieces = list(draw(st.sampled_from(HTML)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(pieces)))
        end = min(len(pieces), start + draw(st.sampled_from([1, 1, 1, 2, 5, 20, 100])))
        part = pieces[start:end]
        place = draw(st.integers(0, len(pieces)))
        match draw(st.sampled_from(["delete", "double", "move", "mix", "cut"])):
            case "delete":
                del pieces[start:end]
            case "double":
                pieces[place:place] = part
            case "move":
                del pieces[start:end]
                pieces[place:place] = part
            case "mix":
                other = draw(st.sampled_from(HTML))
                at = draw(st.integers(0, len(other) - 1))
                pieces[place:place] = other[at : at + 20]
            case "cut":
                pieces = pieces[: place + 1]
        if not pieces:
            break
    return "".join(pieces)


@settings(max_examples=300, deadline=None)
@given(mutilated())
def test_a_mutilated_page_gives_a_record_or_page_changed(html: str) -> None:
    for page in PAGES:
        read(page, html)


def test_mutilated_pages_start_from_pages_of_every_kind() -> None:
    """Were the fixtures not found, the test above would prove nothing."""
    assert len(HTML) > 80
    for page in PAGES:
        assert any(read(page, "".join(pieces)) is not None for pieces in HTML)


def pager(current: str, link: str) -> str:
    return (
        "<table class='grid-table'><tbody><tr><td data-name='AnneeScolaire'>2025/2026</td></tr>"
        "</tbody></table><div class='grid-pager'><ul class='pagination'>"
        f"<li class='active'><span>{current}</span></li><li><a href='{link}'>2</a></li></ul></div>"
    )


@pytest.mark.parametrize(
    "link",
    [
        *("http://[", "//[?grid-page=3", "http://a]b/?page=2", "http://\u2100/", ""),
        *("javascript:void(0)", "?grid-page=", "?grid-page=2&amp;grid-page=3", "?grid-page=-2"),
    ],
)
def test_a_link_that_names_no_page_is_no_next_page_whatever_it_holds(link: str) -> None:
    page = SchoolPathPage(pager("1", link))
    with suppress(PageChanged):
        assert page.next_page() is None


@pytest.mark.parametrize("current", ["", "one", "-1", "1.5", "²", "1 2", "9" * 5000])
def test_a_pager_whose_number_cannot_be_told_is_refused(current: str) -> None:
    page = SchoolPathPage(pager(current, "?grid-page=2"))
    with pytest.raises(PageChanged):
        page.next_page()


def texts_of(html: str) -> int:
    """Return how many texts a table gives, none where it is refused."""
    node = LexborHTMLParser(html).css_first("table")
    assert node is not None
    try:
        table = read_table(node)
    except PageChanged:
        return 0
    return len(table.headings) + sum(map(len, table.rows))


def table_of(rows: str, heading: str = "<th>Matière<th>Premier contrôle") -> str:
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table>"


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td rowspan=99999999>A<td>1</tr><tr><td>2</tr>",
        "<tr><td rowspan=99999>A<td>1</tr><tr><td>2</tr>",
        "<tr><td colspan=1000000>A<td>1</tr>",
        "<tr><td colspan=99999 rowspan=99999>A<td>1</tr>" * 50,
        "<tr><td rowspan=0>A<td>1</tr><tr><td>2</tr>",
        "<tr><td colspan=0>A<td>1</tr>",
        "<tr><td rowspan=-3 colspan=-1>A<td>1</tr><tr><td>2</tr>",
        "<tr><td rowspan=two colspan='1e9'>A<td>1</tr>",
        "<tr><td rowspan='٣' colspan='²'>A<td>1</tr>",
        "<tr><td rowspan='' colspan>A<td>1</tr>",
        "<tr><td><table><tr><td rowspan=999>A</table><td>1</tr>",
        "<tr>" * 5000,
        "<tr><td>A<td>1</tr>" * 5000,
        "<tr><td colspan=99999>A</tr>" * 5000,
        "<tr>" + "<td colspan=99999>A" * 5000,
        "<tr><td rowspan=99999>A</tr>" * 1500,
        "<tr><td rowspan=99999 colspan=99999>A</tr>" * 300,
        "",
    ],
    ids=lambda rows: f"{rows[:44]} ({len(rows)})",
)
def test_hostile_spans_give_a_bounded_number_of_texts(rows: str) -> None:
    assert texts_of(table_of(rows)) <= MOST_TEXTS


def test_short_rows_below_very_many_headings_give_a_bounded_number_of_texts() -> None:
    assert texts_of(table_of("<tr><td>A</tr>" * 1500, "<th>H" * 1500)) <= MOST_TEXTS


@pytest.mark.parametrize("span", ["99999999", "1000000", "0", "-1", "x", "", "٣", "2"])
@pytest.mark.parametrize("name", ["rowspan", "colspan"])
def test_a_report_card_with_a_hostile_span_is_read_or_refused(name: str, span: str) -> None:
    rows = f"<tr><td {name}='{span}'>MATHEMATIQUES<td>15,50</tr><tr><td>ARABE<td>12</tr>"
    card = read(
        ReportCardPage, f"<div id=tab_cc>{table_of(rows)}</div><div id=tab_notes_exam></div>"
    )
    if card is not None:
        assert 1 <= len(card.subjects) <= 2


def test_five_thousand_subjects_are_read_and_none_is_lost() -> None:
    rows = "".join(f"<tr><td>ATELIER {i}<td>15,50</tr>" for i in range(5000))
    card = read(
        ReportCardPage, f"<div id=tab_cc>{table_of(rows)}</div><div id=tab_notes_exam></div>"
    )
    assert card is not None
    assert [one.subject for one in card.subjects] == [f"ATELIER {i}" for i in range(5000)]


@pytest.mark.parametrize("tag", ["div", "span", "b", "table", "dl", "ul", "tr", "td"])
def test_two_thousand_tags_inside_one_another_are_read_or_refused(tag: str) -> None:
    rows = f"<tr><td>ARABE{f'<{tag}>' * 2000}<td>12"
    for page in PAGES:
        read(page, f"<div id=tab_cc>{table_of(rows)}</div><div id=tab_notes_exam></div>")


def test_a_page_whose_parsing_does_not_end_in_time_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attributes = " ".join(f"a{i}" for i in range(60_000))
    with monkeypatch.context() as patch:
        patch.setattr(page_module, "_MOST_SECONDS", 0.1)
        with pytest.raises(PageChanged):
            parse_html(f"<div {attributes}>")
    assert parse_html("<p>x</p>" * 30_000).css_first("p") is not None


def test_a_table_inside_a_cell_is_refused() -> None:
    rows = "<tr><td>ARABE<td><table><tr><td>12</td></tr></table></td></tr>"
    page = ReportCardPage(f"<div id=tab_cc>{table_of(rows)}</div><div id=tab_notes_exam></div>")
    with pytest.raises(PageChanged):
        page.read()
