"""What a unit puts before the head of office: what it found, what it recommends, and the letter it drafted (B4, B5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wise.casework import evidence, sealing
from wise.casework.access import Desk
from wise.casework.given import Wording
from wise.casework.models import Case, Step
from wise.casework.workflow import MOVES
from wise.keys import acting
from wise.keys.grants import CONTENT, Keys
from wise.letters import content as contents
from wise.letters import drafting, issuing
from wise.letters.content import Content
from wise.letters.drafting import CaseFacts
from wise.letters.issuing import Issued
from wise.letters.kinds import KINDS
from wise.people.kinds import ActingKind, Role
from wise.people.models import OfficerRole, Unit
from wise.register import entry
from wise.register.streams import REPLY_MEDIA

RESPONSE = KINDS["response"]
INDICATED, NOT_INDICATED, NOT_COMPETENT = "indicated", "not_indicated", "not_competent"
# What each conclusion of a verification is to whoever decides about it.
_FINDINGS = {"followed_up": INDICATED, "not_followed_up": NOT_INDICATED, "not_competent": NOT_COMPETENT}
_TITLES: Mapping[ActingKind, Promise] = {
    ActingKind.PLH: gettext_lazy("Acting Head of the Office (Plh.)"),
    ActingKind.PLT: gettext_lazy("Acting Head of the Office (Plt.)"),
}
# Letters of the institution are Indonesian, in whatever language their author works.
_LANGUAGE = "id"
_COURTESY = "en"


@dataclass(frozen=True, slots=True, repr=False)
class Verified:
    """What a verification found, as it was concluded last."""

    steps: str
    facts: str
    conclusion: str
    rests_on: tuple[str, ...] = ()

    @property
    def finding(self) -> str:
        """What a proposal rests on: `INDICATED`, `NOT_INDICATED` or `NOT_COMPETENT`; empty before any conclusion."""
        return _FINDINGS.get(self.conclusion, "")

    @property
    def is_elsewhere(self) -> bool:
        """Whether the matter belongs to an outside authority."""
        return self.finding == NOT_COMPETENT

    @property
    def label(self) -> Promise | str:
        """The conclusion in words."""
        return MOVES["conclude_verification"].conclusions.get(self.conclusion, "")


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """What was put before the head of office last, with the letter that is issued if they approve.

    `courtesy` is its English copy, where there is one; `transfer` the letter to the outside authority that gets the
    matter, which is issued with it.
    """

    recommendation: str
    content: Content
    finding: str
    courtesy: Content | None = None
    transfer: Content | None = None

    @property
    def indicated(self) -> bool:
        """Whether there is an indication of truth: then the head orders an improvement."""
        return self.finding == INDICATED


def verified(case: Case, *, keys: Keys) -> Verified:
    """The last conclusion of the verification; what these keys do not open is empty."""
    step = _last(case, "conclude_verification")
    note = sealing.open_note(step, keys=keys) if step else {}
    return Verified(
        note.get("steps", ""),
        note.get("facts") or note.get("note", ""),
        note.get("conclusion", ""),
        evidence.parted(note.get(evidence.PART, "")),
    )


def proposal(case: Case, *, keys: Keys) -> Proposal | None:
    """What was proposed last; None where nothing was since the last answer, or for whoever has no key of it."""
    step = _last(case, "propose")
    note = sealing.open_note(step, keys=keys) if step and not _is_delivered(case, step.order) else {}
    if "letter" not in note:
        return None
    content, courtesy, transfer = (_kept(note, name) for name in ("letter", "courtesy", "transfer"))
    assert content is not None
    return Proposal(note["recommendation"], content, note["conclusion"], courtesy, transfer)


def draft(case: Case, *, keys: Keys) -> Content:
    """The letter as the next proposal begins with it: what was proposed before, else what the case's facts give.

    What was written for another conclusion is no beginning.
    """
    before = proposal(case, keys=keys)
    if before is not None and before.finding == verified(case, keys=keys).finding:
        return before.content
    return drafting.response(facts_of(case, keys=keys))


def _kept(note: Mapping[str, str], name: str) -> Content | None:
    return Content(**json.loads(note[name])) if name in note else None


def approved(case: Case, *, keys: Keys) -> Issued | None:
    """The letter that the head approved last, if it is not delivered yet."""
    found = pairs(case, keys=keys)
    return found[-1][1] if found and not _is_delivered(case, found[-1][0]) else None


def delivered(case: Case, *, keys: Keys) -> list[Issued]:
    """The letters that were delivered with an answer: before that the reporter sees nothing of them."""
    return [letter for order, letter in pairs(case, keys=keys) if _is_delivered(case, order)]


def pairs(case: Case, *, keys: Keys) -> list[tuple[int, Issued]]:
    """Each approval's place in the case's order, with the response letter that it issued."""
    orders = case.steps.filter(move="approve").order_by("order").values_list("order", flat=True)
    if CONTENT not in keys or not orders:
        return []
    letters = [
        letter for letter in issuing.letters_of(case.id, keys=[keys[CONTENT]]) if letter.letter.kind == RESPONSE.code
    ]
    return list(zip(orders, letters, strict=False))


def _is_delivered(case: Case, order: int) -> bool:
    return case.steps.filter(move="answer", order__gt=order).exists()


def facts_of(case: Case, *, keys: Keys, language: str = _LANGUAGE) -> CaseFacts:
    """What the institution's templates say of a case."""
    report, found = case.report, verified(case, keys=keys)
    reply = entry.reply(report, keys=keys)
    named = REPLY_MEDIA[reply.medium].needs_name
    with translation.override(language):
        result, follow_up = _sentences(found.finding)
        return CaseFacts(
            stream=case.stream,
            agenda_number=case.agenda_number,
            received_on=case.received_on,
            channel=str(report.way_in.label),
            office=case.unit.office,
            language=language,
            topic=report.topic.name if report.topic else "",
            result=result,
            follow_up=follow_up,
            recipient=(reply.name, *reply.address.splitlines()) if named else (),
        )


def _sentences(finding: str) -> tuple[str, str]:
    """What a letter says of the result before anybody has changed it."""
    if finding == NOT_COMPETENT:
        return (
            _("We have examined your complaint. What it tells of is not within our authority."),
            _("We pass the matter, without your name, to the authority that can deal with it."),
        )
    if finding == INDICATED:
        return (
            _("We have examined your complaint and found that it is justified. We apologise for this."),
            _("We are improving the service so that it does not happen again."),
        )
    return _("We have examined your complaint and found no indication of what it tells."), ""


def worded(content: Content, wording: Wording) -> Content:
    """The letter in an officer's words; refused now, while its author can still mend it, where it could not be sent."""
    points = tuple(point.strip() for point in wording.points if point.strip())
    changed = replace(content, subject=wording.subject.strip(), points=points, closing=wording.closing.strip())
    # Who signs is known at the approval only.
    contents.check(replace(changed, signer_title="-", signer_name="-"))
    return changed


def courtesy_of(case: Case, wording: Wording, *, keys: Keys) -> Content | None:
    """The English copy: the points that an officer wrote for it, with the institution's English words around them."""
    points = tuple(point.strip() for point in wording.courtesy if point.strip())
    if not points:
        return None
    return replace(drafting.response(facts_of(case, keys=keys, language=_COURTESY)), points=points)


def note_facts(case: Case, *, recommendation: str, keys: Keys, desk: Desk) -> CaseFacts:
    """What the note to the head says of a case, signed by whoever proposes."""
    found = verified(case, keys=keys)
    with translation.override(_LANGUAGE):
        return replace(
            facts_of(case, keys=keys),
            steps=found.steps,
            facts=_with_files(found),
            # What the letter says of it is no proposal: that is the recommendation.
            follow_up="",
            conclusion=str(found.label),
            recommendation=recommendation,
            signer_title=title_of(desk, unit=case.unit),
            signer_name=desk.officer.name,
            signer_number=desk.officer.service_number,
        )


def signed(content: Content, *, desk: Desk, unit: Unit) -> Content:
    """The letter with the head of this unit below it, or with who acts for them."""
    row = OfficerRole.objects.filter(officer=desk.officer, unit=unit, role=Role.HEAD).first()
    with translation.override(content.language):
        term = acting.term_of(row) if row else None
        title = _("Head of the Office") if term is None else str(_TITLES[term.kind])
    return replace(
        content, signer_title=title, signer_name=desk.officer.name, signer_number=desk.officer.service_number
    )


def _with_files(found: Verified) -> str:
    """What was found, with the labels of the files that it rests on."""
    if not found.rests_on:
        return found.facts
    return found.facts + "\n" + _("Files: %(files)s") % {"files": evidence.joined(found.rests_on)}


def title_of(desk: Desk, *, unit: Unit) -> str:
    """As what an officer of a unit signs, in the active language."""
    is_head = Role.UNIT_HEAD in desk.roles_at(unit.id)
    return (_("Head of %(unit)s") if is_head else _("Verifier at %(unit)s")) % {"unit": unit.name}


def _last(case: Case, move: str) -> Step | None:
    return case.steps.filter(move=move).order_by("-order").first()
