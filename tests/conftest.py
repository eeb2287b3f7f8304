"""An empty home for every test, the practice portal over real HTTP, and the program run in it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from massar_cli import settings
from massar_cli.language import use_language
from massar_cli.pace import Pace
from massar_cli.practice.journal import Exchange
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO, PracticeStudent

NO_KEYRING = "keyring.backends.null.Keyring"
_POSTS = re.compile(
    r"/moutamadris/(?:Account(?:/Login|/VerifyCode)?|General/SetCulture|TuteurEleves/GetBulletins)/?(?:\?.*)?",
    re.IGNORECASE,
)
"""All that may be posted: signing in (two steps), the pages' language, and the report card."""


class Done(NamedTuple):
    """How a run of the program ended, and what it wrote."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Practice:
    """A practice portal that is being served."""

    portal: PracticePortal
    url: str

    def settings(self, student: PracticeStudent = DEMO) -> dict[str, str]:
        """Return the environment that signs a student in here."""
        return {
            "MASSAR_URL": self.url,
            "MASSAR_CODE": student.code,
            "MASSAR_PASSWORD": student.password,
        }

    def asked(self) -> list[str]:
        """Return the method and path of every request so far."""
        return [f"{one.method} {one.path.split('?')[0]}" for one in self.portal.journal]

    def passwords_posted(self) -> int:
        """Return how many requests carried a password."""
        return sum("Password" in one.form_fields for one in self.portal.journal)


def pytest_xdist_auto_num_workers() -> int:
    """Take more workers than cores: a good part of the tests waits for a process or the network."""
    return 2 * (os.cpu_count() or 1)


def writes(exchange: Exchange) -> bool:
    """Whether the program asked the portal for something that may change what it holds."""
    if not exchange.user_agent.startswith("massar/"):  # a test's own question
        return False
    if exchange.changes_something:
        return True
    return exchange.method != "GET" and not (
        exchange.method == "POST" and _POSTS.fullmatch(exchange.path)
    )


@pytest.fixture(autouse=True)
def read_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail each test in which the program writes to a practice portal, whatever else it shows."""
    journals: list[list[Exchange]] = []
    begin = PracticePortal.__init__

    def begin_watched(portal: PracticePortal, *arguments: Any, **named: Any) -> None:
        begin(portal, *arguments, **named)
        journals.append(portal.journal)

    monkeypatch.setattr(PracticePortal, "__init__", begin_watched)
    yield
    assert [one for journal in journals for one in journal if writes(one)] == []


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program an empty home, no keyring, English, and none of the caller's settings.

    Within this process it also hardly waits between requests and tries.
    """
    for name in [name for name in os.environ if name.startswith(("MASSAR_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    monkeypatch.setenv("MASSAR_HOME", str(folder))
    monkeypatch.setenv("MASSAR_LANG", "en")
    use_language("en")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)
    monkeypatch.setattr(settings, "Pace", partial(Pace, retry_wait=0.01, spacing=0.0))
    return folder


@pytest.fixture
def serve() -> Iterator[Callable[[PracticePortal], Practice]]:
    """Serve practice portals until the test ends."""
    with ExitStack() as stack:

        def serve_one(portal: PracticePortal) -> Practice:
            server = stack.enter_context(PracticeServer(portal))
            return Practice(portal, server.url)

        yield serve_one


@pytest.fixture
def practice(serve: Callable[[PracticePortal], Practice]) -> Practice:
    """Serve a practice portal as `massar demo` does."""
    return serve(PracticePortal())


@pytest.fixture
def massar(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """Run the program in this process, through the border where every error ends."""
    from massar_cli.cli.app import run_command_line

    def run(*arguments: str, **environment: str) -> Done:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            capfdbinary.readouterr()
            code = run_command_line(list(arguments))
            sys.stdout.flush()
            sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return run


@contextmanager
def hurried(home: Path) -> Iterator[None]:
    """Have processes in this home hardly wait between requests and tries, and leave no trace."""
    is_new, file = not home.exists(), home / "config.toml"
    if file.exists():
        yield
        return
    home.mkdir(mode=0o700, exist_ok=True)
    file.write_text("request_spacing = 0\nretry_wait = 0.01\n")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        if is_new and not any(home.iterdir()):
            home.rmdir()


@pytest.fixture
def process(home: Path, tmp_path: Path) -> Callable[..., Done]:
    """Run the program as a process of its own, in an almost empty environment."""

    def run(*arguments: str, stdin: str = "", **environment: str) -> Done:
        with hurried(home) if "MASSAR_URL" in environment else nullcontext():
            ended = subprocess.run(
                [sys.executable, "-m", "massar_cli", *arguments],
                input=stdin.encode(),
                capture_output=True,
                check=False,
                cwd=tmp_path,
                env={
                    "PATH": os.environ["PATH"],
                    "MASSAR_HOME": str(home),
                    "MASSAR_LANG": "en",
                    "PYTHON_KEYRING_BACKEND": NO_KEYRING,
                    "PYTHONPATH": str(Path(__file__).parents[1]),
                    **environment,
                },
            )
        return Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run
