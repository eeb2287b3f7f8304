"""The body of an answer: unpacked within bounds, and whole, or refused."""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from massar_cli.errors import PortalUnavailable
from massar_cli.language import translate as _

_MOST_BYTES = 8 * 1024 * 1024
_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def read_body(parts: Iterable[bytes], headers: Mapping[str, str]) -> bytes:
    """Return the whole body of an answer, as it arrives in `parts`.

    Raises PortalUnavailable where it is too large, damaged or cut short. The names of `headers` are
    matched in lower case.
    """
    unpacker = _new_unpacker(headers)
    body = bytearray()
    for part in parts:
        body += _unpacked(unpacker, part) if unpacker else part
        if len(body) > _MOST_BYTES:
            raise PortalUnavailable(_("The portal's answer is too large to be a page."))
    is_delimited = "content-length" in headers or "transfer-encoding" in headers
    if unpacker and unpacker.unused_data:
        raise damaged()
    if (unpacker and not unpacker.eof) or not (is_delimited or _looks_whole(body)):
        raise cut_off()
    return bytes(body)


def file_pieces(parts: Iterable[bytes], headers: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the body of an answer that may be a file of any size, unpacked, in small pieces.

    Raises PortalUnavailable at its end where it was cut short, or may have been.
    """
    unpacker = _new_unpacker(headers)
    arrived = 0
    for part in parts:
        arrived += len(part)
        if unpacker is None:
            yield part
            continue
        packed = part
        while packed:
            yield _unpacked(unpacker, packed, _PIECE)
            packed = unpacker.unconsumed_tail
    if unpacker and unpacker.unused_data:
        raise damaged()
    length = headers.get("content-length", "").strip()
    if (unpacker and not unpacker.eof) or (length.isdecimal() and arrived < int(length)):
        raise cut_off()
    if not length and "transfer-encoding" not in headers:
        raise PortalUnavailable(
            _("The portal does not tell where the file ends, so it may be cut off."),
            hint=_("Open it in a browser."),
        )


def page_body(pieces: Iterable[bytes]) -> bytes:
    """Return pieces as the body of one page; raises PortalUnavailable where it is too large."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > _MOST_BYTES:
            raise PortalUnavailable(_("The portal's answer is too large to be a page."))
    return bytes(body)


def _new_unpacker(headers: Mapping[str, str]) -> "zlib._Decompress | None":
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip"):  # the only ones asked for
        raise damaged()
    # Unpacked here, a bounded piece at a time, so that a small answer cannot become a huge one.
    return zlib.decompressobj(_GZIP) if encoding == "gzip" else None


def _unpacked(unpacker: "zlib._Decompress", part: bytes, most: int = _MOST_BYTES + 1) -> bytes:
    try:
        return unpacker.decompress(part, most)
    except zlib.error as error:
        raise damaged() from error


def _looks_whole(body: bytearray) -> bool:
    """Whether a page that nothing but the end of the connection ended is all there."""
    html = bytes(body).rstrip().lower()
    tags = (b"div", b"dl", b"table", b"tbody", b"select", b"html")
    return not html or (
        html.endswith((b"</div>", b"</dl>", b"</body>", b"</html>", b"</script>", b"-->"))
        and all(html.count(b"<" + tag) == html.count(b"</" + tag) for tag in tags)
    )


def cut_off() -> PortalUnavailable:
    """Return the error for an answer that ends before its end."""
    return PortalUnavailable(
        _("The portal's answer was cut off."),
        hint=_("It may be overloaded, or answer only from Morocco. Try again later."),
        may_pass=True,
    )


def too_late() -> PortalUnavailable:
    """Return the error for an answer that is not there when the time for it has run out."""
    return PortalUnavailable(
        _("The portal did not answer in time."),
        hint=_("It is slow or overloaded. Try again later; --timeout gives it longer."),
        may_pass=True,
    )


def damaged() -> PortalUnavailable:
    """Return the error for an answer that cannot be unpacked or understood."""
    return PortalUnavailable(_("The portal's answer is damaged."), may_pass=True)
