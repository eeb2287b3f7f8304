"""Each form in which pages show things, alone: tables, lists, cards, notices, files, choices."""

import pytest

from massar_cli.errors import PageChanged
from massar_cli.portal_pages import Link
from tests.content.reading import URL, body, read, texts

ROOT = "https://massarservice.men.gov.ma"
PATH = f"{ROOT}/moutamadris/Eleve/Page"


def test_spans_stand_in_every_place_that_they_cover() -> None:
    (table,) = body(
        "<table><thead><tr><th rowspan=2>M<th colspan=2>N<tr><th>1<th>2</thead>"
        "<tbody><tr><td rowspan=2>a<td>b<td>c<tr><td colspan=2>d</table>"
    ).blocks
    assert table.columns == ("M", "N 1", "N 2")
    assert texts(table) == [["a", "b", "c"], ["a", "d", "d"]]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("<tr><th>A<th>B<tr><td>1<td>2", ("A", "B")),
        ("<tr><td><b>A</b><td><strong>B</strong><tr><td>1<td>2", ("A", "B")),
        ("<tr><td class=fw-bold>A<td style='font-weight:bold'>B<tr><td>1<td>2", ("A", "B")),
        ("<tr><td><b>A</b><td><b>B</b><tr><td><b>1</b><td><b>2</b>", ()),
        ("<tr><td>A<td>B<tr><td>1<td>2", ()),
        ("<tr><th>A<td>1<tr><th>B<td>2", ()),
        ("<tr><td><th>A<th>B<tr><th>x<td>1<td>2", ("", "A", "B")),
    ],
)
def test_a_first_row_is_headings_only_where_it_differs_from_the_others(
    rows: str, columns: tuple[str, ...]
) -> None:
    (table,) = body(f"<table>{rows}</table>").blocks
    assert table.columns == columns
    assert len(table.rows) == (1 if columns else 2)


@pytest.mark.parametrize(
    "row",
    [
        "<tr class=grid-empty-text><td colspan=2>There are no items to display",
        "<tr><td class=dataTables_empty colspan=2>لا توجد معطيات",
        "<tr><td colspan=2>Aucune absence enregistrée",
        "<tr><td colspan=2>Il ya pas d'articles à afficher",
    ],
)
def test_a_row_that_says_that_there_is_nothing_is_no_row_but_is_told(row: str) -> None:
    table, notice = body(f"<table><tr><th>A<th>B{row}</table>").blocks
    assert (table.columns, table.rows) == (("A", "B"), ())
    assert notice.kind == "notice"


def test_a_row_of_several_cells_is_a_row_whatever_its_class_says() -> None:
    (table,) = body("<table><tr><th>A<th>B<tr class=grid-empty-text><td>1<td>2</table>").blocks
    assert texts(table) == [["1", "2"]]


def test_a_row_across_the_table_that_says_something_is_a_row() -> None:
    (table,) = body("<table><tr><th>A<th>B<tr><td colspan=2>Octobre</table>").blocks
    assert texts(table) == [["Octobre", "Octobre"]]


def test_a_foot_is_shown_last_unless_it_repeats_the_headings() -> None:
    head = "<table><thead><tr><th>A<th>B</thead>"
    repeated = body(f"{head}<tfoot><tr><th>A<th>B</tfoot><tr><td>1<td>2</table>").blocks[0]
    total = body(f"{head}<tfoot><tr><td>T<td>3</tfoot><tr><td>1<td>2</table>").blocks[0]
    assert texts(repeated) == [["1", "2"]]
    assert texts(total) == [["1", "2"], ["T", "3"]]


def test_rows_keep_their_marks_and_cells_their_lines_and_links() -> None:
    (table,) = body(
        "<table><tr><th>A<th>B<th>C<tr class=unread><td><b>x</b>"
        "<td><strong>L1</strong><br>L2<td><a href='?ref=1'><b>y</b></a> <i class='fa fa-eye'></i>"
        "<tr><td>z<td><i class='fa fa-check' title=Oui></i><td>1</table>"
    ).blocks
    first, second = table.rows
    assert first.marks == {"unread", "fa", "fa-eye"}
    assert first.cells[1].lines == ("L1", "L2")
    assert first.cells[2].links == (Link("y", f"{PATH}?ref=1"),)
    assert second.cells[1].text == "Oui"
    assert second.cells[1].marks == {"fa", "fa-check"}


def test_a_table_that_only_lays_out_others_is_walked_through() -> None:
    blocks = body(
        "<table><tr><td>Note<td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>"
    ).blocks
    assert [(block.kind, texts(block)) for block in blocks] == [
        ("notice", [["Note"]]),
        ("table", [["1", "2"]]),
    ]


def test_the_caption_is_the_nearest_heading_within_the_same_card() -> None:
    content = body(
        "<h2>T</h2><div class=card><div class=card-header>C</div><table><tr><td>1<td>2</table>"
        "</div><table><tr><td>3<td>4</table><table><caption>Own</caption><tr><td>5<td>6</table>"
        "<fieldset><legend>L</legend><dl><dt>a<dd>b</dl></fieldset>"
    )
    assert content.title == "T"
    assert [block.caption for block in content.blocks] == ["C", "T", "Own", "L"]


def test_a_tab_captions_its_pane_and_is_told_where_the_pane_is_empty() -> None:
    blocks = body(
        "<ul class='nav nav-tabs'><li><a href='#a'>Un</a><li><a data-bs-target='#b'>Deux</a>"
        "<li><a href='/moutamadris/Autre'>Trois</a></ul>"
        "<div id=b class=tab-pane></div><div id=a class=tab-pane><dl><dt>x<dd>y</dl></div>"
    ).blocks
    assert [(b.kind, b.caption, texts(b)) for b in blocks] == [
        ("list", None, [["", "Trois"]]),
        ("notice", None, [["Deux"]]),
        ("list", "Un", [["x", "y"]]),
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "<dl><dt>Matière :</dt><dd>Maths</dd><div><dt>Date</dt><dd>12/3</dd></div></dl>",
        "<p><strong>Matière :</strong> Maths</p><p><strong>Date</strong> 12/3</p>",
        "<p>Matière : Maths</p><p>Date : 12/3</p>",
        "<b>Matière:</b> Maths<br><b>Date:</b> 12/3",
        "<div><label>Matière</label><span>Maths</span></div><div><label>Date</label>12/3</div>",
        "<div class=fw-bold>Matière</div><div>Maths</div><div class=fw-bold>Date</div>12/3",
        "<ul><li><b>Matière</b> Maths<li>Date : 12/3</ul>",
    ],
)
def test_each_card_is_a_list_of_labels_and_texts(inside: str) -> None:
    card = f"<div class=card><h5>Carte</h5>{inside}</div>"
    blocks = body(card * 2).blocks
    assert [(b.kind, b.caption) for b in blocks] == [("list", "Carte")] * 2
    assert texts(blocks[0]) == texts(blocks[1]) == [["Matière", "Maths"], ["Date", "12/3"]]


def test_an_item_inside_an_item_is_a_row_of_its_own() -> None:
    (block,) = body("<ul><li>a<ul><li>b<ol><li>c</ol></ul>d<li>e</ul>").blocks
    assert texts(block) == [["", letter] for letter in "abcde"]


def test_cards_of_one_line_are_one_list() -> None:
    item = "<a class=list-group-item href='/moutamadris/m/{0}'>Item {0}</a>"
    (block,) = body("".join(item.format(i) for i in range(3))).blocks
    assert texts(block) == [["", f"Item {i}"] for i in range(3)]
    assert block.rows[2].cells[1].links == (Link("Item 2", f"{ROOT}/moutamadris/m/2"),)


def test_free_text_is_joined_and_an_alert_stands_alone() -> None:
    blocks = body(
        "<p>Un</p><p>deux.</p><div class='alert alert-info'>Trois <b>4</b></div>cinq"
    ).blocks
    assert [texts(block) for block in blocks] == [[["Un deux."]], [["Trois 4"]], [["cinq"]]]
    assert blocks[0].rows[0].cells[0].lines == ("Un", "deux.")


def test_what_a_field_shows_is_told_and_what_it_hides_is_not() -> None:
    (block,) = body(
        "<form method=post><label>Tel</label><input name=t value=06><label>Op</label><select>"
        "<option>A<option selected>B</select><input type=hidden value=never>"
        "<input type=password value=never></form>"
    ).blocks
    assert texts(block) == [["Tel", "06"], ["Op", "B"]]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/moutamadris/x/Bulletin.PDF'>n</a>",
        "<a href='/moutamadris/x/1' download>n</a>",
        "<a href='/moutamadris/Eleve/TelechargerPiece?id=1'>n</a>",
        "<a href='/moutamadris/x/1'><i class='fa fa-paperclip'></i> n</a>",
        "<a href='/moutamadris/x/1'>تحميل n</a>",
        "<dl><dt>الملفات المرفقة<dd><a href='/moutamadris/x/1'>n</a></dl>",
        "<table><tr><th>A<th>Pièces jointes<tr><td>1<td><a href='/moutamadris/x/1'>n</a></table>",
    ],
)
def test_a_link_to_a_file_is_told_at_the_end_too(link: str) -> None:
    files = body(link).blocks[-1]
    assert files.kind == "files"
    ((name, address),) = texts(files)
    assert name.endswith("n")
    assert address.startswith(f"{ROOT}/moutamadris/")


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/moutamadris/Eleve/Profile'>n</a>",
        "<a href='#download'>download</a>",
        "<a href='javascript:download()'>download</a>",
        "<a href='/moutamadris/Fichier/Supprimer?id=1'>n</a>",
    ],
)
def test_a_link_to_something_else_is_no_file(link: str) -> None:
    assert [block.kind for block in body(link).blocks] == ["notice"]


@pytest.mark.parametrize(
    ("options", "role"),
    [
        (
            "<option value=''>Choisir<option value=2025>2025/2026<option value=2024>2024/2025",
            "year",
        ),
        ("<option>٢٠٢٥/٢٠٢٦<option selected>٢٠٢٤/٢٠٢٥", "year"),
        ("<option value=1>الدورة الأولى<option value=2>الدورة الثانية", "semester"),
        ("<option value=1>1er semestre<option value=2>2ème semestre<option>Année", "semester"),
        ("<option>Maths<option>Arabe", "other"),
    ],
)
def test_a_choice_in_a_form_that_only_asks_can_be_followed(options: str, role: str) -> None:
    form = (
        f"<form action=/moutamadris/Eleve/Autre?x=1><input type=hidden name=v value=1>"
        f"<select name=choix>{options}</select></form>"
    )
    (selector,) = body(form).selectors
    assert (selector.name, selector.role, selector.fixed) == ("choix", role, (("v", "1"),))
    assert selector.address == f"{ROOT}/moutamadris/Eleve/Autre"
    assert sum(option.is_chosen for option in selector.options) == 1
    posted = body(form.replace("<form", "<form method=post"))
    assert (posted.selectors, posted.locked_selectors) == ((), (role,))


@pytest.mark.parametrize(
    "action", ["https://example.org/x", "/moutamadris/Account/LogOff", "/moutamadris/x/Supprimer"]
)
def test_a_choice_that_leads_elsewhere_or_changes_something_is_not_followed(action: str) -> None:
    content = body(f"<form action={action}><select name=a><option>2025/2026</select></form>")
    assert (content.selectors, content.locked_selectors) == ((), ("year",))


@pytest.mark.parametrize(
    "field",
    [
        "<input type=hidden name=_method value=DELETE>",
        "<input type=hidden name=handler value=Supprimer>",
        "<input type=hidden name=CodeEleve value=X130000000>",
        "<textarea name=op>delete</textarea>",
    ],
)
def test_a_choice_whose_form_would_send_something_else_is_not_followed(field: str) -> None:
    content = body(f"<form>{field}<select name=a><option>2025/2026</select></form>")
    assert (content.selectors, content.locked_selectors) == ((), ("year",))


def test_links_that_promise_a_change_of_a_year_are_no_choice() -> None:
    links = "<a href='?a=1'>{0} 2025/2026</a> <a href='?a=2'>{0} 2024/2025</a>"
    assert body(links.format("Année")).selectors
    assert not body(links.format("Supprimer")).selectors


def test_links_of_the_same_page_that_differ_in_a_year_or_semester_are_a_choice() -> None:
    content = body(
        "<a href='?annee=2025&vue=1' class=active>2025/2026</a> "
        "<a href='?annee=2024&vue=1'>2024/2025</a>"
        "<ul><li><a href='?s=1&vue=1'>الأسدس الأول</a>"
        "<li><a href='?s=2&vue=1'>الأسدس الثاني</a></ul>"
        "<a href='?p=1'>Maths</a><a href='?p=2'>Arabe</a>"
    )
    year, semester = content.selectors
    assert (year.name, year.role, year.fixed) == ("annee", "year", (("vue", "1"),))
    assert [(o.value, o.is_chosen) for o in year.options] == [("2025", True), ("2024", False)]
    assert (semester.name, semester.role) == ("s", "semester")


GRID = "<table><tr><th>A<th>B<tr><td>1<td>2</table>"
PAGES = "<ul class=pagination>{}</ul>"


@pytest.mark.parametrize(
    ("pager", "query"),
    [
        (PAGES.format("<li class=active>1<li><a href='?p=2'>2</a>"), "p=2"),
        (PAGES.format("<li><a class=active href='?p=1'>1</a><li><a href='?p=2'>2</a>"), "p=2"),
        (PAGES.format("<li><a href='?p=1'>1</a><li><span>2</span>"), None),
        ("<nav aria-label=pagination><a href='?p=3' rel=next>Suivant</a></nav>", "p=3"),
        ("<ul class=pager><li><a href='?p=2'>التالي</a></ul>", "p=2"),
        (PAGES.format("<li class=active>٢<li><a href='?g=3'>٣</a>"), "g=3"),
        (PAGES.format("<li class=disabled><a href='#'>Suivant</a>"), None),
    ],
)
def test_the_pager_tells_the_next_page_and_is_no_block(pager: str, query: str | None) -> None:
    content = body(GRID + pager)
    assert content.next_address == (f"{URL}?{query}" if query else None)
    assert [block.kind for block in content.blocks] == ["table"]


@pytest.mark.parametrize(
    "pager",
    [
        PAGES.format("<li class=active>1<li><a href='#' onclick='go(2)'>2</a>"),
        PAGES.format("<li class=active>1<li><button>2</button>"),
        PAGES.format("<li class=active>1<li><a href='/moutamadris/Autre?p=2'>2</a>"),
        PAGES.format("<li class=active>1<li><a href='https://example.org/?p=2'>2</a>"),
        PAGES.format("<li><a href='?p=1'>1</a><li><a href='?p=2'>2</a>"),
        "".join(PAGES.format(f"<li class=active>1<li><a href='?{n}=2'>2</a>") for n in "ab"),
    ],
)
def test_a_list_that_goes_on_in_a_way_not_followed_is_refused(pager: str) -> None:
    with pytest.raises(PageChanged):
        body(GRID + pager)


@pytest.mark.parametrize(
    "page",
    [
        "<div class=content-wrapper><section class=content>{}</section></div>",
        "<header>menu</header><main>{}</main><footer>menu</footer>",
        "<div role=main>{}</div><div>menu</div>",
        "<nav>menu</nav><div id=content>{}</div>",
        "<aside>menu</aside><div class=container>{}</div><div class='modal fade'>menu</div>",
        "<main></main><div class=page-content>{}</div>",
    ],
)
def test_the_layout_around_the_content_is_left_out(page: str) -> None:
    (block,) = read(f"<body>{page.format('<p>Texte</p>')}").blocks
    assert texts(block) == [["Texte"]]
