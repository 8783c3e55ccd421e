"""The room's entry in the list of applications."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The public pages; the label keeps clear of Django's own ``sites``."""

    name = "wise.site"
    label = "public_site"
