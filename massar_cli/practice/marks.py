"""Report cards, built from compact tables of test marks: the sums are done here, and are true.

A table's line gives a subject, its marks as five words (four tests, then activities), its
coefficient and its exam mark. A dot is no mark, `abs` an absence, `exm` an exemption.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from zlib import crc32

from massar_cli.practice.cards import Line, Mark, ReportCard, Special, SubjectMarks
from massar_cli.practice.names import UNIT_AVERAGE, Bilingual

_WORDS: dict[str, Mark] = {".": None, "abs": Special.ABSENT, "exm": Special.EXEMPT}
_BLANK = ". . . . ."
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Source:
    """One subject of a compact table; primary subjects may have several parts."""

    subject: Bilingual
    parts: tuple[tuple[Bilingual | None, str], ...]
    coefficient: int
    exam: str = "."


def alone(subject: Bilingual, marks: str, coefficient: int, exam: str = ".") -> Source:
    """Note a subject without components, as in secondary school."""
    return Source(subject, ((None, marks),), coefficient, exam)


def unit(
    subject: Bilingual,
    coefficient: int,
    exam: str,
    *parts: tuple[Bilingual, str],
) -> Source:
    """Note a primary subject with its components."""
    return Source(subject, parts, coefficient, exam)


def publish(table: Iterable[Source], scale: int, seed: str, *, released: bool = True) -> ReportCard:
    """Fill a report card from a table; before its release the tests are all it shows."""
    subjects = tuple(_subject(source, scale, seed, released=released) for source in table)
    return ReportCard(
        subjects=subjects,
        session_average=_average(subjects, "continuous") if released else None,
        exam_average=_average(subjects, "exam") if released else None,
        components=any(line.component for entry in subjects for line in entry.lines),
    )


def before_validation(table: Iterable[Source]) -> ReportCard:
    """Every subject named, not one mark."""
    blank = (
        replace(source, parts=tuple((name, _BLANK) for name, _ in source.parts), exam=".")
        for source in table
    )
    return publish(blank, 20, "", released=False)


def whole_year(first: ReportCard, second: ReportCard, scale: int, seed: str) -> ReportCard:
    """Fill the annual card with the means of two semesters."""
    others = {entry.subject: entry.lines[-1] for entry in second.subjects}
    subjects = []
    for entry in first.subjects:
        one, two = entry.lines[-1], others[entry.subject]
        mark = _between(one.continuous, two.continuous)
        line = replace(
            _statistics(one, mark, scale, f"{seed}:{entry.subject.fr}"),
            continuous=mark,
            exam=_between(one.exam, two.exam),
        )
        subjects.append(SubjectMarks(entry.subject, (line,)))
    average = _between(first.session_average, second.session_average)
    return ReportCard(
        subjects=tuple(subjects),
        session_average=average if isinstance(average, Decimal) else None,
        exam_average=_average(subjects, "exam"),
        annual=True,
        components=first.components,
    )


def vary(table: Iterable[Source], seed: str, scale: int) -> tuple[Source, ...]:
    """Another semester of the same pupil: every mark moved a little, always in the same way."""

    def moved(word: str, place: str) -> str:
        mark = _WORDS[word] if word in _WORDS else _number(word)
        if not isinstance(mark, Decimal):
            return word
        step = Decimal(crc32(f"{seed}:{place}".encode()) % 9 - 4) * Decimal(scale) / 80
        return str(min(Decimal(scale), max(Decimal(1), mark + step)))

    def line(source: Source) -> Source:
        parts = tuple(
            (
                name,
                " ".join(
                    moved(word, f"{source.subject.fr}:{name and name.fr}:{place}")
                    for place, word in enumerate(marks.split())
                ),
            )
            for name, marks in source.parts
        )
        return replace(source, parts=parts, exam=moved(source.exam, f"{source.subject.fr}:exam"))

    return tuple(line(source) for source in table)


def _subject(source: Source, scale: int, seed: str, *, released: bool) -> SubjectMarks:
    lines = [_line(component, marks) for component, marks in source.parts]
    if len(lines) > 1:
        lines.append(_unit_line(lines))
    if released:
        last = lines[-1]
        lines[-1] = replace(
            _statistics(last, last.continuous, scale, f"{seed}:{source.subject.fr}"),
            coefficient=source.coefficient,
            exam=_mark(source.exam),
        )
    else:
        lines = [replace(line, continuous=None) for line in lines]
    return SubjectMarks(source.subject, tuple(lines))


def _line(component: Bilingual | None, marks: str) -> Line:
    test1, test2, test3, test4, activities = (_mark(word) for word in marks.split())
    return Line(
        component=component,
        test1=test1,
        test2=test2,
        test3=test3,
        test4=test4,
        activities=activities,
        continuous=_continuous((test1, test2, test3, test4), activities),
    )


def _unit_line(parts: list[Line]) -> Line:
    return Line(
        component=UNIT_AVERAGE,
        test1=_mean([part.test1 for part in parts]),
        test2=_mean([part.test2 for part in parts]),
        test3=_mean([part.test3 for part in parts]),
        test4=_mean([part.test4 for part in parts]),
        activities=_mean([part.activities for part in parts]),
        continuous=_mean([part.continuous for part in parts]),
    )


def _continuous(tests: tuple[Mark, ...], activities: Mark) -> Mark:
    """Weigh a subject's marks: three quarters tests, one quarter activities where there are any."""
    if Special.EXEMPT in tests:
        return Special.EXEMPT
    numbers = [mark for mark in tests if isinstance(mark, Decimal)]
    if not numbers:
        return None
    mean = sum(numbers, Decimal()) / len(numbers)
    if isinstance(activities, Decimal):
        mean = mean * Decimal("0.75") + activities * Decimal("0.25")
    return _round(mean)


def _statistics(line: Line, mark: Mark, scale: int, seed: str) -> Line:
    """Class figures around a mark, made up but the same in every run."""
    own = mark if isinstance(mark, Decimal) else Decimal(scale) / 2
    dice = crc32(seed.encode())
    highest = _round(own + (scale - own) * (dice % 90) / 100)
    lowest = _round(own * (20 + dice // 100 % 60) / 100)
    mean = _round(lowest + (highest - lowest) * (40 + dice // 10000 % 25) / 100)
    return replace(line, highest=highest, mean=mean, lowest=lowest)


def _average(subjects: Iterable[SubjectMarks], column: str) -> Decimal | None:
    total, weights = Decimal(), 0
    for entry in subjects:
        for line in entry.lines:
            mark = getattr(line, column)
            if isinstance(mark, Decimal) and line.coefficient is not None:
                total += mark * line.coefficient
                weights += line.coefficient
    return _round(total / weights) if weights else None


def _between(one: Mark, two: Mark) -> Mark:
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return _round((one + two) / 2)
    return one if isinstance(one, Decimal) else two


def _mean(marks: list[Mark]) -> Decimal | None:
    numbers = [mark for mark in marks if isinstance(mark, Decimal)]
    return _round(sum(numbers, Decimal()) / len(numbers)) if numbers else None


def _mark(word: str) -> Mark:
    return _WORDS[word] if word in _WORDS else _number(word)


def _number(word: str) -> Decimal:
    return Decimal(word)


def _round(number: Decimal) -> Decimal:
    return number.quantize(_CENT, ROUND_HALF_UP)
