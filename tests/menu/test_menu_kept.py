"""The landing page kept with the session: whole after every round, and no session when damaged."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massar_cli.portal.cookies import KeptSession, SessionFile
from massar_cli.portal_menu import Landing, MenuPage, PageKind
from massar_cli.records import Child, Student

COOKIE = {
    "name": "a",
    "value": "1",
    "domain": "127.0.0.1",
    "path": "/",
    "secure": False,
    "expires": None,
}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
LANDINGS = st.builds(
    Landing,
    name=st.none() | TEXT,
    pages=st.none()
    | st.lists(
        st.builds(MenuPage, label=TEXT, address=TEXT, kind=st.sampled_from(PageKind)), max_size=3
    ).map(tuple),
    children=st.lists(
        st.builds(
            Child,
            code=TEXT,
            name=st.none() | TEXT,
            other_names=st.lists(TEXT, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
PAGE = {"label": "Absences", "address": "Eleve/Absences", "kind": "absences"}
WHOLE: dict[str, Any] = {"name": "SALMA", "pages": [PAGE], "children": []}


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return SessionFile(tmp_path / "session-x.json")


def write(file: SessionFile, **changes: object) -> None:
    kept = {"version": 1, "student": None, "landing": WHOLE, "cookies": [COOKIE], **changes}
    file.path.write_text(json.dumps(kept))


@QUIET
@given(landing=LANDINGS)
def test_what_is_kept_comes_back(file: SessionFile, landing: Landing) -> None:
    kept = KeptSession(
        cookies=[COOKIE], student=Student(code="X130000001", name=None), landing=landing
    )
    file.save(kept)
    assert file.load() == kept


@QUIET
@given(
    part=st.sampled_from(["landing", "student", "cookies", "version"]),
    damage=JSON,
)
def test_any_json_in_a_part_of_the_file_is_a_session_or_none(
    file: SessionFile, part: str, damage: object
) -> None:
    write(file, **{part: damage})
    kept = file.load()
    if kept is not None:
        file.save(kept)
        assert file.load() == kept


@QUIET
@given(
    part=st.sampled_from(["name", "pages", "children"]),
    damage=JSON.filter(lambda one: one is not None and one not in ([], {}, "")),
)
def test_a_damaged_landing_never_becomes_a_menu(
    file: SessionFile, part: str, damage: object
) -> None:
    write(file, landing={**WHOLE, part: damage})
    kept = file.load()
    if part == "name" and isinstance(damage, str):
        assert kept is not None
    else:
        assert kept is None


@pytest.mark.parametrize(
    "page",
    [
        {**PAGE, "kind": "lunch"},
        {**PAGE, "kind": None},
        {**PAGE, "label": 1},
        {**PAGE, "address": ["x"]},
        {**PAGE, "label": "\ud800"},
        {"label": "Absences"},
        "Absences",
        None,
    ],
)
def test_a_page_that_is_none_makes_no_session(file: SessionFile, page: object) -> None:
    write(file)
    assert file.load() is not None
    write(file, landing={**WHOLE, "pages": [PAGE, page]})
    assert file.load() is None


@pytest.mark.parametrize("landing", [None, {}, [], "", 0])
def test_a_session_without_a_landing_is_one_all_the_same(
    file: SessionFile, landing: object
) -> None:
    write(file, landing=landing)
    kept = file.load()
    assert kept is not None
    assert kept.landing is None
