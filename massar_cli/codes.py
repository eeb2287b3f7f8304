"""The Massar code: its shapes, and the portal's user name made from it."""

import hashlib
import re

from massar_cli.convert import western_digits
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _

_CODE = re.compile(r"[A-Z]\d{9}", re.ASCII)
_MAYBE_CODE = re.compile(r"[A-Z]{0,2}\d{6,12}", re.ASCII)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


def normal_code(text: str) -> str:
    """Return a Massar code in capitals without blanks; an address is taken as it is.

    Raises UsageProblem for what cannot be a code at all.

    >>> normal_code(" x13 0000 000 "), normal_code("first.last@taalim.ma")
    ('X130000000', 'first.last@taalim.ma')
    """
    trimmed = text.strip()
    if _ADDRESS.fullmatch(trimmed) and trimmed.isprintable():
        return trimmed
    code = western_digits(re.sub(r"[\s-]", "", trimmed)).upper()
    if not _MAYBE_CODE.fullmatch(code):
        told = "".join(filter(str.isprintable, trimmed))[:60]
        raise UsageProblem(
            _('"{code}" cannot be a Massar code.').format(code=told),
            hint=_("A Massar code is one letter and nine digits, such as X130000000."),
            private=[told],
        )
    return code


def has_usual_shape(code: str) -> bool:
    """Whether a code is one letter and nine digits, or an address."""
    return "@" in code or _CODE.fullmatch(code) is not None


def user_name(code: str) -> str:
    """Return the portal's user name for a code.

    >>> user_name("X130000000")
    'X130000000@taalim.ma'
    """
    return code if "@" in code else f"{code}@taalim.ma"


def student_code(code: str) -> str | None:
    """Return the Massar code behind a code or address, None for an address of another kind."""
    local = code.upper().removesuffix("@TAALIM.MA")
    return local if _MAYBE_CODE.fullmatch(local) else None


def account_key(base: str, name: str) -> str:
    """Return what names an account's files: the same for one user name at one portal."""
    return hashlib.sha256(f"{base}\n{name}".encode()).hexdigest()[:20]
