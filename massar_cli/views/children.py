"""The view of an account's children."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import ListedChild
from massar_cli.view import Column, Csv, Table, View

_FIELDS = ("code", "name", "nickname")


def children_view(children: Sequence[ListedChild]) -> View:
    """Return the children, one a row."""
    rows = tuple(tuple(getattr(child, field) for field in _FIELDS) for child in children)
    return View(
        schema="massar.children/1",
        elements=lambda: [dict(zip(_FIELDS, row, strict=True)) for row in rows],
        csv=lambda: Csv(_FIELDS, rows),
        tables=lambda: [
            Table(
                title=(_("Children"),),
                columns=(Column(_("Massar code")), Column(_("Name")), Column(_("Nickname"))),
                rows=rows,
            )
        ],
    )
