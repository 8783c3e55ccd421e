"""The rows of casework: a case on a report, its steps, the messages both ways, rule sets and holidays."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from wise.casework import workflow
from wise.people.models import Office, Officer, Unit
from wise.register.models import Report
from wise.register.streams import STREAMS, Stream


class RuleSet(models.Model):
    """A dated set of clocks and duties. Data of the institution; a case keeps the one it was opened under (B8).

    `is_chosen`: new cases are opened under it. `clocks`: see `casework.clock.Clock`.
    """

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    clocks = models.JSONField()
    is_chosen = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["is_chosen"], name="casework_one_rule_set", condition=Q(is_chosen=True)),
        )


class Holiday(models.Model):
    """A day on which the institution does not work. `is_free` False: it is a working day after all.

    Such a row stays, so that it is not put in again by what WiSe comes with (`is_shipped`).
    """

    on = models.DateField(primary_key=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    is_estimated = models.BooleanField(default=False)
    is_free = models.BooleanField(default=True)
    is_shipped = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    changed_on = models.DateField(null=True)


class Tag(models.Model):
    """A word from an office's own list that its units mark cases with. Not secret: it stands in the clear."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tags", db_index=False)
    name = models.CharField(max_length=40)
    is_retired = models.BooleanField(default=False)

    class Meta:
        # Begins with the office, which needs no index of its own.
        constraints = (models.UniqueConstraint("office", Lower("name"), name="casework_tag_once"),)


class Kept(models.Model):
    """A row of a table that the institution keeps (`casework.kept`). `is_verified`: somebody there checked it.

    It is hidden, not deleted: one that WiSe comes with would be put in again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    place = models.PositiveSmallIntegerField()
    is_verified = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=True)

    class Meta:
        abstract = True


class HelpLine(Kept):
    """A number to call when somebody is in danger. `code` where WiSe comes with it."""

    code = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)


class Authority(Kept):
    """An authority outside the institution. `code` where WiSe comes with it; `address`: the lines below its name."""

    code = models.CharField(max_length=20, unique=True, null=True, blank=True)
    name = models.CharField(max_length=200, unique=True)
    address = models.TextField()


class Case(models.Model):
    """The institution's work on a report, or a part of it. It goes on by moves alone (`casework.actions`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="cases")
    # A report can be handled in parts (`casework.parts`).
    part = models.PositiveSmallIntegerField(default=1)
    agenda_number = models.CharField(max_length=60, unique=True)
    stream_code = models.CharField(max_length=12, db_column="stream")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", db_index=False)
    # The head's unit, from the proposal on: it reads and decides while `unit` goes on holding the case.
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="led_cases", db_index=False)
    handler = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="cases")
    # The main case of which this one is a duplicate: of the same unit and kind, and itself no duplicate.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    status_code = models.CharField(max_length=20, db_column="status")
    outcome = models.CharField(max_length=20, blank=True)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, db_index=False)
    received_on = models.DateField()
    due_on = models.DateField()
    # When the time was extended, as the rule set allows; the date that was due before follows from the rule set.
    extended_on = models.DateField(null=True)
    asked_until = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    # By which medium: `none` where nobody could be reached is counted apart.
    answer_medium = models.CharField(max_length=12, blank=True)
    # When its reporter objected last: its time runs from then on (`casework.objecting`). The first answer's dates stay,
    # and that any answer before was late.
    objected_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    first_answered_on = models.DateField(null=True)
    was_late = models.BooleanField(default=False)
    changed_on = models.DateField()
    last_order = models.PositiveIntegerField(default=0)
    has_news = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    # That it is urgent; why stands sealed in the step that says so (`casework.urgency`).
    is_urgent = models.BooleanField(default=False)
    # Its keys went from the unit to single members (`casework.excluding`); who is left out stands nowhere in the clear.
    is_restricted = models.BooleanField(default=False)
    tags = models.ManyToManyField(Tag, through="CaseTag", related_name="cases")

    class Meta:
        # One index an order of the inbox: a page of 25 is read from it, however many cases there are.
        indexes = (
            models.Index(fields=["unit", "is_open", "due_on", "id"], name="casework_by_due"),
            models.Index(fields=["unit", "is_open", "received_on", "id"], name="casework_by_received"),
            models.Index(fields=["unit", "is_open", "changed_on", "id"], name="casework_by_changed"),
            models.Index(fields=["unit", "status_code"], name="casework_status", condition=Q(is_open=True)),
            models.Index(fields=["handler", "due_on"], name="casework_mine", condition=Q(is_open=True)),
            models.Index(fields=["unit"], name="casework_news", condition=Q(has_news=True)),
            models.Index(fields=["unit", "due_on", "id"], name="casework_urgent", condition=Q(is_urgent=True)),
            models.Index(fields=["unit"], name="casework_restricted", condition=Q(is_restricted=True)),
            models.Index(
                fields=["lead", "status_code", "due_on"], name="casework_led", condition=Q(lead__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["report", "part"], name="casework_part_once"),
            # Nothing closes unanswered, whoever asks (mission A6, A7); a withdrawal is not a closing.
            models.CheckConstraint(
                name="casework_case_closed_is_answered",
                condition=~Q(status_code="closed") | Q(answered_on__isnull=False),
            ),
        )

    @property
    def status(self) -> workflow.Status:
        """The row of the table of statuses."""
        return workflow.STATUSES[self.status_code]

    @property
    def stream(self) -> Stream:
        """The row of the table of streams."""
        return STREAMS[self.stream_code]

    @property
    def runs_from(self) -> datetime.date:
        """The day from which the time for its answer is counted: of receipt, or of the last objection."""
        return self.objected_on or self.received_on


class Step(models.Model):
    """One move that was taken. Insert-only. Its note is sealed under the `work` key of the unit that took it.

    `by` and `at` are empty where a reporter caused the step: then only the date is kept (P18).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps", db_index=False)
    order = models.PositiveIntegerField()
    move = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    sealed = models.BinaryField(null=True)

    class Meta:
        # Begins with the case, which needs no index of its own.
        constraints = (models.UniqueConstraint(fields=["case", "order"], name="casework_step_order"),)


class Message(models.Model):
    """Words between reporter and unit, sealed under `content`. Insert-only. The move that carried them names the kind.

    `by` and `at` are empty for the reporter's messages; who of the unit wrote is never shown to the reporter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages", db_index=False)
    order = models.PositiveIntegerField()
    move = models.CharField(max_length=30)
    on = models.DateField()
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "order"], name="casework_message_order"),)


class Exhibit(models.Model):
    """A file that an officer added to a case, with the step of this order. Insert-only.

    Its key, name and size are sealed under the `work` key of the unit that held the case, as the unit's notes are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits", db_index=False)
    order = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    blob = models.UUIDField(unique=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "position"], name="casework_exhibit_position"),)

    @property
    def label(self) -> str:
        """What officers call it."""
        return f"berkas-{self.position:02d}"


class Improvement(models.Model):
    """What the head of office ordered so that the service gets better (mission B4): by when, and whether it is done.

    What is to be done and who sees to it, and later the evidence, are sealed under the `work` key of the holding unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="improvements")
    order = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    sealed = models.BinaryField()
    done_order = models.PositiveIntegerField(null=True)
    sealed_done = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=["due_on"], name="casework_improving", condition=Q(done_on=None)),)


class CaseTag(models.Model):
    """A tag on a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT)

    class Meta:
        # Begins with the case, which needs no index of its own.
        constraints = (models.UniqueConstraint(fields=["case", "tag"], name="casework_case_tag_once"),)


class Task(models.Model):
    """Something to be done on a case, by whom of the holding unit and by when. What it is, is sealed under `work`.

    It is open until it is done, or until the case leaves the unit: then `done_on` stays empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    order = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False)
    due_on = models.DateField()
    is_open = models.BooleanField(default=True)
    done_on = models.DateField(null=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["unit", "due_on"], name="casework_tasks", condition=Q(is_open=True)),)
