"""Confiding an identity after the report was sent, and taking one back: the reporter's own deeds on the vault."""

import datetime
import uuid
from dataclasses import astuple, dataclass

from django.db import transaction
from django.utils import dateformat
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.audit.rows import fingerprint
from wise.casework import clock, correspondence, parts
from wise.casework.models import Case
from wise.keys import directory, grants
from wise.keys.grants import To
from wise.keys.keyring import Keyring
from wise.people.models import Reporter
from wise.refusals import Refused
from wise.register import telltale
from wise.vault import deposits, disclosures
from wise.vault.deposits import Identity
from wise.vault.kinds import Kind
from wise.vault.models import Deposit, Disclosure, Turn

CONFIDE, WITHDRAW = "confide", "withdraw-identity"
# The deed of an opening, in the log; its facts name the disclosure.
OPEN = "open-disclosure"
# Each stays in the book for ever, sealed; nobody needs more.
MOST = 10


@dataclass(frozen=True, slots=True)
class Disclosed:
    """That somebody got a key to what was confided: of what kind, from which day to which, and whether it was used."""

    kind: Kind
    on: datetime.date
    until: datetime.date
    used: bool
    over: bool

    @property
    def sentence(self) -> str:
        """What was allowed, as the history says it."""
        return str(self.kind.allowed).format(day=dateformat.format(self.until, "j F Y"))


def confide(report_id: uuid.UUID, *, identity: Identity, by: Reporter, at: datetime.datetime) -> None:
    """Put an identity into the vault of one's own report, under a key of its own, for oneself and the custodians.

    Like sending, it needs public keys alone.
    """
    identity = Identity(*(part.strip() for part in astuple(identity)))
    if not identity.is_something:
        raise Refused("identity-missing", _("Write your name, or whatever else the vault shall hold."))
    telltale.refuse_secrets(astuple(identity), of=by)
    deposit_id = uuid.uuid4()
    made, custodians = grants.new_keys(grants.identity_of(deposit_id)), deposits.custodians()
    (key,) = made.values()
    with transaction.atomic():
        case = correspondence.own_cases(report_id, by=by)[0]
        _must_be_free(report_id)
        on = clock.today_at(case.office, at=at)
        row = deposits.seal_deposit(report_id, identity=identity, key=key, on=on, deposit_id=deposit_id)
        row.save(force_insert=True)
        holders = [To(directory.holder_of(by)), *([custodians] if custodians is not None else [])]
        grants.store([grants.prepare(made, report_id=report_id, to=to, on=on) for to in holders])
        turn = _turn(case, row, deed=deposits.CONFIDED, on=on)
        facts: dict[str, log.Fact] = {"rows": [fingerprint(row), fingerprint(turn)]}
        facts |= grants.later_commitments(made, report_id=report_id)
        log.record(CONFIDE, chain=Chain.REPORTERS, at=at, subject=report_id, facts=facts)


def withdraw(report_id: uuid.UUID, *, by: Reporter, keyring: Keyring, at: datetime.datetime) -> None:
    """Take one's identity out of the vault: every box with its key goes, so that nobody can open it any more.

    The sealed row stays, since the book only grows. Requests that wait come to nothing, and who was allowed to read
    loses the key; what they have read they know.
    """
    holder = directory.holder_of(by)
    with transaction.atomic():
        case = correspondence.own_cases(report_id, by=by)[0]
        row = deposits.standing(report_id)
        if row is None:
            raise Refused("no-identity", _("The vault holds no identity for this report."))
        on, compartment = clock.today_at(case.office, at=at), deposits.compartment_of(row)
        grants.forget(report_id, compartment=compartment, holder=holder, keyring=keyring, on=on)
        for found in disclosures.live(report_id=report_id, compartment=compartment).select_for_update():
            disclosures.end(found)
        turn = _turn(case, row, deed=deposits.WITHDRAWN, on=on)
        facts: dict[str, log.Fact] = {"rows": [fingerprint(turn)], "deposit": str(row.id)}
        log.record(WITHDRAW, chain=Chain.REPORTERS, at=at, subject=report_id, facts=facts)


def disclosed(report_id: uuid.UUID, *, on: datetime.date) -> list[Disclosed]:
    """To which ends somebody ever got a key to what was confided with a report, oldest first."""
    allowed = Turn.objects.filter(report_id=report_id, deed="allowed").select_related("disclosure").order_by("order")
    return [_disclosed(turn, on=on) for turn in allowed]


def _disclosed(turn: Turn, *, on: datetime.date) -> Disclosed:
    row = turn.disclosure
    assert row is not None  # only requests are allowed
    assert row.until is not None
    return Disclosed(row.kind, turn.on, row.until, used=was_opened(row), over=not row.state.is_open or row.until < on)


def was_opened(row: Disclosure) -> bool:
    """Whether what a disclosure allowed was ever looked at, or its envelope printed."""
    return any(fact.get("disclosure") == str(row.id) for fact in log.facts_about(row.case_id, deed=OPEN))


def _must_be_free(report_id: uuid.UUID) -> None:
    if deposits.standing(report_id) is not None:
        raise Refused("identity-there", _("The vault holds an identity for this report already."))
    if Deposit.objects.filter(report_id=report_id).count() >= MOST:
        raise Refused(
            "identity-often",
            _("The vault has taken as many identities for this report as it can. Write to the unit instead."),
        )


def _turn(case: Case, row: Deposit, *, deed: str, on: datetime.date) -> Turn:
    """What happened to the deposit, at the next place; news on every part of the report, as all that is added."""
    order = case.last_order + 1
    parts.of_report(case.report_id).update(last_order=order, has_news=True, changed_on=on)
    turn = Turn(report_id=case.report_id, order=order, deed=deed, deposit=row, on=on)
    turn.save(force_insert=True)
    return turn
