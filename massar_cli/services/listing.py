"""The list on a page of the account's menu: for which year and semester, and every page of it."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from massar_cli.errors import PageChanged
from massar_cli.language import plural
from massar_cli.language import translate as _
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.session import PortalSession
from massar_cli.portal.whose_page import named_students
from massar_cli.portal_menu import MenuPage
from massar_cli.reader import in_digits
from massar_cli.school_calendar import school_year_of
from massar_cli.services.finding import find_page, open_found
from massar_cli.services.merging import DayOf, in_their_order, without_repeated
from massar_cli.services.pager import with_next_pages
from massar_cli.services.periods import Period, chosen, notes_on_choices, period_names, period_of
from massar_cli.services.result import Result
from massar_cli.services.wanted import Days, Wanted

Record = TypeVar("Record")


def read_list(
    session: PortalSession,
    page_class: type[ListPage[Record]],
    wanted: Wanted,
    *,
    days: Sequence[DayOf[Record]] = (),
) -> Result[Record]:
    """Return the records of the page of the menu that is meant, as the page has them.

    `days` are those by which a page may have them in order, the usual one first: by these are put
    together the years and semesters that it shows one at a time. What the account's portal does not
    offer is an answer: no records, and a note that says so.
    """
    with session.section():
        found = find_page(session, page_class.shape.kind, wanted.page)
        if found.page is None:
            return Result(records=(), notes=found.notes)
        result = _read(session, page_class, found.page, wanted, days)
    return result._replace(notes=(*found.notes, *result.notes))


def read_lists(
    session: PortalSession,
    page_class: type[ListPage[Record]],
    wanted: Wanted,
    *,
    days: Sequence[DayOf[Record]],
) -> tuple[Result[Record], ...]:
    """Return the records of every page of the menu that is meant, each page apart.

    The first page must be a list of this kind; another one that is none is told of and left out.
    """
    with session.section():
        found = find_page(session, page_class.shape.kind, wanted.page)
        if found.page is None:
            return (Result(records=(), notes=found.notes),)
        results = [_read(session, page_class, found.page, wanted, days)]
        for other in found.others:
            try:
                results.append(_read(session, page_class, other, wanted, days))
            except PageChanged:
                note = _("The page {page} was not understood; it can be seen with massar page.")
                results.append(Result(records=(), notes=(note.format(page=other.label),)))
    return tuple(results)


def _read(
    session: PortalSession,
    page_class: type[ListPage[Record]],
    page: MenuPage,
    wanted: Wanted,
    days: Sequence[DayOf[Record]],
) -> Result[Record]:
    opened = open_found(session, page_class, page)
    notes = list(notes_on_choices(opened, wanted))
    lists: list[list[Record]] = []
    periods: list[Period | None] = []
    others = totals = 0
    for of_year in chosen(session, opened, "year", wanted.years):
        for shown in chosen(session, of_year, "semester", wanted.semesters):
            lists.append([])
            for one in with_next_pages(session, shown):
                _demand_own(session, one)
                lists[-1] += one.read()
                others = max(others, one.listing.others)
                totals += one.listing.totals
            periods.append(_period(shown, lists[-1], days))
    if others:
        # The portal's words are one argument of a command that may be copied, and no more.
        label = shlex.quote(page.label)
        notes.append(_("The page has more tables: massar page {page}").format(page=label))
    if totals:
        notes.append(
            plural(
                "{count} row of the page is a total, and is left out.",
                "{count} rows of the page are totals, and are left out.",
                totals,
                in_digits(str(totals)),
            )
        )
    if lists and not any(lists):
        notes.append(_("Nothing is recorded on the page {page}.").format(page=page.label))
    kept_lists = without_repeated(lists, days)
    if repeated := sum(map(len, lists)) - sum(map(len, kept_lists)):
        note = _("Rows that the page shows for several semesters or years, shown once: {count}")
        notes.append(note.format(count=in_digits(str(repeated))))
    return Result(
        records=in_their_order(kept_lists, days), notes=tuple(notes), period=period_names(periods)
    )


def _period(
    shown: ListPage[Record], records: Sequence[Record], days: Sequence[DayOf[Record]]
) -> Period | None:
    """Return the period that a page says it shows; None where a row of it is of another year."""
    period = period_of(shown)
    if period is None or period.year is None or not days:
        return period
    told = (days[0](record) for record in records)
    years = {school_year_of(day) for day in told if day is not None}
    return period if years <= {period.year} else None


def _demand_own(session: PortalSession, opened: ListPage[Record]) -> None:
    """Raise PageChanged for a page that names another student as the one it is about."""
    own = session.student.code if session.student else None
    if own is not None and named_students(opened.content) - {own}:
        raise opened.changed(_("it is about another student"))


def only_wanted(
    result: Result[Record], days_of: Callable[[Record], Days], wanted: Wanted
) -> Result[Record]:
    """Return the records of the wanted days; those without a date stay where no day is wanted."""
    return kept(
        result,
        lambda record: wanted.includes(days_of(record)),
        unknown=lambda record: wanted.has_period and days_of(record).first is None,
        untold=_("Rows without a date are not shown: {count}"),
    )


def kept(
    result: Result[Record],
    fits: Callable[[Record], bool],
    unknown: Callable[[Record], bool],
    untold: str,
) -> Result[Record]:
    """Return the records that fit; `untold` says how many are left out as they do not tell it."""
    records = tuple(record for record in result.records if fits(record))
    notes = list(result.notes)
    count = sum(unknown(record) and not fits(record) for record in result.records)
    if count:
        notes.append(untold.format(count=in_digits(str(count))))
    if result.records and not records:
        notes.append(_("Nothing on the page fits what was asked for."))
    return result._replace(records=records, notes=tuple(notes))


def joined_notes(results: Iterable[Result[Record]]) -> tuple[str, ...]:
    """Return the notes of several results, each once."""
    return tuple(dict.fromkeys(note for result in results for note in result.notes))
