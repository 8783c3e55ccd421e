"""Files are looked at before they are entered: what they betray is found, and a cleaned copy made.

What cannot be cleaned is for whoever brings it to decide.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.crypto.errors import Unopenable
from wise.refusals import Refused
from wise.register import drafts, looks
from wise.register.drafts import DraftedFile, OpenDraft

PROGRAM = Refused("file-program", _("This is a program. Send what it shows instead: a picture or a document."))


@dataclass(frozen=True, slots=True, repr=False)
class Looked:
    """A draft whose files were looked at, and those that left it since they are programs."""

    draft: OpenDraft
    programs: tuple[DraftedFile, ...] = ()


def look_at_files(draft: OpenDraft, *, at: datetime.datetime) -> Looked:
    """Look at the files that nobody has looked at: they just came, or the process was killed while it looked.

    Refused where one was taken out in another window meanwhile.
    """
    programs = []
    for file in [file for file in draft.files if file.look is None]:
        try:
            seen = looked_at(file, at=at)
        except Unopenable:
            if _still_holds(draft, file, at=at):
                raise
            raise Refused(
                "draft-changed", _("Your draft was changed in another window. Please check it again.")
            ) from None
        if seen.look is not None and seen.look.is_program:
            draft = drafts.remove_file(draft, file_id=file.id)
            programs.append(file)
        else:
            draft = drafts.note_look(draft, seen)
    return Looked(draft, tuple(programs))


def _still_holds(draft: OpenDraft, file: DraftedFile, *, at: datetime.datetime) -> bool:
    now = drafts.resume(draft.token, at=at)
    return now is not None and any(other.id == file.id for other in now.files)


def looked_at(file: DraftedFile, *, at: datetime.datetime) -> DraftedFile:
    """The file with what came of looking at it, for one that belongs to no draft."""
    return replace(file, look=looks.look(file.stored, at=at))


@transaction.atomic
def hold(files: Iterable[DraftedFile], *, told: Mapping[str, str], token: str, at: datetime.datetime) -> OpenDraft:
    """A draft with files that were looked at already and what was typed with them, until it is said what shall be."""
    draft = drafts.begin(at=at, told=told, token=token)
    for file in files:
        draft = drafts.add_file(draft, name=file.name, media_type=file.media_type, stored=file.stored)
        draft = drafts.note_look(draft, replace(draft.files[-1], look=file.look))
    return draft


def is_apart(file: DraftedFile) -> bool:
    """Whether something malicious was found in it, so that nobody who handles the report will be able to open it."""
    return file.look is not None and file.look.is_apart


def decided(files: Iterable[DraftedFile], *, as_is: Collection[str]) -> tuple[DraftedFile, ...]:
    """The files, with those to be sent as they came whose ids are named."""
    return tuple(replace(file, as_is=str(file.id) in as_is) for file in files)


def undecided(files: Iterable[DraftedFile]) -> Iterator[Refused]:
    """Why the files cannot be entered yet: of some nobody has said what is to become of them."""
    if any(file.is_undecided for file in files):
        yield Refused("traces-undecided", _("Decide about each file whose hidden traces cannot be removed."))
