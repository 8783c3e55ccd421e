"""What a register number alone tells: the status, the last change, the due date, and nothing else (mission A6).

With the words of a slip it leads to the report itself.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wise.casework import reading
from wise.people import guessing
from wise.portal import visits
from wise.portal.forms import StatusForm
from wise.portal.views import slip
from wise.portal.visits import Visit, visited
from wise.refusals import Refused
from wise.ui import trouble

# An onlooker who sees only sizes learns nothing: every answer fills a whole number of these (P16).
BUCKET = 8 * 1024
_FIELDS = {"wrong-number": "register_number", "wrong-slip": "passphrase", "too-many-attempts": "passphrase"}
_FRAME = len("\n<!---->")


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def status(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The question and its answer on one page; the number stands in no address."""
    form, found, code = StatusForm(request.POST if request.method == "POST" else None), None, 200
    if request.method == "POST":
        try:
            with trouble.as_refusal():
                trouble.insist(form)
                number, passphrase = form.cleaned_data["register_number"], form.cleaned_data["passphrase"]
                if passphrase:
                    return slip.enter(number, passphrase=passphrase, visit=visit)
                found = _found(number, visit)
        except Refused as refused:
            code = trouble.blame(form, refused, fields=_FIELDS)
    return _padded(visits.show(request, visit, "status", {"form": form, "found": found}, status=code))


def _found(number: str, visit: Visit) -> list[reading.PublicStatus]:
    found = reading.public_status(number, at=visit.at)
    if not found:
        guessing.miss()
        raise Refused(
            "wrong-number",
            _("No report has this register number. Compare it with your receipt, letter by letter."),
        )
    return found


def _padded(response: HttpResponse) -> HttpResponse:
    gap = -(len(response.content) + _FRAME) % BUCKET
    response.content += b"\n<!--" + b"." * gap + b"-->"
    return response
