"""Commands about the account: login, logout, forget."""

import sys
from typing import Annotated

import typer

from massar_cli.cli.run import Run
from massar_cli.errors import CredentialsProblem, MassarError, UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import Settings, normal_code

_MOST_PASSWORD_CHARACTERS = 1024


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
    run: Run = ctx.obj
    settings = run.settings if run.is_demo else run.load_settings(may_be_new=True)
    settings = settings.with_code(normal_code(code) if code else _known_or_asked(run, settings))
    password = _password(run, settings, from_input=password_stdin)

    from massar_cli.services import check_access

    with run.open_session(settings, lambda: password) as session:
        session.sign_in()
        check_access(session)
        student = session.student
    name = (student and student.name) or settings.code
    run.say(_("Signed in: {name}").format(name=name))
    if not run.is_demo:
        _remember(run, settings, password)


def _known_or_asked(run: Run, settings: Settings) -> str:
    if settings.code:
        return settings.code
    if not run.can_ask:
        raise CredentialsProblem(
            _("There is no Massar code to sign in with."),
            hint=_("Give --code, or set MASSAR_CODE."),
        )
    return normal_code(run.ask(_("Massar code: ")))


def _password(run: Run, settings: Settings, *, from_input: bool) -> str:
    """Return the password to try. The keyring's is not: a person logs in to replace it."""
    from massar_cli.credentials import password_from_source

    if from_input:
        password = sys.stdin.readline(_MOST_PASSWORD_CHARACTERS).rstrip("\r\n")
        if not password:
            raise UsageProblem(_("Standard input holds no password."))
        return password
    password = password_from_source(settings.password_source) or ""
    if not password and run.can_ask:
        password = run.ask_password()
    if not password:
        raise CredentialsProblem(
            _("There is no password, and nobody to ask for it."),
            hint=_("Pipe it in with --password-stdin, or set MASSAR_PASSWORD_FILE."),
        )
    return password


def _remember(run: Run, settings: Settings, password: str) -> None:
    from massar_cli import accounts
    from massar_cli.credentials import remember_password

    try:
        accounts.remember(
            settings.folders.state,
            settings.account,
            {"code": settings.code or "", "url": settings.url},
        )
    except OSError as error:
        run.say(_("The account cannot be remembered: {reason}").format(reason=error.strerror))
    source = settings.password_source
    if source.command or source.file:
        return  # it can be had again from there
    if not remember_password(settings, password):
        run.say(
            _(
                "There is no keyring here: the session is kept until it ends, the password is not. "
                "For later runs set MASSAR_PASSWORD_FILE or MASSAR_PASSWORD_COMMAND."
            )
        )


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
        file.delete()
        run.say(_("There is no session to end."))
        return
    try:
        with run.open_session(settings) as session:
            session.sign_out()
    except MassarError as error:
        run.say(f"massar: {error.message}")
        run.say(_("The session is removed here; on the portal it ends by itself."))
    finally:
        file.delete()
    run.say(_("Signed out."))


def forget(ctx: typer.Context) -> None:
    """Remove every trace of the account: keyring entry, session, remembered code.

    Example: massar forget
    """
    from massar_cli import accounts
    from massar_cli.credentials import forget_password

    run: Run = ctx.obj
    settings = run.settings
    if run.is_demo:
        run.say(_("The practice portal leaves no trace."))
        return
    who = settings.code or settings.account
    run.say(
        _("This removes the password in the keyring, the session and the code of {who}.").format(
            who=who
        )
    )
    if run.can_ask and run.ask(_("Go on? [y/N] ")).lower() not in (
        "y",
        "yes",
        "o",
        "oui",
        "نعم",
        "ن",
    ):
        run.say(_("Nothing was removed."))
        return
    folder = settings.folders.state
    if settings.code:
        forget_password(settings)
        run.session_file(settings, settings.code).delete()
    accounts.forget(folder, settings.account)
    run.say(
        _("Removed. Your configuration file was not touched: {path}").format(
            path=settings.folders.configuration_file
        )
    )
