"""The student's own data, and whether they may be shown."""

from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.services.result import Result
from massar_cli.student_record import Profile


def get_profile(session: PortalSession) -> Result[Profile]:
    """Return the student's data; raises PageChanged for another student's page."""
    from massar_cli.portal.pages.student import StudentPage

    page = session.open(StudentPage)
    profile = page.read()
    student = session.student
    if student and student.code and student.code != profile.code.upper():
        raise page.changed(_("it is about another student"))
    return Result(records=(profile,))
