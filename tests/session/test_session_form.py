"""The sign-in form is the portal's own word: sent whole, and to the portal alone."""

from collections.abc import Callable

import pytest

from tests.session.hostile import (
    FORM,
    MOUNT,
    ONE_CARD,
    SIGN_IN,
    Asked,
    HostilePortal,
    Reply,
    Run,
    failed,
    page,
    redirect,
    sign_in_page,
)

Hostile = Callable[..., HostilePortal]

OWN = "/moutamadris/Account"
ELSEWHERE = (
    (f"https://evil.example{OWN}", (4,)),
    ("https://evil.example/", (4, 5)),
    (f"//evil.example{OWN}", (4,)),
    (f"http://massarservice.men.gov.ma{OWN}", (4,)),
    (f"https://massarservice.men.gov.ma{OWN}", (4,)),
    (f"https://127.0.0.1.evil.example{OWN}", (4,)),
    (f"http://127.0.0.1{OWN}", (4,)),
    (f"http://someone:else@127.0.0.1:PORT{OWN}", (4,)),
    (f"http://127.0.0.1:PORT@evil.example{OWN}", (4,)),
    (f"http://evil.example\\@127.0.0.1:PORT{OWN}", (4, 5)),
    (f"http://[bad{OWN}", (4, 5)),
    (f"http://127.0.0.1:99999{OWN}", (4, 5)),
    (f"ftp://127.0.0.1:PORT{OWN}", (4, 5)),
    ("javascript:alert(1)", (4, 5)),
    ("mailto:someone@evil.example", (4, 5)),
    ("/", (5,)),
    ("/waliye/Account", (5,)),
    ("/moutamadrisX/Account", (5,)),
    ("/moutamadris/../waliye/Account", (5,)),
    ("/moutamadris/TuteurEleves/UpdateEmailPerso", (5,)),
    ("/MOUTAMADRIS/TUTEURELEVES/UpdateEmailPerso", (5,)),
    ("TuteurEleves/UpdateEmailPerso", (5,)),
    ("/moutamadris/Account/../TuteurEleves/UpdateEmailPerso", (5,)),
    ("/moutamadris/./TuteurEleves/ResetMFA", (5,)),
    ("/moutamadris//TuteurEleves/UpdateEmailPerso", (5,)),
    ("/moutamadris/%54uteurEleves/UpdateEmailPerso", (5,)),
    ("/moutamadris/Account/..%2fTuteurEleves/UpdateEmailPerso", (5,)),
    ("/moutamadris/Account/%2e%2e/TuteurEleves/UpdateEmailPerso", (5,)),
    ("\\moutamadris\\TuteurEleves\\UpdateEmailPerso", (5,)),
)


@pytest.mark.parametrize(("action", "codes"), ELSEWHERE, ids=[action for action, _ in ELSEWHERE])
def test_a_form_that_points_elsewhere_gets_no_password(
    hostile: Hostile, run: Run, action: str, codes: tuple[int, ...]
) -> None:
    portal = hostile()
    port = portal.url.split(":")[2].partition("/")[0]
    portal.rules = {FORM: page(sign_in_page(action=action.replace("PORT", port)))}
    done = run(*ONE_CARD, **portal.settings())
    failed(done, done.code if done.code in codes else codes[0])
    assert portal.asked == [FORM]
    assert portal.posts == 0


def test_a_form_that_points_to_another_port_of_this_machine_gets_no_password(
    hostile: Hostile, run: Run
) -> None:
    other = hostile()
    portal = hostile({FORM: page(sign_in_page(action=f"{other.url}/Account"))})
    failed(run(*ONE_CARD, **portal.settings()), 4)
    assert (portal.posts, other.asked) == (0, [])


@pytest.mark.parametrize("place", [FORM, SIGN_IN])
def test_a_redirect_to_another_port_of_this_machine_is_not_followed(
    hostile: Hostile, run: Run, place: str
) -> None:
    other = hostile()
    portal = hostile({place: redirect(f"{other.url}/Account")})
    failed(run(*ONE_CARD, **portal.settings()), 4)
    assert other.asked == []


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_that_keeps_the_method_does_not_carry_the_password_on(
    hostile: Hostile, run: Run, status: int
) -> None:
    portal = hostile({SIGN_IN: [redirect(f"{MOUNT}/General/Home", status), None]})
    done = run(*ONE_CARD, **portal.settings())
    assert done.out == ""
    assert done.code in (3, 4, 5)
    assert portal.posts == 1


def test_a_base_tag_moves_the_form_nowhere(hostile: Hostile, run: Run) -> None:
    head = '<base href="https://evil.example/moutamadris/" />'

    def moved(asked: Asked) -> Reply:
        real = asked.real()
        return real._replace(body=real.body.replace(b"<head>", f"<head>{head}".encode()))

    portal = hostile({FORM: moved})
    assert run(*ONE_CARD, **portal.settings()).code in (0, 4)
    assert portal.posts <= 1


@pytest.mark.parametrize("edition", ["2018", "2025"])
@pytest.mark.parametrize("action", [None, 'action=""', 'action="?"', 'action="Account"'])
def test_a_form_that_names_its_own_address_in_another_way_is_sent_there(
    hostile: Hostile, run: Run, edition: str, action: str | None
) -> None:
    def renamed(asked: Asked) -> Reply:
        real = asked.real()
        before, _, after = real.body.partition(b'<form action="')
        rest = after.partition(b'"')[2]
        return real._replace(body=before + b"<form " + (action or "").encode() + rest)

    portal = hostile({FORM: renamed}, edition=edition)
    assert run(*ONE_CARD, **portal.settings()).code == 0
    assert portal.posts == 1


EXTRA = """
<input type="hidden" name="Unknown" value="x&amp;y=é الدورة" />
<input TYPE="HIDDEN" name="Capitals" value="1" />
<input type="hidden" name="Empty" value="" />
<input type="hidden" name="Bare" />
<input type="checkbox" name="RememberMe" value="true" /><input type="hidden" name="RememberMe"
 value="false" />
<input type="hidden" value="nameless" />
<input type="submit" name="Button" value="Go" />
"""


def test_every_hidden_field_of_the_form_is_sent_and_nothing_that_was_not_typed(
    hostile: Hostile, run: Run
) -> None:
    def with_more(asked: Asked) -> Reply:
        real = asked.real()
        other = b'<form action="/x"><input type="hidden" name="Other" value="1" /></form>'
        body = real.body.replace(b"<form ", other + b"<form ", 1)
        return real._replace(body=body.replace(b"</form>\n<p", EXTRA.encode() + b"</form>\n<p", 1))

    portal = hostile({FORM: with_more})
    assert run(*ONE_CARD, **portal.settings()).code == 0
    (sent,) = portal.passwords_sent
    fields = sent.fields
    assert len(fields.pop("__RequestVerificationToken")) > 10
    assert fields == {
        "Unknown": "x&y=é الدورة",
        "Capitals": "1",
        "Empty": "",
        "Bare": "",
        "RememberMe": "false",
        "UserName": "X130000001@taalim.ma",
        "Password": portal.settings()["MASSAR_PASSWORD"],
    }
