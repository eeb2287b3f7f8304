"""The view of documents."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.school_life import SchoolDocument
from massar_cli.view import View
from massar_cli.views.flat import Shown, flat_view

_FIELDS = ("title", "date", "attachments")


def documents_view(documents: Sequence[SchoolDocument], student: Student | None) -> View:
    """Return documents; their addresses are for programs alone, people have --download."""
    return flat_view(
        "massar.documents/1",
        _("Documents"),
        documents,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Document"), "title"),
            Shown(_("Date"), "date"),
        ),
    )
