"""Messages and announcements, all of them or those that were not read."""

from massar_cli.language import translate as _
from massar_cli.portal.session import PortalSession
from massar_cli.school_life import Message
from massar_cli.services.listing import kept, read_list
from massar_cli.services.result import Result
from massar_cli.services.wanted import Wanted


def get_messages(
    session: PortalSession, wanted: Wanted, *, unread: bool = False
) -> Result[Message]:
    """Return the messages of the list; none is opened, so that none is marked as read."""
    from massar_cli.portal.pages.messages import MessagesPage

    result = read_list(session, MessagesPage, wanted)
    if unread:
        result = _only_unread(result)
    if any(one.text is None and one.url is not None for one in result.records):
        advice = _(
            "The text of a message that has only a title is read in a browser, which marks it as "
            "read; its address is in --json."
        )
        result = result._replace(advice=(*result.advice, advice))
    return result


def _only_unread(result: Result[Message]) -> Result[Message]:
    return kept(
        result,
        fits=lambda one: one.unread is True,
        unknown=lambda one: one.unread is None,
        untold=_("Messages that may have been read or not are not shown: {count}"),
    )
