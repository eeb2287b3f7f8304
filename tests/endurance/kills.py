"""Runs killed at a random moment: whatever they were writing has to be readable afterwards.

`python -m tests.endurance.kills --runs 200 [--seed N]` prints the figures and what was wrong.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from massar_cli.account_state import load_state
from massar_cli.accounts import load_remembered
from massar_cli.portal.cookies import SessionFile
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from tests.endurance.dying import let_die
from tests.endurance.one_run import (
    COMMANDS,
    LOGIN,
    ROOT,
    Command,
    arguments,
    broken_files,
    environment,
    make_home,
    unfinished_files,
)
from tests.portal_secrets import RememberingPortal

LOGOUT, FORGET = ("logout",), ("forget",)
_WEIGHTS = {**dict.fromkeys(COMMANDS, 4), LOGIN: 4, LOGOUT: 2, FORGET: 1}
_TOGETHER = 4
_UNAVAILABLE = 4
_MOST_ANSWERS, _LONGEST_WAIT = 5, 0.1
_MOST_FILES, _MOST_STEPS = 20, 12
_LONGEST_RUN = 60.0
_TWO_HOURS = 7200


class Scene:
    """A home, a portal, and what is known to be true of both.

    After each run `check` says what is wrong.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.folder = folder
        self.home = make_home(folder / "home")
        self.dying = folder.parent / f"{folder.name}-dying"
        self.dying.mkdir()
        self.portal = RememberingPortal()
        self.truth: dict[Command, Any] = {}
        self.url = ""
        self._written: set[Path] = set()
        self._forgotten_at = 0

    @contextmanager
    def served(self) -> "Iterator[Scene]":
        """Serve the portal, and learn what each command prints."""
        with PracticeServer(self.portal) as server:
            self.url = server.url
            for command, count in COMMANDS.items():
                self.truth[command] = self.printed(command)
                if len(self.truth[command]) != count:
                    raise AssertionError(f"{' '.join(command)} fails where nothing does")
            yield self

    @property
    def surroundings(self) -> dict[str, str]:
        return environment(self.home, self.url)

    def any_command(self) -> Command:
        (command,) = self.chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        return command

    def file_of(self, command: Command) -> Path:
        return self.folder / f"{'-'.join(command)}.json"

    def start(self, command: Command, **more: str) -> "subprocess.Popen[bytes]":
        """Start a run, which writes its records into a file."""
        file = ("-o", str(self.file_of(command))) if command in COMMANDS else ()
        return subprocess.Popen(
            arguments(command, *file, timeout=_LONGEST_RUN),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.surroundings | more,
        )

    def printed(self, command: Command) -> Any:
        """Run a command to its end and return its records."""
        ended = subprocess.run(
            arguments(command, timeout=_LONGEST_RUN),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env=self.surroundings,
        )
        return json.loads(ended.stdout)["data"]

    @property
    def posted(self) -> int:
        """How many passwords the portal has seen since the account was last forgotten."""
        return self._all_posted() - self._forgotten_at

    def _all_posted(self) -> int:
        return sum("Password" in one.form_fields for one in self.portal.journal)

    def check(self, *commands: Command, ended: "list[subprocess.Popen[bytes]]") -> list[str]:
        """Return what is wrong after runs of `commands`, some of which were killed."""
        wrong = []
        allowed = {0, -signal.SIGKILL}
        if len(commands) > 1 and {LOGOUT, FORGET} & set(commands):
            allowed.add(_UNAVAILABLE)  # a session that ends before it has served
        for one, (out, err) in [(one, one.communicate()) for one in ended]:
            wrong += self.portal.spilt([self.folder], out.decode(), err.decode())
            if one.returncode not in allowed:
                wrong.append(f"exit code {one.returncode}: {err.decode()[-300:]}")
        wrong += broken_files(self.folder)
        return wrong + self._wrong_records() + self._wrong_state(commands)

    def _wrong_records(self) -> list[str]:
        wrong = []
        for command in COMMANDS:
            file = self.file_of(command)
            if file.exists():
                self._written.add(file)
                if _data(file.read_bytes()) != self.truth[command]:
                    wrong.append(f"another content of {file.name}")
            elif file in self._written:
                wrong.append(f"{file.name} is gone")
        return wrong

    def _wrong_state(self, commands: tuple[Command, ...]) -> list[str]:
        wrong = [
            f"{file.name} cannot be read"
            for file in self.home.glob("session-*.json")
            if SessionFile(file).load() is None
        ]
        if (self.home / "accounts.json").exists():
            kept = load_remembered(self.home)
            if kept != {"default": {"code": DEMO.code, "url": self.url}}:
                wrong.append(f"the account is remembered as {kept}")
        states = list(self.home.glob("account-*.json"))
        if FORGET in commands and not states:
            self._forgotten_at = self._all_posted()
        counted = sum(len(load_state(file).sign_ins) for file in states)
        if FORGET not in commands and counted < self.posted:
            wrong.append(f"{self.posted} passwords were sent, {counted} are counted")
        if FORGET in commands:  # meanwhile another run may have begun to count anew
            self._forgotten_at = self._all_posted() - min(counted, self.posted)
        return wrong

    def check_at_the_end(self) -> list[str]:
        """Return what is wrong with what is left: everything works, and nothing piles up."""
        wrong = []
        long_ago = time.time() - _TWO_HOURS
        for part in unfinished_files(self.folder):
            os.utime(part, (long_ago, long_ago))
        for command in COMMANDS:
            with self.start(LOGIN), self.start(command):
                pass
            if self.printed(command) != self.truth[command]:
                wrong.append(f"{' '.join(command)} no longer works")
        with self.start(LOGIN):
            pass
        wrong += [f"left for ever: {part.name}" for part in unfinished_files(self.folder)]
        with self.start(FORGET):
            pass
        left = {file.name for file in self.home.iterdir()} - {"config.toml"}
        return wrong + [f"not forgotten: {name}" for name in left]


def kill_runs(runs: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Start so many runs, one after another; return how many were killed, and what was wrong."""
    killed: Counter[str] = Counter()
    wrong = []
    with Scene(folder, random.Random(seed)).served() as scene:
        for number in range(runs):
            command, passwords = scene.any_command(), scene.posted
            _maybe_expire(scene)
            one, way = _start_and_kill(scene, command)
            found = scene.check(command, ended=[one])
            if one.returncode < 0:
                killed[f"{command[0]} {way}"] += 1
            if scene.posted - passwords > 1:
                found.append(f"{scene.posted - passwords} passwords")
            wrong += [f"run {number}, {' '.join(command)}, {way}: {one}" for one in found]
        wrong += scene.check_at_the_end()
    return killed, wrong


def kill_among_runs(rounds: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Start several runs at once and kill one of them, so many times over.

    Returns how many were killed, and what was wrong: the others must end as if alone.
    """
    killed: Counter[str] = Counter()
    wrong = []
    with Scene(folder, random.Random(seed)).served() as scene:
        for number in range(rounds):
            commands = [scene.any_command() for _ in range(_TOGETHER)]
            passwords = scene.posted
            scene.portal.expire_sessions()
            others = [scene.start(command) for command in commands[1:]]
            victim, way = _start_and_kill(scene, commands[0])
            found = scene.check(*commands, ended=[victim, *others])
            if victim.returncode < 0:
                killed[f"{commands[0][0]} {way}"] += 1
            # One signs in for all of them, and another one if it is killed; login always does.
            allowed = 2 + commands.count(LOGIN)
            if not {LOGOUT, FORGET} & set(commands) and scene.posted - passwords > allowed:
                found.append(f"{scene.posted - passwords} passwords")
            names = ", ".join(" ".join(command) for command in commands)
            wrong += [f"round {number}, {names}, {way}: {one}" for one in found]
        wrong += scene.check_at_the_end()
    return killed, wrong


def _maybe_expire(scene: Scene) -> None:
    if scene.chance.random() < 0.7:  # else the kept session saves the sign-in
        scene.portal.expire_sessions()


def _start_and_kill(scene: Scene, command: Command) -> "tuple[subprocess.Popen[bytes], str]":
    """Start a run and kill it, unless it ends before; return it and at which moment."""
    chance = scene.chance
    if chance.random() < 0.5:
        files, steps = chance.randint(1, _MOST_FILES), chance.randrange(_MOST_STEPS)
        let_die(scene.dying, folder=scene.folder, files=files, steps=steps)
        one = scene.start(command, PYTHONPATH=f"{scene.dying}:{ROOT}")
        one.wait(_LONGEST_RUN)
        return one, f"at file {files}, step {steps}"
    answers, wait = chance.randint(0, _MOST_ANSWERS), chance.uniform(0, _LONGEST_WAIT)
    until = len(scene.portal.journal) + answers
    one = scene.start(command)
    while len(scene.portal.journal) < until and one.poll() is None:
        time.sleep(0.001)
    with suppress(subprocess.TimeoutExpired):
        one.wait(wait)
    one.kill()
    one.wait()
    return one, f"{wait:.3f} s after answer {answers}"


def _data(content: bytes) -> Any:
    try:
        return json.loads(content)["data"]
    except ValueError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = []
    for kill, count in ((kill_runs, options.runs), (kill_among_runs, options.rounds)):
        with tempfile.TemporaryDirectory() as folder:
            scene = Path(folder) / "scene"
            scene.mkdir()
            killed, found = kill(count, options.seed, scene)
        wrong += found
        print(f"{kill.__name__}: {count}, seed {options.seed}; {sum(killed.values())} killed")
    print("\n".join(wrong))
    print(f"{len(wrong)} wrong")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
