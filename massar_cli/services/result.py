"""What a service answers with: records, and what a person should know about them."""

from typing import Generic, NamedTuple, TypeVar

from massar_cli.errors import MassarError

Record_co = TypeVar("Record_co", covariant=True)


class Result(NamedTuple, Generic[Record_co]):
    """Records, what a person should know about them, and what failed beside them.

    `advice` is of use to a person at a terminal alone. `period` names the years and semesters that
    were read, where the page says which they are.
    """

    records: tuple[Record_co, ...]
    notes: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    errors: tuple[MassarError, ...] = ()
