"""What the database itself refuses or keeps out of archives."""

from django.db import migrations

from wise.audit.insert_only import InsertOnly, Unlogged


class Migration(migrations.Migration):
    """Triggers and table kinds."""

    dependencies = (("register", "0001_rows"),)
    operations = (
        InsertOnly("Report"),
        InsertOnly("Addition"),
        InsertOnly("Attachment"),
        Unlogged("DraftFile"),
        Unlogged("Draft"),
    )
