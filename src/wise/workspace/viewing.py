"""The page on which a file of a case is looked at, and the picture on it."""

import datetime
import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from wise.casework import viewing
from wise.casework.access import Desk
from wise.refusals import NotThere
from wise.workspace import desks

_PAGE = "halaman"
_LONGEST = 6  # digits
# A picture can do nothing, and if it could, it would do it nowhere.
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
@desks.at_desk
def view(
    request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """A picture, a page of a PDF, or words. Anything else is there for downloading alone."""
    viewed = viewing.view(case_id, file_id, page=_page(request), desk=desk, at=at)
    return desks.show(request, "workspace/view.html", desk=desk, viewed=viewed, case_id=case_id)


@require_safe
@desks.at_desk
def picture(
    request: HttpRequest, case_id: uuid.UUID, file_id: uuid.UUID, *, desk: Desk, at: datetime.datetime
) -> HttpResponseBase:
    """What the page shows of a file as a picture."""
    viewed = viewing.view(case_id, file_id, page=_page(request), desk=desk, at=at)
    if viewed.picture is None:
        raise NotThere
    response = HttpResponse(viewed.picture, content_type=viewed.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


def _page(request: HttpRequest) -> int:
    asked = request.GET.get(_PAGE, "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST else 1
