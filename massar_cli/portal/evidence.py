"""What an answer gives away beside the page that was asked for: sign-in, obstacles, outages.

Words are the weakest evidence, so fields, links and structure come first.
"""

import math
from http import HTTPStatus

from selectolax.lexbor import LexborHTMLParser, LexborNode

from massar_cli.errors import MassarError, PersonNeeded, PortalUnavailable
from massar_cli.folding import LONGEST_FOLDED, fold
from massar_cli.language import translate as _
from massar_cli.portal.followable import below_base, server_path
from massar_cli.portal.page import text_of

SIGN_IN = "Account"
_SIGN_IN_ADDRESSES = ("account", "account/login")
_CHANGE_PASSWORD = "account/changepassword"  # noqa: S105  (an address)
_CODE_ADDRESS = ("code", "verif", "factor", "2fa", "mfa", "otp")
_LONGEST_REASON = 200
_SHORTEST_TOLD, _LONGEST_TOLD = 60, 24 * 3600
_MOST_CHARACTERS = 20_000
_PIECE = LONGEST_FOLDED - 50
# Single fields of the profile's forms, which are never sent.
_NO_CODES = frozenset({"EmailPerso", "Tel", "CaptchaInputText", "UserName", "Password"})
_MAINTENANCE = tuple(map(fold, ("صيانة", "غير متاح", "maintenance", "indisponible")))
_LOCKED = tuple(map(fold, ("مقفل", "موقوف", "محظور", "verrouill", "bloqué", "locked")))
_CAPTCHA = tuple(map(fold, ("الرمز لايتطابق مع الصورة", "captcha")))
_WRONG = tuple(
    map(fold, ("غير صحيح", "غير صالح", "خاطئ", "خطأ", "incorrect", "erroné", "invalid", "wrong"))
)
_ACTIVATION = tuple(map(fold, ("تفعيل", "activation", "activer")))


def is_sign_in_address(base: str, url: str) -> bool:
    """Whether an address is the sign-in page; `Account/ChangePassword`, alike at first, is not."""
    return below_base(base, url) in _SIGN_IN_ADDRESSES


def is_change_password_address(base: str, url: str) -> bool:
    """Whether an address is the page that asks for a new password."""
    return below_base(base, url) == _CHANGE_PASSWORD


def is_code_address(base: str, url: str) -> bool:
    """Whether an address is likely the page that asks for a code (a second factor)."""
    below = below_base(base, url) or ""
    return below.startswith("account/") and any(word in below for word in _CODE_ADDRESS)


def has_sign_in_form(tree: LexborHTMLParser) -> bool:
    """Whether the page holds the sign-in form: the pair of a user name and a password."""
    return sign_in_form(tree) is not None


def sign_in_form(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the form with both `UserName` and `Password`, None when there is none.

    A form that asks for a new password may have both fields too; it is another one.
    """
    for form in tree.css("form"):
        if form.css_first('input[name="NewPassword"]') is not None:
            continue
        if form.css_first('input[name="UserName"]') and form.css_first('input[name="Password"]'):
            return form
    return None


def code_form(tree: LexborHTMLParser) -> LexborNode | None:
    """Return a form that asks for one code after the password (a second factor), or None.

    Its page is unknown: a form with the anti-forgery field and exactly one field to type in.
    """
    for form in tree.css("form"):
        names = [field.attributes.get("name") for field in typed_fields(form)]
        has_token = form.css_first('input[name="__RequestVerificationToken"]') is not None
        if has_token and len(names) == 1 and names[0] not in _NO_CODES:
            return form
    return None


def may_be_posted(base: str, url: str) -> bool:
    """Whether a form of the sign-in may be sent to an address: of this application, no pupil's."""
    below = below_base(base, url)
    return below is not None and "tuteureleves" not in below


def typed_fields(form: LexborNode) -> list[LexborNode]:
    """Return the fields of a form that a person types into."""
    kinds = ("text", "number", "tel", "password", "")
    return [
        field
        for field in form.css("input[name]")
        if (field.attributes.get("type") or "").lower() in kinds
    ]


def asks_captcha(tree: LexborHTMLParser) -> bool:
    """Whether the page wants the text of a picture."""
    return tree.css_first('[name="CaptchaInputText"], [name="CaptchaDeText"]') is not None


def asks_new_password(tree: LexborHTMLParser) -> bool:
    """Whether the page asks for a new password."""
    return tree.css_first('input[name="NewPassword"]') is not None


def has_proof(tree: LexborHTMLParser) -> bool:
    """Whether the page proves a session, in no language: a way to sign out, or the greeting."""
    if tree.css_first(".welcomeUser, #NoteDiv") is not None:
        return True
    return any(
        server_path(link.attributes.get("href") or "").endswith("account/logoff")
        for link in tree.css("a[href]")
    )


def has_layout(tree: LexborHTMLParser) -> bool:
    """Whether the page has the application's own layout, which a maintenance page has not."""
    return has_proof(tree) or tree.css_first("#Model_msg, .main-menu, .main-sidebar") is not None


def outage(status: int, retry_after: float | None = None) -> PortalUnavailable | None:
    """Return the error for a status by which a server says that it cannot answer now.

    `retry_after` is the number of seconds that it asks to be left alone for.
    """
    hint = None
    if retry_after is not None and _SHORTEST_TOLD <= retry_after <= _LONGEST_TOLD:
        hint = _("It asks to be left alone for {minutes} min.").format(
            minutes=math.ceil(retry_after / 60)
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return PortalUnavailable(
            _("The portal asks for fewer requests (answer 429)."), hint=hint, may_pass=True
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return PortalUnavailable(
            _("The portal is out of service (answer {status}).").format(status=status),
            hint=hint,
            may_pass=True,
        )
    return None


def obstacle(tree: LexborHTMLParser) -> MassarError | None:
    """Return the error for a page that stands in the way: a captcha, or maintenance.

    Words of maintenance are believed only where form and layout are missing.
    """
    if asks_captcha(tree):
        return PersonNeeded(
            _("The portal asks for the text of a picture (captcha)."),
            hint=_("Sign in once in a browser; the picture usually goes away after that."),
        )
    has_application = has_layout(tree) or has_sign_in_form(tree)
    if not has_application and _mentions(tree.text(), _MAINTENANCE):
        return PortalUnavailable(_("The portal is closed for maintenance."), is_outage=True)
    return None


def refusal(tree: LexborHTMLParser) -> str | None:
    """Return the reason that the sign-in page gives for a refusal, None when it gives none."""
    places = (".validation-summary-errors li", "#MsgError", ".text-danger", "p.Error")
    for place in places:
        reason = "; ".join(filter(None, map(text_of, tree.css(place))))
        if reason:
            return reason[:_LONGEST_REASON]
    return None


def blames_captcha(reason: str) -> bool:
    """Whether a refusal is about the picture's text, not about the password."""
    return _mentions(reason, _CAPTCHA)


def blames_password(reason: str) -> bool:
    """Whether a refusal says that what was sent is wrong, whatever else it says."""
    return _mentions(reason, _WRONG)


def is_locked(reason: str) -> bool:
    """Whether a refusal says that the account is locked (likely words; the real are unknown)."""
    return _mentions(reason, _LOCKED)


def wants_activation(reason: str) -> bool:
    """Whether a refusal says that the account must be activated first (likely words)."""
    return _mentions(reason, _ACTIVATION)


def _mentions(text: str, words: tuple[str, ...]) -> bool:
    # Folded piece by piece, overlapping: it takes the longer the longer the text.
    starts = range(0, min(len(text), _MOST_CHARACTERS), _PIECE)
    pieces = (fold(text[start : start + LONGEST_FOLDED]) for start in starts)
    return any(word in piece for piece in pieces for word in words)
