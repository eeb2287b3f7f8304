"""Levels: one id for every way of writing one, a name in each language, none for anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.level_names import level_id, level_name
from massar_cli.levels import out_of


@pytest.mark.parametrize(
    ("texts", "identity"),
    [
        (
            (
                "السنة السادسة ابتدائي",
                "السادسة إبتدائي",
                "6EME ANNEE PRIMAIRE",
                "6e primaire",
                "السنة السادسة من التعليم الابتدائي",
                "المستوى السادس بالابتدائي",
                "6ème année de l'enseignement primaire",
            ),
            "primary_6",
        ),
        (
            (
                "السنة الثالثة إعدادي",
                "الثالثة ثانوي اعدادي",
                "3ème Année Collégiale",
                "3EME ANNEE SECONDAIRE COLLEGIAL",
                "الثالثة من التعليم الثانوي الإعدادي",
            ),
            "lower_secondary_3",
        ),
        (
            ("السنة الثالثة إعدادي - مسار دولي", "3EME ANNEE COLLEGE PARCOURS INTERNATIONAL"),
            "lower_secondary_3.international",
        ),
        (("الجذع المشترك", "جذع مشترك", "TRONC COMMUN"), "common_core"),
        (
            ("الجذع المشترك العلمي - خيار فرنسية", "Tronc Commun Scientifique - Option Français"),
            "common_core.sciences.french",
        ),
        (
            (
                "الجذع المشترك للآداب والعلوم الإنسانية",
                "جذع مشترك آداب و علوم إنسانية",
                "Tronc commun Lettres et Sciences Humaines",
            ),
            "common_core.letters",
        ),
        (
            (
                *("السنة الثانية بكالوريا", "السنة الثانية باكالوريا", "2ème Année Bac"),
                *("الثانية من سلك البكالوريا", "الثانية من سلك الباكالوريا"),
            ),
            "baccalaureate_2",
        ),
        (
            (
                "السنة الثانية بكالوريا علوم فيزيائية - خيار فرنسية",
                "الثانية باك علوم فيزيائية خيار فرنسية",
                "2ème Année Bac Sciences Physiques - Option Français",
                "2EME ANNEE DU BACCALAUREAT SCIENCES PHYSIQUES OPTION FRANCAISE",
            ),
            "baccalaureate_2.physical_sciences.french",
        ),
        (
            (
                "السنة الثانية بكالوريا العلوم الرياضية (أ)",
                "2ème Année Bac Sciences Mathématiques A",
            ),
            "baccalaureate_2.mathematical_sciences_a",
        ),
        (
            (
                "الثانية بكالوريا علوم الحياة والأرض",
                "2e Bac Sciences de la Vie et de la Terre",
                "2 BAC SVT",
            ),
            "baccalaureate_2.life_earth_sciences",
        ),
        (
            ("الأولى باكالوريا علوم الاقتصاد والتدبير", "1ère Bac Sciences Economiques et Gestion"),
            "baccalaureate_1.economics_management",
        ),
    ],
)
def test_ways_of_writing_one_level_have_one_id(texts: tuple[str, ...], identity: str) -> None:
    assert {text: level_id(text) for text in texts} == dict.fromkeys(texts, identity)
    # A name is a way of writing it too.
    assert [level_id(str(level_name(identity, one))) for one in ("ar", "fr")] == [identity] * 2


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "?",
            "ابتدائي",
            "السنة الثالثة",
            "3EME ANNEE",
            "7EME ANNEE PRIMAIRE",
            "الرابعة إعدادي",
        ),
        *("3ème Année Bac", "2ème Année Bac Astronomie", "السنة الأولى ثانوي تأهيلي", "6AP"),
        *("6ème Année Primaire Sciences Physiques", "6EME ANNEE PRIMAIRE OPTION FRANCAIS"),
        *(
            "2ème Année Bac Sciences Physiques - Parcours International",
            "Tronc Commun Astronomique",
        ),
        *("2ème Année Bac Sciences Physiques et Lettres", "CLASSES PREPARATOIRES", "2BACSPF-1"),
        *("Option Français", "2ème Année Bac Option", "المستوى"),
    ],
)
def test_a_level_of_which_anything_is_unknown_is_not_guessed(text: str) -> None:
    assert level_id(text) is None


def test_a_level_has_its_name_in_each_language() -> None:
    names = {
        one: [level_name(one, language) for language in ("ar", "fr", "en")]
        for one in ("common_core.sciences.french", "lower_secondary_1", "baccalaureate_2.letters")
    }
    assert names == {
        "common_core.sciences.french": [
            "الجذع المشترك العلمي - خيار فرنسية",
            "Tronc commun scientifique, option français",
            "Common core, sciences, French option",
        ],
        "lower_secondary_1": ["الأولى إعدادي", "1re année du collège", "Lower secondary year 1"],
        "baccalaureate_2.letters": [
            "الثانية بكالوريا آداب",
            "2e année du bac, lettres",
            "Baccalaureate year 2, letters",
        ],
    }


@pytest.mark.parametrize(
    "identity", ["", "x", "primary_0", "primary_7", "primary_2.x", "common_core."]
)
def test_an_id_that_is_not_listed_has_no_name(identity: str) -> None:
    assert level_name(identity, "fr") is None


@given(st.text())
def test_any_text_is_a_level_with_a_name_or_none(text: str) -> None:
    identity = level_id(text)
    assert identity is None or (level_name(identity, "en") and out_of(text))
