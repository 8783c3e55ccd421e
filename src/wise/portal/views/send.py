"""Checking before sending: what goes to whom, what could betray its writer, and under which pseudonym."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wise.casework import receivers, workflow
from wise.casework.vocabulary import Path
from wise.keys import staff
from wise.portal import cookies, findings, forms, sending, visits, wording
from wise.portal.findings import Ticks
from wise.portal.forms import AccountForm
from wise.portal.questions import LONGEST_TEXT
from wise.portal.sending import Account
from wise.portal.telling import TellForm, elements_of
from wise.portal.visits import Visit, visited
from wise.privacy import pseudonyms
from wise.refusals import Refused
from wise.register import drafts, looking
from wise.register.drafts import OpenDraft
from wise.register.streams import ELEMENTS, REPLY_MEDIA, REPORTER_KINDS, STREAMS
from wise.ui import traces, trouble, uploads

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
    if request.method != "POST":
        return _page(request, visit, draft, told, _form(visit, draft))
    return _answer(request, visit, draft, told)


def _form(visit: Visit, draft: OpenDraft, **given: Any) -> AccountForm:
    """The questions about the account and the files; `given` is `data` to check, or `initial` to show."""
    form = AccountForm(**given)
    if visit.member is not None:
        form.for_member()
    traces.ask(form, draft)
    return form


def _answer(request: HttpRequest, visit: Visit, draft: OpenDraft, told: TellForm) -> HttpResponse:
    form = _form(visit, draft, data=request.POST)
    try:
        visits.insist_on_draft(request, visit)
        if (ticked := findings.ticks(request.POST)) is not None:
            return _masked(request, visit, draft, told, ticked)
        return _send(visit, draft, told, form)
    except Refused as refused:
        status = trouble.blame(form, refused, fields=_FIELDS)
        return _page(request, visit, draft, told, form, status=status)


def _masked(request: HttpRequest, visit: Visit, draft: OpenDraft, told: TellForm, ticked: Ticks) -> HttpResponse:
    """Mask in the draft what is ticked, and show the page again with what was answered on it."""
    words, masked = dict(draft.told), 0
    for field, text in told.cleaned_data["telling"].told.elements.items():
        words[field], count = ticked.masked(text, field, longest=LONGEST_TEXT)
        masked += count
    with trouble.as_refusal():
        draft = drafts.save(draft, told=words, at=visit.at)
        for file, name, count in ticked.renamed(draft.files, longest=uploads.LONGEST_NAME):
            draft = drafts.rename_file(draft, file_id=file.id, name=name)
            masked += count
    now = drafts.resume(draft.token, at=visit.at)
    if now is None or now.receipt is not None:
        # Another window sent it meanwhile, as it was: nobody may think that it went masked.
        return redirect("portal:receipt")
    again, form = TellForm(now.told), _form(visit, now, initial=request.POST.dict())
    # It was valid a moment ago, and masking makes nothing longer than it may be.
    assert again.is_valid()
    return _page(request, visit, now, again, form, masked=masked, status=200 if masked else 422)


def _send(visit: Visit, draft: OpenDraft, told: TellForm, form: AccountForm) -> HttpResponse:
    session = ""
    with trouble.as_refusal():
        if visit.member is not None:
            trouble.insist(form)
            sending.as_member(draft, told, session=visit.member, at=visit.at, as_is=traces.as_is(form))
        else:
            texts = [*told.cleaned_data["telling"].told.elements.values(), *(file.name for file in draft.files)]
            account = _account(form, texts=texts)
            session = sending.as_stranger(draft, told, account=account, at=visit.at, as_is=traces.as_is(form))
    response = redirect("portal:receipt")
    if session:
        cookies.put(response, cookies.SESSION, session)
    return response


def _account(form: AccountForm, *, texts: Sequence[str]) -> Account:
    trouble.insist(form)
    given = form.cleaned_data
    account = Account(given["pseudonym"], given["password"], is_new=given["account"] == forms.NEW)
    if account.is_new and (tells := pseudonyms.trace_in(account.pseudonym, texts=texts)) is not None:
        form.warn(account.pseudonym, tells)
        trouble.insist(form)
    return account


def _page(
    request: HttpRequest,
    visit: Visit,
    draft: OpenDraft,
    told: TellForm,
    form: AccountForm,
    *,
    masked: int | None = None,
    status: int = 200,
) -> HttpResponse:
    telling, unit = told.cleaned_data["telling"], told.cleaned_data["unit"]
    found = findings.in_elements(telling.told.elements) + findings.in_names(file.name for file in draft.files)
    context = {
        "form": form,
        "draft": draft,
        "files": traces.of(form, draft),
        "telling": telling,
        "place": wording.place(unit=unit.name, office=unit.office.name),
        "readers": staff.readers(unit),
        "stream": STREAMS[telling.stream],
        "elements": [
            (label, text, findings.pieces(text, found, field))
            for field, (label, text) in zip(ELEMENTS, elements_of(telling.told), strict=True)
        ],
        "findings": found,
        "masked": masked,
        "unticked": masked == 0,
        "reply_at_work": findings.is_at_work(telling.reply.address),
        "medium": REPLY_MEDIA[telling.reply.medium],
        "kind": REPORTER_KINDS[telling.told.reporter_kind],
        "concerned": telling.concerns != receivers.NOBODY,
        "goes_to_head": workflow.path_of(stream=telling.stream, unit_kind=unit.kind) is Path.OFFICE,
        "went_up": told.cleaned_data["went_up"],
        "complete": telling.told.completeness,
    }
    return visits.show(request, visit, "check", context, status=status)
