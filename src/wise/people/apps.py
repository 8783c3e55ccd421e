"""The room's entry in the list of applications."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Offices, units, officers, reporters."""

    name = "wise.people"
    label = "people"
