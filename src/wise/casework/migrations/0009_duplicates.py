"""A case can follow a main case, as its duplicate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("casework", "0008_objections"),)

    operations = (
        migrations.AddField(
            "case",
            "follows",
            models.ForeignKey(
                null=True, on_delete=models.deletion.PROTECT, related_name="followers", to="casework.case"
            ),
        ),
    )
