"""Typesetting one document from a template that an office wrote, in a process of its own that can do nothing else.

A template is code. Before it is read, this process gives up everything: it can open no file and no connection (it may
have no further descriptor), take no more memory and no more time than a document needs. Started by `sandbox`; what it
reads and writes is one line of JSON, then bytes. It imports nothing of the program, so that it starts quickly.
"""

import datetime
import json
import resource
import sys
from pathlib import Path

import typst

SECONDS = 2
MEMORY_BYTES = 768 * 1024 * 1024
LARGEST_BYTES = 16 * 1024 * 1024

_FONTS = Path(__file__).with_name("fonts")
# Every face is used once, so that its file is read while that is still possible.
_WARM = b'#set document(title: "x")\n#set text(font: "Liberation Sans")\n= x\nx *x* _x_ *_x_*'


def main() -> int:
    """Read the job, give everything up, typeset, write the document or what is wrong with the template."""
    job = json.loads(sys.stdin.buffer.read())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
    given = {"font_paths": fonts, "ignore_system_fonts": True, "root": job["root"], "pdf_standards": job["standards"]}
    typst.compile(_WARM, timestamp=0, **given)
    give_up_everything()
    try:
        pdf = typst.compile(
            job["source"].encode(),
            sys_inputs={"data": job["data"]},
            timestamp=datetime.datetime.fromtimestamp(job["timestamp"], tz=datetime.UTC),
            **given,
        )
    except typst.TypstError as error:
        pdf, said = b"", {"message": error.message, "diagnostic": error.diagnostic, "hints": list(error.hints)}
    else:
        said = {}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + pdf)
    sys.stdout.buffer.flush()
    return 0


def give_up_everything() -> None:
    """No new descriptor (hence no file, no socket, no pipe), no further process, bounded memory and time, no core."""
    for what, most in (
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
