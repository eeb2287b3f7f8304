"""Planned tests and exams, past ones of the list among them."""

from massar_cli.dates import to_day
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listed_times import times_of
from massar_cli.portal.listing import ListedRow, Shape
from massar_cli.portal.listing_headings import EXAMS
from massar_cli.portal_menu import PageKind
from massar_cli.school_life import PlannedTest
from massar_cli.subjects import subject_id


class ExamsPage(ListPage[PlannedTest]):
    """The account's planned tests; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.EXAMS,
        headings=EXAMS,
        required=(("date", "day"), ("subject", "title", "times", "start")),
        tellers={"date": to_day, "subject": subject_id},
        values={"date": to_day},
        captions={"subject": subject_id, "title": str},
    )

    def record(self, row: ListedRow) -> PlannedTest:
        """Return a planned test."""
        subject = row.text("subject")
        times = times_of(row, "times", "date", "day")
        return PlannedTest(
            date=row.value(to_day, "date", "day"),
            start=times.start,
            end=times.end,
            subject=subject,
            subject_id=subject_id(subject) if subject else None,
            title=row.text("title"),
            room=row.text("room"),
            raw=row.raw,
        )
