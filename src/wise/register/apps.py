"""The room's entry in the list of applications."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Reports, additions, attachments."""

    name = "wise.register"
    label = "register"
