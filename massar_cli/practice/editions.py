"""What differs between the two editions of the portal that published programs met.

Names of cookies are the frameworks' defaults and were never seen on the portal (inferred), save
`idToken` and `.AspNetCore.Culture`.
"""

from dataclasses import dataclass

MOUNT = "/moutamadris"
IDENTITY_COOKIE = "idToken"
CULTURE_COOKIE = ".AspNetCore.Culture"

TESTS_THEN_ACTIVITIES = ("test1", "test2", "test3", "test4", "activities")
ACTIVITIES_FOURTH = ("test1", "test2", "test3", "activities", "test4")
DOCUMENTED_EXAM_ORDER = ("continuous", "coefficient", "highest", "mean", "lowest", "exam")
COEFFICIENT_FIRST = ("coefficient", "continuous", "highest", "mean", "lowest", "exam")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of the portal's sign-in and of the order of its columns."""

    name: str
    core: bool
    """ASP.NET Core style, else ASP.NET MVC 5."""
    login_action: str
    login_title: str
    landing: str
    anti_forgery_cookie: str
    token_failure: int
    auth_cookie: str
    two_factor_cookie: str
    session_cookie: str
    cc_order: tuple[str, ...]
    exam_order: tuple[str, ...]


EDITION_2018 = Edition(
    name="2018",
    core=False,
    login_action=f"{MOUNT}/Account",
    login_title="MassarService",
    landing=f"{MOUNT}/General/Home",
    # The suffix is the application's path in base 64, the count of padding signs as last digit.
    anti_forgery_cookie="__RequestVerificationToken_L21vdXRhbWFkcmlz0",
    token_failure=500,
    auth_cookie=".ASPXAUTH",
    two_factor_cookie=".AspNet.TwoFactorCookie",
    session_cookie="ASP.NET_SessionId",
    cc_order=TESTS_THEN_ACTIVITIES,
    exam_order=DOCUMENTED_EXAM_ORDER,
)

EDITION_2025 = Edition(
    name="2025",
    core=True,
    login_action=f"{MOUNT}/Account/Login",
    login_title="Login page",
    landing=f"{MOUNT}/Dashboard",
    anti_forgery_cookie=".AspNetCore.Antiforgery.PracticePor",
    token_failure=400,
    auth_cookie=".AspNetCore.Cookies",
    two_factor_cookie=".AspNetCore.Identity.TwoFactorUserId",
    session_cookie=".AspNetCore.Session",
    cc_order=ACTIVITIES_FOURTH,
    exam_order=COEFFICIENT_FIRST,
)

EDITIONS = {edition.name: edition for edition in (EDITION_2018, EDITION_2025)}
