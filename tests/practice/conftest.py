"""A visitor of the practice portal that knows no more than a browser does."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from bs4 import BeautifulSoup

from massar_cli.practice.portal import PracticePortal
from massar_cli.practice.students import PracticeStudent

BASE = "http://127.0.0.1/moutamadris/"


@pytest.fixture
def visit() -> Iterator[Callable[[PracticePortal], httpx.Client]]:
    """Open a browser, with a cookie jar of its own, on a portal."""
    with ExitStack() as stack:

        def open_on(portal: PracticePortal) -> httpx.Client:
            transport = httpx.WSGITransport(app=portal)
            return stack.enter_context(httpx.Client(transport=transport, base_url=BASE))

        yield open_on


@pytest.fixture
def fill() -> Callable[..., dict[str, str]]:
    """List what a page's form sends: every hidden field, and what was typed."""

    def filled(page: httpx.Response, **typed: str) -> dict[str, str]:
        form = BeautifulSoup(page.text, "html.parser").find("form")
        assert form is not None
        hidden = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
        return hidden | typed

    return filled


@pytest.fixture
def sign_in(
    visit: Callable[[PracticePortal], httpx.Client], fill: Callable[..., dict[str, str]]
) -> Callable[[PracticePortal, PracticeStudent], httpx.Client]:
    """Open a browser in which a student has given the right password."""

    def signed_in(portal: PracticePortal, student: PracticeStudent) -> httpx.Client:
        browser = visit(portal)
        form = browser.get("Account")
        fields = fill(form, UserName=student.user_name, Password=student.password)
        assert browser.post("Account", data=fields).status_code == 302
        return browser

    return signed_in
