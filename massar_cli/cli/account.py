"""Commands about the account: login, logout, forget."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massar_cli.cli.asking import until_typed
from massar_cli.cli.keeping import keep_password
from massar_cli.cli.run import Run
from massar_cli.codes import normal_code, student_code
from massar_cli.errors import CredentialsProblem, MassarError, UsageProblem
from massar_cli.language import translate as _
from massar_cli.settings import REMEMBERED, Settings
from massar_cli.system_errors import reason_of

if TYPE_CHECKING:  # loads the session, which most commands do without
    from massar_cli.portal.cookies import SessionFile

_MOST_PASSWORD_BYTES = 4096


def login(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="The Massar code.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    keep_in_file: Annotated[
        bool,
        typer.Option(
            "--keep-in-file", help="Keep the password in a private file, not in the keyring."
        ),
    ] = False,
) -> None:
    """Check the code and password against the portal, then remember them.

    Example: massar login --code X130000000
    """
    from massar_cli.credentials import password_from_source
    from massar_cli.services.access import check_access

    run: Run = ctx.obj
    settings = run.settings if run.is_demo else run.accounts.load(may_be_new=True)
    wanted = (
        normal_code(code)
        if code
        else _known_or_asked(run, settings, may_be_another=not password_stdin)
    )
    # The file's password belongs to the file's code; for another it would only be refused.
    is_other = settings.code not in (None, wanted) and settings.origins.get("code") == (
        settings.origins.get("password")
    )
    settings = settings.with_code(wanted)
    source = None
    if not password_stdin and not is_other:
        source = password_from_source(settings.password_source)
    password = source or _typed_password(run, settings, from_input=password_stdin)

    with run.open_session(settings, lambda: password) as session, session.section():
        session.sign_in()
        check_access(session)
        student = session.student
    name = (student and student.name) or settings.code
    run.say(_("Signed in: {name}").format(name=name))
    if not run.is_demo:
        is_remembered = _remember(run, settings)
        can_be_had_again = source is not None and settings.password_source.value is None
        if keep_in_file or not can_be_had_again:
            keep_password(
                run, settings, password, in_file=keep_in_file, is_remembered=is_remembered
            )


def _known_or_asked(run: Run, settings: Settings, *, may_be_another: bool) -> str:
    """Return the code of the settings, or one that is asked for.

    One that is only remembered, and has no password that belongs to it, `may_be_another`: a person
    is asked.
    """
    known = settings.code
    is_from_memory = settings.origins.get("code") == REMEMBERED and not settings.password_source
    if known and not (is_from_memory and may_be_another and run.can_ask):
        return known
    if known:
        run.say(
            _(
                "Another code takes the place of this one; to keep both, give the other a name: "
                "massar --account NAME login"
            )
        )
        return normal_code(run.ask(_("Massar code [{code}]: ").format(code=known)) or known)
    if not run.can_ask:
        raise CredentialsProblem(
            _("There is no Massar code to sign in with."),
            hint=_("Give --code, or set MASSAR_CODE."),
        )
    return normal_code(
        until_typed(lambda: run.ask(_("Massar code: ")), _("No Massar code was typed."))
    )


def _typed_password(run: Run, settings: Settings, *, from_input: bool) -> str:
    """Return the password to try. The keyring's is not: a person logs in to replace it."""
    from massar_cli.credentials import usable_password

    if from_input:
        line = sys.stdin.buffer.readline(_MOST_PASSWORD_BYTES + len(b"\r\n")).rstrip(b"\r\n")
        if len(line) > _MOST_PASSWORD_BYTES:  # a part of it would only be refused by the portal
            line = b""
        return usable_password(line.decode(errors="surrogateescape"), _("Standard input"))
    if not run.can_ask:
        raise CredentialsProblem(
            _("There is no password, and nobody to ask for it."),
            hint=_("Pipe it in with --password-stdin, or set MASSAR_PASSWORD_FILE."),
        )
    return usable_password(run.ask_password(settings), _("The prompt"))


def _remember(run: Run, settings: Settings) -> bool:
    """Remember the account, and leave nothing of another that had its name.

    Returns whether it could be remembered, which is told otherwise.
    """
    from massar_cli import accounts

    account = {"code": settings.code or "", "url": settings.url}
    try:
        before = accounts.remember(settings.folders.state, settings.account, account)
    except OSError as error:
        reason = reason_of(error)
        run.say(_("The account cannot be remembered: {reason}").format(reason=reason))
        return False
    if before and before != account:
        url = before.get("url", settings.url)
        _remove_traces(run, replace(settings, code=before.get("code"), url=url), now=settings)
    return True


def _remove_traces(run: Run, settings: Settings, *, now: Settings | None = None) -> None:
    """Remove what is kept of an account, except what belongs to the one in use `now` as well."""
    from massar_cli.credentials import forget_password
    from massar_cli.portal.cookies import sessions_of

    if not settings.code:
        return
    spared = set()
    if now and now.code:
        spared = {run.session_file(now, now.code).path, run.protection(now, now.code).path}
    forget_password(settings)
    _remove_kept_password(settings, settings.code)
    kept = sessions_of(settings.folders.state, student_code(settings.code))
    for file in (run.session_file(settings, settings.code), *kept):
        if file.path not in spared:
            _remove_session(file)
    protection = run.protection(settings, settings.code)
    if protection.path not in spared:
        with _telling_what_stays(protection.path):
            protection.remove()


@contextmanager
def _telling_what_stays(path: Path, hint: str | None = None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageProblem(
            _("{path} cannot be removed: {reason}").format(path=path, reason=reason_of(error)),
            hint=hint,
        ) from error


def _remove_kept_password(settings: Settings, code: str) -> None:
    from massar_cli import kept_password

    path = kept_password.password_path(settings.folders.state, settings.url, code)
    with _telling_what_stays(path, _("Remove it yourself: it holds the password.")):
        kept_password.remove(path)


def _remove_session(file: "SessionFile") -> None:
    hint = _("Remove it yourself: it is the key to the account until the session ends.")
    with _telling_what_stays(file.path, hint):
        file.remove_traces()


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


def forget(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="The Massar code, where none or another is remembered."),
    ] = None,
) -> None:
    """Remove every trace of the account: kept password, session, remembered code.

    A person at a terminal is asked first; a script is not, nor with --no-input.

    Example: massar forget
    """
    from massar_cli import accounts

    run: Run = ctx.obj
    settings = run.settings
    if run.is_demo:
        run.say(_("The practice portal leaves no trace."))
        return
    is_other = code is not None and normal_code(code) != settings.code
    if code is not None:
        settings = settings.with_code(normal_code(code))
    # The environment may name another code or address than the last sign-in had.
    kept = accounts.load_remembered(settings.folders.state).get(settings.account, {})
    last = replace(settings, code=kept.get("code"), url=kept.get("url", settings.url))
    if not ((kept and not is_other) or _is_anything_kept(run, settings)):
        _remove_all(run, settings, None if is_other else last)  # what is left of locks
        run.say(_("Nothing is kept here."))
        if settings.code is None:
            run.say(_("No Massar code is known here. If you used one: massar forget --code CODE"))
        return
    run.say(
        _(
            "This removes the kept password (keyring or file), the session and the code of {who}."
        ).format(who=settings.code or settings.account)
    )
    if run.can_ask and not run.agrees(_("Go on? [y/N] ")):
        run.say(_("Nothing was removed."))
        return
    _remove_all(run, settings, None if is_other else last)
    run.say(_("Removed."))
    file = settings.folders.configuration_file
    if file.exists():
        run.say(_("Your configuration file was not touched: {path}").format(path=file))


def _is_anything_kept(run: Run, settings: Settings) -> bool:
    """Whether a password, a session or a count of sign-ins is kept for the settings' code."""
    from massar_cli import kept_password
    from massar_cli.credentials import look_in_keyring
    from massar_cli.portal.cookies import sessions_of

    code, state = settings.code, settings.folders.state
    if code is None:
        return False
    paths = (
        run.session_file(settings, code).path,
        run.protection(settings, code).path,
        kept_password.password_path(state, settings.url, code),
    )
    return (
        any(map(kept_password.is_kept, paths))
        or bool(sessions_of(state, student_code(code)))
        or look_in_keyring(settings).password is not None
    )


def _remove_all(run: Run, settings: Settings, last: Settings | None) -> None:
    """Remove the traces of the settings' code, and of the `last` sign-in with its name."""
    from massar_cli import accounts

    _remove_traces(run, settings)
    if last is None:
        return
    if last != settings:
        _remove_traces(run, last)
    with _telling_what_stays(settings.folders.state):
        accounts.forget(settings.folders.state, settings.account)
