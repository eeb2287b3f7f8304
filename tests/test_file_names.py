"""Names of files from elsewhere: whatever comes in, what comes out suits every folder."""

import re
import unicodedata
from itertools import islice
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from massar_cli.file_names import (
    LONGEST_NAME,
    ending_of,
    numbered_names,
    safe_name,
    same_file_key,
    with_number,
)

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
HOSTILE = st.text(
    st.sampled_from(
        "/\\.:-~ \0\n\x1b\u202e\u200b\u200f\ufeffaAbé\u0301شهادة١٢.pdfCONxu\u2215\uff0f"
    )
)
NAMES = st.one_of(st.text(), HOSTILE, HOSTILE.map(lambda text: f"{text}.pdf"))


@given(NAMES)
@example("../../etc/passwd")
@example("CON")
@example("A\ufefd\u0300")
@example("aux .txt. ")
@example("com1.")
@example("\u202e\u200b")
@example("a" * 400 + ".pdf")
@example("شهادة " * 60 + ".pdf")
@example("a" * 149 + " .pdf")
def test_any_text_becomes_one_safe_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= LONGEST_NAME
    assert not set('/\\:*?"<>|') & set(name)
    assert not {unicodedata.category(one) for one in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert unicodedata.is_normalized("NFC", name)
    assert Path(name).name == PureWindowsPath(name).name == name
    assert not RESERVED.fullmatch(name.partition(".")[0].rstrip())
    assert safe_name(name) == name, "a safe name is left alone"


@given(
    st.text(
        st.sampled_from("أبتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤإآ٠١٢٣٤٥٦٧٨٩"), min_size=1, max_size=30
    )
)
def test_arabic_letters_and_digits_stay(text: str) -> None:
    assert safe_name(f"{text}.pdf") == unicodedata.normalize("NFC", f"{text}.pdf")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("شهادة مدرسية 2026-2027.pdf", "شهادة مدرسية 2026-2027.pdf"),
        ("بيان 2025/2026", "بيان 2025-2026"),
        ("/tmp/certificat.pdf", "tmp-certificat.pdf"),
        ("rouge\x1b[31m\r\nX: 1\0.pdf", "rouge[31m X- 1.pdf"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("a\u200bb.pdf", "ab.pdf"),
        ("  two   spaces .pdf", "two spaces .pdf"),
        ("", "file"),
        ("LPT1.txt", "LPT1_.txt"),
        ("console.pdf", "console.pdf"),
    ],
)
def test_known_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_keeps_its_ending_and_whole_letters() -> None:
    name = safe_name("وثيقة " * 60 + ".docx")
    assert name.endswith("وثيقة.docx")
    assert "\ufffd" not in name
    assert 140 < len(name.encode()) <= LONGEST_NAME


@given(NAMES)
def test_numbers_make_other_names_with_the_same_ending(text: str) -> None:
    name = safe_name(text)
    names = list(islice(numbered_names(name), 4))
    assert names[0] == name
    assert len(set(map(same_file_key, names))) == 4
    assert {ending_of(one) for one in names} == {ending_of(name)}
    assert all(len(one.encode()) < 200 for one in names)


def test_numbers_stand_before_the_ending() -> None:
    assert with_number("a.b.pdf", 2) == "a.b (2).pdf"
    assert same_file_key("AVIS.pdf") == same_file_key("avis.PDF")
    assert same_file_key("e\u0301") == same_file_key("É")
