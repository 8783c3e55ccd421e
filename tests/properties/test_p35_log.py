"""P35: whoever changes, deletes, inserts or reorders a line behind the app's back is found at that line."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection

from tests import tables
from tests import world as cast
from tests.world import NOW, World
from wise.audit import log, proof
from wise.audit.models import Chain, Entry, Head, Signature
from wise.audit.proof import Flaw
from wise.casework import correspondence
from wise.casework import proof as book
from wise.crypto.chain import GENESIS
from wise.register.models import Addition, Attachment, Report
from wise.vault.deposits import Identity

DAY = datetime.timedelta(days=1)
CHANGED: list[tuple[str, Any]] = [
    ("deed", "nothing"),
    ("facts", '{"rows": []}'),
    ("by", uuid.uuid4().hex),
    ("subject", uuid.uuid4().hex),
    ('"on"', "2026-10-01"),
]


def _five_lines() -> None:
    for number in range(1, 6):
        log.record("add", chain=Chain.REPORTERS, at=NOW, subject=uuid.uuid4(), facts={"number": number})


def _reporters(flaws: list[Flaw]) -> list[str]:
    return [flaw.where for flaw in flaws]


def _at(sequence: int) -> str:
    return f"chain = 'reporters' AND sequence = {sequence}"


def _head() -> dict[str, str]:
    return {head.chain: f"{head.sequence}:{bytes(head.digest).hex()}" for head in Head.objects.all()}


def test_an_untouched_log_verifies_also_against_a_head_published_earlier(world: World) -> None:
    _five_lines()
    published = _head()
    _five_lines()

    assert proof.verify() == []
    assert proof.verify(published=published) == []


@pytest.mark.parametrize(("column", "value"), CHANGED, ids=[column for column, _ in CHANGED])
def test_a_changed_line_is_named(world: World, column: str, value: str) -> None:
    _five_lines()

    assert tables.run(f"UPDATE audit_entry SET {column} = %s WHERE {_at(3)}", value) == 1

    assert proof.verify() == [Flaw("reporters:3", "was changed")]


def test_a_changed_time_of_an_officers_line_is_named(world: World) -> None:
    line = log.record("read", chain=Chain.OFFICERS, at=NOW)

    tables.run("UPDATE audit_entry SET at = %s WHERE id = %s", NOW - DAY, line.pk if _postgres() else line.pk.hex)

    assert proof.verify() == [Flaw(f"officers:{line.sequence}", "was changed")]


def test_a_deleted_line_is_named(world: World) -> None:
    _five_lines()

    tables.run(f"DELETE FROM audit_entry WHERE {_at(2)}")

    assert proof.verify() == [Flaw("reporters:2", "this line is missing")]


def test_lines_cut_off_the_end_are_named(world: World) -> None:
    _five_lines()

    tables.run("DELETE FROM audit_entry WHERE chain = 'reporters' AND sequence > 3")

    assert proof.verify() == [Flaw("reporters:4", "the chain ends before its head")]


def test_a_line_inserted_at_the_end_is_named_even_with_a_right_digest(world: World) -> None:
    _five_lines()
    last = Entry.objects.get(chain=Chain.REPORTERS, sequence=5)
    planted = Entry(
        chain=Chain.REPORTERS.value, sequence=6, on=last.on, deed="add", facts={}, previous_digest=bytes(last.digest)
    )
    planted.digest = log.digest_of(planted)
    planted.save(force_insert=True)

    assert proof.verify() == [Flaw("reporters:6", "stands behind the end of the chain")]


def test_a_line_inserted_in_the_middle_is_named(world: World) -> None:
    _five_lines()
    tables.run("UPDATE audit_entry SET sequence = sequence + 100 WHERE chain = 'reporters' AND sequence > 2")
    tables.run("UPDATE audit_entry SET sequence = sequence - 99 WHERE chain = 'reporters' AND sequence > 100")
    second = Entry.objects.get(chain=Chain.REPORTERS, sequence=2)
    planted = Entry(chain=Chain.REPORTERS.value, sequence=3, on=second.on, deed="add", facts={})
    planted.previous_digest = bytes(second.digest)[::-1]  # its own place: no fork can be stored
    planted.digest = log.digest_of(planted)
    planted.save(force_insert=True)

    assert proof.verify() == [Flaw("reporters:3", "does not follow the line before it")]


def test_two_lines_that_changed_places_are_named(world: World) -> None:
    _five_lines()
    for before, after in [(2, 99), (3, 2), (99, 3)]:
        tables.run(f"UPDATE audit_entry SET sequence = {after} WHERE {_at(before)}")

    assert proof.verify() == [Flaw("reporters:2", "does not follow the line before it")]


def _rewrite_the_whole_chain() -> None:
    """What somebody does who may write everything in the database: a new history whose digests are right."""
    with tables.unguarded():
        previous = GENESIS
        for entry in Entry.objects.filter(chain=Chain.REPORTERS).order_by("sequence"):
            entry.facts, entry.previous_digest = {"number": 0}, previous
            previous = entry.digest = log.digest_of(entry)
            entry.save()
        Head.objects.filter(chain=Chain.REPORTERS).update(digest=previous)


def test_a_chain_rewritten_as_a_whole_fails_against_a_published_head(world: World) -> None:
    _five_lines()
    published = _head()

    _rewrite_the_whole_chain()

    assert proof.verify() == []
    assert proof.verify(published=published) == [Flaw("reporters:5", "is not the line that was signed or published")]


def test_a_chain_rewritten_as_a_whole_fails_against_a_days_signature(world: World) -> None:
    _five_lines()
    log.sign_day(at=NOW + DAY)

    _rewrite_the_whole_chain()

    assert proof.verify() == [Flaw("reporters:5", "is not the line that was signed or published")]


def test_a_history_begun_anew_lacks_the_published_line(world: World) -> None:
    _five_lines()
    published = _head()
    tables.run("DELETE FROM audit_entry WHERE chain = 'reporters'")
    Head.objects.filter(chain=Chain.REPORTERS).update(sequence=0, digest=GENESIS, on=None)

    assert proof.verify() == []
    assert proof.verify(published=published) == [Flaw("reporters:5", "a signed or published line is missing")]


def test_a_published_beginning_must_be_the_beginning(world: World) -> None:
    assert proof.verify(published={"reporters": f"0:{GENESIS.hex()}"}) == []
    assert _reporters(proof.verify(published={"reporters": f"0:{'11' * 32}"})) == ["reporters:0"]


def test_a_forged_signature_and_one_that_lost_its_predecessor_are_named(world: World) -> None:
    for days in range(4):
        log.record("receive", chain=Chain.REPORTERS, at=NOW + days * DAY)
    first, second, third = (row.on for row in Signature.objects.order_by("on"))

    tables.run('DELETE FROM audit_signature WHERE "on" = %s', first)
    tables.run('UPDATE audit_signature SET signature = %s WHERE "on" = %s', bytes(64), third)

    assert _reporters(proof.verify()) == [f"signature of {second}", f"signature of {third}"]


def test_the_book_is_what_the_log_says(world: World) -> None:
    _a_report_with_all_that_belongs_to_it()

    assert book.verify() == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("register_report", "sealed"),
        ("register_attachment", "sealed_original"),
        ("register_addition", "sealed"),
        ("vault_deposit", "sealed"),
        ("casework_step", "sealed"),
        ("casework_message", "sealed"),
    ],
)
def test_a_changed_row_of_the_book_is_named_with_the_line_that_speaks_of_it(
    world: World, table: str, column: str
) -> None:
    _a_report_with_all_that_belongs_to_it()

    tables.run(f"UPDATE {table} SET {column} = %s", b"something else")

    found = book.verify()
    assert [flaw.what for flaw in found] == [
        "is not what the log says was entered",
        "speaks of a row that is no longer there",
    ]
    assert found[0].where.split()[0] == table.split("_")[1]
    assert found[1].where.startswith("reporters:")


def test_a_row_taken_out_of_the_book_and_one_slipped_in_are_named(world: World) -> None:
    _a_report_with_all_that_belongs_to_it()
    report = Report.objects.get()
    tables.run("DELETE FROM register_attachment")
    Addition.objects.create(report=report, order=9, on=report.received_on, sealed=b"planted")

    assert sorted(flaw.what for flaw in book.verify()) == [
        "is not what the log says was entered",
        "speaks of a row that is no longer there",
    ]


def _a_report_with_all_that_belongs_to_it() -> None:
    sari = cast.join()
    receipt = sari.tells(cast.queues(files=(cast.file(),), identity=Identity("Sari")))
    who: dict[str, Any] = {"by": sari.reporter, "keyring": sari.keyring, "at": NOW}
    correspondence.add(uuid.UUID(receipt.report_id), text="Kejadian terulang", **who)
    correspondence.write(uuid.UUID(receipt.report_id), text="Mohon kabar", **who)
    assert Attachment.objects.count() == 1


def _postgres() -> bool:
    return connection.vendor == "postgresql"
