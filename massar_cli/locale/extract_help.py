"""Extractor for Babel: beside an application's marked messages, the help of its commands."""  # noqa: INP001

from collections.abc import Iterator
from typing import Any


def help_texts(command: Any) -> Iterator[str]:
    """Yield each text that the help of a command, its options and its commands consists of."""
    from massar_cli.cli.help import EXAMPLE, paragraphs

    yield from (one for one in paragraphs(command.help or "") if not one.startswith(EXAMPLE))
    for parameter in command.params:
        if text := getattr(parameter, "help", None):
            yield text
    for one in getattr(command, "commands", {}).values():
        yield from help_texts(one)


def extract(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Yield every message of `cli/app.py` and of the help as Babel wants it."""
    from babel.messages.extract import extract_python
    from typer.main import get_command

    from massar_cli.cli.app import program

    yield from extract_python(fileobj, keywords, comment_tags, options)
    for text in help_texts(get_command(program())):
        yield 0, "translate", text, []
