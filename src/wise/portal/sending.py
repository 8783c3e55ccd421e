"""Sending a draft with a new pseudonym, an old one, or from inside a session; who sent it is signed in afterwards."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from wise.casework import intake
from wise.casework.intake import Receipt, Sender
from wise.people import joining, sessions, signing_in
from wise.people.sessions import SignedIn
from wise.portal.telling import TEXTS, TellForm
from wise.refusals import Refused
from wise.register import drafts, looking, telltale
from wise.register.drafts import OpenDraft


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """The pseudonym and password that were typed. Nothing of it is kept."""

    pseudonym: str
    password: str
    is_new: bool


@dataclass(slots=True, repr=False)
class _Met:
    """Who turned out to be sending, with the key in hand, and the recovery code that only they may be shown."""

    seed: bytes = b""
    sender: Sender | None = field(default=None)

    def new(self, account: Account, *, at: datetime.datetime) -> Sender:
        prepared = joining.prepare_reporter(account.pseudonym, password=account.password, at=at)
        self.seed, self.sender = prepared.seed, intake.newcomer(prepared)
        return self.sender

    def known(self, account: Account, *, at: datetime.datetime) -> Sender:
        unlocked = signing_in.reporter(account.pseudonym, password=account.password, at=at)
        self.seed, self.sender = unlocked.seed, intake.known(unlocked.row)
        return self.sender

    def may_enter(self, receipt: Receipt) -> bool:
        """Whether this request's own sender is stored: of two that were sent at once, one newcomer is not."""
        if self.sender is None:
            return False
        fresh = self.sender.newcomer
        return fresh is None or fresh.recovery_code == receipt.recovery_code


def as_member(
    draft: OpenDraft, told: TellForm, *, session: SignedIn, at: datetime.datetime, as_is: Collection[str] = ()
) -> None:
    """Send from inside a session. `told` is the draft's form, checked; `as_is` the files to be sent as they came."""

    def sender() -> Sender:
        telltale.refuse_secrets(_texts(draft), of=session.reporter)
        return intake.known(session.reporter)

    intake.receive_draft(draft.token, telling=_telling(draft, told, as_is), sender=sender, at=at, seen=draft)


def as_stranger(
    draft: OpenDraft, told: TellForm, *, account: Account, at: datetime.datetime, as_is: Collection[str] = ()
) -> str:
    """Send with pseudonym and password; returns a session's token, empty where only a sign-in could give one.

    Sent already – a double click, a lost answer – it is sent no second time (P04), and nothing is derived for it.
    """
    met, telling = _Met(), _telling(draft, told, as_is)
    meet = met.new if account.is_new else met.known

    def sender() -> Sender:
        telltale.refuse_secrets(_texts(draft), password=account.password)
        found = meet(account, at=at)
        if not account.is_new:
            telltale.refuse_secrets(_texts(draft), of=found.reporter)
        return found

    receipt = _once(draft, lambda: intake.receive_draft(draft.token, telling=telling, sender=sender, at=at), at=at)
    if receipt is None or not met.may_enter(receipt) or met.sender is None:
        return ""
    return sessions.start(met.sender.reporter, seed=met.seed, at=at)


def _once(draft: OpenDraft, send: Callable[[], Receipt], *, at: datetime.datetime) -> Receipt | None:
    """Of two that were sent at once the later one may meet its own twin's pseudonym: that is no refusal."""
    try:
        return send()
    except Refused:
        now = drafts.resume(draft.token, at=at)
        if now is None or now.receipt is None:
            raise
        return None


def _telling(draft: OpenDraft, told: TellForm, as_is: Collection[str]) -> Callable[[OpenDraft], intake.Telling]:
    """What is told by the draft as it is when it is sent: checked anew where another window changed it meanwhile."""

    def telling(now: OpenDraft) -> intake.Telling:
        files = looking.decided(now.files, as_is=as_is)
        return (told if now.told == draft.told else TellForm(now.told)).telling(files=files)

    return telling


def _texts(draft: OpenDraft) -> list[str]:
    return [*(str(draft.told.get(name, "")) for name in TEXTS), *(file.name for file in draft.files)]
