"""Homework: what is to be done, and for when."""

from massar_cli.dates import to_day
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listing import ListedRow, Shape
from massar_cli.portal.listing_headings import HOMEWORK
from massar_cli.portal_menu import PageKind
from massar_cli.school_life import HomeworkItem
from massar_cli.subjects import subject_id


class HomeworkPage(ListPage[HomeworkItem]):
    """The account's homework; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.HOMEWORK,
        headings=HOMEWORK,
        required=(
            ("subject", "text", "title"),
            ("due", "published", "date", "text", "title"),
        ),
        tellers={"subject": subject_id, "date": to_day},
        values={"due": to_day, "published": to_day, "date": to_day},
        captions={"subject": subject_id, "title": str},
        unlabelled="text",
    )

    def record(self, row: ListedRow) -> HomeworkItem:
        """Return a piece of homework.

        A date without a word is when it was given, where another says when it is due.
        """
        subject = row.text("subject")
        text = "\n".join(filter(None, (row.text("title"), row.lines("text"))))
        is_given = "due" in row.cells
        return HomeworkItem(
            published=row.value(to_day, "published", *(["date"] if is_given else [])),
            due=row.value(to_day, "due"),
            subject=subject,
            subject_id=subject_id(subject) if subject else None,
            text=text or None,
            attachments=self.attachments(row),
            raw=row.raw,
        )
