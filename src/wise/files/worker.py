"""The process in which one file is read: it has pipes and memory, and nothing else.

`python -I -m wise.files.worker` takes a file from its input, answers on its output, and ends: no file ever meets
another one's worker. It looks what kind it has, loads what reads that, and gives up whatever it could do harm with –
memory and time without end, files, children, the network – before anything is read that was made up by somebody.
Where `bwrap` started it, it has none of that to begin with.
"""

import contextlib
import ctypes
import importlib
import os
import resource
import sys

from wise.files import cleaning, frames

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
_NOBODY = 65534
_DUMPABLE, _NO_NEW_PRIVILEGES = 4, 38  # PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS
# Of the system's codecs, those that old archives and documents want: they could not be opened later.
_CODECS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp437", "ascii")


def main() -> None:
    """One file: cleaned, or a page of it drawn."""
    data, page = frames.read_asked(sys.stdin.buffer.read)
    drawing = importlib.import_module("wise.files.pages") if page else None
    if drawing is None:
        cleaning.load_for(data)
    for name in _CODECS:
        "".encode(name)
    _shut_doors()
    with contextlib.suppress(BrokenPipeError):
        if drawing is not None:
            sys.stdout.buffer.write(frames.answered_page(drawing.drawn(data, page)))
        else:
            sys.stdout.buffer.write(frames.answered(cleaning.looked_at(data)))
        sys.stdout.buffer.flush()


def _shut_doors() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # who may do everything becomes nobody; in bwrap that is so already
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
    with contextlib.suppress(OSError, AttributeError):  # not on Linux, or not allowed here
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_DUMPABLE, 0, 0, 0, 0)
        library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        # Without a network, where the system lets everybody do that.
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))  # which binds everybody but root
    # Three are open, and more there will not be.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


if __name__ == "__main__":
    main()
