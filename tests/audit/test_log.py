"""The log: one deed a line, each upon the last; days signed; a reporter's deed without a time of day."""

import datetime
import uuid

from django.conf import settings

from tests.world import NOW, World
from wise.audit import log, proof, receipts
from wise.audit.models import Chain, Entry, Head, Signature
from wise.crypto import signing
from wise.crypto.chain import GENESIS
from wise.crypto.subkeys import Label

DAY = datetime.timedelta(days=1)


def _public() -> bytes:
    return signing.public(settings.WISE_SUBKEYS[Label.LOG])


def test_what_wulan_does_is_kept_to_the_second(world: World) -> None:
    wulan = world.officer("wulan")

    entry = log.record("read", chain=Chain.OFFICERS, at=NOW, by=wulan.id)

    assert (entry.at, entry.by) == (NOW, wulan.id)


def test_the_date_is_the_institutions_not_greenwichs(world: World) -> None:
    late_evening = datetime.datetime(2026, 10, 20, 18, tzinfo=datetime.UTC)

    assert log.record("receive", chain=Chain.REPORTERS, at=late_evening).on == datetime.date(2026, 10, 21)


def test_each_line_stands_upon_the_one_before_and_the_head_is_its_end(world: World) -> None:
    first = log.record("receive", chain=Chain.REPORTERS, at=NOW)
    second = log.record("add", chain=Chain.REPORTERS, at=NOW)
    head = Head.objects.get(chain=Chain.REPORTERS)

    assert (first.sequence, bytes(first.previous_digest)) == (1, GENESIS)
    assert (second.sequence, bytes(second.previous_digest)) == (2, bytes(first.digest))
    assert (head.sequence, bytes(head.digest), head.on) == (2, bytes(second.digest), second.on)


def test_reporters_and_officers_have_a_chain_each(world: World) -> None:
    before = Head.objects.get(chain=Chain.OFFICERS).sequence

    log.record("receive", chain=Chain.REPORTERS, at=NOW)

    assert Head.objects.get(chain=Chain.OFFICERS).sequence == before


def test_the_facts_of_a_deed_are_found_by_its_subject_oldest_first(world: World) -> None:
    case, other = uuid.uuid4(), uuid.uuid4()
    for subject, number in [(case, 1), (other, 2), (case, 3)]:
        log.record("refer", chain=Chain.OFFICERS, at=NOW, subject=subject, facts={"number": number})
    log.record("read", chain=Chain.OFFICERS, at=NOW, subject=case)

    assert log.facts_about(case, deed="refer") == [{"number": 1}, {"number": 3}]
    assert (log.count(case, deed="refer"), log.count(case, deed="read"), log.count(other, deed="read")) == (2, 1, 0)


def test_a_receipt_lets_anyone_prove_that_the_line_existed_on_that_day(world: World) -> None:
    entry = log.record("receive", chain=Chain.REPORTERS, at=NOW)
    given = log.prove(entry)

    def holds(digest: str, on: str) -> bool:
        statement = receipts.statement(bytes.fromhex(digest), datetime.date.fromisoformat(on))
        return signing.verify(_public(), statement, bytes.fromhex(given.signature))

    assert given.digest == bytes(entry.digest).hex()
    assert holds(given.digest, "2026-10-20")
    assert not holds(given.digest, "2026-10-19")
    assert not holds("00" * 32, given.on)


def test_the_first_deed_of_a_new_day_signs_the_heads_of_the_day_before(world: World) -> None:
    entry = log.record("receive", chain=Chain.REPORTERS, at=NOW)
    officers = Head.objects.get(chain=Chain.OFFICERS)
    assert not Signature.objects.exists()

    log.record("receive", chain=Chain.REPORTERS, at=NOW + DAY)

    signed = Signature.objects.get()
    assert signed.on == entry.on
    assert signed.heads == {
        "reporters": f"1:{bytes(entry.digest).hex()}",
        "officers": f"{officers.sequence}:{bytes(officers.digest).hex()}",
    }
    assert proof.verify() == []


def test_the_second_chain_on_that_day_leaves_the_signature_as_it_is(world: World) -> None:
    log.record("receive", chain=Chain.REPORTERS, at=NOW)
    log.record("receive", chain=Chain.REPORTERS, at=NOW + DAY)

    log.record("read", chain=Chain.OFFICERS, at=NOW + DAY)

    assert Signature.objects.count() == 1


def test_each_signature_covers_the_one_before(world: World) -> None:
    for days in range(4):
        log.record("receive", chain=Chain.REPORTERS, at=NOW + days * DAY)
    first, second, third = Signature.objects.order_by("on")

    assert bytes(first.previous) == b""
    assert bytes(second.previous) == bytes(first.signature)
    assert bytes(third.previous) == bytes(second.signature)
    statement = log.heads_statement(second.on, heads=second.heads, previous=bytes(second.previous))
    assert signing.verify(_public(), statement, bytes(second.signature))


def test_a_quiet_day_is_signed_when_somebody_asks_and_only_once(world: World) -> None:
    log.record("receive", chain=Chain.REPORTERS, at=NOW)

    log.sign_day(at=NOW)
    assert not Signature.objects.exists()
    log.sign_day(at=NOW + 3 * DAY)
    log.sign_day(at=NOW + 3 * DAY)

    assert [row.on for row in Signature.objects.all()] == [datetime.date(2026, 10, 20)]
    assert proof.verify() == []


def test_with_nothing_to_sign_nothing_is_signed(world: World) -> None:
    Head.objects.update(on=None)

    log.sign_day(at=NOW + DAY)

    assert not Signature.objects.exists()


def test_both_heads_are_told_as_they_are_published(world: World) -> None:
    log.record("receive", chain=Chain.REPORTERS, at=NOW)
    published = proof.heads()

    assert published == {head.chain: f"{head.sequence}:{bytes(head.digest).hex()}" for head in Head.objects.all()}
    assert set(published) == set(Chain)
    assert proof.verify(published=published) == []


def test_nobody_forks_a_chain_even_past_the_lock(world: World) -> None:
    entry = log.record("receive", chain=Chain.REPORTERS, at=NOW)

    assert {"audit_entry_no_fork", "audit_entry_sequence"} <= {c.name for c in Entry._meta.constraints}
    assert Entry.objects.filter(previous_digest=entry.previous_digest, chain=Chain.REPORTERS).count() == 1


def test_agus_finds_the_entry_that_a_receipt_names_and_no_other(world: World) -> None:
    entry = log.record("receive", chain=Chain.REPORTERS, at=NOW)

    assert proof.place_of(bytes(entry.digest)) == f"reporters:{entry.sequence}"
    assert proof.place_of(bytes(32)) == ""
