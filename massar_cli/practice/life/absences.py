"""Absences and lateness, as the school entered them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from massar_cli.practice.life.dates import TODAY, dice, spread
from massar_cli.practice.life.pupils import Pupil
from massar_cli.practice.names import Bilingual

Span = Literal["day", "morning", "afternoon", "hours", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One entry; `session` and `subject` are only there where single lessons were missed."""

    day: date
    until: date | None = None
    span: Span
    session: Bilingual | None = None
    hours: int | None = None
    subject: Bilingual | None = None
    justified: bool | None
    reason: Bilingual | None = None


_MEDICAL = Bilingual("شهادة طبية", "Certificat médical")
_ILLNESS = Bilingual("مرض", "Maladie")
_DENTIST = Bilingual("موعد عند طبيب الأسنان", "Rendez-vous chez le dentiste")
_FAMILY = Bilingual("ظروف عائلية", "Raisons familiales")
_TRANSPORT = Bilingual("تأخر النقل المدرسي", "Retard du transport scolaire")
_SPORT = Bilingual('مشاركة في "البطولة المدرسية"', 'Participation au "championnat scolaire"')

_WHOLE: tuple[tuple[Span, bool | None, Bilingual | None], ...] = (
    ("day", True, _MEDICAL),
    ("morning", False, None),
    ("day", None, None),
    ("afternoon", True, _DENTIST),
    ("day", True, _FAMILY),
    ("day", False, None),
    ("morning", True, _ILLNESS),
)
# How each is written, and how many hours that says.
_BY_HOURS: tuple[tuple[Bilingual, int | None, bool | None, Bilingual | None], ...] = (
    (Bilingual("08:30 - 10:30", "08:30 - 10:30"), 2, False, None),
    (Bilingual("الحصة 3", "Séance 3"), None, True, _ILLNESS),
    (Bilingual("2", "2"), 2, None, None),
    (Bilingual("2h", "2h"), 2, True, _SPORT),
    (Bilingual("2 ساعات", "2 heures"), 2, False, None),
    (Bilingual("16:30 - 17:30", "16:30 - 17:30"), 1, True, _DENTIST),
)
_LATE: tuple[tuple[Bilingual, bool | None, Bilingual | None], ...] = (
    (Bilingual("تأخر 15 دقيقة", "Retard de 15 min"), False, None),
    (Bilingual("تأخر 5 دقائق", "Retard de 5 min"), True, _TRANSPORT),
    (Bilingual("10 د", "10 min"), None, None),
)
_PERIODS = (
    (date(2025, 9, 22), date(2026, 1, 23), 3),
    (date(2026, 2, 2), date(2026, 6, 12), 4),
    (date(2026, 9, 14), date(2027, 1, 22), 9),
    (date(2027, 2, 1), TODAY, 4),
)
_ILL_FOR = timedelta(days=2)
_THURSDAY = 3


def absences_of(pupil: Pupil) -> tuple[Absence, ...]:
    """Give every entry of two school years, newest first."""
    whole = [
        _of_days(day, number + dice(pupil.code, len(_WHOLE)))
        for number, day in enumerate(_days(pupil, "whole"))
    ]
    absent = {one.day + timedelta(days=more) for one in whole for more in range(_length(one))}
    single = [
        _of_lessons(pupil, day, number + dice(pupil.code, len(_BY_HOURS)))
        for number, day in enumerate(_days(pupil, "hours"))
        if day not in absent
    ]
    return tuple(sorted((*whole, *single), key=lambda entry: entry.day, reverse=True))


def _days(pupil: Pupil, kind: str) -> list[date]:
    return [
        day
        for first, last, count in _PERIODS
        for day in spread(f"{pupil.code}:{kind}", first, last, count)
    ]


def _length(entry: Absence) -> int:
    return 1 if entry.until is None else (entry.until - entry.day).days + 1


def _of_days(day: date, number: int) -> Absence:
    span, justified, reason = _WHOLE[number % len(_WHOLE)]
    lasts = reason is _MEDICAL and day.weekday() <= _THURSDAY and day + _ILL_FOR <= TODAY
    until = day + _ILL_FOR if lasts else None
    return Absence(day=day, until=until, span=span, justified=justified, reason=reason)


def _of_lessons(pupil: Pupil, day: date, number: int) -> Absence:
    subject = pupil.subjects[number * 3 % len(pupil.subjects)]
    if (number + 1) % 3 == 0:
        session, justified, reason = _LATE[number // 3 % len(_LATE)]
        return Absence(
            day=day,
            span="late",
            session=session,
            subject=subject,
            justified=justified,
            reason=reason,
        )
    session, hours, justified, reason = _BY_HOURS[(number - number // 3) % len(_BY_HOURS)]
    return Absence(
        day=day,
        span="hours",
        session=session,
        hours=hours,
        # Some schools enter hours without saying of which lesson.
        subject=None if number % 4 == 1 else subject,
        justified=justified,
        reason=reason,
    )
