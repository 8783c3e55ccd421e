"""Reading the log back: is every line there, in order and unchanged, and does it grow from what was published?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wise.audit import log
from wise.audit.models import Chain, Entry, Head, Signature
from wise.crypto import chain as chains
from wise.crypto import signing


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first bad line of a chain, or a row that is not what the log says it was."""

    where: str
    what: str


def verify(*, published: Mapping[str, str] | None = None) -> list[Flaw]:
    """Check both chains, their heads, the daily signatures and, if given, a head published earlier.

    `published` maps a chain to `sequence:digest`, as the daily signature states it. An empty list means: all holds.
    """
    flaws: list[Flaw] = []
    for chain in Chain:
        known = _known_points(chain, published or {})
        flaw = next(_flaws_of(chain, known), None)
        if flaw:
            flaws.append(flaw)
    flaws.extend(_flawed_signatures())
    return flaws


def heads() -> dict[str, str]:
    """Both heads as `sequence:digest`, to be published: a chain rewritten as a whole fails against them."""
    return {head.chain: f"{head.sequence}:{bytes(head.digest).hex()}" for head in Head.objects.order_by("chain")}


def place_of(digest: bytes) -> str:
    """Where the entry with this digest stands, as `chain:sequence`; empty if the log does not have it."""
    entry = Entry.objects.filter(digest=digest).first()
    return f"{entry.chain}:{entry.sequence}" if entry else ""


def _known_points(chain: Chain, published: Mapping[str, str]) -> dict[int, str]:
    """What this chain's digest was at certain sequence numbers: from signatures and from a published head."""
    points: dict[int, str] = {}
    statements = [*Signature.objects.order_by("on").values_list("heads", flat=True), dict(published)]
    for statement in statements:
        if chain.value in statement:
            sequence, digest = statement[chain.value].split(":")
            points[int(sequence)] = digest
    return points


def _flaws_of(chain: Chain, known: dict[int, str]) -> Iterator[Flaw]:
    previous = chains.GENESIS
    sequence = 0
    head = Head.objects.get(chain=chain)
    if known.pop(0, previous.hex()) != previous.hex():
        yield Flaw(f"{chain}:0", "the published head is not the beginning of this chain")
    for entry in Entry.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=2000):
        where = f"{chain}:{entry.sequence}"
        if entry.sequence != sequence + 1:
            yield Flaw(f"{chain}:{sequence + 1}", "this line is missing")
        if bytes(entry.previous_digest) != previous:
            yield Flaw(where, "does not follow the line before it")
        if entry.sequence > head.sequence:
            yield Flaw(where, "stands behind the end of the chain")
        if log.digest_of(entry) != bytes(entry.digest):
            yield Flaw(where, "was changed")
        previous, sequence = bytes(entry.digest), entry.sequence
        if known.pop(sequence, previous.hex()) != previous.hex():
            yield Flaw(where, "is not the line that was signed or published")
    if (head.sequence, bytes(head.digest)) != (sequence, previous):
        yield Flaw(f"{chain}:{sequence + 1}", "the chain ends before its head")
    if known:
        yield Flaw(f"{chain}:{min(known)}", "a signed or published line is missing")


def _flawed_signatures() -> Iterator[Flaw]:
    public = log.public_key()
    previous = b""
    for row in Signature.objects.order_by("on"):
        statement = log.heads_statement(row.on, heads=row.heads, previous=bytes(row.previous))
        if bytes(row.previous) != previous or not signing.verify(public, statement, bytes(row.signature)):
            yield Flaw(f"signature of {row.on}", "does not verify")
        previous = bytes(row.signature)
