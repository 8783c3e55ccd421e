"""Acting heads: for whom they stand in."""

import uuid

from django.db import migrations, models

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    """The table and its triggers."""

    dependencies = (("people", "0003_desk"),)
    operations = (
        migrations.CreateModel(
            name="Acting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("proposal", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=8)),
                ("until", models.DateField()),
                ("tag", models.BinaryField(default=bytes)),
            ],
        ),
        InsertOnly("Acting"),
    )
