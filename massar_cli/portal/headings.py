"""What the column headings of the report card mean, in Arabic and French.

Columns are found by heading, never by place: programs that read the portal disagree on the order.
Spellings are compared after folding. The Arabic headings of the exam table are not known; the
Arabic words below are likely ones, and `exam_columns` says what happens when none of them fits.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from massar_cli.folding import fold
from massar_cli.records import AssessmentKind

SUBJECT = "subject"
COMPONENT = "component"
OTHER = "other"

_SUBJECT = ("المادة", "المواد", "Matière", "Matières", "Discipline")
_COMPONENT = (
    "المكون",
    "المكونات",
    "مكون المادة",
    "مكونات المادة",
    "Composant",
    "Composante",
    "Composants",
)
_EXAM_FIELDS: dict[str, tuple[str, ...]] = {
    SUBJECT: _SUBJECT,
    COMPONENT: _COMPONENT,
    "continuous": (
        *("Notes Controls Continues", "Notes Controles Continus", "Note Controle Continu"),
        *(
            "Notes CC",
            "Note CC",
            "CC",
            "Moyenne CC",
            "Controle Continu",
            "Moyenne Controle Continu",
        ),
        *("المراقبة المستمرة", "نقط المراقبة المستمرة", "نقطة المراقبة المستمرة"),
        *("معدل المراقبة المستمرة", "نقطة المراقبة", "نقط المراقبة"),
    ),
    "coefficient": (
        "Coefficient",
        "Coefficients",
        "Coeff",
        "Coef",
        "المعامل",
        "معامل",
        "المعاملات",
    ),
    "class_max": (
        *("Note Max", "Max", "Note Maximale", "Note Maximum", "Max Classe", "Note Max Classe"),
        *("أعلى نقطة", "النقطة العليا", "أعلى نقطة في القسم", "أعلى نقطة بالقسم", "النقطة القصوى"),
        *("أقصى نقطة", "أكبر نقطة", "القصوى", "أعلى معدل"),
    ),
    "class_average": (
        *("Note moyenne du classe", "Note moyenne de la classe", "Note Moyenne Classe"),
        *("Moyenne Classe", "Moyenne de classe", "Moyenne de la classe", "Note Moyenne"),
        *("معدل القسم", "متوسط القسم", "متوسط نقط القسم", "معدل نقط القسم", "متوسط النقط"),
        *("النقطة المتوسطة", "المعدل العام للقسم", "معدل الفصل", "النقطة المتوسطة للقسم"),
    ),
    "class_min": (
        *("Note Min", "Min", "Note Minimale", "Note Minimum", "Min Classe", "Note Min Classe"),
        *("أدنى نقطة", "النقطة الدنيا", "أدنى نقطة في القسم", "أدنى نقطة بالقسم", "أصغر نقطة"),
        *("أقل نقطة", "أخفض نقطة", "الدنيا", "أدنى معدل"),
    ),
    "exam": (
        *("Note Examen", "Notes Examen", "Notes Examens", "Examen", "Note de l'examen"),
        *("نقطة الامتحان", "نقط الامتحان", "الامتحان", "نقطة الامتحان الموحد", "الامتحان الموحد"),
        *("نقطة الامتحان المحلي", "الامتحان الموحد المحلي", "معدل الامتحان"),
    ),
    # Known to be none of the documented columns, so that none of them is taken for one.
    OTHER: (
        *("Rang", "Classement", "Appréciation", "Appréciations", "Observation", "Observations"),
        *("Remarque", "Remarques", "Mention", "Enseignant", "Professeur", "Absences"),
        *(
            "الرتبة",
            "الترتيب",
            "ملاحظات",
            "ملاحظات الأستاذ",
            "الملاحظات",
            "الأستاذ",
            "الميزة",
            "التغيب",
        ),
    ),
}
_DOCUMENTED_ORDER = (
    SUBJECT,
    "continuous",
    "coefficient",
    "class_max",
    "class_average",
    "class_min",
    "exam",
)
_ORDINALS = {
    1: ("الاول", "premier", "premiere", "1er", "1ere"),
    2: ("الثاني", "deuxieme", "second", "2eme", "2e"),
    3: ("الثالث", "troisieme", "3eme", "3e"),
    4: ("الرابع", "quatrieme", "4eme", "4e"),
    5: ("الخامس", "cinquieme", "5eme", "5e"),
    6: ("السادس", "sixieme", "6eme", "6e"),
}
_NUMBER_OF = {word: number for number, words in _ORDINALS.items() for word in words}
_TEST = re.compile(
    r"(?:الفرض|فرض|controle(?: continu)?|cc)(?: (?:ال)?محروس)?(?: (?:n|no|رقم))? (?P<after>\w+)"
    r"|(?P<before>\w+) controle(?: continu)?"
)
_DIGITS = re.compile(r"[1-9]\d?", re.ASCII)
_ACTIVITIES = frozenset(
    map(
        fold,
        (
            "الأنشطة المندمجة",
            "الأنشطة",
            "أنشطة مندمجة",
            "Activités intégrées",
            "Activités",
            "Activité intégrée",
            "Activités intégrée",
        ),
    )
)


def known_texts() -> Iterator[str]:
    """Yield every heading that is known, and the words of those that are made of several."""
    for texts in _EXAM_FIELDS.values():
        yield from texts
    for words in _ORDINALS.values():
        yield from words
    yield from _ACTIVITIES


class Column(NamedTuple):
    """What a column of the continuous-assessment table holds."""

    role: str
    name: str
    number: int | None = None
    kind: AssessmentKind = AssessmentKind.OTHER


@lru_cache(maxsize=1)
def _exam_field_of() -> dict[str, str]:
    return {fold(text): field for field, texts in _EXAM_FIELDS.items() for text in texts}


@lru_cache(maxsize=256)
def continuous_column(heading: str) -> Column:
    """Return what a heading of the continuous-assessment table means; OTHER when unknown.

    >>> continuous_column("الفرض الثاني").number, continuous_column("Contrôle 4").number
    (2, 4)
    >>> continuous_column("Activités intégrées").kind, continuous_column("Projet").kind
    (<AssessmentKind.ACTIVITIES: 'activities'>, <AssessmentKind.OTHER: 'other'>)
    """
    key = fold(heading)
    role = _exam_field_of().get(key)
    if role in (SUBJECT, COMPONENT):
        return Column(role, heading)
    if key in _ACTIVITIES:
        return Column("assessment", heading, None, AssessmentKind.ACTIVITIES)
    match = _TEST.fullmatch(key)
    if match:
        word = match["after"] or match["before"]
        number = int(word) if _DIGITS.fullmatch(word) else _NUMBER_OF.get(word)
        if number:
            return Column("assessment", heading, number, AssessmentKind.TEST)
    return Column("assessment", heading)


@lru_cache(maxsize=64)
def exam_columns(
    headings: tuple[str, ...], *, has_components: bool = False
) -> tuple[str, ...] | None:
    """Return the field of each column of the exam table, None where it cannot be told.

    Headings decide. Where some are not recognised while fields are missing, the documented order
    decides, as long as every recognised heading agrees with it; `has_components` says that the
    card's other table has components, so that this one has too. What is left over is OTHER.

    >>> exam_columns(("Matière", "Coefficient", "Notes CC"))
    ('subject', 'coefficient', 'continuous')
    >>> exam_columns(("المادة", "؟", "المعامل", "؟", "؟", "؟", "؟"))[1]
    'continuous'
    >>> exam_columns(("المادة", "المعامل", "؟", "؟", "؟", "؟", "؟")) is None
    True
    """
    found = [_exam_field_of().get(fold(heading)) for heading in headings]
    known = [field for field in found if field not in (None, OTHER)]
    if len(set(known)) != len(known):
        return None
    missing = set(_DOCUMENTED_ORDER) - set(known)
    if None not in found or not missing:
        return tuple(field or OTHER for field in found) if SUBJECT in known else None
    order: tuple[str, ...] = _DOCUMENTED_ORDER
    if has_components or COMPONENT in known:
        order = (SUBJECT, COMPONENT, *_DOCUMENTED_ORDER[1:])
    if len(order) == len(found) and all(
        field in (None, expected) for field, expected in zip(found, order, strict=True)
    ):
        return order
    return None
