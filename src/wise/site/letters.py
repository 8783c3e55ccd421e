"""Is this letter ours? By number and code, typed or read from the square code at the letter's foot."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wise.letters import verifying
from wise.site.forms import LetterForm


@require_safe
@never_cache
def letter(request: HttpRequest) -> HttpResponse:
    """The question, and the answer below it: office, kind and date, or that we know no such letter."""
    asked = "nomor" in request.GET or "kode" in request.GET
    form, found, status = LetterForm(request.GET if asked else None), None, 200
    if asked and form.is_valid():
        found = verifying.check(form.cleaned_data["nomor"], form.cleaned_data["kode"])
    elif asked:
        asked, status = False, 422
    return render(request, "site/letter.html", {"form": form, "asked": asked, "found": found}, status=status)
