"""How casework's own words are sealed: messages under `content`, all that is the unit's own under its `work` key."""

import json
from collections.abc import Mapping

from wise.casework.models import Exhibit, Improvement, Message, Step, Task
from wise.crypto import contexts, padding, seal
from wise.keys import grants
from wise.keys.grants import CONTENT, Keys


def seal_note(step: Step, note: Mapping[str, str], *, keys: Keys) -> bytes:
    """Seal a step's note (and its conclusion) for the unit that takes the step."""
    key = grants.work_key(keys, unit_id=step.unit_id, order=step.order)
    assert key is not None
    return _seal(note, key=key, context=_step_context(step))


def open_note(step: Step, *, keys: Keys) -> dict[str, str]:
    """A step's note for who holds that unit's `work` key; empty for everybody else."""
    key = grants.work_key(keys, unit_id=step.unit_id, order=step.order)
    if step.sealed is None or key is None:
        return {}
    return _open(bytes(step.sealed), key=key, context=_step_context(step))


def seal_words(message: Message, text: str, *, keys: Keys) -> bytes:
    """Seal a message between reporter and unit."""
    return _seal({"text": text}, key=keys[CONTENT], context=_message_context(message))


def open_words(message: Message, *, keys: Keys) -> str:
    """A message's words."""
    return _open(bytes(message.sealed), key=keys[CONTENT], context=_message_context(message))["text"]


def seal_improvement(row: Improvement, words: Mapping[str, str], *, keys: Keys, done: bool = False) -> bytes:
    """Seal what is to be done and by whom, or (`done`) what shows that it was done."""
    key = grants.work_key(keys, unit_id=row.unit_id, order=row.order)
    assert key is not None
    return _seal(words, key=key, context=_improvement_context(row, done=done))


def open_improvement(row: Improvement, *, keys: Keys) -> dict[str, str]:
    """An improvement's words, for who holds that unit's `work` key; empty for everybody else."""
    key = grants.work_key(keys, unit_id=row.unit_id, order=row.order)
    if key is None:
        return {}
    words = _open(bytes(row.sealed), key=key, context=_improvement_context(row, done=False))
    if row.sealed_done is not None:
        words |= _open(bytes(row.sealed_done), key=key, context=_improvement_context(row, done=True))
    return words


def seal_exhibit(row: Exhibit, told: Mapping[str, str], *, keys: Keys) -> bytes:
    """Seal a file's key, name and size for the unit that holds the case."""
    key = grants.work_key(keys, unit_id=row.unit_id, order=row.order)
    assert key is not None
    return _seal(told, key=key, context=_exhibit_context(row))


def open_exhibit(row: Exhibit, *, keys: Keys) -> dict[str, str]:
    """What a file is and how it opens, for who holds that unit's `work` key; empty for everybody else."""
    key = grants.work_key(keys, unit_id=row.unit_id, order=row.order)
    return _open(bytes(row.sealed), key=key, context=_exhibit_context(row)) if key is not None else {}


def seal_task(row: Task, what: str, *, keys: Keys) -> bytes:
    """Seal what is to be done on a case."""
    key = grants.work_key(keys, unit_id=row.unit_id, order=row.order)
    assert key is not None
    return _seal({"what": what}, key=key, context=_task_context(row))


def open_task(row: Task, *, keys: Keys) -> str:
    """What is to be done, for who holds that unit's `work` key; empty for everybody else."""
    key = grants.work_key(keys, unit_id=row.unit_id, order=row.order)
    return "" if key is None else _open(bytes(row.sealed), key=key, context=_task_context(row))["what"]


def _seal(value: Mapping[str, str], *, key: bytes, context: bytes) -> bytes:
    return seal.seal(padding.pad_text(json.dumps(value, ensure_ascii=False).encode()), key=key, context=context)


def _open(sealed: bytes, *, key: bytes, context: bytes) -> dict[str, str]:
    value: dict[str, str] = json.loads(padding.unpad_text(seal.open_sealed(sealed, key=key, context=context)))
    return value


def _step_context(step: Step) -> bytes:
    return contexts.context("casework_step", step.id, step.case_id, step.order, step.unit_id)


def _message_context(message: Message) -> bytes:
    return contexts.context("casework_message", message.id, message.case_id, message.order)


def _exhibit_context(row: Exhibit) -> bytes:
    place = (row.id, row.case_id, row.order, row.position, row.unit_id, row.blob)
    return contexts.context("casework_exhibit", *place)


def _improvement_context(row: Improvement, *, done: bool) -> bytes:
    purpose = "done" if done else "ordered"
    return contexts.context("casework_improvement", row.id, row.case_id, row.order, row.unit_id, purpose)


def _task_context(row: Task) -> bytes:
    return contexts.context("casework_task", row.id, row.case_id, row.order, row.unit_id, "ordered")
