"""Scrubs attributes: what names the structure stays, what tells something does not."""

import html
import re
from functools import cache
from urllib.parse import SplitResult, unquote, urlsplit

from massar_cli.folding import fold
from massar_cli.hosts import is_loopback
from massar_cli.scrubbing.names import is_name
from massar_cli.scrubbing.stand_ins import is_made_up
from massar_cli.scrubbing.texts import Texts, visible
from massar_cli.scrubbing.vocabulary import is_portal_word

_TAG = re.compile(r"<[^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""([\s/]+)([^\s=>"'/<]+)(?:(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?"""
)
_PLAIN_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#39);)")
_IDENTIFIERS = frozenset(
    (
        *("class", "id", "for", "name", "headers", "data-name", "aria-controls", "form", "list"),
        *("aria-labelledby", "aria-describedby", "data-target", "data-bs-target", "data-toggle"),
        *("data-bs-toggle", "data-dismiss", "data-bs-dismiss", "data-parent", "data-widget"),
        *("itemprop", "aria-owns", "data-role", "data-gridname", "data-type", "usemap", "rel"),
        *("property", "http-equiv", "role", "type", "method", "target", "enctype", "autocomplete"),
        *("scope", "dir", "aria-live", "aria-current", "aria-haspopup", "aria-expanded", "align"),
        *("valign", "aria-hidden", "aria-disabled", "aria-selected", "inputmode", "loading"),
        *("accept-charset", "charset", "wrap", "shape", "kind", "preserveaspectratio", "fill"),
        *("stroke", "stroke-linecap", "stroke-linejoin", "focusable", "fill-rule", "clip-rule"),
        *("data-accordion", "data-trigger", "data-placement", "data-slide", "crossorigin", "as"),
    )
)
_SIZES = frozenset(
    (
        *("colspan", "rowspan", "span", "cols", "rows", "size", "maxlength", "minlength", "width"),
        *("height", "border", "cellpadding", "cellspacing", "tabindex", "aria-level", "aria-sort"),
        *("stroke-width",),
    )
)
_SIZE = re.compile(r"-?\d{1,4}(?:px|%|em)?|(?:a|de)scending|none|\*", re.ASCII)
_FLAGS = frozenset(
    (
        *("hidden", "disabled", "checked", "selected", "readonly", "required", "multiple", "open"),
        *("async", "defer", "autofocus", "novalidate", "nowrap", "reversed", "default", "download"),
        *("contenteditable", "draggable", "spellcheck", "nomodule", "inert", "controls", "loop"),
    )
)
_ADDRESSES = frozenset(
    (
        *(
            "href",
            "action",
            "formaction",
            "cite",
            "data-url",
            "data-href",
            "longdesc",
            "xlink:href",
        ),
        *("data-remote", "data-action", "data-link", "manifest", "ping", "profile", "codebase"),
    )
)
_EMPTIED = frozenset(
    (
        *("src", "srcset", "data-src", "data-srcset", "srcdoc", "poster", "background", "data"),
        *("integrity", "nonce", "imagesrcset", "archive", "classid", "lowsrc", "dynsrc", "d"),
        *("points", "path", "transform", "sizes", "data-content-base64"),
    )
)
_TEXTS = frozenset(
    (
        *("title", "alt", "value", "placeholder", "label", "summary", "abbr", "content", "start"),
        *("min", "max", "step", "datetime", "pattern", "low", "high", "optimum", "standby"),
        *("aria-label", "aria-valuenow", "aria-valuetext", "aria-description", "bgcolor", "color"),
        *("face", "viewbox", "xmlns", "xmlns:xlink", "version", "lang", "xml:lang", "hreflang"),
        *("media", "accept", "style", "coords", "slot", "is", "prefix", "about", "x", "y", "cx"),
        *("cy", "r", "rx", "ry", "x1", "x2", "y1", "y2", "srclang", "language", "text", "itemtype"),
    )
)
_KNOWN_CONTENTS = frozenset(
    (
        *("text/html; charset=utf-8", "text/html;charset=utf-8", "ie=edge", "utf-8"),
        *("width=device-width, initial-scale=1", "width=device-width, initial-scale=1.0"),
    )
)
_LANGUAGE = re.compile(r"(?:ar|fr|en|tzm|zgh)(?:-[a-z]{2})?", re.IGNORECASE)
_CONSTANTS = {
    "xmlns": "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "version": "1.1",
}
_CSS = frozenset(
    fold(word)
    for word in """
    accordion active addon alert align animated arrow badge bar block body bold bootstrap border
    bottom box breadcrumb btn button callout caption card cell center checkbox circle clearfix
    clock close col collapse collapsed column container content control controls custom danger
    dark data dashboard date default disabled dismiss display divider down dropdown edit empty
    even fa fab fade far fas feedback field file fixed flex float fluid footer form fullscreen
    glyphicon grid group has header heading help hidden hide hold horizontal icon image img info
    inline inner input inverse item jumbotron label large layout lead left lg light line link list
    logo main margin md media menu message mini mobile modal muted nav navbar next none nowrap odd
    offset open outline overlay padding page pager pagination panel pane pill pills prev primary
    print progress pull push radio read required responsive right rounded row screen scroll search
    secondary section select sidebar skin sm small solid span sr stacked sticky striped striped2
    strong submit success tab table tabs tag target text thead tbody thumbnail time timeline title
    toggle toolbar tooltip top tree treeview unread up user valid validation vertical visible
    visually warning well white widget wrap wrapper xl xs hover icon icheck datatable dataTable
    display hr html js no ltr rtl auto fluid calendar envelope download check times square plus
    minus cog home book file pdf word excel bell comment comments folder star exam absence note
    notes message messages event events day days week row rows timetable slot hour hours welcome
    welcomewrapper welcomeuser logoff logout account lang language submit query token request
    verification returnurl username password col offcanvas tile tiles chip bubble counter count
    kpi stat stats summary detail details area region stylesheet icon canonical alternate preload
    noopener noreferrer nofollow post get dialog on off true false multipart urlencoded
    application x www button checkbox radio email tel number password reset submit hidden url
    color range menuitem order sort id value start end index key ref code size width height min
    max show hide step mode filter original search title content name html presentation tablist
    tabpanel navigation banner complementary contentinfo polite assertive status
    """.split()  # noqa: SIM905  (a list of this size is read as text)
)
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[A-Za-z]{1,2}\d{6,12}(?!\d)")
_LONG_DIGITS = re.compile(r"\d{4,}")
_GROUPED_DIGITS = re.compile(r"(?<![^\W_])\d(?:[\W_]{0,3}\d){5,}")
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+/=_-]{20,}|[A-Za-z0-9]{40,}")
_UNUSUAL = re.compile(r"[^\w:.#*/+@\[\]()=,;-]|[^\x00-\x7f]")
_URL_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+|[\W_]+")
_PAGE_KEY = re.compile(r"(?:grid-)?page|p|pg|pagenumber|numpage", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,2}", re.ASCII)
_PORTAL_HOST = re.compile(r"(?:[a-z]+\.)*men\.gov\.ma")
_DECLARATION = re.compile(r"\s*([a-z-]{2,30})\s*:\s*([^:;]{1,80})\s*", re.IGNORECASE)
_CSS_VALUE = re.compile(
    r"(?:(?<![\w.])(?:-?\d{0,2}(?:\.\d)?(?:px|em|rem|pt)|0|#[0-9a-f]{3}(?:[0-9a-f]{3})?"
    r"|solid|dashed|dotted|none|block|inline|inline-block|flex|grid|hidden|visible|auto|center|left"
    r"|right|top|bottom|middle|bold|normal|italic|inherit|both|relative|absolute|fixed|pointer"
    r"|transparent|red|green|blue|black|white|gray|grey|orange|nowrap|table|table-cell|rtl|ltr"
    r"|justify|underline|important|100%|50%)(?![\w.%])|[\s,!])+",
    re.IGNORECASE,
)


class Attributes:
    """Scrubs the attributes of one page with the stand-ins of its texts."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        texts.scrub_address = self.address

    def start_tag(self, source: str, tag: str) -> str:
        """Return a start tag, attributes in their order, those that are unknown left out."""
        place = len(match[0]) if (match := _TAG.match(source)) else 1
        done = [f"<{match[0][1:] if match and match[0][1:].lower() == tag else tag}"]
        found = _attributes(source, place)
        values = {name.lower(): value for _space, name, _sign, _quote, value in found}
        for space, name, sign, quote, value in found:
            lowered = name.lower()
            if not self._is_known(lowered):
                continue
            blank = re.sub(r"[^\s]", "", space) or " "
            if value is None:
                done.append(f"{blank}{name}")
                continue
            plain = visible(html.unescape(value))
            made = self._value(lowered, plain, tag, values)
            if made == value and not _PLAIN_REFERENCE.search(value) and (quote or made):
                done.append(f"{blank}{name}{sign}{quote}{value}{quote}")
                continue
            quote = quote or '"'  # noqa: PLW2901
            written = html.escape(made, quote=False).replace("\xa0", "&nbsp;")
            written = written.replace(quote, "&quot;" if quote == '"' else "&#39;")
            done.append(f"{blank}{name}{sign}{quote}{written}{quote}")
        end = re.search(r"(\s*/?\s*)>$", source)
        done.append(f"{end[1] if end else ''}>")
        return "".join(done)

    def _is_known(self, name: str) -> bool:
        if name in _known_names() or re.fullmatch(r"on[a-z]{3,20}", name):
            return not is_name(fold(name))
        if not re.fullmatch(r"(?:data|aria)-[a-z][a-z-]{0,40}", name):
            return False
        return all(_is_structure(part) for part in name.split("-")[1:] if part)

    def _value(self, name: str, value: str, tag: str, values: dict[str, str | None]) -> str:  # noqa: PLR0911, PLR0912, C901
        if not value.strip():
            return value
        if name in _EMPTIED or name.startswith("on"):
            return ""
        if name in _FLAGS:
            return value if fold(value) in (name, "true", "false") else ""
        if name in _IDENTIFIERS:
            return self.identifiers(value)
        if name in _SIZES:
            return value if _SIZE.fullmatch(value.strip()) else ""
        if name in _ADDRESSES:
            return self.address(value)
        if name in ("lang", "xml:lang", "hreflang", "srclang"):
            return value if _LANGUAGE.fullmatch(value) else ""
        if name in _CONSTANTS:
            return value if value == _CONSTANTS[name] else ""
        if name == "style":
            return _style(value)
        if name == "content" and value.strip().lower() in _KNOWN_CONTENTS:
            return value
        is_secret = "token" in (values.get("name") or "").lower() or _RANDOM.search(value)
        if name in ("value", "content") and (
            is_secret or (tag == "input" and (values.get("type") or "").lower() == "password")
        ):
            return ""
        if tag == "input" and name == "value" and (values.get("type") or "").lower() == "hidden":
            return self._texts.scrub(value) if re.search(r"\d", value) else ""
        if _RANDOM.fullmatch(value.strip()):
            return ""
        return self._texts.scrub(
            unquote(value) if "%" in value else value, is_numbered=tag == "option"
        )

    def identifiers(self, value: str) -> str:
        """Return names of classes, elements and fields, without digits and names of people."""
        return "".join(
            part if part.isspace() else self._identifier(part)
            for part in re.split(r"(\s+)", _GROUPED_DIGITS.sub(self._digit_groups, value))
            if part
        )

    def _digit_groups(self, match: re.Match[str]) -> str:
        """Return other digits for those that signs part, as in a telephone number."""
        if match[0].isdigit():
            return match[0]
        return re.sub(r"\d+", lambda group: self._texts.numbers.whole(group[0]), match[0])

    def _identifier(self, text: str) -> str:
        plain = unquote(text)
        if _RANDOM.search(plain) or plain.find("@") > 0:
            return self._texts.words.stand_in(plain, is_told=False)
        plain = _CODE.sub(lambda match: self._texts.codes.stand_in(match[0]), plain)
        plain = _LONG_DIGITS.sub(
            lambda match: (
                match[0] if _is_made_code(plain, match) else self._texts.numbers.whole(match[0])
            ),
            plain,
        )
        plain = _UNUSUAL.sub(lambda match: match[0] if match[0].isalpha() else "", plain)
        if self._is_own(_letters(plain)) and not _is_structure(_letters(plain)):
            return self._texts.words.stand_in(_letters(plain))
        plain = _LETTERS.sub(self._whole_word, plain)
        return _PART.sub(self._part, plain)

    def _whole_word(self, match: re.Match[str]) -> str:
        """Return a run of letters, replaced where it is a word however its capitals part it."""
        word = match[0]
        if _is_structure(word) or not self._is_own(word):
            return word
        return self._texts.words.stand_in(word, is_told=False)

    def _part(self, match: re.Match[str]) -> str:
        part = match[0]
        if part.isdigit() or _is_structure(part):
            return part
        if part.isascii() and not self._is_own(part):
            return part
        return self._texts.words.stand_in(part, is_told=False)

    def _is_own(self, part: str) -> bool:
        """Whether a part of a name is a word that the page's texts had replaced, or a name."""
        key = fold(part)
        return is_name(key) or (len(key) > 2 and key in self._texts.words.replaced)  # noqa: PLR2004

    def address(self, address: str) -> str:
        """Return an address with its words that are known; a foreign one is example.org."""
        text = re.sub(r"[\t\r\n]", "", unquote(unquote(address.strip())))
        if text.startswith("#") or not text:
            return "#" + self.identifiers(text[1:]) if text else ""
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
        except ValueError:
            return "#"
        if parts.scheme.lower() not in ("", "http", "https"):
            return "#"
        if host and not (_PORTAL_HOST.fullmatch(host) or is_loopback(host)):
            return "https://example.org/"
        start = f"{parts.scheme.lower()}://{host}" if host and not is_loopback(host) else ""
        return start + self._path(parts) + self._query(parts) + self._fragment(parts)

    def _path(self, parts: SplitResult) -> str:
        return "/".join(self._segment(segment) for segment in parts.path.split("/"))

    def _segment(self, segment: str) -> str:
        if segment in ("", ".", "..", "~"):
            return segment
        if _RANDOM.search(segment):
            return self._texts.words.stand_in(segment, is_told=False)
        whole = _CODE.sub(lambda match: self._texts.codes.stand_in(match[0]), visible(segment))
        return self._joined_words(whole)

    def _joined_words(self, text: str) -> str:
        done = []
        for match in _URL_WORD.finditer(text):
            word = match[0]
            if word.isdigit():
                made = (
                    word
                    if word.startswith("13") and text.startswith("X")
                    else self._texts.numbers.whole(word)
                )
                done.append(made)
            elif not word[0].isalpha():
                done.append(re.sub(r"[^._~-]", "-", word))
            elif self._texts.words.is_portals(word) or (text.startswith("X13") and word == "X"):
                done.append(word)
            else:
                done.append(self._texts.words.stand_in(word, is_told=False))
        return "".join(done)

    def _query(self, parts: SplitResult) -> str:
        if not parts.query:
            return ""
        pairs = []
        for pair in re.split("[&;]", parts.query):
            key, sign, value = pair.partition("=")
            if _PAGE_KEY.fullmatch(key) and _PAGE_NUMBER.fullmatch(value):
                pairs.append(pair)
                continue
            pairs.append(f"{self._query_key(key)}{sign}{self._query_value(value)}")
        return "?" + "&".join(pairs)

    def _query_key(self, key: str) -> str:
        words = self._texts.words
        return _PART.sub(
            lambda match: (
                match[0]
                if _is_structure(match[0]) or (match[0].isdigit() and len(match[0]) == 1)
                else words.stand_in(match[0], is_told=False)
            ),
            re.sub(r"[^\w.\[\]-]", "", key),
        )

    def _query_value(self, value: str) -> str:
        if not value or value in ("ar", "fr", "en"):
            return value
        if _RANDOM.search(value):
            return self._texts.words.stand_in(value, is_told=False)
        if value.startswith(("/", "http")):
            return self.address(value)
        made = self._texts.scrub(visible(value), is_numbered=len(value) == 1, is_told=False)
        return _address_part(made)

    def _fragment(self, parts: SplitResult) -> str:
        return f"#{self.identifiers(_address_part(parts.fragment))}" if parts.fragment else ""


def _attributes(source: str, place: int) -> list[tuple[str, str, str, str, str | None]]:
    """Return the attributes of a start tag: the blank before, name, sign, quote and value."""
    found = []
    while place < len(source):
        match = _ATTRIBUTE.match(source, place)
        if match is None:
            place += 1
            continue
        space, name, sign, double, single, bare = match.groups()
        quote = '"' if double is not None else "'" if single is not None else ""
        value = next((one for one in (double, single, bare) if one is not None), None)
        if value is not None and not quote and value.endswith("/") and source.endswith("/>"):
            value = value[:-1]
        found.append((space, name, sign or "", quote, value))
        place = match.end()
    return found


def _style(value: str) -> str:
    """Return the declarations that only tell how something looks."""
    kept = []
    for part in value.split(";"):
        match = _DECLARATION.fullmatch(part)
        if match and _CSS_VALUE.fullmatch(match[2].strip()):
            kept.append(part)
    return ";".join(kept) + (";" if kept and value.rstrip().endswith(";") else "")


def may_be_a_name(word: str) -> bool:
    """Whether a folded word may stand in a page as the name of a class or an attribute."""
    return word in _CSS or word in _known_names()


@cache
def _known_names() -> frozenset[str]:
    return _IDENTIFIERS | _SIZES | _FLAGS | _ADDRESSES | _EMPTIED | _TEXTS


@cache
def _is_structure(part: str) -> bool:
    return fold(part) in _CSS or is_portal_word(part) or (is_made_up(part) and len(part) > 1)


def _is_made_code(plain: str, match: re.Match[str]) -> bool:
    return match[0].startswith("13") and plain[: match.start()].endswith("X")


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def _address_part(text: str) -> str:
    return re.sub(r"[\s&=#?%\"'<>]", "-", text)
