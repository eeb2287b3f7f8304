"""Files that pages link to: what each is called on the page and in its answer, and what is odd."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from massar_cli.practice.life import contents
from massar_cli.practice.names import Bilingual

PDF = "application/pdf"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"
HUGE = 60_000_000
"""Bytes of the file that is larger than a program should take without being asked to."""

Naming = Literal["none", "plain", "extended", "raw"]
"""How an answer names its file: not; in ASCII; also in RFC 6266's `filename*`; in bare UTF-8.

The last is for real connections alone: `httpx.WSGITransport` takes no such header.
"""
Behaviour = Literal["plain", "ranges", "huge", "lying", "error-page", "sign-in-page"]
"""What is odd about an answer; with `ranges` it has ETag and Last-Modified and can be resumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file of one student; `ref` is all that its address says."""

    ref: str
    link: Bilingual
    """The text of the link; an empty one has only an icon."""
    day: date
    naming: Naming
    name: str = ""
    kind: str
    make: Callable[[], bytes]
    behaviour: Behaviour = "plain"


def ref_of(code: str, key: str) -> str:
    """Make the opaque name under which a file or a message is asked for."""
    return sha256(f"{code}:{key}".encode()).hexdigest()[:20]


def pdf_file(
    code: str, key: str, link: Bilingual, day: date, *, naming: Naming = "plain", name: str = ""
) -> StoredFile:
    """Make a PDF whose text says which one it is."""
    return StoredFile(
        ref=ref_of(code, key),
        link=link,
        day=day,
        naming=naming,
        name=name or f"{key}.pdf",
        kind=PDF,
        make=lambda: contents.pdf(f"{code} {key}"),
    )
