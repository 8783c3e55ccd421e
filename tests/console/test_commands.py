"""The commands as an operator meets them: one sentence when something is wrong, no traceback, the right exit code."""

import json
import os
import shutil
import signal
import socket
import stat
import time
from pathlib import Path

import pytest

from tests.console.commands import accounts_of, free_port, line_with, running, says, status, wise
from wise.console import __main__ as console
from wise.keys.demo import offices as shipped_offices


def test_tono_reads_what_commands_there_are() -> None:
    outcome = wise("--help")

    assert outcome.returncode == 0
    for command in console.COMMANDS:
        assert f"    {command} " in outcome.stdout
        assert wise(command, "--help").returncode == 0


@pytest.mark.parametrize("arguments", [(), ("dance",), ("up", "--port", "99999"), ("up", "--port", "x")])
def test_what_makes_no_sense_is_answered_with_how_to_ask(arguments: tuple[str, ...]) -> None:
    outcome = wise(*arguments)

    assert outcome.returncode == 2
    assert "usage: wise" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_new_house_belongs_to_its_owner_alone(house: Path) -> None:
    assert stat.S_IMODE(house.stat().st_mode) == 0o700
    for path in house.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_init_may_be_repeated(house: Path) -> None:
    secret = (house / "secret").read_bytes()

    outcome = wise("init", "--data", str(house))

    assert outcome.returncode == 0
    assert "paper" not in outcome.stdout
    assert (house / "secret").read_bytes() == secret


def test_check_names_each_finding_with_its_number_and_what_to_do(house: Path) -> None:
    outcome = wise("check", "--data", str(house))

    assert outcome.returncode == 0, outcome.stdout
    assert "WARNING wise.W001" in outcome.stdout
    assert "WISE_SECRET_FILE" in outcome.stdout
    assert wise("check", "--strict", "--data", str(house)).returncode == 1
    quiet = wise("check", "--strict", "--data", str(house), WISE_DEMO="1")
    assert (quiet.returncode, quiet.stdout) == (0, "All is well.\n")


def test_check_counts_the_units_that_have_nobody_to_open_what_they_receive(
    house: Path, demo: Path, tmp_path: Path
) -> None:
    noted = wise("check", "--strict", "--data", str(demo), WISE_DEMO="1")
    assert "NOTE wise.W009: 8" in noted.stdout
    assert "; …) without a member" in noted.stdout
    assert noted.returncode == 0, noted.stdout
    assert "WARNING wise.W009" in wise("check", "--data", str(demo)).stdout

    founded = shutil.copytree(house, tmp_path / "house")
    offices = tmp_path / "offices.json"
    offices.write_text(json.dumps([row for row in shipped_offices() if row["kind"] == "itjen"]))
    wise("offices", "load", str(offices), "--data", str(founded))
    outcome = wise("check", "--data", str(founded), WISE_DEMO="1")

    assert "ERROR wise.E006" in outcome.stdout
    assert "what 1 unit (Inspektorat Bidang Investigasi) would receive" in outcome.stdout
    assert outcome.returncode == 1


def test_a_house_without_secret_is_not_opened(tmp_path: Path) -> None:
    assert "is missing" in says(wise("check", "--data", str(tmp_path)))
    assert "is missing" in says(wise("serve", "--port", str(free_port()), "--data", str(tmp_path)))


def test_a_lost_secret_is_not_replaced_by_another(house: Path, tmp_path: Path) -> None:
    shutil.copy(house / "wise.sqlite3", tmp_path)

    assert "restore it from the paper copy" in says(wise("up", "--port", str(free_port()), "--data", str(tmp_path)))
    assert not (tmp_path / "secret").exists()


def test_a_wrong_secret_is_named(house: Path, tmp_path: Path) -> None:
    shutil.copy(house / "wise.sqlite3", tmp_path)
    other = tmp_path / "secret"
    other.touch(mode=0o600)
    other.write_text("ab" * 32)

    said = says(wise("up", "--port", str(free_port()), "--data", str(tmp_path)))

    assert "does not open the database" in said


def test_a_secret_that_others_can_read_is_refused(house: Path, tmp_path: Path) -> None:
    shutil.copytree(house, tmp_path / "house")
    (tmp_path / "house" / "secret").chmod(0o644)

    assert "chmod 600" in says(wise("check", "--data", str(tmp_path / "house")))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = says(wise("init", "--data", str(tmp_path / "file" / "house")))

    assert "cannot be written" in said
    assert "--data" in said


def test_a_port_in_use_is_named(house: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        assert "--port" in says(wise("up", "--data", str(house), "--port", port))
        assert "--port" in says(wise("serve", "--data", str(house), "--port", port))


def test_an_unknown_address_to_listen_on_is_named(house: Path) -> None:
    assert "--host" in says(wise("serve", "--data", str(house), "--host", "203.0.113.7"))


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    url = "postgres://wise@127.0.0.1:1/wise?connect_timeout=2"

    assert "WISE_DATABASE_URL" in says(wise("init", "--data", str(tmp_path), WISE_DATABASE_URL=url))
    assert "must look like" in says(wise("init", "--data", str(tmp_path), WISE_DATABASE_URL="mysql:"))


def test_serve_wants_an_up_to_date_database(tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    (tmp_path / "secret").write_text("ab" * 32)

    assert "wise init" in says(wise("serve", "--data", str(tmp_path), "--port", str(free_port())))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_later_start_answers_and_a_signal_ends_it_cleanly(house: Path, how: signal.Signals) -> None:
    # How long both take stands in the benchmark.
    with running("serve", house) as (process, port):
        line_with(process, "WiSe answers at")
        assert status(port) == 200
        process.send_signal(how)
        assert process.wait(20) == 0
    assert status(port) == 0


def test_p03_the_secret_is_in_no_environment_and_no_argument(house: Path) -> None:
    secret = (house / "secret").read_bytes().strip()
    with running("serve", house) as (process, _):
        line_with(process, "WiSe answers at")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) >= 2
        for number in [str(process.pid), *children]:
            for name in ("environ", "cmdline"):
                assert secret not in Path(f"/proc/{number}/{name}").read_bytes()


def test_p40_a_worker_that_dies_is_replaced(house: Path) -> None:
    with running("serve", house) as (process, port):
        line_with(process, "WiSe answers at")
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            command = Path(f"/proc/{child}/cmdline").read_bytes()
            if b"resource_tracker" not in command:
                os.kill(int(child), signal.SIGKILL)
                break
        deadline = time.monotonic() + 20
        while status(port) != 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_the_first_start_makes_the_demo_institution_and_the_next_leaves_it_alone(demo: Path) -> None:
    accounts = accounts_of(demo)
    assert {"role", "office", "unit", "login", "password", "unlock"} <= set(accounts["wulan"])
    assert stat.S_IMODE((demo / "demo-accounts.json").stat().st_mode) == 0o600
    assert not (demo / "demo-unfinished").exists()

    with running("up", demo, WISE_DEMO="1") as (process, _):
        assert line_with(process, "WiSe").startswith("WiSe answers at")
        assert accounts["wulan"]["password"] in line_with(process, "wulan")
    assert accounts_of(demo) == accounts


def test_agus_verifies_the_log_also_against_a_head_published_earlier(demo: Path, tmp_path: Path) -> None:
    verified = wise("log", "verify", "--data", str(demo))
    assert (verified.returncode, verified.stdout) == (0, "The log, the book and the directory agree.\n")

    head = tmp_path / "head.json"
    head.write_text(wise("log", "heads", "--data", str(demo)).stdout)
    assert wise("log", "verify", "--data", str(demo), "--head", str(head)).returncode == 0
    forged = dict.fromkeys(json.loads(head.read_text()), "1:" + "00" * 32)
    head.write_text(json.dumps(forged))
    assert wise("log", "verify", "--data", str(demo), "--head", str(head)).returncode == 1
    head.write_text("{")
    assert "cannot be read" in says(wise("log", "verify", "--data", str(demo), "--head", str(head)))


def test_the_vault_is_compared_with_the_register_and_what_is_missing_is_named(demo: Path, house: Path) -> None:
    whole = wise("vault", "check", "--data", str(demo))
    assert (whole.returncode, whole.stdout) == (0, "The vault, the register and the disclosures agree.\n")
    empty = wise("vault", "check", "--data", str(house))
    assert empty.returncode == 1
    for kind in ("custodian_outer", "custodian_inner"):
        assert f"unit {kind}: has no member: what is confided now is sealed for the reporter alone.\n" in empty.stdout


def test_the_workflow_is_printed_as_a_document_or_a_diagram(house: Path) -> None:
    assert wise("workflow", "--data", str(house)).stdout.startswith("#")
    assert wise("workflow", "--mermaid", "--data", str(house)).stdout.startswith("stateDiagram")


def test_offices_are_added_from_a_file_once(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "offices.json"
    file.write_text("[")
    assert "cannot be read" in says(wise("offices", "load", str(file), "--data", str(demo)))
    file.write_text('[{"name": "KPKNL Atlantis"}]')
    assert "lacks satker, kind, tz" in says(wise("offices", "load", str(file), "--data", str(demo)))
    file.write_text("[]")
    outcome = wise("offices", "load", str(file), "--data", str(demo))
    assert outcome.stdout.endswith("0 offices added.\n"), outcome.stderr
