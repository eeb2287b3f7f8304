"""Build hook: compiles each catalogue (`massar.po`) to the `massar.mo` beside it."""  # noqa: INP001

from pathlib import Path
from typing import Any


def compile_catalogues(folder: Path) -> None:
    """Compile every catalogue below `folder`."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)


def get_build_hook() -> type:
    """Return the hook's class; it is made here so that only a build needs Hatchling."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class CompileCatalogues(BuildHookInterface[Any]):
        """Runs before a wheel is filled, an editable one too."""

        def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
            compile_catalogues(Path(self.root, "massar_cli", "locale"))

    return CompileCatalogues
