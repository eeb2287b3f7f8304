"""Cell texts to marks, and column headings to what the column holds."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massar_cli.convert import to_count, to_decimal, to_grade
from massar_cli.portal.headings import OTHER, continuous_column, exam_columns
from massar_cli.records import AssessmentKind, GradeStatus

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DOCUMENTED = (
    *("subject", "continuous", "coefficient"),
    *("class_max", "class_average", "class_min", "exam"),
)
FRENCH = (
    *("Matière", "Notes Controls Continues", "Coefficient"),
    *("Note Max", "Note moyenne du classe", "Note Min", "Note Examen"),
)
UNKNOWN = ("المادة", "ن.م.م", "ض", "ن.ق", "ن.و", "ن.د", "ن.إ")
TEST, ACTIVITIES = AssessmentKind.TEST, AssessmentKind.ACTIVITIES


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[(text, "15.50") for text in ("15,50", "15.50", "١٥٫٥٠", "١٥,٥٠", "۱۵٫۵۰", "١٥.٥٠")],
        *[(text, "15.50") for text in (" 15,50 ", "\u00a015,50\u00a0", "\n15,50\t", "15,50\u202f")],
        *[(text, "15.50") for text in ("15, 50", "15 ,50", "15,\u00a050", "15\u00a0,50")],
        *[(text, "15.50") for text in ("\u200f15,50\u200e", "\u202b15,50\u202c", "\ufeff15,50")],
        *[("0", "0"), ("0,00", "0.00"), ("٠", "0"), ("00", "0"), ("0,06", "0.06")],
        *[("20", "20"), ("20,00", "20.00"), ("9,5", "9.5"), ("13,125", "13.125")],
    ],
)
def test_a_mark_is_read_alike_however_it_is_written(text: str, number: str) -> None:
    assert str(to_decimal(text)) == number
    assert to_grade(text) == (Decimal(number), GradeStatus.GRADED)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2000), st.sampled_from([",", ".", "٫"]), st.booleans())
def test_every_mark_of_two_decimals_is_read_exactly(
    hundredths: int, point: str, in_arabic: bool
) -> None:
    text = f"{hundredths // 100}{point}{hundredths % 100:02}"
    assert to_decimal(text.translate(ARABIC) if in_arabic else text) == Decimal(hundredths) / 100


@pytest.mark.parametrize(
    "text",
    [
        *("NaN", "inf", "Infinity", "1e1", "0x10", "1_0", "+5", "-2", "-0", "−2", "12/20", "15%"),
        *("15,,5", "15,", ",5", "15,5,0", "1.234,5", "1 234", "15 50", "¹⁵", "Ⅻ", "½", "一"),
        *("", " ", "\u00a0", "\u200f", "abc", "15a", "12345", "1" * 5000, "?"),
    ],
)
def test_what_is_no_plain_number_is_no_mark(text: str) -> None:
    assert to_decimal(text) is None
    assert to_grade(text)[0] is None
    assert to_grade(text)[1] is not GradeStatus.GRADED


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "\u00a0", "\u200f", "\u200b\u00a0 ", "\ufeff", "\u2066\u2069"]
)
def test_a_cell_that_shows_nothing_has_no_mark(text: str) -> None:
    assert to_grade(text) == (None, GradeStatus.NONE)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        *[
            (GradeStatus.ABSENT, text)
            for text in (
                *(
                    "غائب",
                    "غائبة",
                    "متغيب",
                    "متغيبة",
                    "متغيّب",
                    " غائب\u00a0",
                    "\u200fغائب",
                    "غـائب",
                ),
                *("Abs", "ABS", "abs.", "Absent", "ABSENT", "Absente", "absent"),
            )
        ],
        *[
            (GradeStatus.EXEMPT, text)
            for text in (
                *("معفى", "معفي", "معفاة", "معفية", "مُعفى", "إعفاء", "اعفاء"),
                *("Disp", "DISP.", "Dispensé", "DISPENSE", "Dispensée", "dispensée", "Exempté"),
            )
        ],
        *[
            (GradeStatus.UNKNOWN, text)
            for text in ("غش", "Fraude", "--", "-", "N.C", "?", "12/20", "Absolument", "غائب 12")
        ],
    ],
)
def test_a_word_in_place_of_a_mark_has_its_status(status: GradeStatus, text: str) -> None:
    assert to_grade(text) == (None, status)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *[("36", 36), (" 36\u00a0", 36), ("٣٦", 36), ("0", 0), ("36,0", 36)],
        *[("36,5", None), ("", None), ("-3", None), ("trente", None), ("36 élèves", None)],
    ],
)
def test_a_class_size_is_a_whole_number_or_none(text: str, count: int | None) -> None:
    assert to_count(text) == count


@pytest.mark.parametrize(
    ("heading", "role", "number", "kind"),
    [
        *[
            (text, "subject", None, AssessmentKind.OTHER)
            for text in ("المادة", "الماده", "المادة ", "Matière", "MATIERE", "matiere\u00a0")
        ],
        *[
            (text, "component", None, AssessmentKind.OTHER)
            for text in ("Composant", "COMPOSANTE", "المكون", "المكونات")
        ],
        *[
            (text, "assessment", number, TEST)
            for number, texts in enumerate(
                (
                    ("الفرض الأول", "الفرض الاول", "الفرض  الأوّل", "Premier contrôle", "CC 1"),
                    ("الفرض الثاني", "Deuxième contrôle", "DEUXIEME CONTROLE", "Contrôle 2"),
                    ("الفرض الثالث", "الفرض الثـالث", "Troisième controle ", "Contrôle n°3"),
                    ("الفرض الرابع", "الفرض رقم 4", "Quatrième\u00a0contrôle", "Contrôle ٤"),
                ),
                start=1,
            )
            for text in texts
        ],
        *[
            (text, "assessment", None, ACTIVITIES)
            for text in (
                *("الأنشطة المندمجة", "الانشطة المندمجه", "الأنشطة  المندمجة "),
                *("Activités intégrées", "ACTIVITES INTEGREES", "Activités  integrées"),
            )
        ],
        *[
            (text, "assessment", None, AssessmentKind.OTHER)
            for text in ("Projet", "Contrôle", "Contrôle surprise", "الفرض", "الفرض 0", "", "؟")
        ],
    ],
)
def test_a_heading_of_the_continuous_table_is_known_in_every_spelling(
    heading: str, role: str, number: int | None, kind: AssessmentKind
) -> None:
    column = continuous_column(heading)
    assert (column.role, column.number, column.kind) == (role, number, kind)
    assert column.name == heading


@pytest.mark.parametrize(
    "headings",
    [
        FRENCH,
        tuple(heading.upper() for heading in FRENCH),
        (
            *("MATIERE ", "Notes Contrôles Continus", "Coef.", "Max"),
            *("Note moyenne de la classe", "Min", "Notes Examens"),
        ),
        (
            "Matière",
            "Notes CC",
            "Coefficient",
            "Note Max",
            "Note Moyenne Classe",
            "Note Min",
            "Examen",
        ),
        (
            *("المادة", "المراقبة المستمرة", "المعامل", "أعلى نقطة"),
            *("معدل القسم", "أدنى نقطة", "نقطة الإمتحان"),
        ),
        (
            *("المادة", "نقط المراقبة المستمرّة", "معامل", "النقطة العليا"),
            *("متوسط القسم", "النقطة الدنيا", "الامتحان الموحد"),
        ),
        UNKNOWN,
        (*UNKNOWN[:2], "المعامل", *UNKNOWN[3:]),
    ],
)
def test_headings_in_the_documented_order_are_the_documented_columns(
    headings: tuple[str, ...],
) -> None:
    assert exam_columns(headings) == DOCUMENTED


def test_known_headings_are_followed_in_whatever_order_they_come() -> None:
    field_of = dict(zip(FRENCH, DOCUMENTED, strict=True))
    for headings in list(permutations(FRENCH))[::97]:
        assert exam_columns(headings) == tuple(field_of[heading] for heading in headings)


def test_unknown_headings_with_one_column_more_are_the_documented_order_with_components() -> None:
    expected = ("subject", "component", *DOCUMENTED[1:])
    headings = ("المادة", "ج.م", *UNKNOWN[1:])
    assert exam_columns(headings, has_components=True) == expected
    assert exam_columns(headings) is None, "the column more could be anything"
    assert exam_columns(("Matière", "Composant", *FRENCH[1:])) == expected


@pytest.mark.parametrize("extra", ["Rang", "Appréciation", "الرتبة", "Quelque chose", "؟"])
@pytest.mark.parametrize("place", range(8))
def test_a_column_more_beside_the_known_ones_is_other_and_moves_none(
    extra: str, place: int
) -> None:
    headings = (*FRENCH[:place], extra, *FRENCH[place:])
    assert exam_columns(headings) == (*DOCUMENTED[:place], OTHER, *DOCUMENTED[place:])


@pytest.mark.parametrize(
    "headings",
    [
        (),
        FRENCH[1:],
        ("المادة", "المعامل", *UNKNOWN[2:]),
        (*UNKNOWN[:6], "المعامل"),
        (*UNKNOWN[:5], "Rang", UNKNOWN[6]),
        (*UNKNOWN, "س", "ر"),
        UNKNOWN[:6],
        (*FRENCH, "Matière"),
        (*FRENCH, "Note Max"),
        ("ج.م", "Matière", *UNKNOWN[2:]),
        (*FRENCH[:5], "؟"),
    ],
)
def test_headings_that_cannot_be_told_give_no_columns_at_all(headings: tuple[str, ...]) -> None:
    assert exam_columns(headings) is None
