"""Homework: what teachers wrote, when, for when, and what they attached."""

from dataclasses import dataclass
from datetime import date, timedelta

from massar_cli.practice.life import contents
from massar_cli.practice.life.dates import TODAY, dice, next_school_day, spread
from massar_cli.practice.life.files import DOCX, StoredFile, pdf_file, ref_of
from massar_cli.practice.life.pupils import Pupil
from massar_cli.practice.names import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Homework:
    """One piece of work; `link` is an address in the text."""

    published: date
    due: date | None
    subject: Bilingual
    lines: tuple[Bilingual, ...]
    link: str | None = None
    files: tuple[StoredFile, ...] = ()


_SERIES = Bilingual("سلسلة التمارين رقم 4", "Série d'exercices n° 4")
_LESSON = Bilingual("ملخص الدرس", "Résumé du cours")
# What teachers write: short, long, with signs that mean something to a reader of HTML or to a
# spreadsheet.
_TEXTS: tuple[tuple[Bilingual, ...], ...] = (
    (Bilingual("التمارين 12 و13 صفحة 87", "Exercices 12 et 13 page 87"),),
    (
        Bilingual("مراجعة الدرس ثم الإجابة عن الأسئلة:", "Revoir le cours puis répondre :"),
        Bilingual("1) بين أن x < 5 و y > 2 & z = 0", "1) montrer que x < 5 et y > 2 & z = 0"),
        Bilingual("2) اشرح عبارة «الماء أصل الحياة»", "2) expliquer « l'eau, source de vie »"),
        Bilingual('3) علل الجواب بمثال "من محيطك"', '3) donner un exemple "de votre entourage"'),
    ),
    (Bilingual("=1+1", "=1+1"),),
    (
        Bilingual(
            "إنجاز بحث قصير (صفحتان على الأكثر) حول الموضوع الذي اختاره كل تلميذ في الحصة "
            "الماضية، مع ذكر المراجع المعتمدة وإضافة رسم أو صورة توضيحية، وتسليم العمل مكتوبا "
            "بخط اليد في بداية الحصة المقبلة؛ لن تقبل الأعمال المتأخرة إلا بعذر مقبول.",
            "Préparer un court exposé (deux pages au plus) sur le sujet choisi par chaque élève à "
            "la dernière séance, avec les références consultées et un schéma ou une image, et "
            "rendre le travail écrit à la main au début de la prochaine séance ; aucun travail en "
            "retard ne sera accepté sans motif valable.",
        ),
        Bilingual("المرجع:", "Référence :"),
    ),
    (
        Bilingual("+5 نقط لمن يحضر خريطة", "+5 points pour qui apporte une carte"),
        Bilingual("- مسطرة\t- ألوان", "- une règle\t- des couleurs"),
    ),
    (Bilingual("حفظ القصيدة", "Apprendre le poème par cœur"),),
    (Bilingual("@ الجميع: إحضار الكتاب المدرسي", "@ tous : apporter le manuel"),),
)
_WITH_LINK = 3
_PERIODS = (
    (date(2026, 2, 9), date(2026, 6, 5), 4),
    (date(2026, 9, 14), date(2027, 1, 22), 9),
    (date(2027, 2, 1), TODAY, 7),
)


def homework_of(pupil: Pupil) -> tuple[Homework, ...]:
    """Give every piece of work of two school years, newest first."""
    days = [
        day
        for first, last, count in _PERIODS
        for day in spread(f"{pupil.code}:homework", first, last, count)
    ]
    shift = dice(pupil.code, len(_TEXTS))
    return tuple(_piece(pupil, day, number, shift) for number, day in enumerate(days))[::-1]


def _piece(pupil: Pupil, day: date, number: int, shift: int) -> Homework:
    choice = (number + shift) % len(_TEXTS)
    wait = timedelta(days=2 + dice(f"{pupil.code}:wait:{number}", 9))
    return Homework(
        published=day,
        due=None if (number + 3) % 8 == 0 else next_school_day(day + wait),
        subject=pupil.subjects[number * 3 % len(pupil.subjects)],
        lines=_TEXTS[choice],
        link=f"https://example.org/cours?id={number}&page=2" if choice == _WITH_LINK else None,
        files=_files(pupil, day, number),
    )


def _files(pupil: Pupil, day: date, number: int) -> tuple[StoredFile, ...]:
    if number % 4 == 1:
        return (pdf_file(pupil.code, f"serie-{number}", _SERIES, day),)
    if (number + 1) % 4 == 0:
        return (
            pdf_file(
                pupil.code, f"serie-{number}", _SERIES, day, naming="extended", name="سلسلة 4.pdf"
            ),
            StoredFile(
                ref=ref_of(pupil.code, f"resume-{number}"),
                link=_LESSON,
                day=day,
                naming="extended",
                name=f"résumé {number}.docx",
                kind=DOCX,
                make=lambda: contents.docx(f"{pupil.code} {number}"),
            ),
        )
    return ()
