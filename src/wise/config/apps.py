"""The room's entry in the list of applications: it registers the checks."""

from typing import override

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, middleware and checks."""

    name = "wise.config"
    label = "config"

    @override
    def ready(self) -> None:
        from wise.config import checks  # noqa: F401, PLC0415 - importing it registers the checks
