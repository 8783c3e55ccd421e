"""What papers cost, without a server: letter, note, slip and DOCX, no two alike, and the memory of many.

Runs as a process of its own upon a house's data folder (WISE_DATA), and prints one line of JSON.
"""

import datetime
import itertools
import json
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import django

from benchmarks.inside import milliseconds

_ON = datetime.date(2026, 11, 24)
_TIMES = 50
_MANY = 1000


def main() -> int:
    """Measure, and say so in JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wise.config.settings")
    django.setup()
    json.dump(figures(), sys.stdout)
    return 0


def figures() -> dict[str, float]:
    """Medians in milliseconds of letters that were never set before, and megabytes that a thousand of them leave."""
    from wise.casework import printing
    from wise.letters import docx, typesetting

    slips = _slips()
    letter, note = _letters("response"), _letters("note")
    measured = {
        "letter-pdf": milliseconds(lambda: typesetting.letter_pdf(letter()), times=_TIMES),
        "note-pdf": milliseconds(lambda: typesetting.letter_pdf(note()), times=_TIMES),
        "slip-pdf": milliseconds(lambda: printing.slip_pdf(next(slips), language="id"), times=_TIMES),
        "letter-docx": milliseconds(lambda: docx.letter_docx(letter()), times=_TIMES),
    }
    for _ in range(100):
        typesetting.letter_pdf(letter())
    before = _memory()
    for _ in range(_MANY):
        typesetting.letter_pdf(letter())
    return measured | {"letter-memory": max(0.0, _memory() - before)}


def _letters(kind: str) -> Callable[[], Any]:
    """One letter after another, no two alike, as they are after they were opened."""
    from wise.letters import letterheads, samples, sources, templates
    from wise.letters.issuing import Issued
    from wise.letters.kinds import KINDS
    from wise.letters.models import Letter, Template
    from wise.people.models import Office

    row = KINDS[kind]
    office = Office.objects.select_related("parent").get(name="KPKNL Pekanbaru")
    shipped = Template(kind=kind, digest=templates.digest_of(sources.shipped(row.template)))
    content = letterheads.put_on(samples.letters(row)[0].content, office=office)
    count = itertools.count(1)

    def following() -> Issued:
        number = next(count)
        letter = Letter(id=uuid.uuid4(), kind=kind, office=office, template=shipped)
        points = (f"Pokok pengaduan nomor {number}: antrean di loket berlangsung {number} menit.", *content.points)
        code = f"{number:04}-7K3M-94QX-2VTB"
        return Issued(letter, replace(content, points=points), f"{row.prefix}-{number}/KNL.0303/2026", _ON, code)

    return following


def _slips() -> Iterator[Any]:
    """One slip after another."""
    from wise.casework.desk import SlipReceipt
    from wise.people.models import Office

    for number in itertools.count(1):
        yield SlipReceipt(
            agenda_number=f"PGD-{number}/KNL.0303/2026",
            unit="Seksi Kepatuhan Internal",
            office="KPKNL Pekanbaru",
            channel="counter",
            received_on=_ON.isoformat(),
            due_on=_ON.isoformat(),
            recorded_on=_ON.isoformat(),
            officer="Dewi Lestari",
            desk_office=Office.objects.get(name="KPKNL Pekanbaru").code,
            register_number=f"7K3M-94QX-{number:04}",
            passphrase="tujuh kata yang tidak ada artinya sama",
        )


def _memory() -> float:
    """Resident megabytes of this process."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no file to keep a path of
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
