"""Levels by id: one id for every way a level is written, and its name in each language.

A level is a year of a cycle, a stream from the common core on, and an option: the language of the
sciences, or the international path. Every word of a text has to be known; otherwise the level has
no id, and nothing is guessed. Sources: as for `levels`; the streams are those of the curriculum.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from massar_cli.folding import fold


class Names(NamedTuple):
    """A name in each language of the interface."""

    ar: str
    fr: str
    en: str


_ORDINALS = (
    Names("الأولى", "1re", "1"),
    Names("الثانية", "2e", "2"),
    Names("الثالثة", "3e", "3"),
    Names("الرابعة", "4e", "4"),
    Names("الخامسة", "5e", "5"),
    Names("السادسة", "6e", "6"),
)
_CYCLES = {
    "primary": Names("{} ابتدائي", "{} année du primaire", "Primary year {}"),
    "lower_secondary": Names("{} إعدادي", "{} année du collège", "Lower secondary year {}"),
    "baccalaureate": Names("{} بكالوريا", "{} année du bac", "Baccalaureate year {}"),
}
_COMMON_CORE = "common_core"
_COMMON_CORE_NAMES = Names("الجذع المشترك", "Tronc commun", "Common core")
_YEARS_OF = {"primary": 6, "lower_secondary": 3, "baccalaureate": 2}

# The name in Arabic, French and English; then other spellings. Articles do not matter.
_CORE_STREAMS = {
    "sciences": "العلمي | scientifique | sciences | علوم",
    "letters": (
        "للآداب والعلوم الإنسانية | lettres et sciences humaines | letters and humanities"
        " | أدبي | آداب | lettres | littéraire"
    ),
    "technology": "التكنولوجي | technologique | technology | technologie",
    "original_education": (
        "للتعليم الأصيل | enseignement originel | original education | أصيل | originel"
    ),
}
_BAC_STREAMS = {
    "experimental_sciences": "علوم تجريبية | sciences expérimentales | experimental sciences",
    "mathematical_sciences": "علوم رياضية | sciences mathématiques | mathematical sciences",
    "mathematical_sciences_a": (
        "علوم رياضية أ | sciences mathématiques A | mathematical sciences A"
    ),
    "mathematical_sciences_b": (
        "علوم رياضية ب | sciences mathématiques B | mathematical sciences B"
    ),
    "physical_sciences": (
        "علوم فيزيائية | sciences physiques | physical sciences"
        " | علوم فيزيائية وكيميائية | sciences physiques et chimiques"
    ),
    "life_earth_sciences": (
        "علوم الحياة والأرض | sciences de la vie et de la Terre | life and earth sciences | SVT"
    ),
    "agricultural_sciences": "علوم زراعية | sciences agronomiques | agricultural sciences",
    "economics_management": (
        "علوم اقتصادية وتدبير | sciences économiques et gestion | economics and management"
        " | علوم الاقتصاد والتدبير | sciences économiques et de gestion"
    ),
    "economics": "علوم اقتصادية | sciences économiques | economics",
    "accounting": (
        "علوم التدبير المحاسباتي | sciences de gestion comptable | accounting"
        " | علوم التدبير المحاسبي | gestion comptable"
    ),
    "letters_humanities": (
        "آداب وعلوم إنسانية | lettres et sciences humaines | letters and humanities"
    ),
    "letters": "آداب | lettres | letters",
    "humanities": "علوم إنسانية | sciences humaines | humanities",
    "electrical_technology": (
        "علوم وتكنولوجيات كهربائية | sciences et technologies électriques | electrical technology"
        " | علوم وتكنولوجيا كهربائية"
    ),
    "mechanical_technology": (
        "علوم وتكنولوجيات ميكانيكية | sciences et technologies mécaniques | mechanical technology"
        " | علوم وتكنولوجيا ميكانيكية"
    ),
    "applied_arts": "فنون تطبيقية | arts appliqués | applied arts",
    "islamic_law": "علوم شرعية | sciences de la charia | Islamic law | sciences charia",
    "arabic_language": "لغة عربية | langue arabe | Arabic language",
}
_OPTIONS = {
    "french": "خيار فرنسية | option français | French option | خيار فرنسي | option française",
    "english": "خيار إنجليزية | option anglais | English option | خيار إنجليزي | option anglaise",
    "international": (
        "مسار دولي | parcours international | international path | parcours internationale"
    ),
}
_OPTIONS_OF = {
    "lower_secondary": ("international",),
    _COMMON_CORE: ("french", "english"),
    "baccalaureate": ("french", "english"),
}

_SPELLED_ORDINALS = (
    "الأولى الأول أولى 1ère 1re 1er première premier 1",
    "الثانية الثاني ثانية 2ème 2e 2nde deuxième seconde 2",
    "الثالثة الثالث ثالثة 3ème 3e troisième 3",
    "الرابعة الرابع رابعة 4ème 4e quatrième 4",
    "الخامسة الخامس خامسة 5ème 5e cinquième 5",
    "السادسة السادس سادسة 6ème 6e sixième 6",
)
_SPELLED_CYCLES = {
    "primary": "ابتدائي ابتدائية primaire",
    "lower_secondary": "إعدادي إعدادية collège collégial collégiale",
    "baccalaureate": "باكالوريا بكالوريا باك bac baccalauréat",
}
_FILLERS = (
    "سنة مستوى من تعليم سلك مسلك شعبة année niveau de du des l le la enseignement cycle filière"
)
_SECONDARY = "ثانوي secondaire"
"""It says nothing beside the cycle's own word; alone it names no cycle."""


class _Vocabulary(NamedTuple):
    """The spellings of every part of a level, folded, to what they mean."""

    ordinals: Mapping[str, int]
    cycles: Mapping[str, str]
    core_streams: Mapping[str, str]
    bac_streams: Mapping[str, str]
    options: Mapping[str, str]
    fillers: frozenset[str]
    secondary: frozenset[str]


def level_id(text: str) -> str | None:
    """Return the stable id of the level that the portal calls `text`, None when it is unknown.

    >>> level_id("2ème Année Bac Sciences Physiques - Option Français")
    'baccalaureate_2.physical_sciences.french'
    >>> level_id("السنة الثالثة إعدادي - مسار دولي"), level_id("الجذع المشترك العلمي")
    ('lower_secondary_3.international', 'common_core.sciences')
    >>> level_id("2ème Année Bac Astronomie"), level_id("2ème Année")
    (None, None)
    """
    known = _vocabulary()
    words = [word for word in _words(text) if word not in known.fillers]
    option, words = _option(words, known)
    if words[:2] in (["جذع", "مشترك"], ["tronc", "commun"]):
        return _joined(_COMMON_CORE, _COMMON_CORE, words[2:], known.core_streams, option)
    if len(words) > 1 and words[1] in known.secondary:
        del words[1]
    if len(words) < 2 or words[0] not in known.ordinals:  # noqa: PLR2004  (a year and its cycle)
        return None
    number, cycle = known.ordinals[words[0]], known.cycles.get(words[1], "")
    if number > _YEARS_OF.get(cycle, 0):
        return None
    streams = known.bac_streams if cycle == "baccalaureate" else {}
    return _joined(f"{cycle}_{number}", cycle, words[2:], streams, option)


def level_name(identity: str, language: str) -> str | None:
    """Return what a level is called in `ar`, `fr` or `en`, None for an id that is not listed.

    >>> level_name("baccalaureate_2.physical_sciences.french", "en")
    'Baccalaureate year 2, physical sciences, French option'
    >>> level_name("lower_secondary_3.international", "fr"), level_name("primary_9", "fr")
    ('3e année du collège, parcours international', None)
    """
    year, *parts = identity.split(".")
    cycle, _underscore, number = year.rpartition("_")
    place = Names._fields.index(language)
    if year == _COMMON_CORE:
        name = _COMMON_CORE_NAMES[place]
    elif number.isdecimal() and 0 < int(number) <= _YEARS_OF.get(cycle, 0):
        name = _CYCLES[cycle][place].format(_ORDINALS[int(number) - 1][place])
    else:
        return None
    streams = _CORE_STREAMS if year == _COMMON_CORE else _BAC_STREAMS
    for part in parts:
        spellings = _OPTIONS.get(part) or streams.get(part)
        if spellings is None:
            return None
        name += _between(year, part, language) + spellings.split(" | ")[place]
    return name


def _between(year: str, part: str, language: str) -> str:
    """Return what a language has between a year and its stream, or before an option."""
    if language == "ar":
        return " - " if part in _OPTIONS else " "
    is_one_name = language == "fr" and year == _COMMON_CORE and part not in _OPTIONS
    return " " if is_one_name else ", "


def _joined(
    year: str, cycle: str, rest: list[str], streams: Mapping[str, str], option: str | None
) -> str | None:
    """Return the id of a year with its stream and option, None where any of it is unknown."""
    stream = streams.get(" ".join(rest))
    if (rest and stream is None) or (option and option not in _OPTIONS_OF.get(cycle, ())):
        return None
    return ".".join(filter(None, (year, stream, option)))


def _option(words: list[str], known: _Vocabulary) -> tuple[str | None, list[str]]:
    """Return the option that stands at the end, and the words before it."""
    option = known.options.get(" ".join(words[-2:]))
    return option, words[:-2] if option else words


def _words(text: str) -> list[str]:
    """Return the folded words of a text, Arabic ones without their article."""
    tied = f" {fold(text)}".replace(" و ", " و")
    return [re.sub(r"^(?:ب?(و?)ال|لل)(?=\w)", r"\1", word) for word in tied.split()]


@cache
def _vocabulary() -> _Vocabulary:
    fillers = frozenset(_words(_FILLERS))

    def by_spelling(table: Mapping[str, str]) -> dict[str, str]:
        return {
            " ".join(word for word in _words(spelling) if word not in fillers): identity
            for identity, spellings in table.items()
            for spelling in spellings.split(" | ")
        }

    return _Vocabulary(
        ordinals={
            word: number
            for number, words in enumerate(_SPELLED_ORDINALS, 1)
            for word in _words(words)
        },
        cycles={word: cycle for cycle, words in _SPELLED_CYCLES.items() for word in _words(words)},
        core_streams=by_spelling(_CORE_STREAMS),
        bac_streams=by_spelling(_BAC_STREAMS),
        options=by_spelling(_OPTIONS),
        fillers=fillers,
        secondary=frozenset(_words(_SECONDARY)),
    )
