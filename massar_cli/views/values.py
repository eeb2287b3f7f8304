"""Values of records as JSON has them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from massar_cli.records import Student
from massar_cli.view import Cell


def student_element(student: Student | None) -> dict[str, str | None] | None:
    """Return whose a record is, as every element tells."""
    return {"code": student.code, "name": student.name} if student else None


def json_number(value: Decimal | None) -> int | float | None:
    """Return a mark as the JSON number that has no needless zeros."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def json_values(values: Iterable[Cell]) -> list[Any]:
    """Return cells as JSON has them: numbers without needless zeros, text as it is."""
    return [json_number(value) if isinstance(value, Decimal) else value for value in values]
