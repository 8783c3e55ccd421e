"""P26: nothing of a file reaches a disk in the clear: upload, draft, sending, addition, download."""

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_webtest import DjangoTestApp

from tests import officers, reporters
from tests import world as cast
from tests.reporters import form_to, photo, secret
from tests.world import World
from wise.casework.models import Case
from wise.register import blobs

MARK = secrets.token_bytes(64)
_watched: list[set[str]] = []


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if _watched and event in {"open", "os.rename", "tempfile.mkstemp"}:
        writes = event != "open" or (isinstance(given[1], str) and set(given[1]) & set("wax+")) or (given[2] or 0) & 3
        if writes and isinstance(given[0], str | bytes | Path):
            _watched[-1].add(str(given[0]))


# An audit hook hears of every file that Python opens; it cannot be taken away again, only told not to listen.
sys.addaudithook(_hook)


@pytest.fixture
def written() -> Iterator[set[str]]:
    """The names of all files that are opened for writing, renamed or made meanwhile."""
    _watched.append(set())
    yield _watched[-1]
    _watched.pop()


def test_p26_ten_megabytes_go_up_and_down_and_rest_nowhere(
    world: World, visitor: Callable[[], DjangoTestApp], written: set[str]
) -> None:
    content = _recording()
    assert len(content) == blobs.LARGEST
    sari = visitor()
    receipt = reporters.send(reporters.tell(sari, files=(photo(content, name="video.mp4"),)))
    report = form_to(receipt, field="kept").submit("kept").follow().click(secret(receipt, "register-number"))
    addition = form_to(report, "/tambahan/")
    addition["files"] = [photo(content, name="lagi.mp4")]
    report = addition.submit().follow()
    assert report.click("video.mp4").body == content
    assert report.click("lagi.mp4").body == content
    wulan = officers.sign_in(visitor(), "wulan")
    copy = wulan.get(f"/kerja/perkara/{Case.objects.get().id}/").click("lampiran-01.wav", index=0).body
    assert MARK in copy
    assert b"Sari" not in copy

    _nothing_lies_in_the_clear(written)


def test_p26_a_file_of_the_unit_goes_up_and_down_and_rests_nowhere(
    world: World, visitor: Callable[[], DjangoTestApp], written: set[str]
) -> None:
    content = MARK * (blobs.LARGEST // len(MARK))
    receipt = cast.join().tells()
    wulan = officers.sign_in(visitor(), "wulan")
    form = officers.form_of(officers.case_page(wulan, receipt), "attach")
    form["files"] = [photo(content, name="rekaman.mp4")]
    page = form.submit(status=302).follow()
    assert page.click("berkas-01.mp4", index=0).body == content
    _nothing_lies_in_the_clear(written)


def _recording() -> bytes:
    """A recording of ten megabytes that says who made it: its cleaned copy has the same sound, and the same mark."""
    said = b"INFOIART" + (4).to_bytes(4, "little") + b"Sari"
    said = b"LIST" + len(said).to_bytes(4, "little") + said
    form = b"fmt " + (16).to_bytes(4, "little") + bytes.fromhex("01000100401f0000401f000001000800")
    room = blobs.LARGEST - len(b"RIFF....WAVE") - len(form) - len(said) - 8
    sound = b"data" + room.to_bytes(4, "little") + (MARK * (room // len(MARK) + 1))[:room]
    body = b"WAVE" + form + said + sound
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _nothing_lies_in_the_clear(written: set[str]) -> None:
    folder = Path(settings.WISE_FILES_DIR)
    database = Path(settings.WISE_DATA_DIR)
    assert {name for name in written if not Path(name).is_relative_to(database)} <= {os.devnull}
    assert any(Path(name).is_relative_to(folder) for name in written)
    kept = [path for path in database.rglob("*") if path.is_file()]
    assert not [path for path in kept if MARK[:16] in path.read_bytes()]
    assert not list(folder.rglob("*.part"))
