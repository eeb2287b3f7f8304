"""The place of a wish in its order, as number or word in Arabic or French."""

import re

from massar_cli.convert import to_count, western_digits
from massar_cli.folding import fold

_ORDINALS = {
    fold(word): place
    for place, words in enumerate(
        (
            *(("الأولى", "الأول", "أول", "premier", "première"),),
            *(("الثانية", "الثاني", "ثان", "deuxième", "second", "seconde"),),
            *(("الثالثة", "الثالث", "ثالث", "troisième"), ("الرابعة", "الرابع", "quatrième")),
            *(("الخامسة", "الخامس", "cinquième"), ("السادسة", "السادس", "sixième")),
            *(("السابعة", "السابع", "septième"), ("الثامنة", "الثامن", "huitième")),
            *(("التاسعة", "التاسع", "neuvième"), ("العاشرة", "العاشر", "dixième")),
        ),
        1,
    )
    for word in words
}
_WISH = "|".join(map(fold, ("الرغبة", "رغبة", "الاختيار", "اختيار", "vœu", "choix", "souhait")))
_RANK = re.compile(
    rf"(?:(?:{_WISH}) (?:(?:n|no|numero|رقم) )?)?"
    rf"(?:(?P<number>\d{{1,2}})(?: ?(?:er|ere|e|eme|nd|nde))?|(?P<word>{'|'.join(_ORDINALS)}))"
    rf"(?: (?:{_WISH}))?",
    re.ASCII,
)


def to_rank(text: str) -> int | None:
    """Return the place that `text` is, None for anything else.

    >>> to_rank("2"), to_rank("1er"), to_rank("الرغبة الثانية"), to_rank("Vœu n° 3")
    (2, 1, 2, 3)
    >>> to_rank("Sciences"), to_rank("2ème année"), to_rank("الأولى باكالوريا")
    (None, None, None)
    """
    key = fold(western_digits(text))
    match = _RANK.fullmatch(key)
    if match is None:
        return to_count(text)
    return int(match["number"]) if match["number"] else _ORDINALS[match["word"]]
