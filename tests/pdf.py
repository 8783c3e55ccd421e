"""PDFs as a reader sees them, by poppler's tools; a test that needs them is left out where they are missing."""

import shutil
import subprocess
from pathlib import Path

import pytest


def text_of(document: bytes, folder: Path) -> str:
    """All words in their order, lines kept."""
    return _asked("pdftotext", "-layout", "document.pdf", "-", document=document, folder=folder)


def words_of(document: bytes, folder: Path) -> str:
    """The same as one line."""
    return " ".join(text_of(document, folder).split())


def info_of(document: bytes, folder: Path) -> str:
    """Pages, size and what else stands about it."""
    return _asked("pdfinfo", "document.pdf", document=document, folder=folder)


def _asked(*command: str, document: bytes, folder: Path) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip("poppler-utils is not installed")
    (folder / "document.pdf").write_bytes(document)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
