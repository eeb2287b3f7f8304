"""Totals of absences: how many, and how many hours, as far as the school tells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from massar_cli.school_life import Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many absences there are, and their hours.

    `hours` is the sum of those that are told, None where none is; `without_hours` counts the
    others.
    """

    count: int
    hours: Decimal | None
    without_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTotal:
    """The totals of one subject, one month, or everything (`name` is None).

    `unjustified` are those that the school calls so; where it says nothing, they are not counted.
    """

    name: str | None
    all: Total
    unjustified: Total


def by_subject(absences: Iterable[Absence]) -> tuple[AbsenceTotal, ...]:
    """Return the totals of each subject, in the order of the page; one for those without."""
    return _grouped(absences, lambda one: one.subject)


def by_month(absences: Iterable[Absence]) -> tuple[AbsenceTotal, ...]:
    """Return the totals of each month (`2027-03`), the first one first; one for those undated."""
    totals = _grouped(absences, lambda one: f"{one.date:%Y-%m}" if one.date else None)
    return tuple(sorted(totals, key=lambda total: (total.name is None, total.name or "")))


def of_all(absences: Iterable[Absence]) -> AbsenceTotal:
    """Return the totals of everything."""
    return _total(None, list(absences))


def _grouped(
    absences: Iterable[Absence], name_of: Callable[[Absence], str | None]
) -> tuple[AbsenceTotal, ...]:
    groups: dict[str | None, list[Absence]] = {}
    for absence in absences:
        groups.setdefault(name_of(absence), []).append(absence)
    return tuple(_total(name, group) for name, group in groups.items())


def _total(name: str | None, absences: Sequence[Absence]) -> AbsenceTotal:
    return AbsenceTotal(
        name=name,
        all=_counted(absences),
        unjustified=_counted([one for one in absences if one.justified is False]),
    )


def _counted(absences: Sequence[Absence]) -> Total:
    told = [one.hours for one in absences if one.hours is not None]
    return Total(
        count=len(absences),
        hours=sum(told, Decimal(0)) if told else None,
        without_hours=len(absences) - len(told),
    )
