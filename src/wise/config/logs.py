"""What is written to stderr: that something broke and where, never what was in it.

An exception's message may quote a report; a request's path, address or time may betray a reporter (properties P03,
P18). So a line holds the level, the logger, the class of the exception and the places in the code, and the date.
"""

import datetime
import logging
import sys
import traceback
from collections.abc import Mapping
from typing import override


class Formatter(logging.Formatter):
    """One line a record, and the places in the code where an exception came by."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        day = datetime.datetime.fromtimestamp(record.created, tz=datetime.UTC).date()
        head = f"{day} {record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = (f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))
            return "\n".join([f"{head}: {kind.__module__}.{kind.__qualname__}", *places])
        # Django's own messages quote paths, hosts and fields; ours never do such a thing.
        foreign = record.name.startswith("django")
        return f"{head}: {getattr(record, 'status_code', '')}" if foreign else f"{head}: {record.getMessage()}"


def configure(options: Mapping[str, str]) -> None:
    """Django's LOGGING_CONFIG: everything to stderr through `Formatter`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(options["level"])
    # Wrong addresses and refused requests are everyday, and each names a path.
    for name in ("django.request", "django.security"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # So is a wrong Host, which comes with twenty lines of places in Django's code: strangers could fill the journal.
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)
