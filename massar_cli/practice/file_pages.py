"""Sends files, in good form or in one of the bad ones that servers are known for."""

from functools import cache
from urllib.parse import quote

from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response

from massar_cli.practice.life import contents
from massar_cli.practice.life.files import HUGE, StoredFile
from massar_cli.practice.life.school_life import life_of
from massar_cli.practice.pages import Pages
from massar_cli.practice.students import STUDENTS
from massar_cli.practice.visit import Handler, Visit, refuse, to_login

_LIE = 1000


class FilePages:
    """A student's files, and nobody else's."""

    def __init__(self, pages: Pages, login_form: Handler) -> None:
        self._pages = pages
        self._login_form = login_form

    def send(self, visit: Visit) -> Response:
        """Send the file whose opaque name is in the query or at the end of the path."""
        ref = visit.request.args.get("ref") or visit.route.rpartition("/")[2]
        if visit.student is None:
            return self._login_form(visit) if ref in _open_refs() else to_login(visit)
        if not visit.student.has_services:
            return refuse(visit)
        file = life_of(visit.student).file(ref)
        if file is None:
            return self._pages.error(visit, 404, "not-found")
        if file.behaviour == "error-page":
            response = self._pages.error(visit, 500, "server")
            response.status_code = 200
            return response
        response = _answer(visit, file)
        if file.naming != "none":
            response.headers["Content-Disposition"] = _disposition(file)
        return response


def _answer(visit: Visit, file: StoredFile) -> Response:
    if file.behaviour == "huge":
        response = Response(contents.blocks(HUGE), mimetype=file.kind)
        response.content_length = HUGE
        return response
    body = file.make()
    response = Response(body, mimetype=file.kind)
    if file.behaviour == "lying":
        response.content_length = len(body) + _LIE
    if file.behaviour == "ranges":
        response.set_etag(file.ref)
        response.headers["Last-Modified"] = f"{file.day:%a, %d %b %Y} 07:00:00 GMT"
        try:
            response.make_conditional(
                visit.request.environ, accept_ranges=True, complete_length=len(body)
            )
        except RequestedRangeNotSatisfiable:
            response = Response(status=416, mimetype="text/html")
            response.headers["Content-Range"] = f"bytes */{len(body)}"
    return response


def _disposition(file: StoredFile) -> str:
    """Name the file, as frameworks old and new do."""
    if file.naming == "extended":
        ending = file.name.rpartition(".")[2] if "." in file.name else "bin"
        plain = f"document.{ending}" if ending.isalnum() and ending.isascii() else "document"
        return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    # Bare UTF-8 in a header, which WSGI wants to have as latin-1.
    return f'attachment; filename="{file.name}"'.encode().decode("latin-1")


@cache
def _open_refs() -> frozenset[str]:
    """List the files whose address shows the sign-in form itself, where others redirect to it."""
    return frozenset(
        file.ref
        for student in STUDENTS
        for file in life_of(student).documents
        if file.behaviour == "sign-in-page"
    )
