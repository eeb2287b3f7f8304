"""Choices that a page offers: the school year, the semester, or something else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from massar_cli.convert import one_line, western_digits
from massar_cli.folding import fold
from massar_cli.portal.content_texts import option_text, whole_address
from massar_cli.portal.elements import Element
from massar_cli.portal.followable import label_may_be_followed, only_shows
from massar_cli.portal_pages import Option, Selector, SelectorRole

_YEAR = re.compile(r"(?:^|\D)(20\d\d)(?:\s*[-/–—\\]\s*(?:20)?\d\d)?(?!\d)", re.ASCII)
_SEMESTER_WORDS = r"semestre?|sem|session|periode|الدوره|دوره|الاسدس|اسدس|السداسي|الفصل|فصل|نصف"
_FIRST = r"1|1er|1ere|premiere?|i|un|first|الاول|الاولي|اول|اولي"
_SECOND = r"2|2e|2eme|2nd|seconde?|deuxieme|ii|deux|second|الثاني|الثانيه|ثاني|ثانيه"
_SEMESTER = re.compile(
    rf"(?:s ?(?P<short>[12])|(?:{_SEMESTER_WORDS})(?: n)? (?:(?P<a1>{_FIRST})|(?P<a2>{_SECOND}))"
    rf"|(?:(?P<b1>{_FIRST})|(?P<b2>{_SECOND})) (?:{_SEMESTER_WORDS}))(?: .*)?"
)
_BARE = re.compile(rf"(?:(?P<one>{_FIRST})|(?P<two>{_SECOND}))")
_NAMES_SEMESTER = re.compile(rf"(?:^| )(?:{_SEMESTER_WORDS})(?: |$)|semestre")
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TOKEN = "__RequestVerificationToken"  # noqa: S105  (a field's name)
_MOST_PARAMETERS = 10
_MOST_CHOICES = 20
"""More choices in one form are none of year and semester."""


class Choices(NamedTuple):
    """The choices that can be followed, and the roles of those that cannot."""

    selectors: tuple[Selector, ...]
    locked: tuple[SelectorRole, ...]


class _Field(NamedTuple):
    """A field of a form, with the value that it would send."""

    element: Element
    name: str
    value: str


def semester_number(text: str, field_name: str = "") -> int | None:
    """Return which semester a text names, 1 or 2; a bare number counts in a field so named.

    >>> semester_number("الدورة الثانية"), semester_number("1er semestre"), semester_number("S2")
    (2, 1, 2)
    >>> semester_number("2"), semester_number("2", "IdSemestre"), semester_number("Moyenne")
    (None, 2, None)
    """
    key = fold(western_digits(text))
    match = _SEMESTER.fullmatch(key)
    if match:
        return int(match["short"]) if match["short"] else 1 if match["a1"] or match["b1"] else 2
    bare = _BARE.fullmatch(key)
    name = fold(_WORD_START.sub(" ", field_name))
    if bare and _NAMES_SEMESTER.search(name):
        return 1 if bare["one"] else 2
    return None


def first_year(text: str) -> int | None:
    """Return the first calendar year of a school year in a text, None where there is none.

    >>> first_year("2025/2026"), first_year("Année 2025-26"), first_year("٢٠٢٥"), first_year("12")
    (2025, 2025, 2025, None)
    """
    match = _YEAR.search(western_digits(text))
    return int(match[1]) if match else None


def read_selectors(area: Element, url: str) -> Choices:
    """Return the choices of year, semester and others in the content area of a page at `url`."""
    selectors: list[Selector] = []
    locked: list[SelectorRole] = []
    in_forms: set[Element] = set()
    for form in (one for one in area.descendants() if one.tag == "form"):
        fields = list(_fields(form))
        selects = [one for one in fields if one.element.tag == "select"]
        in_forms.update(one for one in form.descendants() if one.tag == "select")
        locked.extend(_role(one.element.options, one.name) for one in selects[_MOST_CHOICES:])
        for choice in selects[:_MOST_CHOICES]:
            selector = _of_form(form, choice, fields, url)
            role = _role(choice.element.options, choice.name)
            if selector is not None:
                selectors.append(selector)
            else:
                locked.append(role)
    for one in area.descendants():
        if one.tag == "select" and one not in in_forms:
            role = _role(one.options, one.get("name") or one.get("id"))
            if role != "other":
                locked.append(role)
    selectors.extend(_of_links(area, url))
    return Choices(tuple(selectors), tuple(locked))


def _of_form(form: Element, choice: _Field, fields: Sequence[_Field], url: str) -> Selector | None:
    """Return the selector that a `select` in a form is, None for one that cannot be followed."""
    if form.get("method").lower() not in ("", "get"):
        return None
    address = whole_address(url, form.get("action")) or url
    fixed = tuple(
        (one.name, one.value)
        for one in fields
        if one.element is not choice.element and one.name not in (_TOKEN, choice.name)
    )
    # What the form would send is a part of the address that is asked for.
    sent = urlencode((*fixed, (choice.name, "")), errors="replace")
    if not _is_of_application(address, url) or not only_shows(f"{_without_query(address)}?{sent}"):
        return None
    return Selector(
        name=choice.name,
        role=_role(choice.element.options, choice.name),
        address=_without_query(address),
        fixed=fixed,
        options=tuple(_options(choice.element)),
        is_marked=any("selected" in one.attributes for one in choice.element.options),
    )


def _fields(form: Element) -> Iterator[_Field]:
    """Yield the fields of a form that would be sent."""
    for one in form.descendants():
        name = one.get("name")
        if not name or "disabled" in one.attributes:
            continue
        kind = one.get("type").lower()
        if one.tag == "select":
            yield _Field(one, name, next((o.value for o in _options(one) if o.is_chosen), ""))
        elif one.tag == "textarea":
            yield _Field(one, name, "".join(c for c in one.children if isinstance(c, str)))
        elif one.tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in one.attributes:
                yield _Field(one, name, one.get("value") or "on")
        elif one.tag == "input" and kind not in ("submit", "button", "image", "reset", "file"):
            yield _Field(one, name, one.get("value"))


def _options(select: Element) -> Iterator[Option]:
    chosen = [one for one in select.options if "selected" in one.attributes] or select.options
    for one in select.options:
        text = option_text(one)
        value = one.attributes.get("value")
        yield Option(
            value=text if "value" not in one.attributes else value or "",
            text=text,
            is_chosen=one is chosen[0],
        )


def _role(options: Iterable[Element], name: str) -> SelectorRole:
    return _role_of([option_text(one) for one in options], name)


def _role_of(texts: Iterable[str], name: str) -> SelectorRole:
    told = [text for text in texts if text]
    years = sum(first_year(text) is not None for text in told)
    if years and years >= len(told) - 1:
        return "year"
    if {semester_number(text, name) for text in told} >= {1, 2}:
        return "semester"
    return "other"


def _of_links(area: Element, url: str) -> Iterator[Selector]:
    """Yield the choices that are links of this page which differ in one value of the query."""
    groups: dict[tuple[str, str, tuple[tuple[str, str], ...]], dict[str, Option]] = {}
    active: set[Element] = set()
    opened = [area]
    here = set(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    while opened:
        one = opened.pop()
        if one.tag == "table":
            continue
        if not one.classes.isdisjoint(("active", "current", "selected")):
            active.update(inner for inner in (one, *one.children) if isinstance(inner, Element))
        opened.extend(reversed([inner for inner in one.children if isinstance(inner, Element)]))
        address = whole_address(url, one.get("href")) if one.tag == "a" else None
        if address is None or not _is_of_application(address, url):
            continue
        pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
        if not pairs or len(pairs) > _MOST_PARAMETERS:
            continue
        text = one_line("".join(part for part, _end in one.walk() if isinstance(part, str)))
        if not _names_period(text):
            continue
        for i, (name, value) in enumerate(pairs):
            others = (*pairs[:i], *pairs[i + 1 :])
            key = _without_query(address), name, others
            is_chosen = one in active or one.get("aria-current") not in ("", "false")
            option = Option(value=value, text=text, is_chosen=is_chosen or (name, value) in here)
            groups.setdefault(key, {}).setdefault(value, option)
    for (address, name, others), options in groups.items():
        role = _role_of([option.text for option in options.values()], name)
        if len(options) > 1 and role != "other":
            yield Selector(
                name=name,
                role=role,
                address=address,
                fixed=others,
                options=(*options.values(),),
                is_marked=any(option.is_chosen for option in options.values()),
            )


def _names_period(text: str) -> bool:
    """Whether a link's words name a year or a semester, and promise no change of it."""
    is_told = first_year(text) is not None or semester_number(text) is not None
    return is_told and label_may_be_followed(text)


def _is_of_application(address: str, url: str) -> bool:
    one, other = urlsplit(address), urlsplit(url)
    return (one.scheme, one.netloc) == (other.scheme, other.netloc) and only_shows(address)


def _without_query(address: str) -> str:
    return urlunsplit((*urlsplit(address)[:3], "", ""))
