"""Subjects: one id for every spelling, none for anything else."""

import re
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.folding import fold
from massar_cli.subject_names import COMPONENTS, NAMES
from massar_cli.subjects import SUBJECTS, component_name, matches_subject, subject_id, subject_name

SPELLINGS = [(spelling, identity) for identity, known in SUBJECTS.items() for spelling in known]


def is_arabic(text: str) -> bool:
    return re.search("[\u0621-\u064a]", text) is not None


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a known spelling with other case, blanks and marks, and the id it must keep."""
    spelling, identity = draw(st.sampled_from(SPELLINGS))
    letters = []
    for letter in spelling:
        if letter == " ":
            letters.append(draw(st.text(" \t\n\N{NO-BREAK SPACE}", min_size=1, max_size=3)))
            continue
        marks = "\N{ARABIC FATHA}\N{ARABIC TATWEEL}" if is_arabic(letter) else "\u0301\u0327"
        change = draw(st.sampled_from((str.upper, str.lower)))
        letters.append(change(letter) + draw(st.text(marks, max_size=1)))
    return draw(st.text(" ", max_size=2)) + "".join(letters) + " ", identity


def test_every_spelling_leads_to_its_subject() -> None:
    assert [(spelling, subject_id(spelling)) for spelling, _ in SPELLINGS] == list(SPELLINGS)


def test_no_two_subjects_share_a_spelling() -> None:
    owners = defaultdict(set)
    for spelling, identity in SPELLINGS:
        owners[fold(spelling)].add(identity)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_the_curriculum_is_covered_from_primary_to_baccalaureate() -> None:
    assert len(SUBJECTS) >= 55


def test_an_id_is_english_snake_case() -> None:
    assert [one for one in SUBJECTS if not re.fullmatch("[a-z]+(_[a-z]+)*", one)] == []


def test_every_subject_is_spelled_in_arabic_first_and_in_french() -> None:
    for identity, spellings in SUBJECTS.items():
        arabic = [is_arabic(spelling) for spelling in spellings]
        assert arabic == sorted(arabic, reverse=True), identity
        assert set(arabic) == {True, False}, identity


def test_french_spellings_are_in_capitals_without_accents() -> None:
    french = [spelling for spelling, _ in SPELLINGS if not is_arabic(spelling)]
    assert [one for one in french if not one.isascii() or one != one.upper()] == []


@pytest.mark.parametrize(
    ("arabic", "french", "identity"),
    [
        # Pairs of the portal vocabulary.
        ("المواظبة و السلوك", "ASSIDUITE ET CONDUITE ", "conduct"),
        ("الاجتماعيات", "HISTOIRE GEOGRAPHIE", "history_geography"),
        ("التربية البدنية", "EDUCATION PHYSIQUE", "physical_education"),
        ("علوم الحياة والأرض", "SC. DE LA VIE ET DE LA TERRE", "life_earth_sciences"),
        ("اللغة الإنجليزية", "LANGUE ANGLAISE", "english"),
        ("اللغة العربية", "LANGUE ARABE", "arabic"),
        ("اللغة الفرنسية", "LANGUE FRANCAISE", "french"),
        ("الرياضيات", "MATHEMATIQUES", "mathematics"),
        ("الفيزياء والكيمياء", "PHYSIQUE CHIMIE", "physics_chemistry"),
        ("النشاط العلمي", "ACTIVITE SCIENTIFIQUE", "scientific_activity"),
        # Others, as schools write them.
        ("التربية الإسلامية", "INSTRUCTION ISLAMIQUE", "islamic_education"),
        ("التاريخ والجغرافيا", "HISTOIRE ET GEOGRAPHIE", "history_geography"),
        ("المحاسبة والرياضيات المالية", "COMPTA. ET MATHS. FINANCIERES", "accounting"),
        (
            "الاقتصاد العام والإحصاء",
            "ECO. GENERALE ET STATISTIQUES",
            "general_economics_statistics",
        ),
        ("معلوميات التدبير", "INFORMATIQUE DE GESTION", "management_computing"),
        (
            "علوم المهندس",
            "Sciences de l\N{RIGHT SINGLE QUOTATION MARK}ingénieur",
            "engineering_sciences",
        ),
    ],
)
def test_arabic_and_french_names_of_a_subject_agree(
    arabic: str, french: str, identity: str
) -> None:
    assert subject_id(arabic) == subject_id(french) == identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المواظبة و السلوك", "المواظبة والسلوك"),
        ("الفيزياء و الكيمياء", "الفيزياء\N{NO-BREAK SPACE}والكيمياء"),
        ("الإجتماعيات", "الاجتماعيات"),
        ("علوم الحياة و الارض", "علوم الحياة والأرض"),
        ("الفلسفه", "الفلسفة"),
        ("Éducation physique", "EDUCATION PHYSIQUE"),
        ("S.V.T", "SVT"),
        ("PHYSIQUE-CHIMIE", "PHYSIQUE CHIMIE"),
    ],
)
def test_ways_of_writing_one_name_are_one_subject(one: str, other: str) -> None:
    assert subject_id(one) == subject_id(other) is not None


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "?", "و", "MATH EMATIQUES", "MATHEMATIQUES 2", "LANGUE", "LANGUE LATINE"),
        *("اللغة", "التربية", "القراءة", "LECTURE", "Moyenne d'unité", "ECONOMIE", "المعدل"),
    ],
)
def test_an_unknown_name_is_not_guessed(name: str) -> None:
    assert subject_id(name) is None


@given(st.text())
def test_any_text_is_a_listed_subject_or_none(name: str) -> None:
    assert subject_id(name) in {*SUBJECTS, None}


@given(respelled())
def test_case_blanks_and_marks_do_not_change_the_subject(case: tuple[str, str]) -> None:
    name, identity = case
    assert subject_id(name) == identity


@pytest.mark.parametrize(
    ("query", "identity"),
    [
        *((q, "mathematics") for q in ("math", "MATHS", "Mathé", "رياضيات", "الرياضيات")),
        *((q, "mathematics") for q in ("riyadiyat", "mathematics")),
        *((q, "life_earth_sciences") for q in ("svt", "S.V.T.", "life earth", "life_earth", "أرض")),
        *((q, "physics_chemistry") for q in ("pc", "physique", "الفيزياء", "physics chemistry")),
        *((q, "physical_education") for q in ("sport", "eps", "physical", "البدنية")),
        *((q, "history_geography") for q in ("histoire", "geo", "الإجتماعيات", "الجغرافيا")),
        *(("arabia", "arabic"), ("faransia", "french"), ("injlizia", "english")),
        *(("islamiyat", "islamic_education"), ("falsafa", "philosophy")),
        *(("ijtimaiyat", "history_geography"), ("histgeo", "history_geography")),
        *(("SI", "engineering_sciences"), ("badania", "physical_education")),
        *((q, "mathematics") for q in ("Mathématiques", "ryadiyat")),
        *((q, "arabic") for q in ("arabiya", "3arbia")),
        *((q, "islamic_education") for q in ("tarbia islamia", "tarbiya islamiya")),
        *(("faransiya", "french"), ("injliziya", "english"), ("ijtima3iyat", "history_geography")),
        *(("olom", "life_earth_sciences"), ("life and earth", "life_earth_sciences")),
        *(("qanoun", "law"), ("Drama", "theatre")),
        *(("fizya", "physics_chemistry"), ("oloum al hayat", "life_earth_sciences")),
        *((q, "conduct") for q in ("السلوك", "و السلوك", "assiduité", "Conduct")),
    ],
)
def test_a_subject_is_found_by_a_part_of_its_id_or_of_any_spelling(
    query: str, identity: str
) -> None:
    for name in (SUBJECTS[identity][0], SUBJECTS[identity][-1]):
        assert matches_subject(query, subject_id=identity, name=name)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("riyadiyat", {"mathematics"}),
        ("tarbia islamia", {"islamic_education"}),
        ("arabiya", {"arabic"}),
        ("fizya", {"physics_chemistry", "physics"}),
        ("olom", {"life_earth_sciences"}),
        ("iqtisad", {"economics_management", "general_economics_statistics"}),
        ("riyada", {"physical_education"}),
    ],
)
def test_arabic_in_latin_letters_finds_its_subjects_alone(query: str, found: set[str]) -> None:
    known = {
        one: spellings[0]
        for one, spellings in SUBJECTS.items()
        if matches_subject(query, subject_id=one, name=spellings[0])
    }
    assert set(known) == found


def test_every_subject_has_a_name_of_its_own_in_each_language() -> None:
    assert NAMES.keys() == SUBJECTS.keys()
    for language in ("ar", "fr", "en"):
        names = [subject_name(one, language) for one in SUBJECTS]
        assert None not in names
        assert len(set(names)) == len(SUBJECTS), language


def test_what_the_portal_writes_in_french_is_the_subject_of_its_french_name() -> None:
    told = {one: subject_id(str(subject_name(one, "fr"))) for one in SUBJECTS}
    assert {one: found for one, found in told.items() if found not in (one, None)} == {}


def test_a_component_has_a_name_of_its_own_in_each_language() -> None:
    for names, known in COMPONENTS:
        for language, name in names.items():
            assert {component_name(one, language) for one in known} == {name}


def test_a_component_that_is_a_subject_elsewhere_has_the_subjects_name() -> None:
    assert component_name("HISTOIRE", "ar") == "التاريخ"
    assert component_name("Partie 1", "ar") is None


def test_an_id_that_is_not_listed_has_no_name() -> None:
    assert subject_name("some_subject", "en") is None


def test_a_subject_without_an_id_is_found_by_the_portal_text() -> None:
    assert matches_subject("astro", subject_id=None, name="Astronomie")
    assert not matches_subject("maths", subject_id=None, name="Astronomie")


def test_a_subject_whose_id_is_not_listed_is_found_by_its_words() -> None:
    assert matches_subject("some sub", subject_id="some_subject", name="X")


@pytest.mark.parametrize("query", ["arabe", "svt", "sport", "العربية", "french"])
def test_other_subjects_are_not_found(query: str) -> None:
    assert not matches_subject(query, subject_id="mathematics", name="MATHEMATIQUES")


@pytest.mark.parametrize("query", ["", "  "])
@pytest.mark.parametrize("identity", ["mathematics", None])
def test_an_empty_query_finds_every_subject(query: str, identity: str | None) -> None:
    assert matches_subject(query, subject_id=identity, name="MATHEMATIQUES")


@given(st.sampled_from(SPELLINGS), st.data())
def test_any_part_of_any_spelling_finds_its_subject(
    known: tuple[str, str], data: st.DataObject
) -> None:
    spelling, identity = known
    words = spelling.split()
    start = data.draw(st.integers(0, len(words) - 1))
    query = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    assert matches_subject(query, subject_id=identity, name="")
