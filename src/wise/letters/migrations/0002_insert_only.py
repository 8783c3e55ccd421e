"""What the database itself refuses."""

from django.db import migrations

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = (("letters", "0001_rows"),)
    operations = (
        InsertOnly("Letter"),
        InsertOnly("Template"),
    )
