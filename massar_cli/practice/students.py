"""The made-up students: who they are, how their account stands, and what was published for them."""

# ruff: noqa: S105, S106 - every password here is made up.

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from massar_cli.language import mark
from massar_cli.practice import names
from massar_cli.practice.cards import ReportCard
from massar_cli.practice.names import Bilingual
from massar_cli.practice.years import (
    StudyYear,
    college_years,
    lycee_years,
    primary_years,
    unpublished_years,
)

ChangePassword = Literal["no", "suggested", "demanded"]
Refusal = Literal["refused", "locked", "activation"]
LifeKind = Literal["full", "empty", "none", "hostile"]
"""What the portal's services show: much; nothing; no services at all; files that do harm."""

_GUARDIAN = Bilingual("ولي", "WALI")


@dataclass(frozen=True, slots=True)
class PathRow:
    """One year of the school path; the current year has neither average nor result yet."""

    year: int
    school: Bilingual
    level: Bilingual
    average: Decimal | None = None
    result: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PracticeStudent:
    """One account of the practice portal."""

    code: str
    password: str
    first_name: Bilingual
    last_name: Bilingual
    guardian_first_name: Bilingual = _GUARDIAN
    guardian_last_name: Bilingual
    guardian_phone: str = "0600000000"
    gender: Bilingual
    school: Bilingual
    operator: str = "Autre"
    phone: str = "0600000000"
    phone_owner: str = "Père"
    email: str
    change_password: ChangePassword = "no"
    step_code: str | None = None
    """The code asked for after the password, if the account has a second step."""
    refusal: Refusal | None = None
    """Why the account is refused even with the right password."""
    life: LifeKind = "full"
    children: tuple["PracticeStudent", ...] = ()
    """A parent's children, of whom one at a time is looked at; a pupil's account has none."""
    purpose: str
    """What the account is good for, in a line for the curious; translated where it is shown."""
    years: Mapping[int, StudyYear] = field(repr=False)
    path: tuple[PathRow, ...] = field(repr=False)

    @property
    def has_services(self) -> bool:
        """Whether the menu offers anything besides marks, path and profile."""
        return self.life != "none"

    @property
    def user_name(self) -> str:
        """What is typed into the sign-in form."""
        return f"{self.code}@taalim.ma"

    @property
    def code_step(self) -> bool:
        """Whether a code is asked for after the password."""
        return self.step_code is not None

    @property
    def starts_at_password(self) -> bool:
        """Whether the sign-in leads to the form of a new password."""
        return self.change_password != "no"

    @property
    def owes_password(self) -> bool:
        """Whether nothing else can be reached before a new password is chosen."""
        return self.change_password == "demanded"

    def report_card(self, year: int, session: int) -> ReportCard | None:
        """Look up what was published for a session, or none if nothing was."""
        study_year = self.years.get(year)
        return None if study_year is None else study_year.cards.get(session)


# The Arabic word is invented; "Admis" is the only result ever seen.
_PASSED = Bilingual("ناجح", "Admis")


def _path(
    years: Mapping[int, StudyYear], averages: Mapping[int, str], *earlier: PathRow
) -> tuple[PathRow, ...]:
    """List the school path, newest first; years without an annual card take a given average."""
    rows = []
    for year in sorted(years, reverse=True):
        study_year = years[year]
        card = study_year.cards.get(3)
        average = card.session_average if card else None
        if average is None and year in averages:
            average = Decimal(averages[year])
        result = None if average is None else _PASSED
        rows.append(PathRow(year, study_year.school, study_year.level, average, result))
    return (*rows, *earlier)


def _passed(year: int, school: Bilingual, level: Bilingual, average: str) -> PathRow:
    return PathRow(year, school, level, Decimal(average), _PASSED)


_DEMO_YEARS = lycee_years("demo")
_PRIMARY_YEARS = primary_years("pupil")
_COLLEGE_YEARS = college_years("college")
_SMALL_YEARS = {year: _COLLEGE_YEARS[year] for year in (2025, 2026)}
_SMALL_PATH = _path(_SMALL_YEARS, {})

DEMO = PracticeStudent(
    code="X130000001",
    password="practice-2bac",
    purpose=mark("upper secondary, last year: four years of report cards, every service"),
    first_name=Bilingual("سلمى", "SALMA"),
    last_name=Bilingual("المثال", "EL MITAL"),
    guardian_last_name=Bilingual("المثال", "EL MITAL"),
    gender=names.GIRL,
    school=names.LYCEE,
    operator="Orange",
    phone_owner="Mère",
    email="salma@example.org",
    years=_DEMO_YEARS,
    path=_path(
        _DEMO_YEARS,
        {2024: "13.07"},
        _passed(2022, names.COLLEGE, names.LEVEL_COLLEGE[2], "14.12"),
        _passed(2021, names.COLLEGE, names.LEVEL_COLLEGE[1], "13.95"),
        _passed(2020, names.PRIMARY, names.LEVEL_PRIMARY[6], "8.21"),
        _passed(2019, names.PRIMARY, names.LEVEL_PRIMARY[5], "8.05"),
    ),
)

_FAMILY_LYCEE = lycee_years("siblings")
_FAMILY_COLLEGE = college_years("siblings")
_FAMILY_PRIMARY = primary_years("siblings")
_CHILDREN = (
    PracticeStudent(
        code="X130000011",
        password="practice-child-1",
        purpose=mark("the parent's first child: upper secondary"),
        first_name=Bilingual("مريم", "MARYAM"),
        last_name=Bilingual("الأسرة", "OUSRA"),
        guardian_last_name=Bilingual("الأسرة", "OUSRA"),
        gender=names.GIRL,
        school=names.LYCEE,
        email="maryam@example.org",
        years=_FAMILY_LYCEE,
        path=_path(_FAMILY_LYCEE, {2024: "12.41"}),
    ),
    PracticeStudent(
        code="X130000012",
        password="practice-child-2",
        purpose=mark("the parent's second child: lower secondary"),
        first_name=Bilingual("آدم", "ADAM"),
        last_name=Bilingual("الأسرة", "OUSRA"),
        guardian_last_name=Bilingual("الأسرة", "OUSRA"),
        gender=names.BOY,
        school=names.COLLEGE,
        email="adam@example.org",
        years=_FAMILY_COLLEGE,
        path=_path(_FAMILY_COLLEGE, {2023: "7.93"}),
    ),
    PracticeStudent(
        code="X130000013",
        password="practice-child-3",
        purpose=mark("the parent's third child: primary school"),
        first_name=Bilingual("هبة", "HIBA"),
        last_name=Bilingual("الأسرة", "OUSRA"),
        guardian_last_name=Bilingual("الأسرة", "OUSRA"),
        gender=names.GIRL,
        school=names.PRIMARY,
        email="",
        years=_FAMILY_PRIMARY,
        path=_path(_FAMILY_PRIMARY, {2023: "8.35"}),
    ),
)

STUDENTS: tuple[PracticeStudent, ...] = (
    DEMO,
    PracticeStudent(
        code="X130000002",
        password="practice-6ap",
        purpose=mark("primary school: marks out of 10, subjects with components"),
        first_name=Bilingual("أمين", "AMINE"),
        last_name=Bilingual("النموذج", "NAMOUDAJ"),
        guardian_last_name=Bilingual("النموذج", "NAMOUDAJ"),
        gender=names.BOY,
        school=names.PRIMARY,
        operator="Iam",
        email="amine@example.org",
        years=_PRIMARY_YEARS,
        path=_path(_PRIMARY_YEARS, {2023: "7.64"}),
    ),
    PracticeStudent(
        code="X130000003",
        password="practice-3ac",
        purpose=mark("lower secondary, last year"),
        first_name=Bilingual("هدى", "HOUDA"),
        last_name=Bilingual("التمرين", "TAMRINE"),
        guardian_last_name=Bilingual("التمرين", "TAMRINE"),
        gender=names.GIRL,
        school=names.COLLEGE,
        operator="Inwi",
        phone_owner="Tuteur",
        email="houda@example.org",
        years=_COLLEGE_YEARS,
        path=_path(_COLLEGE_YEARS, {2023: "8.12"}),
    ),
    PracticeStudent(
        code="X130000004",
        password="practice-suggested",
        purpose=mark("a new password is suggested after the sign-in"),
        first_name=Bilingual("كريم", "KARIM"),
        last_name=Bilingual("التجربة", "TAJRIBA"),
        guardian_last_name=Bilingual("التجربة", "TAJRIBA"),
        gender=names.BOY,
        school=names.COLLEGE,
        email="karim@example.org",
        change_password="suggested",
        years=_SMALL_YEARS,
        path=_SMALL_PATH,
    ),
    PracticeStudent(
        code="X130000005",
        password="practice-demanded",
        purpose=mark("a new password is demanded; nothing else opens"),
        first_name=Bilingual("ليلى", "LEILA"),
        last_name=Bilingual("التجربة", "TAJRIBA"),
        guardian_last_name=Bilingual("التجربة", "TAJRIBA"),
        gender=names.GIRL,
        school=names.COLLEGE,
        email="leila@example.org",
        change_password="demanded",
        years=_SMALL_YEARS,
        path=_SMALL_PATH,
    ),
    PracticeStudent(
        code="X130000006",
        password="practice-code",
        purpose=mark("a code is asked for after the password: 135790"),
        first_name=Bilingual("ياسين", "YASSINE"),
        last_name=Bilingual("الرمز", "RAMZ"),
        guardian_last_name=Bilingual("الرمز", "RAMZ"),
        gender=names.BOY,
        school=names.COLLEGE,
        email="yassine@example.org",
        step_code="135790",
        years=_SMALL_YEARS,
        path=_SMALL_PATH,
    ),
    PracticeStudent(
        code="X130000007",
        password="practice-empty",
        purpose=mark("a newcomer: every page is there, and empty"),
        first_name=Bilingual("نور", "NOUR"),
        last_name=Bilingual("الجديد", "JADID"),
        guardian_last_name=Bilingual("الجديد", "JADID"),
        gender=names.GIRL,
        school=names.LYCEE,
        email="",
        life="empty",
        years=unpublished_years(),
        path=(),
    ),
    PracticeStudent(
        code="X130000008",
        password="practice-nothing",
        purpose=mark("marks, path and profile; the portal offers nothing else"),
        first_name=Bilingual("سعيد", "SAID"),
        last_name=Bilingual("القليل", "QALIL"),
        guardian_last_name=Bilingual("القليل", "QALIL"),
        gender=names.BOY,
        school=names.COLLEGE,
        email="said@example.org",
        life="none",
        years=_SMALL_YEARS,
        path=_SMALL_PATH,
    ),
    PracticeStudent(
        code="X130000009",
        password="practice-hostile",
        purpose=mark("documents with hostile names, and answers that are not what they should be"),
        first_name=Bilingual("ريم", "RIM"),
        last_name=Bilingual("الغريب", "GHARIB"),
        guardian_last_name=Bilingual("الغريب", "GHARIB"),
        gender=names.GIRL,
        school=names.COLLEGE,
        email="rim@example.org",
        life="hostile",
        years=_SMALL_YEARS,
        path=_SMALL_PATH,
    ),
    PracticeStudent(
        code="X130000010",
        password="practice-parent",
        purpose=mark("a parent of three children, in the three cycles"),
        first_name=Bilingual("فاطمة", "FATIMA"),
        last_name=Bilingual("الأسرة", "OUSRA"),
        guardian_last_name=Bilingual("الأسرة", "OUSRA"),
        gender=names.GIRL,
        school=names.LYCEE,
        email="fatima@example.org",
        years={},
        path=(),
        children=_CHILDREN,
    ),
    *_CHILDREN,
)


def by_user_name(user_name: str) -> PracticeStudent | None:
    """Find the student with a user name; the letter's case does not matter."""
    wanted = user_name.casefold()
    return next((one for one in STUDENTS if one.user_name.casefold() == wanted), None)
