"""Wrong command lines: what Typer says of them, in the reader's language and with a next step."""

import re
from typing import Any

from massar_cli.errors import UsageProblem
from massar_cli.language import listed, mark, translate
from massar_cli.language import translate as _

_GLOBAL_FLAGS = (
    "--demo",
    "--account",
    "--url",
    "--lang",
    "--no-input",
    "--timeout",
    "--now",
    "--debug",
    "--quiet",
    "-q",
)
# Typer has no catalogues, and its classes of errors are private; its sentences are few.
_SENTENCES = tuple(
    (re.compile(pattern, re.DOTALL), message)
    for pattern, message in (
        (
            r"No such option: (?P<name>\S+) \(Possible options: (?P<others>.+)\)",
            mark("There is no option {name}; perhaps you mean {others}."),
        ),
        (r"No such option: (?P<name>\S+)", mark("There is no option {name}.")),
        (
            r"No such command '(?P<name>.*)'\. Did you mean (?P<others>.+)\?",
            mark('There is no command "{name}"; perhaps you mean {others}.'),
        ),
        (r"No such command '(?P<name>.*)'\.", mark('There is no command "{name}".')),
        (r"Missing command\.", mark("A command is missing.")),
        (r"Missing (?:argument|parameter) '(?P<name>.*)'\.", mark("{name} is missing.")),
        (
            r"Got unexpected extra argument\(s\) \((?P<text>.*)\)",
            mark('This is too much: "{text}"'),
        ),
        (r"Option '(?P<name>.*)' requires an argument\.", mark("{name} needs a value.")),
        (r"Option '(?P<name>.*)' does not take a value\.", mark("{name} takes no value.")),
        (
            r"Invalid value for (?P<name>\S.*?): '(?P<text>.*)' is not a valid \w+(?: range)?\.",
            mark('{name} needs a number, not "{text}".'),
        ),
        (
            (
                r"Invalid value for (?P<name>\S.*?): (?P<text>\S+) is not in the range "
                r"(?P<least>\d+)<=x<=(?P<most>\d+)\."
            ),
            mark('{name} cannot be "{text}"; it has to be from {least} to {most}.'),
        ),
        (
            r"Invalid value for (?P<name>\S.*?): '(?P<text>.*)' is not one of (?P<others>.*)\.",
            mark('{name} cannot be "{text}"; it is one of {others}.'),
        ),
    )
)


def is_usage_error(error: Exception) -> bool:
    """Whether Typer ended the run because of the command line."""
    # Typer carries its own copy of Click, whose classes are private.
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def is_unknown_command(error: Exception) -> bool:
    """Whether Typer ended the run because it has no such command."""
    return is_usage_error(error) and str(error).startswith("No such command")


def usage_problem(error: Any, arguments: list[str]) -> UsageProblem:
    """Return what Typer found wrong with the command line as an error of this program."""
    sentence = error.format_message()
    detail = _in_this_language(sentence)
    message = _("This command line is not understood. {detail}").format(detail=detail)
    for flag in _GLOBAL_FLAGS:
        is_met = sentence.startswith(f"No such option: {flag}")
        if is_met and any(one.partition("=")[0] == flag for one in arguments):
            return UsageProblem(
                message,
                hint=_("{flag} goes before the command: massar {flag} ...").format(flag=flag),
            )
    return UsageProblem(message)


def _in_this_language(sentence: str) -> str:
    """Return a sentence of Typer's in the reader's language, or as it is where it is a new one."""
    for pattern, message in _SENTENCES:
        if match := pattern.fullmatch(sentence):
            parts = match.groupdict()
            return translate(message).format(**{name: _part(name, parts[name]) for name in parts})
    return sentence


def _part(name: str, text: str) -> str:
    """Return a part of a sentence: names stand bare, and several of them as people list them."""
    if name == "text":
        return text
    return listed(text.replace("'", "").split(", "))
