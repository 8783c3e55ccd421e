"""P03, P18, P26: after a whole journey no byte of what was told, nor of a secret, is found anywhere on the machine."""

import base64
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from benchmarks import disk, journeys
from benchmarks.client import Browser
from benchmarks.house import House

MARKER = "Penanda-4b1d: kunci gudang arsip"
FILE = b"PENANDA-BERKAS-77e0-" * 5_000
PASSWORD = "pelangi kursi hutan sembilan"
NAME = "Penanda Sari Wulandari"
AGENT = "Penjelajah-Penanda/9.9"
ADDRESS = "203.0.113.77"
REFERRER = "https://penanda.example/dari-mana"

# Every value of every table, opened with the database's own key, one a line in hexadecimal.
_ROWS = """
    import django
    django.setup()
    from django.db import connection
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    print(table, raw.hex())
"""


class Watched(Browser):
    """A browser that tells what curious servers like to keep."""

    def _head(self, *given: object) -> bytes:
        head = super()._head(*given)  # type: ignore[arg-type]
        told = (
            f"User-Agent: {AGENT}",
            f"Referer: {REFERRER}",
            f"X-Forwarded-For: {ADDRESS}",
            f"Forwarded: for={ADDRESS}",
        )
        return head[:-2] + "".join(f"{line}\r\n" for line in told).encode() + b"\r\n"


def _journey(house: House) -> dict[str, str]:
    """Sari tells, attaches, sends, comes back, adds and writes; Wulan reads. What must be found nowhere."""
    name = journeys.new_name()
    with Watched(house.port) as sari:
        page = journeys.write(sari, what=MARKER, identity_name=NAME, reply="email", reply_address="penanda@contoh.id")
        page = journeys.attach(sari, [("files", "Penanda-nama-berkas.txt", "text/plain", FILE)])
        page = sari.get(journeys.CHECK)
        told = journeys.send(sari, page, pseudonym=name, password=PASSWORD)
    with Watched(house.port) as sari:
        history = journeys.sign_in(sari, name, PASSWORD)
        address = journeys.own_reports(history)[0]
        page = sari.get(address)
        assert MARKER in page.text
        answer = sari.post(f"{address}pesan/", {**page.form("text"), "text": MARKER})
        assert answer.status == 200, journeys.UnexpectedError.page(answer)
        files = [("files", "lagi.txt", "text/plain", FILE)]
        answer = sari.post(f"{address}tambahan/", {**page.form("text"), "text": MARKER}, files=files)
        assert answer.status == 200, journeys.UnexpectedError.page(answer)
        sari.post(journeys.SIGN_IN, {"pseudonym": name, "password": PASSWORD[:-1]})
    with Watched(house.port) as wulan:
        inbox = journeys.desk(wulan, house.accounts["wulan"])
        assert MARKER in wulan.get(journeys.cases(inbox)[0]).text
    assert told.recovery_code
    return {
        "words": MARKER,
        "file": FILE[:19].decode(),
        "file's name": "Penanda-nama-berkas",
        "name": NAME,
        "address": "penanda@contoh.id",
        "pseudonym": name,
        "password": PASSWORD,
        "recovery code": told.recovery_code,
        "register number": told.register_number,
        "browser": AGENT,
        "network address": ADDRESS,
        "referrer": REFERRER,
    }


def test_p03_after_saris_journey_nothing_of_it_is_found_on_the_machine(house: House) -> None:
    secrets = _journey(house)
    running = [*disk.files_of(house)]
    environments = b"".join(_environment(pid) for pid in house.pids())
    opened = _rows(house)

    for name, secret in secrets.items():
        for spelling in _spellings(secret):
            assert spelling not in opened, f"{name} in the database"
            assert spelling not in environments, f"{name} in the environment"
            for path in running:
                assert not disk.holds_mark(path, spelling), f"{name} in {path}"
    house.stop()
    for path in house.folder.rglob("*"):
        for name, secret in secrets.items():
            assert not any(disk.holds_mark(path, spelling) for spelling in _spellings(secret)), f"{name} in {path}"
            assert not any(spelling in os.fsencode(path) for spelling in _spellings(secret)), f"{name} names {path}"


def _spellings(text: str) -> Iterator[bytes]:
    """As it is, without its joints, in small letters, as an address or a form writes it, in hexadecimal and base64."""
    bare = re.sub(r"[\s-]", "", text)
    for form in {text, text.lower(), bare, bare.lower(), text.replace(" ", "+"), text.replace(" ", "%20")}:
        raw = form.encode()
        yield from (raw, raw.hex().encode(), *(base64.b64encode(raw[shift:])[4:-4] for shift in range(3)))


def _rows(house: House) -> bytes:
    """Everything in the database: as it is, and what is in it decoded once more."""
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "wise.config.settings"}
    command = [sys.executable, "-c", textwrap.dedent(_ROWS)]
    told = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    values = [bytes.fromhex(line.partition(" ")[2]) for line in told.decode().splitlines()]
    assert len(values) > 1000
    assert any(b"Pekanbaru" in value for value in values)
    return b"\n".join(values)


def _environment(pid: int) -> bytes:
    return b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("environ", "cmdline"))
