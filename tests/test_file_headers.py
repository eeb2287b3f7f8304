"""What the head of an answer tells of its file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.portal.file_headers import (
    disposition_name,
    is_page,
    offered_names,
    range_of,
    version_of,
)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment", None),
        ("attachment; filename=a.pdf", "a.pdf"),
        ('attachment; filename="a; b.pdf"; size=3', "a; b.pdf"),
        ('inline; filename="a \\"b\\".pdf"', 'a "b".pdf'),
        ("attachment; filename*=UTF-8''%D8%A8%20x.pdf; filename=plain.pdf", "ب x.pdf"),
        ("attachment; filename*=iso-8859-1'fr'r%E9sum%E9.pdf", "résumé.pdf"),
        ("attachment; filename*=nonsense; filename=b.pdf", "b.pdf"),
        ("attachment; filename*=no-such-charset''%D8; filename=b.pdf", "b.pdf"),
        ("attachment; filename*=UTF-8''%FF; filename=b.pdf", "b.pdf"),
        ('attachment; filename="=?utf-8?B?2KgucGRm?="', "ب.pdf"),
        ("attachment; filename=%D8%A8.pdf", "ب.pdf"),
        ("attachment; filename=100%25.pdf", "100%.pdf"),
        ("attachment; filename=50%zz.pdf", "50%zz.pdf"),
        ('attachment; filename="نظام.pdf"', "نظام.pdf"),
        ('attachment; filename=""', None),
    ],
)
def test_the_name_in_a_header(header: str, name: str | None) -> None:
    assert disposition_name(header) == name


@given(st.text(), st.text(), st.text())
def test_no_header_is_too_odd_to_read(disposition: str, link: str, url: str) -> None:
    headers = {
        name: f"{name}; filename={disposition}"
        for name in ("content-disposition", "etag", "last-modified", "date", "content-range")
    }
    address = f"https://x.men.gov.ma/{url.replace('[', '').replace(']', '')}"
    assert list(offered_names(link, address, headers))
    version_of(headers)
    range_of(headers)


@pytest.mark.parametrize(
    ("link", "address", "kind", "name"),
    [
        ("Certificat", "/Piece?ref=1", "application/pdf", "Certificat.pdf"),
        ("Certificat.PDF", "/Piece?ref=1", "application/pdf", "Certificat.PDF"),
        ("photo.jpeg", "/Piece", "image/jpeg", "photo.jpeg"),
        ("Dr. Alami", "/Piece", "application/pdf", "Dr. Alami.pdf"),
        ("", "/Files/serie%201.docx", "application/octet-stream", "serie 1.docx"),
        ("Série", "/Get.aspx?file=a.doc", "application/octet-stream", "Série.doc"),
        ("Série", "/Get.aspx", "application/octet-stream", "Série"),
        ("شهادة", "/Piece/12", "application/pdf; charset=x", "شهادة.pdf"),
        ("..", "/", "application/pdf", "file.pdf"),
    ],
)
def test_a_name_without_a_header_for_it(link: str, address: str, kind: str, name: str) -> None:
    headers = {"content-type": kind}
    assert next(offered_names(link, f"https://x.men.gov.ma{address}", headers)) == name


@pytest.mark.parametrize(
    ("kind", "start", "is_one"),
    [
        ("text/html", b"%PDF-", True),
        ("application/pdf", b"\xef\xbb\xbf \r\n<!DOCTYPE html>", True),
        ("application/pdf", b"<!-- x --><HTML>", True),
        ("application/pdf", b"%PDF-1.4 <html>", False),
        ("text/xml", b"<?xml version='1.0'?><svg>", False),
        ("text/plain", b"<htmlx", False),
    ],
)
def test_a_page_is_known_by_its_type_or_its_beginning(
    kind: str, start: bytes, *, is_one: bool
) -> None:
    assert is_page(kind, start) is is_one


@pytest.mark.parametrize("text", ["bytes 5-4/10", "bytes 0-10/10", "bytes */10", "5-6/7", ""])
def test_an_impossible_part_is_none(text: str) -> None:
    assert range_of({"content-range": text}) is None
