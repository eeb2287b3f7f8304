"""The sign-in conversation of the practice portal, in both editions."""

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import pytest
from bs4 import BeautifulSoup

from massar_cli.practice.clock import PRACTICE_NOW, running_clock
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, STUDENTS, PracticeStudent

Visit = Callable[[PracticePortal], httpx.Client]
Fill = Callable[..., dict[str, str]]
SignIn = Callable[[PracticePortal, PracticeStudent], httpx.Client]

EDITIONS = ("2018", "2025")
AUTH_COOKIES = {"2018": ".ASPXAUTH", "2025": ".AspNetCore.Cookies"}
TOKEN = "__RequestVerificationToken"
REFUSED = "اسم المستخدم أو كلمة المرور غير صالحة"
XHR = {"X-Requested-With": "XMLHttpRequest"}
SUGGESTED = next(one for one in STUDENTS if one.change_password == "suggested")
DEMANDED = next(one for one in STUDENTS if one.change_password == "demanded")
CODE_STEP = next(one for one in STUDENTS if one.code_step)


@pytest.fixture(params=EDITIONS)
def portal(request: pytest.FixtureRequest) -> PracticePortal:
    return PracticePortal(edition=request.param)


def test_form_of_2018(visit: Visit) -> None:
    browser = visit(PracticePortal())
    answer = browser.get("Account")
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.title is not None
    assert page.title.text == "MassarService"
    assert page.html is not None
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    form = page.form
    assert form is not None
    assert form["action"] == "/moutamadris/Account"
    assert [one.get("name") for one in form.select("input")] == [TOKEN, "UserName", "Password"]
    assert len(str(form.select("input")[0]["value"])) == 92
    assert form.select_one("div.validation-summary-valid") is not None
    assert list(browser.cookies) == [f"{TOKEN}_L21vdXRhbWFkcmlz0"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_form_of_2025(visit: Visit) -> None:
    browser = visit(PracticePortal(edition="2025"))
    for address in ("Account", "Account/Login"):
        page = BeautifulSoup(browser.get(address).text, "html.parser")
        assert page.title is not None
        assert page.title.text == "Login page"
        assert page.form is not None
        assert page.form["action"] == "/moutamadris/Account/Login"
        assert str(page.form.select("input")[0]["value"]).startswith("CfDJ8")
        assert page.select_one("#btnSubmit") is not None
        error = page.select_one("#MsgError")
        assert error is not None
        assert error.text == ""
    assert all(name.startswith(".AspNetCore.Antiforgery.") for name in browser.cookies)


@pytest.mark.parametrize("user_name", [DEMO.user_name, DEMO.user_name.replace("X", "x")])
def test_success(portal: PracticePortal, visit: Visit, fill: Fill, user_name: str) -> None:
    browser = visit(portal)
    form = browser.get("Account")
    action = str(BeautifulSoup(form.text, "html.parser").select("form")[0]["action"])
    fields = fill(form, UserName=user_name, Password=DEMO.password)
    answer = browser.post(f"http://127.0.0.1{action}", data=fields)
    assert answer.status_code == 302
    landing = {"/moutamadris/Account": "General/Home", "/moutamadris/Account/Login": "Dashboard"}
    assert answer.headers["Location"] == f"/moutamadris/{landing[action]}"
    assert browser.cookies["idToken"].count(".") == 2
    home = BeautifulSoup(browser.get(landing[action]).text, "html.parser")
    assert home.select_one("#NoteDiv") is not None
    greeting = home.select_one("h1.welcomeUser")
    assert greeting is not None
    assert "سلمى المثال" in greeting.text
    assert portal.journal[1].form_fields == (TOKEN, "UserName", "Password")
    assert DEMO.password not in repr(portal.journal)


def test_the_old_address_still_works_in_2025(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(edition="2025"), DEMO)
    assert browser.get("Dashboard").status_code == 200


@pytest.mark.parametrize(
    ("user_name", "password"),
    [(DEMO.user_name, "wrong"), (DEMO.code, DEMO.password), ("X139999999@taalim.ma", "x")],
)
def test_refused_in_2018(visit: Visit, fill: Fill, user_name: str, password: str) -> None:
    browser = visit(PracticePortal())
    fields = fill(browser.get("Account"), UserName=user_name, Password=password)
    answer = browser.post("Account", data=fields)
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert [one.text for one in page.select(".validation-summary-errors li")] == [REFUSED]
    assert page.select("#UserName")[0]["value"] == user_name
    assert page.select("#Password")[0].get("value") is None
    assert "idToken" not in browser.cookies


def test_refused_in_2025(visit: Visit, fill: Fill) -> None:
    browser = visit(PracticePortal(edition="2025"))
    fields = fill(browser.get("Account"), UserName=DEMO.user_name, Password="wrong")
    answer = browser.post("Account/Login", data=fields)
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert page.select("#MsgError")[0].text == REFUSED
    assert page.select(".validation-summary-errors") == []
    assert page.title is not None
    assert page.title.text == "Login page"


@pytest.mark.parametrize(("edition", "status"), [("2018", 500), ("2025", 400)])
@pytest.mark.parametrize("missing", ["field", "cookie", "both", "forged", "stale"])
def test_token_pair_is_checked(
    visit: Visit, fill: Fill, edition: str, status: int, missing: str
) -> None:
    portal = PracticePortal(edition=edition)
    browser = visit(portal)
    fields = fill(browser.get("Account"), UserName=DEMO.user_name, Password=DEMO.password)
    if missing in ("field", "both"):
        del fields[TOKEN]
    if missing in ("cookie", "both"):
        browser.cookies.clear()
    if missing == "forged":
        fields[TOKEN] = fields[TOKEN][:20] + "AAAA" + fields[TOKEN][24:]
    if missing == "stale":
        portal.expire_tokens()
    assert browser.post("Account", data=fields).status_code == status
    assert "idToken" not in browser.cookies


@pytest.mark.parametrize(("edition", "status"), [("2018", 500), ("2025", 400)])
def test_token_is_bound_to_the_user(visit: Visit, fill: Fill, edition: str, status: int) -> None:
    browser = visit(PracticePortal(edition=edition))
    typed = {"UserName": DEMO.user_name, "Password": DEMO.password}
    before = fill(browser.get("Account"), **typed)
    assert browser.post("Account", data=before).status_code == 302
    assert browser.post("Account", data=before).status_code == status
    after = fill(browser.get("Account"), **typed)
    browser.get("Account/LogOff")
    assert browser.post("Account", data=after).status_code == status


def test_way_back_is_part_of_the_form(portal: PracticePortal, visit: Visit, fill: Fill) -> None:
    browser = visit(portal)
    turned_away = browser.get("TuteurEleves/GetScolariteEleve?grid-page=2")
    assert turned_away.status_code == 302
    assert turned_away.headers["Location"] == (
        "/moutamadris/Account?ReturnUrl="
        "%2Fmoutamadris%2FTuteurEleves%2FGetScolariteEleve%3Fgrid-page%3D2"
    )
    form = browser.get(f"http://127.0.0.1{turned_away.headers['Location']}")
    fields = fill(form, UserName=DEMO.user_name, Password=DEMO.password)
    without = {name: value for name, value in fields.items() if name != "ReturnUrl"}
    assert browser.post("Account", data=without).status_code in (400, 500)
    answer = browser.post("Account", data=fields)
    assert answer.headers["Location"].endswith("/GetScolariteEleve?grid-page=2")


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "/\\example.org"])
def test_way_back_stays_on_the_host(visit: Visit, fill: Fill, url: str) -> None:
    browser = visit(PracticePortal())
    form = browser.get("Account", params={"ReturnUrl": url})
    fields = fill(form, UserName=DEMO.user_name, Password=DEMO.password)
    answer = browser.post("Account", data=fields)
    assert answer.headers["Location"] == "/moutamadris/General/Home"


def test_session_gone(portal: PracticePortal, sign_in: SignIn) -> None:
    browser = sign_in(portal, DEMO)
    assert browser.get("TuteurEleves/GetNotesEleve").status_code == 200
    portal.expire_sessions()
    answer = browser.post("TuteurEleves/GetBulletins", headers=XHR)
    assert (answer.status_code, answer.content) == (401, b"")
    assert "idToken" not in browser.cookies
    assert browser.get("TuteurEleves/GetNotesEleve").status_code == 302
    assert [one.xhr for one in portal.journal[-2:]] == [True, False]


@pytest.mark.parametrize("edition", EDITIONS)
def test_either_cookie_alone_is_enough(sign_in: SignIn, visit: Visit, edition: str) -> None:
    portal = PracticePortal(edition=edition)
    cookies = sign_in(portal, DEMO).cookies
    for name in ("idToken", AUTH_COOKIES[edition]):
        other = visit(portal)
        other.cookies.set(name, cookies[name], domain="127.0.0.1")
        assert other.get("Dashboard").status_code == 200
    stranger = visit(portal)
    stranger.cookies.set("idToken", "bad", domain="127.0.0.1")
    assert stranger.get("Dashboard").status_code == 302


def test_idle_session_ends(sign_in: SignIn) -> None:
    now = PRACTICE_NOW

    def clock() -> datetime:
        return now

    browser = sign_in(PracticePortal(now=clock, session_minutes=20), DEMO)
    for _ in range(2):
        now += timedelta(minutes=19)
        assert browser.get("Dashboard").status_code == 200
    now += timedelta(minutes=21)
    assert browser.get("Dashboard").status_code == 302


def test_sessions_live_side_by_side(portal: PracticePortal, sign_in: SignIn) -> None:
    first, second = sign_in(portal, DEMO), sign_in(portal, DEMO)
    other = sign_in(portal, STUDENTS[1])
    assert first.get("Account/LogOff").headers["Location"] == "/moutamadris/Account"
    assert first.get("Dashboard").status_code == 302
    assert second.get("Dashboard").status_code == 200
    assert STUDENTS[1].code in other.get("TuteurEleves/GetInfoEleve").text


def test_suggested_password(portal: PracticePortal, visit: Visit, fill: Fill) -> None:
    browser = visit(portal)
    form = browser.get("Account")
    fields = fill(form, UserName=SUGGESTED.user_name, Password=SUGGESTED.password)
    answer = browser.post("Account", data=fields)
    assert answer.headers["Location"] == "/moutamadris/Account/ChangePassword"
    page = browser.get("Account/ChangePassword")
    soup = BeautifulSoup(page.text, "html.parser")
    typed = [str(one["name"]) for one in soup.select("input[type=password]")]
    assert typed == ["Password", "NewPassword", "NewPasswordConfirm"]
    assert soup.select_one('a[href="/moutamadris/Account/LogOff"]') is not None
    assert browser.get("TuteurEleves/GetNotesEleve").status_code == 200
    posted = fill(page, Password="a", NewPassword="b", NewPasswordConfirm="b")
    assert browser.post("Account/ChangePassword", data=posted).status_code == 200
    assert browser.post("Account/ChangePassword", data={}).status_code in (400, 500)
    assert portal.journal[-2].form_fields == (
        TOKEN,
        "Password",
        "NewPassword",
        "NewPasswordConfirm",
    )


@pytest.mark.parametrize(
    "address", ["General/Home", "TuteurEleves/GetNotesEleve", "TuteurEleves/GetInfoEleve"]
)
def test_demanded_password(portal: PracticePortal, sign_in: SignIn, address: str) -> None:
    browser = sign_in(portal, DEMANDED)
    answer = browser.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/moutamadris/Account/ChangePassword"
    assert browser.get("Account/ChangePassword").status_code == 200


def test_code_step(portal: PracticePortal, sign_in: SignIn, fill: Fill) -> None:
    browser = sign_in(portal, CODE_STEP)
    assert "idToken" not in browser.cookies
    assert browser.get("TuteurEleves/GetNotesEleve").status_code == 302
    page = browser.get("Account/VerifyCode")
    assert "NewPassword" not in page.text
    wrong = browser.post("Account/VerifyCode", data=fill(page, Code="000000"))
    assert wrong.status_code == 200
    assert BeautifulSoup(wrong.text, "html.parser").select(".validation-summary-errors li")
    assert CODE_STEP.step_code is not None
    right = browser.post("Account/VerifyCode", data=fill(wrong, Code=CODE_STEP.step_code))
    assert right.status_code == 302
    assert browser.get(f"http://127.0.0.1{right.headers['Location']}").status_code == 200
    assert browser.get("Account/VerifyCode").status_code == 302


def test_code_step_checks_its_token(sign_in: SignIn) -> None:
    browser = sign_in(PracticePortal(), CODE_STEP)
    assert browser.post("Account/VerifyCode", data={"Code": "135790"}).status_code == 500


def test_captcha_refuses_everybody(visit: Visit, fill: Fill) -> None:
    browser = visit(PracticePortal(captcha=True))
    form = browser.get("Account")
    soup = BeautifulSoup(form.text, "html.parser")
    image = str(soup.select("#CaptchaImage")[0]["src"])
    assert browser.get(f"http://127.0.0.1{image}").headers["Content-Type"] == "image/gif"
    fields = fill(form, UserName=DEMO.user_name, Password=DEMO.password, CaptchaInputText="42")
    assert {"CaptchaDeText", "CleCaptcha"} <= set(fields)
    answer = browser.post("Account", data=fields)
    assert answer.status_code == 200
    assert "الرمز لايتطابق مع الصورة" in answer.text
    assert "idToken" not in browser.cookies


def test_clock_runs_on_from_its_start() -> None:
    assert PRACTICE_NOW.isoformat() == "2027-03-15T18:00:00+01:00"
    assert PRACTICE_NOW.tzname() == "Africa/Casablanca"
    assert timedelta(0) <= running_clock()() - PRACTICE_NOW < timedelta(minutes=1)


@pytest.mark.parametrize(
    "wrong", [{"edition": "2019"}, {"language": "en"}, {"exam_headings": "none"}]
)
def test_unknown_switches_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        PracticePortal(**wrong)  # type: ignore[arg-type]
