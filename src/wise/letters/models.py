"""The rows about letters: what was issued and how it looked (insert-only), and the numbers that were given."""

import uuid

from django.db import models

from wise.letters import kinds
from wise.people.models import Office, Officer


class Template(models.Model):
    """One version of how a kind of document looks: typst source. Insert-only; the newest one is in use.

    `office` empty: for every office without one of its own. `source` empty: from here on as everybody again.
    `made_by` empty: it came with the program, and is kept because a letter was issued with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=kinds.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="letter_templates")
    version = models.PositiveIntegerField(default=0)
    source = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True)
    made_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["office", "kind", "version"],
                name="letters_template_of_office",
                condition=models.Q(office__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "version"],
                name="letters_template_of_all",
                condition=models.Q(office__isnull=True, made_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "digest"], name="letters_template_shipped", condition=models.Q(made_by__isnull=True)
            ),
        )


class Letter(models.Model):
    """A letter that was issued. Insert-only. Its words are sealed under the key that it was issued with.

    `id` is what officers' addresses name, `own_id` what the reporter's do: neither occurs on the other's pages (P19).
    `digest` is what the printed code is made of: a keyed hash over number, date, office and words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    own_id = models.UUIDField(unique=True, default=uuid.uuid4)
    case_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=kinds.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    dated_on = models.DateField()
    issued_by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, db_index=False)
    digest = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["office", "kind", "year", "sequence"], name="letters_letter_sequence"),
            models.UniqueConstraint(fields=["number", "office"], name="letters_letter_number"),
        )

    @property
    def what(self) -> kinds.Kind:
        """The row of the table of kinds."""
        return kinds.KINDS[self.kind]


class Counter(models.Model):
    """The last number of an office, a kind and a year: the row that writers lock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=kinds.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "kind", "year"], name="letters_counter_once"),)


class Pattern(models.Model):
    """How an office writes its numbers, where that is not as everybody does. `office` empty: everybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.OneToOneField(Office, on_delete=models.PROTECT, null=True, related_name="letter_pattern")
    pattern = models.CharField(max_length=60)
