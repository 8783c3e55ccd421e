"""What the complaint desk needs: the unit of the head of office, the medium of an answer, improvements."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_insert_only"),
        ("people", "0003_desk"),
        ("register", "0003_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("order", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("sealed", models.BinaryField()),
                ("done_order", models.PositiveIntegerField(null=True)),
                ("sealed_done", models.BinaryField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="answer_medium",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="case",
            name="lead",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_cases",
                to="people.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("lead__isnull", False)),
                fields=["lead", "status_code", "due_on"],
                name="casework_led",
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="unit",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="people.unit"),
        ),
        migrations.AddIndex(
            model_name="improvement",
            index=models.Index(condition=models.Q(("done_on", None)), fields=["due_on"], name="casework_improving"),
        ),
    ]
