"""Drafts: kept over errors, opened by their cookie alone, sent once, and gone when their time is over."""

import datetime
import uuid

import pytest

from tests import world as cast
from tests.world import NOW, World
from wise.casework import intake
from wise.people import tokens
from wise.refusals import NotThere, Refused, TooLarge
from wise.register import blobs, drafts
from wise.register.drafts import OpenDraft
from wise.register.models import Draft, DraftFile

MINUTE = datetime.timedelta(minutes=1)


def _with_files(*names: str) -> OpenDraft:
    draft = cast.draft(what="Antre lama")
    for name in names:
        file = cast.file(name.encode(), name=name)
        draft = drafts.add_file(draft, name=name, media_type="image/jpeg", stored=file.stored)
    return draft


def _sent(draft: OpenDraft) -> OpenDraft:
    sari = cast.join()
    intake.receive_draft(
        draft.token, telling=lambda d: cast.queues(files=d.files), sender=lambda: cast.sender(sari), at=NOW
    )
    sent = drafts.resume(draft.token, at=NOW)
    assert sent is not None
    return sent


def test_what_was_typed_and_every_file_come_back_with_the_cookie(world: World) -> None:
    draft = _with_files("satu.jpg", "dua.jpg")

    back = drafts.resume(draft.token, at=NOW)

    assert back is not None
    assert (back.told, back.receipt, back.files) == ({"what": "Antre lama"}, None, draft.files)
    assert [file.name for file in back.files] == ["satu.jpg", "dua.jpg"]
    assert back.size == len(b"satu.jpg") + len(b"dua.jpg")
    assert b"".join(blobs.read(back.files[0].stored.blob, key=back.files[0].stored.key)) == b"satu.jpg"


def test_without_the_cookie_nothing_of_it_opens(world: World) -> None:
    draft = _with_files("satu.jpg")
    row, file = Draft.objects.get(), DraftFile.objects.get()

    assert draft.token not in row.id
    assert b"Antre" not in bytes(row.sealed)
    assert b"satu" not in bytes(file.sealed)
    assert drafts.resume(tokens.new(), at=NOW) is None
    assert drafts.resume("no token", at=NOW) is None


def test_p36_a_draft_put_into_anothers_row_does_not_open(world: World) -> None:
    mine, other = cast.draft(what="Saya"), cast.draft(what="Orang lain")
    stolen = Draft.objects.get(id=tokens.row_id(mine.token, kind="draft")).sealed

    Draft.objects.filter(id=tokens.row_id(other.token, kind="draft")).update(sealed=stolen)

    assert drafts.resume(other.token, at=NOW) is None


def test_a_draft_lives_two_hours_after_the_last_save(world: World) -> None:
    draft = cast.draft(what="Antre")
    later = NOW + 100 * MINUTE
    drafts.save(draft, told={"what": "Antre lama"}, at=later)

    assert drafts.resume(draft.token, at=later + 119 * MINUTE) is not None
    assert drafts.resume(draft.token, at=later + 131 * MINUTE) is None


def test_a_file_that_sari_takes_out_is_off_the_disk(world: World) -> None:
    draft = _with_files("satu.jpg", "dua.jpg")
    first, second = draft.files

    draft = drafts.remove_file(draft, file_id=first.id)

    assert draft.files == (second,)
    assert not blobs.path_of(first.stored.blob).exists()
    assert blobs.path_of(second.stored.blob).exists()
    with pytest.raises(NotThere):
        drafts.remove_file(draft, file_id=first.id)
    draft = drafts.add_file(draft, name="tiga.jpg", media_type="image/jpeg", stored=cast.file(b"tiga").stored)
    assert list(DraftFile.objects.order_by("position").values_list("position", flat=True)) == [2, 3]


def test_nobody_takes_a_file_out_of_anothers_draft(world: World) -> None:
    draft, other = _with_files("satu.jpg"), cast.draft(what="x")

    with pytest.raises(NotThere):
        drafts.remove_file(other, file_id=draft.files[0].id)
    assert blobs.path_of(draft.files[0].stored.blob).exists()


def test_p27_twenty_files_and_a_hundred_megabytes_are_taken_and_no_more() -> None:
    drafts.check_room(count=20, size=100 * 1024 * 1024)

    for count, size, code in [(21, 0, "too-many-files"), (1, 100 * 1024 * 1024 + 1, "too-much")]:
        with pytest.raises(TooLarge) as refused:
            drafts.check_room(count=count, size=size)
        assert refused.value.code == code


def test_a_draft_that_was_sent_takes_nothing_more_even_from_a_window_that_does_not_know(world: World) -> None:
    old = _with_files("satu.jpg")
    sent = _sent(old)

    drafts.save(old, told={"what": "Sesuatu yang lain"}, at=NOW)
    drafts.save(sent, told={"what": "Sesuatu yang lain"}, at=NOW)

    again = drafts.resume(old.token, at=NOW)
    assert again is not None
    assert again.receipt == sent.receipt
    with pytest.raises(Refused) as refused:
        drafts.add_file(old, name="dua.jpg", media_type="image/jpeg", stored=cast.file(b"dua").stored)
    assert refused.value.code == "already-sent"
    with pytest.raises(Refused):
        drafts.remove_file(old, file_id=old.files[0].id)
    assert blobs.path_of(old.files[0].stored.blob).exists()
    with pytest.raises(Refused):
        drafts.refuse_if_sent(sent)
    drafts.refuse_if_sent(old)


def test_what_sari_throws_away_is_gone_with_its_files(world: World) -> None:
    draft = _with_files("satu.jpg")

    drafts.discard(draft.token)

    assert not Draft.objects.exists()
    assert not blobs.path_of(draft.files[0].stored.blob).exists()
    with pytest.raises(NotThere):
        drafts.add_file(draft, name="x", media_type="", stored=cast.file().stored)


def test_drafts_whose_time_is_over_go_with_their_files_when_somebody_begins_another(world: World) -> None:
    old = _with_files("satu.jpg")
    kept = drafts.save(old, told={"what": "Antre"}, at=NOW)
    young = drafts.begin(at=NOW + 60 * MINUTE)

    drafts.begin(at=NOW + 150 * MINUTE)

    ids = set(Draft.objects.values_list("id", flat=True))
    assert tokens.row_id(old.token, kind="draft") not in ids
    assert tokens.row_id(young.token, kind="draft") in ids
    assert not blobs.path_of(kept.files[0].stored.blob).exists()


def test_what_is_over_goes_although_nobody_begins_anything(world: World) -> None:
    draft = _with_files("satu.jpg")
    blob = blobs.path_of(draft.files[0].stored.blob)
    for minutes, there in [(60, True), (120, True), (131, False)]:
        drafts.purge_now_and_then(at=NOW + minutes * MINUTE)
        assert Draft.objects.exists() == blob.exists() == there


def test_purging_never_takes_a_blob_that_a_report_has(world: World) -> None:
    draft = _with_files("satu.jpg")
    _sent(draft)
    row = Draft.objects.get()
    blob = draft.files[0].stored.blob
    DraftFile.objects.create(id=uuid.uuid4(), draft=row, position=1, blob=blob, size=1, sealed=b"left over")

    drafts.purge(at=NOW + 60 * MINUTE)

    assert not Draft.objects.exists()
    assert blobs.path_of(blob).exists()


def test_no_draft_shows_words_or_cookie_when_printed(world: World) -> None:
    draft = cast.draft(what="Antre lama")

    assert "Antre" not in repr(draft)
    assert draft.token not in repr(draft)
