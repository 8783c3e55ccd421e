"""The only writer of the log: `record` adds one deed to one of the two chains."""

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wise.audit import receipts
from wise.audit.models import Chain, Entry, Head, Signature
from wise.crypto import chain as chains
from wise.crypto import contexts, signing
from wise.crypto.subkeys import Label

type Fact = str | int | bool | list[str] | dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a reporter keeps: the entry's digest, its date and our signature over both (hexadecimal)."""

    digest: str
    on: str
    signature: str


def record(
    deed: str,
    *,
    chain: Chain,
    at: datetime.datetime,
    subject: uuid.UUID | None = None,
    by: uuid.UUID | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Entry:
    """Append one deed; call it last in the deed's own transaction, since it locks the chain's head until commit.

    A reporter's deed keeps its date only (properties P18, P19).
    """
    head = Head.objects.select_for_update().get(chain=chain)
    on = timezone.localdate(at)
    if head.on is not None and head.on < on:
        _sign_heads(head.on, mine=head)
    entry = Entry(
        chain=chain.value,
        sequence=head.sequence + 1,
        on=on,
        at=at if chain is Chain.OFFICERS else None,
        deed=deed,
        subject=subject,
        by=by,
        facts=dict(facts or {}),
        previous_digest=bytes(head.digest),
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    head.sequence, head.digest, head.on = entry.sequence, entry.digest, on
    head.save(update_fields=["sequence", "digest", "on"])
    return entry


def facts_about(subject: uuid.UUID, *, deed: str) -> list[dict[str, Any]]:
    """The facts of every such deed about a subject, oldest first."""
    rows = Entry.objects.filter(subject=subject, deed=deed).order_by("sequence")
    return list(rows.values_list("facts", flat=True))


def came_last(subject: uuid.UUID, deed: str, *, over: str) -> bool:
    """Whether of two deeds about a subject this one was recorded last, so that the other has not followed it yet."""
    rows = Entry.objects.filter(subject=subject)
    last = rows.filter(deed=deed).order_by("-sequence").values_list("sequence", flat=True).first()
    return last is not None and not rows.filter(deed=over, sequence__gt=last).exists()


def count(subject: uuid.UUID, *, deed: str) -> int:
    """How often a deed stands in the log about a subject."""
    return Entry.objects.filter(subject=subject, deed=deed).count()


def digest_of(entry: Entry) -> bytes:
    """The digest an entry must have: SHA-256 over the one before and every field of this one."""
    return chains.digest(
        bytes(entry.previous_digest),
        sequence=entry.sequence,
        label=f"audit/{entry.chain}",
        fields={
            "id": str(entry.id),
            "on": entry.on.isoformat(),
            "at": entry.at.astimezone(datetime.UTC).isoformat() if entry.at else None,
            "deed": entry.deed,
            "subject": str(entry.subject) if entry.subject else None,
            "by": str(entry.by) if entry.by else None,
            "facts": json.dumps(entry.facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
        },
    )


def prove(entry: Entry) -> Proof:
    """The proof a receipt carries: anyone with our public key can check that this digest existed on that day."""
    signature = signing.sign(settings.WISE_SUBKEYS[Label.LOG], receipts.statement(bytes(entry.digest), entry.on))
    return Proof(digest=bytes(entry.digest).hex(), on=entry.on.isoformat(), signature=signature.hex())


def public_key() -> bytes:
    """The Ed25519 key (32 bytes) with which anyone can check a receipt's proof and a day's heads."""
    return signing.public(settings.WISE_SUBKEYS[Label.LOG])


def heads_statement(on: datetime.date, *, heads: Mapping[str, str], previous: bytes) -> bytes:
    """The bytes that a day's signature covers; `previous` links it to the signature before."""
    return contexts.context("log heads", on.isoformat(), json.dumps(dict(heads), sort_keys=True), previous)


def sign_day(*, at: datetime.datetime) -> None:
    """Sign the heads of the last day that has entries and is over, unless that was done. Safe to call at any time."""
    today = timezone.localdate(at)
    with transaction.atomic():
        heads = list(Head.objects.select_for_update().order_by("chain"))
        days = [head.on for head in heads if head.on is not None and head.on < today]
        if days:
            _sign_heads(max(days), mine=None)


def _sign_heads(on: datetime.date, *, mine: Head | None) -> None:
    """Sign both heads as they stand. The other chain's head is read without a lock: it can only have grown."""
    last = Signature.objects.order_by("-on").first()
    if last is not None and last.on >= on:
        return
    heads = {head.chain: f"{head.sequence}:{bytes(head.digest).hex()}" for head in Head.objects.all()}
    if mine is not None:
        heads[mine.chain] = f"{mine.sequence}:{bytes(mine.digest).hex()}"
    previous = bytes(last.signature) if last else b""
    statement = heads_statement(on, heads=heads, previous=previous)
    signature = signing.sign(settings.WISE_SUBKEYS[Label.LOG], statement)
    # Two writers of the two chains may meet here on a new day: the date is unique and the second gives way.
    Signature.objects.bulk_create(
        [Signature(on=on, heads=heads, previous=previous, signature=signature)], ignore_conflicts=True
    )
