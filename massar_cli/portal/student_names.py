"""What a student is called: the names on their own page, in each script."""

import re
from collections.abc import Iterable
from dataclasses import replace

from massar_cli.portal_menu import Landing
from massar_cli.records import Child
from massar_cli.student_record import Profile

_IN_TWO_SCRIPTS = re.compile(r"(?P<first>[^()]+)\((?P<second>[^()]+)\)")


def names_of(profile: Profile) -> tuple[str, ...]:
    """Return a student's full name in each script that the page has; `عربي (LATIN)` holds two.

    >>> names_of(Profile(code="X130000000", first_name="سلمى (SALMA)", last_name="المثال (MITAL)",
    ...     gender=None, birth_place=None, school=None, academy=None, directorate=None))
    ('سلمى المثال', 'SALMA MITAL')
    """
    parts = [_scripts(text) for text in (profile.first_name, profile.last_name) if text]
    longest = max(map(len, parts), default=0)
    names = (" ".join(one[i] for one in parts if i < len(one)) for i in range(longest))
    return tuple(dict.fromkeys(names))


def with_names(child: Child, names: tuple[str, ...]) -> Child:
    """Return a child of whom more names are known; the landing page's own stays the name."""
    name = child.name or next(iter(names), None)
    return replace(child, name=name, other_names=names)


def with_known_names(landing: Landing, known: Iterable[Child]) -> Landing:
    """Return what a landing page tells, with the names that were known of the same children."""
    names = {child.code: child.other_names for child in known if child.other_names}
    children = tuple(
        with_names(child, names[child.code]) if child.code in names else child
        for child in landing.children
    )
    return replace(landing, children=children)


def _scripts(text: str) -> tuple[str, ...]:
    both = _IN_TWO_SCRIPTS.fullmatch(text)
    if both is None:
        return (text,)
    return tuple(part for part in (both["first"].strip(), both["second"].strip()) if part)
