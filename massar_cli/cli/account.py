"""Commands about the account: login, logout, forget."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cli.run import Run
from massar_cli.codes import normal_code, student_code
from massar_cli.errors import CredentialsProblem, MassarError, UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import Settings

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.portal.cookies import SessionFile

_MOST_PASSWORD_BYTES = 4096
YES = ("y", "yes", "o", "oui", "نعم", "ن")


def login(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="The Massar code.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Check the code and password against the portal, then remember them.

    Example: massar login --code X130000000
    """
    from massar_cli.credentials import password_from_source
    from massar_cli.services.access import check_access

    run: Run = ctx.obj
    settings = run.settings if run.is_demo else run.load_settings(may_be_new=True)
    wanted = normal_code(code) if code else _known_or_asked(run, settings)
    # The file's password belongs to the file's code; for another it would only be refused.
    is_other = settings.code not in (None, wanted) and settings.origins.get("code") == (
        settings.origins.get("password")
    )
    settings = settings.with_code(wanted)
    source = None
    if not password_stdin and not is_other:
        source = password_from_source(settings.password_source)
    password = source or _typed_password(run, settings, from_input=password_stdin)

    with run.open_session(settings, lambda: password) as session:
        session.sign_in()
        check_access(session)
        student = session.student
    name = (student and student.name) or settings.code
    run.say(_("Signed in: {name}").format(name=name))
    if not run.is_demo:
        can_be_had_again = source is not None and settings.password_source.value is None
        _remember(run, settings, None if can_be_had_again else password)


def _known_or_asked(run: Run, settings: Settings) -> str:
    if settings.code:
        return settings.code
    if not run.can_ask:
        raise CredentialsProblem(
            _("There is no Massar code to sign in with."),
            hint=_("Give --code, or set MASSAR_CODE."),
        )
    return normal_code(run.ask(_("Massar code: ")))


def _typed_password(run: Run, settings: Settings, *, from_input: bool) -> str:
    """Return the password to try. The keyring's is not: a person logs in to replace it."""
    from massar_cli.credentials import usable_password

    if from_input:
        line = sys.stdin.buffer.readline(_MOST_PASSWORD_BYTES).rstrip(b"\r\n")
        return usable_password(line.decode(errors="surrogateescape"), _("Standard input"))
    if not run.can_ask:
        raise CredentialsProblem(
            _("There is no password, and nobody to ask for it."),
            hint=_("Pipe it in with --password-stdin, or set MASSAR_PASSWORD_FILE."),
        )
    return usable_password(run.ask_password(settings), _("The prompt"))


def _remember(run: Run, settings: Settings, password: str | None) -> None:
    """Keep the account, and the password unless it is None because it can be had again."""
    from massar_cli import accounts
    from massar_cli.credentials import remember_password

    account = {"code": settings.code or "", "url": settings.url}
    try:
        before = accounts.remember(settings.folders.state, settings.account, account)
    except OSError as error:
        before = None
        run.say(_("The account cannot be remembered: {reason}").format(reason=error.strerror))
    if before and before != account:
        url = before.get("url", settings.url)
        _remove_traces(run, replace(settings, code=before.get("code"), url=url))
    if password is not None and not remember_password(settings, password):
        run.say(
            _(
                "There is no keyring here: the session is kept until it ends, the password is not. "
                "For later runs set MASSAR_PASSWORD_FILE or MASSAR_PASSWORD_COMMAND."
            )
        )


def _remove_traces(run: Run, settings: Settings) -> None:
    from massar_cli.credentials import forget_password
    from massar_cli.portal.cookies import sessions_of

    if settings.code:
        forget_password(settings)
        _remove_session(run.session_file(settings, settings.code))
        protection = run.protection(settings, settings.code)
        try:
            protection.remove()
        except OSError as error:
            raise UsageProblem(
                _("{path} cannot be removed: {reason}").format(
                    path=protection.path, reason=error.strerror
                )
            ) from error
        for file in sessions_of(settings.folders.state, student_code(settings.code)):
            _remove_session(file)


def _remove_session(file: "SessionFile") -> None:
    try:
        file.remove_traces()
    except OSError as error:
        raise UsageProblem(
            _("{path} cannot be removed: {reason}").format(path=file.path, reason=error.strerror),
            hint=_("Remove it yourself: it is the key to the account until the session ends."),
        ) from error


def logout(ctx: typer.Context) -> None:
    """End the session on the portal and remove it here.

    Example: massar logout
    """
    run: Run = ctx.obj
    settings = run.settings
    if run.is_demo or settings.code is None:
        run.say(_("There is no session to end."))
        return
    file = run.session_file(settings, settings.code)
    if file.load() is None:
        _remove_session(file)
        run.say(_("There is no session to end."))
        return
    try:
        with run.open_session(settings) as session:
            session.sign_out()
    except MassarError as error:
        run.say(f"massar: {error.message}")
        run.say(_("The session is removed here; on the portal it ends by itself."))
    finally:
        _remove_session(file)
    run.say(_("Signed out."))


def forget(ctx: typer.Context) -> None:
    """Remove every trace of the account: keyring entry, session, remembered code.

    Example: massar forget
    """
    from massar_cli import accounts

    run: Run = ctx.obj
    settings = run.settings
    if run.is_demo:
        run.say(_("The practice portal leaves no trace."))
        return
    run.say(
        _("This removes the password in the keyring, the session and the code of {who}.").format(
            who=settings.code or settings.account
        )
    )
    if run.can_ask and run.ask(_("Go on? [y/N] ")).lower() not in YES:
        run.say(_("Nothing was removed."))
        return
    _remove_traces(run, settings)
    try:
        accounts.forget(settings.folders.state, settings.account)
    except OSError as error:
        raise UsageProblem(
            _("{path} cannot be removed: {reason}").format(
                path=settings.folders.state, reason=error.strerror
            )
        ) from error
    run.say(
        _("Removed. Your configuration file was not touched: {path}").format(
            path=settings.folders.configuration_file
        )
    )
