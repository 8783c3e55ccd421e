"""Holders of key pairs, memberships (a unit's seed wrapped for a person) and grants (keys wrapped for a holder)."""

import uuid
from enum import StrEnum

from django.db import models

from wise.people.models import Officer, Reporter, SealedSeed, Unit


class HolderKind(StrEnum):
    """Who can be given a key."""

    REPORTER = "reporter"
    OFFICER = "officer"
    UNIT = "unit"
    BOARD = "board"


class Holder(models.Model):
    """Somebody with a key pair. The public key is trusted only with its tag (see `keys.directory`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=10)
    reporter = models.OneToOneField(Reporter, on_delete=models.PROTECT, null=True)
    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, null=True)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, null=True)
    version = models.PositiveSmallIntegerField(default=1)
    public_key = models.BinaryField()
    tag = models.BinaryField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="keys_holder_is_one",
                condition=models.Q(kind="reporter", reporter__isnull=False, officer=None, unit=None)
                | models.Q(kind="officer", officer__isnull=False, reporter=None, unit=None)
                | models.Q(kind="unit", unit__isnull=False, reporter=None, officer=None)
                | models.Q(kind="board", reporter=None, officer=None, unit=None),
            ),
        )


class Membership(models.Model):
    """A unit's seed, wrapped for a member or for the recovery board. Being a member *is* this box."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="members")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="memberships")
    unit_version = models.PositiveSmallIntegerField()
    holder_version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    tag = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["unit", "holder"], name="keys_membership_once"),)


class OldKey(models.Model):
    """A unit's earlier seed, wrapped for the key that came next, until no grant names its version or an earlier one.

    Tagged like the directory (`keys.old_keys`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="old_keys", db_index=False)
    version = models.PositiveSmallIntegerField()
    replaced_at = models.DateTimeField()
    wrapped = models.BinaryField()
    tag = models.BinaryField(default=bytes)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["unit", "version"], name="keys_old_key_once"),)


class KeyDue(models.Model):
    """A unit whose key must be renewed: somebody left it when nobody was there who holds that key."""

    unit = models.OneToOneField(Holder, on_delete=models.PROTECT, primary_key=True, related_name="due")
    since = models.DateTimeField()


class Proposal(models.Model):
    """Somebody proposed as an officer with a role at a unit, until a member confirms and hands the key over.

    Tagged like the directory: nobody slips another officer in between the proposal and the hand that confirms it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=16)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="proposed")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="decided")
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    tag = models.BinaryField(default=bytes)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["officer", "unit", "role"],
                condition=models.Q(decided_at=None),
                name="keys_proposal_open_once",
            ),
        )


class Renewal(SealedSeed):
    """An officer's new key pair, made because passphrase and recovery code are lost, until a second person confirms it.

    Tagged like the directory: nobody slips a key of their own in between. A decided one is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="renewal")
    public_key = models.BinaryField()
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="renewals_proposed")
    proposed_at = models.DateTimeField()
    tag = models.BinaryField(default=bytes)


class Grant(models.Model):
    """Compartment keys of one report, wrapped for one holder; nested for two custodians (one box inside the other).

    `on` is a date: where a reporter's deed caused the grant no finer time is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField()
    compartments = models.JSONField()
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="grants")
    holder_version = models.PositiveSmallIntegerField()
    inner = models.ForeignKey(Holder, on_delete=models.PROTECT, null=True, related_name="inner_grants")
    inner_version = models.PositiveSmallIntegerField(null=True)
    wrapped = models.BinaryField()
    granted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True)
    on = models.DateField()

    class Meta:
        indexes = (
            models.Index(fields=["report_id", "holder"], name="keys_grant_report"),
            models.Index(fields=["holder", "report_id"], name="keys_grant_holder"),
        )
