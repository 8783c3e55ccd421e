"""The templates that come with the program: what all documents share, followed by the document's own part."""

import functools
import importlib.resources


@functools.cache
def shipped(name: str) -> str:
    """The source of a template that comes with the program; self-contained, so that an office can go on from it."""
    folder = importlib.resources.files("wise.letters").joinpath("typst")
    return "\n".join(folder.joinpath(f"{part}.typ").read_text(encoding="utf-8") for part in ("base", name))
