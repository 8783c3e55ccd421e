"""THE TABLES of casework: statuses, outcomes and moves. Buttons, forms, timeline, clocks, docs and tests read them.

A status or a move is a row here; nobody compares a status code anywhere else. See `docs/workflow.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.vocabulary import Actor, Group, Needs, Path, Tells
from wise.people.kinds import Role, UnitKind


@dataclass(frozen=True, slots=True)
class Status:
    """Where a case stands. `told` is all that the reporter reads of it: investigation detail must not leak."""

    code: str
    label: Promise
    told: Promise
    clock_runs: bool = True
    open: bool = True
    waits_for_reporter: bool = False
    waits_for_head: bool = False
    answered: bool = False


_IN_PROGRESS = _("Your report is being worked on.")

STATUSES: dict[str, Status] = {
    row.code: row
    for row in (
        Status("received", _("Received"), _("We have received your report. Thank you.")),
        Status("verifying", _("Verification"), _("Your report is being verified.")),
        Status(
            "waiting_reporter",
            _("Waiting for the reporter"),
            _("We need more information from you."),
            waits_for_reporter=True,
        ),
        Status("analysing", _("Analysis"), _("Your report is being analysed.")),
        Status("examining", _("Examination"), _IN_PROGRESS),
        Status("proposed", _("Proposed to the head of office"), _IN_PROGRESS, waits_for_head=True),
        Status("returned", _("Returned by the head of office"), _IN_PROGRESS),
        Status("approved", _("Approved by the head of office"), _IN_PROGRESS),
        Status("acting", _("Improvement under way"), _("Your report is being followed up.")),
        Status("referred", _("Referred"), _("Your report has been passed to the unit with authority over it.")),
        Status("answered", _("Answered"), _("An answer is available."), clock_runs=False, answered=True),
        Status(
            "closed",
            _("Closed"),
            _("The handling of your report is finished."),
            clock_runs=False,
            open=False,
            answered=True,
        ),
        Status(
            "not_followed_up",
            _("Cannot be followed up"),
            _("Your report cannot be followed up; the reason is given here."),
        ),
        Status("withdrawn", _("Withdrawn"), _("Withdrawn at your request."), clock_runs=False, open=False),
    )
}

INITIAL = STATUSES["received"]
CLOCK_RUNS = [code for code, row in STATUSES.items() if row.clock_runs]
WAITS_FOR_HEAD = [code for code, row in STATUSES.items() if row.waits_for_head]

OUTCOMES: dict[str, Promise] = {
    "proven": _("Proven"),
    "partly_proven": _("Partly proven"),
    "not_proven": _("Not proven"),
    "no_indication": _("No indication of truth"),
    "not_competent": _("Not within our authority"),
    "duplicate": _("Duplicate"),
    "withdrawn": _("Withdrawn"),
}

_UNIT = frozenset({Role.VERIFIER, Role.UNIT_HEAD, Role.INVESTIGATOR})
_HEAD = frozenset({Role.HEAD})
_DESK = frozenset({Role.FRONT_DESK, Role.OPERATOR})
_EVERY = frozenset({"violation", "service", "suggestion"})
# What stands in the clear on a case says nothing about a violation: not even that somebody has an opinion about it.
_TAGGED = frozenset({"service", "suggestion"})
_VIOLATION = frozenset({"violation"})
_SERVICE = frozenset({"service"})
_RUNNING = frozenset(code for code, row in STATUSES.items() if row.open)
_UNANSWERED = frozenset(code for code, row in STATUSES.items() if row.open and not row.answered)
_WORKING = _UNANSWERED - {"proposed"}
# From the head's approval on there is a letter: it is delivered, and the case goes nowhere else before that.
_APPROVED = frozenset({"approved", "acting"})

# The units whose answers to complaints about a service are letters that the head of their office approves (B4, B5).
_OFFICE_UNITS = frozenset({UnitKind.COMPLIANCE, UnitKind.CERTAIN})
_BOTH = frozenset(Path)
_OFFICE = frozenset({Path.OFFICE})
_PLAIN = frozenset({Path.PLAIN})

# What stands in a step's note, beside its free words and its conclusion.
NOTE_PARTS: dict[str, Promise] = {
    "steps": _("Steps taken"),
    "facts": _("Facts and evidence"),
    "recommendation": _("Recommendation"),
    "about": _("Reported persons"),
    "stream_before": _("Kind before"),
    "stream": _("Kind since then"),
    "agenda_before": _("Agenda number before"),
    "part": _("Kind of the part"),
    "agenda_other": _("Agenda number of the other part"),
    "medium": _("Delivered"),
    "handed_on": _("Delivered on"),
    "receipt": _("Receipt number"),
    "paper_on": _("Day of the paper"),
    "rests_on": _("Files it rests on"),
    "assigned": _("Assigned to"),
    "addressees": _("Disposition to"),
    "instructions": _("Instructions"),
    "urgency": _("Urgency"),
    "back_by": _("Back by"),
    "tags": _("Tags"),
    "task": _("Task"),
    "assignee": _("Who does it"),
    "task_due": _("To be done by"),
    "urgent": _("Urgent because"),
    "follows": _("Main case"),
    "followed_by": _("Duplicate"),
    "improvement_in": _("Improvement ordered in the main case"),
    "authority": _("Outside authority"),
    "excluded": _("Excluded"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """What takes a case on. `after` None: the status stays. `after_by`: the status follows from a choice.

    `label` stands on the button; `taken` is what the history calls it afterwards, where that is something else.
    `has_page` False marks moves whose page comes with the complaint desk: their rows already bind the tests and docs.
    `paths`: where the case's path makes a difference, a move has a row for each. `apart`: its form has its own page.
    `for_followers`: taken on a main case, it is offered for its duplicates too; `for_many`: also for several cases that
    were chosen from a list.
    """

    name: str
    label: Promise
    before: frozenset[str]
    after: str | None
    streams: frozenset[str] = _EVERY
    paths: frozenset[Path] = _BOTH
    who: frozenset[Role] = _UNIT
    actor: Actor = Actor.OFFICER
    needs: frozenset[Needs] = field(default_factory=frozenset)
    tells: Tells = Tells.STATUS
    meets: str | None = None
    after_by: dict[str, str] = field(default_factory=dict)
    conclusions: Mapping[str, Promise] = field(default_factory=dict)
    outcome_by: dict[str, str] = field(default_factory=dict)
    has_page: bool = True
    apart: bool = False
    primary: bool = False
    takes_on: bool = False
    extends: bool = False
    withdraws: bool = False
    group: Group = Group.WORK
    # Words for whoever reads the page of the report: nobody, where a report has none.
    speaks: bool = False
    for_followers: bool = False
    for_many: bool = False
    taken: Promise | None = None

    @property
    def title(self) -> Promise:
        """What the history calls the move once it was taken."""
        return self.taken or self.label

    @property
    def only_takes_on(self) -> bool:
        """Whether the move does nothing but make the officer the one who handles the case."""
        return self.takes_on and self.after is None and not self.needs


_VERIFY_CONCLUSIONS = {
    "followed_up": _("Can be followed up: there is an indication of truth"),
    "not_followed_up": _("Cannot be followed up: no indication of truth"),
    "not_competent": _("Not within our authority"),
}
_VERIFY_OUTCOMES = {"followed_up": "", "not_followed_up": "no_indication", "not_competent": "not_competent"}

ROWS = (
    Move("receive", _("Received"), frozenset(), "received", actor=Actor.REPORTER),
    Move(
        "record",
        _("Hand over to the compliance unit"),
        frozenset({"received"}),
        None,
        who=_DESK,
        tells=Tells.NOTHING,
        has_page=False,
        taken=_("Recorded and handed over"),
    ),
    Move(
        "verify",
        _("Start verification"),
        frozenset({"received", "referred"}),
        "verifying",
        primary=True,
        takes_on=True,
        taken=_("Verification started"),
    ),
    Move(
        "ask",
        _("Ask the reporter"),
        frozenset({"verifying", "analysing", "examining"}),
        "waiting_reporter",
        needs=frozenset({Needs.TEXT, Needs.UNTIL}),
        tells=Tells.TEXT,
        taken=_("Question to the reporter"),
        speaks=True,
    ),
    Move(
        "resume",
        _("Continue without waiting"),
        frozenset({"waiting_reporter"}),
        "verifying",
        primary=True,
        taken=_("Continued without waiting"),
    ),
    Move(
        "conclude_verification",
        _("Conclude the verification"),
        frozenset({"verifying", "waiting_reporter", "returned"}),
        "verifying",
        paths=_PLAIN,
        needs=frozenset({Needs.NOTE, Needs.CONCLUSION}),
        tells=Tells.NOTHING,
        conclusions=_VERIFY_CONCLUSIONS,
        after_by={
            "followed_up": "analysing",
            "not_followed_up": "not_followed_up",
            "not_competent": "not_followed_up",
        },
        outcome_by=_VERIFY_OUTCOMES,
        primary=True,
        for_followers=True,
        taken=_("Verification concluded"),
    ),
    Move(
        "conclude_verification",
        _("Conclude the verification"),
        frozenset({"verifying", "waiting_reporter", "returned"}),
        "verifying",
        streams=_SERVICE,
        paths=_OFFICE,
        needs=frozenset({Needs.STEPS, Needs.FACTS, Needs.EVIDENCE, Needs.CONCLUSION}),
        tells=Tells.NOTHING,
        conclusions=_VERIFY_CONCLUSIONS,
        after_by=dict.fromkeys(_VERIFY_CONCLUSIONS, "analysing"),
        outcome_by=_VERIFY_OUTCOMES,
        primary=True,
        for_followers=True,
        taken=_("Verification concluded"),
    ),
    # Where one of the people works in the holding unit or heads its office, the case goes up (`casework.conflict`).
    Move(
        "name_persons",
        _("Name the reported persons"),
        frozenset({"verifying", "waiting_reporter", "analysing", "examining", "returned"}),
        None,
        needs=frozenset({Needs.REPORTED}),
        after_by={"goes_up": "referred"},
        apart=True,
        taken=_("Reported persons named"),
    ),
    Move(
        "propose",
        _("Propose to the head of office"),
        frozenset({"analysing", "returned", "not_followed_up"}),
        "proposed",
        streams=_SERVICE,
        paths=_OFFICE,
        needs=frozenset({Needs.RECOMMENDATION, Needs.LETTER, Needs.TRANSFER}),
        apart=True,
        primary=True,
        for_followers=True,
        taken=_("Proposed to the head of office"),
    ),
    Move(
        "approve",
        _("Approve"),
        frozenset({"proposed"}),
        "approved",
        streams=_SERVICE,
        paths=_OFFICE,
        who=_HEAD,
        needs=frozenset({Needs.ACTIONS}),
        after_by={"indicated": "acting", "not_indicated": "approved", "not_competent": "approved"},
        outcome_by={"indicated": "proven"},
        apart=True,
        primary=True,
        for_followers=True,
        taken=_("Approved by the head of office"),
    ),
    Move(
        "return",
        _("Return with a reason"),
        frozenset({"proposed"}),
        "returned",
        streams=_SERVICE,
        paths=_OFFICE,
        who=_HEAD,
        needs=frozenset({Needs.NOTE}),
        taken=_("Returned by the head of office"),
    ),
    Move(
        "improve",
        _("Record an improvement as done"),
        frozenset({"acting", "answered", "closed"}),
        None,
        streams=_SERVICE,
        paths=_OFFICE,
        needs=frozenset({Needs.IMPROVEMENT, Needs.NOTE, Needs.EVIDENCE}),
        tells=Tells.NOTHING,
        taken=_("Improvement done"),
    ),
    Move(
        "examine",
        _("Examine"),
        frozenset({"analysing"}),
        "examining",
        streams=_VIOLATION,
        needs=frozenset({Needs.NOTE}),
        primary=True,
        taken=_("Examination started"),
    ),
    Move(
        "act",
        _("Act administratively"),
        frozenset({"analysing", "examining"}),
        "acting",
        paths=_PLAIN,
        needs=frozenset({Needs.NOTE}),
        taken=_("Administrative measure"),
    ),
    Move(
        "refer",
        _("Refer to another unit"),
        _WORKING,
        "referred",
        paths=_PLAIN,
        needs=frozenset({Needs.NOTE, Needs.UNIT}),
        apart=True,
        taken=_("Referred to another unit"),
        group=Group.ELSEWHERE,
    ),
    Move(
        "refer",
        _("Refer to another unit"),
        _WORKING - _APPROVED,
        "referred",
        streams=_SERVICE,
        paths=_OFFICE,
        needs=frozenset({Needs.NOTE, Needs.UNIT}),
        apart=True,
        taken=_("Referred to another unit"),
        group=Group.ELSEWHERE,
    ),
    # What becomes of the case itself is concluded apart: a proven violation can go to a prosecutor too. The reporter
    # reads nothing of it, so that nobody is warned; who should be told is written to.
    Move(
        "refer_outside",
        _("Refer to an outside authority"),
        frozenset({"verifying", "analysing", "examining", "acting", "not_followed_up", "answered", "closed"}),
        None,
        paths=_PLAIN,
        who=frozenset({Role.UNIT_HEAD}),
        needs=frozenset({Needs.NOTE, Needs.OUTSIDE}),
        tells=Tells.NOTHING,
        apart=True,
        taken=_("Referred to an outside authority"),
        group=Group.ELSEWHERE,
    ),
    Move(
        "conclude",
        _("Conclude with an outcome"),
        frozenset({"analysing", "examining", "acting"}),
        None,
        paths=_PLAIN,
        needs=frozenset({Needs.NOTE, Needs.CONCLUSION}),
        tells=Tells.NOTHING,
        conclusions={code: OUTCOMES[code] for code in ("proven", "partly_proven", "not_proven", "not_competent")},
        outcome_by={code: code for code in ("proven", "partly_proven", "not_proven", "not_competent")},
        taken=_("Outcome recorded"),
    ),
    Move(
        "answer",
        _("Answer the reporter"),
        _UNANSWERED - {"received", "referred", "proposed"},
        "answered",
        paths=_PLAIN,
        needs=frozenset({Needs.TEXT}),
        tells=Tells.TEXT,
        meets="answer",
        primary=True,
        for_followers=True,
        taken=_("Answer to the reporter"),
    ),
    Move(
        "answer",
        _("Answer the reporter"),
        _APPROVED,
        "answered",
        streams=_SERVICE,
        paths=_OFFICE,
        needs=frozenset({Needs.TEXT, Needs.DELIVERY}),
        tells=Tells.TEXT,
        meets="answer",
        apart=True,
        primary=True,
        for_followers=True,
        taken=_("Answer to the reporter"),
    ),
    Move(
        "close",
        _("Close"),
        frozenset({"answered"}),
        "closed",
        primary=True,
        for_followers=True,
        for_many=True,
        taken=_("Closed"),
    ),
    Move(
        "message",
        _("Write to the reporter"),
        frozenset(STATUSES),  # whoever may always write is always answerable, after the case is closed too
        None,
        needs=frozenset({Needs.TEXT}),
        tells=Tells.TEXT,
        taken=_("Message to the reporter"),
        speaks=True,
    ),
    Move(
        "note",
        _("Internal note"),
        frozenset(STATUSES),
        None,
        who=_UNIT | _HEAD,
        needs=frozenset({Needs.NOTE, Needs.EVIDENCE}),
        tells=Tells.NOTHING,
    ),
    Move(
        "attach",
        _("Add files of the unit"),
        frozenset(STATUSES),
        None,
        who=_UNIT | _HEAD,
        needs=frozenset({Needs.FILES}),
        tells=Tells.NOTHING,
        taken=_("Files of the unit added"),
    ),
    Move(
        "take_on",
        _("Take on"),
        _RUNNING,
        None,
        tells=Tells.NOTHING,
        takes_on=True,
        for_many=True,
        taken=_("Taken on"),
    ),
    Move(
        "assign",
        _("Assign to a colleague"),
        _RUNNING,
        None,
        needs=frozenset({Needs.OFFICER}),
        tells=Tells.NOTHING,
        apart=True,
        taken=_("Assigned"),
        group=Group.SHARING,
    ),
    Move(
        "dispose",
        _("Disposition"),
        _RUNNING,
        None,
        who=_UNIT | _HEAD,
        needs=frozenset({Needs.DISPOSITION}),
        tells=Tells.NOTHING,
        apart=True,
        group=Group.SHARING,
    ),
    Move(
        "add_task",
        _("Add a task"),
        _RUNNING,
        None,
        needs=frozenset({Needs.TASK}),
        tells=Tells.NOTHING,
        apart=True,
        taken=_("Task added"),
        group=Group.SHARING,
    ),
    Move(
        "finish_task",
        _("Finish a task"),
        frozenset(STATUSES),
        None,
        needs=frozenset({Needs.TASK_DONE}),
        tells=Tells.NOTHING,
        taken=_("Task finished"),
    ),
    # The reporter is asked nothing about it, and no time limit changes by it.
    Move(
        "flag",
        _("Change the urgency"),
        _RUNNING,
        None,
        needs=frozenset({Needs.URGENCY, Needs.NOTE}),
        tells=Tells.NOTHING,
        taken=_("Urgency changed"),
        group=Group.SHARING,
    ),
    Move(
        "tag",
        _("Set the tags"),
        frozenset(STATUSES),
        None,
        streams=_TAGGED,
        needs=frozenset({Needs.TAGS}),
        tells=Tells.NOTHING,
        apart=True,
        taken=_("Tags changed"),
        group=Group.SHARING,
    ),
    Move(
        "link_duplicate",
        _("Link to a main case"),
        _RUNNING,
        None,
        needs=frozenset({Needs.MAIN_CASE}),
        tells=Tells.NOTHING,
        apart=True,
        for_many=True,
        taken=_("Linked as a duplicate"),
        group=Group.SHARING,
    ),
    Move(
        "unlink_duplicate",
        _("Undo the link to the main case"),
        frozenset(STATUSES),
        None,
        needs=frozenset({Needs.LINK}),
        tells=Tells.NOTHING,
        taken=_("No longer linked as a duplicate"),
        group=Group.SHARING,
    ),
    # Not once it lies before the head or is approved: what is decided there is decided about this kind of case.
    Move(
        "reclassify",
        _("Change the kind of case"),
        _WORKING - _APPROVED,
        None,
        needs=frozenset({Needs.NOTE, Needs.STREAM}),
        after_by={"goes_on": "referred", "anew": "verifying"},
        outcome_by={"goes_on": "", "anew": ""},
        apart=True,
        taken=_("Kind of case changed"),
        group=Group.ELSEWHERE,
    ),
    # The case goes on as it is; a second one on the same report is opened (`casework.splitting`).
    Move(
        "split",
        _("Split off a part"),
        _WORKING,
        None,
        needs=frozenset({Needs.NOTE, Needs.PART}),
        tells=Tells.NOTHING,
        apart=True,
        taken=_("Split into parts"),
        group=Group.ELSEWHERE,
    ),
    # Whoever is excluded has no key to it any more, finds it nowhere and is not told (`casework.excluding`).
    Move(
        "exclude",
        _("Exclude colleagues"),
        frozenset(STATUSES),
        None,
        needs=frozenset({Needs.NOTE, Needs.EXCLUDED}),
        tells=Tells.NOTHING,
        apart=True,
        taken=_("Who may see the case was changed"),
        group=Group.SHARING,
    ),
    # Listed only where the case's rule set allows it, once, and before the due date has passed (`casework.clock`).
    Move(
        "extend",
        _("Extend the time"),
        _UNANSWERED,
        None,
        needs=frozenset({Needs.TEXT}),
        tells=Tells.TEXT,
        extends=True,
        taken=_("Time extended"),
    ),
    # As long as the rule set's time for an objection runs (`casework.objecting`).
    Move(
        "reopen",
        _("Object to the answer"),
        frozenset({"answered", "closed"}),
        "verifying",
        actor=Actor.REPORTER,
        needs=frozenset({Needs.TEXT}),
        tells=Tells.TEXT,
        taken=_("Objection by the reporter"),
    ),
    Move(
        "withdraw",
        _("Withdraw"),
        _RUNNING,
        None,
        actor=Actor.REPORTER,
        needs=frozenset({Needs.TEXT}),
        tells=Tells.TEXT,
        withdraws=True,
        taken=_("Withdrawn by the reporter"),
    ),
    # The same wish, on a signed paper that was brought or sent: like the reporter's own act it stops no clock.
    Move(
        "withdraw_on_paper",
        _("Record a withdrawal on paper"),
        _RUNNING,
        None,
        needs=frozenset({Needs.PAPER, Needs.NOTE}),
        tells=Tells.NOTHING,
        withdraws=True,
        apart=True,
        taken=_("Withdrawn by the reporter on paper"),
        group=Group.ELSEWHERE,
    ),
    Move(
        "add",
        _("Added by the reporter"),
        frozenset(STATUSES),
        None,
        actor=Actor.REPORTER,
        tells=Tells.TEXT,
    ),
    Move(
        "reply",
        _("Message from the reporter"),
        frozenset(STATUSES),
        None,
        actor=Actor.REPORTER,
        needs=frozenset({Needs.TEXT}),
        after_by={"waiting_reporter": "verifying"},
    ),
)

# By name, for words that are the same on both paths; what a case needs is in the row of its own path.
MOVES: dict[str, Move] = {}
for _row in ROWS:
    MOVES.setdefault(_row.name, _row)

WITHDRAWING = sorted(name for name, row in MOVES.items() if row.withdraws)


def path_of(*, stream: str, unit_kind: str) -> Path:
    """How a case of this stream, held by this kind of unit, comes to its answer."""
    by_letter = stream in _SERVICE and unit_kind in _OFFICE_UNITS
    return Path.OFFICE if by_letter else Path.PLAIN


def row_of(name: str, *, path: Path) -> Move | None:
    """A move as it is on this path; None where it is not on it."""
    return next((row for row in ROWS if row.name == name and path in row.paths), None)


def moves_open_to(*, status: str, stream: str, path: Path, roles: frozenset[Role]) -> list[Move]:
    """What somebody with these roles on a case can do now: a button exists because it is listed here."""
    return [
        move
        for move in ROWS
        if move.actor is Actor.OFFICER
        and path in move.paths
        and status in move.before
        and stream in move.streams
        and roles & move.who
    ]
