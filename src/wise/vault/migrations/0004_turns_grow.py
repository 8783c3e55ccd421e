"""What happened to what was confided only grows."""

from django.db import migrations

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = (("vault", "0003_disclosures"),)
    operations = (InsertOnly("Turn"),)
