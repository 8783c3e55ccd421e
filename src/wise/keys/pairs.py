"""A holder's next key pair: entered, and vouched for by the log, so that an earlier row put back is noticed."""

import datetime

from django.db.models import F, Q

from wise.audit import log
from wise.audit.models import Chain, Entry
from wise.audit.rows import fingerprint
from wise.keys import directory
from wise.keys.models import Holder, Membership
from wise.people.models import Officer

DEED = "renew-key"


def replace(holder: Holder, *, public_key: bytes, by: Officer | None, at: datetime.datetime) -> None:
    """Enter another public key of a holder, one version on. Boxes of its seed, and boxes made for it, go.

    In a transaction of the caller's, which makes those boxes anew that are still wanted.
    """
    holder.members.all().delete()
    holder.memberships.all().delete()
    holder.public_key, holder.version = public_key, holder.version + 1
    directory.enter(holder)
    facts: dict[str, log.Fact] = {"version": holder.version, "row": fingerprint(holder)}
    log.record(DEED, chain=Chain.OFFICERS, at=at, subject=holder.id, by=by.id if by else None, facts=facts)


def flaws() -> list[str]:
    """Every holder whose key is not the one that the log speaks of, and every box of an earlier key, by table and id.

    A tag says that a row was ours once. Whoever puts an old one back is found here (for `wise log verify`).
    """
    renewals = Entry.objects.filter(deed=DEED, subject__isnull=False).order_by("sequence")
    last = dict(renewals.values_list("subject", "facts__row"))
    changed = Holder.objects.filter(Q(version__gt=1) | Q(id__in=list(last))).order_by("id")
    found = [f"keys.Holder {row.id}" for row in changed if last.get(row.id) != fingerprint(row)]
    as_now = Q(unit_version=F("unit__version"), holder_version=F("holder__version"))
    return found + [f"keys.Membership {row.id}" for row in Membership.objects.exclude(as_now).order_by("id")]
