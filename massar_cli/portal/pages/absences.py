"""Absences and lateness, as the school entered them."""

from massar_cli.answers import is_undecided, to_answer, to_justified
from massar_cli.dates import to_day, to_days
from massar_cli.portal.list_page import ListPage
from massar_cli.portal.listing import ListedRow, Shape
from massar_cli.portal.listing_headings import ABSENCES
from massar_cli.portal_menu import PageKind
from massar_cli.school_life import Absence
from massar_cli.subjects import subject_id
from massar_cli.times import to_hours, to_times


class AbsencesPage(ListPage[Absence]):
    """The account's absences; nobody has documented the page."""

    shape = Shape(
        kind=PageKind.ABSENCES,
        headings=ABSENCES,
        required=(("date", "day", "days"),),
        tellers={
            "date": lambda text: to_days(text).first,
            "subject": subject_id,
            "justified": to_justified,
        },
    )

    def records(self, rows: tuple[ListedRow, ...]) -> tuple[Absence, ...]:
        """Return the absences; where all lessons are bare numbers, these are their places."""
        sessions = [text for row in rows if (text := row.text("session"))]
        are_places = all(text.isdigit() for text in sessions)
        return tuple(_absence(row, are_places=are_places) for row in rows)


def _absence(row: ListedRow, *, are_places: bool) -> Absence:
    days = next(
        (
            days
            for name in ("date", "days", "day", "length")
            if (days := row.value(to_days, name)) is not None and days.first is not None
        ),
        None,
    )
    until = row.value(to_day, "until")
    first = days.first if days else None
    last = until or (days.last if days else None)
    subject = row.text("subject")
    session = _session(row)
    justified, reason = _justification(row)
    hours = row.value(to_hours, "hours", "length")
    if hours is None and session is not None:
        hours = to_hours(session, is_count=not are_places and session == row.text("session"))
    return Absence(
        date=first,
        until=None if first is None or last is None or last < first else last,
        subject=subject,
        subject_id=subject_id(subject) if subject else None,
        session=session,
        hours=hours,
        justified=justified,
        reason=reason,
        semester=None,
        raw=row.raw,
    )


def _session(row: ListedRow) -> str | None:
    """Return the hours as written: in one cell, from one to another, or a box for the whole day."""
    length = row.text("length")
    if length and to_days(length).first is not None:
        length = None
    if written := row.text("session") or length:
        return written
    start, end = row.text("start"), row.text("end")
    if start and to_times(start).start is not None:
        return f"{start} - {end}" if end else start
    if row.value(to_answer, "whole_day"):
        return row.headings["whole_day"]
    period = row.text("days")
    return row.text("hours") or (period if period and to_days(period).first is None else None)


def _justification(row: ListedRow) -> tuple[bool | None, str | None]:
    """Return whether an absence is justified, and the reason.

    A column for the justification may hold either: words that answer the question are no reason.
    A remark is as personal as a reason, and stands for one.
    """
    reason = row.text("reason")
    justified = row.value(lambda text: _first(to_justified(text), to_answer(text)), "justified")
    if justified is None:
        denied = row.value(to_answer, "unjustified")
        justified = None if denied is None else not denied
    if justified is None:
        justified = row.value(to_justified, "justification", "state", "nature")
    if justified is None:
        justified = row.value(to_answer, "justification")
    return justified, reason or _written_reason(row, justified) or row.text("remark")


def _written_reason(row: ListedRow, justified: bool | None) -> str | None:
    """Return the reason in the column for the justification; an answer or a link to it is none."""
    written = row.text("justification")
    if not written or is_undecided(written):
        return None
    if _first(to_justified(written), to_answer(written)) is not None:
        return None
    return None if justified is not None and row.cells["justification"].links else written


def _first(one: bool | None, other: bool | None) -> bool | None:
    return other if one is None else one
