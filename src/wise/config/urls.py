"""The addresses: Indonesian at /, English at the same path under /en/, officers under kerja/."""

import importlib.util

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

_DOORS = {"site": "", "portal": "", "workspace": "kerja/"}

urlpatterns = i18n_patterns(
    *(
        path(prefix, include(f"wise.{door}.urls"))
        for door, prefix in _DOORS.items()
        if importlib.util.find_spec(f"wise.{door}") and importlib.util.find_spec(f"wise.{door}.urls")
    ),
    prefix_default_language=False,
)

handler400 = "wise.ui.errors.bad_request"
handler403 = "wise.ui.errors.forbidden"
handler404 = "wise.ui.errors.not_found"
handler500 = "wise.config.middleware.broken"
