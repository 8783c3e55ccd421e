"""Grants: compartment keys wrapped for a holder. Sealing needs public keys only; opening needs a keyring."""

import datetime
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from wise.crypto import boxes, contexts, seal, subkeys
from wise.crypto.errors import Unopenable
from wise.crypto.subkeys import Label
from wise.keys import directory, old_keys
from wise.keys.keyring import Keyring
from wise.keys.models import Grant, Holder
from wise.people.models import Officer

CONTENT = "content"
REPLY = "reply"
IDENTITY = "identity"
ORIGINALS = "originals"
# What is given in confidence, or shows what cleaned copies do not: by decided disclosures alone.
_CONFIDED = frozenset({IDENTITY, ORIGINALS})
_WORK = "work/"

type Keys = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class To:
    """Whom a box is for. `inner` makes it two boxes, one inside the other: both holders are needed."""

    holder: Holder
    inner: Holder | None = None


def identity_of(deposit_id: uuid.UUID) -> str:
    """The compartment of an identity that was given after the report: its key is its own, so that it can go alone."""
    return f"{IDENTITY}/{deposit_id.hex}"


def is_confided(compartment: str) -> bool:
    """Whether this is opened by the reporter and by decided disclosures alone."""
    return compartment.partition("/")[0] in _CONFIDED


def work_of(unit_id: uuid.UUID, *, since: int) -> str:
    """The name of a unit's own `work` compartment for one time of holding, which began at this order number.

    A unit that gets a case back writes under a new key: whoever held the case in between had the old one.
    """
    return f"{_WORK}{unit_id.hex}/{since}"


def work_key(keys: Mapping[str, bytes], *, unit_id: uuid.UUID, order: int) -> bytes | None:
    """The key that a unit's note at this order number is sealed with, if it is among these keys."""
    beginning = f"{_WORK}{unit_id.hex}/"
    times = [int(name.removeprefix(beginning)) for name in keys if name.startswith(beginning)]
    since = max((time for time in times if time <= order), default=None)
    return keys[work_of(unit_id, since=since)] if since is not None else None


def is_work(compartment: str) -> bool:
    """Whether this is some unit's `work` compartment."""
    return compartment.startswith(_WORK)


def work_since(compartment: str) -> int:
    """The order number at which the time of holding began that a `work` compartment is for."""
    return int(compartment.rpartition("/")[2])


def of_unit(keys: Mapping[str, bytes], *, unit_id: uuid.UUID) -> Keys:
    """Those of the keys that are one unit's own `work` keys, of each time that it held the case."""
    beginning = f"{_WORK}{unit_id.hex}/"
    return {name: key for name, key in keys.items() if name.startswith(beginning)}


def new_keys(*compartments: str) -> Keys:
    """A random key for each compartment."""
    return {name: seal.new_key() for name in compartments}


def commitments(keys: Mapping[str, bytes], *, report_id: uuid.UUID) -> dict[str, str]:
    """What stands in the insert-only row (or the log) so that a planted key is noticed: a box proves no sender."""
    return {
        name: seal.commitment(key, context=_commitment_context(report_id, name)).hex() for name, key in keys.items()
    }


def later_commitments(keys: Mapping[str, bytes], *, report_id: uuid.UUID) -> dict[str, dict[str, str] | str]:
    """Commitments to keys made after the report was entered, as facts for the log's entry.

    They carry a tag under the server secret: an entry that somebody slipped into the table vouches for nothing.
    """
    made = commitments(keys, report_id=report_id)
    return {"commitments": made, "tag": _later_tag(made, report_id=report_id).hex()}


def vouched_later(facts: Iterable[Mapping[str, Any]], *, report_id: uuid.UUID) -> dict[str, str]:
    """The commitments in these log facts whose tag is right."""
    vouched: dict[str, str] = {}
    for fact in facts:
        made = fact.get("commitments")
        if made and subkeys.same(_later_tag(made, report_id=report_id), bytes.fromhex(fact["tag"])):
            vouched.update(made)
    return vouched


def prepare(
    keys: Mapping[str, bytes], *, report_id: uuid.UUID, to: To, on: datetime.date, by: Officer | None = None
) -> Grant:
    """One box with all the keys this holder gets now; the caller stores it. The directory is checked first."""
    directory.check(to.holder)
    grant = Grant(
        report_id=report_id,
        compartments=sorted(keys),
        holder=to.holder,
        holder_version=to.holder.version,
        inner=to.inner,
        inner_version=to.inner.version if to.inner else None,
        granted_by=by,
        on=on,
    )
    box = json.dumps({name: key.hex() for name, key in keys.items()}, sort_keys=True).encode()
    if to.inner is not None:
        directory.check(to.inner)
        box = boxes.wrap(box, public_key=bytes(to.inner.public_key), context=_context(grant, "inner"))
    grant.wrapped = boxes.wrap(box, public_key=bytes(to.holder.public_key), context=_context(grant, "outer"))
    return grant


def store(grants: Iterable[Grant]) -> None:
    """Store prepared grants in one statement."""
    Grant.objects.bulk_create(grants)


def held(
    report_id: uuid.UUID,
    *,
    keyring: Keyring,
    vouched: Mapping[str, str],
    later: Callable[[], Mapping[str, str]] = dict,
) -> Keys:
    """All compartment keys of a report that this keyring opens.

    `vouched` are the commitments from the report's row; `later` finds those from the log, and is asked only where a key
    is held that the row does not speak of. A box that does not open, or holds a key that nobody vouched for, raises
    `Unopenable`: it was swapped or planted (P36).
    """
    keys: Keys = {}
    mine = Grant.objects.filter(report_id=report_id, holder__in=keyring.holders, inner=None)
    for grant in mine.select_related("holder"):
        keys |= _opened(grant, keyring=keyring)
    if not keys.keys() <= vouched.keys():
        vouched = {**later(), **vouched}
    _check(keys, report_id=report_id, vouched=vouched)
    return keys


def rewrap(grant: Grant, *, seed: bytes, now: Holder) -> None:
    """Wrap what the outer box of a grant holds for the key that its holder has now; the caller stores it.

    `seed`: of the version that the grant names. An inner box stays as it is, unread.
    """
    box = boxes.unwrap(bytes(grant.wrapped), seed=seed, context=_context(grant, "outer"))
    grant.holder_version = now.version
    grant.wrapped = boxes.wrap(box, public_key=bytes(now.public_key), context=_context(grant, "outer"))


def nested(report_id: uuid.UUID, *, compartment: str) -> Grant | None:
    """The grant of a compartment that takes two holders to open, if there is one."""
    rows = Grant.objects.filter(report_id=report_id, inner__isnull=False).select_related("holder", "inner")
    return next((row for row in rows if row.compartments == [compartment]), None)


def take_off(grant: Grant, *, keyring: Keyring) -> bytes:
    """The inner box of a nested grant, for who holds the outer one's key. It opens nothing by itself."""
    seed = _seed(keyring, grant.holder, version=grant.holder_version)
    return boxes.unwrap(bytes(grant.wrapped), seed=seed, context=_context(grant, "outer"))


def take_out(grant: Grant, box: bytes, *, keyring: Keyring, vouched: Mapping[str, str]) -> Keys:
    """The keys in a nested grant's inner box, for who holds that one's key; `Unopenable` where nobody vouched."""
    assert grant.inner is not None
    assert grant.inner_version is not None
    seed = _seed(keyring, grant.inner, version=grant.inner_version)
    content = boxes.unwrap(box, seed=seed, context=_context(grant, "inner"))
    keys = {name: bytes.fromhex(key) for name, key in json.loads(content).items()}
    _check(keys, report_id=grant.report_id, vouched=vouched)
    return keys


def forget(report_id: uuid.UUID, *, compartment: str, holder: Holder, keyring: Keyring, on: datetime.date) -> None:
    """Take a compartment out of every box of a report: the nested ones go, a person's own are wrapped anew without it.

    Who had its key already may have kept it; nobody gets it from the database any more.
    """
    nested_one = nested(report_id, compartment=compartment)
    if nested_one is not None:
        nested_one.delete()
    for grant in Grant.objects.filter(report_id=report_id, holder=holder, inner=None).select_related("holder"):
        if compartment not in grant.compartments:
            continue
        keys = _opened(grant, keyring=keyring)
        del keys[compartment]
        if keys:
            store([prepare(keys, report_id=report_id, to=To(holder), on=on)])
        grant.delete()


def withdraw(report_id: uuid.UUID, *, holder: Holder, work: Iterable[str]) -> None:
    """Take a holder's grants with one of these `work` compartments away. What they had opened they know.

    What the holder has for another part of the same report stays.
    """
    names = set(work)
    held_now = Grant.objects.filter(report_id=report_id, holder=holder).values_list("id", "compartments")
    Grant.objects.filter(id__in=[key for key, compartments in held_now if names & set(compartments)]).delete()


def withdraw_from_officers(report_id: uuid.UUID, *, work: Iterable[str]) -> None:
    """The same for all officers who have such a grant of their own."""
    for holder in Holder.objects.filter(officer__isnull=False, grants__report_id=report_id).distinct():
        withdraw(report_id, holder=holder, work=work)


def withdraw_own(report_id: uuid.UUID, *, holder: Holder, unit_id: uuid.UUID) -> None:
    """Take away what a person holds of their own on a report with a `work` key of this unit's."""
    beginning = f"{_WORK}{unit_id.hex}/"
    held_now = Grant.objects.filter(report_id=report_id, holder=holder).values_list("id", "compartments")
    theirs = [key for key, compartments in held_now if any(name.startswith(beginning) for name in compartments)]
    Grant.objects.filter(id__in=theirs).delete()


def work_of_officers(report_id: uuid.UUID) -> dict[uuid.UUID, set[str]]:
    """The officers who have grants of their own with a unit's `work` key, by their ids, and the names of these keys."""
    rows = Grant.objects.filter(report_id=report_id, holder__officer__isnull=False)
    found: dict[uuid.UUID, set[str]] = {}
    for officer, compartments in rows.values_list("holder__officer_id", "compartments"):
        if names := set(filter(is_work, compartments)):
            found.setdefault(officer, set()).update(names)
    return found


def reports_held_by(holders: Iterable[uuid.UUID]) -> QuerySet[Any, Any]:
    """The ids of the reports on which these holders have a grant (a lazy queryset, for use inside others)."""
    return Grant.objects.filter(holder__in=list(holders), inner=None).values("report_id")


def _opened(grant: Grant, *, keyring: Keyring) -> Keys:
    seed = _seed(keyring, grant.holder, version=grant.holder_version)
    box = boxes.unwrap(bytes(grant.wrapped), seed=seed, context=_context(grant, "outer"))
    return {name: bytes.fromhex(key) for name, key in json.loads(box).items()}


def _check(keys: Keys, *, report_id: uuid.UUID, vouched: Mapping[str, str]) -> None:
    for name, key in keys.items():
        if commitments({name: key}, report_id=report_id)[name] != vouched.get(name):
            raise Unopenable


def _seed(keyring: Keyring, holder: Holder, *, version: int) -> bytes:
    """The seed that a grant was wrapped for: it may wait to be moved to the key that its unit has now."""
    seed = keyring.seeds.get(holder.id)
    if seed is None:
        raise Unopenable
    return old_keys.seed_at(holder, version=version, seed=seed)


def _context(grant: Grant, box: str) -> bytes:
    inner = box == "inner"
    holder = grant.inner_id if inner else grant.holder_id
    version = grant.inner_version if inner else grant.holder_version
    return contexts.context(
        "keys_grant", box, grant.id, grant.report_id, ",".join(grant.compartments), str(holder), version or 0
    )


def _later_tag(made: Mapping[str, str], *, report_id: uuid.UUID) -> bytes:
    statement = contexts.context("later keys", report_id, json.dumps(dict(made), sort_keys=True))
    return subkeys.mac(settings.WISE_SUBKEYS[Label.DIRECTORY], statement)


def _commitment_context(report_id: uuid.UUID, compartment: str) -> bytes:
    return contexts.context("commitment", report_id, compartment)
