"""Officers' accounts at the institution, by which they sign in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_second_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="InstitutionAccount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("lookup", models.BinaryField(unique=True)),
                ("tag", models.BinaryField()),
                ("linked_on", models.DateField()),
                (
                    "officer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="institution_account",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
