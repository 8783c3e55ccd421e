"""The room's entry in the list of applications."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The reporter's pages."""

    name = "wise.portal"
    label = "portal"
