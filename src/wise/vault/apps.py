"""The room's entry in the list of applications."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Deposits of identities."""

    name = "wise.vault"
    label = "vault"
