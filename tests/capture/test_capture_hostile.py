"""What hides a word or a number from one reader of HTML or the other does not keep it."""

import html
import string
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from massar_cli.errors import PageChanged
from massar_cli.folding import fold
from massar_cli.scrubbing.attributes import may_be_a_name
from massar_cli.scrubbing.markup import scrub_page
from massar_cli.scrubbing.names import _names, is_personal
from massar_cli.scrubbing.stand_ins import is_made_up
from massar_cli.scrubbing.vocabulary import is_portal_text, is_portal_word
from tests.capture.planted import kept_in, structure

NAME, ARABIC, CODE, MARK = "Zoulikhane", "زبيرية", "K148820935", "18.37"
CONTEXTS = (
    "<p>{}</p>",
    "<p>x{}</p>",
    "<p>3{}</p>",
    "<title>{}</title>",
    "<textarea>{}</textarea>",
    "<noscript>{}</noscript>",
    "<template>{}</template>",
    "<xmp>{}</xmp>",
    "<plaintext>{}",
    "<script>var a = '{}';</script>",
    '<script type=\'application/json\'>{{"a": "{}"}}</script>',
    "<style>.a::before {{ content: '{}' }}</style>",
    "<!-- {} -->",
    "<!--[if IE]>{}<![endif]-->",
    "<!-- a --!> {} -->",
    "<![CDATA[{}]]>",
    "<svg><text>{}</text><![CDATA[{}]]></svg>",
    "<?php {} ?>",
    "<!DOCTYPE {}>",
    "<!{}>",
    "</{}>",
    "</td {}>",
    "<{}>x</{}>",
    "<p {}>x</p>",
    "<p {}='1'>x</p>",
    "<p title='{}'>x</p>",
    "<p title={} class=a>x</p>",
    '<p title="{}" title="{}">x</p>',
    '<p title="a" "{}">x</p>',
    '<p data-x=\'{{"a":"{}"}}\'>x</p>',
    "<p data-{}='1'>x</p>",
    "<p id='{0}'>{0}</p>",
    "<p class='row-{0}'>{0}</p>",
    "<p id='row_{0}_1'>{0}</p>",
    "<p onclick=\"show('{}')\">x</p>",
    "<p style=\"background: url('{}')\">x</p>",
    "<p style='--x: {}'>x</p>",
    "<input type='hidden' name='a' value='{}'>",
    "<input type='text' value='{}'>",
    "<input placeholder='{}'>",
    "<option value='{}'>{}</option>",
    "<img src='{}.png' alt='{}'>",
    "<img srcset='{} 2x'>",
    "<img src='data:text/plain,{}'>",
    "<a href='/moutamadris/Eleve/{}'>x</a>",
    "<a href='/moutamadris/Eleve?nom={}'>x</a>",
    "<a href='/moutamadris/Eleve?{}=1'>x</a>",
    "<a href='/x#{}'>x {}</a>",
    "<a href='mailto:{}@mail.ma'>x</a>",
    "<a href='javascript:f(\"{}\")'>x</a>",
    "<a href='https://{}.ma/'>x</a>",
    "<a href='//{}/a'>x</a>",
    "<form action='/Eleve/{}'></form>",
    "<base href='/{}/'>",
    "<meta name='author' content='{}'>",
    "<meta http-equiv='refresh' content='0; url=/{}'>",
    "<link rel='canonical' href='/{}'>",
    "<iframe srcdoc='{}'></iframe>",
    "<object data='{}'></object>",
    "<p>https://men.gov.ma/{}</p>",
    "<table><td>{}<tr><td>{}</table>",
    "<p>{}",
    "{}",
    "<p title='{}",
    '<p title="a>{}</p>',
    "< p>{}",
    "<p<b>{}</b>",
    "<a/{}/>x",
)
WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hex entities": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    "entities without ends": lambda text: "".join(f"&#{ord(c):07d}" for c in text),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "twice percent": lambda text: quote(quote(text)),
    "zero width": "\u200b".join,
    "soft hyphens": "&shy;".join,
    "right to left": lambda text: f"\u202e{text[::-1]}\u202c {text}",
    "joiners": "\u034f".join,
    "tatweel": "ـ".join,
    "capitals": lambda text: text.upper(),
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("planted", [NAME, ARABIC, CODE])
def test_nothing_hides_in_a_place_or_in_an_encoding(planted: str, written: str) -> None:
    for context in CONTEXTS:
        text = WRITTEN[written](planted)
        made = scrub_page(context.format(*[text] * 3)).html
        assert kept_in(made, (planted,)) == [], (context, made)


def test_digits_of_every_script_are_replaced_by_digits_of_the_same() -> None:
    for digits in ("١٧٫٨٣", "۱۷٫۸۳", "17,83", "１７.８３"):
        made = scrub_page(f"<td>{digits}</td>").html[4:-5]
        assert made != digits
        assert {ord(c) - int(c) for c in made if c.isdigit()} == {
            ord(c) - int(c) for c in digits if c.isdigit()
        }


@pytest.mark.parametrize(
    "page",
    [
        "<td>Zouli<b>khane</b></td>",
        "<td>Zou<b>l</b>i<i>kh</i>ane</td>",
        "<td>Zouli<!-- x -->khane</td>",
        "<td>La<b>mine</b>tte</td>",
        "<td>Z o u l i k h a n e</td>",
        "<td>Z.o.u.l.i.k.h.a.n.e</td>",
    ],
)
def test_the_pieces_of_a_name_are_replaced_too(page: str) -> None:
    shown = scrub_page(page).html
    words = "".join(c if c.isalpha() else " " for c in shown).split()
    assert all(is_made_up(word) or word in ("td", "b", "i") for word in words)


def test_a_word_of_the_portal_stays_though_tags_cut_it() -> None:
    page = "<td>Ab<b>sen</b>ces</td>"
    assert scrub_page(page).html == page


def test_a_page_of_the_portals_words_stays_byte_for_byte() -> None:
    page = "<!doctype html>\n<TABLE class = grid-table><tr ><th>Matière<td>\t&nbsp;المادة</TABLE>"
    made = scrub_page(page).html
    assert made == page.replace("</TABLE>", "</table>")


def test_the_same_has_the_same_stand_in_and_its_kind() -> None:
    page = "<td>Zoulikhane</td><td>ZOULIKHANE</td><td>زبيرية</td><td>18.37</td><td>18.37</td>"
    one, other, arabic, mark, again = scrub_page(page).html[4:-5].split("</td><td>")
    assert one.istitle()
    assert other == one.upper()
    assert 7 <= len(one) <= 10
    assert all("\u0600" < letter < "\u06ff" for letter in arabic)
    assert mark == again
    assert 10 <= float(mark) <= 20
    assert len(mark.partition(".")[2]) == 2


def test_another_run_has_other_stand_ins() -> None:
    page = "".join(f"<td>{NAME}{letter}</td>" for letter in string.ascii_lowercase)
    assert scrub_page(page).html != scrub_page(page).html


def test_dates_and_times_stay_what_they_are() -> None:
    from massar_cli.dates import to_day, to_days
    from massar_cli.school_calendar import school_year_of
    from massar_cli.times import to_times

    page = "<p>15/03/2027<p>lundi 15 mars 2027<p>du 15/03/2027 au 17/03/2027<p>08:30 - 10:30"
    one, worded, days, times = scrub_page(page).html.split("<p>")[1:]
    day = to_day(one)
    assert day is not None
    assert one != "15/03/2027"
    assert school_year_of(day) == 2026
    assert to_day(worded) == day
    assert to_days(days).first == day
    assert to_days(days).last is not None
    assert to_times(times).end is not None
    assert times != "08:30 - 10:30"


@given(
    token=st.text(string.ascii_letters, min_size=9, max_size=18).filter(
        lambda token: (
            not is_portal_word(token) and not is_made_up(token) and not may_be_a_name(fold(token))
        )
    ),
    context=st.sampled_from(CONTEXTS),
    written=st.sampled_from(sorted(WRITTEN)),
)
@example(token="Zoulikhane", context="<p {}>x</p>", written="plain")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_token_of_random_letters_survives(token: str, context: str, written: str) -> None:
    text = WRITTEN[written](token)
    made = scrub_page(context.format(*[text] * 3)).html
    assert token.lower() not in html.unescape(made).lower()


@given(st.text(alphabet="<>/=\"'&;!-[]?ab 1\n", max_size=120))
@settings(max_examples=200, deadline=None)
def test_no_markup_breaks_the_program(page: str) -> None:
    try:
        made = scrub_page(page).html
    except PageChanged:  # too odd to be taken apart
        return
    assert structure(made) is not None


def test_no_common_name_is_a_word_of_the_portal() -> None:
    assert [name for name in sorted(_names()) if is_portal_word(name)] == []
    assert [name for name in sorted(_names()) if is_portal_text(name)] == []
    for name in ("سلمى", "وسلمى", "نور", "أمل", "علي", "Salma", "NOUR", "حياة", "ربيع", "Rabia'"):
        assert not is_portal_word(name.strip("'"))


def test_reasons_are_no_words_of_the_portal() -> None:
    for word in ("طبية", "الطبية", "مرض", "المرض", "médical", "MALADIE", "maladies", "hôpital"):
        assert not is_portal_word(word)
        assert is_personal(word) or not is_portal_word(word)
