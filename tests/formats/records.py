"""Hand-made records: an ordinary pupil, and one whose every text is hostile."""

from decimal import Decimal
from typing import Any

from massar_cli.portal_pages import Block, Cell, Content, Row
from massar_cli.records import (
    Assessment,
    AssessmentKind,
    GradeStatus,
    ReportCard,
    SemesterReport,
    Student,
    SubjectResult,
)
from massar_cli.student_record import Profile, YearOutcome

STUDENT = Student(code="X130000000", name="سلمى المثال")


def mark(number: int, grade: str | None, raw: str | None = None) -> Assessment:
    """Return a test with a mark, or without one."""
    ordinal = ("الأول", "الثاني", "الثالث")[number - 1]
    return assessment(f"الفرض {ordinal}", number, AssessmentKind.TEST, grade, raw)


def assessment(
    name: str, number: int | None, kind: AssessmentKind, grade: str | None, raw: str | None = None
) -> Assessment:
    """Return an assessment whose status follows from its mark, else from its text."""
    words = {"غائب": GradeStatus.ABSENT, "معفى": GradeStatus.EXEMPT, "": GradeStatus.NONE}
    if grade is None:
        text = raw or ""
        status = words.get(text, GradeStatus.UNKNOWN)
        return Assessment(name, number, kind, None, status, text)
    raw = grade.replace(".", ",") if raw is None else raw
    return Assessment(name, number, kind, Decimal(grade), GradeStatus.GRADED, raw)


def decimals(**numbers: str) -> dict[str, Any]:
    """Return the numbers of a subject's row."""
    return {name: Decimal(text) for name, text in numbers.items()}


LYCEE = SemesterReport(
    student=STUDENT,
    school_year="2025/2026",
    semester=1,
    card=ReportCard(
        school="ثانوية التدريب التأهيلية",
        level="السنة الثانية بكالوريا علوم فيزيائية",
        school_class="2BACSPF-1",
        class_size=34,
        out_of=20,
        average=Decimal("14.30"),
        exam_average=Decimal("13.00"),
        remarks=(("ملاحظة", "عمل جيد"),),
        subjects=(
            SubjectResult(
                subject="الرياضيات",
                subject_id="mathematics",
                assessments=(
                    mark(1, "15.50"),
                    mark(2, "0.00"),
                    mark(3, None),
                    assessment("الأنشطة المندمجة", None, AssessmentKind.ACTIVITIES, "15.00"),
                ),
                **decimals(
                    coefficient="7",
                    continuous="14.17",
                    exam="13.75",
                    class_max="18.19",
                    class_average="13.70",
                    class_min="7.09",
                ),
            ),
            SubjectResult(
                subject="الفيزياء والكيمياء",
                subject_id="physics-chemistry",
                assessments=(
                    mark(1, None, "غائب"),
                    mark(2, "20"),
                    mark(3, "9.5", "٩٫٥"),
                    assessment("الأنشطة المندمجة", None, AssessmentKind.ACTIVITIES, None),
                    assessment("Projet", None, AssessmentKind.OTHER, "12.25"),
                ),
                **decimals(coefficient="0.50", continuous="10.00", class_max="20.00"),
            ),
            SubjectResult(
                subject="Éducation physique",
                subject_id=None,
                assessments=(
                    mark(1, None, "معفى"),
                    mark(2, None, "??"),
                    Assessment(
                        *("Examen", None, AssessmentKind.OTHER, None, GradeStatus.ABSENT, "غائب"),
                        field="exam",
                    ),
                ),
            ),
        ),
    ),
)
PRIMARY = SemesterReport(
    student=STUDENT,
    school_year="2020/2021",
    semester="year",
    card=ReportCard(
        school="مدرسة المثال الابتدائية",
        level="السنة السادسة ابتدائي",
        school_class="6AP-1",
        class_size=None,
        out_of=10,
        average=Decimal("8.21"),
        subjects=(
            SubjectResult(
                subject="اللغة العربية",
                subject_id="arabic",
                component="القراءة",
                assessments=(mark(1, "8.00"),),
                **decimals(continuous="8.00"),
            ),
            SubjectResult(
                subject="اللغة العربية",
                subject_id="arabic",
                component="الإملاء",
                assessments=(mark(1, "7.75"),),
                **decimals(continuous="7.75", coefficient="2"),
            ),
        ),
    ),
)
UNPUBLISHED = SemesterReport(student=None, school_year="2025/2026", semester=2, card=ReportCard())

HOSTILE_TEXTS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\rtab", "\ttab", '=HYPERLINK("http://x")'),
    *("a,b;c", 'say "no"', "two\nlines", "two\r\nlines", "a|b", "*bold* _it_ `code` [a](b) <b>"),
    *("\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x00null", "\x9b31m", "back\\slash", "'quoted'"),
    *("\u202eright\u202c", "\u2067isolate\u2069", "\u200e=1+1", "line\u2028separator", "x\x85y"),
    *("-", "+", "=", "@", "+1", "-1", "-1,5", "+1.5", "  ", "é", "\ufeffmark", "#", "NaN", "null"),
)
HOSTILE = SemesterReport(
    student=Student(code=None, name="\x1b[31m\u202eevil"),
    school_year="2025/2026",
    semester=1,
    card=ReportCard(
        school="=cmd|' /C calc'!A0",
        level="\x1b[2J\u202elevel",
        school_class="a|b\nc",
        remarks=(("=remark", "\x1b[31m-1+1\u202e"),),
        subjects=tuple(
            SubjectResult(
                subject=text,
                subject_id=None,
                component=HOSTILE_TEXTS[-1 - i],
                assessments=(
                    Assessment(text, 1, AssessmentKind.TEST, None, GradeStatus.UNKNOWN, text),
                    Assessment(
                        "=x", None, AssessmentKind.OTHER, Decimal("-1.50"), GradeStatus.GRADED, text
                    ),
                ),
                **decimals(continuous="15.50"),
            )
            for i, text in enumerate(HOSTILE_TEXTS)
        ),
    ),
)
GRADES = (LYCEE, PRIMARY, UNPUBLISHED)
JOURNEY = (
    YearOutcome(
        school_year="2025/2026",
        school="ثانوية التدريب التأهيلية",
        level="السنة الثانية بكالوريا",
        average=None,
        average_text=None,
        decision=None,
    ),
    YearOutcome(
        school_year="2024/2025",
        school="ثانوية التدريب التأهيلية",
        level="السنة الأولى بكالوريا",
        average=Decimal("15.50"),
        average_text="15,50",
        decision="ناجح",
    ),
    YearOutcome(
        school_year="2023/2024",
        school=None,
        level="الجذع المشترك",
        average=None,
        average_text="غير متوفر",
        decision="=1+1",
    ),
)
PROFILE = Profile(
    code="X130000000",
    first_name="سلمى (SALMA)",
    last_name="المثال (EL MITAL)",
    gender="أنثى",
    birth_place=None,
    school="ثانوية التدريب التأهيلية",
    academy="أكاديمية التدريب",
    directorate="إقليم: التمرين",
    guardian_first_name="ولي",
    guardian_last_name="المثال",
    guardian_phone="+212600000000",
)


def block(
    kind: Any, caption: str | None, columns: tuple[str, ...], *rows: tuple[str, ...]
) -> Block:
    """Return a block of texts."""
    told = tuple(Row(tuple(map(Cell, row))) for row in rows)
    return Block(kind=kind, caption=caption, columns=columns, rows=told)


PAGE = Content(
    title="الواجبات المنزلية",
    blocks=(
        block("table", "مارس", ("المادة", "", "ليوم"), ("الرياضيات", "=1+1", "12/03/2027")),
        block("table", None, ("Document", "Date")),
        block("notice", None, (), ("Aucune donnée \x1b[31m\u202e",)),
        block("list", "Carte", (), ("Matière", "LANGUE ARABE"), ("", "تمارين 12 و13")),
        block("list", None, (), ("", "Plan")),
        block("files", None, (), ("n° 4", "https://example.org/moutamadris/Piece?ref=1")),
    ),
)
