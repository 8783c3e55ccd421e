"""The rows about people. Nothing here tells who a reporter is; no key stands here that opens anything alone."""

import uuid
from typing import ClassVar, override

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Office(models.Model):
    """A KPKNL, a Kanwil, a head office: has an address, a letter code, a time zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    letter_code = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=40)
    contacts = models.JSONField(default=dict)

    class Meta:
        ordering = ("name",)

    @override
    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An organisational unit that can hold cases. `above` is who gets what concerns this unit itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    tag = models.BinaryField(default=bytes)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "kind"], name="people_unit_one_of_a_kind"),)

    @override
    def __str__(self) -> str:
        return self.name


class SealedSeed(models.Model):
    """A private key kept as its seed, sealed under a passphrase and under a recovery code."""

    salt = models.BinaryField()
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    sealed_seed = models.BinaryField()
    recovery_salt = models.BinaryField()
    recovery_sealed_seed = models.BinaryField()

    class Meta:
        abstract = True


class OfficerManager(BaseUserManager["Officer"]):
    """Officers are made by `people.joining`; nobody is made here."""


class Officer(AbstractBaseUser, SealedSeed):
    """A member of staff. `password` stays unusable where the unlock passphrase serves as password."""

    last_login = None  # when somebody signed in stands in the log
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    # The number that stands below the name on what an official signs (NIP).
    service_number = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[OfficerManager] = OfficerManager()

    @override
    def __str__(self) -> str:
        return self.name


class OfficerRole(models.Model):
    """An officer's role at a unit, for certain days (an acting head's appointment ends by itself)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    tag = models.BinaryField(default=bytes)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["officer", "unit", "role"], name="people_role_once"),)


class Acting(models.Model):
    """That somebody is proposed as an acting head: for whom they stand in, and until when. Insert-only.

    It belongs to the proposal, of which a member confirms what stands here; tagged like the directory.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8)
    until = models.DateField()
    tag = models.BinaryField(default=bytes)


class SecondFactor(models.Model):
    """What an officer shows beside the passphrase: an authenticator app, a passkey, a set of recovery codes.

    What it is checked against is sealed under a key that only the officer's own seed gives. `used_step`: no code of an
    app of this time step or an earlier one is taken again; of a passkey, how often it has signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=8)
    sealed = models.BinaryField()
    used_step = models.BigIntegerField(default=0)
    added_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["officer"], condition=Q(kind="codes"), name="people_second_factor_one_set_of_codes"
            ),
        )


class InstitutionAccount(models.Model):
    """An officer's account at the institution, by which they sign in; of the account only a keyed digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="institution_account")
    lookup = models.BinaryField(unique=True)
    tag = models.BinaryField()
    linked_on = models.DateField()


class Absence(models.Model):
    """An officer is away from one day to another, both counted, and a colleague stands in.

    `ended_on`: from that day on it does not count any more. Who entered it stands in the log.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="absences", db_index=False)
    deputy = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="stands_in", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        # Both are asked for each inbox: who is away today, and for whom somebody stands in.
        indexes = (
            models.Index(fields=["officer", "ends_on"], name="people_away", condition=Q(ended_on=None)),
            models.Index(fields=["deputy", "ends_on"], name="people_stands_in", condition=Q(ended_on=None)),
        )
        constraints = (
            models.CheckConstraint(name="people_absence_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="people_absence_has_deputy", condition=~Q(officer=F("deputy"))),
        )


class Reporter(SealedSeed):
    """A person known by a pseudonym, of which only a keyed hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pseudonym_lookup = models.BinaryField(unique=True)
    joined_on = models.DateField()


class Slip(models.Model):
    """The paper that a front desk hands to a reporter who chose no pseudonym: its passphrase opens that one report.

    The passphrase works once: whoever printed the slip knew it until then. `used_on` tells its holder that it was used.
    """

    reporter = models.OneToOneField(Reporter, on_delete=models.PROTECT, primary_key=True, related_name="slip")
    handed_on = models.DateField()
    used_on = models.DateField(null=True)


class Session(models.Model):
    """A signed-in person between two requests: the row opens nothing without the cookie's token."""

    id = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True


class ReporterSession(Session):
    """A reporter's session: at most 30 minutes idle and 4 hours in all, kept in ten-minute steps."""

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE)


class OfficerSession(Session):
    """An officer's session: at most 60 minutes idle and 10 hours in all."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, null=True)


class Attempt(models.Model):
    """Wrong sign-ins at one name (known or not) in the present hour; deleted afterwards, never in a backup."""

    lookup = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
