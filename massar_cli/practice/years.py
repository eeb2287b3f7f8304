"""The school years of the made-up students: which semester shows what.

Sessions are numbered as the portal does: 1 and 2 are semesters, 3 is the whole year. A session
without a card is one for which the portal shows no table at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from massar_cli.practice import names, tables
from massar_cli.practice.cards import ReportCard
from massar_cli.practice.marks import before_validation, publish, vary, whole_year
from massar_cli.practice.names import Bilingual
from massar_cli.practice.tables import Table

OUT_OF_SECONDARY = 20
OUT_OF_PRIMARY = 10


@dataclass(frozen=True, slots=True)
class StudyYear:
    """One school year of one student, named by its first calendar year."""

    year: int
    school: Bilingual
    level: Bilingual
    class_name: str
    class_size: int
    cards: Mapping[int, ReportCard]


def lycee_years(seed: str) -> dict[int, StudyYear]:
    """Give the last year of lower secondary, then three years of upper secondary."""
    common_core = publish(tables.COMMON_CORE, OUT_OF_SECONDARY, f"{seed}:2024:1")
    begun = publish(tables.COMMON_CORE_BEGUN, OUT_OF_SECONDARY, "", released=False)
    last = {
        1: publish(tables.SECOND_BAC, OUT_OF_SECONDARY, f"{seed}:2026:1"),
        2: before_validation(tables.SECOND_BAC),
        3: _headings_only(annual=True),
    }
    return _by_year(
        StudyYear(
            2023,
            names.COLLEGE,
            names.LEVEL_COLLEGE[3],
            "3APIC-2",
            36,
            _full(tables.THIRD_COLLEGE, OUT_OF_SECONDARY, f"{seed}:2023"),
        ),
        StudyYear(2024, names.LYCEE, names.LEVEL_TC, "TCSF-3", 41, {1: common_core, 2: begun}),
        StudyYear(
            2025,
            names.LYCEE,
            names.LEVEL_1BAC,
            "1BACSEF-1",
            38,
            _full(tables.FIRST_BAC, OUT_OF_SECONDARY, f"{seed}:2025"),
        ),
        StudyYear(2026, names.LYCEE, names.LEVEL_2BAC, "2BACSPF-1", 34, last),
    )


def college_years(seed: str) -> dict[int, StudyYear]:
    """Give three years of lower secondary after one of primary of which nothing is shown."""
    table = tables.THIRD_COLLEGE
    last = {
        1: publish(vary(table, f"{seed}:2026", OUT_OF_SECONDARY), OUT_OF_SECONDARY, f"{seed}:1"),
        2: publish(tables.THIRD_COLLEGE_BEGUN, OUT_OF_SECONDARY, "", released=False),
    }
    without_exam = _without_exam(table)
    return _by_year(
        StudyYear(2023, names.PRIMARY, names.LEVEL_PRIMARY[6], "6AP-2", 30, {}),
        *(
            StudyYear(
                year,
                names.COLLEGE,
                names.LEVEL_COLLEGE[grade],
                f"{grade}APIC-1",
                35,
                _full(
                    vary(without_exam, f"{seed}:{year}", OUT_OF_SECONDARY),
                    OUT_OF_SECONDARY,
                    f"{seed}:{year}",
                ),
            )
            for year, grade in ((2024, 1), (2025, 2))
        ),
        StudyYear(2026, names.COLLEGE, names.LEVEL_COLLEGE[3], "3APIC-1", 35, last),
    )


def primary_years(seed: str) -> dict[int, StudyYear]:
    """Give four years of primary school, of which nothing is shown of the first."""
    table = tables.SIXTH_PRIMARY
    last = {
        1: publish(table, OUT_OF_PRIMARY, f"{seed}:2026:1"),
        2: _headings_only(components=True),
    }
    without_exam = _without_exam(table)
    return _by_year(
        StudyYear(2023, names.PRIMARY, names.LEVEL_PRIMARY[3], "3AP-1", 29, {}),
        *(
            StudyYear(
                year,
                names.PRIMARY,
                names.LEVEL_PRIMARY[grade],
                f"{grade}AP-1",
                28,
                _full(
                    vary(without_exam, f"{seed}:{year}", OUT_OF_PRIMARY),
                    OUT_OF_PRIMARY,
                    f"{seed}:{year}",
                ),
            )
            for year, grade in ((2024, 4), (2025, 5))
        ),
        StudyYear(2026, names.PRIMARY, names.LEVEL_PRIMARY[6], "6AP-1", 28, last),
    )


def unpublished_years() -> dict[int, StudyYear]:
    """Give a newcomer's only year, of which nothing was published."""
    return _by_year(StudyYear(2026, names.LYCEE, names.LEVEL_TC, "TCSF-1", 40, {}))


def _full(table: Table, scale: int, seed: str) -> dict[int, ReportCard]:
    first = publish(table, scale, f"{seed}:1")
    second = publish(vary(_without_exam(table), f"{seed}:2", scale), scale, f"{seed}:2")
    return {1: first, 2: second, 3: whole_year(first, second, scale, f"{seed}:3")}


def _without_exam(table: Table) -> Table:
    """Local exams are held in January, at the end of the first semester of the last year only."""
    return tuple(replace(source, exam=".") for source in table)


def _headings_only(*, annual: bool = False, components: bool = False) -> ReportCard:
    """Tables with headings and no rows."""
    return ReportCard(annual=annual, components=components)


def _by_year(*years: StudyYear) -> dict[int, StudyYear]:
    return {entry.year: entry for entry in years}
