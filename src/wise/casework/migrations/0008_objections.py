"""A reporter can object to an answer: the case keeps its first answer's dates, and rule sets say until when."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SHIPPED: dict[str, tuple[int, str]] = {
    "kemenkeu-2011": (30, "calendar"),
    "sp4n-2018": (10, "working"),
    "eu-2019-1937": (30, "calendar"),
}


def objections(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rule sets that are in the database already get the time for an objection, as new ones come with it."""
    del schema_editor
    rule_sets: Any = apps.get_model("casework", "RuleSet")
    for row in rule_sets.objects.filter(code__in=_SHIPPED):
        if all(clock["name"] != "objection" for clock in row.clocks):
            length, unit = _SHIPPED[row.code]
            clock = {"name": "objection", "from": "answer", "length": length, "unit": unit, "verified": False}
            row.clocks = [*row.clocks, clock]
            row.save(update_fields=["clocks"])


class Migration(migrations.Migration):
    dependencies = (("casework", "0007_parts"),)

    operations = (
        migrations.AddField("case", "objected_on", models.DateField(null=True)),
        migrations.AddField("case", "first_due_on", models.DateField(null=True)),
        migrations.AddField("case", "first_answered_on", models.DateField(null=True)),
        migrations.AddField("case", "was_late", models.BooleanField(default=False)),
        migrations.RunPython(objections, migrations.RunPython.noop),
    )
