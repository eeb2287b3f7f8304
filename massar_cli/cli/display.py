"""How this run's tables look: what the settings say under `[display]`, and the options."""

import os
from functools import cache
from typing import TYPE_CHECKING

from massar_cli.errors import UsageProblem
from massar_cli.reader import Reader

if TYPE_CHECKING:  # the version is told without any settings
    from massar_cli.configuration import Folders
    from massar_cli.settings import Display


def display() -> "Display":
    """Return what the configuration file says.

    It is about who reads and with what, so it counts for the practice portal too, and for what is
    told before the settings are read.
    """
    from massar_cli.configuration import find_folders
    from massar_cli.settings import Display

    try:
        return _written(find_folders(os.environ))
    except UsageProblem:
        return Display()


@cache
def _written(folders: "Folders") -> "Display":
    from massar_cli.configuration import read_configuration
    from massar_cli.settings import Display, display_of

    try:
        return display_of(read_configuration(folders.configuration_file))
    except UsageProblem:  # told of where the settings are read
        return Display()


def reader_of(subject_names: str | None) -> Reader:
    """Return whom tables are written for; the option goes before the setting."""
    chosen = display()
    return Reader(digits=chosen.digits, subject_names=subject_names or chosen.subject_names)
