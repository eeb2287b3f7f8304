"""The command that serves the practice portal."""

from enum import StrEnum
from typing import Annotated

import typer

from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _


class Edition(StrEnum):
    """Which years' sign-in and column order the practice portal imitates."""

    OF_2018 = "2018"
    OF_2025 = "2025"


class PageLanguage(StrEnum):
    """The language of the practice portal's pages."""

    ARABIC = "ar"
    FRENCH = "fr"


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 0,
    edition: Annotated[
        Edition, typer.Option(help="Edition of the portal's pages.")
    ] = Edition.OF_2018,
    language: Annotated[
        PageLanguage, typer.Option(help="Language of its pages.")
    ] = PageLanguage.ARABIC,
) -> None:
    """Serve the practice portal on this machine until Ctrl-C.

    Example: massar demo --port 8000
    """
    from massar_cli.practice.portal import PracticePortal
    from massar_cli.practice.server import PracticeServer
    from massar_cli.practice.students import DEMO

    portal = PracticePortal(edition=edition.value, language=language.value)
    try:
        server = PracticeServer(portal, port)
    except OSError as error:
        raise UsageProblem(
            _("Port {port} cannot be used: {reason}.").format(port=port, reason=error.strerror),
            hint=_("Give another --port, or 0 for a free one."),
        ) from error
    # Never translated: scripts read these lines.
    print(f"URL: {server.url}\nCode: {DEMO.code}\nPassword: {DEMO.password}", flush=True)
    server.serve_forever()
