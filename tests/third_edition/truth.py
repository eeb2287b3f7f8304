"""What the invented school recorded: the truth that the pages of this edition show.

Every person, school and message is made up. Tests compare what a client read with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["ar", "fr"]
Service = Literal[
    "marks",
    "journey",
    "profile",
    "absences",
    "homework",
    "timetable",
    "tests",
    "messages",
    "documents",
    "orientation",
]
Extent = Literal["hours", "morning", "afternoon", "day"]
Mark = Decimal | Literal["absent", "exempt"] | None

CASABLANCA = ZoneInfo("Africa/Casablanca")
CURRENT_YEAR = 2026


@dataclass(frozen=True)
class Text:
    """The same words in the two languages of the portal."""

    ar: str
    fr: str

    def said(self, language: Language) -> str:
        return self.ar if language == "ar" else self.fr


@dataclass(frozen=True)
class Span:
    """A stretch of a day, from one hour to another."""

    start: time
    end: time

    @property
    def minutes(self) -> int:
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


@dataclass(frozen=True)
class StoredFile:
    """A file that the portal hands out."""

    number: int
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class SubjectMarks:
    """The marks of one subject, or of one component of it, in one report card."""

    subject: Text
    component: Text | None
    tests: tuple[Mark, Mark, Mark, Mark]
    activities: Mark
    continuous: Mark
    coefficient: Decimal
    highest: Decimal | None
    mean: Decimal | None
    lowest: Decimal | None
    exam: Decimal | None = None


@dataclass(frozen=True)
class ReportCard:
    """A published bulletin: session 1 and 2 are semesters, 3 is the whole year."""

    year: int
    session: int
    rows: tuple[SubjectMarks, ...]
    average: Decimal | None
    exam: Decimal | None = None


@dataclass(frozen=True)
class SchoolYear:
    """One line of the school path; the running year has no average yet."""

    year: int
    school: Text
    level: Text
    average: Decimal | None
    result: Text | None


@dataclass(frozen=True)
class Absence:
    """An absence or a lateness; the span is there only when the extent is hours."""

    number: int
    day: date
    semester: int
    extent: Extent
    span: Span | None
    subject: Text | None
    justified: bool
    reason: Text | None
    late: bool = False


@dataclass(frozen=True)
class Homework:
    """What a teacher asked for; the text is as typed, in one language only."""

    number: int
    subject: Text
    given: date
    due: date
    text: str
    file: StoredFile | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson of the week; weekday 0 is Monday."""

    weekday: int
    span: Span
    subject: Text
    room: str
    teacher: Text


@dataclass(frozen=True)
class PlannedTest:
    """A test that the school put on its calendar."""

    year: int
    subject: Text
    kind: Text
    day: date
    span: Span
    room: str


@dataclass(frozen=True)
class Message:
    """A message of the school; subject and body are as typed."""

    number: int
    sender: Text
    received: datetime
    subject: str
    body: str
    read: bool


@dataclass(frozen=True)
class Document:
    """A certificate that can be downloaded."""

    title: Text
    reference: str
    issued: date
    file: StoredFile


@dataclass(frozen=True)
class Wish:
    """One wish of orientation, with what the class council thought of it."""

    rank: int
    track: Text
    school: Text
    opinion: Text | None


@dataclass(frozen=True)
class Pupil:
    """A pupil with all that the school recorded."""

    code: str
    first_name: Text
    last_name: Text
    girl: bool
    guardian_first_name: Text
    guardian_last_name: Text
    birth_place: Text
    school: Text
    level: Text
    classroom: str
    class_size: int
    services: frozenset[Service]
    years: tuple[int, ...] = (CURRENT_YEAR,)
    report_cards: tuple[ReportCard, ...] = ()
    journey: tuple[SchoolYear, ...] = ()
    absences: tuple[Absence, ...] = ()
    homework: tuple[Homework, ...] = ()
    timetable: tuple[Lesson, ...] = ()
    tests: tuple[PlannedTest, ...] = ()
    messages: tuple[Message, ...] = ()
    documents: tuple[Document, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def full_name(self) -> Text:
        first, last = self.first_name, self.last_name
        return Text(f"{first.ar} {last.ar}", f"{first.fr} {last.fr}")

    def report_card(self, year: int, session: int) -> ReportCard | None:
        cards = (card for card in self.report_cards if (card.year, card.session) == (year, session))
        return next(cards, None)


@dataclass(frozen=True)
class Account:
    """Who signs in: a pupil alone, or a parent with several children."""

    code: str
    password: str
    name: Text
    pupils: tuple[Pupil, ...]
    landing: str = "General/Home"

    @property
    def user_name(self) -> str:
        return f"{self.code}@taalim.ma"

    def pupil(self, code: str) -> Pupil | None:
        return next((pupil for pupil in self.pupils if pupil.code == code), None)


# Subjects. The French names are capitals without accents, as the portal prints them.

MATHS = Text("الرياضيات", "MATHEMATIQUES")
PHYSICS = Text("الفيزياء والكيمياء", "PHYSIQUE CHIMIE")
LIFE = Text("علوم الحياة والأرض", "SCIENCES DE LA VIE ET DE LA TERRE")
ARABIC = Text("اللغة العربية", "LANGUE ARABE")
FRENCH = Text("اللغة الفرنسية", "LANGUE FRANCAISE")
ENGLISH = Text("اللغة الإنجليزية", "LANGUE ANGLAISE")
SOCIAL = Text("الاجتماعيات", "HISTOIRE GEOGRAPHIE")
ISLAMIC = Text("التربية الإسلامية", "EDUCATION ISLAMIQUE")
SPORT = Text("التربية البدنية", "EDUCATION PHYSIQUE")
CONDUCT = Text("المواظبة والسلوك", "ASSIDUITE ET CONDUITE")

READING = Text("القراءة", "LECTURE")
GRAMMAR = Text("التراكيب", "GRAMMAIRE")
DICTATION = Text("الإملاء", "DICTEE")

ALL_SERVICES: frozenset[Service] = frozenset(
    (
        "marks",
        "journey",
        "profile",
        "absences",
        "homework",
        "timetable",
        "tests",
        "messages",
        "documents",
        "orientation",
    )
)
FEW_SERVICES: frozenset[Service] = frozenset(
    ("marks", "journey", "profile", "homework", "timetable")
)

ACADEMY = Text("أكاديمية الهضاب الزرقاء", "AREF DES PLATEAUX BLEUS")
DIRECTORATE = Text("مديرية واد السنابل", "DIRECTION DE OUED SNABEL")
GUARDIAN_PHONE = "0600000000"

LYCEE = Text("الثانوية التأهيلية وادي النجوم", "LYCEE OUADI ENNOUJOUM")
COLLEGE = Text("الثانوية الإعدادية برج الغيوم", "COLLEGE BORJ ELGHOUYOUM")
PRIMARY = Text("مدرسة بستان الريحان", "ECOLE BOUSTANE ERRIHANE")


# Short ways to write the records below.


def _mark(word: str) -> Mark:
    words: dict[str, Mark] = {"-": None, "absent": "absent", "exempt": "exempt"}
    return words[word] if word in words else Decimal(word)


def _number(word: str) -> Decimal | None:
    return None if word == "-" else Decimal(word)


def _row(subject: Text, marks: str, rest: str, component: Text | None = None) -> SubjectMarks:
    """Read four tests and activities, then continuous, weight, highest, mean, lowest, exam."""
    first, second, third, fourth, activities = (_mark(word) for word in marks.split())
    continuous, weight, highest, mean, lowest, *exam = rest.split()
    return SubjectMarks(
        subject,
        component,
        (first, second, third, fourth),
        activities,
        _mark(continuous),
        Decimal(weight),
        _number(highest),
        _number(mean),
        _number(lowest),
        _number(exam[0]) if exam else None,
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _average(rows: tuple[SubjectMarks, ...]) -> Decimal:
    counted = [
        (row.continuous, row.coefficient) for row in rows if isinstance(row.continuous, Decimal)
    ]
    total = sum((mark * weight for mark, weight in counted), Decimal(0))
    return _rounded(total / sum((weight for _, weight in counted), Decimal(0)))


def _card(year: int, session: int, *rows: SubjectMarks, exam: str = "-") -> ReportCard:
    return ReportCard(year, session, rows, _average(rows), _number(exam))


def _annual(first: ReportCard, second: ReportCard) -> ReportCard:
    rows = tuple(_annual_row(*pair) for pair in zip(first.rows, second.rows, strict=True))
    averages = [card.average for card in (first, second) if card.average is not None]
    return ReportCard(first.year, 3, rows, _rounded(sum(averages, Decimal(0)) / len(averages)))


def _annual_row(first: SubjectMarks, second: SubjectMarks) -> SubjectMarks:
    both = [mark for mark in (first.continuous, second.continuous) if isinstance(mark, Decimal)]
    mean = _rounded(sum(both, Decimal(0)) / len(both)) if both else first.continuous
    return replace(first, tests=(None, None, None, None), activities=None, continuous=mean)


def _span(words: str) -> Span:
    start, end = words.split("-")
    return Span(time.fromisoformat(start), time.fromisoformat(end))


def _day(month: int, day: int) -> date:
    return date(CURRENT_YEAR if month > 8 else CURRENT_YEAR + 1, month, day)


def _absence(
    number: int,
    day: date,
    extent: str,
    subject: Text | None = None,
    reason: Text | None = None,
    *,
    justified: bool = False,
    late: bool = False,
) -> Absence:
    semester = 1 if day.month > 8 or day.month == 1 else 2
    kinds: dict[str, Extent] = {"morning": "morning", "afternoon": "afternoon", "day": "day"}
    span = None if extent in kinds else _span(extent)
    kind = kinds.get(extent, "hours")
    return Absence(number, day, semester, kind, span, subject, justified, reason, late)


def _pdf(number: int, name: str) -> StoredFile:
    content = f"%PDF-1.4\n% file {number} of an invented school\n%%EOF\n".encode()
    return StoredFile(number, name, "application/pdf", content)


def _lessons(teachers: dict[Text, Text], *lines: str) -> tuple[Lesson, ...]:
    """Read lines such as "0 08:30-10:30 3 S12": the third number is a place in the teachers."""
    subjects = list(teachers)
    made = []
    for line in lines:
        weekday, span, place, room = line.split()
        subject = subjects[int(place)]
        made.append(Lesson(int(weekday), _span(span), subject, room, teachers[subject]))
    return tuple(made)


def _test(subject: Text, kind: Text, day: date, span: str, room: str) -> PlannedTest:
    year = day.year if day.month > 8 else day.year - 1
    return PlannedTest(year, subject, kind, day, _span(span), room)


def _message(
    number: int, sender: Text, moment: str, subject: str, body: str, *, read: bool
) -> Message:
    received = datetime.fromisoformat(moment).replace(tzinfo=CASABLANCA)
    return Message(number, sender, received, subject, body, read)


ILLNESS = Text("شهادة طبية", "Certificat médical")
FAMILY = Text("ظرف عائلي طارئ", "Motif familial imprévu")
TRANSPORT = Text("تأخر حافلة النقل المدرسي", "Retard du transport scolaire")

TEST_1 = Text("الفرض المحروس رقم 1", "Contrôle surveillé n° 1")
TEST_2 = Text("الفرض المحروس رقم 2", "Contrôle surveillé n° 2")
UNIFIED = Text("الفرض الموحد", "Contrôle unifié")

HEAD = Text("السيد مدير المؤسسة", "Le directeur de l'établissement")
WARDEN = Text("الحراسة العامة", "Surveillance générale")
ADVISER = Text("المستشار في التوجيه", "Le conseiller en orientation")

PASSED = Text("ينتقل", "Admis(e)")
UNDER_STUDY = Text("قيد الدراسة", "En cours d'étude")
FAVOURABLE = Text("رأي إيجابي", "Avis favorable")
SCHOOLING = Text("شهادة مدرسية", "Certificat de scolarité")
RESULTS = Text("كشف النتائج السنوي", "Relevé annuel des résultats")

LEVEL_TC = Text("الجذع المشترك العلمي خيار فرنسية", "TRONC COMMUN SCIENTIFIQUE OPTION FRANCAIS")
LEVEL_1BAC = Text(
    "الأولى باكالوريا علوم تجريبية خيار فرنسية", "1ERE BAC SCIENCES EXPERIMENTALES OPTION FRANCAIS"
)
LEVEL_3AC = Text("الثالثة إعدادي", "3EME ANNEE COLLEGIALE")
LEVEL_2AC = Text("الثانية إعدادي", "2EME ANNEE COLLEGIALE")
LEVEL_1AC = Text("الأولى إعدادي", "1ERE ANNEE COLLEGIALE")
LEVEL_5AP = Text("الخامسة ابتدائي", "5EME ANNEE PRIMAIRE")
LEVEL_4AP = Text("الرابعة ابتدائي", "4EME ANNEE PRIMAIRE")


# The pupil of the lycée, for whom everything is there.

_TC_FIRST = _card(
    2025,
    1,
    _row(MATHS, "13.5 12 15.25 - -", "13.58 4 18.75 11.4 3.25"),
    _row(PHYSICS, "11 14.5 12.75 - 15", "13.31 4 17.5 10.92 4"),
    _row(FRENCH, "14 15.5 - - 16", "15.00 4 18 12.05 5.5"),
    _row(SPORT, "exempt exempt - - -", "exempt 2 19 15.8 10"),
    _row(CONDUCT, "- - - - -", "19.00 1 20 18.2 11"),
)
_TC_SECOND = _card(
    2025,
    2,
    _row(MATHS, "14 12.5 16 - -", "14.17 4 19 11.9 2.5"),
    _row(PHYSICS, "12.25 13 14 - 15.5", "13.69 4 18 11.2 3.75"),
    _row(FRENCH, "15 14.5 - - 16.5", "15.33 4 17.75 12.3 6"),
    _row(SPORT, "exempt exempt - - -", "exempt 2 19 15.9 9"),
    _row(CONDUCT, "- - - - -", "18.00 1 20 18.1 10"),
)
_BAC_FIRST = _card(
    2026,
    1,
    _row(MATHS, "14.5 12 absent 13.75 -", "13.42 7 19.25 10.87 1.5"),
    _row(PHYSICS, "15 11.25 13 - 16", "13.81 7 18.5 11.3 4.25"),
    _row(LIFE, "12 13.5 - - 14", "13.17 7 17 12.4 6"),
    _row(ARABIC, "16 15.25 - - 17", "16.08 2 18 13.1 7.5 14.5"),
    _row(FRENCH, "13 14.75 - - 15.5", "14.42 4 17.5 11.95 5 12.25"),
    _row(SPORT, "0 12 - - -", "6.00 2 19.5 15.6 6"),
    _row(CONDUCT, "- - - - -", "17.00 1 20 18.05 12"),
    exam="13.00",
)
_BAC_SECOND = ReportCard(
    2026,
    2,
    (
        _row(MATHS, "11.5 - - - -", "- 7 - - -"),
        _row(PHYSICS, "- - - - -", "- 7 - - -"),
        _row(FRENCH, "15.75 - - - -", "- 4 - - -"),
    ),
    None,
)

_LYCEE_TEACHERS = {
    MATHS: Text("ذ. السحابي", "M. SAHABI"),
    PHYSICS: Text("ذة. النورسي", "Mme NAOURSI"),
    LIFE: Text("ذ. الزنبقي", "M. ZANBAKI"),
    FRENCH: Text("ذة. المنارة", "Mme MANARA"),
    ARABIC: Text("ذ. القرنفلي", "M. KARANFOULI"),
    SPORT: Text("ذ. الأرزي", "M. ARZI"),
}

NAWRAS = Pupil(
    code="X130000021",
    first_name=Text("نورسة", "NAWRASSA"),
    last_name=Text("النخيلاوي", "NAKHILAOUI"),
    girl=True,
    guardian_first_name=Text("مرجان", "SOUNBOULE"),
    guardian_last_name=Text("النخيلاوي", "NAKHILAOUI"),
    birth_place=Text("عين السنابل", "AIN SNABEL"),
    school=LYCEE,
    level=LEVEL_1BAC,
    classroom="1BACSEF-3",
    class_size=34,
    services=ALL_SERVICES,
    years=(2026, 2025),
    report_cards=(
        _BAC_FIRST,
        _BAC_SECOND,
        _TC_FIRST,
        _TC_SECOND,
        _annual(_TC_FIRST, _TC_SECOND),
    ),
    journey=(
        SchoolYear(2026, LYCEE, LEVEL_1BAC, None, None),
        SchoolYear(2025, LYCEE, LEVEL_TC, Decimal("14.38"), PASSED),
        SchoolYear(2024, COLLEGE, LEVEL_3AC, Decimal("15.07"), PASSED),
    ),
    absences=(
        _absence(811, _day(9, 21), "08:30-10:30", MATHS),
        _absence(812, _day(10, 12), "day", None, ILLNESS, justified=True),
        _absence(815, _day(11, 4), "morning", None, FAMILY, justified=True),
        _absence(819, _day(11, 23), "14:30-15:30", FRENCH),
        _absence(822, _day(12, 3), "16:30-16:45", PHYSICS, TRANSPORT, late=True),
        _absence(840, _day(2, 8), "afternoon"),
        _absence(846, _day(2, 23), "10:30-12:30", LIFE, ILLNESS, justified=True),
    ),
    homework=(
        Homework(
            71,
            MATHS,
            _day(3, 8),
            _day(3, 18),
            "تمارين 12 و15 و17 من الصفحة 84 (الاتصال والنهايات)",
            _pdf(7101, "سلسلة التمارين 4.pdf"),
        ),
        Homework(
            72,
            FRENCH,
            _day(3, 10),
            _day(3, 17),
            "Lire le chapitre 5 de l'œuvre et relever les indices.\nRépondre en 10 lignes.",
        ),
        Homework(69, PHYSICS, _day(2, 25), _day(3, 4), "تقرير الأشغال التطبيقية: قياس الموصلية"),
        Homework(64, LIFE, _day(11, 9), _day(11, 16), "Schéma légendé de la feuille d'élodée"),
    ),
    timetable=_lessons(
        _LYCEE_TEACHERS,
        "0 08:30-10:30 0 S12",
        "0 10:30-12:30 1 Labo2",
        "0 14:30-15:30 3 S04",
        "1 08:30-09:30 4 S12",
        "1 09:30-11:30 2 Labo1",
        "2 08:30-10:30 3 S04",
        "2 10:30-11:30 0 S12",
        "3 14:30-16:30 5 Stade",
        "3 16:30-18:30 1 Labo2",
        "4 08:30-10:30 0 S12",
        "5 08:30-09:30 4 S07",
        "5 09:30-12:30 2 Labo1",
    ),
    tests=(
        _test(MATHS, TEST_1, _day(10, 12), "08:30-10:30", "S12"),
        _test(PHYSICS, TEST_1, _day(10, 15), "14:30-16:00", "Labo2"),
        _test(FRENCH, TEST_1, _day(11, 11), "08:30-09:30", "S04"),
        _test(MATHS, TEST_2, _day(12, 14), "08:30-10:30", "S12"),
        _test(ARABIC, UNIFIED, _day(1, 15), "10:00-12:00", "S01"),
        _test(MATHS, TEST_1, _day(3, 29), "08:30-10:30", "S12"),
        _test(LIFE, TEST_1, _day(4, 6), "09:30-12:30", "Labo1"),
        _test(FRENCH, TEST_2, _day(4, 14), "08:30-10:30", "S04"),
        _test(MATHS, TEST_1, date(2025, 10, 20), "10:30-11:30", "S05"),
        _test(FRENCH, UNIFIED, date(2026, 5, 19), "08:30-10:30", "S05"),
    ),
    messages=(
        _message(
            503,
            HEAD,
            "2027-03-12 16:05",
            "لقاء تواصلي مع الأسر",
            "يعقد لقاء مع أمهات وآباء التلاميذ يوم السبت 20 مارس 2027 على الساعة 10:00.",
            read=False,
        ),
        _message(
            498,
            ADVISER,
            "2027-02-15 09:30",
            "Séance d'information",
            "La séance sur les filières est reportée au lundi 22 février 2027.",
            read=True,
        ),
        _message(
            455,
            WARDEN,
            "2026-11-23 18:40",
            "إشعار بالغياب",
            "المرجو الإدلاء بما يبرر غياب يوم 23/11/2026.",
            read=True,
        ),
    ),
    documents=(
        Document(SCHOOLING, "CS-2026-0417", _day(10, 5), _pdf(9001, "شهادة مدرسية.pdf")),
        Document(RESULTS, "RN-2025-1182", date(2026, 7, 6), _pdf(9002, "releve_2025_2026.pdf")),
    ),
    wishes=(
        Wish(
            1,
            Text("الثانية باكالوريا علوم فيزيائية", "2EME BAC SCIENCES PHYSIQUES"),
            LYCEE,
            FAVOURABLE,
        ),
        Wish(
            2,
            Text("الثانية باكالوريا علوم الحياة والأرض", "2EME BAC SVT"),
            LYCEE,
            UNDER_STUDY,
        ),
        Wish(
            3,
            Text("الثانية باكالوريا علوم زراعية", "2EME BAC SCIENCES AGRONOMIQUES"),
            Text("الثانوية التأهيلية حقول الندى", "LYCEE HOUKOUL ENNADA"),
            None,
        ),
    ),
)


# The two children of one parent: one in lower secondary, one in primary school.

_COLLEGE_TEACHERS = {
    MATHS: Text("ذة. الياقوتي", "Mme YAKOUTI"),
    ENGLISH: Text("ذ. المرساة", "M. MERSAT"),
    SOCIAL: Text("ذ. الكثباني", "M. KOUTBANI"),
}

ZAHRAN = Pupil(
    code="X130000031",
    first_name=Text("زهران", "ZAHRANE"),
    last_name=Text("الواحاتي", "OUAHATI"),
    girl=False,
    guardian_first_name=Text("ريحانة", "RIHANA"),
    guardian_last_name=Text("الفيروزي", "FAYROUZI"),
    birth_place=Text("واد الياسمين", "OUED YASMINE"),
    school=COLLEGE,
    level=LEVEL_2AC,
    classroom="2APIC-1",
    class_size=41,
    services=ALL_SERVICES,
    years=(2026, 2025),
    report_cards=(
        _card(
            2026,
            1,
            _row(MATHS, "9.5 10.25 - - 12", "10.42 5 19 10.1 2"),
            _row(ENGLISH, "17 16.5 - - 18", "17.20 2 19.5 13.3 6"),
            _row(SOCIAL, "8 11 10.5 - -", "9.83 3 17 11 3.5"),
            _row(CONDUCT, "- - - - -", "15.50 1 20 17.7 9"),
        ),
    ),
    journey=(
        SchoolYear(2026, COLLEGE, LEVEL_2AC, None, None),
        SchoolYear(2025, COLLEGE, LEVEL_1AC, Decimal("11.92"), PASSED),
    ),
    absences=(
        _absence(901, _day(10, 8), "15:00-16:00", SOCIAL),
        _absence(907, _day(2, 16), "day", None, FAMILY, justified=True),
    ),
    homework=(
        Homework(
            81,
            SOCIAL,
            _day(3, 9),
            _day(3, 30),
            "إعداد خريطة لمناطق المغرب المناخية",
            _pdf(8101, "خريطة صماء.pdf"),
        ),
        Homework(82, ENGLISH, _day(3, 11), _day(3, 18), "Workbook, unit 6: exercises A and C"),
    ),
    timetable=_lessons(
        _COLLEGE_TEACHERS,
        "0 08:00-10:00 0 S2",
        "1 10:00-11:00 1 S3",
        "3 15:00-17:00 2 S2",
        "5 08:00-09:00 0 S2",
    ),
    tests=(
        _test(SOCIAL, TEST_1, _day(4, 1), "15:00-16:00", "S2"),
        _test(MATHS, TEST_2, _day(4, 5), "08:00-10:00", "S2"),
    ),
    messages=(
        _message(
            601,
            WARDEN,
            "2027-02-16 11:15",
            "غياب يوم كامل",
            "سجل غياب ابنكم يوم الثلاثاء 16 فبراير 2027.",
            read=False,
        ),
    ),
    documents=(Document(SCHOOLING, "CS-2026-0733", _day(9, 28), _pdf(9101, "certificat.pdf")),),
    wishes=(
        Wish(
            1,
            Text("المسار الدولي", "PARCOURS INTERNATIONAL"),
            COLLEGE,
            UNDER_STUDY,
        ),
    ),
)

_PRIMARY_TEACHERS = {
    ARABIC: Text("ذة. البنفسجي", "Mme BANAFSAJI"),
    FRENCH: Text("ذ. الصنوبري", "M. SANAOUBARI"),
    MATHS: Text("ذة. البنفسجي", "Mme BANAFSAJI"),
}

GHAYMA = Pupil(
    code="X130000032",
    first_name=Text("غيمة", "GHAYMA"),
    last_name=Text("الواحاتي", "OUAHATI"),
    girl=True,
    guardian_first_name=Text("ريحانة", "RIHANA"),
    guardian_last_name=Text("الفيروزي", "FAYROUZI"),
    birth_place=Text("واد الياسمين", "OUED YASMINE"),
    school=PRIMARY,
    level=LEVEL_5AP,
    classroom="5APG-2",
    class_size=29,
    services=ALL_SERVICES - {"orientation", "tests"},
    report_cards=(
        _card(
            2026,
            1,
            _row(ARABIC, "8.5 9 - - 9", "8.83 2 10 7.2 3", READING),
            _row(ARABIC, "7 7.5 - - -", "7.25 2 9.5 6.4 2.5", GRAMMAR),
            _row(ARABIC, "6.5 absent - - -", "6.50 1 10 6.1 1", DICTATION),
            _row(FRENCH, "8 7.75 - - 8.5", "8.08 2 9.75 6.9 3.5", READING),
            _row(FRENCH, "5.5 6 - - -", "5.75 2 9 5.8 2", GRAMMAR),
            _row(MATHS, "9.5 10 - - 9", "9.50 4 10 7.4 2.25"),
        ),
    ),
    journey=(
        SchoolYear(2026, PRIMARY, LEVEL_5AP, None, None),
        SchoolYear(2025, PRIMARY, LEVEL_4AP, Decimal("8.11"), PASSED),
    ),
    absences=(_absence(951, _day(11, 12), "morning", None, ILLNESS, justified=True),),
    homework=(
        Homework(
            91,
            ARABIC,
            _day(3, 12),
            _day(3, 16),
            "قراءة نص «البحيرة» وشكل الفقرة الأولى",
            _pdf(9191, "نص البحيرة.pdf"),
        ),
    ),
    timetable=_lessons(
        _PRIMARY_TEACHERS,
        "0 08:30-10:00 0 Q5",
        "0 10:15-12:00 2 Q5",
        "1 08:30-10:00 1 Q6",
        "4 14:30-16:00 0 Q5",
    ),
    messages=(
        _message(
            640,
            HEAD,
            "2027-03-01 08:00",
            "خرجة تربوية",
            "تنظم المدرسة خرجة إلى الحديقة يوم 03/04/2027.",
            read=True,
        ),
    ),
    documents=(),
)


# A pupil whose menu lacks several services, and one who finds them all empty.

SOUNBOUL = Pupil(
    code="X130000041",
    first_name=Text("سنبل", "SOUNBOUL"),
    last_name=Text("الرملي", "RAMLI"),
    girl=False,
    guardian_first_name=Text("لؤلؤة", "LOULOUA"),
    guardian_last_name=Text("الرملي", "RAMLI"),
    birth_place=Text("رأس المحار", "RAS ELMAHAR"),
    school=COLLEGE,
    level=LEVEL_3AC,
    classroom="3APIC-4",
    class_size=38,
    services=FEW_SERVICES,
    years=(2026,),
    report_cards=(
        _card(
            2026,
            1,
            _row(MATHS, "11 12.5 - - -", "11.75 5 18 9.9 2"),
            _row(FRENCH, "10 9.5 - - 13", "10.83 5 17 10.2 3"),
        ),
    ),
    journey=(SchoolYear(2026, COLLEGE, LEVEL_3AC, None, None),),
    homework=(
        Homework(
            95,
            MATHS,
            _day(3, 15),
            _day(3, 19),
            "حل المسألة رقم 3 ص 112",
            _pdf(9501, "probleme3.pdf"),
        ),
    ),
    timetable=_lessons(_COLLEGE_TEACHERS, "2 09:00-11:00 0 S8", "5 11:00-12:00 2 S8"),
)

RAYHAN = Pupil(
    code="X130000051",
    first_name=Text("ريحان", "RAYHANE"),
    last_name=Text("الجدولي", "JADWALI"),
    girl=False,
    guardian_first_name=Text("نسيم", "NASSIME"),
    guardian_last_name=Text("الجدولي", "JADWALI"),
    birth_place=Text("عين الكوثر", "AIN ELKAOUTAR"),
    school=LYCEE,
    level=LEVEL_TC,
    classroom="TCSF-2",
    class_size=36,
    services=ALL_SERVICES,
)

# This one lands on the page for a new password, yet every page answers.

YAQUT = replace(
    SOUNBOUL,
    code="X130000061",
    first_name=Text("ياقوتة", "YAKOUTA"),
    last_name=Text("الصدفي", "SADAFI"),
    girl=True,
    guardian_last_name=Text("الصدفي", "SADAFI"),
)

ACCOUNTS: tuple[Account, ...] = (
    Account(NAWRAS.code, "Nakhla#2126", NAWRAS.full_name, (NAWRAS,)),
    Account(
        "X130000030", "Waha+deux30", Text("ريحانة الفيروزي", "RIHANA FAYROUZI"), (ZAHRAN, GHAYMA)
    ),
    Account(SOUNBOUL.code, "Sounboul&41", SOUNBOUL.full_name, (SOUNBOUL,), "Dashboard"),
    Account(RAYHAN.code, "Vide=51 rien", RAYHAN.full_name, (RAYHAN,)),
    Account(YAQUT.code, "قفل-Yakout61", YAQUT.full_name, (YAQUT,), "Account/ChangePassword"),
)

# Account code, then pupil code: the services that the menu offers.
OFFERED: dict[str, dict[str, frozenset[Service]]] = {
    account.code: {pupil.code: pupil.services for pupil in account.pupils} for account in ACCOUNTS
}


def account_of(code: str) -> Account:
    """Return the account with this code."""
    return next(account for account in ACCOUNTS if account.code == code)
