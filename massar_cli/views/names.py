"""What subjects and levels are called in tables: by the portal, or in the reader's language."""

from typing import Protocol

from massar_cli.language import active_language
from massar_cli.level_names import level_id, level_name
from massar_cli.reader import names_subjects
from massar_cli.subjects import component_name, subject_name


class OfSubject(Protocol):
    """A record that may be of a subject."""

    @property
    def subject(self) -> str | None:
        """What the portal calls it."""

    @property
    def subject_id(self) -> str | None:
        """Its stable id, None where it is not known."""


def subject_text(record: OfSubject) -> str | None:
    """Return the name of a record's subject: the portal's, where there is no other."""
    return named_subject(record.subject, record.subject_id)


def named_subject(text: str | None, identity: str | None) -> str | None:
    """Return the name of the subject that the portal calls `text`."""
    name = subject_name(identity, active_language()) if identity and names_subjects() else None
    return name or text


def component_text(text: str | None) -> str | None:
    """Return the name of a component: the portal's, where there is no other."""
    name = component_name(text, active_language()) if text and names_subjects() else None
    return name or text


def level_text(level: str | None) -> str | None:
    """Return the name of a level: the portal's, where there is no other."""
    identity = level_id(level) if level and names_subjects() else None
    return level_name(identity, active_language()) if identity else level
