"""How pages say that there is nothing to show: `لا توجد …`, `Aucun(e) …`."""

import re

from massar_cli.folding import fold
from massar_cli.portal_pages import PageKind

_DENIALS = (
    *("لا توجد", "لا يوجد", "ليس هناك", "ليست هناك", "ليس لديك", "ليس لديكم", "ليس لك", "ليس لكم"),
    *("لا تتوفر", "لا يتوفر", "لا تتوفرون", "لا شيء", "لا بيانات", "لا نتائج", "لا معطيات"),
    *("لم يتم تسجيل", "لم يسجل", "لم تسجل", "لم يتم العثور", "لم يتم إدراج", "لم تدرج", "لم يدرج"),
    *("لم يتم نشر", "لم ينشر", "لم تنشر", "لم يتم إضافة", "لم تتم إضافة", "لم يضف", "لم تضف"),
    *("لم يتم برمجة", "لم تتم برمجة", "لم يبرمج", "لم تبرمج", "لم يتم تحديد", "لم تتم", "لم ترد"),
    *("لم تتوصل", "لم يعثر", "لم يتم التعبير", "لم يتم إيداع", "لم يودع", "ما من", "غير متوفر"),
    *("غير متوفرة", "لم يتم إدخال", "لم يتم إرسال", "لم يتم تعيين", "لم يعط", "لم تعط", "لم تعبر"),
    *(
        "aucun",
        "aucune",
        "aucuns",
        "pas de",
        "pas d",
        "il n y a",
        "il n y a pas",
        "il ya pas",
        "rien",
    ),
    *("vous n avez", "vous n avez pas", "neant", "liste vide", "nous n avons", "l eleve n a"),
    *("votre enfant n a", "cet eleve n a", "n a aucune", "vous n etes", "il n existe", "sans"),
    *("there are no", "there is no", "no data", "no records", "no items", "no results", "nothing"),
)
_DENIAL = re.compile(rf"(?:{'|'.join(sorted(map(fold, _DENIALS), key=len, reverse=True))})(?!\w)")
# A refusal or a failure begins with the same words.
_FAILURES = (
    *("صلاحية", "صلاحيات", "تصريح", "اتصال", "حق", "الحق", "خطأ", "تحميل", "إمكانية", "الولوج"),
    *("droit", "droits", "accès", "autorisation", "autorisé", "autorisée", "connexion", "erreur"),
    *("permission", "permissions", "réponse", "serveur", "connecté", "connectée", "habilité"),
)
_FAILED = frozenset(map(fold, _FAILURES))
_NOUNS: dict[PageKind, tuple[str, ...]] = {
    PageKind.ABSENCES: ("غياب", "تغيب", "تاخر", "absen", "retard"),
    PageKind.HOMEWORK: ("واجب", "devoir", "travail", "travaux", "homework", "دفتر", "تمرين"),
    PageKind.TIMETABLE: ("استعمال", "جدول", "حصه", "حصص", "emploi", "seance", "cours", "timetable"),
    PageKind.EXAMS: ("فرض", "فروض", "امتحان", "اختبار", "تقويم", "مراقبه", "examen", "controle",
                     "evaluation", "epreuve", "exam"),
    PageKind.MESSAGES: ("رساله", "رسائل", "رسايل", "اعلان", "اشعار", "بلاغ", "message", "annonce",
                        "notification", "courrier", "avis"),
    PageKind.DOCUMENTS: ("وثيق", "وثائق", "وثايق", "شهاد", "شواهد", "ملف", "document", "certificat",
                         "attestation", "fichier"),
    PageKind.ORIENTATION: ("توجيه", "اختيار", "رغب", "orientation", "voeu", "choix", "souhait",
                           "filiere", "مسلك"),
}  # fmt: skip


def says_nothing(text: str, kind: PageKind) -> bool:
    """Whether a text says that there is nothing of this kind, or of any kind.

    >>> says_nothing("لا توجد بيانات", PageKind.ABSENCES)
    True
    >>> says_nothing("Aucune absence n'est enregistrée.", PageKind.ABSENCES)
    True
    >>> says_nothing("Aucun message non lu", PageKind.ABSENCES)
    False
    >>> says_nothing("Vous n'avez pas le droit d'accès", PageKind.ABSENCES)
    False
    """
    key = fold(text)
    words = key.split()
    if not _DENIAL.match(key) or not _FAILED.isdisjoint(words):
        return False
    named = {one for one, nouns in _NOUNS.items() if any(noun in key for noun in nouns)}
    return not named or kind in named
