"""Things about a person that no capture may keep, and how they are put into a page."""

import html
import re
import unicodedata
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote

from massar_cli.folding import fold

NAMES = (
    *("زبيرية", "بنعبدالجليل", "ولدالحاجي", "شمسالضحى", "Zoulikhane", "BENGHANEMI", "Kourdani"),
    *("Oulmakkiya", "Moyennah", "Absensce", "الغيابة", "Orangeraie", "قرطبية"),
)
"""In both scripts, some of them one letter off a word of the portal, and a street."""
HYPHENATED = ("Ould-Tahroumi", "El-Ghoumrassi", "بن-زروالة")
REASONS = ("appendicite", "الزائدةالدودية", "hospitalisation", "médical", "طبية")
CODES = ("K148820935", "D137790461", "ZG13779046")
PHONES = ("0661482093", "06 71 48 20 93", "+212 661-48-20-93", "05.37.68.94.21")
MARKS = ("18.37", "17,93", "6,87", "13٫47", "١٨٫٧٣")
ADDRESSES = ("z.kourdani@menara-mail.ma", "K148820935@taalim.ma")
NUMBERS = ("84731", "20817364950")
ALL = (*NAMES, *HYPHENATED, *REASONS, *CODES, *PHONES, *MARKS, *ADDRESSES, *NUMBERS)
_TEXT = re.compile(r"(?<=>)([^<>]*[^\s<>][^<>]*)(?=<)")
_ATTRIBUTES = ("title", "alt", "aria-label", "data-pupil")


def planted(page: str) -> str:
    """Return a page with something personal in every text, and in attributes all over it."""
    texts = cycle(ALL)
    head, mark, body = page.rpartition("<body")
    body = _TEXT.sub(lambda match: f"{match[1].rstrip()} {next(texts)}", body)
    places = cycle(_ATTRIBUTES)
    body = re.sub(
        r"<(td|li|dd|span|p|div)(?=[\s>])",
        lambda match: f'<{match[1]} {next(places)}="{next(texts)}"',
        body,
    )
    return head + mark + body


def kept_of(folder: Path, wanted: tuple[str, ...] = ALL) -> list[str]:
    """Return what is planted and still stands in a file of a folder, however written."""
    return [one for path in sorted(folder.iterdir()) for one in kept_in(path.read_text(), wanted)]


def kept_in(text: str, wanted: tuple[str, ...] = ALL) -> list[str]:
    """Return what is planted and still stands in a text, however written."""
    readings = {_plain(text), _plain(html.unescape(text)), _plain(unquote(html.unescape(text)))}
    return [
        one
        for one in wanted
        if any(_is_in(part, reading) for part in _parts(one) for reading in readings)
    ]


def _is_in(part: str, reading: str) -> bool:
    if part[0].isdigit() and not part.isdigit():  # a mark: 16,87 is not 6,87
        return re.search(rf"(?<!\d){re.escape(part)}(?!\d)", reading) is not None
    return part in reading


def _parts(one: str) -> list[str]:
    """Return what of a planted text would tell something alone."""
    if one in (*PHONES, *NUMBERS, *CODES):
        return ["".join(c for c in one if c.isdigit())[-8:]]
    if one in MARKS:
        return [re.sub("[.,٫]", sign, _western(one)) for sign in ".,٫"]
    return [
        fold(part)
        for part in re.split(r"[-@.]", one)
        if len(part) > 3 and part not in ("taalim", "mail")
    ]


def _plain(text: str) -> str:
    """Return a text as it is, folded, and its digits alone where signs stand between them."""
    shown = _western("".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn")))
    folded = (
        fold(line[start : start + 400])
        for line in shown.split("\n")
        for start in range(0, len(line), 380)
    )
    phones = re.sub(r"(?<=\d\d)[ .-](?=\d\d)", "", shown)
    return "\n".join((shown.casefold(), *folded, re.sub("[.,٫]", ";", phones)))


def _western(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


class _Structure(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: value or "" for name, value in attrs}
        names = ("class", "id", "data-name", "rowspan", "colspan")
        self.seen.append((tag, *(kept.get(name, "") for name in names)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((f"/{tag}",))


def structure(page: str) -> list[tuple[str, ...]]:
    """Return the tags of a page with what programs know them by."""
    reader = _Structure()
    reader.feed(page)
    reader.close()
    return reader.seen
