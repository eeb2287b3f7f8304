"""How this edition writes dates, hours, lengths and marks in both languages."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from .truth import Absence, Language, Mark, Span, Text

DAYS = {
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
MONTHS = {
    "ar": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
BLANK_AFTER = ("ASSIDUITE ET CONDUITE", "PHYSIQUE CHIMIE")
RANKS = {"ar": ("الأولى", "الثانية", "الثالثة", "الرابعة"), "fr": ("1er", "2ème", "3ème", "4ème")}


def short_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def long_date(day: date, language: Language) -> str:
    month = MONTHS[language][day.month - 1]
    return f"{DAYS[language][day.weekday()]} {day.day} {month} {day.year}"


def weekday(number: int, language: Language) -> str:
    return DAYS[language][number] if language == "ar" else DAYS[language][number].capitalize()


def moment(when: datetime, language: Language) -> str:
    joint = "على الساعة" if language == "ar" else "à"
    return f"{when:%d/%m/%Y} {joint} {when:%H:%M}"


def month_of(day: date, language: Language) -> str:
    return f"{MONTHS[language][day.month - 1]} {day.year}"


def _french_hour(hour: time) -> str:
    return f"{hour.hour}h{hour.minute:02}" if hour.minute else f"{hour.hour}h"


def span_in_words(span: Span, language: Language) -> str:
    if language == "fr":
        return f"de {_french_hour(span.start)} à {_french_hour(span.end)}"
    return f"من {span.start.hour}:{span.start.minute:02} إلى {span.end.hour}:{span.end.minute:02}"


def span_with_dash(span: Span, language: Language) -> str:
    if language == "fr":
        return f"{_french_hour(span.start)}-{_french_hour(span.end)}"
    return f"{span.start:%H:%M} - {span.end:%H:%M}"


def length(span: Span, language: Language) -> str:
    hours, minutes = divmod(span.minutes, 60)
    if language == "fr":
        return _french_length(hours, minutes)
    return _arabic_length(hours, minutes)


def _french_length(hours: int, minutes: int) -> str:
    if not hours:
        return f"{minutes} min"
    if minutes:
        return f"{hours} h {minutes:02}"
    return "1 heure" if hours == 1 else f"{hours} heures"


def _arabic_length(hours: int, minutes: int) -> str:
    if not hours:
        return f"{minutes} دقيقة"
    words = {1: "ساعة", 2: "ساعتان"}.get(hours, f"{hours} ساعات")
    if not minutes:
        return "ساعة واحدة" if hours == 1 else words
    rest = {30: "نصف", 15: "ربع"}.get(minutes, f"{minutes} دقيقة")
    return f"{words} و{rest}" if minutes in {15, 30} else f"{words} و {rest}"


EXTENTS = {
    "morning": Text("نصف يوم صباحا", "Demi-journée (matin)"),
    "afternoon": Text("نصف يوم مساء", "Demi-journée (après-midi)"),
    "day": Text("يوم كامل", "Journée entière"),
}
EXTENT_LENGTHS = {
    "morning": Text("4 ساعات", "4 heures"),
    "afternoon": Text("4 ساعات", "4 heures"),
    "day": Text("8 ساعات", "8 heures"),
}


def absence_time(absence: Absence, language: Language) -> str:
    if absence.span:
        return span_in_words(absence.span, language)
    return EXTENTS[absence.extent].said(language)


def absence_length(absence: Absence, language: Language) -> str:
    if absence.span:
        return length(absence.span, language)
    return EXTENT_LENGTHS[absence.extent].said(language)


def printed(text: Text, language: Language) -> str:
    """Return the words with the trailing blank that the portal leaves after some."""
    said = text.said(language)
    return f"{said} " if said in BLANK_AFTER else said


def mark(value: Mark, language: Language, *, girl: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    words = {
        ("absent", False): Text("غائب", "Absent"),
        ("absent", True): Text("غائبة", "Absente"),
        ("exempt", False): Text("معفى", "Dispensé"),
        ("exempt", True): Text("معفاة", "Dispensée"),
    }
    return words[value, girl].said(language)


def school_year(year: int) -> str:
    return f"{year}/{year + 1}"
