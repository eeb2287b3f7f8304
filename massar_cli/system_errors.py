"""What the system says of files and folders, in the reader's language."""

import errno
import os

from massar_cli.language import mark, translate

_WORDS = {
    errno.ENOENT: mark("No such file or directory"),
    errno.EACCES: mark("Permission denied"),
    errno.EPERM: mark("Operation not permitted"),
    errno.EISDIR: mark("Is a directory"),
    errno.ENOTDIR: mark("Not a directory"),
    errno.EEXIST: mark("File exists"),
    errno.ENOSPC: mark("No space left on device"),
    errno.EROFS: mark("Read-only file system"),
    errno.EADDRINUSE: mark("Address already in use"),
}
"""The system's own words for what is common."""


def reason_of(error: Exception) -> str:
    """Return why the system refused something; what is not common in the system's own words.

    >>> reason_of(PermissionError(errno.EACCES, "Permission denied"))
    'Permission denied'
    >>> reason_of(FileExistsError(errno.EEXIST, "it is no file")), reason_of(ValueError("odd"))
    ('it is no file', 'odd')
    """
    number, said = getattr(error, "errno", None), getattr(error, "strerror", None)
    if number in _WORDS and said == os.strerror(number):
        return translate(_WORDS[number])
    return str(said or error)
