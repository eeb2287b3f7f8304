"""The view of the account's menu."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.portal_menu import MenuPage
from massar_cli.records import Student
from massar_cli.view import Column, Csv, Table, View
from massar_cli.views.values import student_element

_FIELDS = ("label", "address", "kind")


def pages_view(pages: Sequence[MenuPage], student: Student | None) -> View:
    """Return the pages of a menu, in its order."""
    rows = [(page.label, page.address, page.kind.value) for page in pages]
    return View(
        schema="massar.pages/1",
        elements=lambda: [
            {"student": student_element(student)} | dict(zip(_FIELDS, row, strict=True))
            for row in rows
        ],
        csv=lambda: Csv(_FIELDS, rows),
        tables=lambda: [
            Table(
                title=(_("Pages of the portal's menu"),),
                columns=(Column(_("Page")), Column(_("Kind")), Column(_("Address"))),
                rows=tuple((label, kind, address) for label, address, kind in rows),
            )
        ],
    )
