"""The workflow's tables drawn: a Mermaid diagram and the document `docs/workflow.md`, both from the rows alone."""

from django.utils import translation

from wise.casework.vocabulary import Actor
from wise.casework.workflow import ROWS, STATUSES, Move

_PATHS = (
    "Two paths lead to an answer: `office`, for complaints about a service at a compliance unit (the head of office"
    " approves a letter), and `plain`, for all others (the unit answers itself). A move that differs has two rows."
)


def mermaid() -> str:
    """A state diagram of every move that changes the status."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {row.code}: {row.label}" for row in STATUSES.values()]
    for move in ROWS:
        for before in sorted(move.before) or ["[*]"]:
            lines += [f"    {before} --> {after}: {move.label}" for after in _after(move, before)]
    return "\n".join(lines) + "\n"


def document() -> str:
    """The whole document in Markdown."""
    parts = [
        "# The workflow",
        "",
        "Written by `wise workflow`; the rows stand in `src/wise/casework/workflow.py`.",
        "",
        "## Statuses",
        "",
        "| code | label | Indonesian | what the reporter is told | clock |",
        "|---|---|---|---|---|",
    ]
    for row in STATUSES.values():
        with translation.override("id"):
            label = str(row.label)
        clock = "runs" if row.clock_runs else "stopped"
        parts.append(f"| `{row.code}` | {row.label} | {label} | {row.told} | {clock} |")
    parts += [
        "",
        "## Moves",
        "",
        _PATHS,
        "",
        "| move | label | from | to | streams | path | who | needs | page |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    parts += [_row(move) for move in ROWS]
    parts += ["", "## Diagram", "", "```mermaid", mermaid().rstrip(), "```", ""]
    return "\n".join(parts)


def _row(move: Move) -> str:
    who = ", ".join(sorted(move.who)) if move.actor is Actor.OFFICER else "the reporter"
    after = ", ".join(sorted({*move.after_by.values(), *([move.after] if move.after else [])})) or "–"
    cells = (
        f"`{move.name}`",
        str(move.label),
        "any" if move.before == frozenset(STATUSES) else ", ".join(sorted(move.before)) or "–",
        after,
        "all" if len(move.streams) > 2 else ", ".join(sorted(move.streams)),  # noqa: PLR2004 - there are three
        ", ".join(sorted(move.paths)) if len(move.paths) == 1 else "both",
        who,
        ", ".join(sorted(move.needs)) or "–",
        "yes" if move.has_page else "with the complaint desk",
    )
    return f"| {' | '.join(cells)} |"


def _after(move: Move, before: str) -> list[str]:
    if move.after_by and before in move.after_by:
        return [move.after_by[before]]
    if set(move.after_by) - set(STATUSES):  # it follows from a conclusion
        return sorted(set(move.after_by.values()) - {before})
    return [move.after] if move.after and move.after != before else []
