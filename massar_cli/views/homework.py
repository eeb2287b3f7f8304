"""The view of homework."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.school_life import HomeworkItem
from massar_cli.view import View
from massar_cli.views.flat import Shown, flat_view
from massar_cli.views.names import subject_text

_FIELDS = ("published", "due", "subject", "subject_id", "text", "attachments")


def homework_view(items: Sequence[HomeworkItem], student: Student | None) -> View:
    """Return homework."""
    return flat_view(
        "massar.homework/1",
        _("Homework"),
        items,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Due"), "due"),
            Shown(_("Subject"), subject_text),
            Shown(_("Work"), "text"),
            Shown(_("Files"), "attachments"),
            Shown(_("Given"), "published", is_extra=True),
        ),
    )
