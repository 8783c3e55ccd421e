"""New key pairs of officers who lost what opened the old one, until a colleague confirms them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keys", "0003_old_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("salt", models.BinaryField()),
                ("memory_kib", models.PositiveIntegerField()),
                ("passes", models.PositiveSmallIntegerField()),
                ("sealed_seed", models.BinaryField()),
                ("recovery_salt", models.BinaryField()),
                ("recovery_sealed_seed", models.BinaryField()),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("public_key", models.BinaryField()),
                ("proposed_at", models.DateTimeField()),
                ("tag", models.BinaryField(default=bytes)),
                (
                    "officer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="renewal", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals_proposed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
