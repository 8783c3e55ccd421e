"""Authorities outside the institution, to whom a report can be referred."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("casework", "0009_duplicates"),)

    operations = (
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("is_verified", models.BooleanField(default=False)),
                ("is_shown", models.BooleanField(default=True)),
                ("code", models.CharField(blank=True, max_length=20, null=True, unique=True)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("address", models.TextField()),
            ],
        ),
    )
