"""The room's entry in the list of applications."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases, steps, messages, rule sets."""

    name = "wise.casework"
    label = "casework"
