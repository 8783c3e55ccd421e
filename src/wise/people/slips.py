"""Slips: the paper from the desk whose passphrase opens one report, and is replaced when it is first used.

Until then whoever printed it could have used it; afterwards the printed words open nothing, and the slip says since
when.
"""

import datetime
import json
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wise.crypto import boxes, contexts, passphrases, seal, subkeys
from wise.crypto.errors import Unopenable
from wise.people import guessing, seeds, signing_in, tokens
from wise.people.derivation import SIGN_IN
from wise.people.joining import Newcomer
from wise.people.models import Reporter, ReporterSession, Slip
from wise.people.seeds import Sealed
from wise.people.signing_in import Unlocked
from wise.refusals import NotThere, Refused

type Opened = Unlocked[Reporter]

# So long the new passphrase can be shown again before the old one must be typed again.
EXCHANGE = datetime.timedelta(minutes=15)
_KIND = "slip"
_LOOKUP_BYTES = 32
_WRONG = _(
    "Register number and words do not match. Check both. The words on a slip work once: after that, those which"
    " you were shown then."
)
_TOO_OFTEN = _("This number was tried too often with a wrong passphrase. Wait an hour, then try again.")


@dataclass(frozen=True, slots=True, repr=False)
class Exchange:
    """A slip that is about to be used: the new passphrase, shown until its holder says that it is kept."""

    reporter: Reporter
    seed: bytes
    passphrase: str
    replaces: bytes  # the salt of the passphrase that opened it: another one means that the slip was used meanwhile


def prepare(*, on: datetime.date) -> Newcomer[Reporter]:
    """Make the keys of a reporter who chose no pseudonym; `recovery_code` is the passphrase of the slip.

    No name leads to this reporter and no password opens the key: what stands in the place of both is chance. Quick;
    stores nothing.
    """
    seed, passphrase = boxes.new_seed(), passphrases.generate()
    row = Reporter(id=uuid.uuid4(), pseudonym_lookup=secrets.token_bytes(_LOOKUP_BYTES), joined_on=on)
    cost = settings.WISE_ARGON2_COST
    salt, sealed_seed = seeds.under_code(seed, owner=row.id, code=passphrase)
    nothing = contexts.context("seed", row.id, "nothing")
    Sealed(
        salt=passphrases.new_salt(),
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        sealed_seed=seal.seal(boxes.new_seed(), key=seal.new_key(), context=nothing),
        recovery_salt=salt,
        recovery_sealed_seed=sealed_seed,
    ).onto(row)
    return Newcomer(row, seed, passphrase)


def hand_out(reporter: Reporter, *, on: datetime.date) -> Slip:
    """Enter that a slip was handed out. Call it inside the transaction that stores the reporter."""
    return Slip.objects.create(reporter=reporter, handed_on=on)


def of(reporter: Reporter) -> Slip | None:
    """The slip by which a reporter is known, if there is one."""
    return getattr(reporter, "slip", None)


def unlock(reporter: Reporter | None, *, lookup: bytes, passphrase: str, at: datetime.datetime) -> Unlocked[Reporter]:
    """Open the key of a slip's reporter. A number that is nobody's, an account's, a wrong passphrase: one answer.

    Each costs a derivation and counts as a wrong sign-in at this register number (`lookup`), as a wrong password does.
    """
    SIGN_IN.expect_room()
    signing_in.refuse_if_guessed_too_often(lookup, at=at, sentence=_TOO_OFTEN)
    row = reporter if reporter is not None and of(reporter) is not None else None
    try:
        seed = seeds.open_with_code(row or signing_in.nobody(), owner=signing_in.id_of(row), recovery_code=passphrase)
    except Unopenable:
        guessing.miss()
        signing_in.count_failure(lookup, at=at)
        raise Refused("wrong-slip", _WRONG) from None
    assert row is not None
    return Unlocked(row, seed)


def begin(unlocked: Unlocked[Reporter], *, at: datetime.datetime) -> str:
    """Begin to use a slip: a new passphrase to be shown; the token for the cookie. Nothing of the report opens by it.

    The printed passphrase goes on working until `take`: an answer that was lost locks nobody out.
    """
    row, token = unlocked.row, tokens.new()
    row_id, ends = tokens.row_id(token, kind=_KIND), tokens.step_after(at + EXCHANGE)
    content = {
        "seed": unlocked.seed.hex(),
        "passphrase": passphrases.generate(),
        "replaces": bytes(row.recovery_salt).hex(),
        "until": (at + EXCHANGE).isoformat(),
    }
    ReporterSession.objects.filter(expires_at__lte=at).delete()
    ReporterSession.objects.create(
        id=row_id,
        reporter=row,
        sealed=seal.seal(
            json.dumps(content).encode(), key=tokens.row_key(token, kind=_KIND), context=_context(row_id, row)
        ),
        expires_at=ends,
        ends_at=ends,
    )
    return token


def waiting(token: str, *, at: datetime.datetime) -> Exchange | None:
    """The exchange of a cookie, the same however often it is asked for; None once it is over."""
    row_id = tokens.row_id(token, kind=_KIND)
    row = ReporterSession.objects.select_related("reporter__slip").filter(id=row_id, expires_at__gt=at).first()
    if row is None:
        return None
    try:
        opened = seal.open_sealed(
            bytes(row.sealed), key=tokens.row_key(token, kind=_KIND), context=_context(row_id, row.reporter)
        )
    except Unopenable:
        return None
    content = json.loads(opened)
    if datetime.datetime.fromisoformat(content["until"]) <= at:
        return None
    replaces = bytes.fromhex(content["replaces"])
    return Exchange(row.reporter, bytes.fromhex(content["seed"]), content["passphrase"], replaces)


def take(token: str, *, on: datetime.date, at: datetime.datetime) -> Unlocked[Reporter]:
    """The new passphrase is kept: from now on it alone opens the report, and the slip counts as used.

    Of two who began with the same printed passphrase the first takes it; the other one is refused.
    """
    exchange = waiting(token, at=at)
    if exchange is None:
        raise NotThere
    with transaction.atomic():
        row = Reporter.objects.select_for_update().get(id=exchange.reporter.id)
        if not subkeys.same(bytes(row.recovery_salt), exchange.replaces):
            raise Refused("slip-used", _("Somebody has used this slip meanwhile. Its passphrase opens nothing now."))
        row.recovery_salt, row.recovery_sealed_seed = seeds.under_code(
            exchange.seed, owner=row.id, code=exchange.passphrase
        )
        row.save(update_fields=["recovery_salt", "recovery_sealed_seed"])
        Slip.objects.filter(reporter=row).update(used_on=on)
        forget(token)
    return Unlocked(row, exchange.seed)


def forget(token: str) -> None:
    """The exchange is over; its cookie opens nothing more."""
    ReporterSession.objects.filter(id=tokens.row_id(token, kind=_KIND)).delete()


def _context(row_id: str, reporter: Reporter) -> bytes:
    return contexts.context("session", _KIND, row_id, reporter.id)
