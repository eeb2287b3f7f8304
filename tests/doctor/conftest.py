"""Practice portals with faults and canaries, as for the failures, and a home that a shell has."""

from tests.cli.conftest import memory_keyring, serve_altered
from tests.failures.conftest import canary_password, faulty, portals, settings

__all__ = ["canary_password", "faulty", "memory_keyring", "portals", "serve_altered", "settings"]
