"""Closed lists that the workflow's rows are written in."""

from enum import StrEnum


class Actor(StrEnum):
    """Who makes a move."""

    OFFICER = "officer"
    REPORTER = "reporter"


class Path(StrEnum):
    """How a case comes to its answer: by the head of office, who approves a letter, or from the unit itself."""

    OFFICE = "office"
    PLAIN = "plain"


class Needs(StrEnum):
    """What a move's form asks for: an internal note, words to the reporter, a unit, a conclusion and so on.

    In the order in which a form asks.
    """

    STEPS = "steps"
    FACTS = "facts"
    IMPROVEMENT = "improvement"
    DELIVERY = "delivery"
    STREAM = "stream"
    PART = "part"
    FILES = "files"
    PAPER = "paper"
    TAGS = "tags"
    TASK = "task"
    TASK_DONE = "task_done"
    URGENCY = "urgency"
    NOTE = "note"
    EVIDENCE = "evidence"
    TEXT = "text"
    UNTIL = "until"
    REPORTED = "reported"
    UNIT = "unit"
    CONCLUSION = "conclusion"
    OFFICER = "officer"
    DISPOSITION = "disposition"
    RECOMMENDATION = "recommendation"
    LETTER = "letter"
    TRANSFER = "transfer"
    OUTSIDE = "outside"
    ACTIONS = "actions"
    MAIN_CASE = "main_case"
    LINK = "link"
    EXCLUDED = "excluded"


class Group(StrEnum):
    """Where a move stands among the buttons of a case: with the work itself, or folded away with others of its kind."""

    WORK = "work"
    SHARING = "sharing"
    ELSEWHERE = "elsewhere"


class Tells(StrEnum):
    """What the reporter reads of a move: nothing, the new status' own sentence, or words written to them."""

    NOTHING = "nothing"
    STATUS = "status"
    TEXT = "text"
