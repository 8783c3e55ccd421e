"""Cleaned copies of files, beside the originals."""

import django.db.models.deletion
from django.db import migrations, models

from wise.audit.insert_only import InsertOnly


class Migration(migrations.Migration):
    """A table that only grows, and a column of drafts."""

    dependencies = (("register", "0003_desk"),)
    operations = (
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="original",
                        serialize=False,
                        to="register.attachment",
                    ),
                ),
                ("blob", models.UUIDField(unique=True)),
            ],
        ),
        InsertOnly("Original"),
        migrations.AddField(model_name="draftfile", name="copy", field=models.UUIDField(null=True, unique=True)),
    )
