"""The book's rows (insert-only) and, apart from them, the drafts that are not yet in the book."""

import uuid

from django.db import models
from django.utils.translation import get_language

from wise.people.models import Office, Officer, Reporter
from wise.register import channels, streams


class Topic(models.Model):
    """What a service complaint is about; data of the institution."""

    code = models.CharField(max_length=40, primary_key=True)
    stream = models.CharField(max_length=12, choices=streams.choices)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position",)

    @property
    def name(self) -> str:
        """The topic's name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_id


class Report(models.Model):
    """What somebody told the institution. Insert-only.

    In clear stand only what routing, clocks and statistics need; `commitments` bind the keys it was sealed with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    register_lookup = models.BinaryField(unique=True)
    register_number = models.BinaryField(null=True)
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, null=True, related_name="reports")
    channel = models.CharField(max_length=12, choices=channels.choices)
    stream = models.CharField(max_length=12, choices=streams.choices)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    sealed_reply = models.BinaryField(null=True)
    commitments = models.JSONField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="register_report_online_has_no_time",
                condition=~models.Q(channel="online") | models.Q(received_at__isnull=True),
            ),
        )

    @property
    def way_in(self) -> channels.Channel:
        """The row of the table of channels."""
        return channels.CHANNELS[self.channel]


class Addition(models.Model):
    """Words added to a report later. Insert-only. `order` counts all that happens on one report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="additions")
    order = models.PositiveIntegerField()
    on = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "order"], name="register_addition_order"),)


class Attachment(models.Model):
    """A file with a report or added later. Insert-only.

    `id` is what officers' addresses name, `own_id` what the reporter's do: neither occurs on the other's pages (P19).
    The blob is what those read who handle the case: the cleaned copy, or the file as it came where it was sent so. Its
    key is sealed under `content`; the given name, both hashes and the key of the original under `originals`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    own_id = models.UUIDField(unique=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    order = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    on = models.DateField()
    blob = models.UUIDField(unique=True)
    sealed = models.BinaryField()
    sealed_original = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "position"], name="register_attachment_position"),)

    @property
    def label(self) -> str:
        """What officers call it: a given name can betray who gave it."""
        return f"lampiran-{self.position:02d}"


class Original(models.Model):
    """The file as it came, where those who handle the case read a cleaned copy of it. Insert-only.

    Its key stands with the attachment, sealed under `originals`; here stands only that the blob is in use.
    """

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, primary_key=True, related_name="original")
    blob = models.UUIDField(unique=True)


class BoxOpening(models.Model):
    """A complaint box that was opened: by two people, so that nothing in it disappears. Insert-only.

    `witness` is the second person's name: they need not work with WiSe.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="box_openings")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Officer, on_delete=models.PROTECT)
    witness = models.CharField(max_length=120)
    found = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()


class BoxFind(models.Model):
    """A report that was found when a box was opened. Insert-only."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="box_find")
    opening = models.ForeignKey(BoxOpening, on_delete=models.PROTECT, related_name="finds")


class AgendaCounter(models.Model):
    """The last running agenda number of an office, a prefix and a year: the row that writers lock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "prefix", "year"], name="register_counter_once"),)


class Draft(models.Model):
    """What is being written, sealed so that only the draft's cookie opens it; never in a backup."""

    id = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)


class DraftFile(models.Model):
    """A file of a draft: its blob is already where it stays; only its 32-byte key is sealed anew on sending.

    `copy` is the blob of its cleaned copy, if there is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    blob = models.UUIDField(unique=True)
    copy = models.UUIDField(null=True, unique=True)
    size = models.PositiveBigIntegerField()
    sealed = models.BinaryField()
