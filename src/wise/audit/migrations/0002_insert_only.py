"""The log only grows, and each chain has its head from the beginning."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from wise.audit.insert_only import InsertOnly
from wise.audit.models import Chain
from wise.crypto.chain import GENESIS


def make_heads(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One row a chain, made once: writers lock it, so it must be there before the first entry."""
    head = apps.get_model("audit", "Head")
    for chain in Chain:
        head.objects.create(chain=chain.value, sequence=0, digest=GENESIS)


class Migration(migrations.Migration):
    """Triggers and heads."""

    dependencies = (("audit", "0001_rows"),)
    operations = (
        InsertOnly("Entry"),
        InsertOnly("Signature"),
        migrations.RunPython(make_heads, migrations.RunPython.noop),
    )
