"""Which addresses of the portal may be asked for at all: those that only show something.

Never asked for are sign-out, and whatever may change a password, an e-mail address, a telephone
number, a second factor or anything else. Told by the words of the address alone, so a page with an
innocent name is still only ever asked for by GET.
"""

import re
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from massar_cli.folding import fold

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NEVER_WORDS = frozenset(
    (
        *("login", "signin", "passe", "pwd", "code", "mail", "phone", "tel", "gsm", "mobile"),
        *("mfa", "totp", "otp", "2fa", "factor", "annuler", "cancel", "edit", "maj"),
        *("change", "changer", "set", "add", "create", "insert", "nouveau", "new", "save"),
        *("send", "submit", "post", "reply", "valider", "accept", "refuser", "reset", "culture"),
    )
)
_NEVER_PARTS = (
    *("logoff", "logout", "signout", "deconne", "password", "passwd", "motpasse", "motdepasse"),
    *("telephone", "twofactor", "authenticator", "delete", "remove", "supprim", "update"),
    *("modif", "ajouter", "enregistr", "envoyer", "repondre", "confirm", "accepter", "validate"),
    *("inscri", "register", "activer", "activation"),
)
"""Parts that tell even where the words are written together."""


_NEVER_LABELS = frozenset(
    map(
        fold,
        (
            *("تسجيل الخروج", "الخروج", "خروج", "كلمة المرور", "كلمة السر", "القن السري"),
            *("البريد الإلكتروني", "بريد إلكتروني", "الهاتف", "رقم الهاتف", "هاتفي"),
            *("المصادقة الثنائية", "التحقق بخطوتين", "تأكيد", "حذف", "تعديل", "تغيير", "إرسال"),
            *("Déconnexion", "Se déconnecter", "Quitter", "Mot de passe", "E-mail", "Email"),
            *("Courriel", "Téléphone", "Double authentification", "Authentification", "Confirmer"),
            *("Supprimer", "Modifier", "Changer", "Envoyer", "Valider", "Annuler", "Enregistrer"),
            *("Sign out", "Log out", "Logout", "Password", "Phone"),
        ),
    )
)


def below_base(base: str, url: str) -> str | None:
    """Return an address's path below the base, in lower case, None when it is elsewhere.

    The portal's host is left aside: the same application answers under three names.
    """
    root = server_path(base).rstrip("/") + "/"
    path = server_path(url)
    return path.removeprefix(root).rstrip("/") if path.startswith(root) else None


def server_path(address: str) -> str:
    """Return an address's path as a server reads it, in lower case; empty for a malformed one."""
    path = _readable_path(address).lower()
    return normpath(path) if path else ""


def may_be_followed(base: str, url: str) -> bool:
    """Whether an address, whole, is one of this application that only shows something.

    >>> base = "https://massarservice.men.gov.ma/moutamadris"
    >>> may_be_followed(base, f"{base}/TuteurEleves/GetNotesEleve")
    True
    >>> may_be_followed(base, f"{base}/Account/LogOff"), may_be_followed(base, "https://men.gov.ma/")
    (False, False)
    """
    below = below_base(base, url)
    if not below or below == "account" or below.startswith("account/"):
        return False
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and only_shows(url)


def only_shows(url: str) -> bool:
    """Whether the words of an address tell of nothing that changes something.

    >>> only_shows("/moutamadris/Messages?page=2"), only_shows("/moutamadris/Messages/Supprimer/1")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    text = _readable_path(url) + " " + unquote(parts.query)
    words = {word.lower() for word in _WORD.findall(text)}
    return words.isdisjoint(_NEVER_WORDS) and not any(part in text.lower() for part in _NEVER_PARTS)


def address_below(base: str, url: str) -> str:
    """Return an address that is below the base, without host, base and fragment.

    >>> address_below("https://x.men.gov.ma/m", "https://x.men.gov.ma/m/Eleve/Page?id=1#top")
    'Eleve/Page?id=1'
    """
    parts = urlsplit(url)
    root = urlsplit(base).path.rstrip("/") + "/"
    return parts.path[len(root) :].strip("/") + (f"?{parts.query}" if parts.query else "")


def label_may_be_followed(label: str) -> bool:
    """Whether a link's words promise no change and no sign-out."""
    words = f" {fold(label)} "
    return not any(f" {one} " in words for one in _NEVER_LABELS)


def _readable_path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).replace("\\", "/")
    except ValueError:
        return ""
