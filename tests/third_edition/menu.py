"""The menu and the tiles of this edition: labels in both languages, addresses, services."""

from __future__ import annotations

from typing import NamedTuple

from .truth import Service, Text


class Entry(NamedTuple):
    """A link of the menu or a tile."""

    service: Service
    label: Text
    address: str
    icon: str


class Group(NamedTuple):
    """A drop-down of the top bar; one inside another is a second level."""

    label: Text
    icon: str
    items: tuple[Entry | Group, ...]


def _entry(service: Service, arabic: str, french: str, address: str, icon: str) -> Entry:
    return Entry(service, Text(arabic, french), address, icon)


NOTES = "TuteurEleves/GetNotesEleve"
JOURNEY = "TuteurEleves/GetScolariteEleve"
PROFILE = "TuteurEleves/GetInfoEleve"
ABSENCES = "VieScolaire/Mouadaba/Kashf"
HOMEWORK = "Pedagogie/DaftarNoussous/Consulter"
TIMETABLE = "Pedagogie/TawzieZamani/Semaine"
TESTS = "Pedagogie/Furoud/Programmation"
MESSAGES = "Tawassol/Barid/Warid"
DOCUMENTS = "Services/Wathaiq/Liste"
ORIENTATION = "TawjihEleve/Ikhtiyarat"

MENU: tuple[Group, ...] = (
    Group(
        Text("التمدرس", "Scolarite"),
        "graduation-cap",
        (
            _entry("marks", "تتبع النقط", "Mes notes", NOTES, "line-chart"),
            _entry("journey", "المسار الدراسي", "Parcours scolaire", JOURNEY, "road"),
            Group(
                Text("الفضاء البيداغوجي", "Espace pédagogique"),
                "book",
                (
                    _entry("homework", "دفتر النصوص", "Cahier de textes", HOMEWORK, "pencil"),
                    _entry("timetable", "استعمال الزمن", "Emploi du temps", TIMETABLE, "clock-o"),
                    _entry(
                        "tests",
                        "المراقبة المستمرة المبرمجة",
                        "Contrôles programmés",
                        TESTS,
                        "flag",
                    ),
                ),
            ),
        ),
    ),
    Group(
        Text("الحياة المدرسية", "Vie scolaire"),
        "users",
        (
            _entry("absences", "المواظبة", "Assiduité", ABSENCES, "calendar-times-o"),
            Group(
                Text("التواصل", "Communication"),
                "comments",
                (_entry("messages", "صندوق الوارد", "Boîte de réception", MESSAGES, "inbox"),),
            ),
        ),
    ),
    Group(
        Text("خدمات", "Services"),
        "cogs",
        (
            _entry(
                "documents", "الشواهد والوثائق", "Attestations et documents", DOCUMENTS, "file-o"
            ),
            _entry("orientation", "رغبات التوجيه", "Vœux d'orientation", ORIENTATION, "compass"),
            _entry("profile", "المعطيات الشخصية", "Données personnelles", PROFILE, "id-card"),
        ),
    ),
)

TILES: tuple[Entry, ...] = (
    _entry("timetable", "حصصي الأسبوعية", "Ma semaine de cours", TIMETABLE, "clock-o"),
    _entry("absences", "الغياب والتأخر", "Absences et retards", ABSENCES, "calendar-times-o"),
    _entry("marks", "تتبع النقط", "Mes notes", NOTES, "line-chart"),
    _entry("messages", "مراسلات المؤسسة", "Courrier de l'établissement", MESSAGES, "inbox"),
    _entry("homework", "الأعمال المنزلية", "Travaux à la maison", HOMEWORK, "pencil"),
    _entry("documents", "وثائق قابلة للتحميل", "Documents à télécharger", DOCUMENTS, "file-o"),
)
