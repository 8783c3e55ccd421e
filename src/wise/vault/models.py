"""The vault's rows."""

import uuid

from django.db import models


class Deposit(models.Model):
    """An identity, sealed under the report's `identity` key: for the reporter and two custodian units together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    on = models.DateField()
