"""Disclosure: a request, two decisions, and a key for one officer until a day. Who may do what is the caller's to say.

Everything that a disclosure opens hangs on grants that name the disclosure's id as their report's: `held` opens them
like a report's, and a case's own keys never come among them. At its end the grants go; the words stay for who decided.
"""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from wise.audit.rows import named_values
from wise.crypto import contexts, padding, seal, subkeys
from wise.crypto.errors import Unopenable
from wise.crypto.subkeys import Label
from wise.keys import grants
from wise.keys.grants import Keys, To
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder
from wise.people.models import Officer, Unit
from wise.vault.kinds import LIVE, Kind
from wise.vault.models import Disclosure, Turn

# The key that the words of a request are sealed under: for whoever asks, and for the custodians who decide.
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request is made: on which report and case, by an officer of which unit."""

    report_id: uuid.UUID
    case_id: uuid.UUID
    unit: Unit


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, for which unit, when, at which place in the report's order."""

    by: Officer
    unit: Unit
    order: int
    on: datetime.date
    at: datetime.datetime


def ask(
    kind: Kind, *, place: Place, compartment: str, words: Mapping[str, str], to: Iterable[Holder], deed: Deed
) -> tuple[Disclosure, Turn]:
    """Enter a request, with words that these holders can read."""
    row = Disclosure(
        report_id=place.report_id,
        case_id=place.case_id,
        kind_code=kind.code,
        compartment=compartment,
        unit=place.unit,
        asked_by=deed.by,
        asked_on=deed.on,
        state_code="asked",
    )
    keys = grants.new_keys(WORDS)
    row.commitments = grants.commitments(keys, report_id=row.id)
    row.tag = _tag(row)
    row.save(force_insert=True)
    grants.store([grants.prepare(keys, report_id=row.id, to=To(holder), on=deed.on, by=deed.by) for holder in to])
    return row, _turn(row, "asked", words, key=keys[WORDS], deed=deed)


def check(row: Disclosure) -> None:
    """Raise `Unopenable` for a row that somebody changed behind our back."""
    if not is_genuine(row):
        raise Unopenable


def is_genuine(row: Disclosure) -> bool:
    """Whether the row carries its tag."""
    return subkeys.same(_tag(row), bytes(row.tag))


def keys_of(row: Disclosure, *, keyring: Keyring) -> Keys:
    """What a keyring opens of a disclosure: the key of its words, and for its reader the one that was asked for."""
    check(row)
    return grants.held(row.id, keyring=keyring, vouched=row.commitments)


def words_of(turn: Turn, *, keys: Keys) -> dict[str, str]:
    """The words of a turn, for who has the request's key; empty for everybody else."""
    if turn.sealed is None or WORDS not in keys:
        return {}
    text = padding.unpad_text(seal.open_sealed(bytes(turn.sealed), key=keys[WORDS], context=_turn_context(turn)))
    words: dict[str, str] = json.loads(text)
    return words


def pass_on(
    row: Disclosure, *, until: datetime.date, words: Mapping[str, str], keyring: Keyring, deed: Deed
) -> Turn | None:
    """Take the outer box off, for the second unit. None where there is no such box any more."""
    keys, nested = keys_of(row, keyring=keyring), _nested(row)
    if nested is None:
        return None
    row.passed = grants.take_off(nested, keyring=keyring)
    row.until = until
    _enter(row, state="passed")
    return _turn(row, "passed", words, key=keys[WORDS], deed=deed)


def allow(
    row: Disclosure,
    *,
    reader: Officer,
    to: Holder,
    words: Mapping[str, str],
    keyring: Keyring,
    vouched: Mapping[str, str],
    deed: Deed,
) -> Turn | None:
    """Take the inner box off and wrap the key for one officer. None where there is no such box any more.

    `vouched`: the commitments from the report's row and the log. A box of another report does not open, and a key that
    nobody vouched for is not passed on.
    """
    keys, nested = keys_of(row, keyring=keyring), _nested(row)
    if nested is None or row.passed is None:
        return None
    found = grants.take_out(nested, bytes(row.passed), keyring=keyring, vouched=vouched)
    grants.store([grants.prepare(found, report_id=row.id, to=To(to), on=deed.on, by=deed.by)])
    row.commitments |= grants.commitments(found, report_id=row.id)
    row.reader, row.passed = reader, None
    _enter(row, state="allowed")
    return _turn(row, "allowed", words, key=keys[WORDS], deed=deed)


def refuse(row: Disclosure, *, words: Mapping[str, str], keyring: Keyring, deed: Deed) -> Turn:
    """Decide against it. The words stay, for whoever asked too."""
    keys = keys_of(row, keyring=keyring)
    row.passed, row.until = None, None
    _enter(row, state="refused")
    return _turn(row, "refused", words, key=keys[WORDS], deed=deed)


def end(row: Disclosure) -> None:
    """End it, decided or not: what it opened is deleted, its words stay."""
    row.passed = None
    _enter(row, state="ended" if row.state.is_open else "nothing")
    for grant in Grant.objects.filter(report_id=row.id):
        if grant.compartments != [WORDS]:
            grant.delete()


def live(**found_by: object) -> QuerySet[Disclosure]:
    """The disclosures that wait or can be opened."""
    return Disclosure.objects.filter(state_code__in=LIVE, **found_by)


def _nested(row: Disclosure) -> Grant | None:
    return grants.nested(row.report_id, compartment=row.compartment)


def _enter(row: Disclosure, *, state: str) -> None:
    row.state_code = state
    row.tag = _tag(row)
    row.save(update_fields=["state_code", "until", "reader", "passed", "commitments", "tag"])


def _turn(row: Disclosure, state: str, words: Mapping[str, str], *, key: bytes, deed: Deed) -> Turn:
    turn = Turn(
        report_id=row.report_id,
        order=deed.order,
        deed=state,
        disclosure=row,
        by=deed.by,
        unit=deed.unit,
        on=deed.on,
        at=deed.at,
    )
    if any(words.values()):
        text = json.dumps(dict(words), ensure_ascii=False).encode()
        turn.sealed = seal.seal(padding.pad_text(text), key=key, context=_turn_context(turn))
    turn.save(force_insert=True)
    return turn


def _tag(row: Disclosure) -> bytes:
    statement = contexts.context("vault_disclosure", *named_values(row, leave_out="tag"))
    return subkeys.mac(settings.WISE_SUBKEYS[Label.DIRECTORY], statement)


def _turn_context(turn: Turn) -> bytes:
    assert turn.disclosure_id is not None
    return contexts.context("vault_turn", turn.id, turn.disclosure_id, turn.order, turn.deed, WORDS)
