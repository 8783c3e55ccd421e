"""Files that come with the form of a move: sealed while they arrive, and taken by the move or by nobody."""

import contextlib
import dataclasses
import datetime
import functools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from wise.casework import access
from wise.casework.access import Desk
from wise.casework.given import Given
from wise.casework.vocabulary import Needs
from wise.casework.workflow import ROWS
from wise.refusals import Refused
from wise.register import attachments
from wise.ui import uploads
from wise.ui.forms import Form
from wise.ui.uploads import Sealing
from wise.workspace import desks

_TAKES_FILES = frozenset(row.name for row in ROWS if row.needs & {Needs.FILES, Needs.PAPER})


@dataclass(frozen=True, slots=True, repr=False)
class Brought:
    """What came with a form; `arriving` is None where the move takes no files."""

    arriving: Sealing | None = None

    def complain(self, form: Form) -> int:
        """Write into the form which files were not taken, and why; returns the status to answer with then."""
        if self.arriving is None or not self.arriving.turned_away:
            return Refused.status
        for file in self.arriving.turned_away:
            form.add_error(uploads.FIELD, f"{file.name}: {file.why.sentence}")
        return uploads.worst(self.arriving.turned_away)

    def remind(self, form: Form) -> None:
        """Where the form comes back, say that its files do not."""
        if self.arriving is not None and (self.arriving.arrived or self.arriving.turned_away):
            form.add_error(None, _("Nothing has been added yet. Please choose the files again."))

    def given(self, given: Given) -> Given:
        """What was typed, with the files."""
        arrived = self.arriving.arrived if self.arriving is not None else ()
        files = (attachments.in_memory(row.stored, name=row.name, media_type=row.media_type) for row in arrived)
        return dataclasses.replace(given, files=tuple(files))

    def keep(self) -> None:
        """The move was taken: the files are the case's."""
        if self.arriving is not None:
            for file in list(self.arriving.arrived):
                self.arriving.keep(file)


def bringing(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a move's view `brought=`. Nothing is read for who has no such case, nor kept for a form that is not ours."""

    @functools.wraps(view)
    def answer(
        request: HttpRequest, case_id: uuid.UUID, name: str, *, desk: Desk, at: datetime.datetime
    ) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, case_id, name, desk=desk, at=at, brought=Brought())
        access.case_for(desk, case_id)
        with _arriving(request, name, at=at) as brought:
            if not desks.token_is_right(request):
                raise PermissionDenied
            if brought.arriving is not None:
                brought.arriving.turn_away_malicious()
            return view(request, case_id, name, desk=desk, at=at, brought=brought)

    answer.takes_files = True  # type: ignore[attr-defined] # see `desks.at_desk`
    return answer


@contextlib.contextmanager
def _arriving(request: HttpRequest, name: str, *, at: datetime.datetime) -> Iterator[Brought]:
    if name not in _TAKES_FILES:
        yield Brought()
        return
    with uploads.sealing(request, at=at) as arriving:
        yield Brought(arriving)
