"""Tags, tasks, the urgent mark, and the numbers to call when somebody is in danger."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = (
        ("casework", "0005_exhibits"),
        ("people", "0003_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("is_retired", models.BooleanField(default=False)),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tags",
                        to="people.office",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint("tag", models.UniqueConstraint("office", Lower("name"), name="casework_tag_once")),
        migrations.CreateModel(
            name="HelpLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("code", models.CharField(blank=True, max_length=20)),
                ("number", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("place", models.PositiveSmallIntegerField()),
                ("is_verified", models.BooleanField(default=False)),
                ("is_shown", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="CaseTag",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.case"),
                ),
                ("tag", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="casework.tag")),
            ],
        ),
        migrations.AddConstraint(
            "casetag", models.UniqueConstraint(fields=("case", "tag"), name="casework_case_tag_once")
        ),
        migrations.AddField(
            "case", "tags", models.ManyToManyField(related_name="cases", through="casework.CaseTag", to="casework.tag")
        ),
        migrations.AddField("case", "is_urgent", models.BooleanField(default=False)),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=models.Q(("is_urgent", True)), fields=["unit", "due_on", "id"], name="casework_urgent"
            ),
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("order", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                ("is_open", models.BooleanField(default=True)),
                ("done_on", models.DateField(null=True)),
                ("sealed", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="casework.case"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="people.unit"),
                ),
            ],
        ),
        migrations.AddIndex(
            "task",
            models.Index(condition=models.Q(("is_open", True)), fields=["unit", "due_on"], name="casework_tasks"),
        ),
    )
