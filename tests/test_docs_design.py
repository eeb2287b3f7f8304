"""The tables of docs/design.md: every module has one place there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "massar_cli"
ROW = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)


def test_every_module_is_named_once() -> None:
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    named = [name for row in ROW.findall(text) for name in re.findall(r"`([^`]+)`", row)]
    assert [name for name, times in Counter(named).items() if times > 1] == []
    assert [name for name in named if not (PACKAGE / name).exists()] == []
    folders = tuple(name for name in named if name.endswith("/"))
    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    own = {name for name in modules if not name.endswith("__init__.py")} - set(named)
    assert sorted(name for name in own if not name.startswith(folders)) == []
