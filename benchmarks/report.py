"""Comparisons with their targets, as one aligned table, a Markdown table or JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

_HEADINGS = (
    *("what", "against", "unit", "min", "median", "other min", "other median"),
    *("ratio", "of medians", "target", ""),
)
_TEXT_COLUMNS = (0, 1, 2, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Ours beside something else.

    The ratio is ours to the other, or with `is_speed_up` the other to ours. Without another, the
    largest value of ours itself is held against the target. No target: for information.
    """

    what: str
    unit: str
    ours: Sequence[float]
    against: str = ""
    other: Sequence[float] = ()
    target: float | None = None
    is_speed_up: bool = False

    def ratio(self, pick: Any = min) -> float | None:
        """Return the ratio of the fastest runs, or of what `pick` takes; None without another."""
        if not self.other:
            return None
        ours, other = pick(self.ours), pick(self.other)
        return float(other / ours if self.is_speed_up else ours / other)

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met by the ratio of the fastest runs; None without a target."""
        if self.target is None:
            return None
        ratio = self.ratio()
        value = max(self.ours) if ratio is None else ratio
        return value >= self.target if self.is_speed_up else value <= self.target

    def cells(self) -> list[str]:
        """Return the comparison as a row of texts."""
        met = self.is_met
        sign = ">=" if self.is_speed_up else "<="
        return [
            *(self.what, self.against, self.unit),
            *(_number(pick(self.ours)) for pick in (min, median)),
            *(_number(pick(self.other)) if self.other else "" for pick in (min, median)),
            *("" if r is None else f"{r:.2f}" for r in (self.ratio(), self.ratio(median))),
            "" if self.target is None else f"{sign} {self.target:g}",
            "" if met is None else "ok" if met else "MISS",
        ]

    def as_json(self) -> dict[str, Any]:
        """Return every value, for a later look."""
        return {
            "what": self.what,
            "against": self.against or None,
            "unit": self.unit,
            "ours": list(self.ours),
            "other": list(self.other) or None,
            "ratio_of_minima": self.ratio(),
            "ratio_of_medians": self.ratio(median),
            "is_speed_up": self.is_speed_up,
            "target": self.target,
            "is_met": self.is_met,
        }


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def plain_table(comparisons: Sequence[Comparison]) -> str:
    """Return an aligned table."""
    rows = [list(_HEADINGS), *(comparison.cells() for comparison in comparisons)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.ljust(width) if i in _TEXT_COLUMNS else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def markdown_table(comparisons: Sequence[Comparison]) -> str:
    """Return a Markdown table."""
    rule = ["---" if i in _TEXT_COLUMNS else "--:" for i in range(len(_HEADINGS))]
    rows = [list(_HEADINGS), rule, *(comparison.cells() for comparison in comparisons)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
