"""Which addresses of the portal may be asked for at all: those that only show something.

Never asked for are sign-out, and whatever may change a password, an e-mail address, a telephone
number, a second factor or anything else. Told by the words of the address, and by the label of the
link where there is one; so a page with an innocent name is still only ever asked for by GET.
An address that two readers may understand in two ways is never asked for either.
"""

import re
import unicodedata
from posixpath import normpath
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from massar_cli.hosts import is_loopback
from massar_cli.phrases import Phrases, bare_words

_PUPILS_HOSTS = frozenset(
    f"{name}.men.gov.ma" for name in ("massarservice", "moutamadris", "waliye")
)
"""The names under which the same application answers."""
_LONGEST = 2000
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+[a-z]*")
_JOINT = re.compile(r"[-_.~\s+]+")
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\^`{}|<>\"]")
_ODD_IN_PATH = re.compile(r"[%\\;:*()@\x00-\x1f\x7f-\xa0]|//|/\.{1,2}(?:/|$)")
_NEVER_WORDS = frozenset(
    (
        *("login", "signin", "passe", "pwd", "code", "mail", "email", "phone", "tel", "gsm"),
        *("mobile", "sms", "pin", "secret", "otp", "factor", "edit", "maj", "set", "add", "new"),
        *("nouveau", "nouvelle", "post", "put", "patch", "culture", "lang", "langue", "language"),
        *("locale", "quit", "quitter", "exit", "sortir", "mark", "toggle", "enable", "disable"),
        *("pay", "payer", "vote", "voter", "signer", "deposer", "upload", "import", "store"),
        *("close", "fermer", "leave", "kill", "expire", "revoke", "del", "supp", "trash", "erase"),
        *("retirer", "withdraw", "apply", "postuler", "soumettre", "sign", "lock", "unlock"),
        *("bloquer", "hide", "masquer", "dismiss", "ack", "acquitter", "write", "ecrire"),
        *("execute", "executer", "dissocier", "detacher", "rejoindre", "inviter", "cloturer"),
    )
)
"""Words that may be a part of an innocent one, so only these alone tell."""
_NEVER_BEGINNINGS = (
    *("annul", "cancel", "change", "create", "creer", "insert", "save", "send", "submit", "reply"),
    *("valider", "accept", "refuse", "reset", "reject", "rejet", "approuv", "approve", "archiver"),
    *("demander", "effac", "vider", "clear", "destroy", "drop", "purge", "rename", "renomm"),
    *("transfer", "forward", "publier", "publish", "subscribe", "abonner", "desabonn", "unsubscr"),
    *("desactiv", "disconnect", "credential", "identifiants", "securit", "parametre", "setting"),
    *("terminat", "abandon"),
    *("restaur", "restore", "marquer", "modify", "choosechild", "selectchild", "impersonat"),
)
_NEVER_PARTS = (
    *("logoff", "logout", "signout", "signoff", "deconne", "password", "passwd", "motpasse"),
    *("motdepasse", "telephone", "twofactor", "authentica", "authentifi", "delete", "remove"),
    *("supprim", "update", "modif", "ajouter", "enregistr", "envoyer", "repondre", "confirm"),
    *("accepter", "validate", "inscri", "register", "activer", "activation", "mfa", "totp", "2fa"),
    *("finsession", "endsession", "fermersession", "closesession"),
    *("setculture", "courriel", "email", "emailperso", "markas", "asread", "eventtarget"),
)
"""Parts that tell even where the words are written together."""
_NEVER_KEYS = frozenset(
    ("_method", "x-http-method-override", "x-http-method", "culture", "ui-culture", "lang")
)
_NEVER_LABELS = Phrases(
    {
        "never": (
            *("تسجيل خروج", "خروج", "تسجيل دخول", "كلمة مرور", "كلمة سر", "كلمات مرور"),
            *("قن سري", "رقم سري", "رمز سري", "بريد الكتروني*", "بريد كتروني*", "بريدي الكتروني*"),
            *("هاتف*", "رقم هاتف*", "مصادقة*", "تحقق خطوتين", "رمز تحقق", "تاكيد*", "حذف*"),
            *("تعديل*", "تغيير*", "اضافة", "ارسال*", "تحيين*", "تحديث*", "حفظ", "الغاء", "غاء"),
            "ايميل*",
            *("تفعيل*", "ازالة", "مسح", "رد", "قبول", "رفض", "توقيع", "اعادة تعيين", "ايداع"),
            *("تقديم طلب", "وضع علامة", "تعليم مقروء", "رمز سر", "رقم خلوي", "واتساب", "تصديق"),
            *("deconnexion", "deconnect*", "quitter", "passe", "mots passe", "mot passe", "e mail"),
            *("email*", "mail", "courriel*", "adresse electronique", "telephone*", "tel", "gsm"),
            *("authentification*", "verification deux", "code secret", "code pin", "confirm*"),
            *("supprimer*", "suppression", "modifier", "modification*", "changer", "changement*"),
            *("ajouter", "envoyer", "envoi", "valider", "validation", "enregistrer", "annul*"),
            *("activer", "activation", "desactiver", "repondre", "mettre jour", "mise jour"),
            *(
                "reinitialis*",
                "accepter",
                "refuser",
                "creer",
                "nouveau message",
                "nouvelle demande",
            ),
            *("editer", "editer*", "deposer", "marquer*", "signer", "s inscrire", "double facteur"),
            *(
                "log out",
                "logout",
                "log off",
                "sign out",
                "sign in",
                "password*",
                "phone*",
                "delete",
            ),
            *("edit", "change", "confirm", "send", "save", "update", "cancel", "submit", "reset"),
            *("two factor", "second factor", "2fa", "mfa", "otp", "totp"),
        )
    }
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


def address_below(base: str, url: str) -> str:
    """Return an address that is below the base, without host, base and fragment.

    >>> address_below("https://x.men.gov.ma/m", "https://x.men.gov.ma/m/Eleve/Page?id=1#top")
    'Eleve/Page?id=1'
    """
    parts = urlsplit(url)
    root = urlsplit(base).path.rstrip("/") + "/"
    return parts.path[len(root) :].strip("/") + (f"?{parts.query}" if parts.query else "")


def may_be_followed(base: str, url: str) -> bool:
    """Whether an address, whole, is one of this application that only shows something.

    >>> base = "https://massarservice.men.gov.ma/moutamadris"
    >>> may_be_followed(base, f"{base}/TuteurEleves/GetNotesEleve")
    True
    >>> may_be_followed(base, f"{base}/Account/LogOff"), may_be_followed(base, "https://men.gov.ma/")
    (False, False)
    """
    below = below_base(base, url)
    if not below or len(url) > _LONGEST or _ODD.search(url):
        return False
    parts = urlsplit(url)
    path = unquote(parts.path)
    # What is still encoded, or becomes a separator, another server may read in another way.
    if _ODD_IN_PATH.search(path) or path.count("/") != parts.path.count("/"):
        return False
    if not _is_same_application(urlsplit(base), parts):
        return False
    if below.split("/")[0].rstrip(". ") == "account":
        return False
    return not _is_change(path, parts.query)


def only_shows(url: str) -> bool:
    """Whether the words of an address tell of nothing that changes something, on any host.

    >>> only_shows("/moutamadris/Messages?page=2"), only_shows("/moutamadris/Messages/Supprimer/1")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not _is_change(unquote(parts.path), parts.query)


def label_may_be_followed(label: str) -> bool:
    """Whether a link's words promise no change and no sign-out.

    >>> label_may_be_followed("Emploi du temps"), label_may_be_followed("Changer le mot de passe")
    (True, False)
    >>> label_may_be_followed("الغياب"), label_may_be_followed("تأكيد الرغبات")
    (True, False)
    """
    return not _NEVER_LABELS.find(bare_words(label).bare)


def _is_change(path: str, query: str) -> bool:
    keys = {key.lower() for key, _value in parse_qsl(query, keep_blank_values=True)}
    words = unquote(unquote(query)).replace("+", " ")
    return not keys.isdisjoint(_NEVER_KEYS) or _tells_change(f"{path}?{words}")


def _tells_change(text: str) -> bool:
    # As a server does that ignores case: a long s is an s, and a dotless i is an i.
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    words = [_as_server(word) for word in _WORD.findall(_latin(plain))]
    if any(word in _NEVER_WORDS or word.startswith(_NEVER_BEGINNINGS) for word in words):
        return True
    joined = _JOINT.sub("", _as_server(plain))
    return any(part in joined for part in _NEVER_PARTS)


def _latin(text: str) -> str:
    """Return text with letters that a server may take for Latin ones written so."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return plain.replace("ı", "i").replace("ſ", "s")


def _as_server(text: str) -> str:
    return _latin(text).upper().lower()


def _is_same_application(base: SplitResult, url: SplitResult) -> bool:
    """Whether an address is on the base's own host and port, or on one of the three names."""
    try:
        places = [(one.scheme, one.hostname or "", one.port) for one in (base, url)]
    except ValueError:
        return False
    if "@" in url.netloc or url.netloc.lower() != url.netloc.lower().strip(". "):
        return False
    default = {"http": 80, "https": 443}
    own, other = ((scheme, host, port or default.get(scheme)) for scheme, host, port in places)
    if own == other:
        return True
    is_ministry = own[1].endswith(".men.gov.ma") and not is_loopback(own[1])
    return is_ministry and other in {("https", host, 443) for host in _PUPILS_HOSTS}


def _readable_path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).replace("\\", "/")
    except ValueError:
        return ""
