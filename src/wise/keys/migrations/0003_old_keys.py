"""Earlier keys of a unit until nothing names them, and the units whose key must be renewed."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keys", "0002_proposal_tag"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyDue",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="due",
                        serialize=False,
                        to="keys.holder",
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OldKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("replaced_at", models.DateTimeField()),
                ("wrapped", models.BinaryField()),
                ("tag", models.BinaryField(default=bytes)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="old_keys",
                        to="keys.holder",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "version"), name="keys_old_key_once")],
            },
        ),
    ]
