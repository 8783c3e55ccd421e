import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wise.letters.kinds


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pattern",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("pattern", models.CharField(max_length=60)),
                (
                    "office",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_pattern",
                        to="people.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=wise.letters.kinds.choices, max_length=12)),
                ("version", models.PositiveIntegerField(default=0)),
                ("source", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("made_on", models.DateField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_templates",
                        to="people.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("own_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("case_id", models.UUIDField(db_index=True)),
                ("kind", models.CharField(choices=wise.letters.kinds.choices, max_length=12)),
                ("year", models.PositiveSmallIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=80)),
                ("dated_on", models.DateField()),
                ("digest", models.BinaryField()),
                ("sealed", models.BinaryField()),
                (
                    "issued_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="people.office"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="letters.template"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=wise.letters.kinds.choices, max_length=12)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.office")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "kind", "year"), name="letters_counter_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                condition=models.Q(("office__isnull", False)),
                fields=("office", "kind", "version"),
                name="letters_template_of_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                condition=models.Q(("made_by__isnull", False), ("office__isnull", True)),
                fields=("kind", "version"),
                name="letters_template_of_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                condition=models.Q(("made_by__isnull", True)),
                fields=("kind", "digest"),
                name="letters_template_shipped",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("office", "kind", "year", "sequence"), name="letters_letter_sequence"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("number", "office"), name="letters_letter_number"),
        ),
    ]
