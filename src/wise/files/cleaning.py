"""A file looked at, and cleaned where that can be done: whatever comes, what comes of it is a result, never an error.

Run it in a worker (`wise.files.workers`): what is read here was written by anybody.
"""

import importlib
from types import ModuleType

from wise.files import kinds, sniffing
from wise.files.findings import Cleaned, Found, Outcome, Reason, Result, Uncleanable
from wise.files.kinds import Kind

# Cleaners of what holds other files, and those of them that count how deep they are.
_NESTING = frozenset({"bundle", "ooxml", "odf"})
_HOLDING = _NESTING | {"svg"}


def looked_at(data: bytes, *, depth: int = 0) -> Result:
    """What can be done with a file; `depth` counts how deep inside others it lies."""
    kind = sniffing.kind_of(data)
    if not kind.cleaner:
        return _uncleaned(kind, empty=not data)
    try:
        cleaned = _cleaned(data, kind.cleaner, depth)
    except Uncleanable as cannot:
        return Result(Outcome.UNCLEANABLE, kind.code, reason=cannot.reason)
    except (MemoryError, RecursionError):
        return Result(Outcome.UNCLEANABLE, kind.code, reason=Reason.TOO_BIG)
    except Exception:  # noqa: BLE001 - a parser that stumbles over what somebody made up has found it damaged
        return Result(Outcome.UNCLEANABLE, kind.code, reason=Reason.DAMAGED)
    found = tuple(code for code in Found if code in cleaned.found)
    return Result(Outcome.CLEANED, kind.code, found, data=cleaned.data if cleaned.data != data else None)


def _uncleaned(kind: Kind, *, empty: bool) -> Result:
    if empty:
        return Result(Outcome.UNCLEANABLE, "", reason=Reason.EMPTY)
    if not kind.taken:
        return Result(Outcome.PROGRAM, kind.code)
    if kind.plain:
        return Result(Outcome.PLAIN, kind.code)
    return Result(Outcome.UNCLEANABLE, kind.code, reason=Reason.NOT_CLEANED if kind.code else Reason.UNKNOWN)


def load_for(data: bytes) -> None:
    """Load what reads such a file, and what reads what can lie in it: in a worker nothing can be loaded later."""
    cleaner = sniffing.kind_of(data).cleaner
    needed = {row.cleaner for row in kinds.KINDS.values()} - {"pdf"} if cleaner in _HOLDING else {cleaner}
    if cleaner in _HOLDING and b".pdf" in data:
        needed.add("pdf")
    for name in needed - {""}:
        _module(name)


def _cleaned(data: bytes, cleaner: str, depth: int) -> Cleaned:
    module = _module(cleaner)
    made: Cleaned = module.clean(data, depth=depth) if cleaner in _NESTING else module.clean(data)
    return made


def _module(cleaner: str) -> ModuleType:
    return importlib.import_module(f"wise.files.{cleaner}")
