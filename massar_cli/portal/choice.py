"""Whose page it is: the choice of a child, and the check after it."""

from massar_cli.errors import PageChanged
from massar_cli.language import translate as _
from massar_cli.portal.pages.student import StudentPage
from massar_cli.records import Child
from massar_cli.student_record import Profile

CHOICE_PARAMETER = "CodeEleve"
"""Of the landing page: the code of the child whose pages follow (medium confidence)."""


def check_child(page: StudentPage, child: Child) -> Profile:
    """Return the data of the child asked for; raises PageChanged for another student's."""
    profile = page.read()
    if profile.code.upper() != child.code:
        raise PageChanged(
            _("The portal shows another student than the one asked for; nothing of it is shown."),
            hint=_("Try again; if it stays so, report it: the portal may choose in another way."),
        )
    return profile
