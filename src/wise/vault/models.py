"""The vault's rows."""

import datetime
import uuid

from django.db import models
from django.db.models import Q

from wise.people.models import Officer, Unit
from wise.vault import kinds
from wise.vault.kinds import Kind, State


class Deposit(models.Model):
    """An identity, sealed under a key of its own: for the reporter and two custodian units together. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    on = models.DateField()


class Disclosure(models.Model):
    """A request to see what was confided, and how it stands. Its keys are grants that name its id as their report's.

    `compartment`: whose key is asked for. `reader`: for whom it was wrapped, until and with the day `until`. `passed`:
    the inner box, from the day the first custodian unit took off the outer one until the second decides. Tagged: who
    writes in the database can put nobody else in the asker's place, and give nobody more time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField(db_index=True)
    case_id = models.UUIDField()
    kind_code = models.CharField(max_length=12, db_column="kind")
    compartment = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="disclosures", db_index=False)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="disclosures", db_index=False)
    asked_on = models.DateField()
    state_code = models.CharField(max_length=12, db_column="state")
    until = models.DateField(null=True)
    reader = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    passed = models.BinaryField(null=True)
    commitments = models.JSONField()
    tag = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["state_code", "asked_on", "id"], name="vault_by_state"),
            models.Index(fields=["case_id", "asked_on"], name="vault_of_case"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case_id", "kind_code"],
                name="vault_one_waits",
                condition=Q(state_code__in=kinds.WAITING),
            ),
        )

    @property
    def kind(self) -> Kind:
        """The row of the table of kinds."""
        return kinds.KINDS[self.kind_code]

    @property
    def state(self) -> State:
        """The row of the table of states."""
        return kinds.STATES[self.state_code]

    def lasts_on(self, day: datetime.date) -> bool:
        """Whether it was allowed, and can still be opened on a day."""
        return self.state.is_open and self.until is not None and day <= self.until


class Turn(models.Model):
    """What happened to what was confided: given later, withdrawn, asked for, decided. Insert-only.

    `order`: its place among everything that happens on the report. `by` and `at` are empty where the reporter caused
    it: then only the date is kept (P18). Its words are sealed under the request's own key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField()
    order = models.PositiveIntegerField()
    deed = models.CharField(max_length=12)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="turns")
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, null=True, related_name="turns")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report_id", "order"], name="vault_turn_order"),
            models.UniqueConstraint(fields=["disclosure", "deed"], name="vault_turn_once"),
            models.UniqueConstraint(fields=["deposit", "deed"], name="vault_deposit_once"),
            models.CheckConstraint(
                name="vault_turn_of_one",
                condition=Q(disclosure=None, deposit__isnull=False) | Q(disclosure__isnull=False, deposit=None),
            ),
            models.CheckConstraint(
                name="vault_reporters_have_no_time", condition=Q(by__isnull=False) | Q(at__isnull=True)
            ),
        )


class Term(models.Model):
    """How long a kind of disclosure lasts: data of the institution. Days, each counted.

    `days`: what is offered; `most`: the longest; `wait`: how long a request waits for a decision.
    """

    kind = models.CharField(max_length=12, primary_key=True)
    days = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    wait = models.PositiveSmallIntegerField()
