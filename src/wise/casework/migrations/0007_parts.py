"""A report can be handled in parts, each a case of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("casework", "0006_tags_and_tasks"),)

    operations = (
        migrations.AddField("case", "part", models.PositiveSmallIntegerField(default=1)),
        migrations.AddConstraint("case", models.UniqueConstraint(fields=["report", "part"], name="casework_part_once")),
    )
