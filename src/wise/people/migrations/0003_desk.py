"""Slips from the desk, and the number below an official's name."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_insert_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "reporter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="slip",
                        serialize=False,
                        to="people.reporter",
                    ),
                ),
                ("handed_on", models.DateField()),
                ("used_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="officer",
            name="service_number",
            field=models.CharField(blank=True, max_length=30),
        ),
    ]
