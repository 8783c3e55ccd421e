"""Exhibits: the files of the unit on a case, sealed like its notes. Reporters never see them. Opening needs keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from wise.casework import sealing
from wise.casework.effects import Effect, Taking
from wise.casework.given import Given
from wise.casework.models import Case, Exhibit, Step
from wise.files import kinds
from wise.keys.grants import Keys
from wise.refusals import TooLarge
from wise.register import attachments, blobs, drafts
from wise.register.drafts import DraftedFile

MOST_OF_A_CASE = 200


@dataclass(frozen=True, slots=True, repr=False)
class OpenedExhibit:
    """An exhibit whose key is in hand. `name` is as the officer gave it: it stays within the unit."""

    row: Exhibit
    suffix: str
    size: int
    key: bytes
    name: str

    @property
    def neutral_name(self) -> str:
        """What it is called on the disk of whoever takes it: nothing of the case stands in it."""
        return f"{self.row.label}{self.suffix}"

    @property
    def can_be_viewed(self) -> bool:
        """Whether a page can probably show it: nobody has looked at files of the unit, so its suffix says so."""
        return kinds.is_shown(kinds.UNKNOWN, suffix=self.suffix)

    def chunks(self) -> Iterator[bytes]:
        """The file in the clear, in chunks, in memory only."""
        return blobs.read(self.row.blob, key=self.key)


def check_room(case: Case, files: tuple[DraftedFile, ...]) -> None:
    """Refuse more files than are taken at once, or than a case can hold."""
    drafts.check_room(count=len(files), size=sum(file.stored.size for file in files))
    if case.exhibits.count() + len(files) > MOST_OF_A_CASE:
        raise TooLarge("case-full", _("This case has as many files of the unit as it can hold: at most 200."))


def enter(step: Step, files: Iterable[DraftedFile], *, keys: Keys) -> list[Exhibit]:
    """Insert exhibits with the step that brings them; the files lie sealed on the disk already."""
    last = Exhibit.objects.filter(case=step.case).aggregate(last=Max("position"))["last"] or 0
    rows = []
    for position, file in enumerate(files, start=last + 1):
        row = Exhibit(case=step.case, order=step.order, position=position, unit=step.unit, blob=file.stored.blob)
        told = {
            "key": file.stored.key.hex(),
            "name": file.name,
            "media_type": file.media_type,
            "suffix": attachments.suffix_of(file.name),
            "size": str(file.stored.size),
            "sha256": file.stored.sha256.hex(),
        }
        row.sealed = sealing.seal_exhibit(row, told, keys=keys)
        rows.append(row)
    return Exhibit.objects.bulk_create(rows)


def opened(rows: Iterable[Exhibit], *, keys: Keys) -> list[OpenedExhibit]:
    """Those of the exhibits that these keys open."""
    pairs = ((row, sealing.open_exhibit(row, keys=keys)) for row in rows)
    return [
        OpenedExhibit(row, told["suffix"], int(told["size"]), bytes.fromhex(told["key"]), told["name"])
        for row, told in pairs
        if told
    ]


def of_case(case: Case, *, keys: Keys) -> list[OpenedExhibit]:
    """All exhibits of a case that these keys open, in their order."""
    return opened(case.exhibits.order_by("position"), keys=keys)


def _complete(taking: Taking, given: Given) -> Given:
    check_room(taking.case, given.files)
    return given


def _follow(taking: Taking, given: Given, step: Step) -> list[models.Model]:
    return [*enter(step, given.files, keys=taking.keys)]


EFFECT = Effect(complete=_complete, follow=_follow)
