"""The room's entry in the list of applications."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters, their numbers and their templates."""

    name = "wise.letters"
    label = "letters"
