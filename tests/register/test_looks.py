"""What a scanner says of a file stays with it: in the draft, in the book, and in no key that the unit has."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import world as cast
from tests.files import pictures, scanner
from tests.world import NOW, World
from wise.files.clamd import NOT_ASKED, Scan, Verdict
from wise.refusals import NotThere
from wise.register import drafts, looking, looks
from wise.register.drafts import DraftedFile
from wise.register.models import Original

THREAT = "Apa.Saja"


@pytest.fixture
def said(settings: Any, tmp_path: Path) -> Callable[[str], None]:
    """Put up a scanner that says this of every file."""

    def put(answer: str) -> None:
        settings.WISE_CLAMD = str(tmp_path / "scanner")
        scanner.saying(tmp_path / "scanner", f"stream: {answer}\0".encode())

    return put


def drafted() -> DraftedFile:
    """A photograph, as it comes back out of its draft."""
    draft = drafts.begin(at=NOW)
    file = cast.file(pictures.photo())
    draft = drafts.add_file(draft, name=file.name, media_type=file.media_type, stored=file.stored)
    looking.look_at_files(draft, at=NOW)
    again = drafts.resume(draft.token, at=NOW)
    assert again is not None
    return again.files[0]


def test_where_there_is_no_scanner_nothing_is_said(world: World) -> None:
    file = drafted()
    assert file.look is not None
    assert file.look.scan == NOT_ASKED
    assert looks.threat_in(file.stored) == ""
    assert not looking.is_apart(file)


def test_a_clean_file_is_like_any_other(world: World, said: Callable[[str], None]) -> None:
    said("OK")
    file = drafted()
    assert file.look is not None
    assert file.look.scan == Scan(Verdict.CLEAN)
    assert file.copy is not None
    assert looks.threat_in(file.stored) == ""


def test_of_a_malicious_one_there_is_no_copy_and_nothing_to_decide(world: World, said: Callable[[str], None]) -> None:
    said(f"{THREAT} FOUND")
    file = drafted()
    assert file.look is not None
    assert file.look.scan == Scan(Verdict.FOUND, THREAT)
    assert looking.is_apart(file)
    assert (file.copy, file.is_undecided) == (None, False)
    assert looks.threat_in(file.stored) == THREAT


def test_in_the_book_it_is_there_for_its_reporter_alone(world: World, said: Callable[[str], None]) -> None:
    said(f"{THREAT} FOUND")
    sari = cast.join()
    receipt = sari.tells(cast.queues(files=(cast.file(pictures.photo()),)))
    own, read = sari.report(receipt).files[0], world.read(receipt, by="wulan").files[0]

    assert b"".join(own.chunks_as_it_came()) == pictures.photo()
    assert own.size_as_it_came == read.size == len(pictures.photo())
    assert (read.scan.threat, read.is_apart, read.can_be_viewed) == (THREAT, True, False)
    with pytest.raises(NotThere):
        read.chunks()
    assert not Original.objects.exists()
