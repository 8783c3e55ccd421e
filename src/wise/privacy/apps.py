"""The room's entry in the list of applications: it has a catalogue, and no rows."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Finds what could tell who a reporter is."""

    name = "wise.privacy"
    label = "privacy"
