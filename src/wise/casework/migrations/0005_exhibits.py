"""The files of the unit on a case: rows that only grow."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_calendar"),
        ("people", "0003_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("order", models.PositiveIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("blob", models.UUIDField(unique=True)),
                ("sealed", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="casework.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="people.unit"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.UniqueConstraint(fields=("case", "position"), name="casework_exhibit_position"),
        ),
        InsertOnly("Exhibit"),
    ]
