"""The label of a menu's link: its visible words without icons, counts and hidden texts."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from massar_cli.convert import one_line
from massar_cli.folding import fold

_LONGEST = 120
_DEEPEST = 30
_MOST_LEVELS = 5
_NO_TILES = frozenset(("body", "main", "nav", "ul", "ol", "html"))
_TOKEN = re.compile(r"[a-z0-9]+")
_COUNT = re.compile(r"[\W_]*\d[\d\W_]*")
_LAST_COUNT = re.compile(r"\s*[(\[]\s*\d+\s*\+?\s*[)\]]$")
_SILENT_TAGS = frozenset(
    ("svg", "script", "style", "template", "img", "button", "select", "-comment")
)
_LETTERS = frozenset(("b", "u", "em", "strong", "i", "mark", "bdi", "bdo", "font", "abbr"))
_HIDDEN = frozenset(
    ("sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "d-none")
)
_ICONS = frozenset(("icon", "fa", "fas", "far", "fab", "bi", "glyphicon", "material", "mdi", "ti"))
_BADGES = frozenset(("badge", "counter", "count", "pill", "chip", "bubble"))
_ASIDE = frozenset(("footer", "subtitle", "muted", "description", "desc", "hint", "help"))
_TITLES = "h1, h2, h3, h4, h5, h6, [class*=title i], [class*=heading i], dt, legend, strong, b"
_MORE = frozenset(
    map(
        fold,
        (
            *("Plus d'infos", "Plus d'informations", "En savoir plus", "Plus", "Voir", "Voir plus"),
            *(
                "Voir tout",
                "Accéder",
                "Consulter",
                "Ouvrir",
                "Détails",
                "Détail",
                "Suite",
                "Entrer",
            ),
            *("Lire la suite", "Cliquez ici", "Ici", "Afficher", "More", "More info", "Go", "Open"),
            *("المزيد", "عرض", "عرض المزيد", "عرض الكل", "اقرأ المزيد", "للمزيد", "التفاصيل"),
            *("تفاصيل", "دخول", "ولوج", "الولوج", "فتح", "اطلع", "اضغط هنا", "هنا", "انتقال"),
            *("لمعرفة المزيد", "الاطلاع", "تصفح"),
        ),
    )
)


def label_of(link: LexborNode) -> str:
    """Return a link's label, empty for one that says nothing.

    That of a link with no words of its own, or with "more" alone, is the title of its tile.
    """
    own = _own_label(link)
    if own and fold(own) not in _MORE:
        return own
    named = _tile_title(link) or _attribute(link, "aria-label") or _attribute(link, "title")
    return (named or "")[:_LONGEST]


def is_hidden(node: LexborNode) -> bool:
    """Whether an element says itself that it is not there, or cannot be used."""
    attributes = node.attributes
    return (
        "hidden" in attributes
        or (attributes.get("aria-disabled") or "").lower() == "true"
        or bool({"disabled", "hidden", "d-none"} & set((attributes.get("class") or "").split()))
    )


def _own_label(link: LexborNode) -> str:
    for title in link.css("h1, h2, h3, h4, h5, h6, [class*=title i], p"):
        text = _visible(title)
        if text and not _COUNT.fullmatch(text):
            return _shown(text)
    return _shown(_visible(link))


def _tile_title(link: LexborNode) -> str | None:
    """Return the title of the tile around a link that alone stands in it.

    Without a heading it is the first text that is no count.
    """
    href = link.attributes.get("href")
    around = link.parent
    for _level in range(_MOST_LEVELS):
        if around is None or around.tag in _NO_TILES:
            return None
        if {other.attributes.get("href") for other in around.css("a[href]")} != {href}:
            return None
        titles = [_visible(title) for title in around.css(_TITLES)]
        for text in map(_shown, (*titles, *map(one_line, _texts(around)))):
            if text and not _COUNT.fullmatch(text) and fold(text) not in _MORE:
                return text
        around = around.parent
    return None


def _visible(node: LexborNode) -> str:
    return one_line("".join(_texts(node)))


def _texts(node: LexborNode, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
            continue
        # Blocks beside one another are words apart, letters of another look are not.
        gap = "" if child.tag in _LETTERS else " "
        yield gap
        if not _is_silent(child):
            yield from _texts(child, depth + 1)
        yield gap


def _is_silent(node: LexborNode) -> bool:
    classes = (node.attributes.get("class") or "").lower()
    words = set(_TOKEN.findall(classes))
    if node.tag in _SILENT_TAGS or node.attributes.get("aria-hidden") == "true" or is_hidden(node):
        return True
    if any(name in classes.split() for name in _HIDDEN) or words & _ASIDE or node.tag == "small":
        return True
    if node.tag in ("i", "span", "em") and words & _ICONS:
        return True
    text = one_line(node.text())
    return bool(words & _BADGES) or not text or _COUNT.fullmatch(text) is not None


def _shown(text: str) -> str:
    return _LAST_COUNT.sub("", text).strip(" :›»«‹•·-|")[:_LONGEST]


def _attribute(link: LexborNode, name: str) -> str | None:
    text = one_line(link.attributes.get(name) or "")
    return text or None
