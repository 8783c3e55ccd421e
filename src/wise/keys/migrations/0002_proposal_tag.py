"""A proposal carries a tag, as the directory's rows do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keys", "0001_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="tag",
            field=models.BinaryField(default=bytes),
        ),
    ]
