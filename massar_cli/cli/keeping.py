"""Where `massar login` keeps a password: the keyring, or a file that somebody has agreed to."""

from massar_cli import kept_password
from massar_cli.cells import printable
from massar_cli.cli.border import report_errors, say_on_standard_error
from massar_cli.cli.run import Run
from massar_cli.errors import UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import Settings
from massar_cli.system_errors import reason_of


def keep_password(
    run: Run, settings: Settings, password: str, *, in_file: bool, is_remembered: bool
) -> None:
    """Keep a password that the portal has accepted.

    `is_remembered` says that files can be kept here at all. `in_file` asks for the file; one that
    is there already is used again, for it was agreed to. Raises
    UsageProblem where the file was asked for and cannot be written.
    """
    from massar_cli.credentials import forget_password, remember_password

    path = kept_password.password_path(settings.folders.state, settings.url, settings.code or "")
    if not in_file and not kept_password.is_kept(path):
        if remember_password(settings, password):
            return
        if not is_remembered:
            run.say(
                _(
                    "There is no keyring here either, so nothing is remembered. For later runs set "
                    "MASSAR_CODE, and MASSAR_PASSWORD_FILE or MASSAR_PASSWORD_COMMAND."
                )
            )
            return
        if not (run.can_ask and _is_file_agreed_to(run, str(path))):
            run.say(
                _(
                    "There is no keyring here: the session is kept until it ends, the password is "
                    "not. For later runs set MASSAR_PASSWORD_FILE or MASSAR_PASSWORD_COMMAND, or "
                    "run: massar login --keep-in-file"
                )
            )
            return
    try:
        kept_password.keep(path, password)
    except OSError as error:
        problem = UsageProblem(
            _("You are signed in, but the password cannot be kept in {path}: {reason}.").format(
                path=path, reason=reason_of(error)
            ),
            hint=_(
                "For later runs set MASSAR_PASSWORD_FILE or MASSAR_PASSWORD_COMMAND; massar forget "
                "removes an older password that may still be there."
            ),
        )
        if in_file:
            raise problem from error
        report_errors((problem,), for_machines=False)
        return
    forget_password(settings)  # an older one in the keyring
    run.say(_("The password is kept in {path}; massar forget removes it.").format(path=path))


def _is_file_agreed_to(run: Run, path: str) -> bool:
    """Ask whether a password may be kept in a file; what that means is said even with --quiet."""
    for line in (
        _("There is no keyring here. The password can be kept in a file instead: {path}").format(
            path=path
        ),
        _(
            "That file is for your user alone, but whoever can read your files, or a backup of "
            "them, can read it. Otherwise the password is asked for when the session has ended."
        ),
    ):
        say_on_standard_error(printable(line))
    return run.agrees(_("Keep the password in that file? [y/N] "))
