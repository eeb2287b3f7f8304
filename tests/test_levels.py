"""What marks are out of, for every way a level may be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.levels import out_of

PRIMARY = (
    "السادسة ابتدائي",
    "السنة الأولى من التعليم الابتدائي",
    "السنة السادسة إبتدائي",
    "المستوى السادس بالابتدائي",
    "6EME ANNEE PRIMAIRE",
    "6ème année de l'enseignement primaire",
    "6AP",
    "5APG-2",
    "3AEP",
    "6 AP",
    "6ème AP",
)
LOWER_SECONDARY = (
    "السنة الثالثة إعدادي",
    "الثالثة ثانوي إعدادي",
    "السنة الثانية اعدادي - مسار دولي",
    "الأولى من التعليم الثانوي الإعدادي",
    "3ème année collégiale",
    "3EME ANNEE SECONDAIRE COLLEGIAL",
    "2EME ANNEE COLLEGE PARCOURS INTERNATIONAL",
    "1AC",
    "3APIC",
    "3APIC-1",
    "2APIC3",
    "3 APIC",
    "2ème AC",
)
UPPER_SECONDARY = (
    "الجذع المشترك العلمي - خيار فرنسية",
    "جذع مشترك علمي",
    "السنة الثانية بكالوريا علوم فيزيائية - خيار فرنسية",
    "الأولى باكالوريا آداب وعلوم إنسانية",
    "الثانية من سلك البكالوريا",
    "السنة الأولى ثانوي تأهيلي",
    "أولى باك",
    "1ère Année Bac Sciences Mathématiques - Option Français",
    "2EME ANNEE BACCALAUREAT SCIENCES PHYSIQUES",
    "TRONC COMMUN SCIENTIFIQUE",
    "3ème année du secondaire qualifiant",
    "TCS",
    "TCSF",
    "TCLSH-2",
    "T.C. SCIENTIFIQUE",
    "1BACSM",
    "2BACSP",
    "2BACSVTF-3",
    "2 Bac SP",
)


@pytest.mark.parametrize("level", PRIMARY)
def test_marks_of_a_primary_level_are_out_of_ten(level: str) -> None:
    assert out_of(level) == 10


@pytest.mark.parametrize("level", LOWER_SECONDARY + UPPER_SECONDARY)
def test_marks_of_a_secondary_level_are_out_of_twenty(level: str) -> None:
    assert out_of(level) == 20


@pytest.mark.parametrize("level", PRIMARY + LOWER_SECONDARY + UPPER_SECONDARY)
def test_case_and_blanks_of_a_level_do_not_matter(level: str) -> None:
    assert out_of(f"  {level.lower()}\n") == out_of(level.upper()) == out_of(level)


@pytest.mark.parametrize(
    "level",
    [
        None,
        "",
        " - ",
        "السنة الثالثة",
        "3EME ANNEE",
        "CLASSES PREPARATOIRES",
        "التعليم الأولي",
        "Bacha",
        "BACTERIOLOGIE",
        "PRIMAIREMENT",
        "TCHAD",
        "7AP",
        "3BACSP",
        "AP",
        "X6AP",
    ],
)
def test_a_level_without_a_known_word_is_not_guessed(level: str | None) -> None:
    assert out_of(level) is None


@pytest.mark.parametrize("level", ["ابتدائي وإعدادي / إعدادي", "PRIMAIRE ET COLLEGE", "6AP 1AC"])
def test_a_level_that_contradicts_itself_has_no_scale(level: str) -> None:
    assert out_of(level) is None


@given(st.text())
def test_any_text_is_out_of_ten_or_twenty_or_unknown(level: str) -> None:
    assert out_of(level) in {10, 20, None}
