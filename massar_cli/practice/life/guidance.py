"""Guidance: the branches a pupil wished for, and what became of each wish."""

from dataclasses import dataclass
from datetime import date

from massar_cli.practice.life.pupils import Cycle, Pupil
from massar_cli.practice.names import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One wish; it is decided on later, or not yet."""

    rank: int
    branch: Bilingual
    status: Bilingual
    wished: date
    decided: date | None


_ACCEPTED = Bilingual("مقبول", "Accepté")
_REFUSED = Bilingual("غير مقبول", "Non accepté")
_WAITING = Bilingual("في طور الدراسة", "En cours d'étude")
_DRAFT = Bilingual("غير مؤكد", "Non confirmé")
_Row = tuple[str, str, Bilingual, date, date | None]

_WISHES: dict[Cycle, tuple[_Row, ...]] = {
    # The wishes of the sixth year are handed in on paper.
    "primary": (),
    "college": (
        ("جذع مشترك علمي - خيار فرنسية", "Tronc commun scientifique - option français",
         _WAITING, date(2027, 2, 22), None),
        ("جذع مشترك تكنولوجي", "Tronc commun technologique", _WAITING, date(2027, 2, 22), None),
        ("جذع مشترك آداب وعلوم إنسانية", "Tronc commun lettres et sciences humaines",
         _DRAFT, date(2027, 3, 8), None),
    ),
    "lycee": (
        ("علوم فيزيائية - خيار فرنسية", "Sciences physiques - option français",
         _ACCEPTED, date(2026, 4, 20), date(2026, 7, 10)),
        ("علوم الحياة والأرض - خيار فرنسية", "Sciences de la vie et de la terre - option français",
         _REFUSED, date(2026, 4, 20), date(2026, 7, 10)),
        ("الأقسام التحضيرية: رياضيات، فيزياء وعلوم المهندس",
         "Classes préparatoires : MPSI", _WAITING, date(2027, 3, 1), None),
        ("شهادة التقني العالي: تدبير المقاولات", "BTS : gestion des entreprises",
         _DRAFT, date(2027, 3, 12), None),
    ),
}  # fmt: skip


def wishes_of(pupil: Pupil) -> tuple[Wish, ...]:
    """Give the wishes; a lycée pupil has some of last year, whose ranks start anew."""
    rows = _WISHES[pupil.cycle]
    ranks: dict[int, int] = {}
    wishes = []
    for arabic, french, status, wished, decided in rows:
        rank = ranks[wished.year] = ranks.get(wished.year, 0) + 1
        wishes.append(
            Wish(
                rank=rank,
                branch=Bilingual(arabic, french),
                status=status,
                wished=wished,
                decided=decided,
            )
        )
    return tuple(wishes)
