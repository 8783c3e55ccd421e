"""Looking at a draft's files while another window takes them out."""

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.crypto.errors import Unopenable
from wise.refusals import NotThere, Refused
from wise.register import blobs, drafts, looking
from wise.register.drafts import OpenDraft


def _with_a_file(world: World) -> OpenDraft:
    draft = cast.draft(what="Antre")
    return drafts.add_file(draft, name="satu.txt", media_type="text/plain", stored=blobs.store(b"satu", at=NOW))


def test_a_file_that_was_taken_out_meanwhile_is_said_to_have_changed_the_draft(world: World) -> None:
    draft = _with_a_file(world)
    drafts.remove_file(draft, file_id=draft.files[0].id)

    with pytest.raises(Refused) as found:
        looking.look_at_files(draft, at=NOW)
    assert found.value.code == "draft-changed"


def test_a_file_that_the_draft_still_names_and_the_disk_has_lost_is_no_change_of_the_draft(world: World) -> None:
    draft = _with_a_file(world)
    blobs.path_of(draft.files[0].stored.blob).unlink()

    with pytest.raises(Unopenable):
        looking.look_at_files(draft, at=NOW)


def test_a_file_that_is_gone_is_not_renamed(world: World) -> None:
    draft = _with_a_file(world)
    drafts.remove_file(draft, file_id=draft.files[0].id)

    with pytest.raises(NotThere):
        drafts.rename_file(draft, file_id=draft.files[0].id, name="dua.txt")


def test_a_file_that_nothing_could_be_made_of_waits_for_a_decision(world: World) -> None:
    draft = drafts.add_file(
        cast.draft(what="Antre"), name="x.rar", media_type="", stored=blobs.store(b"Rar!\x1a\x07\x01\x00" * 9, at=NOW)
    )
    files = looking.look_at_files(draft, at=NOW).draft.files

    assert [refused.code for refused in looking.undecided(files)] == ["traces-undecided"]
    assert not list(looking.undecided(looking.decided(files, as_is={str(files[0].id)})))
