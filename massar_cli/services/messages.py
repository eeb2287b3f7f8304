"""Messages and announcements, all of them or those that were not read."""

from massar_cli.portal.session import PortalSession
from massar_cli.school_life import Message
from massar_cli.services.listing import Wanted, kept, read_list
from massar_cli.services.result import Result


def get_messages(
    session: PortalSession, wanted: Wanted, *, unread: bool = False
) -> Result[Message]:
    """Return the messages of the list; none is opened, so that none is marked as read."""
    from massar_cli.portal.pages.messages import MessagesPage

    result = read_list(session, MessagesPage, wanted)
    if not unread:
        return result
    return kept(result, lambda one: one.unread is True, lambda one: one.unread is None)
