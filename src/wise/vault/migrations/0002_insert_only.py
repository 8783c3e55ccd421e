"""What the database itself refuses or keeps out of archives."""

from django.db import migrations

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    """Triggers and table kinds."""

    dependencies = (("vault", "0001_rows"),)
    operations = (InsertOnly("Deposit"),)
