"""The list on a page of the account's menu: for which year and semester, and every page of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from massar_cli.errors import PageChanged
from massar_cli.language import translate as _
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.selectors import first_year, semester_number
from massar_cli.portal.session import PortalSession
from massar_cli.portal_pages import MenuPage, Option, Selector
from massar_cli.school_calendar import SemesterEnd, school_year_of, semester_of
from massar_cli.services.finding import Found, find_page, open_found
from massar_cli.services.pager import with_next_pages
from massar_cli.services.result import Result

Record = TypeVar("Record")
Half = Literal[1, 2]
Role = Literal["year", "semester"]
ALL: Literal["all"] = "all"
_BOTH: tuple[Half, ...] = (1, 2)


class Days(NamedTuple):
    """The days that a record is about; `last` is that of one that lasts longer than a day."""

    first: date | None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a list is asked for; None is whatever there is. Years are their first calendar years.

    `page` is a label or an address, for a menu with several pages that may be meant.
    """

    page: str | None = None
    year: int | Literal["all"] | None = None
    semester: Half | None = None
    since: date | None = None
    until: date | None = None
    semester_end: SemesterEnd = field(default_factory=SemesterEnd)

    @property
    def has_period(self) -> bool:
        """Whether rows without a date cannot be told to be asked for."""
        return self.year not in (None, ALL) or any(
            one is not None for one in (self.semester, self.since, self.until)
        )

    def includes(self, days: Days) -> bool:
        """Whether some of the days are asked for."""
        first, last = days.first, days.last or days.first
        if first is None or last is None:
            return not self.has_period
        return (
            (self.year in (None, ALL) or school_year_of(first) == self.year)
            and (self.semester is None or semester_of(first, self.semester_end) == self.semester)
            and (self.since is None or last >= self.since)
            and (self.until is None or first <= self.until)
        )


def read_list(
    session: PortalSession,
    page_class: type[ListPage[Record]],
    wanted: Wanted,
    found: Found | None = None,
) -> Result[Record]:
    """Return the records of the page of the menu that is meant, as the page has them.

    What the account's portal does not offer is an answer: no records, and a note that says so.
    """
    kind = page_class.shape.kind
    with session.section():
        found = found or find_page(session, kind, wanted.page)
        if found.page is None:
            return Result(records=(), notes=found.notes)
        result = _read(session, page_class, found.page, wanted)
    return replace(result, notes=(*found.notes, *result.notes))


def read_lists(
    session: PortalSession, page_class: type[ListPage[Record]], wanted: Wanted
) -> tuple[Result[Record], ...]:
    """Return the records of every page of the menu that is meant, each page apart.

    The first page must be a list of this kind; another one that is none is told of and left out.
    """
    with session.section():
        found = find_page(session, page_class.shape.kind, wanted.page)
        if found.page is None:
            return (Result(records=(), notes=found.notes),)
        results = [_read(session, page_class, found.page, wanted)]
        for other in found.others:
            try:
                results.append(_read(session, page_class, other, wanted))
            except PageChanged:
                note = _("The page {page} was not understood; it can be seen with massar page.")
                results.append(Result(records=(), notes=(note.format(page=other.label),)))
    return tuple(results)


def _read(
    session: PortalSession, page_class: type[ListPage[Record]], page: MenuPage, wanted: Wanted
) -> Result[Record]:
    opened = open_found(session, page_class, page)
    notes = list(_notes_on_choices(opened, wanted))
    years = None if wanted.year is None else ALL if wanted.year == ALL else (wanted.year,)
    halves: Sequence[int] | None = None
    if wanted.semester is not None:
        halves = (wanted.semester,)
    elif wanted.year is not None:
        halves = _BOTH
    records: list[Record] = []
    others = shown_pages = 0
    for of_year in _chosen(session, opened, "year", years):
        for shown in _chosen(session, of_year, "semester", halves):
            for one in with_next_pages(session, shown):
                records += one.read()
                shown_pages += 1
                others = max(others, one.listing.others)
    if others:
        notes.append(_("The page has more tables: massar page {page}").format(page=page.label))
    if shown_pages and not records:
        notes.append(_("Nothing is recorded on the page {page}.").format(page=page.label))
    return Result(records=tuple(records), notes=tuple(notes))


def _chosen(
    session: PortalSession,
    opened: ListPage[Record],
    role: Role,
    wanted: Sequence[int] | Literal["all"] | None,
) -> Iterator[ListPage[Record]]:
    """Yield the page as it is for each wanted value that its own choice offers.

    The page as it is stands for all of them where it has no such choice.
    """
    selector = _selector(opened, role)
    if selector is None or wanted is None:
        yield opened
        return
    for option in selector.options:
        number = _number(selector, option, role)
        if number is not None and (wanted == ALL or number in wanted):
            query = dict(selector.fixed) | {selector.name: option.value}
            yield session.open(type(opened), address=selector.address, query=query)


def _selector(opened: ListPage[object], role: Role) -> Selector | None:
    return next((one for one in opened.content.selectors if one.role == role), None)


def _number(selector: Selector, option: Option, role: Role) -> int | None:
    if role == "year":
        return first_year(option.text)
    return semester_number(option.text, selector.name)


def _notes_on_choices(opened: ListPage[object], wanted: Wanted) -> Iterator[str]:
    """Tell of the years and semesters that are not asked for, or cannot be."""
    year, semester = _selector(opened, "year"), _selector(opened, "semester")
    if wanted.year is None and year and _offers_more(year, "year"):
        yield _("The page has other school years too: give --year.")
    is_open = wanted.year is None and wanted.semester is None
    if is_open and semester and _offers_more(semester, "semester"):
        yield _("The page has another semester too: give --semester.")
    if year and isinstance(wanted.year, int) and wanted.year not in _numbers(year, "year"):
        yield _("The page does not offer the school year that was asked for.")
    locked = opened.content.locked_selectors
    if "year" in locked:
        yield _("The page has other school years that massar cannot ask for.")
    if "semester" in locked:
        yield _("The page has other semesters that massar cannot ask for.")


def _offers_more(selector: Selector, role: Role) -> bool:
    return len(_numbers(selector, role)) > 1


def _numbers(selector: Selector, role: Role) -> set[int]:
    numbers = (_number(selector, option, role) for option in selector.options)
    return {number for number in numbers if number is not None}


def only_wanted(
    result: Result[Record], days_of: Callable[[Record], Days], wanted: Wanted
) -> Result[Record]:
    """Return the records of the wanted days; those without a date stay where no day is wanted."""
    return kept(
        result,
        lambda record: wanted.includes(days_of(record)),
        unknown=lambda record: wanted.has_period and days_of(record).first is None,
    )


def kept(
    result: Result[Record],
    fits: Callable[[Record], bool],
    unknown: Callable[[Record], bool],
) -> Result[Record]:
    """Return the records that fit; how many are left out because it cannot be told is said."""
    records = tuple(record for record in result.records if fits(record))
    notes = list(result.notes)
    untold = sum(unknown(record) and not fits(record) for record in result.records)
    if untold:
        notes.append(
            _("Rows left out because they do not say it clearly: {count}").format(count=untold)
        )
    if result.records and not records:
        notes.append(_("Nothing on the page fits what was asked for."))
    return replace(result, records=records, notes=tuple(notes))


def joined_notes(results: Iterable[Result[Record]]) -> tuple[str, ...]:
    """Return the notes of several results, each once."""
    return tuple(dict.fromkeys(note for result in results for note in result.notes))
