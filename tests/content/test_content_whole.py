"""Nothing on a page is lost, and nothing on it makes the reader fail."""

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massar_cli.errors import PageChanged
from massar_cli.portal.content import read_content
from massar_cli.portal.page import parse_html
from tests.content.reading import URL, body, read, seen, told

NAMES = (
    *("div", "p", "span", "section", "article", "h1", "h2", "h3", "h5", "b", "strong", "small"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr"),
    *("td", "th", "form", "label", "fieldset", "legend", "button", "br", "hr", "a", "i", "em"),
    *("nav", "header", "aside", "footer", "details", "summary", "pre", "blockquote", "center"),
)
ATTRIBUTES = (
    *("class=card", "class='card-header'", "class='card-body'", "class=panel", "class=box"),
    *("class='box-title'", "class='list-group-item'", "class='list-group'", "class=media"),
    *("class='alert alert-info'", "class=callout", "class='nav nav-tabs'", "class='tab-pane'"),
    *("class='grid-empty-text'", "class='grid-row unread'", "class='fa fa-download'"),
    *("class='fw-bold'", "class='label label-danger'", "role=alert", "role=tablist", "hidden"),
    *("id=one", "id=two", "href='#one'", "data-bs-target='#two'", "href='?page=2'", "colspan=2"),
    *("rowspan=3", "colspan=0", "href='/moutamadris/a.pdf'", "download", "title=k", "method=post"),
    *("role=presentation", "style='font-weight: bold'", "class='page-title'", "scope=row"),
    *("class='timeline-item'", "class=active", "class='modal-body'", "class=dropdown-menu"),
)
LEAVES = (
    *("", " ", "\n", "&nbsp;", ":", " : ", "-", "<br>", "<input value=3>", "<img alt=photo>"),
    *("<select name=annee><option selected>2025/2026<option>2024/2025</select>", "aucune donnée"),
    *("<script>never</script>", "<input type=hidden value=never>", "<!-- never -->"),
)


@st.composite
def elements(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    """Draw an element of the vocabulary around what is inside."""
    name = draw(st.sampled_from(NAMES))
    attributes = " ".join(draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2)))
    return f"<{name} {attributes}>{''.join(draw(st.lists(inside, max_size=4)))}</{name}>"


markup = st.recursive(st.just("@") | st.sampled_from(LEAVES), elements, max_leaves=30)
pages = st.lists(markup, max_size=6).map("".join)


def numbered(html: str) -> str:
    """Give each text of a drawn page a word of its own."""
    numbers = count()
    return "".join(f" w{next(numbers)}w " if one == "@" else one for one in html)


@settings(max_examples=150)
@given(pages)
def test_every_visible_word_stands_in_some_block(html: str) -> None:
    page = f'<div class="content-wrapper">{numbered(html)}</div>'
    content = told(read(page))
    assert [word for word in seen(page) if word not in content] == []


@settings(max_examples=50)
@given(pages)
def test_a_page_without_a_known_content_area_is_read_from_its_body(html: str) -> None:
    page = f"<body><nav>menu</nav><div class=wrapper>{numbered(html)}</div>"
    content = told(read(page))
    assert "menu" not in content
    lost = [word for word in seen(page) if word not in content and word != "menu"]
    assert lost == [] or any(tag in html for tag in ("<nav", "<header", "<aside", "<footer"))


@settings(max_examples=80)
@given(
    st.lists(markup | st.text(max_size=8) | st.sampled_from(["<", "</", "'", '"', "<table"])).map(
        "".join
    )
)
def test_whatever_stands_on_a_page_it_is_read_or_refused(html: str) -> None:
    with suppress(PageChanged):
        read_content(parse_html(html), URL)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 9_000 + "deep",
        "<b>" * 50_000 + "deep",
        "<ul><li>" * 4_000 + "deep",
        "<table><tr><td>" * 3_000 + "deep",
        "<div class=card>" * 9_000 + "deep",
        "<dl><dd>" * 4_000 + "deep",
        "<h2><span>" * 4_000 + "deep",
        "<form>" * 9_000 + "deep",
        "<table>" + "<tr><td>1<td>2<td>3" * 5_000 + "<tr><td>deep</table>",
        "<ul class=pagination>" * 5_000 + "deep",
        "<ul class=pagination><li>1" * 4_000 + "deep",
        "<h5><ul class=nav-tabs id=a><a href='#a'>" * 2_000 + "deep",
        "<a href='?page=1'>" * 5_000 + "deep",
        "<select>" + "<option>2025/2026</option>" * 4_000 + "</select>deep",
    ],
    ids=lambda html: html[:26],
)
def test_a_page_as_deep_or_wide_as_any_is_read_whole(html: str) -> None:
    assert "deep" in told(read(f"<main>{html}</main>"))


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td rowspan=9999 colspan=200>x" * 2_000 + "</table>",
        f"<table><tr><td colspan=200 rowspan=1000>{'x' * 60_000}</table>",
        "<table><tr>" + "<th>x" * 20_000 + "<tr><td>x" * 20_000 + "</table>",
    ],
    ids=["places", "characters", "width"],
)
def test_a_table_that_claims_more_than_any_is_refused(html: str) -> None:
    with pytest.raises(PageChanged):
        body(html)


def test_a_link_to_another_site_tells_where_it_leads() -> None:
    away = "https://example.org/cours?id=1"
    for html in (
        f'<p>Référence : <a href="{away}">Lien</a> à lire</p>',
        f'<table><tr><th>Travail</th></tr><tr><td><a href="{away}">Lien</a></td></tr></table>',
        f'<dl><dt>Description</dt><dd>Voir <a href="{away}">Lien</a></dd></dl>',
    ):
        assert f"Lien ({away})" in told(body(html))
    assert told(body(f'<p><a href="{away}">{away}</a></p>')).count(away) == 1
    assert "Other" not in told(body('<p><a href="/moutamadris/Eleve/Other">Ici</a></p>'))
