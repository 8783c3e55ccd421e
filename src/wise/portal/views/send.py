"""Checking before sending: what goes to whom, what could betray its writer, and under which pseudonym."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.casework import receivers, workflow
from wise.casework.vocabulary import Path
from wise.keys import staff
from wise.people import pseudonyms
from wise.portal import cookies, forms, sending, visits, wording
from wise.portal.forms import AccountForm
from wise.portal.sending import Account
from wise.portal.telling import TellForm, elements_of
from wise.portal.visits import Visit, visited
from wise.refusals import Refused
from wise.register import looking
from wise.register.drafts import OpenDraft
from wise.register.streams import REPLY_MEDIA, REPORTER_KINDS, STREAMS
from wise.ui import traces, trouble

_FIELDS = {
    "pseudonym-length": "pseudonym",
    "name-taken": "pseudonym",
    "wrong-sign-in": "pseudonym",
    "too-many-attempts": "pseudonym",
    "password-short": "password",
    "password-long": "password",
    "password-guessable": "password",
    "text-has-password": "password",
}


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The check page; its button sends, exactly once."""
    draft = visit.draft
    if draft is None:
        return redirect("portal:tell")
    if draft.receipt is not None:
        return redirect("portal:receipt")
    told = TellForm(draft.told)
    if not told.is_valid():
        return redirect("portal:tell")
    draft = looking.look_at_files(draft, at=visit.at).draft
    form = AccountForm(request.POST if request.method == "POST" else None)
    if visit.member is not None:
        form.for_member()
    traces.ask(form, draft)
    if request.method != "POST":
        return _page(request, visit, draft, told, form)
    try:
        visits.insist_on_draft(request, visit)
        return _send(visit, draft, told, form)
    except Refused as refused:
        status = trouble.blame(form, refused, fields=_FIELDS)
        return _page(request, visit, draft, told, form, status=status)


def _send(visit: Visit, draft: OpenDraft, told: TellForm, form: AccountForm) -> HttpResponse:
    session = ""
    with trouble.as_refusal():
        if visit.member is not None:
            trouble.insist(form)
            sending.as_member(draft, told, session=visit.member, at=visit.at, as_is=traces.as_is(form))
        else:
            account = _account(form)
            session = sending.as_stranger(draft, told, account=account, at=visit.at, as_is=traces.as_is(form))
    response = redirect("portal:receipt")
    if session:
        cookies.put(response, cookies.SESSION, session)
    return response


def _account(form: AccountForm) -> Account:
    trouble.insist(form)
    given = form.cleaned_data
    account = Account(given["pseudonym"], given["password"], is_new=given["account"] == forms.NEW)
    if account.is_new and (kind := pseudonyms.identity_in(account.pseudonym)) is not None:
        form.warn(account.pseudonym, kind)
        trouble.insist(form)
    return account


def _page(
    request: HttpRequest, visit: Visit, draft: OpenDraft, told: TellForm, form: AccountForm, *, status: int = 200
) -> HttpResponse:
    telling, unit = told.cleaned_data["telling"], told.cleaned_data["unit"]
    context = {
        "form": form,
        "draft": draft,
        "files": traces.of(form, draft),
        "telling": telling,
        "place": wording.place(unit=unit.name, office=unit.office.name),
        "readers": staff.readers(unit),
        "stream": STREAMS[telling.stream],
        "elements": elements_of(telling.told),
        "medium": REPLY_MEDIA[telling.reply.medium],
        "kind": REPORTER_KINDS[telling.told.reporter_kind],
        "concerned": telling.concerns != receivers.NOBODY,
        "goes_to_head": workflow.path_of(stream=telling.stream, unit_kind=unit.kind) is Path.OFFICE,
        "went_up": told.cleaned_data["went_up"],
        "complete": telling.told.completeness,
    }
    return visits.show(request, visit, "check", context, status=status)
