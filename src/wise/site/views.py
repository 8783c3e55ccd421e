"""The public pages. They take nothing in and ask no database; what they say stands in the templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wise.site import addresses

ROBOTS = "User-agent: *\nDisallow: /kerja/\nDisallow: /en/kerja/\n"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, one big action, the way back to a report, the other channels."""
    return render(request, "site/home.html")


@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    """How a reporter is protected, what they can do for it, and what nobody can promise."""
    return render(request, "site/protection.html")


@require_safe
def prerequisites(request: HttpRequest) -> HttpResponse:
    """What is needed: a browser, a connection, and the five elements of a report."""
    return render(request, "site/prerequisites.html")


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """The seven channels, with what each of them reveals on the way."""
    return render(request, "site/channels.html", {"office": addresses.EXAMPLE_OFFICE})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """The ministry's addresses, and the authorities outside it."""
    return render(
        request,
        "site/contact.html",
        {
            "ministry": addresses.MINISTRY,
            "office": addresses.EXAMPLE_OFFICE,
            "sites": addresses.MINISTRY_SITES,
            "authorities": addresses.AUTHORITIES,
        },
    )


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page of the site."""
    return render(request, "site/map.html")


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of the workspace; reporters' pages say noindex themselves, which needs reading."""
    del request
    return HttpResponse(ROBOTS, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86400)
def icon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the old name to the icon."""
    del request
    return redirect(static("ui/icon.svg"), permanent=True)
