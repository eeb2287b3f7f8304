"""Whatever record a page is written from, reading the page gives that record back."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from massar_cli.portal.pages.report_card import ReportCardPage
from massar_cli.portal.pages.school_path import SchoolPathPage
from massar_cli.portal.pages.school_years import SchoolYearsPage
from massar_cli.records import (
    Assessment,
    AssessmentKind,
    GradeStatus,
    ReportCard,
    SchoolYear,
    SubjectResult,
)
from massar_cli.student_record import YearOutcome
from massar_cli.subjects import SUBJECTS
from tests.pages.bulletin_html import DIGITS, EXAM, FIELDS, POINTS, Layout, Writer
from tests.pages.fixture_cases import first_difference, plain

LEVELS = [
    (None, None),
    ("السادسة ابتدائي", 10),
    ("6ème Année Primaire", 10),
    ("الثالثة إعدادي", 20),
    ("1ère Année Bac Sciences Mathématiques - Option Français", 20),
    ("Niveau inconnu", None),
]
WORDS = {
    GradeStatus.ABSENT: ("غائب", "غائبة", "متغيب", "ABS", "Absent", "Absente"),
    GradeStatus.EXEMPT: ("معفى", "معفاة", "Disp", "Dispensé", "DISPENSEE"),
    GradeStatus.UNKNOWN: ("غش", "Fraude", "--", "12/20", "N.C", "<i>", "-1,5", "15,"),
}
IDS = [(spelling, identity) for identity, names in SUBJECTS.items() for spelling in names]

# A no-break space inside a text is the portal's own, and stays.
letters = st.text(
    "\u00a0abcdefghijklmnopqrstuvwxyzéèÉابتثجحدرسعفقلمنهوي0123456789'.-&<>\"()", max_size=12
)
names = st.lists(letters, min_size=1, max_size=3).map(
    lambda words: " ".join(filter(None, words)).strip()
)
optional_names = names.map(lambda name: name or None)
# A workshop is no subject of the curriculum.
subjects = st.one_of(
    st.sampled_from(IDS),
    st.sampled_from(IDS).map(lambda pair: (pair[0].replace(" ", "\u00a0"), pair[1])),
    st.tuples(st.sampled_from(["Atelier", "ورشة"]), names).map(
        lambda pair: (" ".join(filter(None, pair)), None)
    ),
)
numbers = st.builds(
    lambda hundredths, places: (Decimal(hundredths) / 100).quantize(Decimal(1).scaleb(-places)),
    st.integers(0, 2000),
    st.integers(0, 2),
)
layouts = st.builds(
    Layout,
    language=st.sampled_from(["ar", "fr"]),
    activities_fourth=st.booleans(),
    has_components=st.booleans(),
    seed=st.integers(0, 2**32),
).flatmap(
    lambda layout: st.one_of(
        # Known headings in any order, or unknown ones in the documented order.
        st.permutations(FIELDS).map(
            lambda order: Layout(
                **vars(layout) | {"exam_headings": layout.language, "exam_order": tuple(order)}
            )
        ),
        *(
            [st.just(Layout(**vars(layout) | {"exam_headings": "unknown"}))]
            if layout.language == "ar"
            else []
        ),
    )
)


@st.composite
def marks(draw: st.DrawFn) -> tuple[Decimal | None, GradeStatus, str]:
    """Draw a cell: its number, its status, and its text."""
    status = draw(st.sampled_from([GradeStatus.GRADED, GradeStatus.GRADED, *GradeStatus]))
    if status is GradeStatus.NONE:
        return None, status, ""
    if status is not GradeStatus.GRADED:
        return None, status, draw(st.sampled_from(WORDS[status]))
    number = draw(numbers)
    script = draw(st.sampled_from(sorted(DIGITS)))
    text = str(number).replace(".", draw(st.sampled_from(POINTS[script])))
    return number, status, text.translate(str.maketrans(DIGITS["western"], DIGITS[script]))


@st.composite
def results(
    draw: st.DrawFn, layout: Layout, subject: tuple[str, str | None], component: str | None
) -> SubjectResult:
    """Draw one row of both tables."""
    assessments = []
    for name in layout.continuous_headings:
        is_test = "contrôle" in name or name.startswith("الفرض")
        kind = AssessmentKind.TEST if is_test else AssessmentKind.ACTIVITIES
        tests = [one for one in layout.continuous_headings if "contrôle" in one or "الفرض" in one]
        number = tests.index(name) + 1 if is_test else None
        grade, status, raw = draw(marks())
        assessments.append(Assessment(name, number, kind, grade, status, raw))
    fields: dict[str, Decimal] = {}
    for field in layout.exam_order:
        grade, status, raw = draw(marks())
        if grade is not None:
            fields[field] = grade
        elif raw:
            heading = EXAM[layout.exam_headings][field]
            kind = AssessmentKind.OTHER
            assessments.append(Assessment(heading, None, kind, None, status, raw, field))
    return SubjectResult(
        subject=subject[0],
        subject_id=subject[1],
        component=component,
        assessments=tuple(assessments),
        **fields,
    )


@st.composite
def cards(draw: st.DrawFn) -> tuple[ReportCard, Layout]:
    """Draw a report card, and how its page is laid out."""
    layout = draw(layouts)
    rows: list[SubjectResult] = []
    for subject in draw(st.lists(subjects, max_size=4)):
        components: list[str | None] = [None]
        if layout.has_components:
            components = draw(st.lists(optional_names, min_size=1, max_size=5))
        rows.extend(draw(results(layout, subject, component)) for component in components)
    level, out_of = draw(st.sampled_from(LEVELS))
    remark = st.tuples(
        st.sampled_from(["Mention", "الميزة"]), st.sampled_from(["Bien", "حسن", "3"])
    )
    card = ReportCard(
        school=draw(optional_names),
        level=level,
        school_class=draw(optional_names),
        class_size=draw(st.none() | st.integers(0, 60)),
        out_of=out_of,
        average=draw(st.none() | numbers),
        exam_average=draw(st.none() | numbers),
        subjects=tuple(rows),
        remarks=tuple(draw(st.lists(remark, max_size=1))),
    )
    return card, layout


@settings(max_examples=200, deadline=None)
@given(cards())
def test_a_report_card_comes_back_from_its_page_as_it_was(
    written_card: tuple[ReportCard, Layout],
) -> None:
    card, layout = written_card
    read = ReportCardPage(Writer(layout).card(card)).read()
    assert first_difference(plain(card), plain(read)) is None
    assert read == card


@settings(max_examples=100, deadline=None)
@given(cards(), st.integers(0, 2**32))
def test_blanks_that_mean_nothing_change_nothing_of_a_report_card(
    written_card: tuple[ReportCard, Layout], seed: int
) -> None:
    card, layout = written_card
    other = Layout(**vars(layout) | {"seed": seed})
    one_page, other_page = Writer(layout).card(card), Writer(other).card(card)
    assert ReportCardPage(one_page).read() == ReportCardPage(other_page).read()


@st.composite
def outcomes(draw: st.DrawFn) -> YearOutcome:
    year = draw(st.integers(2005, 2026))
    average, _status, text = draw(marks())
    return YearOutcome(
        school_year=f"{year}/{year + 1}",
        school=draw(optional_names),
        level=draw(optional_names),
        average=average,
        average_text=text or None,
        decision=draw(st.sampled_from([None, "Admis", "ناجح", "Redouble"])),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(outcomes(), max_size=5), st.integers(1, 12), st.integers(0, 12), layouts)
def test_a_page_of_the_school_path_comes_back_with_the_number_of_the_next_page(
    lines: list[YearOutcome], page: int, after: int, layout: Layout
) -> None:
    read = SchoolPathPage(Writer(layout).path(lines, page, page + after))
    assert first_difference(plain(lines), plain(read.read())) is None
    assert read.next_page() == (page + 1 if after else None)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(2005, 2030), max_size=8, unique=True),
    st.sampled_from([None, "", "0", " ", " 0 "]),
    layouts,
)
def test_the_school_years_come_back_in_their_order_without_the_empty_choice(
    first_years: list[int], placeholder: str | None, layout: Layout
) -> None:
    years = tuple(SchoolYear(id=str(year), label=f"{year}/{year + 1}") for year in first_years)
    assert SchoolYearsPage(Writer(layout).years(years, placeholder)).read() == years


def test_the_writer_spreads_a_subject_over_its_components() -> None:
    """The round trip proves nothing where no page has a span above 1: this one has 2."""
    row = SubjectResult(subject="ARABE", subject_id="arabic", component="Lecture")
    card = ReportCard(subjects=(row, row))
    page = Writer(Layout(has_components=True)).card(card)
    assert page.count('rowspan="2"') == 2
    assert page.count("ARABE") == 2
