"""The password that `massar login` keeps in a file, where it is not kept in a keyring.

The file lies with the session, not with the configuration, which people copy and publish.
"""

import errno
from contextlib import suppress
from pathlib import Path

from massar_cli.codes import account_key, user_name
from massar_cli.files import PRIVATE_FILE, make_private_folder, write_whole
from massar_cli.language import translate as _


def password_path(folder: Path, url: str, code: str) -> Path:
    """Return where the password of a code at a portal is kept; it is never for another."""
    return folder / f"password-{account_key(url, user_name(code))}"


def is_kept(path: Path) -> bool:
    """Whether a password is kept at `path`."""
    with suppress(OSError):
        return path.exists()
    return False


def keep(path: Path, password: str) -> None:
    """Keep a password in a file for its owner alone; raises OSError where that is not possible."""
    make_private_folder(path.parent)
    if path.exists() and not path.is_file():  # a pipe would be waited for, or read by somebody
        raise FileExistsError(errno.EEXIST, _("it is no file"))
    content = f"{password}\n".encode()
    write_whole(path, lambda stream: stream.write(content), mode=PRIVATE_FILE)


def remove(path: Path) -> None:
    """Remove a kept password; raises OSError where it cannot be removed."""
    if is_kept(path):  # a read-only folder refuses to remove even what is not there
        path.unlink(missing_ok=True)
