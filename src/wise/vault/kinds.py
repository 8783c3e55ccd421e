"""THE TABLES of disclosures: what can be asked for, and where a request stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.keys.grants import IDENTITY, ORIGINALS
from wise.people.kinds import UnitKind


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be asked for. `compartment`: whose key it takes.

    `to_asker`: whoever asks reads it; otherwise the custodian who confirms does what was asked, and the asker reads
    nothing. `asked`, `allowed` (with its last `day`) and `refused` are all that the reporter is told.
    """

    code: str
    label: Promise
    hint: Promise
    compartment: str
    asked: Promise
    allowed: Promise
    refused: Promise
    nothing: Promise
    to_asker: bool = True


KINDS: Mapping[str, Kind] = {
    row.code: row
    for row in (
        Kind(
            "identity",
            _("The reporter's identity"),
            _("Name, address and whatever else the reporter confided. You alone will read it."),
            IDENTITY,
            asked=_("The unit asked for the identity that you confided. Two custodian units decide about it."),
            allowed=_(
                "The request was allowed: until {day} one officer of the unit may read the identity that you confided."
            ),
            refused=_("The request was refused. By it nobody has read your identity."),
            nothing=_("The request for your identity came to nothing. By it nobody has read your identity."),
        ),
        Kind(
            "originals",
            _("The files as they were sent"),
            _("The reporter's files with the names and hidden traces they came with. You alone will see them."),
            ORIGINALS,
            asked=_("The unit asked for your files as you sent them. Two custodian units decide about it."),
            allowed=_(
                "The request was allowed: until {day} one officer of the unit may see your files as you sent them."
            ),
            refused=_("The request was refused. By it nobody has seen your files as you sent them."),
            nothing=_("The request for your files came to nothing. By it nobody has seen them as you sent them."),
        ),
        Kind(
            "envelope",
            _("An envelope for a letter"),
            _("A custodian prints the reporter's name and address on it and posts your letter. You do not learn them."),
            IDENTITY,
            asked=_(
                "The unit asked for a letter to be sent to the address that you confided. Two custodian units decide"
                " about it; the unit does not learn your name and address."
            ),
            allowed=_(
                "The request was allowed: until {day} a custodian may print the envelope. The unit does not learn your"
                " name and address."
            ),
            refused=_("The request was refused. No envelope was printed, and nobody has read your identity by it."),
            nothing=_("The request for an envelope came to nothing. By it nobody has read your identity."),
            to_asker=False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class State:
    """Where a request stands. `waits_for`: the kind of unit that decides next. `is_open`: it can be opened.

    `turns`: what must have happened before it can stand there.
    """

    code: str
    label: Promise
    waits_for: UnitKind | None = None
    is_open: bool = False
    turns: tuple[str, ...] = ("asked",)

    @property
    def is_live(self) -> bool:
        """Whether it waits for a decision, or can be opened."""
        return self.is_open or self.waits_for is not None


STATES: Mapping[str, State] = {
    row.code: row
    for row in (
        State("asked", _("Waits for the first custodian unit"), waits_for=UnitKind.CUSTODIAN_OUTER),
        State(
            "passed",
            _("Waits for the second custodian unit"),
            waits_for=UnitKind.CUSTODIAN_INNER,
            turns=("asked", "passed"),
        ),
        State("allowed", _("Allowed"), is_open=True, turns=("asked", "passed", "allowed")),
        State("refused", _("Refused"), turns=("asked", "refused")),
        State("ended", _("Over"), turns=("asked", "passed", "allowed")),
        State("nothing", _("Came to nothing")),
    )
}
WAITING = [code for code, row in STATES.items() if row.waits_for]
# What waits for a decision, or can be opened.
LIVE = [code for code, row in STATES.items() if row.is_live]
