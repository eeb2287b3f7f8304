"""What the head of an answer tells of the file in its body: name, kind, version, which part."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from massar_cli.file_names import ending_of

_OLD_ENOUGH = timedelta(minutes=1)
_PARAMETER = re.compile(
    r';\s*(?P<key>filename\*?)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^;]*))',
    re.IGNORECASE | re.DOTALL,
)
_ENCODED_BYTE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_RANGE = re.compile(r"bytes\s+(\d{1,15})-(\d{1,15})/(\d{1,15}|\*)", re.ASCII | re.IGNORECASE)
_PAGE_KINDS = frozenset(
    ("text/html", "application/xhtml+xml", "application/json", "application/problem+json")
)
"""What a portal says something in, an error perhaps; seldom a school's file."""
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,400}?-->\s*)*<(?:!doctype\s+html|html|head|body|form)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/x-rar-compressed": ".rar",
    "application/vnd.rar": ".rar",
    "application/x-7z-compressed": ".7z",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "text/html": ".html",
    "application/json": ".json",
}
_SAME_ENDINGS = {".jpeg": ".jpg", ".htm": ".html"}


class Version(NamedTuple):
    """By what a server knows one state of a file again; each may be missing.

    Only a strong one proves that two answers are the same byte for byte.
    """

    etag: str | None = None
    last_modified: str | None = None

    @property
    def strong(self) -> str | None:
        """What `If-Range` may carry."""
        if self.etag is not None and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified if self.etag is None else None

    def __bool__(self) -> bool:
        return self.etag is not None or self.last_modified is not None


NO_VERSION = Version()


def version_of(headers: Mapping[str, str]) -> Version:
    """Return the version of a file; a date of change that is no older than the answer is none."""
    etag = headers.get("etag", "").strip() or None
    changed = headers.get("last-modified", "").strip() or None
    return Version(etag, changed if changed and _is_old_enough(changed, headers) else None)


def _is_old_enough(changed: str, headers: Mapping[str, str]) -> bool:
    # What is made for each answer is never the same again, and a second may hold two changes.
    try:
        answered = parsedate_to_datetime(headers.get("date", ""))
        return parsedate_to_datetime(changed) + _OLD_ENOUGH <= answered
    except (ValueError, TypeError, OverflowError):
        return False


class ByteRange(NamedTuple):
    """Which part of a file an answer brings; `total` is None where it does not tell."""

    first: int
    last: int
    total: int | None


def range_of(headers: Mapping[str, str]) -> ByteRange | None:
    """Return the part of the file that an answer says it brings, None where it says none."""
    match = _RANGE.fullmatch(headers.get("content-range", "").strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2])
    total = None if match[3] == "*" else int(match[3])
    is_sound = first <= last and (total is None or last < total)
    return ByteRange(first, last, total) if is_sound else None


def length_of(headers: Mapping[str, str]) -> int | None:
    """Return how many bytes an answer announces, None where it does not tell."""
    text = headers.get("content-length", "").strip()
    is_plain = headers.get("content-encoding", "identity").strip().lower() in ("", "identity")
    return int(text[:15]) if is_plain and text.isascii() and text.isdecimal() else None


def kind_of(headers: Mapping[str, str]) -> str:
    """Return the content type without its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def is_page(kind: str, start: bytes) -> bool:
    """Whether an answer is a page of the portal, told by its content type or its first bytes."""
    return kind in _PAGE_KINDS or _PAGE_START.match(start) is not None


def offered_names(link: str, url: str, headers: Mapping[str, str]) -> Iterator[str]:
    """Yield what a file may be called, best first: by its answer, its link, its address."""
    ending = _ENDINGS.get(kind_of(headers)) or _ending_in(url)
    if named := disposition_name(headers.get("content-disposition", "")):
        # A path in it is the sender's own.
        last = re.split(r"[/\\]", named)[-1].rstrip(". ")
        yield last if ending_of(last) or not last.strip(". ") else f"{last}{ending}"
    for name in (link, unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])):
        own = ending_of(name).lower()
        is_told = not ending or _SAME_ENDINGS.get(own, own) == ending
        if name.strip(" ./\\"):
            yield name if is_told else f"{name.rstrip('. ')}{ending}"
    yield f"file{ending}"


def disposition_name(header: str) -> str | None:
    r"""Return the file name of a `Content-Disposition`, the extended form before the plain one.

    >>> disposition_name("attachment; filename=\"a.pdf\"; filename*=UTF-8''%D8%A8.pdf")
    'ب.pdf'
    >>> disposition_name('attachment; filename="=?utf-8?B?2KgucGRm?="')
    'ب.pdf'
    """
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(header):
        quoted = match["quoted"]
        value = match["plain"].strip() if quoted is None else re.sub(r'\\(["\\])', r"\1", quoted)
        found.setdefault(match["key"].lower(), value)
    extended = _extended_value(found.get("filename*", ""))
    return extended or _plain_value(found.get("filename", "")) or None


def _extended_value(text: str) -> str | None:
    """Return the text of RFC 8187's form, None for what is not written so."""
    charset, mark, rest = text.partition("'")
    _language, second, value = rest.partition("'")
    if not (mark and second):
        return None
    try:
        return unquote(value, encoding=charset.strip() or "utf-8", errors="strict")
    except (LookupError, UnicodeError, ValueError):
        return None


def _plain_value(text: str) -> str:
    """Return the plain form, which older servers write as e-mail does, or with encoded bytes."""
    if text.startswith("=?") and text.endswith("?="):
        try:
            return str(make_header(decode_header(text)))
        except (LookupError, UnicodeError, ValueError, HeaderParseError):
            return text
    if text.isascii() and _ENCODED_BYTE.search(text):
        try:
            return unquote(text, errors="strict")
        except UnicodeError:
            return text
    return text


def _ending_in(url: str) -> str:
    """Return the ending of a file named in an address, empty where its kind is not known."""
    parts = urlsplit(url)
    named = (unquote(parts.path), *(value for _key, value in reversed(parse_qsl(parts.query))))
    for one in named:
        ending = ending_of(one).lower()
        ending = _SAME_ENDINGS.get(ending, ending)
        if ending in _ENDINGS.values():
            return ending
    return ""
