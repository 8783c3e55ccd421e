"""How the tests look at a file from outside: with exiftool, ffmpeg and poppler, which know nothing of ours."""

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def all_tags(folder: Path) -> list[dict[str, Any]]:
    """Every tag that exiftool finds in each file of a folder, by group and name."""
    command = ["exiftool", "-a", "-u", "-ee", "-G1", "-j", "-q", str(folder)]
    found: list[dict[str, Any]] = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return found


def frames(path: Path) -> list[str]:
    """A digest of every picture and every piece of sound, decoded."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:V?", "-map", "0:a?", "-f", "framehash", "-"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line for line in outcome.stdout.splitlines() if not line.startswith("#")]
    return [line.rsplit(",", 1)[1].strip() for line in rows]


def words(path: Path) -> str:
    """The words of a PDF, as a search finds them."""
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def unfolded(data: bytes) -> bytes:
    """The bytes, with those of all files in them where it is a ZIP."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return data + b"".join(name.encode() + unfolded(archive.read(name)) for name in archive.namelist())
