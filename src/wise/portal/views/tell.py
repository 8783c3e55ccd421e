"""Telling: the form, and the files that go with it. Whatever is sent here is kept in the draft first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from wise.casework import help_lines
from wise.portal import cookies, telling, visits
from wise.portal.forms import FilesForm
from wise.portal.telling import TellForm
from wise.portal.visits import Visit, visited
from wise.register.drafts import OpenDraft
from wise.ui import drafting
from wise.ui.drafting import Taken
from wise.ui.forms import Form

_WAYS_ON = {"check": "portal:check", "tell": "portal:tell"}


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def tell(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form; sent, it is kept, checked, and leads on to the check page."""
    if visit.draft is not None and visit.draft.receipt is not None:
        return redirect("portal:receipt")
    if request.method != "POST":
        told = visit.draft.told if visit.draft is not None else {}
        return _page(request, visit, TellForm(initial=told), draft=visit.draft)
    taken = _take(request, visit)
    if taken.complete and "find" in request.POST:
        return _onward("portal:tell", taken, at="#office_search")
    form = TellForm(taken.told)
    valid = form.is_valid()
    drafting.complain(form, taken)
    if valid and form.is_valid():
        return _onward("portal:check", taken)
    response = _page(request, visit, form, draft=taken.draft, status=taken.status)
    return _with_cookie(response, taken)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def files(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The draft's files, one request at a time if the reporter likes; the text, where it comes along, is kept first."""
    if visit.draft is not None and visit.draft.receipt is not None:
        return redirect("portal:receipt")
    if request.method != "POST":
        if visit.draft is None:
            return redirect("portal:tell")
        return _page(request, visit, FilesForm(), draft=visit.draft, page="files")
    taken = _take(request, visit)
    if taken.complete:
        # Each way on takes along what was chosen: a file must not be lost because another button was pressed.
        return _onward(_WAYS_ON.get(request.POST.get("onward", ""), "portal:files"), taken)
    # Words that could not be kept must not vanish with this answer: then it is the form that comes back.
    form = FilesForm({}) if taken.kept else TellForm(taken.told)
    drafting.complain(form, taken)
    page = "files" if taken.kept else "tell"
    return _with_cookie(_page(request, visit, form, draft=taken.draft, page=page, status=taken.status), taken)


def _take(request: HttpRequest, visit: Visit) -> Taken:
    before = visit.draft.told if visit.draft is not None else {}
    return drafting.take(
        request,
        visit.draft,
        typed=lambda: telling.typed(request.POST, before=before),
        insist=lambda: visits.insist_on_draft(request, visit),
        at=visit.at,
    )


def _page(
    request: HttpRequest,
    visit: Visit,
    form: Form,
    *,
    draft: OpenDraft | None,
    page: str = "tell",
    status: int = 200,
) -> HttpResponse:
    told = draft.told if draft is not None else {}
    if isinstance(form, TellForm):
        form.offer()
    context = {
        "form": form,
        "draft": draft,
        "draft_token": visits.token_of(draft),
        "numbers": help_lines.to_call(get_language() or ""),
        "complete": telling.completeness(told),
    }
    return visits.show(request, visit, page, context, status=status)


def _onward(name: str, taken: Taken, *, at: str = "") -> HttpResponse:
    response = redirect(name)
    response["Location"] += at
    return _with_cookie(response, taken)


def _with_cookie(response: HttpResponse, taken: Taken) -> HttpResponse:
    if taken.draft is not None:
        cookies.put(response, cookies.DRAFT, taken.draft.token)
    return response
