"""The log's rows: entries that only grow, the head of each chain, and the heads' daily signatures."""

import uuid
from enum import StrEnum

from django.db import models


class Chain(StrEnum):
    """Reporters' deeds and officers' deeds: submissions never wait for readers."""

    REPORTERS = "reporters"
    OFFICERS = "officers"


class Head(models.Model):
    """The end of a chain: the one row that writers lock. Locking the newest entry would let the chain fork."""

    chain = models.CharField(max_length=16, primary_key=True)
    sequence = models.PositiveBigIntegerField()
    digest = models.BinaryField()
    on = models.DateField(null=True)


class Entry(models.Model):
    """One deed. Insert-only. Reporters' entries carry a date, officers' entries a time too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    chain = models.CharField(max_length=16)
    sequence = models.PositiveBigIntegerField()
    on = models.DateField()
    at = models.DateTimeField(null=True)
    deed = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    previous_digest = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        # Counting how often a case was read looks at the index alone.
        indexes = (models.Index(fields=["subject", "deed"], name="audit_entry_subject"),)
        constraints = (
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_entry_sequence"),
            # The backstop of the lock on the head: a fork cannot be stored.
            models.UniqueConstraint(fields=["chain", "previous_digest"], name="audit_entry_no_fork"),
            models.CheckConstraint(
                condition=~models.Q(chain=Chain.REPORTERS.value) | models.Q(at__isnull=True),
                name="audit_entry_reporters_have_no_time",
            ),
        )


class Signature(models.Model):
    """Both heads at the end of a day, signed with Ed25519, each signature covering the one before. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    on = models.DateField(unique=True)
    heads = models.JSONField()
    previous = models.BinaryField()
    signature = models.BinaryField()
