"""What people read in the place of a step's name."""

from massar_cli.language import mark, translate

_TITLES = {
    "version": mark("version"),
    "settings": mark("settings"),
    "account": mark("account"),
    "url": mark("address"),
    "code": mark("Massar code"),
    "language": mark("language"),
    "timeout": mark("time limit"),
    "state": mark("state folder"),
    "password": mark("password"),
    "keyring": mark("keyring"),
    "clock": mark("clock"),
    "proxy": mark("proxy"),
    "name": mark("name look-up"),
    "connection": mark("connection"),
    "tls": mark("encryption (TLS)"),
    "outages": mark("failed runs"),
    "refused-password": mark("refused password"),
    "sign-ins": mark("sign-ins"),
    "portal": mark("portal"),
    "portal-clock": mark("portal's clock"),
    "sign-in": mark("signing in"),
    "page-years": mark("page: years"),
    "children": mark("children"),
    "child": mark("chosen child"),
    "page-report-card": mark("page: report card"),
    "page-school-path": mark("page: school path"),
    "page-absences": mark("page: absences"),
    "page-homework": mark("page: homework"),
    "page-timetable": mark("page: timetable"),
    "page-exams": mark("page: planned tests"),
    "page-messages": mark("page: messages"),
    "page-documents": mark("page: documents"),
    "page-orientation": mark("page: orientation"),
    "page-profile": mark("page: profile"),
    "session": mark("kept session"),
    "terminal": mark("terminal"),
    "variables": mark("variables"),
    "home": mark("home folder"),
    "command": mark("command"),
    "run": mark("run under cron"),
}


def title_of(name: str) -> str:
    """Return a step's name for people; a setting's own name stands for itself."""
    return translate(_TITLES[name]) if name in _TITLES else name


def all_titles() -> list[str]:
    """Return every name for people, in their language."""
    return [translate(title) for title in _TITLES.values()]
