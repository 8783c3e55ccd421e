"""The room's entry in the list of applications."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log."""

    name = "wise.audit"
    label = "audit"
