"""Openings of the complaint box, and what was found."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_desk"),
        ("register", "0002_insert_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BoxOpening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField()),
                ("witness", models.CharField(max_length=120)),
                ("found", models.PositiveSmallIntegerField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="box_openings", to="people.office"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BoxFind",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="box_find",
                        serialize=False,
                        to="register.report",
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="finds", to="register.boxopening"
                    ),
                ),
            ],
        ),
        InsertOnly("BoxOpening"),
        InsertOnly("BoxFind"),
    ]
