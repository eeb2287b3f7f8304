"""Certificates and other documents, and a drawer full of files with hostile names and answers."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from massar_cli.practice.life import contents
from massar_cli.practice.life.files import (
    DOCX,
    PDF,
    PNG,
    UNKNOWN,
    ZIP,
    Behaviour,
    Naming,
    StoredFile,
    ref_of,
)
from massar_cli.practice.life.pupils import Pupil
from massar_cli.practice.names import Bilingual


class _Sheet(NamedTuple):
    key: str
    link: Bilingual
    day: date
    naming: Naming
    name: str
    kind: str
    behaviour: Behaviour = "plain"


_USUAL = (
    _Sheet(
        "certificate",
        Bilingual("شهادة مدرسية", "Certificat de scolarité"),
        date(2026, 9, 21),
        "extended",
        "شهادة مدرسية 2026-2027.pdf",
        PDF,
        "ranges",
    ),
    _Sheet(
        "report",
        Bilingual("بيان النتائج الدراسية للدورة الأولى", "Bulletin du premier semestre"),
        date(2027, 2, 5),
        "plain",
        "releve.pdf",
        PDF,
    ),
    _Sheet(
        "report-last-year",
        Bilingual("بيان النتائج الدراسية لسنة 2025/2026", "Bulletin de l'année 2025/2026"),
        date(2026, 7, 6),
        "plain",
        "releve.pdf",
        PDF,
    ),
    _Sheet("plan", Bilingual("خريطة المؤسسة", "Plan de l'établissement"), date(2026, 9, 7), "none",
           "", PNG),
    _Sheet(
        "engagement",
        Bilingual("النظام الداخلي - التزام التلميذ والولي", "Règlement intérieur - engagement"),
        date(2026, 9, 7),
        "extended",
        "النظام الداخلي.docx",
        DOCX,
    ),
    _Sheet(
        "pack",
        Bilingual("ملف طلب المنحة", "Dossier de demande de bourse"),
        date(2026, 10, 12),
        "extended",
        "dossier bourse.zip",
        ZIP,
    ),
)  # fmt: skip
_LONG = "وثيقة " * 60
_HOSTILE = (
    _Sheet(
        "climb", Bilingual("../../etc/passwd", "../../etc/passwd"), date(2026, 11, 2), "plain",
        "../../etc/passwd", PDF,
    ),
    _Sheet(
        "climb-windows", Bilingual(r"..\..\Windows\win.ini", r"..\..\Windows\win.ini"),
        date(2026, 11, 2), "extended", r"..\..\Windows\win.ini", PDF,
    ),
    _Sheet(
        "absolute", Bilingual("/tmp/certificat.pdf", "/tmp/certificat.pdf"),  # noqa: S108
        date(2026, 11, 3), "extended", "/tmp/certificat.pdf", PDF,  # noqa: S108
    ),
    _Sheet(
        "control", Bilingual("شهادة\x1b[31m\x07 حمراء", "Attestation\x1b[31m\x07 rouge"),
        date(2026, 11, 4), "extended", "rouge\x1b[31m\r\nX-Header: 1\0.pdf", PDF,
    ),
    _Sheet(
        "bidi", Bilingual("شهادة \u202efdp.exe", "Attestation \u202efdp.exe"),
        date(2026, 11, 5), "extended", "شهادة \u202efdp.exe", UNKNOWN,
    ),
    _Sheet(
        "long", Bilingual(_LONG.strip(), "document " * 60), date(2026, 11, 6), "extended",
        f"{_LONG.strip()}.pdf", PDF,
    ),
    _Sheet(
        "raw", Bilingual("نظام المطعم", "Règlement de la cantine"), date(2026, 11, 6), "raw",
        "نظام المطعم.pdf", PDF,
    ),
    _Sheet("reserved", Bilingual("CON.pdf", "CON.pdf"), date(2026, 11, 9), "plain", "CON.pdf", PDF),
    _Sheet(
        "reserved-hidden", Bilingual("aux .txt. ", "aux .txt. "), date(2026, 11, 9), "plain",
        "aux .txt. ", UNKNOWN,
    ),
    _Sheet("dot", Bilingual(".", "."), date(2026, 11, 9), "plain", "..", PDF),
    _Sheet(
        "same-1", Bilingual("إشعار", "Avis"), date(2026, 11, 10), "plain", "avis.pdf", PDF
    ),
    _Sheet(
        "same-2", Bilingual("إشعار", "Avis"), date(2026, 11, 11), "plain", "avis.pdf", PDF
    ),
    _Sheet(
        "same-3", Bilingual("إشعار", "Avis"), date(2026, 11, 12), "plain", "AVIS.PDF", PDF
    ),
    _Sheet("nameless", Bilingual("", ""), date(2026, 11, 13), "none", "", UNKNOWN),
    _Sheet(
        "error-page", Bilingual("شهادة النجاح", "Attestation de réussite"), date(2026, 11, 16),
        "none", "", PDF, "error-page",
    ),
    _Sheet(
        "sign-in-page", Bilingual("شهادة المغادرة", "Certificat de départ"), date(2026, 11, 17),
        "plain", "depart.pdf", PDF, "sign-in-page",
    ),
    _Sheet(
        "huge", Bilingual("تسجيل الحفل", "Enregistrement de la fête"), date(2026, 11, 18), "plain",
        "fete.zip", ZIP, "huge",
    ),
    _Sheet(
        "lying", Bilingual("لائحة الكتب", "Liste des manuels"), date(2026, 11, 19), "plain",
        "manuels.pdf", PDF, "lying",
    ),
    _Sheet(
        "ranges", Bilingual("دليل التوجيه", "Guide de l'orientation"), date(2026, 11, 20), "plain",
        "guide.pdf", PDF, "ranges",
    ),
)  # fmt: skip


def documents_of(pupil: Pupil, *, hostile: bool) -> tuple[StoredFile, ...]:
    """Give the documents, in the order in which the school put them there."""
    return tuple(_file(pupil, sheet) for sheet in (_HOSTILE if hostile else _USUAL))


def _file(pupil: Pupil, sheet: _Sheet) -> StoredFile:
    words = f"{pupil.code} {sheet.key}"
    made: dict[str, Callable[[], bytes]] = {
        PDF: lambda: contents.pdf(words),
        PNG: lambda: contents.png(64),
        DOCX: lambda: contents.docx(words),
        ZIP: lambda: contents.archive({"demande.txt": words, "notice.txt": "2026/2027"}),
        UNKNOWN: words.encode,
    }
    return StoredFile(
        ref=ref_of(pupil.code, sheet.key),
        link=sheet.link,
        day=sheet.day,
        naming=sheet.naming,
        name=sheet.name,
        kind=sheet.kind,
        make=made[sheet.kind],
        behaviour=sheet.behaviour,
    )
