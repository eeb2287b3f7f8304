"""Messages and announcements of the school, and which of them were not read yet."""

import re
from collections.abc import Iterable
from dataclasses import replace

from massar_cli.answers import to_answer, to_unread
from massar_cli.dates import to_day
from massar_cli.portal.followable import only_shows
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listing import ListedRow, Shape
from massar_cli.portal.listing_headings import MESSAGES
from massar_cli.portal_menu import PageKind
from massar_cli.school_life import Message

_UNREAD_MARK = re.compile(r"(?:^|-)(?:unread|non-?lue?s?|not-?read|unseen)(?:$|-)", re.IGNORECASE)
_READ_MARK = re.compile(r"^(?:is-)?(?:read|lue?|seen)$", re.IGNORECASE)
_OPEN_ENVELOPE = re.compile(
    r"envelope-open|envelope-o-open|mail-open|mailopen|drafts", re.IGNORECASE
)
_ENVELOPE = re.compile(r"envelope|(?:^|-)mail(?:$|-)", re.IGNORECASE)


class MessagesPage(ListPage[Message]):
    """The account's messages; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.MESSAGES,
        headings=MESSAGES,
        required=(("title", "text"), ("title", "sender", "date")),
        tellers={"state": to_unread},
        values={"date": to_day},
        captions={"title": str},
        unlabelled="text",
    )

    def records(self, rows: tuple[ListedRow, ...]) -> tuple[Message, ...]:
        """Return the messages; where words do not tell which are unread, marks may."""
        messages = tuple(map(self.record, rows))
        if any(message.unread is not None for message in messages):
            return messages
        marked = _unread_by_marks([row.marks for row in rows])
        return tuple(
            replace(message, unread=is_unread)
            for message, is_unread in zip(messages, marked, strict=True)
        )

    def record(self, row: ListedRow) -> Message:
        """Return a message, unread as far as words tell."""
        attachments = self.attachments(row)
        files = {one.url for one in attachments}
        links = [
            link.address
            for name in ("title", "sender", "text", "date")
            if name in row.cells
            for link in row.cells[name].links
        ]
        return Message(
            date=row.value(to_day, "date"),
            sender=row.text("sender"),
            title=row.text("title"),
            text=row.lines("text"),
            unread=_unread_by_words(row),
            url=next((one for one in links if one not in files and only_shows(one)), None),
            attachments=attachments,
            raw=row.raw,
        )


def _unread_by_words(row: ListedRow) -> bool | None:
    told = row.value(to_unread, "read", "unread", "state", "nature")
    if told is not None:
        return told
    is_read = row.value(to_answer, "read")
    return row.value(to_answer, "unread") if is_read is None else not is_read


def _unread_by_marks(marks: Iterable[frozenset[str]]) -> list[bool | None]:
    """Return which rows are unread by their classes, their envelopes or their bold print.

    A mark on every row alike may be no more than style, and then tells nothing, unless it has a
    counterpart: an open envelope, or a class of what was read.
    """
    every = list(marks)
    for unread, read in ((_UNREAD_MARK, _READ_MARK), (_ENVELOPE, _OPEN_ENVELOPE)):
        told = [_told(one, unread, read) for one in every]
        if len(set(told)) > 1:
            return [bool(one) for one in told] if True in told else told
    bold = ["bold" in one for one in every]
    return [*bold] if len(set(bold)) > 1 else [None] * len(every)


def _told(marks: frozenset[str], unread: re.Pattern[str], read: re.Pattern[str]) -> bool | None:
    if any(read.search(mark) for mark in marks):
        return False
    return True if any(unread.search(mark) for mark in marks) else None
