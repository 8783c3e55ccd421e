"""The room's entry in the list of applications."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Holders, memberships, grants."""

    name = "wise.keys"
    label = "keys"
