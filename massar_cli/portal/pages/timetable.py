"""The week's lessons: a table of days and hours, or a plain list."""

from dataclasses import replace
from functools import cached_property

from massar_cli.dates import to_day, to_weekday, weekday_of
from massar_cli.errors import PageChanged
from massar_cli.portal.lesson_text import is_break, read_lesson
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listed_times import times_of
from massar_cli.portal.listing import ListedRow, Listing, Shape, read_listing
from massar_cli.portal.listing_headings import TIMETABLE
from massar_cli.portal.week import Slot, Week, read_week
from massar_cli.portal_menu import PageKind
from massar_cli.school_life import Lesson
from massar_cli.subjects import subject_id


class TimetablePage(ListPage[Lesson]):
    """The account's timetable; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.TIMETABLE,
        headings=TIMETABLE,
        required=(("day", "date"), ("subject", "text", "teacher")),
        tellers={"day": to_weekday, "subject": subject_id},
        captions={"day": to_weekday},
    )

    def read(self) -> tuple[Lesson, ...]:
        """Return the lessons: of the plain list, where there is one, or of the table of the week.

        A page that shows the same week both ways has each lesson once.
        """
        if self.listing.rows or not self._slots:
            return super().read()
        return tuple(_lesson(slot) for slot in self._slots if not is_break(slot.cell))

    @cached_property
    def listing(self) -> Listing:
        """The plain list; an empty one where the week is only there as a table.

        What a week has beyond its lessons, and beyond those of a list beside it, is counted.
        """
        weeks = [read_week(block) for block in self.content.blocks]
        plain = (
            block
            for block, week in zip(self.content.blocks, weeks, strict=True)
            if week is None or not week.is_sure
        )
        try:
            listing = read_listing(replace(self.content, blocks=tuple(plain)), self.shape)
        except PageChanged as error:
            if not self._weeks:
                raise self.no_list(error) from None
            return Listing((), sum(week.has_more for week in self._weeks))
        unsure = sum(not week.is_sure for week in self._weeks)
        others = max(0, listing.others - unsure)
        return listing._replace(others=others + self._more_than(listing))

    def _more_than(self, listing: Listing) -> int:
        """Return how many weeks have something that neither they nor the list give as a lesson."""
        lessons = map(self.record, listing.rows)
        listed = {(lesson.weekday, lesson.start) for lesson in lessons}
        return sum(
            week.has_more
            or bool(
                listed and {(one.day.weekday, one.times.start) for one in _taught(week)} - listed
            )
            for week in self._weeks
            if week.is_sure
        )

    @cached_property
    def _weeks(self) -> tuple[Week, ...]:
        weeks = (read_week(block) for block in self.content.blocks)
        return tuple(week for week in weeks if week is not None)

    @property
    def _slots(self) -> tuple[Slot, ...]:
        return tuple(slot for week in self._weeks for slot in week.slots)

    def record(self, row: ListedRow) -> Lesson:
        """Return a lesson of the plain list."""
        date = row.value(to_day, "date", "day")
        subject = row.text("subject")
        times = times_of(row, "times")
        return Lesson(
            weekday=row.value(to_weekday, "day") or (weekday_of(date) if date else None),
            date=date,
            start=times.start,
            end=times.end,
            subject=subject,
            subject_id=subject_id(subject) if subject else None,
            teacher=row.text("teacher"),
            room=row.text("room"),
            text=row.text("text"),
            raw=row.raw,
        )


def _taught(week: Week) -> tuple[Slot, ...]:
    return tuple(slot for slot in week.slots if not is_break(slot.cell))


def _lesson(slot: Slot) -> Lesson:
    told = read_lesson(slot.cell)
    hours = dict.fromkeys((slot.first.text, slot.last.text))
    return Lesson(
        weekday=slot.day.weekday,
        date=slot.day.date,
        start=slot.times.start,
        end=slot.times.end,
        subject=told.subject,
        subject_id=subject_id(told.subject) if told.subject else None,
        teacher=told.teacher,
        room=told.room,
        text=told.text,
        raw={slot.day.text: slot.cell.text, "hours": ", ".join(filter(None, hours))},
    )
