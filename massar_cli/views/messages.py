"""The view of messages."""

from collections.abc import Sequence

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.school_life import Message
from massar_cli.view import View
from massar_cli.views.flat import Shown, flat_view

_FIELDS = ("date", "sender", "title", "text", "unread", "url", "attachments")


def messages_view(messages: Sequence[Message], student: Student | None) -> View:
    """Return messages."""
    return flat_view(
        "massar.messages/1",
        _("Messages"),
        messages,
        student,
        fields=_FIELDS,
        shown=(
            Shown(_("Date"), "date"),
            Shown(_("Unread"), "unread"),
            Shown(_("From"), "sender"),
            Shown(_("Title"), "title"),
            Shown(_("Message"), "text"),
            Shown(_("Files"), "attachments", is_extra=True),
        ),
    )
