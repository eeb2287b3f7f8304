"""What the practice portal was asked, for tests and for the curious; never a secret."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer's status."""

    method: str
    path: str
    """The address below the host, with its query."""
    status: int
    user_agent: str
    xhr: bool
    form_fields: tuple[str, ...]
    """Names of the posted fields. Their values are never kept."""
    fault: str | None = None
    """The fault that was played in place of the portal's own answer, if one was."""
    changes_something: bool = False
    """Whether it asked for a change: of the account's data, of a message, of a wish."""
