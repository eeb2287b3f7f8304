"""Which address is answered by what, and which requests ask for a change."""

from werkzeug.wrappers import Response

from massar_cli.practice.account import CHANGE_PASSWORD, AccountPages
from massar_cli.practice.addresses import FILES, KNOWN_WRITES, POSTED_CHOICES, SERVICES, WRITES
from massar_cli.practice.editions import MOUNT, Edition
from massar_cli.practice.file_pages import FilePages
from massar_cli.practice.pupil import PupilPages
from massar_cli.practice.services import ServicePages, offered
from massar_cli.practice.visit import Handler, Visit, redirect, to_login

Methods = dict[str, Handler]


class Routes:
    """The addresses of one edition; ASP.NET does not tell capital letters from small ones."""

    def __init__(
        self,
        edition: Edition,
        account: AccountPages,
        pupil: PupilPages,
        services: ServicePages,
        files: FilePages,
    ) -> None:
        routes = _known(edition, account, pupil) | _invented(edition, pupil, services, files)
        self._methods = {f"{MOUNT}{path}".lower(): methods for path, methods in routes.items()}
        self._files = f"{MOUNT}{FILES[edition.name]}".lower()
        self._names_file_in_path = edition.core
        self._writes = {
            (method, f"{MOUNT}{path}".lower())
            for method, path in (*KNOWN_WRITES, *WRITES[edition.name])
        }

    def methods(self, visit: Visit) -> Methods | None:
        """Find what answers at the address of a visit, by the method."""
        is_file = self._names_file_in_path and visit.route.startswith(f"{self._files}/")
        return self._methods.get(self._files if is_file else visit.route)

    def asks_for_change(self, visit: Visit) -> bool:
        """Whether a visit would change something, by a form or by a plain link."""
        return (method_of(visit), visit.route) in self._writes


def method_of(visit: Visit) -> str:
    """Name the method by which an answer is chosen."""
    return "GET" if visit.request.method == "HEAD" else visit.request.method


def _known(edition: Edition, account: AccountPages, pupil: PupilPages) -> dict[str, Methods]:
    """List what programs have asked of the real portal."""
    notes = _signed_in(pupil.report_card)
    ignore = _signed_in(pupil.ignore_update)
    sign_in: Methods = {"GET": account.login_form, "POST": account.login}
    routes: dict[str, Methods] = {
        "": {"GET": account.front_door},
        "/Account": sign_in,
        "/Account/VerifyCode": {"GET": account.code_form, "POST": account.verify_code},
        "/Account/ChangePassword": {
            "GET": account.password_form,
            "POST": account.change_password,
        },
        "/Account/LogOff": {"GET": account.log_off},
        "/General/SetCulture": {"GET": account.set_culture, "POST": account.set_culture},
        "/General/Home": {"GET": _signed_in(pupil.choose_child)},
        "/Dashboard": {"GET": _signed_in(pupil.landing)},
        "/TuteurEleves/GetNotesEleve": {"GET": _signed_in(pupil.marks_page)},
        "/TuteurEleves/GetBulletins": {"GET": notes, "POST": notes},
        "/TuteurEleves/GetScolariteEleve": {"GET": _signed_in(pupil.school_path)},
        "/TuteurEleves/GetInfoEleve": {"GET": _signed_in(pupil.profile)},
        "/TuteurEleves/UpdateEmailPerso": {"POST": ignore},
        "/TuteurEleves/ResetMFA": {"POST": ignore},
        "/DefaultCaptcha/Generate": {"GET": account.captcha_image},
    }
    if edition.core:
        routes["/Account/Login"] = sign_in
    return routes


def _invented(
    edition: Edition, pupil: PupilPages, services: ServicePages, files: FilePages
) -> dict[str, Methods]:
    """List what nobody has documented."""
    routes: dict[str, Methods] = {FILES[edition.name]: {"GET": files.send}}
    for page, path in SERVICES[edition.name].items():
        answer = _signed_in(offered(services.handlers[page]))
        routes[path] = {"GET": answer}
        if (edition.name, page) in POSTED_CHOICES:
            routes[path]["POST"] = answer
    for method, path in WRITES[edition.name]:
        routes[path] = {method: _signed_in(offered(pupil.ignore_update))}
    return routes


def _signed_in(handler: Handler) -> Handler:
    def guarded(visit: Visit) -> Response:
        if visit.account is None:
            return to_login(visit)
        if visit.account.owes_password:
            return redirect(CHANGE_PASSWORD)
        return handler(visit)

    return guarded
