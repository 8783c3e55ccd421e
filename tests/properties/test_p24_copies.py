"""P24: who handles a case reads a cleaned copy; the original stays as it came, sealed for few; the reporter chooses."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django_webtest import DjangoTestApp
from pytest_django import DjangoCaptureOnCommitCallbacks
from webtest import Upload

from tests import officers, reporters
from tests import world as cast
from tests.files import marks, papers, pictures
from tests.reporters import NAME, address, alert, form_to, secret
from tests.world import World
from wise.casework import access, proof
from wise.casework.models import Case
from wise.crypto import padding, seal
from wise.crypto.errors import Unopenable
from wise.keys.grants import CONTENT, ORIGINALS
from wise.register import attachments, blobs, drafts
from wise.register.attachments import _context, _seal
from wise.register.drafts import DraftedFile
from wise.register.models import Attachment, DraftFile, Original, Report

type Visitor = Callable[[], DjangoTestApp]
LOCKED = b"Rar!\x1a\7\0" + os.urandom(600)
PLACE = "di mana foto atau video itu diambil"


def _upload(content: bytes, name: str = "bukti.jpg") -> Upload:
    return Upload(name, content, "application/octet-stream")


def _sent(check: Any, visitor: Visitor, **chosen: str) -> tuple[Any, Any]:
    """Send from the check page: the reporter's page of the report, and Wulan's of the case."""
    form = form_to(check, field="send")
    for name, value in chosen.items():
        form[name] = value
    receipt = reporters.send(check)
    number = secret(receipt, "register-number")
    own = form_to(receipt, field="kept").submit("kept").follow().click(number)
    return own, _case(visitor)


def _case(visitor: Visitor) -> Any:
    """Wulan's page of the only case."""
    return officers.sign_in(visitor(), "wulan").get(f"/kerja/perkara/{Case.objects.get().id}/")


def _question(page: Any) -> str:
    """The name of the control that asks about the only file."""
    names: set[str] = {name for name in form_to(page, field="send").fields if name and name.startswith("file-")}
    assert len(names) == 1
    return names.pop()


def test_p24_wulan_gets_a_copy_that_says_nothing_and_sari_her_own_photograph(world: World, visitor: Visitor) -> None:
    photo = pictures.photo()
    check = reporters.tell(visitor(), files=(_upload(photo, "IMG_20190714.jpg"),))
    assert PLACE in check.text
    own, case = _sent(check, visitor)

    assert own.click("IMG_20190714.jpg").body == photo
    copy = case.click("lampiran-01.jpg", index=0).body
    assert copy != photo
    assert not marks.left_in(copy)
    assert PLACE in case.text
    assert (Attachment.objects.count(), Original.objects.count()) == (1, 1)
    assert not proof.verify()


def test_p24_the_keys_of_those_who_handle_the_case_do_not_open_the_original(world: World) -> None:
    sari = cast.join(NAME)
    receipt = sari.tells(cast.queues(files=(cast.file(pictures.photo()),)))
    own, read = sari.report(receipt).files[0], world.read(receipt, by="wulan").files[0]

    assert b"".join(own.chunks_as_it_came()) == pictures.photo()
    assert (read.original, read.name) == (None, None)
    assert b"".join(read.chunks_as_it_came()) == b"".join(read.chunks())
    assert not marks.left_in(b"".join(read.chunks()))
    # Neither is the original's blob the one that `content` names, nor does its key open it.
    original = Original.objects.get()
    assert original.blob != read.row.blob
    assert read.key is not None
    with pytest.raises(Unopenable):
        b"".join(blobs.read(original.blob, key=read.key))


def test_p24_both_hashes_are_sealed_and_no_column_has_them(world: World) -> None:
    photo = cast.file(pictures.photo())
    cast.join(NAME).tells(cast.queues(files=(photo,)))
    row = Attachment.objects.get()
    digests = {photo.stored.sha256.hex(), photo.copy.sha256.hex()} if photo.copy else set()

    assert len(digests) == 2
    stored = b"".join(bytes(value) for value in (row.sealed, row.sealed_original))
    assert not [digest for digest in digests if digest.encode() in stored or bytes.fromhex(digest) in stored]
    assert {field.name for field in Original._meta.get_fields()} == {"attachment", "blob"}


def test_p24_sari_may_send_her_photograph_as_it_came(
    world: World, visitor: Visitor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    photo = pictures.photo()
    check = reporters.tell(visitor(), files=(_upload(photo),))
    copy = DraftFile.objects.get().copy
    assert copy is not None
    with django_capture_on_commit_callbacks(execute=True):
        _, case = _sent(check, visitor, **{_question(check): "as-is"})

    assert case.click("lampiran-01.jpg", index=0).body == photo
    assert "sebagaimana aslinya" in case.text
    assert not Original.objects.exists()
    assert not blobs.path_of(copy).exists()


def test_p24_of_what_cannot_be_cleaned_sari_is_told_and_decides(world: World, visitor: Visitor) -> None:
    sari = visitor()
    check = reporters.tell(sari, files=(_upload(LOCKED, "bukti.rar"),))
    form = form_to(check, field="send")
    form["account"], form["pseudonym"], form["password"] = "new", NAME, cast.PASSWORD
    refused = form.submit("send", status=422)

    assert "bukti.rar" in alert(refused)
    assert not Report.objects.exists()
    own, case = _sent(refused, visitor, **{_question(refused): "as-is"})
    assert own.click("bukti.rar").body == LOCKED
    assert case.click("lampiran-01.rar", index=0).body == LOCKED
    assert "dapat mengungkap" in case.text


def test_p24_what_cannot_be_cleaned_is_removed_without_leaving_the_page(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor(), files=(_upload(LOCKED, "bukti.rar"),))
    form = form_to(check, field="send")
    form.action = check.html.find("button", attrs={"name": "remove"})["formaction"]
    page = form.submit("remove", status=302).follow()

    assert page.request.path == address("check")
    assert "bukti.rar" not in page.text
    assert reporters.send(page).html.find(id="register-number")


def test_p24_what_nobody_looked_at_since_the_process_was_killed_is_looked_at_before_it_is_shown(
    world: World, visitor: Visitor
) -> None:
    sari = visitor()
    check = reporters.tell(sari, files=(_upload(pictures.photo()),))
    token = sari.cookies["wise_draft"].strip('"')
    draft = drafts.resume(token, at=timezone.now())
    assert draft is not None
    bare = DraftedFile(draft.files[0].id, draft.files[0].name, draft.files[0].media_type, draft.files[0].stored)
    DraftFile.objects.update(sealed=drafts._seal_file(token, bare), copy=None)

    assert PLACE in sari.get(check.request.path).text
    assert DraftFile.objects.get().copy is not None


def test_p24_what_is_added_later_is_cleaned_too(world: World, visitor: Visitor) -> None:
    own, _ = _sent(reporters.tell(visitor()), visitor)
    addition = form_to(own, "/tambahan/")
    addition["files"] = [_upload(papers.word(), "surat.docx")]
    page = addition.submit(status=302).follow()
    assert "nama orang" in page.text
    body = _case(visitor).click("lampiran-01.docx", index=0).body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert not marks.left_in(b"".join(archive.read(name) for name in archive.namelist()))

    again = form_to(page, "/tambahan/")
    again["files"] = [_upload(LOCKED, "bukti.rar")]
    asked = form_to(again.submit(status=302).follow(), field="send")
    refused = asked.submit("send", status=422)
    assert "bukti.rar" in alert(refused)
    assert Attachment.objects.count() == 1
    decided = form_to(refused, field="send")
    decided[next(name for name in decided.fields if name and name.startswith("file-"))] = "as-is"
    assert decided.submit("send", status=302).follow().click("bukti.rar").body == LOCKED


def test_p28_a_program_is_refused_with_its_name_and_leaves_nothing(world: World, visitor: Visitor) -> None:
    sari = visitor()
    files = (_upload(b"MZ" + bytes(200), "foto.jpg"), _upload(pictures.photo(), "b.jpg"))
    page = reporters.fill(sari, files=files).submit(status=422)

    assert "foto.jpg" in alert(page)
    assert DraftFile.objects.count() == 1
    assert form_to(page, field="what")["what"].value == reporters.WHAT


def test_p24_files_from_before_there_were_copies_still_open(world: World) -> None:
    sari = cast.join(NAME)
    receipt = sari.tells(cast.queues(files=(cast.file(b"isi", name="catatan.txt"),)))
    row = Attachment.objects.get()
    keys = access.keys_of(cast.case_of(receipt), keyring=sari.keyring)
    opened = seal.open_sealed(bytes(row.sealed), key=keys[CONTENT], context=_context(row, CONTENT))
    old = json.loads(padding.unpad_text(opened))
    content = {name: old[name] for name in ("key", "media_type", "suffix", "size")}
    row.sealed = _seal(content, key=keys[CONTENT], context=_context(row, CONTENT))
    about = {"name": "catatan.txt", "sha256": "00"}
    row.sealed_original = _seal(about, key=keys[ORIGINALS], context=_context(row, ORIGINALS))
    file = attachments.opened([row], keys=keys)[0]

    assert b"".join(file.chunks()) == b"".join(file.chunks_as_it_came()) == b"isi"
    assert (file.name, file.is_copy, file.found, file.reason) == ("catatan.txt", False, (), None)
