"""The view of the wishes of orientation."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.school_life import OrientationWish
from massar_cli.view import View
from massar_cli.views.flat import Shown, flat_view

_FIELDS = ("rank", "choice", "status", "date", "text")


def orientation_view(wishes: Sequence[OrientationWish], student: Student | None) -> View:
    """Return the wishes of orientation."""
    return flat_view(
        "massar.orientation/1",
        _("Orientation"),
        wishes,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Rank"), "rank", is_number=True),
            Shown(_("Choice"), "choice"),
            Shown(_("Status"), "status"),
            Shown(_("Date"), "date"),
            Shown(_("Remark"), "text", is_extra=True),
        ),
    )
