"""Recovery codes: ten on paper, each of which stands in once for a second step that was lost.

WiSe keeps what a code is recognised by, not the code: who opens the sealed list by a session left open reads none.
"""

import datetime
import uuid

from wise.crypto import contexts, one_time, subkeys
from wise.people.models import Officer, SecondFactor
from wise.people.sealed_factors import Kind, content_of, sealed_for

NUMBER = 10


def renew(officer: Officer, *, seed: bytes, on: datetime.date) -> list[str]:
    """Ten new codes, to be shown once; the old ones are gone. Call it inside the transaction that holds the officer."""
    codes = [one_time.new_recovery_code() for _ in range(NUMBER)]
    row = SecondFactor(officer=officer, kind=Kind.CODES.value, added_on=on)
    marks = [_mark(row.id, one_time.recovery_code(code) or "", seed=seed) for code in codes]
    row.sealed = sealed_for(row, seed=seed, content={"codes": marks})
    SecondFactor.objects.filter(officer=officer, kind=Kind.CODES.value).delete()
    row.save(force_insert=True)
    return codes


def use(officer: Officer, signs: str, *, seed: bytes) -> bool:
    """Whether these signs (`one_time.recovery_code`) are one of the officer's codes; each works once."""
    for _ in range(NUMBER + 1):
        row = _row(officer)
        content = content_of(row, seed=seed) if row else None
        if row is None or content is None:
            return False
        mark = _mark(row.id, signs, seed=seed)
        if mark not in content["codes"]:
            return False
        rest = sealed_for(row, seed=seed, content={"codes": [each for each in content["codes"] if each != mark]})
        # The list must be as it was read: of two who use one code at once the second reads again and misses it.
        if SecondFactor.objects.filter(id=row.id, sealed=row.sealed).update(sealed=rest):
            return True
    return False


def left(officer: Officer, *, seed: bytes) -> int:
    """How many of the officer's codes have not been used."""
    row = _row(officer)
    content = content_of(row, seed=seed) if row else None
    return len(content["codes"]) if content else 0


def _row(officer: Officer) -> SecondFactor | None:
    return SecondFactor.objects.filter(officer=officer, kind=Kind.CODES.value).first()


def _mark(row_id: uuid.UUID, signs: str, *, seed: bytes) -> str:
    key = subkeys.own_key(seed, "second step codes")
    return subkeys.mac(key, contexts.context("second step code", row_id, signs)).hex()
