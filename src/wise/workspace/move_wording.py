"""What pages say about moves: what one does, and what happened by it. No row is left out."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wise.casework.vocabulary import Group, Path
from wise.casework.workflow import Move
from wise.ui.templatetags import wise_dates

# Under which words the buttons are folded away that are not the work itself, in the order in which they stand.
GROUPS: Mapping[Group, Promise] = {
    Group.SHARING: _("Share the work and mark the case"),
    Group.ELSEWHERE: _("Refer, change or withdraw"),
}

# A key with a path stands before the one without where the two paths differ.
MOVE_HINTS: Mapping[str, Promise] = {
    "verify": _("You take the case on, and the reporter reads that it is being verified."),
    "ask": _("The reporter reads your question on the page of the report and can answer there."),
    "resume": _("The case goes back to verification; an answer can still come."),
    "conclude_verification": _("Say what you found and whether there is an indication of truth."),
    "conclude_verification.office": _(
        "Say what you did, what you found, and whether there is an indication of truth. The head of office will read"
        " it."
    ),
    "name_persons": _(
        "Choose or name the people this case is about. If one of them works in the unit that holds the case, or heads"
        " its office, the case goes to the unit above at once and your unit can no longer open it. They are not told."
    ),
    "propose": _(
        "The head of office gets the key to this case, your verification as a numbered official note, and the draft of"
        " the letter. Your unit goes on holding the case. Is it about the head of office? Then refer it to the unit"
        " above instead."
    ),
    "approve": _("The letter gets its number and your name, as it stands here. This cannot be undone."),
    "return": _("The unit reads your reason and proposes again."),
    "improve": _("The head of office sees that it is done, and what shows it."),
    "examine": _("The case goes from analysis to examination."),
    "act": _("An administrative measure is taken; describe it."),
    "reclassify": _(
        "For a case that turns out to be of another kind. Where another unit handles that kind, it gets the keys of"
        " this case and your notes, and your unit can no longer open it. The time limit counts from the day of"
        " receipt, by the rules for the new kind. The reporter sees the new kind, not your reason."
    ),
    "split": _(
        "For a report that tells of two things which are answered apart, or which different units handle. The part"
        " becomes a case of its own, with its own agenda number and answer; its time limit counts from the day of"
        " receipt too. Its unit gets the report with all its files, but not your notes. The reporter sees that there"
        " are parts. This cannot be undone."
    ),
    "refer": _(
        "The other unit gets the keys of this case and your notes. Your unit can no longer open it. This cannot be"
        " undone by you."
    ),
    "refer_outside": _(
        "A letter with a number of your office goes to the authority; you sign it for your unit. It does not say who"
        " reported. Your unit goes on holding the case, and still owes the reporter an answer. The reporter reads"
        " nothing of it until you write it."
    ),
    "conclude": _("Record the outcome. The reporter learns it only by your answer."),
    "answer": _("This is the institution's answer: it meets the due date, and the reporter sees it at once."),
    "answer.office": _(
        "The approved letter is delivered: it meets the due date. Where the report has a page, your words and the"
        " letter stand there at once."
    ),
    "close": _("The case leaves the list of open cases. The reporter reads that it is closed."),
    "message": _("The reporter reads this at once; nothing else changes."),
    "extend": _(
        "The reporter reads your reason and the new due date. The rules of this case allow it once, and only before the"
        " due date has passed."
    ),
    "add_task": _("Something to be done on this case, by somebody of the unit, by a day. The due date does not move."),
    "finish_task": _("The task leaves the list; it stays in the history."),
    "flag": _(
        "It is marked in the lists of the units that hold it; why stands sealed in the history. The due date does not"
        " move. If it is marked already, what you say now replaces what was said before."
    ),
    "tag": _("Words from your office's list, to find cases of a kind again. The reporter does not see them."),
    "link_duplicate": _(
        "For a complaint about the same matter as another one that your unit handles. Each keeps its own reporter,"
        " number, time limit and answer; no reporter learns of the other. It can be undone."
    ),
    "unlink_duplicate": _("For a case that turns out to be about another matter. Nothing else about it changes."),
    "note": _("For the file of this case."),
    "attach": _(
        "Minutes, photos, recordings: sealed for the units that hold this case and the head of office. The reporter"
        " never sees them. They cannot be changed or removed afterwards."
    ),
    "withdraw_on_paper": _(
        "The reporter brought or sent a signed paper that withdraws the report. Neither status nor due date changes:"
        " your unit decides whether it goes on, and still owes an answer. The reporter's page says that it was"
        " withdrawn."
    ),
    "assign": _("The case appears among theirs, and colleagues see that they handle it. The reporter is not told."),
    "dispose": _(
        "Say who shall do what, as on the disposition sheet, which you can print afterwards. Nobody gets a further key."
    ),
    "exclude": _(
        "For a colleague whom the case concerns, or who stands close to somebody it concerns. They lose its key at once"
        " and find it nowhere any more: in no list, no count, no search. They are not told. What they have read already"
        " they know. Take the ticks away to let everybody of the unit see it again."
    ),
    "take_on": _("The case appears among yours, and colleagues see that you handle it."),
}

# After a move: what happened, and who acts next. A conclusion that leads elsewhere has a sentence of its own.
MOVES_DONE: Mapping[str, Promise] = {
    "verify": _(
        "You now handle case %(agenda)s, and its verification has started. You are next: ask the reporter, or"
        " conclude the verification."
    ),
    "ask": _(
        "Your question on case %(agenda)s is on the reporter's page. The reporter is next and was asked to answer by"
        " %(day)s; the answer will stand in the list “New from reporters”."
    ),
    "resume": _("Case %(agenda)s is being verified again. Your unit is next: conclude the verification."),
    "conclude_verification.followed_up": _(
        "The verification of case %(agenda)s is concluded: it can be followed up. Your unit is next with the analysis."
    ),
    "conclude_verification.not_followed_up": _(
        "The verification of case %(agenda)s is concluded: it cannot be followed up. Your unit is next: tell the"
        " reporter so, and why, in an answer."
    ),
    "conclude_verification.not_competent": _(
        "The verification of case %(agenda)s is concluded: it is not within your authority. Your unit is next: its head"
        " can refer it to an outside authority; the reporter needs an answer in any case."
    ),
    "conclude_verification.office": _(
        "The verification of case %(agenda)s is concluded. Your unit is next: propose an answer to the head of office."
    ),
    "name_persons": _("The reported persons of case %(agenda)s are recorded. Your unit goes on with it."),
    "name_persons.goes_up": _(
        "Case %(agenda)s was handed to %(unit)s, which is next. Your unit can no longer open it."
    ),
    "reclassify": _(
        "The kind of case %(agenda)s was changed. Your unit goes on with it; the answer is due by %(due)s."
    ),
    "reclassify.goes_on": _(
        "The kind of the case was changed. It now has the agenda number %(agenda)s and was handed to %(unit)s, which is"
        " next. Your unit can no longer open it."
    ),
    "split": _(
        "A part was split off from case %(agenda)s. It is a case of its own now, whose agenda number stands in the"
        " history; its unit is next with it. Your unit goes on with case %(agenda)s."
    ),
    "propose": _(
        "Case %(agenda)s was put before the head of office, who is next. You read here what was decided; your unit goes"
        " on holding the case."
    ),
    "approve": _(
        "The letter for case %(agenda)s has its number. The unit that holds the case is next: it delivers the letter."
    ),
    "return": _("Case %(agenda)s was returned with your reason. The unit that holds the case is next."),
    "improve": _("The improvement on case %(agenda)s is recorded as done."),
    "examine": _(
        "The examination of case %(agenda)s has started. Your unit is next: examine it, then record the outcome."
    ),
    "act": _(
        "The measure on case %(agenda)s is recorded. Your unit is next: record the outcome, or answer the reporter."
    ),
    "refer": _("Case %(agenda)s was handed to %(unit)s, which is next. Your unit can no longer open it."),
    "refer_outside": _(
        "The letter to the outside authority for case %(agenda)s has its number and stands among the letters of the"
        " case. Your unit is next: send it, and tell the reporter where the matter is now, if that harms nothing."
    ),
    "conclude": _(
        "The outcome of case %(agenda)s is recorded. Your unit is next: answer the reporter, who does not know it yet."
    ),
    "answer.office": _(
        "The delivery of the letter for case %(agenda)s is recorded, and the time limit no longer runs. Your unit is"
        " next: close the case."
    ),
    "answer": _(
        "The answer to case %(agenda)s is on the reporter's page, and the time limit no longer runs. Your unit is"
        " next: close the case."
    ),
    "close": _(
        "Case %(agenda)s is closed. Nobody has to act now. Where the report has a page, you and the reporter can still"
        " write to each other there."
    ),
    "message": _("Your message on case %(agenda)s is on the reporter's page. Nothing else about the case has changed."),
    "extend": _(
        "The time for case %(agenda)s was extended: the answer is due by %(due)s. The reporter reads why. Nobody else"
        " has to act because of it."
    ),
    "add_task": _("The task on case %(agenda)s stands in the list “Tasks”. Whoever was named is next."),
    "finish_task": _("The task on case %(agenda)s is done. Nothing else about the case has changed."),
    "flag": _("Case %(agenda)s is marked as urgent. The case says what to do first; your unit is next."),
    "flag.calm": _("Case %(agenda)s is no longer marked as urgent. Your unit goes on with it."),
    "tag": _("The tags of case %(agenda)s are as you chose. Nothing else about the case has changed."),
    "link_duplicate": _(
        "Case %(agenda)s is linked to its main case; both histories say so. Your unit goes on with it: it still gets an"
        " answer of its own."
    ),
    "unlink_duplicate": _("Case %(agenda)s is no longer linked to a main case. Your unit goes on with it."),
    "note": _("Your note stands in the history of case %(agenda)s. Only units that hold the case can read it."),
    "attach": _("The files stand on case %(agenda)s. Nothing else about the case has changed."),
    "withdraw_on_paper": _(
        "The withdrawal of case %(agenda)s is recorded. Status and due date are as they were; your unit is next:"
        " decide whether it goes on, and answer the reporter."
    ),
    "assign": _("Case %(agenda)s is now handled by %(handler)s, who is next. The reporter is not told who does."),
    "assign.nobody": _(
        "Nobody handles case %(agenda)s any more. The unit that holds it is next: somebody takes it on."
    ),
    "dispose": _(
        "Your disposition on case %(agenda)s is recorded. %(handler)s handles the case now and is next. The sheet can"
        " be printed from the history."
    ),
    "exclude": _("Who may see case %(agenda)s is as you chose. Nobody was told."),
    "take_on": _("You now handle case %(agenda)s. The reporter is not told who does."),
}

NOTE_LABEL = (_("Note"), _("Only for units that hold this case. The reporter never sees it."))
NOTE_LABELS: Mapping[str, tuple[Promise, Promise]] = {
    "reclassify": (
        _("Why it is of another kind"),
        _("Only for units that hold this case. The reporter never sees it."),
    ),
    "exclude": (
        _("Why"),
        _("Only for who may still see this case. It stands sealed; the log says only that something was changed."),
    ),
    "flag": (
        _("Why, and what was done"),
        _("Only for units that hold this case. The reporter never sees it."),
    ),
    "split": (_("What this part is about"), _("The unit that gets the part reads it too. The reporter never sees it.")),
    "return": (_("Reason"), _("What must be different. The unit that holds the case reads it, the reporter does not.")),
    "withdraw_on_paper": (
        _("How the paper came"),
        _("Who brought or sent it, and how you know that the reporter signed it. The reporter does not read this."),
    ),
    "improve": (_("What shows that it is done"), _("What was done, since when, and where that can be seen.")),
}


def hint_of(move: Move) -> str:
    """One sentence on what happens when the move is taken."""
    return str(of_path(MOVE_HINTS, move.name, paths=move.paths))


def done(move: Move, case: Any, *, conclusion: str) -> str:
    """What happened to the case by the move and who acts next, for whoever took it."""
    found = MOVES_DONE.get(f"{move.name}.{conclusion}") if len(move.paths) > 1 or Path.PLAIN in move.paths else None
    sentence = found or of_path(MOVES_DONE, move.name, paths=move.paths)
    day, due = (wise_dates.long_date(each) for each in (case.asked_until, case.due_on))
    names = {"unit": case.unit.name, "handler": case.handler.name if case.handler else ""}
    return str(sentence) % ({"agenda": case.agenda_number, "day": day, "due": due} | names)


def stands_in(absence: Any) -> str:
    """Until when somebody is away, and who stands in."""
    words = {"day": wise_dates.long_date(absence.ends_on), "name": absence.deputy.name}
    return str(_("away until %(day)s; %(name)s stands in")) % words


def of_path(sentences: Mapping[str, Promise], name: str, *, paths: frozenset[Path]) -> Promise:
    """The sentence for a name, or the one for it on the only path where it holds."""
    found = sentences.get(f"{name}.{next(iter(paths))}") if len(paths) == 1 else None
    return found or sentences[name]
