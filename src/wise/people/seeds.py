"""Private keys at rest: a seed sealed under a passphrase and, apart from that, under a recovery code.

Opening it *is* the password check: there is no password hash, and one derivation a sign-in.
"""

import uuid
from dataclasses import dataclass

from django.conf import settings

from wise.crypto import contexts, passphrases, seal
from wise.crypto.passphrases import Cost
from wise.crypto.subkeys import Label
from wise.people.derivation import Lane
from wise.people.models import SealedSeed


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A seed sealed twice: the columns of `SealedSeed`, ready to be stored."""

    salt: bytes
    memory_kib: int
    passes: int
    sealed_seed: bytes
    recovery_salt: bytes
    recovery_sealed_seed: bytes

    def onto(self, row: SealedSeed) -> list[str]:
        """Put the values into a row; returns the names of the fields, for `update_fields`."""
        for name in self.__slots__:
            setattr(row, name, getattr(self, name))
        return list(self.__slots__)


def protect(seed: bytes, *, owner: uuid.UUID, passphrase: str, recovery_code: str, lane: Lane) -> Sealed:
    """Seal a seed under a passphrase (slow: runs in `lane`) and under a recovery code."""
    salt, cost, sealed = under_passphrase(seed, owner=owner, passphrase=passphrase, lane=lane)
    recovery_salt, recovery_sealed_seed = under_code(seed, owner=owner, code=recovery_code)
    return Sealed(
        salt=salt,
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        sealed_seed=sealed,
        recovery_salt=recovery_salt,
        recovery_sealed_seed=recovery_sealed_seed,
    )


def under_passphrase(seed: bytes, *, owner: uuid.UUID, passphrase: str, lane: Lane) -> tuple[bytes, Cost, bytes]:
    """Seal a seed under a passphrase alone, at today's cost: salt, cost, sealed seed."""
    salt, cost = passphrases.new_salt(), settings.WISE_ARGON2_COST
    key = derive(passphrase, salt=salt, cost=cost, lane=lane)
    return salt, cost, seal.seal(seed, key=key, context=_context(owner, cost))


def under_code(seed: bytes, *, owner: uuid.UUID, code: str) -> tuple[bytes, bytes]:
    """Seal a seed under a code that was generated: salt and sealed seed. Quick: chance needs no stretching."""
    salt = passphrases.new_salt()
    key = passphrases.key_from_code(code, salt=salt, pepper=_pepper())
    return salt, seal.seal(seed, key=key, context=_recovery_context(owner))


def derive(passphrase: str, *, salt: bytes, cost: Cost, lane: Lane) -> bytes:
    """One slow derivation, in its lane."""
    pepper, floor = _pepper(), settings.WISE_ARGON2_FLOOR
    return lane.run(lambda: passphrases.key_from(passphrase, salt=salt, cost=cost, pepper=pepper, floor=floor))


def open_with_passphrase(row: SealedSeed, *, owner: uuid.UUID, passphrase: str, lane: Lane) -> bytes:
    """The seed, or `Unopenable` for a wrong passphrase."""
    cost = Cost(row.memory_kib, row.passes)
    key = derive(passphrase, salt=bytes(row.salt), cost=cost, lane=lane)
    return seal.open_sealed(bytes(row.sealed_seed), key=key, context=_context(owner, cost))


def open_with_code(row: SealedSeed, *, owner: uuid.UUID, recovery_code: str) -> bytes:
    """The seed, or `Unopenable` for a wrong recovery code."""
    key = passphrases.key_from_code(recovery_code, salt=bytes(row.recovery_salt), pepper=_pepper())
    return seal.open_sealed(bytes(row.recovery_sealed_seed), key=key, context=_recovery_context(owner))


def _pepper() -> bytes:
    pepper: bytes = settings.WISE_SUBKEYS[Label.PEPPER]
    return pepper


def _context(owner: uuid.UUID, cost: Cost) -> bytes:
    return contexts.context("seed", owner, "passphrase", cost.memory_kib, cost.passes)


def _recovery_context(owner: uuid.UUID) -> bytes:
    return contexts.context("seed", owner, "recovery code")
