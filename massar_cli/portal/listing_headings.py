"""What the headings and labels of the undocumented pages mean, in Arabic and French.

Nobody has published these pages, so the words are those that schools use, widely: a heading that
is not here leaves its column in `raw` alone. Headings are compared by their words after folding,
without articles, prepositions and the plural's s, so one spelling stands for many.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from massar_cli.folding import fold

_SMALL = frozenset(
    (
        *("le", "la", "les", "l", "de", "du", "des", "d", "un", "une", "en", "au", "aux", "a"),
        *("s", "son", "sa", "votre", "vos", "mon", "ma", "mes", "في", "علي"),
    )
)
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_BETWEEN = re.compile(r"\s*[/|\n]\s*|\s+(?:-|أو|ou|et)\s+", re.IGNORECASE)
_ARTICLES = ("ال", "لل")
_SHORTEST_WITH_ARTICLE = 5
_SHORTEST_WITH_PLURAL = 4

_TIMES = (
    *("الساعة", "التوقيت", "الوقت", "ساعة الإجراء", "توقيت الحصة", "توقيت الإجراء", "الحيز الزمني"),
    *("من الساعة إلى الساعة", "المدة الزمنية", "توقيت", "Heure", "Horaire", "Horaires", "Heures"),
    *("Créneau", "Créneau horaire", "Tranche horaire", "Plage horaire", "Horaire de passage"),
)
_START = (
    *("ساعة البداية", "البداية", "بداية الحصة", "من الساعة", "وقت البداية", "توقيت البداية"),
    *("ساعة الانطلاق", "بداية", "ساعة البدء", "الساعة من", "Heure début", "Heure de début"),
    *("Début", "Heure du début", "De", "Heure de départ", "H. début", "Commence à", "Heure début"),
)
_END = (
    *("ساعة النهاية", "النهاية", "نهاية الحصة", "إلى الساعة", "وقت النهاية", "توقيت النهاية"),
    *("نهاية", "الساعة إلى", "ساعة الانتهاء", "Heure fin", "Heure de fin", "Fin", "À"),
    *("Heure de la fin", "H. fin", "Finit à"),
)
_SUBJECT = (
    *("المادة", "المواد", "المادة الدراسية", "اسم المادة", "المكون", "المادة المعنية", "مادة"),
    *("Matière", "Matières", "Discipline", "Nom de la matière", "Module", "Libellé matière"),
)
_TEACHER = (
    *("الأستاذ", "الأستاذة", "الأستاذ(ة)", "اسم الأستاذ", "المدرس", "المدرسة", "المدرس(ة)"),
    *("أستاذ المادة", "الأساتذة", "الأستاذ(ة) المكلف(ة)", "أستاذ(ة) المادة", "المعلم"),
    *("Enseignant", "Enseignante", "Enseignant(e)", "Professeur", "Prof", "Prof.", "Maître"),
    *("Professeurs", "Enseignants", "Nom de l'enseignant", "Nom du professeur"),
)
_ROOM = (
    *("القاعة", "قاعة", "الحجرة", "قاعة الدرس", "المكان", "مكان الإجراء", "قاعة الامتحان"),
    *("مكان الامتحان", "رقم القاعة", "الحجرة الدراسية", "مركز الامتحان", "قاعة الإجراء"),
    *("Salle", "Lieu", "Local", "Salle de classe", "Salle d'examen", "N° salle", "Centre d'examen"),
    *("Numéro de salle", "Endroit"),
)
_FILES = (
    *("المرفقات", "المرفق", "الملف", "الملفات", "ملف", "ملف مرفق", "الملف المرفق", "ملفات مرفقة"),
    *("الوثيقة المرفقة", "الوثائق المرفقة", "مرفق", "مرفقات", "الملفات المرفقة", "تحميل"),
    *("التحميل", "تنزيل", "الرابط", "الروابط", "تحميل الملف", "تحميل الوثيقة", "موارد"),
    *("Pièce jointe", "Pièces jointes", "Fichier", "Fichiers", "Fichier joint", "PJ", "P.J."),
    *("Fichiers joints", "Document joint", "Documents joints", "Télécharger", "Téléchargement"),
    *("Lien", "Liens", "Annexe", "Annexes", "Ressource", "Ressources", "Pièce(s) jointe(s)"),
    *("Télécharger le fichier", "Télécharger le document"),
)
_DATE = ("التاريخ", "تاريخ", "Date", "Dates", "بتاريخ")
_DAY = ("اليوم", "الأيام", "يوم", "Jour", "Jours", "Journée")
_ARABIC_DATES = (
    "تاريخ {}",
    "تاريخ تسجيل {}",
    "تاريخ إضافة {}",
    "تاريخ إدخال {}",
    "يوم {}",
    "تاريخ وضع {}",
    "تاريخ نشر {}",
    "تاريخ إرسال {}",
)
_FRENCH_DATES = ("Date {}", "Jour {}", "Date enregistrement {}", "Date saisie {}", "Date ajout {}",
                 "Date publication {}", "Date envoi {}", "Date dépôt {}")  # fmt: skip


def _combined(forms: tuple[str, ...], nouns: tuple[str, ...]) -> tuple[str, ...]:
    """Return each form with each noun in it."""
    return tuple(form.format(noun) for form in forms for noun in nouns)


def _dated(arabic: tuple[str, ...], french: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings that mean the date of things, by the names of these things."""
    return (*_combined(_ARABIC_DATES, arabic), *_combined(_FRENCH_DATES, french))


_TEXT_FORMS = ("نص {}", "محتوى {}", "مضمون {}", "وصف {}", "تفاصيل {}", "Texte {}", "Contenu {}",
               "Description {}", "Détails {}", "Détail {}", "Énoncé {}", "Corps {}")  # fmt: skip
_TITLE_FORMS = ("عنوان {}", "موضوع {}", "Titre {}", "Objet {}", "Sujet {}", "Intitulé {}")
_TASKS = ("الواجب", "التمرين", "التمارين", "العمل", "الدرس", "المهمة", "devoir", "travail",
          "exercice", "tâche", "leçon")  # fmt: skip
_NEWS = ("الرسالة", "الإعلان", "الإشعار", "البلاغ", "المذكرة", "message", "annonce", "avis", "note",
         "communiqué", "notification")  # fmt: skip
_STATE = (*("الحالة", "حالة", "الوضعية", "وضعية", "وضع", "Statut", "État", "Situation", "Status"),)
_NATURE = ("النوع", "نوع", "الطبيعة", "طبيعة", "Type", "Nature")
_REMARK = (
    *("ملاحظة", "ملاحظات", "الملاحظة", "الملاحظات", "تعليق", "التعليق", "إضافات", "توضيحات"),
    *("Remarque", "Remarques", "Observation", "Observations", "Commentaire", "Commentaires"),
)
_DATE_WORDS = frozenset(("date", *map(fold, ("تاريخ",))))
_BEFORE_A_DATE = frozenset(("le", *map(fold, ("بتاريخ",))))
_OTHER_DATES = re.compile("naissance|impression|edition|ازدياد|ميلاد|طبع|ولاده")


class Headings:
    """The fields of one kind of page, each with the headings that mean it."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words

    def texts(self) -> Iterator[str]:
        """Yield every heading of the list."""
        for texts in self._words.values():
            yield from texts

    @cached_property
    def _field_of(self) -> dict[str, str]:
        # What stands first keeps a word that two fields share.
        found: dict[str, str] = {}
        for field, texts in self._words.items():
            for text in texts:
                found.setdefault(_key(text), field)
        found.pop("", None)
        return found

    def field_of(self, heading: str) -> str | None:
        """Return the field that a heading means, None for an unknown one.

        >>> EXAMS.field_of("Date de l'épreuve :"), EXAMS.field_of("القاعات")
        ('date', None)
        >>> EXAMS.field_of("Matière / المادة"), EXAMS.field_of("Durée")
        ('subject', 'duration')
        """
        for text in (heading, _IN_BRACKETS.sub(" ", heading)):
            if field := self._field_of.get(_key(text)):
                return field
        # Two languages side by side, or `a or b`: what comes first counts, unless the rest differs.
        first, *others = (self._field_of.get(_key(part)) for part in _BETWEEN.split(heading))
        return first if all(other in (first, None) for other in others) else None

    def fields_of(self, headings: tuple[str, ...]) -> tuple[str | None, ...]:
        """Return the field of each heading; the first one of a field has it.

        Where no heading is known to be the date, the only one that speaks of a date is it, if any
        other heading is known.

        >>> EXAMS.fields_of(("Date de l'oral", "Matière", "Matières"))
        ('date', 'subject', None)
        >>> EXAMS.fields_of(("Date de l'oral", "Date de l'écrit", "Salle"))
        (None, None, 'room')
        """
        fields = list(_first_of_each(map(self.field_of, headings)))
        if "date" in self._words and "date" not in fields and any(fields):
            dates = [
                place
                for place, (heading, field) in enumerate(zip(headings, fields, strict=True))
                if field is None and _speaks_of_a_date(heading) and self.field_of(heading) is None
            ]
            if len(dates) == 1:
                fields[dates[0]] = "date"
        return tuple(fields)


def _speaks_of_a_date(heading: str) -> bool:
    words = fold(heading).split()
    return bool(
        words
        and (_bare(words[0]) in _DATE_WORDS or words[-1] in _BEFORE_A_DATE)
        and not _OTHER_DATES.search(" ".join(words))
    )


def _first_of_each(fields: Iterator[str | None]) -> Iterator[str | None]:
    seen: set[str] = set()
    for field in fields:
        yield None if field in seen else field
        if field is not None:
            seen.add(field)


def _key(heading: str) -> str:
    """Return a heading's words without what may be left out of them."""
    words = fold(heading).split()
    telling = [_bare(word) for word in words if word not in _SMALL]
    return " ".join(telling or words)


def _bare(word: str) -> str:
    if word.startswith(_ARTICLES) and len(word) >= _SHORTEST_WITH_ARTICLE:
        return word[2:]
    is_plural = word.isascii() and len(word) >= _SHORTEST_WITH_PLURAL and word.endswith("s")
    return word[:-1] if is_plural else word


ABSENCES = Headings(
    {
        "date": (
            *_DATE,
            *_dated(("الغياب", "التغيب", "التأخر", "الحصة"), ("absence", "retard", "séance")),
            *("تاريخ بداية الغياب", "أيام الغياب", "أيام التغيب"),
            *("من تاريخ", "ابتداء من", "من يوم", "تاريخ البداية", "تاريخ التأخر", "بداية الغياب"),
            *("تاريخ الحصة", "تاريخ التسجيل", "تاريخ بداية التغيب", "من"),
            *("Date d'absence", "Date de l'absence", "Jour d'absence", "Jour de l'absence"),
            *("Date de début", "Date début", "Du", "À partir du", "Absent le", "Date du retard"),
            *("Date absence", "Début d'absence", "Début de l'absence", "Date de la séance", "Le"),
        ),
        "until": (
            *("إلى", "إلى غاية", "تاريخ النهاية", "إلى تاريخ", "إلى يوم", "تاريخ نهاية الغياب"),
            *("تاريخ نهاية التغيب", "نهاية الغياب", "تاريخ العودة", "حتى", "غاية"),
            *("Au", "Jusqu'au", "Date de fin", "Date fin", "Fin d'absence", "Fin de l'absence"),
        ),
        "days": (
            *("الفترة", "فترة الغياب", "فترة التغيب", "أيام الغياب من إلى"),
            *("Période", "Période d'absence", "Période de l'absence"),
        ),
        "day": _DAY,
        "hours": (
            *("عدد الساعات", "الساعات", "ساعات الغياب", "عدد ساعات الغياب", "مجموع الساعات"),
            *("عدد ساعات التغيب", "ساعات التغيب", "عدد الساعات المتغيب عنها", "عدد س"),
            *("Nombre d'heures", "Nb heures", "Nb. heures", "Nbre heures", "Heures d'absence"),
            *("Nombre d'heures d'absence", "Total heures", "Heures manquées", "Nb d'heures"),
            *("Volume horaire", "Nbr heures", "Nbre d'heures"),
        ),
        "length": (
            *("المدة", "مدة الغياب", "مدة التغيب", "مدة", "Durée"),
            *("Durée d'absence", "Durée de l'absence", "Durée du retard", "مدة التأخر"),
            *_TIMES,
        ),
        "session": (
            *("الحصة", "الحصص", "حصة", "رقم الحصة", "حصص الغياب", "الحصص المتغيب عنها"),
            *("Séance", "Séances", "N° séance", "Numéro de séance", "Séance(s)"),
            *("Demi-journée", "نصف اليوم", "Séance manquée", "Séances manquées", "Cours manqué"),
        ),
        "whole_day": ("يوم كامل", "اليوم كاملا", "طيلة اليوم", "Journée entière",
                      "Toute la journée", "Journée complète"),
        "start": _START,
        "end": _END,
        "subject": (*_SUBJECT, "Cours", "الدرس"),
        "unjustified": ("غير مبرر", "غير مبررة", "بدون مبرر", "Non justifiée", "Non justifié",
                        "Injustifiée", "Injustifié"),
        "justified": (
            *("مبرر", "مبررة", "مبرر(ة)", "حالة التبرير", "تم التبرير", "هل الغياب مبرر", "بعذر"),
            *("وضعية التبرير", "الغياب مبرر", "غياب مبرر", "مبرر أم لا", "مبرر أو غير مبرر"),
            *("مبرر / غير مبرر", "تبرير الغياب", "هل هو مبرر", "نوع الغياب", "طبيعة الغياب"),
            *("نوع التغيب", "حالة الغياب", "وضعية الغياب", "مسموح به"),
            *("Justifiée", "Justifié", "Justifié(e)", "Absence justifiée", "Est justifiée"),
            *("État de justification", "Statut de justification", "Justifiée ?", "Excusée"),
            *("Type d'absence", "Nature de l'absence", "Statut de l'absence", "Justif", "Justif."),
            *("Justifiée (oui/non)", "Justifié / Non justifié", "Situation de l'absence", "Excusé"),
        ),
        "justification": (
            *("التبرير", "المبرر", "المبررات", "العذر", "تبرير", "مبررات الغياب", "التبريرات"),
            *("Justification", "Justificatif", "Excuse", "Justifications", "Pièce justificative"),
            *("Justification de l'absence", "Justificatifs", "وثيقة التبرير", "الوثيقة المبررة"),
            *("المبرر المدلى به", "المبررات المدلى بها", "المبرر المقدم", "العذر المقدم"),
            *("التبرير المقدم", "العذر المدلى به", "Justificatif fourni", "Justificatif présenté"),
        ),
        "reason": (
            *("السبب", "سبب الغياب", "أسباب الغياب", "سبب التغيب", "دواعي الغياب", "سبب", "الدافع"),
            *("الأسباب", "سبب التأخر", "Motif", "Raison", "Cause", "Motifs", "Motif d'absence"),
            *("Motif de l'absence", "Motif du retard", "Raison de l'absence", "Cause de l'absence"),
            *("Motif invoqué", "Motif déclaré", "السبب المدلى به", "السبب المصرح به"),
        ),
        "remark": _REMARK,
        "state": _STATE,
        "nature": _NATURE,
    }
)  # fmt: skip
HOMEWORK = Headings(
    {
        "due": (
            *("تاريخ التسليم", "آخر أجل", "آخر أجل للتسليم", "أجل التسليم", "تاريخ الإنجاز"),
            *("الأجل", "موعد التسليم", "تاريخ انتهاء الأجل", "ينجز قبل", "يسلم يوم", "تسليم"),
            *("التسليم", "يسلم قبل", "آخر موعد", "مطلوب ليوم", "ليوم", "موعد الإنجاز", "قبل يوم"),
            *("تاريخ نهاية التسليم", "أجل الإنجاز", "للإنجاز قبل", "تاريخ الاستحقاق", "يسلم في"),
            *("À rendre le", "À rendre", "Date de remise", "Pour le", "Date limite", "Échéance"),
            *("À faire pour le", "À faire pour", "Date limite de remise", "Délai", "Date de rendu"),
            *("Date d'échéance", "À remettre le", "Remise", "À rendre avant le", "Dernier délai"),
            *("À rendre pour le", "Date de retour", "Rendu", "Rendre avant", "À remettre avant le"),
        ),
        "published": (
            *("تاريخ النشر", "تاريخ الإضافة", "تاريخ الإعطاء", "أعطي يوم", "تاريخ الإنشاء"),
            *("نشر في", "أضيف في", "تاريخ الطرح", "تاريخ الإرسال", "تاريخ التكليف", "أعطي في"),
            *("تاريخ الحصة", "نشر يوم", "تاريخ وضع الواجب", "تاريخ التعيين", "أضيف بتاريخ"),
            *("قدم في حصة", "قدم في", "قدم يوم", "قدم بتاريخ", "أعطي في حصة", "أعطي بتاريخ"),
            *("قدم خلال حصة", "تاريخ التقديم", "Donné à la séance du", "Donné en séance le"),
            *("Date de publication", "Publié le", "Donné le", "Date d'ajout", "Date de création"),
            *("Ajouté le", "Date de saisie", "Posté le", "Date d'attribution", "Date donnée"),
            *("Saisi le", "Date de la séance", "Date d'envoi", "Mis en ligne le", "Donné"),
        ),
        "date": (*_DATE, *_DAY, "تاريخ الواجب", "Date du devoir"),
        "subject": (*_SUBJECT, "Cours"),
        "title": (
            *_combined(_TITLE_FORMS, _TASKS),
            *("العنوان", "عنوان الواجب", "عنوان", "عنوان الدرس", "الدرس", "Titre"),
            *("Titre du devoir", "Intitulé", "Chapitre", "Leçon", "Libellé", "Sujet", "Objet"),
        ),
        "text": (
            *_combined(_TEXT_FORMS, _TASKS),
            *("الواجب", "الواجبات", "الواجب المنزلي", "المطلوب", "نص الواجب", "مضمون الواجب"),
            *("المحتوى", "الوصف", "التفاصيل", "العمل المطلوب", "المضمون", "الموضوع", "النص"),
            *("الواجبات المنزلية", "الأعمال المطلوبة", "العمل", "التعليمات", "محتوى الواجب"),
            *("التمارين", "التمرين", "الأنشطة", "وصف الواجب", "العمل المنزلي", "المهمة"),
            *("Devoir", "Devoirs", "Travail à faire", "Contenu", "Description", "Détails", "Texte"),
            *("Énoncé", "Travail demandé", "Consigne", "Consignes", "Travail", "À faire"),
            *("Devoir à faire", "Devoir à la maison", "Travail à rendre", "Contenu du devoir"),
            *("Détail", "Exercice", "Exercices", "Tâche", "Activité", "Instructions"),
        ),
        "attachments": _FILES,
    }
)
TIMETABLE = Headings(
    {
        "day": (*_DAY, "يوم الأسبوع", "أيام الأسبوع", "Jour de la semaine"),
        "date": (*_DATE, "تاريخ الحصة", "Date de la séance"),
        "start": (*_START, "من", "Du"),
        "end": (*_END, "إلى", "Au"),
        "times": (
            *_TIMES,
            *("الحصة", "الحصص", "الفترة", "Séance", "Séances", "Période", "De - à", "من - إلى"),
            *("ساعات", "الساعات", "رقم الحصة"),
        ),
        "subject": (*_SUBJECT, "الدرس", "النشاط", "Cours", "Activité"),
        "teacher": _TEACHER,
        "room": _ROOM,
        "text": (*_REMARK, "التفاصيل", "Détails"),
    }
)
EXAMS = Headings(
    {
        "date": (
            *_DATE,
            *_dated(
                ("الفرض", "الامتحان", "الإجراء", "التقويم", "المراقبة", "الاختبار", "الإنجاز"),
                (
                    *("examen", "contrôle", "épreuve", "devoir", "évaluation", "passage", "test"),
                    *("passation", "déroulement", "réalisation"),
                ),
            ),
            *("تاريخ إجراء الفرض", "تاريخ إجراء الامتحان", "موعد الفرض", "موعد الإجراء", "الموعد"),
            *("موعد الامتحان", "تاريخ الاختبار", "يوم الإجراء", "تاريخ إجراء الاختبار", "موعد"),
            *("تاريخ البرمجة", "التاريخ المبرمج", "التاريخ والساعة", "التاريخ والتوقيت"),
            *("تاريخ وساعة الإجراء", "تاريخ وتوقيت الإجراء", "اليوم والتاريخ", "اليوم والساعة"),
            *("Date de l'examen", "Date du contrôle", "Date de l'épreuve", "Date prévue"),
            *("Date d'examen", "Date du devoir", "Date de passage", "Date de l'évaluation"),
            *("Date contrôle", "Date épreuve", "Date et heure", "Date & heure", "Date/Heure"),
            *("Programmé le", "Date programmée", "Prévu le", "Jour et date", "Date du test"),
        ),
        "day": _DAY,
        "start": (*_START, "من", "Du"),
        "end": (*_END, "إلى"),
        "times": (
            *_TIMES,
            *("توقيت الفرض", "توقيت الامتحان", "ساعة الفرض", "ساعة الامتحان", "الحصة", "الفترة"),
            *("Heure de l'examen", "Heure du contrôle", "Heure de l'épreuve", "Séance", "Période"),
            *("Heure de passage", "من - إلى", "De - à"),
        ),
        "subject": (*_SUBJECT, "مادة الامتحان", "مادة الاختبار", "مادة الفرض", "Cours"),
        "title": (
            *("الفرض", "نوع الفرض", "الامتحان", "نوع الامتحان", "نوع التقويم", "التقويم", "النوع"),
            *("طبيعة الفرض", "نوع المراقبة", "العنوان", "الموضوع", "التسمية", "نوع الاختبار"),
            *("الاختبار", "رقم الفرض", "الفروض", "اسم الفرض", "المراقبة", "عنوان الفرض", "نوع"),
            *("الأنشطة", "طبيعة التقويم", "الطبيعة", "عنوان الامتحان"),
            *("Contrôle", "Type", "Type de contrôle", "Examen", "Type d'examen", "Évaluation"),
            *("Type d'évaluation", "Épreuve", "Intitulé", "Titre", "Libellé", "Nature", "Devoir"),
            *("Nature du contrôle", "Test", "Objet", "Type d'épreuve"),
            *("N° contrôle", "Désignation"),
            *("Nature de l'épreuve", "Type de devoir"),
        ),
        "room": _ROOM,
        "duration": ("المدة", "مدة الإنجاز", "مدة الامتحان", "مدة الفرض", "Durée",
                     "Durée de l'épreuve"),
    }
)  # fmt: skip
MESSAGES = Headings(
    {
        "date": (
            *_DATE,
            *_dated(("الرسالة", "الإعلان", "الإشعار"), ("message", "annonce", "avis")),
            *("تاريخ الإرسال", "تاريخ النشر", "تاريخ التوصل", "أرسلت في"),
            *("نشر في", "تاريخ الرسالة"),
            *("توصلتم بها في", "توصلتم بها بتاريخ", "توصلتم بها يوم", "توصلت بها في"),
            *("توصلتم به في", "توصلت به في", "تم التوصل بها في", "تم التوصل في", "استلمت في"),
            *("استلمت بتاريخ", "Reçue le"),
            *("تاريخ الإعلان", "توقيت الإرسال", "أرسلت بتاريخ", "تاريخ الاستلام", "وصلت في"),
            *("التاريخ والساعة", "تاريخ الإشعار", "Date d'envoi", "Date de réception", "Envoyé le"),
            *("Reçu le", "Date de publication", "Publié le", "Date du message", "Date et heure"),
            *("Diffusé le", "Posté le", "Transmis le", "أرسل في", "أرسل بتاريخ", "نشر بتاريخ"),
            *("Date de l'annonce", "Envoyée le", "Date de diffusion"),
        ),
        "sender": (
            *("المرسل", "المرسل(ة)", "من طرف", "الجهة المرسلة", "المصدر"),
            *("من", "مرسل", "اسم المرسل"),
            *("صاحب الرسالة", "مرسلة من طرف", "الجهة", "Expéditeur", "De", "De la part de"),
            *("Envoyé par", "Auteur", "Émetteur", "Source", "Expéditrice", "Publié par", "Par"),
        ),
        "title": (
            *_combined(_TITLE_FORMS, _NEWS),
            *("الموضوع", "العنوان", "موضوع الرسالة", "عنوان الرسالة", "عنوان", "موضوع", "الإعلان"),
            *("عنوان الإعلان", "Objet", "Sujet", "Titre"),
            *("Objet du message", "Intitulé", "Annonce"),
            *("Libellé", "Titre du message", "Titre de l'annonce", "موضوع الإعلان"),
        ),
        "text": (
            *_combined(_TEXT_FORMS, _NEWS),
            *("الرسالة", "نص الرسالة", "المحتوى", "النص", "مضمون الرسالة", "الرسائل", "المضمون"),
            *("محتوى الرسالة", "التفاصيل", "نص الإعلان", "الوصف", "Message", "Contenu", "Texte"),
            *("Messages", "Contenu du message", "Corps", "Description"),
            *("Détails", "Corps du message"),
        ),
        "unread": ("غير مقروء", "غير مقروءة", "جديد", "جديدة", "Non lu", "Non lue", "Nouveau",
                   "Nouvelle", "لم تقرأ"),
        "read": (
            *("مقروء", "مقروءة", "مقروء(ة)", "تمت القراءة", "حالة القراءة", "القراءة", "قرئت"),
            *("تم الاطلاع", "وضعية القراءة", "Lu", "Lue", "Lu(e)", "Lecture", "État de lecture"),
            *("Statut de lecture", "Consulté", "Vu", "Déjà lu"),
        ),
        "state": _STATE,
        "nature": _NATURE,
        "attachments": _FILES,
    }
)  # fmt: skip
DOCUMENTS = Headings(
    {
        "title": (
            *("الوثيقة", "اسم الوثيقة", "عنوان الوثيقة", "الوثائق", "الشهادة", "العنوان", "الاسم"),
            *("نوع الوثيقة", "اسم الملف", "التسمية", "نوع الشهادة", "وثيقة", "بيان", "الشواهد"),
            *("عنوان", "النوع", "الموضوع", "Document", "Documents", "Nom du document", "Intitulé"),
            *("Titre", "Certificat", "Nom", "Libellé", "Type de document", "Nom du fichier"),
            *("Attestation", "Désignation", "Type", "Titre du document", "Objet", "Pièce"),
            *("Intitulé du document", "Nom de la pièce"),
        ),
        "date": (
            *_DATE,
            *_dated(
                ("الوثيقة", "الشهادة", "الملف"), ("document", "certificat", "fichier", "pièce")
            ),
            *("تاريخ الإصدار", "تاريخ النشر", "تاريخ الإضافة", "تاريخ الوثيقة", "تاريخ التسليم"),
            *("حررت بتاريخ", "حرر بتاريخ", "سلمت بتاريخ", "صدرت بتاريخ", "حررت في", "سلمت في"),
            *("تاريخ الإنشاء", "تاريخ الوضع", "تاريخ الإيداع", "Date d'émission", "Délivré le"),
            *(
                "Date de publication",
                "Publié le",
                "Date d'ajout",
                "Date de délivrance",
                "Ajouté le",
            ),
            *("Date de dépôt", "Date du document", "Date de création", "Établi le", "Émis le"),
            *("Mis en ligne le", "Déposé le"),
        ),
        "attachments": _FILES,
    }
)
ORIENTATION = Headings(
    {
        "rank": (
            *("الترتيب", "رقم الرغبة", "ترتيب الرغبة", "الرتبة", "رقم الاختيار", "ترتيب الاختيار"),
            *("رقم", "الرقم", "ر.ت", "ترتيب الرغبات", "رتبة الاختيار", "ت", "ترتيب", "رتبة الرغبة"),
            *("Rang", "Ordre", "N°", "Priorité", "Rang du vœu", "Numéro", "Ordre du vœu", "#"),
            *("N° du vœu", "Ordre de préférence", "Ordre du choix", "N° d'ordre", "Numéro du vœu"),
            *("Rang du choix", "Classement", "Num"),
        ),
        "wish": (
            *(
                "الرغبة",
                "الرغبات",
                "رغبة",
                "الرغبة المعبر عنها",
                "الاختيار",
                "الاختيارات",
                "اختيار",
            ),
            *("Vœu", "Vœux", "Vœu d'orientation", "Souhait", "Choix", "Choix exprimé"),
            *("Choix d'orientation", "Choix / Filière", "Vœu / Filière", "Filière / Vœu"),
            *("الرغبة / المسلك", "الاختيار / المسلك", "الرغبة / الشعبة", "الاختيار / الشعبة"),
        ),
        "branch": (
            *("المسلك", "الشعبة", "التوجيه", "المسلك المطلوب", "الجذع المشترك", "الشعبة المطلوبة"),
            *("التوجيه المطلوب", "الفرع", "المسلك المختار", "المستوى المطلوب", "التخصص", "التكوين"),
            *("الشعبة أو المسلك", "الشعبة / المسلك", "المسلك أو الشعبة", "الشعبة المختارة"),
            *("Filière", "Branche", "Orientation", "Filière demandée", "Option", "Série"),
            *("Formation", "Filière choisie", "Orientation demandée", "Spécialité"),
            *("Branche demandée", "Branche / filière", "Filière / Branche", "Tronc commun"),
        ),
        "status": (
            *("الحالة", "القرار", "الوضعية", "النتيجة", "قرار المجلس", "حالة الطلب", "رأي المجلس"),
            *("وضعية الطلب", "قرار مجلس القسم", "حالة الرغبة", "مآل الطلب", "وضعية الرغبة"),
            *("قرار لجنة التوجيه", "حالة", "Statut", "Décision", "État", "Résultat", "Situation"),
            *(
                "Avis du conseil",
                "État de la demande",
                "Décision du conseil",
                "Avis",
                "Statut du vœu",
            ),
            *("Décision du conseil de classe", "Réponse", "État du vœu", "Suite donnée"),
            *("رأي مجلس القسم", "رأي مجلس التوجيه", "رأي لجنة التوجيه", "اقتراح مجلس القسم"),
            *(
                "Avis du conseil de classe",
                "Avis du conseil d'orientation",
                "Avis de la commission",
            ),
            *("Proposition du conseil de classe", "Proposition du conseil"),
        ),
        "date": (
            *_DATE,
            *_dated(
                ("الرغبة", "الاختيار", "الطلب", "التوجيه"),
                ("vœu", "choix", "demande", "souhait", "orientation"),
            ),
            *(
                "آخر أجل",
                "آخر أجل للتأكيد",
                "آخر أجل للتعديل",
                "تاريخ الطلب",
                "تاريخ الاختيار",
                "تاريخ التعبير",
            ),
            *("تاريخ التسجيل", "تاريخ الرغبة", "تاريخ الإدخال", "تاريخ التعبئة", "Date limite"),
            *("Date de saisie", "Date du vœu", "Date de la demande", "Saisi le", "Date du choix"),
            *("Date limite de modification", "Date d'expression", "Modifiable jusqu'au"),
            *("Dernier délai", "Date limite de confirmation"),
            *("Exprimé le", "Date de modification", "Formulé le", "Enregistré le", "Émis le"),
            *("سجل بتاريخ", "سجلت بتاريخ", "سجل في", "سجلت في", "أدخلت بتاريخ", "عبر عنها بتاريخ"),
        ),
        "text": (*_REMARK, "التفاصيل", "المؤسسة المطلوبة", "Détails", "Description", "بيان"),
    }
)
ABOUT_THE_STUDENT = Headings(
    {
        "": (
            *("التلميذ", "التلميذة", "التلميذ(ة)", "اسم التلميذ", "الاسم", "الاسم الكامل", "النسب"),
            *("رقم التلميذ", "رمز مسار", "الرقم الوطني", "المؤسسة", "الثانوية", "المدرسة"),
            *("المستوى", "المستوى الدراسي", "القسم", "الفصل", "السنة الدراسية", "الموسم الدراسي"),
            *("الدورة", "الأسدس", "الاسم والنسب", "الاسم الشخصي", "الاسم العائلي", "الأكاديمية"),
            *("المديرية", "المديرية الإقليمية", "عدد التلاميذ", "اسم ونسب التلميذ", "رمز التلميذ"),
            *("Élève", "Nom", "Nom complet", "Nom et prénom", "Prénom", "Code Massar", "CNE"),
            *(
                "Établissement",
                "École",
                "Niveau",
                "Classe",
                "Année scolaire",
                "Semestre",
                "Session",
            ),
            *("Académie", "Direction provinciale", "AREF", "Nom de l'élève", "Code élève"),
            *("Nombre d'élèves", "Nom et prénom de l'élève", "Année"),
        )
    }
)
"""Labels that any page may repeat above its list; they are no part of it."""
ALL = (ABSENCES, HOMEWORK, TIMETABLE, EXAMS, MESSAGES, DOCUMENTS, ORIENTATION, ABOUT_THE_STUDENT)
