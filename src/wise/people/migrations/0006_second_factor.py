"""The second steps of officers: what an app, or recovery codes, are checked against, sealed for the officer alone."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_absence"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("sealed", models.BinaryField()),
                ("used_step", models.BigIntegerField(default=0)),
                ("added_on", models.DateField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factors",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "codes")),
                        fields=("officer",),
                        name="people_second_factor_one_set_of_codes",
                    )
                ],
            },
        ),
    ]
