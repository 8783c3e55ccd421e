"""What a finding rests on: files of the case, the reporter's and the unit's, named by their labels in a step's note."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from wise.casework import access, exhibits
from wise.casework.access import Desk
from wise.casework.effects import Effect, Taking
from wise.casework.exhibits import OpenedExhibit
from wise.casework.given import Given
from wise.casework.models import Case
from wise.keys import grants
from wise.keys.grants import Keys
from wise.refusals import Refused
from wise.register import attachments
from wise.register.attachments import OpenedFile
from wise.register.models import Attachment

type CaseFile = OpenedFile | OpenedExhibit

PART = "rests_on"
_BETWEEN = ", "


def labels(case: Case, *, keys: Keys) -> list[str]:
    """The labels of all files of a case that these keys open: the reporter's first. Nothing is opened for it."""
    given = Attachment.objects.filter(report_id=case.report_id).order_by("position")
    return [row.label for row in given] + exhibit_labels(case, keys=keys)


def exhibit_labels(case: Case, *, keys: Keys) -> list[str]:
    """Those of the unit's files alone."""
    rows = case.exhibits.order_by("position")
    return [row.label for row in rows if grants.work_key(keys, unit_id=row.unit_id, order=row.order) is not None]


def to_choose(case: Case, *, desk: Desk, exhibits_only: bool = False) -> list[str]:
    """The labels that an officer can choose from: this is no reading."""
    keys = access.keys_of(case, keyring=desk.keyring)
    return exhibit_labels(case, keys=keys) if exhibits_only else labels(case, keys=keys)


def insist(chosen: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a file that is not one of the case."""
    if set(chosen) - set(known):
        raise Refused("files-unknown", _("Choose among the files of this case."))


def joined(chosen: Iterable[str]) -> str:
    """Labels as a step's note keeps them, each once."""
    return _BETWEEN.join(dict.fromkeys(chosen))


def parted(text: str) -> tuple[str, ...]:
    """The labels in a part of a note."""
    return tuple(text.split(_BETWEEN)) if text else ()


def by_label(case: Case, *, keys: Keys) -> dict[str, CaseFile]:
    """Every file of a case that these keys open, by its label."""
    given = attachments.opened(Attachment.objects.filter(report_id=case.report_id), keys=keys)
    return labelled([*given, *exhibits.of_case(case, keys=keys)])


def labelled(files: Iterable[CaseFile]) -> dict[str, CaseFile]:
    """Opened files by their labels."""
    return {file.row.label: file for file in files}


def _complete(taking: Taking, given: Given) -> Given:
    if given.rests_on:
        insist(given.rests_on, labels(taking.case, keys=taking.keys))
    return given


def _note(taking: Taking, given: Given) -> Mapping[str, str]:
    del taking
    return {PART: joined(given.rests_on)}


EFFECT = Effect(complete=_complete, note=_note)
