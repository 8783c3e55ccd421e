"""`wise enrol`: what is wrong is said before anybody types, what is typed is not shown, and it is all or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.console.commands import VARIABLES, says, wise

PASSPHRASE = "kursi hijau laut tenang sekali"
AT_PEKANBARU = ("--office", "KPKNL Pekanbaru", "--unit", "compliance")


def _asked(login: str, *place: str, office: str = "KPKNL Pekanbaru", data: Path) -> tuple[str, ...]:
    place = place or ("--unit", "compliance", "--role", "verifier")
    return ("enrol", "--login", login, "--name", login.title(), "--office", office, *place, "--data", str(data))


def _shares(demo: Path) -> list[str]:
    shares: list[str] = json.loads((demo / "demo-board-shares.json").read_text())
    return shares


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("office", "unit", "role", "sentence"),
    [
        ("KPKNL Atlantis", "compliance", "verifier", "no unit of this kind"),
        ("KPKNL Pekanbaru", "cellar", "verifier", "no kind of unit; the kinds are compliance,"),
        ("KPKNL Pekanbaru", "compliance", "wizard", "no role; the roles are front_desk,"),
        ("KPKNL Pekanbaru", "leadership", "custodian", "it has head,"),
        ("KPKNL Jambi", "compliance", "verifier", "wise enrol --board"),
    ],
)
def test_what_cannot_be_is_said_before_anybody_types_a_passphrase(
    demo: Path, office: str, unit: str, role: str, sentence: str
) -> None:
    outcome = wise(*_asked("gita", "--unit", unit, "--role", role, office=office, data=demo))

    assert sentence in says(outcome)
    assert outcome.stdout == ""


def test_where_there_are_members_the_board_is_not_asked(demo: Path) -> None:
    assert "one of them must confirm" in says(wise(*_asked("budi", data=demo), "--board"))


def test_a_login_that_nobody_has_needs_a_name(demo: Path) -> None:
    asked = ("enrol", "--login", "nobody", *AT_PEKANBARU, "--role", "verifier", "--data", str(demo))

    assert "add --name" in says(wise(*asked))


def test_budi_is_entered_and_proposed(demo: Path) -> None:
    numbered = ("--service-number", "00000000 000000 0 099")
    outcome = wise(*_asked("budi", data=demo), *numbered, typed=_lines(PASSPHRASE, PASSPHRASE))

    assert outcome.returncode == 0, outcome.stderr
    assert "A member of Seksi Kepatuhan Internal KPKNL Pekanbaru confirms it" in outcome.stdout
    assert "Recovery code" in outcome.stdout
    assert outcome.stderr == ""
    assert "already proposed" in says(wise(*_asked("budi", data=demo)))


def test_a_service_number_that_is_too_long_is_refused_also_for_who_is_there_already(demo: Path) -> None:
    asked = ("enrol", "--login", "surya", *AT_PEKANBARU, "--role", "verifier", "--data", str(demo))

    assert "at most 30" in says(wise(*asked, "--service-number", "0" * 31))
    outcome = wise(*asked, "--service-number", "00000000 000000 0 098")
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((), "The input ended"),
        ((PASSPHRASE,), "The input ended"),
        ((PASSPHRASE, "another one, quite long"), "differ; nothing was stored"),
        (("short", "short"), "at least"),
    ],
)
def test_half_an_answer_stores_nothing(demo: Path, typed: tuple[str, ...], sentence: str) -> None:
    assert sentence in says(wise(*_asked("citra", data=demo), typed=_lines(*typed)))
    asked = ("enrol", "--login", "citra", *AT_PEKANBARU, "--role", "verifier", "--data", str(demo))
    assert "No officer signs in" in says(wise(*asked))


def test_an_input_that_the_shell_has_closed_is_no_traceback(demo: Path) -> None:
    command = [sys.executable, "-m", "wise.console", *_asked("citra", data=demo)]
    closed = ["sh", "-c", 'exec "$@" <&-', "sh", *command]

    outcome = subprocess.run(closed, capture_output=True, text=True, check=False, env=VARIABLES)

    assert "The input ended" in says(outcome)


def test_a_script_may_hand_over_the_shares_line_by_line(demo: Path) -> None:
    asked = (*_asked("dodi", office="KPKNL Batam", data=demo), "--board")
    one, two, _ = _shares(demo)

    mistyped = wise(*asked, typed=_lines(PASSPHRASE, PASSPHRASE, one, two.rpartition(" ")[0]))
    assert "not a share" in says(mistyped)
    assert "the first share once more" in says(wise(*asked, typed=_lines(PASSPHRASE, PASSPHRASE, one, one)))
    outcome = wise(*asked, typed=_lines(PASSPHRASE, PASSPHRASE, one, two))

    assert outcome.returncode == 0, outcome.stderr
    assert "“verifier” at Seksi Kepatuhan Internal KPKNL Batam" in outcome.stdout
    assert "has members" in says(wise(*asked))


def test_at_a_terminal_nothing_typed_is_shown_and_a_slip_is_asked_for_again(demo: Path) -> None:
    asked = (*_asked("ella", office="KPKNL Dumai", data=demo), "--board")
    one, _, three = _shares(demo)
    here, there = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "wise.console", *asked],
        stdin=there,
        stdout=there,
        stderr=there,
        env=VARIABLES,
        start_new_session=True,
    ) as process:
        os.close(there)
        shown = ""
        for question, answer in [
            ("Passphrase: ", PASSPHRASE),
            ("Once more: ", PASSPHRASE),
            ("First share: ", one.replace(" ", "  ").upper()),
            ("Second share: ", three[:-3]),
            ("Second share: ", three),
            ("Recovery code", ""),
        ]:
            shown += (said := _until(here, question))
            if question.startswith("Second") and answer == three:
                assert "Please type it again" in said
            os.write(here, f"{answer}\n".encode())
        assert process.wait(20) == 0
    os.close(here)

    typed = " ".join(shown.lower().split())
    for secret in (PASSPHRASE, *(" ".join(share.split()[4:8]) for share in (one, three))):
        assert secret not in typed


def _until(terminal: int, text: str) -> str:
    said = ""
    while text not in said:
        said += os.read(terminal, 1024).decode()
    return said
