"""What the practice portal sends when a fault of content strikes, byte for byte, without chance.

Run as a program it writes the fixtures anew: `python -m tests.failures.recording [NAME...]`.
"""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from massar_cli.practice.faults import FAULTS
from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.server import PracticeServer
from massar_cli.practice.students import DEMO
from tests.conftest import NO_KEYRING
from tests.failures.cases import (
    BEFORE_THE_PORTAL,
    FOLDER,
    SETTINGS,
    WITH_ANSWER,
    asked,
    command,
    without_port,
)
from tests.failures.networks import before_the_portal

_TOKEN = re.compile(r'name="__RequestVerificationToken" type="hidden" value="([^"]+)"')
_BY_CHANCE = (
    re.compile(rb'name="(?:__RequestVerificationToken|CaptchaDeText)" type="hidden" value="(.+?)"'),
    re.compile(rb"(?m)^Set-Cookie: [^=]+=([^;]{20,});"),
)
_DATE = re.compile(rb"(?m)^Date: .*\r$")
_MADE_UP_DATE = b"Date: Mon, 15 Mar 2027 17:00:00 GMT\r"


def record(name: str) -> bytes:
    """Return the answer that is the failure; what differs from run to run is made up."""
    with PracticeServer(PracticePortal(faults=[name])) as server:
        return _without_chance(_ask(server.url, *asked(name).split()))


def same_answer(one: bytes, other: bytes) -> bool:
    """Whether two answers are the same; packed ones may be packed a little differently."""
    if b"\r\nContent-Encoding: gzip\r\n" not in one + other:
        return one == other
    bodies = [gzip.decompress(answer.partition(b"\r\n\r\n")[2]) for answer in (one, other)]
    return bodies[0] == bodies[1]


def _ask(url: str, method: str, path: str) -> bytes:
    """Ask for a page as somebody who has gone as far as it is asked for by a browser."""
    fields = ""
    with httpx.Client(trust_env=False) as browser:
        if (method, path) != ("GET", "Account"):
            form = browser.get(f"{url}/Account").text
            (token,) = _TOKEN.findall(form)
            password = {"UserName": DEMO.user_name, "Password": DEMO.password}
            fields = urlencode({"__RequestVerificationToken": token, **password})
            if method == "GET":
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                browser.post(f"{url}/Account", content=fields, headers=kind)
        cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    return _exchange(url, method, path, cookies, fields if method == "POST" else "")


def _exchange(url: str, method: str, path: str, cookies: str, body: str) -> bytes:
    parts = urlsplit(url)
    lines = (
        f"{method} {parts.path}/{path} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Cookie: {cookies}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall("\r\n".join((*lines, "", body)).encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def _without_chance(answer: bytes) -> bytes:
    """Put made-up values of the same length in the place of tokens, and of the date."""
    for pattern in _BY_CHANCE:
        for token in pattern.findall(answer):
            made_up = (b"0123456789abcdef" * (len(token) // 16 + 1))[: len(token)]
            answer = answer.replace(token, made_up)
    return _DATE.sub(_MADE_UP_DATE, answer, count=1)


def _error_of_a_run(name: str) -> dict[str, Any]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (home / "home").mkdir()
        (home / "home" / "config.toml").write_text(SETTINGS, "utf-8")
        if name in BEFORE_THE_PORTAL:
            environment = stack.enter_context(before_the_portal(name, home))
        else:
            portal = PracticePortal(faults=[name])
            environment = {"MASSAR_URL": stack.enter_context(PracticeServer(portal)).url}
        done = subprocess.run(
            [sys.executable, "-m", "massar_cli", *command(name)],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={
                "PATH": os.environ["PATH"],
                "MASSAR_HOME": str(home / "home"),
                "MASSAR_LANG": "en",
                "MASSAR_CODE": DEMO.code,
                "MASSAR_PASSWORD": DEMO.password,
                "PYTHON_KEYRING_BACKEND": NO_KEYRING,
                "PYTHONPATH": str(FOLDER.parents[1]),
                **environment,
            },
        )
    error: dict[str, Any] = json.loads(done.stderr)["error"]
    return without_port(error, environment.get("MASSAR_URL", ""))


def _write(name: str) -> None:
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    error = _error_of_a_run(name)
    expected = {"asked": asked(name)}
    expected |= {field: error[field] for field in ("kind", "exit_code", "message", "hint")}
    text = json.dumps(expected, ensure_ascii=False, indent=2)
    (folder / "expected.json").write_text(f"{text}\n", "utf-8")
    if name in WITH_ANSWER:
        answer, file = record(name), folder / "answer.http"
        if not (file.exists() and same_answer(file.read_bytes(), answer)):
            file.write_bytes(answer)


if __name__ == "__main__":
    for _name in sys.argv[1:] or (*FAULTS, *BEFORE_THE_PORTAL):
        _write(_name)
