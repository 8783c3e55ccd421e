"""The room's entry in the list of applications."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """What pages share: frame, form renderer, template tags, styles."""

    name = "wise.ui"
    label = "ui"
