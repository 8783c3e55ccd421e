"""What came of looking at a file: what it betrays, and its cleaned copy, sealed like the file itself."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from wise.files import clamd, kinds, workers
from wise.files.clamd import Scan, Verdict
from wise.files.findings import Found, Outcome, Reason
from wise.files.kinds import Kind
from wise.people import derivation
from wise.register import blobs
from wise.register.blobs import Stored


@dataclass(frozen=True, slots=True, repr=False)
class Look:
    """What is known of a file. `copy` is its cleaned copy; None where there is none, or where it would be the same."""

    outcome: Outcome
    kind: Kind
    found: tuple[Found, ...] = ()
    reason: Reason | None = None
    copy: Stored | None = None
    scan: Scan = clamd.NOT_ASKED

    @property
    def is_undecided(self) -> bool:
        """Whether nothing could be made of it, so that whoever brings it must say what is to become of it."""
        return self.outcome is Outcome.UNCLEANABLE and not self.is_apart

    @property
    def is_apart(self) -> bool:
        """Whether something malicious was found in it: then it is kept apart, and nobody gets a copy of it."""
        return self.scan.verdict is Verdict.FOUND

    @property
    def is_program(self) -> bool:
        """Whether it is no document at all."""
        return self.outcome is Outcome.PROGRAM

    def kept(self) -> dict[str, Any]:
        """As it stands in a draft, sealed; keys included."""
        return {
            "outcome": self.outcome,
            "kind": self.kind.code,
            "found": list(self.found),
            "reason": self.reason,
            "copy": _kept(self.copy) if self.copy is not None else None,
            "scan": [self.scan.verdict, self.scan.threat],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Look":
        """The look that a draft holds."""
        return cls(
            outcome=Outcome(kept["outcome"]),
            kind=kinds.of(kept["kind"]),
            found=tuple(map(Found, kept["found"])),
            reason=Reason(kept["reason"]) if kept["reason"] else None,
            copy=_stored(kept["copy"]) if kept["copy"] else None,
            scan=scan_of(kept),
        )


def look(stored: Stored, *, at: datetime.datetime) -> Look:
    """Look at a file that lies sealed on the disk, in a worker; its copy is sealed before this returns.

    Where there is a scanner for malicious software, it looks too; what it finds something in has no copy.

    Slow (50 ms and more), and not to be done in a transaction.
    """
    data = _whole(stored)
    with derivation.while_waiting():
        result = workers.looked_at(data)
    scan = _scanned(data)
    if scan.verdict is Verdict.FOUND:
        return Look(result.outcome, kinds.of(result.kind), scan=scan)
    copy = blobs.store(result.data, at=at) if result.data is not None else None
    return Look(result.outcome, kinds.of(result.kind), result.found, result.reason, copy, scan)


def threat_in(stored: Stored) -> str:
    """The malicious thing that the scanner finds in a file that nobody looks at otherwise; empty where there is none.

    Slow, like a look.
    """
    return _scanned(_whole(stored)).threat if settings.WISE_CLAMD else ""


def scan_of(kept: Mapping[str, Any]) -> Scan:
    """What the scanner said, as it was kept; what was kept before there was one has none."""
    verdict, threat = kept.get("scan", ("", ""))
    return Scan(Verdict(verdict), threat)


def _whole(stored: Stored) -> bytes:
    return b"".join(blobs.read(stored.blob, key=stored.key))


def _scanned(data: bytes) -> Scan:
    with derivation.while_waiting():
        return clamd.scan(data, address=settings.WISE_CLAMD)


def _kept(stored: Stored) -> dict[str, Any]:
    return {"blob": stored.blob.hex, "key": stored.key.hex(), "size": stored.size, "sha256": stored.sha256.hex()}


def _stored(kept: Mapping[str, Any]) -> Stored:
    key, digest = bytes.fromhex(kept["key"]), bytes.fromhex(kept["sha256"])
    return Stored(uuid.UUID(kept["blob"]), key, kept["size"], digest)
