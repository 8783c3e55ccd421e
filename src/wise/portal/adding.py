"""An addition that waits for a word of its reporter: what could betray them, files that are not taken like others.

It is a draft inside the session: its address says which one, and only the session's cookie opens it.
"""

import uuid
from collections.abc import Sequence

from wise.people import tokens
from wise.portal import findings, second_look
from wise.portal.findings import Shown
from wise.portal.forms import HeldForm
from wise.portal.visits import Visit
from wise.register import drafts, looking
from wise.register.drafts import DraftedFile, OpenDraft


def waits(text: str, files: Sequence[DraftedFile]) -> bool:
    """Whether there is something that its reporter should see before it goes."""
    return bool(found_in(text, files)) or any(file.is_undecided or looking.is_apart(file) for file in files)


def found_in(text: str, files: Sequence[DraftedFile]) -> list[Shown]:
    """What could tell who is writing, in the words and in the files' names."""
    words = second_look.in_words(text, where=HeldForm.base_fields["text"].label or "")
    return words + findings.in_names(file.name for file in files)


def hold(text: str, files: Sequence[DraftedFile], *, visit: Visit, report_id: uuid.UUID) -> uuid.UUID:
    """Keep it, sealed, for two hours; returns what its address names."""
    held = uuid.uuid4()
    looking.hold(files, told={"text": text}, token=_token(visit, report_id, held), at=visit.at)
    return held


def held(visit: Visit, report_id: uuid.UUID, held_id: uuid.UUID) -> OpenDraft | None:
    """The addition that an address means; None for another session's, and when its time is over."""
    return drafts.resume(_token(visit, report_id, held_id), at=visit.at)


def _token(visit: Visit, report_id: uuid.UUID, held_id: uuid.UUID) -> str:
    return tokens.within(visit.session_cookie, name=f"addition/{report_id}/{held_id}")
