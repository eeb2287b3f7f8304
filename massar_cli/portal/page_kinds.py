"""What a page of the menu is about: guessed from its label, and from the words of its address.

Nobody has published the labels, so the vocabulary is what Moroccan schools say in Arabic and in
French. The label counts more than the address, the longest phrase more than a word inside it, and
what contradicts itself is `other`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from massar_cli.folding import fold
from massar_cli.portal_pages import PageKind

_A = PageKind.ABSENCES
_H = PageKind.HOMEWORK
_T = PageKind.TIMETABLE
_E = PageKind.EXAMS
_M = PageKind.MESSAGES
_D = PageKind.DOCUMENTS
_O = PageKind.ORIENTATION
_G = PageKind.GRADES
_J = PageKind.JOURNEY
_P = PageKind.PROFILE
_X = PageKind.OTHER

_KNOWN = {
    "tuteureleves/getnoteseleve": _G,
    "tuteureleves/getbulletins": _G,
    "tuteureleves/getscolariteeleve": _J,
    "tuteureleves/getinfoeleve": _P,
}
"""The pages that published programs read; no label makes them anything else."""

_CERTAIN = 1000
_OF_A_LABEL = 20
_OF_A_VAGUE_LABEL = 8
_OF_AN_ADDRESS = 5
_OF_A_VAGUE_ADDRESS = 2

# A word that ends in * stands for all that begin so. The words between are left out on both sides.
_LABELS: Mapping[PageKind, tuple[str, ...]] = {
    _A: (
        *("غياب*", "تغيب*", "تاخر*", "مواظبة*", "حضور*", "ورقة دخول", "اذن دخول"),
        *("absen*", "retard*", "assiduite*", "presence*", "pointage", "billet* entree"),
        *("justificati* absence*", "تبرير غياب*", "مواظبة سلوك", "غياب تاخر*"),
    ),
    _H: (
        *("واجب*", "دفتر نصوص", "دفاتر نصوص", "دفتر* تمارين", "تمارين*", "فروض منزلية"),
        *("فرض* منزلي*", "انشطة منزلية", "اعمال منزلية", "عمل منزلي", "مهام منزلية"),
        *("devoir*", "devoir* maison", "devoir* domicile", "devoir* libre*", "devoir* faire"),
        *(
            "travail maison",
            "travaux maison",
            "travail faire",
            "travaux faire",
            "travail personnel",
        ),
        *("travaux domicile", "travaux rendre", "travail rendre", "devoir* rendre"),
        *("cahier* texte*", "cahier* journal", "exercice*", "homework", "assignment*"),
    ),
    _T: (
        *("استعمال زمن", "استعمالات زمن", "جدول حصص", "جداول حصص", "جدول زمني", "جدول دراسي"),
        *("جدول* اسبوعي*", "حصص اسبوعية", "برنامج اسبوعي", "توزيع حصص", "اوقات دراسة", "حصص*"),
        *("توقيت* دراس*", "جدول توقيت", "زمن مدرسي"),
        *("emploi* temps", "planning", "planning semaine", "horaire*", "edt", "grille horaire"),
        *("seance*", "planning cours", "horaire* cours", "timetable", "schedule", "agenda semaine"),
    ),
    _E: (
        *("مواعيد امتحان*", "مواعيد فروض", "موعد فرض*", "مواعيد فروض امتحان*", "فرض* محروس*"),
        *("فروض", "فروض مراقبة مستمرة", "مواعيد فروض مراقبة مستمرة", "فروض مبرمجة"),
        *("برمجة فروض", "جدولة فروض", "جدول* امتحان*", "جدول* فروض", "برنامج امتحان*"),
        *("برنامج فروض", "تواريخ امتحان*", "تواريخ فروض", "رزنامة امتحان*", "رزنامة فروض"),
        *("امتحان*", "اختبار*", "روائز", "تقويمات", "مواعيد اختبار*", "مواعيد تقويم*"),
        *("تقويم* مبرمج*", "مواعيد مراقبة مستمرة", "برمجة امتحان*", "مراقبة مستمرة مبرمجة"),
        *("devoir* surveille*", "devoir* classe", "controle*", "controle* surveille*", "examen*"),
        *("controle* programme*", "controle* continu* programme*", "epreuve*", "test*"),
        *("evaluation*", "evaluation* programme*", "calendrier examen*", "calendrier controle*"),
        *("date* examen*", "date* controle*", "date* controle* examen*", "planning examen*"),
        *("planning controle*", "planning devoir* surveille*", "planning evaluation*"),
        *("calendrier devoir* surveille*", "calendrier evaluation*", "devoir* programme*"),
        *("programme* controle*", "programme examen*", "exam", "exams", "date* controle* continu*"),
        *("horaire* examen*", "horaire* controle*", "emploi* temps examen*", "planning epreuve*"),
        *(
            "programmation controle*",
            "programmation devoir*",
            "calendrier devoir*",
            "interrogation*",
        ),
        *("planning controle* continu*", "calendrier controle* continu*", "استعمال زمن امتحان*"),
    ),
    _M: (
        *("رسائل*", "رسالة", "مراسل*", "اعلان*", "بلاغ*", "صندوق وارد", "بريد وارد", "صندوق بريد"),
        *("تواصل", "اخبار مؤسسة", "اعلان* مؤسسة", "مذكرات اخبار*", "سبورة اعلان*", "صندوق رسائل"),
        *("message*", "messagerie*", "annonce*", "communique*", "correspondance*", "courrier*"),
        *(
            "boite reception",
            "boite messages",
            "boite lettres",
            "note* service",
            "note* information",
        ),
        *("avis ecole", "avis etablissement", "tableau affichage", "cahier* correspondance"),
        *("cahier* liaison", "دفتر مراسلة", "دفتر تواصل", "announcement*", "inbox"),
        *("bulletin information*", "note* administrati*", "message* orientation", "رسائل توجيه*"),
    ),
    _D: (
        *("شواهد*", "شهاد*", "وثائق*", "وثيقة*", "وثائق مدرسية", "مستندات*", "استدعاء*"),
        *("استدعاء* امتحان*", "بيانات شواهد", "شواهد مدرسية", "شهادة مدرسية", "ملفات تحميل"),
        *("document*", "attestation*", "certificat*", "certificat* scolarite", "piece*"),
        *("convocation*", "convocation* examen*", "justificatif*", "releve* note* pdf", "dossier*"),
        *(
            "attestation* scolarite",
            "document* scolaire*",
            "document* orientation",
            "telechargement*",
        ),
        *("attestation* note*", "attestation* reussite", "certificat* medica*", "شهاد* طبية"),
        *(
            "وثائق توجيه*",
            "papier*",
            "document* administrati*",
            "certificate*",
            "document* examen*",
        ),
    ),
    _O: (
        *("توجيه*", "اعادة توجيه*", "بطاقة رغب*", "رغب*", "مشروع شخصي", "مشروعي شخصي"),
        *("مشروع شخصي توجيه", "مشروعي شخصي توجيه", "رغب* توجيه*", "اختيار* توجيه*"),
        *("اختيار* شعب*", "اختيار* مسلك*", "نتائج توجيه*", "توجيه مدرسي مهني", "مواكبة توجيه*"),
        *("orientation*", "reorientation*", "voeu*", "fiche voeux", "choix orientation"),
        *("projet orientation", "projet personnel", "resultat* orientation", "choix filiere*"),
        *("projet personnel orientation", "voeux orientation", "choix branche*", "guidance"),
        *("dossier* orientation", "information* orientation", "parcours orientation"),
    ),
    _G: (
        *("نقط*", "تتبع نقط*", "نقط مراقبة مستمرة", "نقط امتحان*", "نقط فروض", "بيان نقط*"),
        *("بيان نقط امتحان*", "بيانات نقط", "نتائج*", "نتائج دراسية", "نتائج امتحان*", "معدل*"),
        *("نتائج فروض", "نتائج مراقبة مستمرة", "بيان نتائج", "كشف نقط", "كشوف نقط", "علامات*"),
        *("مراقبة مستمرة", "تحصيل دراسي", "نقط معدل*", "نتائج دورة", "تنقيط*", "نتائج تقويم*"),
        *("note*", "bulletin*", "bulletin* note*", "moyenne*", "releve* note*", "resultat*"),
        *("resultat* scolaire*", "resultat* examen*", "controle* continu*", "note* controle*"),
        *("note* controle* continu*", "note* examen*", "resultat* controle*", "grade*", "mark*"),
        *(
            "note* moyenne*",
            "suivi note*",
            "note* devoir*",
            "note* devoir* surveille*",
            "carnet note*",
        ),
        *("resultat* devoir*", "resultat* evaluation*", "note* evaluation*", "resultat* note*"),
    ),
    _J: (
        *("مسار دراسي", "مساري دراسي", "مسار تلميذ*", "سنوات دراسية سابقة", "سنوات سابقة"),
        *("سيرة دراسية", "مسار تمدرس", "سوابق دراسية", "تاريخ دراسي", "مسار مدرسي"),
        *("parcours", "parcours scolaire*", "cursus*", "annees precedentes", "annees anterieures"),
        *("historique scolaire", "historique scolarite", "parcours eleve", "scolarite anterieure"),
        *("historique parcours", "mes annees", "annees scolaires precedentes", "academic history"),
        *("resultat* annees precedentes", "نتائج سنوات سابقة"),
    ),
    _P: (
        *("معلومات تلميذ*", "معلومات شخصية", "معلوماتي", "معلوماتي شخصية", "بيانات شخصية"),
        *("بياناتي", "بياناتي شخصية", "بيانات تلميذ*", "بطاقة تلميذ*", "ملف* شخصي*", "ملف تلميذ*"),
        *("معطيات شخصية", "معطيات تلميذ*", "بطاقة معلومات", "هوية تلميذ*", "حسابي", "معلومات ولي"),
        *("معطياتي", "معطياتي شخصية", "بطاقة شخصية", "بطاقة تعريف*"),
        *("profil*", "information* eleve*", "information* personnelle*", "info* personnelle*"),
        *(
            "info* eleve*",
            "information* tuteur",
            "donnees personnelles",
            "donnees eleve",
            "identite*",
        ),
        *(
            "fiche eleve",
            "fiche personnelle",
            "mes informations",
            "mon compte",
            "fiche information*",
        ),
        *("etat civil", "dossier* eleve", "fiche identite", "profile", "coordonnees eleve"),
    ),
    # Entries that hold a word of another kind and are about something else.
    _X: (
        *("انشطة مندمجة", "انشطة صفية", "تدقيق معطيات", "تدقيق معطيات شخصية", "حصص دعم"),
        *("صندوق افكار", "صندوق اقتراح*", "رياضة مدرسية", "دعم تربوي", "نتائج مسابق*", "منح*"),
        *("activites integrees", "tadqiq", "verification donnees", "boite idees", "bourse*"),
        *("sport scolaire", "note* version", "test* positionnement", "boite suggestions"),
        *("تحقق معطيات", "تدقيق بيانات شخصية", "تدقيق بيانات", "نماذج امتحان*", "مواضيع امتحان*"),
        *("annales examen*", "modele* examen*", "sujet* examen*", "anciens examens"),
        *("دلائل وثائق", "رخص* غياب استاذ*", "تمارين تفاعلية", "cours exercice*", "دروس تمارين"),
    ),
}

# What may mean the kind, where nothing says more.
_VAGUE_LABELS: Mapping[PageKind, tuple[str, ...]] = {
    _H: ("دفتر*", "cahier*", "travaux", "travail"),
    _T: ("جدول", "برنامج", "calendrier", "agenda", "رزنامة"),
    _M: (
        *("اشعار*", "مستجدات", "اخبار*", "تنبيه*", "جديد", "وارد", "جديد مؤسسة"),
        *("notification*", "nouveaute*", "actualite*", "alerte*", "avis", "news", "infos", "info"),
    ),
    _D: ("ملفات*", "مطبوعات*", "fichier*", "imprime*", "formulaire*", "مرفقات"),
    _O: ("مشروع*", "اختيارات*", "projet*", "choix"),
    _G: ("تقويم*", "تتبع", "suivi evaluation*"),
    _J: ("تاريخ", "مسار*", "historique*", "scolarite"),
    _P: ("معلومات", "بيانات", "هوية", "information*", "donnees", "fiche", "compte", "حساب"),
}

_ADDRESSES: Mapping[PageKind, tuple[str, ...]] = {
    _A: ("absen*", "retard*", "assiduite*", "attendance", "presence*", "ghiyab*", "absences"),
    _H: ("devoir*", "cahier*", "homework*", "exercice*", "wajib*", "assignment*"),
    _T: ("emploi*", "edt", "horaire*", "timetable*", "schedule*", "seance*"),
    _E: ("exam*", "controle*", "epreuve*", "evaluation*", "test*", "surveille*"),
    _M: (
        *("message*", "messagerie*", "annonce*", "actualite*", "correspondance*", "announce*"),
        *("communique*", "notification*", "inbox", "courrier*"),
    ),
    _D: ("document*", "attestation*", "certificat*", "convocation*", "piece*", "chahada*"),
    _O: ("orientation*", "voeu*", "guidance*", "tawjih*", "reorientation*"),
    _G: ("note*", "bulletin*", "moyenne*", "resultat*", "grade*", "mark*", "releve*", "noqat*"),
    _J: ("parcours*", "cursus*", "massar*"),
    _P: ("profil*", "identite*", "profile*"),
}
_VAGUE_ADDRESSES: Mapping[PageKind, tuple[str, ...]] = {
    _H: ("travaux", "travail"),
    _T: ("planning*", "semaine", "agenda"),
    _E: ("calendrier",),
    _M: ("news", "infos", "avis", "fil", "boite"),
    _D: ("dossier*", "fichier*", "download*"),
    _O: ("choix", "projet*", "filiere*"),
    _J: ("scolarite*", "historique*", "history"),
    _P: ("info", "information*", "eleve", "compte"),
}

_BETWEEN = frozenset(
    (
        *(
            "de",
            "du",
            "des",
            "d",
            "la",
            "le",
            "les",
            "l",
            "a",
            "au",
            "aux",
            "et",
            "ou",
            "en",
            "par",
        ),
        *("mon", "ma", "vos", "votre", "pour", "sur", "un", "une", "son", "ses", "the", "my", "of"),
        *("و", "في", "من", "الي", "علي", "عن", "او", "ل", "ب"),
    )
)
_ARTICLE = re.compile(r"(?:و?(?:ال|لل|بال|كال))(?=\w{2})")
_ADDRESS_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SILENT_WORDS = frozenset(("massar", "tuteur", "tuteureleves", "eleves", "get", "index", "list"))
_LONGEST_LABEL = 200


class Guess(NamedTuple):
    """A kind, and how much speaks for it; 0 where nothing does."""

    kind: PageKind
    score: int


@lru_cache(maxsize=512)
def guess_kind(label: str, address: str) -> Guess:
    """Return what a page is about, as its label and its address below the base tell.

    >>> guess_kind("الغياب", "x/y").kind.value, guess_kind("Emploi du temps", "x/y").kind.value
    ('absences', 'timetable')
    >>> [guess_kind(text, "x").kind.value for text in ("Devoirs surveillés", "Devoirs à la maison")]
    ['exams', 'homework']
    >>> guess_kind("الأنشطة المندمجة", "Eleve/Activites").kind.value
    'other'
    >>> guess_kind("Suivi", "Eleve/GetAbsencesEleve").kind.value
    'absences'
    """
    path = address.partition("?")[0].strip("/").lower()
    if path in _KNOWN:
        return Guess(_KNOWN[path], _CERTAIN)
    of_label = _found(_words(label), _LABELS)
    of_address = _of_address(address)
    if not of_label:
        vague = _found(_words(label), _VAGUE_LABELS)
        return _best(_weighed(vague, _OF_A_VAGUE_LABEL), of_address)
    return _best(_weighed(of_label, _OF_A_LABEL), of_address)


def _best(of_label: dict[PageKind, int], of_address: dict[PageKind, int]) -> Guess:
    """Return the kind that most speaks for; the address decides between two of a label."""
    scores = {
        kind: of_label.get(kind, 0) + of_address.get(kind, 0) for kind in (of_label or of_address)
    }
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    if not ordered or ordered[0][0] is _X:
        return Guess(_X, 0)
    if len(ordered) > 1 and ordered[0][1] == ordered[1][1]:
        return Guess(_X, 0)
    return Guess(*ordered[0])


def _weighed(found: Iterable[tuple[PageKind, int]], weight: int) -> dict[PageKind, int]:
    """Return for each kind the weight of its longest phrase, longer ones by a little more."""
    scores: dict[PageKind, int] = {}
    for kind, words in found:
        scores[kind] = max(scores.get(kind, 0), weight + words)
    return scores


def _of_address(address: str) -> dict[PageKind, int]:
    path, _mark, query = address.partition("?")
    segments = [_address_words(segment) for segment in unquote(path).split("/")]
    segments.append(_address_words(unquote(query)))
    scores: dict[PageKind, int] = {}
    for place, words in enumerate(segments):
        # The action tells more than the controller before it.
        bonus = 1 if place >= len(segments) - 2 else 0
        for vocabulary, weight in (
            (_ADDRESSES, _OF_AN_ADDRESS),
            (_VAGUE_ADDRESSES, _OF_A_VAGUE_ADDRESS),
        ):
            for kind, _count in _found(words, vocabulary):
                scores[kind] = max(scores.get(kind, 0), weight + bonus)
    return scores


def _address_words(text: str) -> tuple[str, ...]:
    words = (fold(word) for word in _ADDRESS_WORD.findall(text))
    return tuple(word for word in words if word not in _SILENT_WORDS)


def _words(label: str) -> tuple[str, ...]:
    """Return a label's words, folded, without articles and what only joins them."""
    return tuple(
        _ARTICLE.sub("", word, count=1)
        for word in fold(label[:_LONGEST_LABEL]).split()
        if word not in _BETWEEN
    )


def _found(
    words: tuple[str, ...], vocabulary: Mapping[PageKind, tuple[str, ...]]
) -> list[tuple[PageKind, int]]:
    """Return each phrase found, as its kind and its number of words: the longest ones first.

    A word belongs to one phrase only.
    """
    phrases = _phrases(id(vocabulary))
    left: list[str | None] = list(words)
    found: list[tuple[PageKind, int]] = []
    for pattern, kind in phrases:
        size = len(pattern)
        for start in range(len(left) - size + 1):
            if all(
                word is not None and _fits(word, part)
                for word, part in zip(left[start : start + size], pattern, strict=True)
            ):
                found.append((kind, size))
                left[start : start + size] = [None] * size
    return found


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


@lru_cache(maxsize=8)
def _phrases(which: int) -> tuple[tuple[tuple[str, ...], PageKind], ...]:
    """Return a vocabulary's phrases, folded, the longest first."""
    vocabularies = (_LABELS, _VAGUE_LABELS, _ADDRESSES, _VAGUE_ADDRESSES)
    (vocabulary,) = (one for one in vocabularies if id(one) == which)
    phrases = [
        (tuple(_folded_part(part) for part in phrase.split()), kind)
        for kind, texts in vocabulary.items()
        for phrase in texts
    ]
    return tuple(sorted(phrases, key=lambda one: (-len(one[0]), -sum(map(len, one[0])))))


def _folded_part(part: str) -> str:
    return fold(part) + ("*" if part.endswith("*") else "")
