"""P40: a killed process loses nothing that was acknowledged: receipts that were shown open, files are whole."""

import json
import os
import random
import subprocess
import sys
import textwrap
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import world as cast
from tests.world import NOW, Teller, World
from wise.audit import proof
from wise.casework import proof as book
from wise.casework import reading
from wise.people.models import Reporter
from wise.register import blobs, drafts
from wise.register.models import Report

# The program as it is, on the tests' own database: sends a draft with a file, and says what a reporter would be shown.
_SENDER = """
    import json, os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "wise.config.settings"
    os.environ["WISE_DATA"] = sys.argv[1]
    from wise.config import settings
    settings.DATABASES["default"] |= json.loads(sys.argv[2])
    import django
    django.setup()
    import datetime
    from wise.casework import intake
    from wise.casework.intake import Telling
    from wise.people.models import Office, Reporter
    from wise.register import blobs, drafts
    from wise.register.entry import Told
    at = datetime.datetime.fromisoformat(sys.argv[4])
    reporter = Reporter.objects.get(id=sys.argv[3])
    office = Office.objects.get(name="KPKNL Pekanbaru")
    number = 0
    while True:
        number += 1
        content = f"isi berkas {number} ".encode() * 2000
        draft = drafts.begin(at=at)
        incoming = blobs.Incoming(at=at)
        incoming.push(content)
        draft = drafts.add_file(draft, name=f"{number}.txt", media_type="text/plain", stored=incoming.finish())
        print(json.dumps({"file": draft.token}), flush=True)
        receipt = intake.receive_draft(
            draft.token,
            telling=lambda d: Telling("service", Told(what=f"Antre {number}"), office=office, files=d.files),
            sender=lambda: intake.known(reporter),
            at=at,
        )
        print(json.dumps({"sent": draft.token, "report": receipt.report_id, "number": number,
                          "register": receipt.register_number}), flush=True)
"""


def _database() -> str:
    given = {name: str(connection.settings_dict[name]) for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    if connection.vendor == "sqlite":
        given = {"NAME": given["NAME"]}
    return json.dumps(given)


def _sender(reporter: Reporter) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WISE_", "COV"))}
    if connection.vendor == "postgresql":
        environment["WISE_DATABASE_URL"] = os.environ["WISE_TEST_DATABASE_URL"]
    command = [sys.executable, "-c", textwrap.dedent(_SENDER), str(settings.WISE_DATA_DIR), _database()]
    return subprocess.Popen(
        [*command, str(reporter.id), NOW.isoformat()], stdout=subprocess.PIPE, text=True, env=environment
    )


def _killed(process: subprocess.Popen[str], *, after: int, seconds: float) -> list[dict[str, str]]:
    """Let it send some, then kill -9 it at a moment of chance; what it had said until then."""
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(after)]
    time.sleep(seconds)
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    assert all(said[:after]), "the sender did not come so far"
    return [json.loads(line) for line in said if line.endswith("\n")]


def _is_whole(sari: Teller, line: dict[str, str]) -> None:
    own = reading.own_report(uuid.UUID(line["report"]), reporter=sari.reporter, keyring=sari.keyring, at=NOW)
    assert own.told.what == f"Antre {line['number']}"
    assert own.register_number == line["register"]
    assert [b"".join(file.chunks()) for file in own.files] == [f"isi berkas {line['number']} ".encode() * 2000]
    again = drafts.resume(line["sent"], at=NOW)
    assert again is not None
    assert again.receipt is not None
    assert again.receipt["register_number"] == line["register"]


@pytest.mark.usefixtures("committed_world")
def test_p40_after_kill_9_every_receipt_that_was_shown_opens(committed_world: World) -> None:
    sari, shown = cast.join(), list[dict[str, str]]()
    for turn in range(3):
        process = _sender(sari.reporter)
        shown += _killed(process, after=4 + turn, seconds=random.uniform(0, 0.06))  # noqa: S311 - no secret

    sent = [line for line in shown if "sent" in line]
    assert len(sent) >= 6
    for line in sent:
        _is_whole(sari, line)
    # Each file that was acknowledged is still in its draft, or with the report that took it.
    for line in shown:
        draft = drafts.resume(line.get("file", line.get("sent", "")), at=NOW)
        assert draft is not None
        for file in draft.files:
            assert b"".join(blobs.read(file.stored.blob, key=file.stored.key)).startswith(b"isi berkas")
    # At most the one report in flight at each kill was stored without its receipt having been shown.
    assert len(sent) <= Report.objects.count() <= len(sent) + 3
    assert proof.verify() == []
    assert book.verify() == []


@pytest.mark.usefixtures("committed_world")
def test_p40_what_comes_after_goes_on_where_the_killed_process_left(committed_world: World) -> None:
    sari = cast.join()
    _killed(_sender(sari.reporter), after=3, seconds=0.01)

    receipt = sari.tells()

    assert sari.report(receipt).register_number == receipt.register_number
    assert proof.verify() == []
    assert Path(settings.WISE_FILES_DIR).exists()
