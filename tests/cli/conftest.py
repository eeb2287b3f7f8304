"""Servers for one test, the network barred to foreign hosts, and a keyring in memory."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NoReturn

import keyring
import pytest
from keyring.backend import KeyringBackend

from massar_cli.practice.server import PracticeServer
from tests.cli.servers import AlteredPortal, SilentServer


@pytest.fixture
def serve_altered() -> Iterator[Callable[[AlteredPortal], str]]:
    """Serve altered portals until the test ends; returns the address."""
    with ExitStack() as stack:
        yield lambda portal: stack.enter_context(PracticeServer(portal)).url


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    """Run a server that never answers."""
    with SilentServer() as server:
        yield server


@pytest.fixture
def asked_hosts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Bar the network, and note which hosts would have been asked for."""
    hosts: list[str] = []

    def refuse(host: object, *_rest: object, **_named: object) -> NoReturn:
        hosts.append(str(host))
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return hosts


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets everything when the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Put a keyring in memory in the place of the system's."""
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let children take Ctrl-C even where this run was started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
