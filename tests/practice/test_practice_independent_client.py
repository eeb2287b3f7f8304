"""Proof by a client that is not ours: `moutamadris-api` reads the practice portal."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moutamadris_api import IncorrectCredentialsError, Language, api, moutamadris

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO, STUDENTS

PRIMARY = STUDENTS[1]
REAL_BASE = "https://massarservice.men.gov.ma/moutamadris"

# The client calls an old name of Beautiful Soup's.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

Client = Callable[..., Any]


@pytest.fixture(params=["2018", "2025"])
def client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Sign in to a portal of either edition with the independent client."""
    opened = []
    with PracticeServer(PracticePortal(edition=request.param)) as server:
        for name, value in vars(api).items():
            if isinstance(value, str) and value.startswith(REAL_BASE):
                monkeypatch.setattr(api, name, value.replace(REAL_BASE, server.url))

        def sign_in(email: str, password: str) -> Any:
            one = moutamadris(email=email, password=password)
            opened.append(one)
            return one

        yield sign_in
        for one in opened:
            one.session.close()


def test_years(client: Client) -> None:
    periods = client(DEMO.user_name, DEMO.password).GetEducationalPeriod()
    assert [(one.schoolyearID, one.schoolYear) for one in periods.schoolYears][1:] == [
        ("2023", "2023/2024"),
        ("2024", "2024/2025"),
        ("2025", "2025/2026"),
        ("2026", "2026/2027"),
    ]
    assert [(one.sessionID, one.schoolSession) for one in periods.sessions][1:] == [
        ("1", "الدورة الأولى"),
        ("2", "الدورة الثانية"),
        ("3", "المعدل السنوي"),
    ]


def test_marks_in_arabic(client: Client) -> None:
    marks = client(DEMO.user_name, DEMO.password).GetAllMarks("2026", "1")
    assert len(marks.continuousAssessmentMarks) == len(marks.averageMarks) == 11
    assert marks.continuousAssessmentMarks["الرياضيات"] == [
        {
            "المادة": "الرياضيات",
            "الفرض الأول": "14,50",
            "الفرض الثاني": "12,25",
            "الفرض الثالث": "15,75",
            "الفرض الرابع": "",
            "الأنشطة المندمجة": "",
        }
    ]
    assert marks.averageMarks["الرياضيات"][0]["المعامل"] == "7"
    assert marks.resultMark == {"معدل الدورة": "14,36", "معدل الإمتحان": "13,72"}
    assert marks.schoolDetails == {
        "المؤسسة": "ثانوية التدريب التأهيلية",
        "المستوى": "السنة الثانية بكالوريا علوم فيزيائية - خيار فرنسية",
        "القسم": "2BACSPF-1",
        "عدد التلاميذ": "34",
    }


def test_components_in_french(client: Client) -> None:
    pupil = client(PRIMARY.user_name, PRIMARY.password)
    pupil.ChangeMoutamadrisLanguage(Language.FRENCH)
    marks = pupil.GetAllMarks("2026", "1")
    reading = marks.continuousAssessmentMarks["LANGUE ARABE"][0]
    assert reading == {
        "Matière": "LANGUE ARABE",
        "Composant": "Lecture",
        "Premier contrôle": "8,00",
        "Deuxième contrôle": "7,50",
        "Troisième contrôle": "",
        "Quatrième contrôle": "",
        "Activités intégrées": "8,00",
    }
    names = [row["Composant"] for row in marks.averageMarks["LANGUE ARABE"]]
    assert names == ["Lecture", "Grammaire", "Dictée", "Production écrite", "Moyenne d'unité"]
    unit = marks.averageMarks["LANGUE ARABE"][-1]
    assert (unit["Notes Controls Continues"], unit["Coefficient"]) == ("7,63", "3")
    assert list(marks.resultMark) == ["Moyenne session", "Note examen"]
    assert list(marks.schoolDetails) == ["Etablissement", "Niveau", "Classe", "Nombre éléves"]
    assert marks.schoolDetails["Etablissement"] == "ECOLE DE L EXEMPLE"


def test_school_path(client: Client) -> None:
    path = client(DEMO.user_name, DEMO.password).GetAcademicJourney()
    assert [one.schoolYear for one in path] == ["2026/2027", "2025/2026", "2024/2025", "2023/2024"]
    assert (path[1].averageMark, path[1].finalResult) == ("13,75", "ناجح")
    assert path[1].school == "ثانوية التدريب التأهيلية"


def test_account_page(client: Client) -> None:
    account = client(DEMO.user_name, DEMO.password).GetAccountInfos()
    person = account.personalInfos
    assert (person.studentCode, person.firstName, person.lastName) == (
        "X130000001",
        "سلمى (SALMA)",
        "المثال (EL MITAL)",
    )
    assert (person.parentPhoneNumber, person.placeOfBirth) == ("0600000000", "مدينة المثال")
    assert (person.school, person.academy) == ("ثانوية التدريب التأهيلية", "أكاديمية التدريب")
    assert (person.gender, person.provincialDirectorate) == ("أنثى", "إقليم: التمرين")
    extra = account.additionalInfos
    assert (extra.provider.value, extra.phoneNumber, extra.type.value) == (
        "Orange",
        "0600000000",
        "Mère",
    )
    assert account.recoveryEmail == "salma@example.org"


def test_token_alone_is_enough(client: Client) -> None:
    token = client(DEMO.user_name, DEMO.password).GetIdToken()
    again = moutamadris(idToken=token)
    try:
        assert again.GetAccountInfos().personalInfos.studentCode == DEMO.code
    finally:
        again.session.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_wrong_password(client: Client) -> None:
    with pytest.raises(IncorrectCredentialsError):
        client(DEMO.user_name, "wrong")
