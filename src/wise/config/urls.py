"""The addresses: Indonesian at /, English at the same path under /en/, officers under kerja/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("wise.site.urls")),
    path("", include("wise.portal.urls")),
    path("kerja/", include("wise.workspace.urls")),
    prefix_default_language=False,
)

handler400 = "wise.ui.errors.bad_request"
handler403 = "wise.ui.errors.forbidden"
handler404 = "wise.ui.errors.not_found"
handler500 = "wise.config.middleware.broken"
