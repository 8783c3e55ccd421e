"""Closed lists that the workflow's rows are written in."""

from enum import StrEnum


class Actor(StrEnum):
    """Who makes a move."""

    OFFICER = "officer"
    REPORTER = "reporter"


class Needs(StrEnum):
    """What a move's form asks for: an internal note, words to the reporter, a unit, a conclusion and so on."""

    NOTE = "note"
    TEXT = "text"
    UNTIL = "until"
    UNIT = "unit"
    CONCLUSION = "conclusion"
    OFFICER = "officer"
    LETTER = "letter"


class Tells(StrEnum):
    """What the reporter reads of a move: nothing, the new status' own sentence, or words written to them."""

    NOTHING = "nothing"
    STATUS = "status"
    TEXT = "text"
