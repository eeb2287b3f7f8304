"""Safe to paste: whatever goes wrong, no secret, code, name or mark is in the list."""

import os
from pathlib import Path

import pytest

from massar_cli.checks.privacy import Veil
from massar_cli.errors import PageChanged, UsageProblem, without_words
from massar_cli.practice.students import DEMO
from tests.conftest import Done
from tests.doctor.lists import DOCTOR, SIGNING_IN, assert_safe_to_paste, failed_in, lines_of
from tests.failures.conftest import ACCOUNT, Faulty
from tests.session.hostile import (
    CARD,
    PASSWORD,
    SIGN_IN,
    YEARS,
    HostilePortal,
    Reply,
    Run,
    page,
    sign_in_page,
)

CARDS = Path(__file__).parents[2] / "fixtures" / "report_card"
STRANGER = "canary-of-a-name"


def texts(done: Done) -> str:
    return f"{done.out}\n{done.err}"


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_what_a_page_quotes_is_left_out(process: Run, json: tuple[str, ...]) -> None:
    card = (CARDS / "refused_row_without_subject_fr" / "page.html").read_bytes()
    years = page(f'<select id="SelectedAnnee"><option value="{STRANGER}"></option></select>')
    with HostilePortal({CARD: Reply(card), YEARS: years}) as portal:
        done = process("doctor", "--sign-in", *json, MASSAR_URL=portal.url, **ACCOUNT)
        shown = process("grades", "--year", "2025", MASSAR_URL=portal.url, **ACCOUNT)
    assert (done.code, shown.code) == (5, 5)
    mark = "11,25"
    assert mark in shown.err
    assert "a row is not recognised: ***" in done.out
    assert mark not in texts(done)
    assert STRANGER not in texts(done)
    assert_safe_to_paste(texts(done))


@pytest.mark.parametrize("reason", [STRANGER, f"compte bloqué {STRANGER}", f"تفعيل {STRANGER}"])
def test_the_portals_reason_for_a_refusal_is_left_out(process: Run, reason: str) -> None:
    with HostilePortal({SIGN_IN: page(sign_in_page(reason=reason))}) as portal:
        done = process(*SIGNING_IN, MASSAR_URL=portal.url, **ACCOUNT)
    assert list(failed_in(lines_of(done))) == ["sign-in"]
    assert STRANGER not in texts(done)


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ({"MASSAR_CODE": STRANGER}, ()),
        ({"MASSAR_URL": f"https://{STRANGER}:x@men.gov.ma/"}, ()),
        ({"MASSAR_URL": f"https://men.gov.ma/moutamadris?code={STRANGER}"}, ()),
        ({}, ("--account", STRANGER)),
        ({"MASSAR_HOME": f"~{STRANGER}/x"}, ()),
    ],
)
def test_settings_that_cannot_be_used_are_not_repeated(
    process: Run, home: Path, given: dict[str, str], arguments: tuple[str, ...]
) -> None:
    with (home / "config.toml").open("a") as file:
        file.write(f'[accounts.{STRANGER}-too]\ncode = "{DEMO.code}"\n')
    done = process(*arguments, *DOCTOR, **{"MASSAR_URL": "http://127.0.0.1:1", **given})
    lines = lines_of(done)
    assert (done.code, lines["settings"].status) == (2, "failed")
    assert lines["account"].status == "skipped"
    assert lines["clock"].status == lines["terminal"].status == "ok"
    assert STRANGER not in texts(done)
    assert_safe_to_paste(texts(done))


def test_the_portal_is_tried_though_another_setting_is_wrong(faulty: Faulty, process: Run) -> None:
    practice = faulty()
    done = process(*DOCTOR, MASSAR_URL=practice.url, MASSAR_CODE="hello")
    lines = lines_of(done)
    assert (done.code, failed_in(lines)) == (2, {"settings": 2})
    assert lines["connection"].status == lines["portal"].status == "ok"
    assert lines["sign-in"].status == "skipped"
    assert practice.asked() == ["GET /moutamadris/Account"]


def test_an_accounts_name_and_the_home_folder_are_left_out(
    process: Run, home: Path, tmp_path: Path
) -> None:
    with (home / "config.toml").open("a") as file:
        file.write(
            f'[accounts.salma]\ncode = "{DEMO.code}"\npassword_file = "salma.password"\n'
            f'[accounts.adam]\ncode = "{DEMO.code}"\n'
        )
    surroundings = {"HOME": str(tmp_path), "MASSAR_URL": "http://127.0.0.1:1"}
    done = process("--account", "salma", *DOCTOR, **surroundings)
    lines = lines_of(done)
    assert failed_in(lines) == {"password": 2, "connection": 4}
    assert lines["account"].message == "one that has a name (--account)"
    assert "~/home/***.password" in lines["password"].message
    assert lines["settings"].message == "~/home/config.toml: read"
    assert str(tmp_path) not in texts(done)
    for name in ("salma", "adam", DEMO.code):
        assert name not in texts(done).lower()
    none = process(*DOCTOR, **surroundings)
    assert lines_of(none)["code"].exit_code == 3
    for name in ("salma", "adam"):
        assert name not in texts(none)


def test_a_code_of_unusual_shape_is_not_shown(faulty: Faulty, process: Run) -> None:
    for options in ((), ("--json",)):
        done = process(
            "doctor",
            *options,
            MASSAR_URL=faulty().url,
            MASSAR_CODE="130000001",
            MASSAR_PASSWORD=PASSWORD,
        )
        assert done.code == 0
        assert "not one letter and nine digits" in done.out
        assert "130000001" not in texts(done)


def test_a_password_command_is_not_shown_and_not_run_without_leave(
    faulty: Faulty, process: Run, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    settings = {
        "MASSAR_URL": faulty().url,
        "MASSAR_CODE": DEMO.code,
        "MASSAR_PASSWORD_COMMAND": f"touch {trace}; echo {PASSWORD}",
    }
    done = process(*DOCTOR, **settings)
    assert lines_of(done)["password"].status == "ok"
    assert not trace.exists()
    allowed = process(*SIGNING_IN, **settings)
    assert allowed.code == 0
    assert trace.exists()
    assert_safe_to_paste(texts(done), texts(allowed))
    assert "touch" not in texts(done) + texts(allowed)


def test_bytes_that_are_no_text_do_not_end_the_list(process: Run, tmp_path: Path) -> None:
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    for options in ((), ("--json",)):
        done = process("doctor", *options, MASSAR_HOME=strange, MASSAR_URL="http://127.0.0.1:1")
        assert done.code == 3
        assert "Traceback" not in done.err
        assert "terminal" in done.out


def test_the_veil_takes_out_codes_hidden_words_and_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "somebody")
    veil = Veil()
    veil.hide("Lina", None, "")
    veil.hide_names("default", "ada", "massar")
    assert veil("X130000001 and (X130000001@taalim.ma)") == "*** and (***@taalim.ma)"
    assert veil("Lina, Linate, ada, default, massar") == "***, Linate, ***, default, massar"
    assert veil("such as X130000000.") == "such as X130000000."
    veil.hide("e")
    assert veil("see me") == "see me"
    assert veil(f"{tmp_path}/x {tmp_path}") == "~/x ~"
    assert veil("/media/somebody/x for somebody") == "/media/***/x for somebody"
    assert veil("2026-11-25 12:41 +0100, port 8080, 6.18.44") == (
        "2026-11-25 12:41 +0100, port 8080, 6.18.44"
    )
    assert veil("a\udcffb") == "a?b"


def test_an_error_can_be_told_without_its_private_words() -> None:
    error = UsageProblem("No ada in ada's.", hint="Choose: ada, adam", private=["ada", "adam"])
    assert error.message == "No ada in ada's."
    assert error.for_strangers == ("No *** in ***'s.", "Choose: ***, ***")
    long = PageChanged(f"row: {'secret' * 200}", private=["secret" * 200]).about("card")
    assert long.for_strangers[0] == "row: ***"
    assert long.message.startswith("card: row: secret")
    assert without_words("x(1)y", ["(1)"]) == "x***y"
