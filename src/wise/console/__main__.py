"""The `wise` command: finds the sub-command, runs it, turns what went wrong into one sentence and an exit code.

Exit codes: 0 done, 1 could not be done (the sentence says why), 2 asked wrongly, 130 interrupted.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from wise.config.env import BadEnvironmentError
from wise.console.starting import StopError
from wise.refusals import Refused

COMMANDS = ("up", "serve", "init", "check", "offices", "enrol", "log", "vault", "workflow")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    parser = argparse.ArgumentParser(prog="wise", description="Complaint and whistleblowing software.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"wise.console.{name}").add(commands)
    args = parser.parse_args(arguments)
    os.umask(0o077)  # what commands write is for its owner alone
    try:
        code: int = args.run(args)
    except (StopError, BadEnvironmentError) as error:
        return _say(str(error))
    except Refused as refused:
        return _say(str(refused.sentence))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1
    return code


def _say(sentence: str) -> int:
    print(f"wise: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
