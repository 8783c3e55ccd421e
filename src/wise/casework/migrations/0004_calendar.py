"""Holidays, the rule set that the institution chose, and extensions; clocks say their length in any unit."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

DEFAULT = "kemenkeu-2011"


def lengths(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now a clock had `days`; the shipped rule set was the only one, hence the chosen one."""
    del schema_editor
    rule_sets: Any = apps.get_model("casework", "RuleSet")
    for row in rule_sets.objects.all():
        row.clocks = [
            {("length" if name == "days" else name): value for name, value in clock.items()} for clock in row.clocks
        ]
        row.is_chosen = row.code == DEFAULT
        row.save(update_fields=["clocks", "is_chosen"])


class Migration(migrations.Migration):
    dependencies = (("casework", "0003_desk"),)

    operations = (
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=12)),
                ("is_estimated", models.BooleanField(default=False)),
                ("is_free", models.BooleanField(default=True)),
                ("is_shipped", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("changed_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField("case", "extended_on", models.DateField(null=True)),
        migrations.AddField("ruleset", "is_chosen", models.BooleanField(default=False)),
        migrations.RunPython(lengths, migrations.RunPython.noop),
        migrations.AddConstraint(
            "ruleset",
            models.UniqueConstraint(
                condition=models.Q(("is_chosen", True)), fields=("is_chosen",), name="casework_one_rule_set"
            ),
        ),
    )
