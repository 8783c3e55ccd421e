"""A long form with files, kept in its draft: whatever is sent is kept first, and only then looked at."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from wise.refusals import Refused
from wise.register import drafts, looking
from wise.register.drafts import OpenDraft
from wise.ui import trouble, uploads
from wise.ui.forms import Form
from wise.ui.uploads import Sealing, TurnedAway


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


def take(
    request: HttpRequest,
    draft: OpenDraft | None,
    *,
    typed: Callable[[], dict[str, str]],
    insist: Callable[[], None],
    at: datetime.datetime,
) -> Taken:
    """Read the form with its files; keep the words first, then the files, then let go what is to be removed.

    `typed` reads the words and `insist` refuses a form that is not ours: both after the body was taken, sealed.
    """
    kept = False
    room = {"count": len(draft.files), "size": draft.size} if draft is not None else {}
    with uploads.sealing(request, at=at, **room) as arriving:
        told = typed()
        try:
            insist()
            with trouble.as_refusal():
                draft = drafts.begin(told=told, at=at) if draft is None else drafts.save(draft, told=told, at=at)
                kept = True
                draft = _with_files(draft, arriving)
                draft = _looked_at(draft, arriving, at=at)
                draft = _without_removed(draft, request.POST.get("remove", ""))
        except Refused as refused:
            return Taken(draft, kept, told, arriving.turned_away, refused)
        return Taken(draft, kept, told, arriving.turned_away, None)


def complain(form: Form, taken: Taken) -> None:
    """Write into the form what could not be taken, and why."""
    if taken.refused is not None:
        trouble.blame(form, taken.refused)
    for file in taken.turned_away:
        form.add_error(uploads.FIELD, f"{file.name}: {file.why.sentence}")


def _with_files(draft: OpenDraft, arriving: Sealing) -> OpenDraft:
    for file in list(arriving.arrived):
        draft = drafts.add_file(draft, name=file.name, media_type=file.media_type, stored=file.stored)
        arriving.keep(file)
    return draft


def _looked_at(draft: OpenDraft, arriving: Sealing, *, at: datetime.datetime) -> OpenDraft:
    looked = looking.look_at_files(draft, at=at)
    arriving.turned_away += [TurnedAway(file.name, looking.PROGRAM) for file in looked.programs]
    return looked.draft


def _without_removed(draft: OpenDraft, file_id: str) -> OpenDraft:
    # Pressed twice, the second press finds nothing to remove, and that is what was wanted.
    known = {str(file.id) for file in draft.files}
    return drafts.remove_file(draft, file_id=uuid.UUID(file_id)) if file_id in known else draft
