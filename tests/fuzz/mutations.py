"""Inputs changed as what they are: a page by its elements, JSON by its values, text by its lines.

Each mutator returns the bytes changed in a few places, chosen by chance, never longer than `most`;
`others` are inputs of the same kind, whose parts may be put in.
"""

import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

_PIECE = re.compile(r"<[^>]*>|[^<]+|<")
_OPENING = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(r"\s[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_STEPS = 4
_MOST_COPIES = 400
_MOST_REPEATED = 12
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 0.5, 2**31, 2**40, 2**63, 10**400, 1e308, 1.8e9, 2e9),
    *(float("inf"), float("-inf"), float("nan"), "", "x", "0", "null", "\0", "\ud800", "\u202e"),
    *(
        "é",
        "~\0",
        "~nobody/x",
        "a\r\nb",
        "X130000000",
        "https://men.gov.ma",
        "accepted",
        "x" * 5000,
    ),
    *([], {}, [[]], [None], [1, 2], {"": {}}, {"code": None}),
)
_LITERALS = (
    *('""', '"x"', '"\\u0000"', '"~\\u0000"', '"~nobody"', "'''\n'''", "0", "-1", "1e999", "nan"),
    *("inf", "true", "[]", "{}", "[[1]]", "1979-05-27", "0xffffffffffffffffff", '"X130000000"'),
    *('"http://[8:1]"', '"\\U000e0041"', '"\\ud800"', "9" * 5000, "[" * 2000, '"fr"', '"a"'),
)

Pieces = list[str]
Change = Callable[[Pieces, Pieces, random.Random], Pieces]
Mutator = Callable[[bytes, Sequence[bytes], random.Random, int], bytes]


def repeated(data: bytes, _others: Sequence[bytes], chance: random.Random, most: int) -> bytes:
    """Repeat a few bytes, often until the input is as long as it may be."""
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.randint(1, _MOST_REPEATED)]
    room = (most - len(data)) // max(1, len(part))
    copies = part * chance.choice((2, 100, max(0, room)))
    return (data[:start] + copies + data[start:])[:most]


def mutated_page(data: bytes, others: Sequence[bytes], chance: random.Random, most: int) -> bytes:
    """Drop, double, nest, move or swap elements; swap texts and attributes."""
    pieces = _PIECE.findall(data.decode(errors="surrogateescape"))
    for _step in range(chance.randint(1, _MOST_STEPS)):
        other = _PIECE.findall(chance.choice(others).decode(errors="surrogateescape"))
        change = chance.choice(_CHANGES)
        pieces = change(pieces, other, chance) if pieces and other else pieces or other
    return "".join(pieces).encode(errors="surrogateescape")[:most]


def mutated_json(data: bytes, others: Sequence[bytes], chance: random.Random, most: int) -> bytes:
    """Put other values in the place of some, and drop or double some."""
    if chance.random() < 0.01:
        return (chance.choice((b"[", b'{"version":')) * chance.choice((10, 1000, 5000)))[:most]
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = json.loads(chance.choice(others))
    for _step in range(chance.randint(1, _MOST_STEPS)):
        value = _changed_value(value, chance)
    return json.dumps(value).encode()[:most]


def _changed_value(value: Any, chance: random.Random) -> Any:
    """Return a value with one place in it changed; the deeper, the likelier."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.05:
        return chance.choice((*_VALUES, [value], [value, value], str(value), {"": value}))
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    place, change = chance.choice(places), chance.random()
    changed = dict(value) if isinstance(value, dict) else list(value)
    if change < 0.1:
        del changed[place]
    elif change < 0.15 and isinstance(changed, list):
        changed *= chance.choice((2, 3, 50))
    elif change < 0.2 and isinstance(changed, dict):
        changed[str(chance.choice(_VALUES))] = value[place]
    else:
        changed[place] = _changed_value(value[place], chance)
    return changed


def mutated_settings(
    data: bytes, others: Sequence[bytes], chance: random.Random, most: int
) -> bytes:
    """Drop, double, move or replace lines, and put other values behind their names."""
    lines = _LINE.findall(data.decode(errors="surrogateescape"))
    for _step in range(chance.randint(1, _MOST_STEPS)):
        other = _LINE.findall(chance.choice(others).decode())
        at, change = chance.randrange(len(lines) + 1), chance.random()
        if change < 0.2:
            lines[at:at] = [chance.choice(other)]
        elif change < 0.4:
            del lines[at : at + 1]
        elif change < 0.5:
            lines.insert(
                at, f"[{chance.choice(('accounts', 'accounts.a', 'a', '[accounts.b]'))}]\n"
            )
        elif at < len(lines):
            name, mark, _value = lines[at].partition("=")
            lines[at] = f"{name}{mark or '='} {chance.choice(_LITERALS)}\n"
    return "".join(lines).encode(errors="surrogateescape")[:most]


def _some(chance: random.Random) -> int:
    """Return a number that is mostly small."""
    return min(_MOST_COPIES, int(chance.paretovariate(0.7)))


def _element(pieces: Pieces, chance: random.Random) -> slice:
    """Return where one element stands, chosen by chance; a text where there is none."""
    first = chance.randrange(len(pieces))
    for start in (*range(first, len(pieces)), *range(first)):
        if match := _OPENING.match(pieces[start]):
            return slice(start, _end(pieces, start, match[1].lower()))
    return slice(first, first + 1)


def _end(pieces: Pieces, start: int, tag: str) -> int:
    """Return where the element that begins at `start` ends; after its tag where it never does."""
    depth = 0
    for at in range(start, len(pieces)):
        piece = pieces[at].lower()
        if re.match(rf"<{tag}\b", piece):
            depth += 1
        elif piece.startswith(f"</{tag}"):
            depth -= 1
            if depth == 0:
                return at + 1
    return start + 1


def _drop(pieces: Pieces, _other: Pieces, chance: random.Random) -> Pieces:
    place = _element(pieces, chance)
    return pieces[: place.start] + pieces[place.stop :]


def _drop_tag(pieces: Pieces, _other: Pieces, chance: random.Random) -> Pieces:
    at = chance.randrange(len(pieces))
    return pieces[:at] + pieces[at + 1 :]


def _double(pieces: Pieces, _other: Pieces, chance: random.Random) -> Pieces:
    place = _element(pieces, chance)
    copies = 1 + _some(chance)
    return pieces[: place.start] + pieces[place] * copies + pieces[place.stop :]


def _nest(pieces: Pieces, _other: Pieces, chance: random.Random) -> Pieces:
    """Put an element into itself, at the place of one of its own pieces."""
    place = _element(pieces, chance)
    element = pieces[place]
    at = chance.randrange(len(element)) + 1
    depth = _some(chance)
    nested = element[:at] * depth + element + element[at:] * depth
    return pieces[: place.start] + nested + pieces[place.stop :]


def _swap(pieces: Pieces, other: Pieces, chance: random.Random) -> Pieces:
    """Put another page's element in the place of one."""
    place = _element(pieces, chance)
    return pieces[: place.start] + other[_element(other, chance)] + pieces[place.stop :]


def _insert(pieces: Pieces, other: Pieces, chance: random.Random) -> Pieces:
    at = chance.randrange(len(pieces) + 1)
    return pieces[:at] + other[_element(other, chance)] + pieces[at:]


def _move(pieces: Pieces, _other: Pieces, chance: random.Random) -> Pieces:
    place = _element(pieces, chance)
    rest = pieces[: place.start] + pieces[place.stop :]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + pieces[place] + rest[at:]


def _replace(pieces: Pieces, other: Pieces, chance: random.Random) -> Pieces:
    """Put another page's text in the place of a text, its attribute or tag in that of a tag."""
    at = chance.randrange(len(pieces))
    is_tag = pieces[at].startswith("<")
    candidates = [piece for piece in other if piece.startswith("<") == is_tag and piece.strip()]
    if not candidates:
        return pieces
    chosen = chance.choice(candidates)
    if (found := _ATTRIBUTE.findall(chosen)) and _OPENING.match(pieces[at]):
        kept = _ATTRIBUTE.sub("", pieces[at]) if chance.random() < 0.5 else pieces[at]
        chosen = f"{kept.rstrip('/>')}{chance.choice(found)}>"
    return [*pieces[:at], chosen, *pieces[at + 1 :]]


def _cut(pieces: Pieces, _other: Pieces, chance: random.Random) -> Pieces:
    return pieces[: chance.randrange(len(pieces)) + 1]


_CHANGES: tuple[Change, ...] = (
    *(_drop, _drop_tag, _double, _nest, _swap, _insert, _move, _replace, _replace, _cut),
)
