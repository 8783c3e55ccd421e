"""Officers who are away, and who stands in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_acting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["officer", "ends_on"], name="people_away", condition=models.Q(("ended_on", None))
                    ),
                    models.Index(
                        fields=["deputy", "ends_on"], name="people_stands_in", condition=models.Q(("ended_on", None))
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="people_absence_in_order", condition=models.Q(("ends_on__gte", models.F("starts_on")))
                    ),
                    models.CheckConstraint(
                        name="people_absence_has_deputy",
                        condition=models.Q(("officer", models.F("deputy")), _negated=True),
                    ),
                ],
            },
        ),
    ]
