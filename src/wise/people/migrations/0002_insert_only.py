"""What the database itself refuses or keeps out of archives."""

from django.db import migrations

from wise.audit.insert_only import Unlogged


class Migration(migrations.Migration):
    """Triggers and table kinds."""

    dependencies = (("people", "0001_rows"),)
    operations = (
        Unlogged("ReporterSession"),
        Unlogged("OfficerSession"),
        Unlogged("Attempt"),
    )
