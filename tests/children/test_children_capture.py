"""`massar capture` for a parent: one child's page, the page that the settings pin, or nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.addresses import address_of
from massar_cli.practice.editions import EDITIONS
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import DEMO, PracticeStudent
from tests.children.portals import DETAILS, FIRST, HOME, PARENT, SECOND, THIRD, BeforeAnswering
from tests.conftest import Done, Practice

Run = Callable[..., Done]
Serve = Callable[[PracticePortal], Practice]
ABSENCES = address_of(EDITIONS["2018"], "absences")
WISHES = address_of(EDITIONS["2018"], "guidance")
LATENESS = address_of(EDITIONS["2018"], "lateness")


@pytest.fixture
def capture(massar: Run, tmp_path: Path) -> Run:
    """Run the command for a folder of its own."""

    def run(*arguments: str, **settings: str) -> Done:
        return massar("capture", *arguments, "--yes", "-o", str(tmp_path / "out"), **settings)

    return run


def captures(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize(
    ("child", "name"), [(FIRST, "maryam"), (SECOND, SECOND.code), (THIRD, "هبة")]
)
def test_a_childs_page_is_captured_between_two_checks(
    practice: Practice, massar: Run, capture: Run, child: PracticeStudent, name: str
) -> None:
    settings = practice.settings(PARENT)
    massar("profile", "--child", "maryam", **settings)  # so that the names are known
    practice.portal.journal.clear()
    done = capture("orientation", "--child", name, **settings)
    assert done.code == 0, done.err
    assert practice.portal.journal[0].path == f"{HOME}?CodeEleve={child.code}"
    assert practice.asked() == [f"GET {one}" for one in (HOME, DETAILS, WISHES, DETAILS)]
    folder = Path(done.out.strip())
    expected = json.loads((folder / "expected.json").read_text())
    assert len(expected) == len(life_of(child).wishes)
    kept = "".join(path.read_text() for path in folder.iterdir())
    for one in PARENT.children:
        assert one.first_name.ar not in kept
        assert one.code not in kept


@pytest.mark.parametrize("name", ["absences", "grades", "profile", "General/Home"])
def test_a_parent_is_asked_which_child(
    practice: Practice, capture: Run, tmp_path: Path, name: str
) -> None:
    done = capture(name, **practice.settings(PARENT))
    assert (done.code, done.out) == (2, "")
    assert all(child.code in done.err for child in PARENT.children)
    assert len(practice.asked()) == 3, "the sign-in alone"
    assert captures(tmp_path) == []


def test_the_usual_child_of_the_settings_is_meant(
    practice: Practice, capture: Run, home: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text('child = "adam"\n')
    assert capture("absences", **practice.settings(PARENT)).code == 0
    assert f"{HOME}?CodeEleve={SECOND.code}" in [one.path for one in practice.portal.journal]


@pytest.mark.parametrize(
    "portal",
    [
        lambda: PracticePortal(ignores_choice_of_child=True),
        lambda: BeforeAnswering(ABSENCES, 1, BeforeAnswering.choose_first),
    ],
    ids=["ignored", "lost"],
)
def test_another_childs_page_is_never_captured(
    serve: Serve, capture: Run, tmp_path: Path, portal: Callable[[], PracticePortal]
) -> None:
    practice = serve(portal())
    done = capture("absences", "--child", SECOND.code, **practice.settings(PARENT))
    assert (done.code, done.out) == (5, "")
    assert "This is all that the saved page would tell" not in done.err
    assert captures(tmp_path) == []


def test_a_pupil_pays_nothing_for_it_and_is_nobody_else(
    practice: Practice, massar: Run, capture: Run
) -> None:
    settings = practice.settings()
    massar("journey", **settings)
    practice.portal.journal.clear()
    assert capture("absences", "--child", DEMO.code, **settings).code == 0
    assert practice.asked() == [f"GET {ABSENCES}"]
    assert capture("absences", "--child", SECOND.code, **settings).code == 2


@pytest.mark.parametrize(
    "pinned", ["تتبع الغياب والتأخر", "تتبع", "TuteurEleves/SuiviBilletEntree"]
)
def test_the_pinned_page_is_captured_as_it_is_shown(
    practice: Practice, massar: Run, capture: Run, home: Path, pinned: str
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f'[pages]\nabsences = "{pinned}"\n')
    assert massar("absences", **practice.settings()).code == 0
    assert practice.asked()[-1] == f"GET {LATENESS}"
    assert capture("Absences", **practice.settings()).code == 0
    assert practice.asked()[-1] == f"GET {LATENESS}"
    assert f"GET {ABSENCES}" not in practice.asked()


def test_a_pinned_page_is_of_its_kind_whatever_it_is_called(
    practice: Practice, massar: Run, capture: Run, home: Path
) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[pages]\nabsences = "Scolarite/PiecesEleve"\n')
    done = capture("absences", **practice.settings())
    assert json.loads((Path(done.out.strip()) / "about.json").read_text())["kind"] == "absences"
    # So it shows what `massar absences` makes of it.
    assert massar("absences", **practice.settings()).code == 5
    assert json.loads((Path(done.out.strip()) / "expected.json").read_text()) == {
        "error": "page-changed"
    }


def test_a_saved_page_is_no_childs(practice: Practice, capture: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<main><h1>Absences</h1></main>")
    for name in (str(page), "-"):
        done = capture(name, "--child", SECOND.code, **practice.settings(PARENT))
        assert (done.code, done.out) == (2, "")
        assert "--child" in done.err
    assert practice.asked() == []
