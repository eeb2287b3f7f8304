"""Lists that no fixture shows, as they are long: many cards, and very many headings."""

from time import process_time

from massar_cli.portal.pages.absences import AbsencesPage
from massar_cli.portal.pages.homework import HomeworkPage

CARD = """<div class="panel"><div class="panel-heading"><h4><a data-toggle="collapse" href="#c{0}">
MATHEMATIQUES</a> <small>Pour le {0:02}/03/2027</small></h4></div><div id="c{0}">
<p><b>Travail :</b></p><blockquote><p>Lire : le texte</p><p>Apprendre {0}</p></blockquote>
<ul><li>un</li><li>deux</li></ul></div></div>"""


def test_every_card_of_a_long_accordion_is_read() -> None:
    """Read as many cards as a month has days: none loses what stands beside its title."""
    cards = "".join(CARD.format(day) for day in range(1, 32))
    page = HomeworkPage(
        f'<nav><a href="/Account/LogOff">x</a></nav><main><div role="tablist">{cards}</div></main>'
    )
    assert [
        (one.due.day if one.due else None, one.subject_id, one.text) for one in page.read()
    ] == [(day, "mathematics", f"Lire : le texte\nApprendre {day}") for day in range(1, 32)]


def test_thousands_of_equal_headings_are_told_apart_in_no_time() -> None:
    """Name each column of a row: four thousand took many seconds while each was looked for."""
    headings = "<th>Date" + "<th>D" * 4_000
    page = AbsencesPage(
        f'<nav><a href="/Account/LogOff">x</a></nav><main><table><tr>{headings}<tr><td>15/03/2027'
        "</table></main>"
    )
    started = process_time()
    (absence,) = page.read()
    assert process_time() - started < 2
    assert len(absence.raw) == 4_001
    assert list(absence.raw)[:3] == ["Date", "D", "D (2)"]
