"""Telling: the form, and the files that go with it. Whatever is sent here is kept in the draft first."""

import datetime
import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.portal import cookies, telling, visits
from wise.portal.forms import FilesForm
from wise.portal.telling import TellForm
from wise.portal.visits import Visit, visited
from wise.refusals import Refused
from wise.register import drafts
from wise.register.drafts import OpenDraft
from wise.ui import trouble, uploads
from wise.ui.forms import Form
from wise.ui.uploads import Sealing, TurnedAway

_WAYS_ON = {"check": "portal:check", "tell": "portal:tell"}


@dataclass(frozen=True, slots=True, repr=False)
class Taken:
    """What became of a form: the draft, whether it holds these words now (`kept`), and what could not be taken."""

    draft: OpenDraft | None
    kept: bool
    told: dict[str, str]
    turned_away: list[TurnedAway]
    refused: Refused | None

    @property
    def complete(self) -> bool:
        """Whether everything was taken."""
        return self.refused is None and not self.turned_away

    @property
    def status(self) -> int:
        """The status to answer with where not everything was taken."""
        return self.refused.status if self.refused is not None else uploads.worst(self.turned_away)


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
    _complain(form, taken)
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
    _complain(form, taken)
    page = "files" if taken.kept else "tell"
    return _with_cookie(_page(request, visit, form, draft=taken.draft, page=page, status=taken.status), taken)


def _take(request: HttpRequest, visit: Visit) -> Taken:
    """Read the form with its files; keep the words first, then the files, then let go what is to be removed."""
    draft, kept = visit.draft, False
    room = {"count": len(draft.files), "size": draft.size} if draft is not None else {}
    with uploads.sealing(request, at=visit.at, **room) as arriving:
        told = telling.typed(request.POST, before=draft.told if draft is not None else {})
        try:
            visits.insist_on_draft(request, visit)
            with trouble.as_refusal():
                draft = _kept(draft, told, at=visit.at)
                kept = True
                draft = _with_files(draft, arriving)
                draft = _without_removed(draft, request.POST.get("remove", ""))
        except Refused as refused:
            return Taken(draft, kept, told, arriving.turned_away, refused)
        return Taken(draft, kept, told, arriving.turned_away, None)


def _kept(draft: OpenDraft | None, told: dict[str, str], *, at: datetime.datetime) -> OpenDraft:
    return drafts.begin(told=told, at=at) if draft is None else drafts.save(draft, told=told, at=at)


def _with_files(draft: OpenDraft, arriving: Sealing) -> OpenDraft:
    for file in list(arriving.arrived):
        draft = drafts.add_file(draft, name=file.name, media_type=file.media_type, stored=file.stored)
        arriving.keep(file)
    return draft


def _without_removed(draft: OpenDraft, file_id: str) -> OpenDraft:
    # Pressed twice, the second press finds nothing to remove, and that is what was wanted.
    known = {str(file.id) for file in draft.files}
    return drafts.remove_file(draft, file_id=uuid.UUID(file_id)) if file_id in known else draft


def _complain(form: Form, taken: Taken) -> None:
    if taken.refused is not None:
        trouble.blame(form, taken.refused)
    for file in taken.turned_away:
        form.add_error(uploads.FIELD, f"{file.name}: {file.why.sentence}")


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
