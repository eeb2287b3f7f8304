"""Scrubs a page: its tags stay in their order, broken as they are, and all they hold is replaced.

Nothing is written but what was looked at: known tags and attributes, and scrubbed texts. So what
one reader of HTML takes for a tag and another for text tells nothing either way.
"""

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from massar_cli.errors import PageChanged
from massar_cli.folding import fold
from massar_cli.language import translate as _
from massar_cli.scrubbing.attributes import Attributes, may_be_a_name
from massar_cli.scrubbing.stand_ins import is_made_up
from massar_cli.scrubbing.texts import Texts, visible, word_spans

_TAGS = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote
    body br button canvas caption center cite code col colgroup data datalist dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset g h1
    h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main
    map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option output p
    param path picture polygon polyline pre progress q rect circle ellipse line rp rt ruby s samp
    script search section select slot small source span strike strong style sub summary sup svg
    table tbody td template textarea tfoot th thead time title tr track tt u ul use defs symbol
    text tspan var video wbr
    """.split()  # noqa: SIM905  (a list of this size is read as text)
)
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q s samp small
    span strike strong sub sup tt u var wbr ruby time output
    """.split()  # noqa: SIM905
)
_CODE = frozenset(("script", "style"))
_LABELS = frozenset(("th", "label", "dt", "button", "legend", "nav", "aside", "title"))
_PAGERS = frozenset(("pagination", "grid-pager", "pager", "paginate", "paging"))
_NOT_IN_A_PAGER = frozenset(("table", "td", "th", "dl", "dd", "h1", "h2", "h3", "form", "body"))
_DOCTYPE = re.compile(
    r'doctype\s+html(?:\s+public\s+"-//w3c//dtd x?html [\d.]+(?: transitional| strict)?//en"'
    r'(?:\s+"http://www\.w3\.org/tr/[a-z0-9/.-]+")?)?\s*',
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"\s*\d{1,2}\s*")
_LEAST_TO_LOOK_FOR = 4


class _Token(NamedTuple):
    """A piece of a page: "text", or a tag with its source, or what is written as it is."""

    kind: str
    text: str
    tag: str = ""


class Scrubbed(NamedTuple):
    """A page in which nothing is personal, and its address."""

    html: str
    address: str


def scrub_page(source: str, address: str = "", names: Iterable[str] = ()) -> Scrubbed:
    """Return a page, and its address below the base, with a stand-in for all that is personal.

    The words of `names` are replaced even where the portal has the same words.

    Raises PageChanged for one that cannot be taken apart, or not surely scrubbed.
    """
    tokens = _tokens(source)
    texts = Texts(names)
    attributes = Attributes(texts)
    _write(tokens, texts, attributes)  # notes what there is
    attributes.address(address)
    texts.numbers.settle()
    texts.codes.settle()
    _write(tokens, texts, attributes)  # so that a class is known to be a name further down
    made = _write(tokens, texts, attributes)
    _check(made, texts)
    return Scrubbed(made, attributes.address(address).lstrip("/"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_Token] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(_Token("start", self.get_starttag_text() or f"<{tag}>", tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(_Token("end", "", tag))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in _CODE:
            return
        if self.tokens and self.tokens[-1].kind == "text":
            data = self.tokens.pop().text + data
        self.tokens.append(_Token("text", data))

    def handle_comment(self, _data: str) -> None:
        self.tokens.append(_Token("comment", "<!---->"))

    def handle_decl(self, decl: str) -> None:
        known = decl if _DOCTYPE.fullmatch(decl) else "DOCTYPE html"
        self.tokens.append(_Token("comment", f"<!{known}>"))

    def unknown_decl(self, _data: str) -> None:
        self.tokens.append(_Token("comment", "<!---->"))

    def handle_pi(self, _data: str) -> None:
        self.tokens.append(_Token("comment", "<!---->"))


def _tokens(source: str) -> list[_Token]:
    reader = _Reader()
    try:
        reader.feed(source.replace("\0", ""))
        reader.close()
    except (AssertionError, ValueError, RecursionError) as error:
        raise PageChanged(
            _("The page is too odd to be taken apart, so nothing of it was saved.")
        ) from error
    return reader.tokens


def _write(tokens: list[_Token], texts: Texts, attributes: Attributes) -> str:
    done: list[str] = []
    pieces = _pieces(tokens, texts)
    pager = label = ""
    is_option = False
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind == "comment":
            done.append(token.text)
        elif token.kind == "text":
            shown = visible(token.text)
            if depth and _PAGE_NUMBER.fullmatch(shown):
                done.append(shown)
                continue
            made = texts.scrub(shown, pieces.get(place), is_numbered=is_option, is_told=not label)
            done.append(html.escape(made, quote=False).replace("\xa0", "&nbsp;"))
        elif token.kind == "start":
            tag = _known_tag(token.tag, texts)
            written = attributes.start_tag(token.text, tag)
            done.append(written)
            if depth and token.tag in _NOT_IN_A_PAGER:
                depth = 0
            if depth and token.tag == pager:
                depth += 1
            elif not depth and _is_pager(token.text):
                pager, depth = token.tag, 1
            is_option = token.tag == "option"
            if not label and token.tag in _LABELS:
                label = token.tag
        else:
            tag = _known_tag(token.tag, texts)
            done.append(f"</{tag}>")
            depth -= bool(depth and token.tag == pager)
            is_option = False
            label = "" if token.tag == label else label
    return "".join(done)


def _is_pager(source: str) -> bool:
    match = re.search(r"""\sclass\s*=\s*["']?([^"'>]*)""", source, re.IGNORECASE)
    return match is not None and not _PAGERS.isdisjoint(match[1].lower().split())


def _known_tag(tag: str, texts: Texts) -> str:
    return tag if tag in _TAGS else f"x-{texts.words.stand_in(tag[:14], is_told=False)}"


def _pieces(tokens: list[_Token], texts: Texts) -> dict[int, dict[int, bool]]:
    """Return the words that inline tags cut, by token and place: whether their pieces stay."""
    found: dict[int, dict[int, bool]] = {}
    chain: list[int] = []
    for place, token in enumerate((*tokens, _Token("start", "", "div"))):
        if token.kind == "text":
            chain.append(place)
        elif token.kind in ("start", "end") and token.tag not in _INLINE:
            if len(chain) > 1:
                _note_pieces(tokens, chain, found, texts)
            chain = []
    return found


def _note_pieces(
    tokens: list[_Token], chain: list[int], found: dict[int, dict[int, bool]], texts: Texts
) -> None:
    shown = [visible(tokens[place].text) for place in chain]
    starts: list[int] = []
    total = 0
    for text in shown:
        starts.append(total)
        total += len(text)
    joined = "".join(shown)
    cuts = set(starts[1:])
    for start, stop in word_spans(joined):
        if not any(start < cut < stop for cut in cuts):
            continue
        stays = texts.words.is_portals(joined[start:stop])
        for place, begin, text in zip(chain, starts, shown, strict=True):
            low, high = max(start, begin), min(stop, begin + len(text))
            if low < high:
                found.setdefault(place, {})[low - begin] = stays


def _check(made: str, texts: Texts) -> None:
    """Raise PageChanged where a replaced word is still there: better nothing than a name saved."""
    shown = html.unescape(re.sub(r"<!?/?[a-z][^\s>]*", " ", made, flags=re.IGNORECASE))
    for word in _words_of(shown):
        if (
            len(word) >= _LEAST_TO_LOOK_FOR
            and word in texts.words.replaced
            and not texts.words.is_portals(word)
            and not is_made_up(word)
            and not may_be_a_name(word)
        ):
            raise PageChanged(
                _("The page could not be scrubbed with certainty, so nothing of it was saved.")
            )


def _words_of(text: str) -> Iterator[str]:
    for start, stop in word_spans(text):
        yield fold(text[start:stop])
