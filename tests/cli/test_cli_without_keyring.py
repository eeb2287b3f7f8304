"""Where the keyring library, or what it stands on, cannot be loaded at all: nothing is missing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from massar_cli.practice.students import DEMO
from tests.cli.processes import ROOT
from tests.conftest import Done, Practice

Run = Callable[..., Done]

ONE_CARD = ("grades", "--year", "2023", "--semester", "1", "--json")
SYSTEM_PARTS = ("secretstorage", "cryptography", "jeepney", "win32ctypes")


@pytest.fixture(params=[("keyring", *SYSTEM_PARTS), SYSTEM_PARTS], ids=["none", "no system part"])
def without(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Return an environment in which some libraries cannot be imported, and no keyring is named."""
    folder = tmp_path / "blocked"
    folder.mkdir()
    lines = ("import sys", f"sys.modules.update(dict.fromkeys({request.param!r}))")
    (folder / "sitecustomize.py").write_text("\n".join(lines))
    environment = {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    for name in request.param:
        tried = subprocess.run(
            [sys.executable, "-c", f"import {name}"],
            capture_output=True,
            check=False,
            env={**os.environ, **environment},
        )
        assert b"ModuleNotFoundError" in tried.stderr
    return {**environment, "PYTHON_KEYRING_BACKEND": "", "HOME": str(tmp_path)}


def test_every_command_of_an_account_works(
    process: Run, practice: Practice, home: Path, tmp_path: Path, without: dict[str, str]
) -> None:
    login = process("login", **practice.settings(), **without)
    assert (login.code, login.out) == (0, "")
    assert "MASSAR_PASSWORD_FILE" in login.err
    shown = process("config", "show", **without)
    assert (shown.code, shown.err) == (0, "")
    assert f"code = {DEMO.code}  (massar login)\n" in shown.out
    grades = process(*ONE_CARD, **without)
    assert (grades.code, grades.err) == (0, "")
    assert json.loads(grades.out)["data"][0]["subjects"]

    practice.portal.expire_sessions()
    nobody = process(*ONE_CARD, **without)
    assert nobody.code == 3
    assert "MASSAR_PASSWORD_FILE" in json.loads(nobody.err)["error"]["hint"]
    file = tmp_path / "password"
    file.write_text(f"{DEMO.password}\n")
    file.chmod(0o600)
    assert process(*ONE_CARD, MASSAR_PASSWORD_FILE=str(file), **without).code == 0

    logout = process("logout", **without)
    assert (logout.code, logout.out, logout.err.count("\n")) == (0, "", 1)
    forget = process("forget", **without)
    assert (forget.code, forget.out) == (0, "")
    assert list(home.iterdir()) == []


def test_the_password_can_be_kept_in_a_file_instead(
    process: Run, practice: Practice, home: Path, without: dict[str, str]
) -> None:
    assert process("login", "--keep-in-file", **practice.settings(), **without).code == 0
    practice.portal.expire_sessions()
    assert process(*ONE_CARD, **without).code == 0
    assert practice.passwords_posted() == 2
    assert process("forget", **without).code == 0
    assert list(home.iterdir()) == []
