"""The text of a lesson in a cell of the week: which of its lines is the subject, who and where."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from massar_cli.folding import fold
from massar_cli.portal.listing_headings import TIMETABLE
from massar_cli.portal_pages import Cell
from massar_cli.subjects import subject_id

_PARTS = re.compile(r"\s+[-–—/|•·]\s+|\s*[|•\n]\s*|\s*[()\[\]]\s*")
_LABELLED = re.compile(r"([^:：]{1,30})\s*[:：]\s*(.+)")
_ROOM = re.compile(
    r"(?:ال)?(?:قاعه|حجره|مختبر|ملعب|ورشه|مدرج|مكتبه|معمل|مسبح)(?!\w)"
    r"|(?:salles?|labos?|laboratoire|terrain|atelier|gymnase|stade|amphi\w*|bibliotheque|cdi|piscine"
    r"|local)(?!\w)|s ?\d{1,3}$"
)
_TEACHER = re.compile(
    r"(?:ذة?\s?[.\s/]|(?:ال)?أستاذة?\s|(?:ال)?استاذة?\s|السيدة?\s|M\.|Mr\.?\s|Mme\.?\s|Mlle\.?\s"
    r"|Pr\.?\s|Prof\.?\s|Madame\s|Monsieur\s|Professeure?\s)",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"(?:(?:ال)?استراحه|فتره (?:ال)?(?:غدا|راحه|زوال)|(?:وجبه )?(?:ال)?غدا|عطله|فراغ|pause|recre"
    r"|dejeuner|repas|cantine|libre|repos|vacances|conge)(?!\w)"
)


class LessonText(NamedTuple):
    """What a cell says; what cannot be told apart stays in `text`."""

    subject: str | None = None
    teacher: str | None = None
    room: str | None = None
    text: str | None = None


def is_break(cell: Cell) -> bool:
    """Whether a cell says that there is no lesson.

    >>> is_break(Cell("استراحة الغداء")), is_break(Cell("Pause")), is_break(Cell("Physique"))
    (True, True, False)
    """
    return _BREAKS.match(fold(cell.text)) is not None or not any(map(str.isalnum, cell.text))


def read_lesson(cell: Cell) -> LessonText:
    """Return the subject, teacher and room of a lesson, by the lines or the parts of its text.

    >>> read_lesson(Cell("PHYSIQUE CHIMIE - M. DARS - Salle 4"))
    LessonText(subject='PHYSIQUE CHIMIE', teacher='M. DARS', room='Salle 4', text=None)
    >>> read_lesson(Cell("Club de lecture"))
    LessonText(subject=None, teacher=None, room=None, text='Club de lecture')
    """
    if subject_id(cell.text) is not None:
        return LessonText(subject=cell.text)
    told: dict[str, list[str]] = {}
    for part in _parts(cell):
        field, value = _told(part)
        told.setdefault(field, []).append(value)
    # Two groups of a class may share a cell: then nothing in it is told apart.
    if any(len(values) > 1 for field, values in told.items() if field != "text"):
        return LessonText(text="\n".join(cell.lines) or cell.text)
    one = {field: values[0] for field, values in told.items() if field != "text"}
    return LessonText(**one, text="\n".join(told.get("text", ())) or None)


def _parts(cell: Cell) -> Iterator[str]:
    for line in cell.lines or (cell.text,):
        if subject_id(line) is not None:
            yield line
        else:
            yield from filter(None, map(str.strip, _PARTS.split(line)))


def _told(part: str) -> tuple[str, str]:
    """Return the field of a part of the text, and its value: without the label, if it has one."""
    if match := _LABELLED.fullmatch(part):
        field = TIMETABLE.field_of(match[1])
        if field in ("subject", "teacher", "room"):
            return field, match[2].strip()
    if subject_id(part) is not None:
        return "subject", part
    if _ROOM.match(fold(part)):
        return "room", part
    return ("teacher" if _TEACHER.match(part) else "text"), part
