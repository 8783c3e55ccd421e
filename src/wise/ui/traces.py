"""What files say beside what they show, in words, and what whoever brings them wants done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wise.files.findings import Found, Reason
from wise.register.drafts import DraftedFile, OpenDraft
from wise.ui.forms import Form, PickField

CLEANED, AS_IS = "cleaned", "as-is"
_FIELD = "file-"
_SAYS: Mapping[Found, Promise] = {
    Found.PLACE: _("where it was taken"),
    Found.CAMERA: _("with which camera or telephone"),
    Found.SERIAL: _("a number that belongs to one device or file alone"),
    Found.AUTHOR: _("the name of a person or an office"),
    Found.DATES: _("when it was made or changed"),
    Found.SOFTWARE: _("with which program or computer"),
    Found.PATHS: _("in which folder it lay, or on which printer it was printed"),
    Found.COMMENTS: _("notes, titles or keywords that are not visible"),
    Found.HISTORY: _("traces of earlier versions"),
    Found.THUMBNAIL: _("a small preview, perhaps of more than is visible"),
    Found.EMBEDDED: _("something else that is hidden in it"),
    Found.SCRIPT: _("a small program"),
    Found.SIGNATURE: _("a digital signature, with the name of its owner"),
    Found.OTHER: _("further entries that are not visible"),
}
_WHY_NOT: Mapping[Reason, Promise] = {
    Reason.EMPTY: _("The file is empty."),
    Reason.UNKNOWN: _("We do not know this kind of file."),
    Reason.NOT_CLEANED: _("We cannot clean this kind of file."),
    Reason.ENCRYPTED: _("The file is locked with a password."),
    Reason.DAMAGED: _("The file is damaged or was made in an unusual way."),
    Reason.TOO_BIG: _("The file unfolds to far more than we can look at."),
    Reason.INSIDE: _("There is something in it that we cannot clean."),
    Reason.TOO_SLOW: _("Looking at it took too long."),
    Reason.FAILED: _("Looking at it did not work."),
}
_CLEANED = _("Send a copy without all this")
_KEPT = _("The original stays sealed apart. Only a decided request opens it.")
_AS_IT_CAME = _("Send it as it came, with all this")
_ALL_THE_SAME = _("Send it as it is")
_UNDECIDED = _("{name}: choose to send it as it is, or remove it.")


@dataclass(frozen=True, slots=True, repr=False)
class Traces:
    """One file: what it says, why it cannot be cleaned, and the question about it where there is one.

    `threat`: the malicious thing that was found in it; `unscanned`: nobody could look whether there is one.
    """

    file: DraftedFile
    threat: str
    unscanned: bool
    says: list[Promise]
    why_not: Promise | str
    question: BoundField | None


def says(found: Iterable[Found]) -> list[Promise]:
    """What a file says, each in a few words."""
    return [_SAYS[code] for code in found]


def why_not(reason: Reason | None) -> Promise | str:
    """Why a file cannot be cleaned, as a sentence; empty where it can be."""
    return _WHY_NOT[reason] if reason is not None else ""


def ask(form: Form, draft: OpenDraft) -> None:
    """Add a question to the form for each file about which there is something to choose."""
    for file in draft.files:
        if file.look is None or not (file.look.found or file.look.is_undecided):
            continue
        field = PickField(
            label=format_lazy(_("How to send {name}"), name=file.name),
            choices=[(AS_IS, _ALL_THE_SAME)] if file.look.is_undecided else [(CLEANED, _CLEANED), (AS_IS, _AS_IT_CAME)],
            hints={CLEANED: _KEPT},
            initial=None if file.look.is_undecided else CLEANED,
            required=file.look.is_undecided,
            error_messages={"required": format_lazy(_UNDECIDED, name=file.name)},
        )
        # The files stand above the form that they belong to.
        field.widget.attrs["form"] = "send"
        form.fields[_name(file)] = field


def of(form: Form, draft: OpenDraft) -> list[Traces]:
    """What the page shows of each file."""
    return [
        Traces(
            file=file,
            threat=file.look.scan.threat if file.look is not None else "",
            unscanned=file.look is not None and file.look.scan.failed,
            says=says(file.look.found) if file.look is not None else [],
            why_not=why_not(file.look.reason) if file.look is not None else "",
            question=form[_name(file)] if _name(file) in form.fields else None,
        )
        for file in draft.files
    ]


def as_is(form: Form) -> set[str]:
    """The ids of the files that are to be sent as they came, of a form that was checked."""
    chosen = (name for name, value in form.cleaned_data.items() if name.startswith(_FIELD) and value == AS_IS)
    return {name.removeprefix(_FIELD) for name in chosen}


def _name(file: DraftedFile) -> str:
    return f"{_FIELD}{file.id}"
