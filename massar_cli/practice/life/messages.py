"""Messages and announcements of the school."""

from dataclasses import dataclass
from datetime import datetime, time

from massar_cli.practice.clock import CASABLANCA
from massar_cli.practice.life.dates import TODAY, dice, spread
from massar_cli.practice.life.files import StoredFile, pdf_file, ref_of
from massar_cli.practice.life.pupils import Pupil, teacher_of
from massar_cli.practice.names import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `ref` is all that its address says."""

    ref: str
    sent: datetime
    sender: Bilingual
    title: Bilingual
    lines: tuple[Bilingual, ...]
    is_read: bool
    files: tuple[StoredFile, ...] = ()


_HEAD = Bilingual("إدارة المؤسسة", "Administration de l'établissement")
_SUPERVISOR = Bilingual("الحراسة العامة", "Surveillance générale")
_TEXTS: tuple[tuple[Bilingual, tuple[Bilingual, ...]], ...] = (
    (
        Bilingual("لقاء تواصلي مع الآباء", "Réunion avec les parents"),
        (
            Bilingual(
                "يسر إدارة المؤسسة أن تدعوكم إلى لقاء يوم السبت على الساعة 10:00.",
                "L'administration vous invite à une réunion samedi à 10:00.",
            ),
            Bilingual("المكان: قاعة الاجتماعات.", "Lieu : salle de réunion."),
        ),
    ),
    (
        Bilingual("تأخر متكرر", "Retards répétés"),
        (Bilingual("المرجو الالتزام بأوقات الدخول.", "Merci de respecter les horaires d'entrée."),),
    ),
    (
        Bilingual("فرض الأسبوع المقبل", "Contrôle de la semaine prochaine"),
        (
            Bilingual("الدروس المعنية: 3 و4 & 5", "Leçons concernées : 3, 4 & 5"),
            Bilingual("الأدوات: <مسطرة> و\"منقلة\"", 'Matériel : <règle> et "rapporteur"'),
        ),
    ),
    (
        Bilingual("=HYPERLINK(\"https://example.org\")", "=HYPERLINK(\"https://example.org\")"),
        (Bilingual("+212 5 00 00 00 00", "+212 5 00 00 00 00"),),
    ),
    (
        Bilingual("غياب أستاذ", "Absence d'un professeur"),
        (Bilingual("تؤجل حصة الغد إلى يوم السبت.", "La séance de demain est reportée à samedi."),),
    ),
)  # fmt: skip
_FIRST_DAY = TODAY.replace(year=2026, month=9, day=7)
_LAST_YEAR = (TODAY.replace(year=2026, month=5, day=4), TODAY.replace(year=2026, month=6, day=19))
_NOTICE = Bilingual("الإعلان", "Avis")


def messages_of(pupil: Pupil) -> tuple[Message, ...]:
    """Give every message, newest first; the newest were not read yet."""
    days = [
        *spread(f"{pupil.code}:messages", *_LAST_YEAR, 2),
        *spread(f"{pupil.code}:messages", _FIRST_DAY, TODAY, 12),
    ]
    newest = len(days) - 1
    messages = []
    for number, day in enumerate(days):
        title, lines = _TEXTS[(number + dice(pupil.code, len(_TEXTS))) % len(_TEXTS)]
        key = f"message-{number}"
        messages.append(
            Message(
                ref=ref_of(pupil.code, key),
                sent=datetime.combine(day, time(8 + number % 9, number * 7 % 60), CASABLANCA),
                sender=(
                    _HEAD,
                    _SUPERVISOR,
                    teacher_of(pupil, pupil.subjects[number % len(pupil.subjects)]),
                )[number % 3],
                title=title,
                lines=lines,
                is_read=number not in (newest, newest - 1, newest - 4),
                files=(pdf_file(pupil.code, key, _NOTICE, day),) if number % 5 == 0 else (),
            )
        )
    return tuple(messages[::-1])
