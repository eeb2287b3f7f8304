"""What the made-up lives depend on: which cycle a student is in, and its subjects and teachers."""

from dataclasses import dataclass
from typing import Literal

from massar_cli.practice import names
from massar_cli.practice.names import Bilingual

Cycle = Literal["primary", "college", "lycee"]


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student as far as lessons go; `code` is the seed of whatever differs between two."""

    code: str
    cycle: Cycle

    @property
    def subjects(self) -> tuple[Bilingual, ...]:
        """The subjects, the weightiest first."""
        return _SUBJECTS[self.cycle]


_SUBJECTS: dict[Cycle, tuple[Bilingual, ...]] = {
    "primary": (
        names.ARABIC,
        names.FRENCH,
        names.MATHEMATICS,
        names.SCIENTIFIC_ACTIVITY,
        names.ISLAMIC_EDUCATION,
        names.SOCIAL_STUDIES,
        names.ARTS,
        names.SPORT,
    ),
    "college": (
        names.MATHEMATICS,
        names.FRENCH,
        names.ARABIC,
        names.PHYSICS,
        names.SOCIAL_STUDIES,
        names.LIFE_SCIENCE,
        names.ENGLISH,
        names.SPORT,
        names.ISLAMIC_EDUCATION,
        names.TECHNOLOGY,
    ),
    "lycee": (
        names.MATHEMATICS,
        names.PHYSICS,
        names.LIFE_SCIENCE,
        names.FRENCH,
        names.ENGLISH,
        names.PHILOSOPHY,
        names.ARABIC,
        names.SPORT,
        names.ISLAMIC_EDUCATION,
    ),
}
_TEACHERS = (
    Bilingual("ذ. المثال", "M. EL MITAL"),
    Bilingual("ذة. النموذج", "Mme NAMOUDAJ"),
    Bilingual("ذ. التمرين", "M. TAMRINE"),
    Bilingual("ذة. التجربة", "Mme TAJRIBA"),
    Bilingual("ذ. الدرس", "M. DARS"),
    Bilingual("ذة. الورقة", "Mme WARAQA"),
    Bilingual("ذ. السبورة", "M. SABOURA"),
)
_PLACES = {
    names.SPORT: Bilingual("الملعب", "Terrain"),
    names.PHYSICS: Bilingual("مختبر 2", "Labo 2"),
    names.LIFE_SCIENCE: Bilingual("مختبر 1", "Labo 1"),
}


def teacher_of(pupil: Pupil, subject: Bilingual) -> Bilingual:
    """Give the teacher of a subject; in primary school one teaches nearly all of them."""
    if pupil.cycle == "primary":
        return _TEACHERS[1] if subject is names.FRENCH else _TEACHERS[0]
    return _TEACHERS[pupil.subjects.index(subject) % len(_TEACHERS)]


def room_of(pupil: Pupil, subject: Bilingual) -> Bilingual:
    """Give the room of a subject's lessons."""
    number = 4 if pupil.cycle == "primary" else 10 + pupil.subjects.index(subject)
    return _PLACES.get(subject, Bilingual(f"قاعة {number}", f"Salle {number}"))
