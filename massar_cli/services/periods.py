"""The years and semesters of a page: which of its choices are followed, and which it shows."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar

from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.selectors import first_year, semester_number
from massar_cli.portal.session import PortalSession
from massar_cli.portal_pages import Content, Option, Selector
from massar_cli.school_calendar import school_year_of, semester_name, year_label
from massar_cli.services.wanted import Fits, Wanted

Record = TypeVar("Record")
Role = Literal["year", "semester"]
_BOTH = {1, 2}
_MOST_NAMED = 2
"""More school years on end are named by the first and the last."""


_MOST_CHOICES = 30


class Period(NamedTuple):
    """A school year and a semester of it; None is whatever the page does not divide by."""

    year: int | None
    semester: int | None


def chosen(
    session: PortalSession, opened: ListPage[Record], role: Role, fits: Fits | None
) -> Iterator[ListPage[Record]]:
    """Yield the page as it is for each value that fits and its own choice offers.

    The page as it is stands for all of them where it has no such choice.
    """
    selector = _selector(opened, role)
    if selector is None or fits is None:
        yield opened
        return
    fitting = {
        option.value: None
        for option in selector.options
        if (number := _number(selector, option, role)) is not None and fits(number)
    }
    if len(fitting) > _MOST_CHOICES:
        raise opened.changed(_("it offers more years than anybody is at school"))
    for value in fitting:
        query = dict(selector.fixed) | {selector.name: value}
        yield session.open(type(opened), address=selector.address, query=query)


def period_of(opened: ListPage[object]) -> Period | None:
    """Return what a page says that it shows; None where it does not say it, or not all of it."""
    year, semester = _selector(opened, "year"), _selector(opened, "semester")
    period = Period(
        _shown_number(year, "year") if year else None,
        _shown_number(semester, "semester") if semester else None,
    )
    divides = semester or "semester" in opened.content.locked_selectors
    if (year and period.year is None) or (divides and period.semester is None):
        return None
    return period


def period_names(periods: Iterable[Period | None]) -> tuple[str, ...]:
    """Return how a table's title names what was read; nothing where a page did not say it.

    >>> period_names([Period(2026, 2)]), period_names([Period(2026, 1), Period(2026, 2)])
    (('Semester 2, 2026/2027',), ('2026/2027',))
    >>> period_names([Period(2026, 1), None]), period_names([Period(None, 2)])
    ((), ('Semester 2',))
    >>> period_names([Period(2025, None), Period(2026, None), Period(2024, None)])
    ('2024/2025 – 2026/2027',)
    """
    semesters: dict[int | None, set[int | None]] = {}
    for period in periods:
        if period is None:
            return ()
        semesters.setdefault(period.year, set()).add(period.semester)
    if None in semesters:
        (*others, last) = semesters[None]
        return () if len(semesters) > 1 or others or last is None else (semester_name(last),)
    years = sorted(year for year in semesters if year is not None)
    are_whole = all(None in semesters[year] or semesters[year] == _BOTH for year in years)
    if len(years) > _MOST_NAMED and are_whole and all(b == a + 1 for a, b in pairwise(years)):
        return (f"{year_label(years[0])} – {year_label(years[-1])}",)
    return tuple(name for year in years for name in _names(year, semesters[year]))


def _names(year: int, semesters: set[int | None]) -> Iterator[str]:
    if None in semesters or semesters == _BOTH:
        yield year_label(year)
        return
    for semester in semesters:
        yield _("{semester}, {year}").format(
            semester=semester_name(semester or 0), year=year_label(year)
        )


def notes_on_choices(opened: ListPage[object], wanted: Wanted) -> Iterator[str]:
    """Tell of the years and semesters that are not asked for, or cannot be."""
    year, semester = _selector(opened, "year"), _selector(opened, "semester")
    if wanted.years is None and year and len(_numbers(year, "year")) > 1:
        yield _("The page has other school years too: give --year.")
    is_open = wanted.years is None and wanted.semesters is None
    if is_open and semester and len(_numbers(semester, "semester")) > 1:
        yield _("The page has another semester too: give --semester.")
    if year:
        yield from _notes_on_years(_numbers(year, "year"), wanted)
    yield from notes_on_locked(opened.content, of_years=wanted.years is not None)


def notes_on_locked(content: Content, *, of_years: bool = True) -> Iterator[str]:
    """Tell of the choices of a page that cannot be followed."""
    if "year" in content.locked_selectors and of_years:
        yield _("The page has other school years that massar cannot ask for.")
    if "semester" in content.locked_selectors:
        yield _("The page has other semesters that massar cannot ask for.")


def _notes_on_years(offered: set[int], wanted: Wanted) -> Iterator[str]:
    if isinstance(wanted.year, int):
        if wanted.year not in offered:
            yield _("The page does not offer the school year that was asked for.")
    elif wanted.year is None and wanted.has_days:
        first = school_year_of(wanted.since) if wanted.since else min(offered)
        last = school_year_of(wanted.until) if wanted.until else max(offered)
        if not offered.issuperset(range(first, last + 1)):
            yield _(
                "The page does not offer every school year that was asked for; it has: {years}"
            ).format(years=listed(map(year_label, sorted(offered))))


def _selector(opened: ListPage[object], role: Role) -> Selector | None:
    return next((one for one in opened.content.selectors if one.role == role), None)


def _shown_number(selector: Selector, role: Role) -> int | None:
    """Return what a choice says that the page shows; None where only a browser would say it."""
    marked = [one for one in selector.options if one.is_chosen] if selector.is_marked else []
    return _number(selector, marked[0], role) if len(marked) == 1 else None


def _number(selector: Selector, option: Option, role: Role) -> int | None:
    if role == "year":
        return first_year(option.text)
    return semester_number(option.text, selector.name)


def _numbers(selector: Selector, role: Role) -> set[int]:
    numbers = (_number(selector, option, role) for option in selector.options)
    return {number for number in numbers if number is not None}
