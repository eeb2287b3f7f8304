"""Portal words that answer a question: yes or no, justified or not, read or not.

Only a whole text that is known answers; a word inside another text never does, so that
`غير مبرر` is never taken for `مبرر`.
"""

from massar_cli.folding import fold

_YES = ("نعم", "أجل", "oui", "yes", "vrai", "true", "✓", "✔", "☑", "✅")
_NO = ("لا", "كلا", "non", "no", "faux", "false", "✗", "✘", "❌")
_JUSTIFIED = (
    *("مبرر", "مبررة", "مبرر(ة)", "بمبرر", "مع مبرر", "بعذر", "بعذر مقبول", "معذور", "معذورة"),
    *("تم التبرير", "تم تبريره", "مع التبرير", "لها مبرر", "له مبرر", "غياب مبرر", "تغيب مبرر"),
    *("مقبول العذر", "عذر مقبول", "العذر مقبول", "بعذر مشروع", "عذر شرعي"),
    *("غياب بعذر", "غياب بمبرر", "مقبول", "مسموح به", "مرخص", "مرخص به", "بإذن", "مأذون"),
    *("تأخر مبرر", "تأخر بعذر", "justifié", "justifiée", "justifié(e)", "justifiés", "justifiées"),
    *("absence justifiée", "absent justifié", "retard justifié", "excusé", "excusée"),
    *("absence excusée", "excusé(e)", "avec justificatif", "avec motif", "autorisé", "autorisée"),
    *("absence autorisée", "régularisé", "régularisée", "J", "AJ"),
)
_UNJUSTIFIED = (
    *("غير مبرر", "غير مبررة", "غير مبرر(ة)", "بدون مبرر", "بدون عذر", "دون عذر", "دون مبرر"),
    *("بلا عذر", "بلا مبرر", "بدون تبرير", "دون تبرير", "لم يبرر", "لم تبرر", "لم يتم التبرير"),
    *("عذر غير مقبول", "العذر غير مقبول", "غير مقبول العذر"),
    *("غياب غير مبرر", "تغيب غير مبرر", "غياب بدون عذر", "غياب بدون مبرر", "غياب بدون تبرير"),
    *("غير معذور", "غير معذورة", "غير مرخص", "غير مرخص به", "غير مأذون", "تأخر غير مبرر"),
    *("ليس له مبرر", "بغير عذر", "بغير مبرر", "تأخر بدون عذر", "غير مقبول"),
    *("non justifié", "non justifiée", "non justifié(e)", "non justifiés", "non justifiées"),
    *("injustifié", "injustifiée", "injustifié(e)", "pas justifié", "pas justifiée"),
    *("absence non justifiée", "absence injustifiée", "absent non justifié", "non excusé"),
    *("retard non justifié", "retard injustifié", "non excusée", "sans justification"),
    *("sans justificatif", "sans motif", "sans excuse", "non autorisé", "non autorisée"),
    *("non régularisé", "non régularisée", "NJ", "ANJ"),
)
_UNDECIDED = tuple(
    map(
        fold,
        (
            *("في انتظار", "في الانتظار", "قيد", "في طور", "لم يحدد", "غير محدد", "للتبرير"),
            *("لم يتم البت", "en attente", "en cours", "à justifier", "non précisé", "à valider"),
            *("non renseigné", "à traiter", "indéterminé", "non traité"),
        ),
    )
)
_READ = (
    *("مقروء", "مقروءة", "مقروء(ة)", "قرئت", "قرئ", "تمت القراءة", "تمت قراءتها", "تمت قراءته"),
    *("تم الاطلاع", "تم الاطلاع عليها", "تم الاطلاع عليه", "اطلع عليه", "مفتوحة", "قديمة"),
    *("lu", "lue", "lu(e)", "déjà lu", "déjà lue", "message lu", "consulté", "consultée"),
    *("ouvert", "ouverte", "vu", "vue"),
)
_UNREAD = (
    *("غير مقروء", "غير مقروءة", "غير مقروء(ة)", "لم تقرأ", "لم يقرأ", "لم تقرأ بعد"),
    *("لم يقرأ بعد", "لم تتم القراءة", "لم تتم قراءتها", "لم يتم الاطلاع", "لم تفتح"),
    *("لم يتم الاطلاع عليها", "جديد", "جديدة", "رسالة جديدة", "جديد!", "غير مطلع عليها"),
    *("non lu", "non lue", "non lu(e)", "pas lu", "pas lue", "pas encore lu", "pas encore lue"),
    *("nouveau", "nouvelle", "nouveau message", "message non lu", "non consulté"),
    *("non consultée", "non ouvert", "à lire", "non vu"),
)


def _table(yes: tuple[str, ...], no: tuple[str, ...]) -> dict[str, bool]:
    return {_key(text): answer for texts, answer in ((yes, True), (no, False)) for text in texts}


def _key(text: str) -> str:
    """Return a text's words; signs alone are kept, as some of them are answers.

    A question is none.
    """
    return "?" if "?" in text or "؟" in text else fold(text) or text.strip("\ufe0f \t\n")


_YES_OR_NO = _table(_YES, _NO)
_IS_JUSTIFIED = _table(_JUSTIFIED, _UNJUSTIFIED)
_IS_UNREAD = _table(_UNREAD, _READ)


def to_answer(text: str) -> bool | None:
    """Return whether `text` is yes or no, None for anything else.

    >>> to_answer("نعم"), to_answer("Non"), to_answer("peut-être"), to_answer("")
    (True, False, None, None)
    """
    return _YES_OR_NO.get(_key(text))


def to_justified(text: str) -> bool | None:
    """Return whether `text` says justified or not, None where it says neither.

    >>> to_justified("مبررة"), to_justified("غير مبرر"), to_justified("NON JUSTIFIEE")
    (True, False, False)
    >>> to_justified("à justifier"), to_justified("Certificat médical")
    (None, None)
    """
    return _IS_JUSTIFIED.get(_key(text))


def is_undecided(text: str) -> bool:
    """Whether `text` says that the school has not decided yet.

    >>> is_undecided("في انتظار التبرير"), is_undecided("Certificat médical")
    (True, False)
    """
    return fold(text).startswith(_UNDECIDED)


def to_unread(text: str) -> bool | None:
    """Return whether `text` says that something was not read yet, None where it does not say.

    >>> to_unread("غير مقروءة"), to_unread("Lu"), to_unread("؟")
    (True, False, None)
    """
    return _IS_UNREAD.get(_key(text))
