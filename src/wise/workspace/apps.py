"""The room's entry in the list of applications."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The officers' pages."""

    name = "wise.workspace"
    label = "workspace"
