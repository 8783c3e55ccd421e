"""Using a slip for the first time: new words for the printed ones, before anything of the report is shown."""

import hmac

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wise.people import sessions, slips, tokens
from wise.portal import cookies, visits
from wise.portal.visits import Visit, visited
from wise.register import numbers
from wise.ui import errors


def enter(number: str, *, passphrase: str, visit: Visit) -> HttpResponse:
    """Open a report with the words of its slip: at once where they are its holder's own, else by way of new ones."""
    lookup, reporter = numbers.reporter_of(number)
    unlocked = slips.unlock(reporter, lookup=lookup, passphrase=passphrase, at=visit.at)
    slip = slips.of(unlocked.row)
    if slip is not None and slip.used_on is None:
        response = redirect("portal:slip")
        cookies.put(response, cookies.SLIP, slips.begin(unlocked, at=visit.at))
        return response
    return _inside(unlocked, visit=visit)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def slip(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the new words, the same after every reload; the button “I have kept them” makes them the only ones."""
    token = cookies.read(request, cookies.SLIP)
    exchange = slips.waiting(token, at=visit.at) if token else None
    if exchange is None:
        return _without_cookie(redirect("portal:status"))
    if request.method != "POST":
        context = {"passphrase": exchange.passphrase, "slip_token": tokens.form_token(token)}
        return visits.show(request, visit, "slip", context)
    if not hmac.compare_digest(request.POST.get(visits.FORM_TOKEN, "").encode(), tokens.form_token(token).encode()):
        return errors.error_page(request, 403)
    unlocked = slips.take(token, on=timezone.localdate(visit.at), at=visit.at)
    return _without_cookie(_inside(unlocked, visit=visit))


def _inside(unlocked: slips.Opened, *, visit: Visit) -> HttpResponse:
    response = redirect("portal:reports")
    cookies.put(response, cookies.SESSION, sessions.start(unlocked.row, seed=unlocked.seed, at=visit.at))
    return response


def _without_cookie(response: HttpResponse) -> HttpResponse:
    cookies.drop(response, cookies.SLIP)
    return response
