"""How pages say that there is nothing to show: `لا توجد …`, `Aucun(e) …`."""

import re

from massar_cli.folding import fold
from massar_cli.portal_menu import PageKind

_DENIALS = (
    *("لا توجد", "لا يوجد", "ليس هناك", "ليست هناك", "ليس لديك", "ليس لديكم", "ليس لك", "ليس لكم"),
    *("لا تتوفر", "لا يتوفر", "لا تتوفرون", "لا شيء", "لا بيانات", "لا نتائج", "لا معطيات"),
    *("لم يتم تسجيل", "لم يسجل", "لم تسجل", "لم يتم العثور", "لم يتم إدراج", "لم تدرج", "لم يدرج"),
    *("لم يتم نشر", "لم ينشر", "لم تنشر", "لم يتم إضافة", "لم تتم إضافة", "لم يضف", "لم تضف"),
    *("لم يتم برمجة", "لم تتم برمجة", "لم يبرمج", "لم تبرمج", "لم يتم تحديد", "لم تتم", "لم ترد"),
    *("لم يدون", "لم تدون", "لم ينطلق", "لم تنطلق", "لم يفتح", "لم تفتح", "لم يبدأ", "لم تبدأ"),
    *("لم يصدر", "لم تصدر", "لم يعلن", "لم تعلن", "لم يحدد", "لم تحدد", "لم تتوصلوا"),
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
# "The school has not published the timetable yet": what it is about must be told in the sentence.
_NOT_YET = re.compile(
    r"(?:\w+ ){1,7}n (?:a|ont|est|sont)"
    r" (?:pas encore|encore (?:pas|rien|aucune?)|toujours (?:pas|rien|aucune?)|rien|aucune?)"
    r" (?:ete )?(?:publi|consign|saisi|enregistr|programm|planifi|ouvert|depos|communiqu|ajout"
    r"|renseign|fix|commenc|demarr|lanc|transmis|envoy|recu|inscrit|etabli|elabor|donn|emis|affich"
    r"|mis en ligne)"
    r"\w{0,3}(?: .*)?"
)
# "Your box is empty", of a thing that holds a list.
_HOLDERS = "boite|liste|registre|tableau|agenda|cahier|rubrique|messagerie|calendrier|historique"
_ARABIC_HOLDERS = "|".join(
    map(fold, ("صندوق", "سجل", "لائحة", "قائمة", "دفتر", "جدول", "علبة", "بريد", "رزنامة"))
)
_EMPTY = re.compile(
    rf"(?:(?:la|le|l|votre|cette|ce|cet) )?(?:{_HOLDERS})(?: \w+){{0,4}} est (?:\w+ ){{0,2}}"
    r"(?:vide|vierge)(?: .*)?"
    rf"|(?:ال)?(?:{_ARABIC_HOLDERS})\w{{0,3}}(?: \w+){{0,4}} (?:خال|خالي|خاليه|فارغ|فارغه)(?: .*)?"
)
_LONGEST = 150
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
    PageKind.HOMEWORK: ("واجب", "devoir", "travail", "travaux", "homework", "دفتر", "تمرين",
                        "cahier"),
    PageKind.TIMETABLE: ("استعمال", "جدول", "حصه", "حصص", "emploi", "seance", "cours", "timetable"),
    PageKind.EXAMS: ("فرض", "فروض", "امتحان", "اختبار", "تقويم", "مراقبه", "examen", "controle",
                     "evaluation", "epreuve", "exam"),
    PageKind.MESSAGES: ("رساله", "رسائل", "رسايل", "اعلان", "اشعار", "بلاغ", "message", "annonce",
                        "notification", "courrier", "avis", "صندوق", "بريد", "boite"),
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
    >>> says_nothing("L'école n'a pas encore publié l'emploi du temps", PageKind.TIMETABLE)
    True
    >>> says_nothing("صندوقكم خال من الرسائل", PageKind.MESSAGES)
    True
    """
    key = fold(text)
    if not _FAILED.isdisjoint(key.split()):
        return False
    named = {one for one, nouns in _NOUNS.items() if any(noun in key for noun in nouns)}
    if _DENIAL.match(key):
        return not named or kind in named
    if len(key) > _LONGEST:
        return False
    if _EMPTY.fullmatch(key):
        return not named or kind in named
    return kind in named and _NOT_YET.fullmatch(key) is not None
