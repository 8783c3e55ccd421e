"""`wise workflow`: the tables of statuses and moves as a document, or as a Mermaid diagram."""

import argparse
from typing import Any

from wise.console import starting


def add(commands: Any) -> None:
    """Put the command on the list."""
    parser = commands.add_parser("workflow", help="print the workflow's tables", description=__doc__)
    starting.add_data(parser)
    parser.add_argument("--mermaid", action="store_true", help="only the diagram, in Mermaid's notation")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the document (docs/workflow.md is this output) or the diagram."""
    starting.open_house(starting.environment(args))
    from django.utils import translation

    from wise.casework import drawing

    with translation.override("en"):
        print(drawing.mermaid() if args.mermaid else drawing.document(), end="")
    return 0
