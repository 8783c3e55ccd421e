"""What could betray Sari is shown to her before she sends, and masked where she wants it; nothing is ever refused."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import reporters, tables
from tests.reporters import address, alert, form_to, photo
from tests.world import NOW, PASSWORD, World
from wise.casework import reading
from wise.casework.models import Case
from wise.portal.questions import LONGEST_TEXT
from wise.register import drafts
from wise.register.drafts import OpenDraft
from wise.register.entry import Told
from wise.register.models import Report

type Visitor = Callable[[], DjangoTestApp]

NIP = "19900214 201502 1 002"
PHONE = "0812-7000-1234"
WHAT = f"NIP saya {NIP}, hubungi saya di {PHONE}. Petugas meminta uang."
THEIRS = "Terlapor NIP 19790412 200501 1 003, hp 0811-6900-123"


def marked(page: Any) -> list[str]:
    """The words that are highlighted, in what is sent and in the list of traces."""
    return [mark.get_text() for mark in page.html.find_all("mark")]


def mask(check: Any, which: str, *ticked: str, status: int = 200) -> Any:
    """Press one of the two buttons, after ticking the traces with these words."""
    form = form_to(check, field="send")
    for label in check.html.find("fieldset", id="findings").find_all("label"):
        if label.find("mark").get_text() in ticked:
            box = label.find("input")["value"]
            next(field for field in form.fields["finding"] if field._value == box).checked = True
    return form.submit("mask", value=which, status=status)


@pytest.mark.parametrize(("language", "said"), [("id", "menyimpan nomor Anda"), ("en", "has your number")])
def test_each_place_is_shown_where_it_stands_with_the_reason(
    world: World, visitor: Visitor, language: str, said: str
) -> None:
    check = reporters.tell(visitor(), language=language, what=WHAT, who=THEIRS, files=(photo(name=f"{PHONE}.jpg"),))

    assert marked(check) == [NIP, PHONE, NIP, PHONE, PHONE]
    assert WHAT in check.html.find(class_="facts").get_text()
    assert said in check.html.find(id="findings").get_text()


def test_where_nothing_is_found_the_page_says_that_this_proves_nothing(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor())

    assert not marked(check)
    assert "Itu bukan jaminan" in check.text
    assert check.html.find(id="findings") is None


def test_what_is_shown_stops_nobody(world: World, visitor: Visitor) -> None:
    reporters.send(reporters.tell(visitor(), what=WHAT))

    assert told_to_wulan(world).what == WHAT


def told_to_wulan(world: World) -> Told:
    """What Wulan reads of the only report."""
    return reading.read(Case.objects.get().id, desk=world.desk("wulan"), at=NOW).told


def test_what_is_ticked_is_masked_and_all_else_stays(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor(), what=WHAT, who=THEIRS)
    form_to(check, field="send")["pseudonym"] = "sungai tenang"
    page = mask(check, "ticked", PHONE)

    assert marked(page) == [NIP, NIP]
    assert "1 bagian sudah disamarkan" in page.html.find(attrs={"role": "status"}).get_text()
    reporters.send(page)
    told = told_to_wulan(world)
    assert told.what == f"NIP saya {NIP}, hubungi saya di [disamarkan: nomor telepon]. Petugas meminta uang."
    assert told.who == THEIRS


def test_what_was_typed_about_the_account_stays_when_something_is_masked(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor(), what=WHAT)
    form = form_to(check, field="send")
    form["account"], form["pseudonym"], form["password"] = "existing", "sungai tenang", PASSWORD
    again = form_to(form.submit("mask", value="all"), field="send")

    assert (again["account"].value, again["pseudonym"].value) == ("existing", "sungai tenang")
    assert not again["password"].value


def test_all_is_masked_also_in_files_names(world: World, visitor: Visitor) -> None:
    sari = visitor()
    files = (photo(name=f"{PHONE}.jpg"), photo(name="antrean.jpg"))
    page = mask(reporters.tell(sari, language="en", what=WHAT, files=files), "all")

    assert not marked(page)
    assert "3 places are masked" in page.text
    assert "[masked: telephone number].jpg" in page.text
    assert "antrean.jpg" in page.text
    history = form_to(reporters.send(page), field="kept").submit("kept").follow()
    own = history.click(href=r"/pengaduan/[0-9a-f-]{36}/$", index=0)
    assert "[masked: telephone number].jpg" in own.text
    assert PHONE not in own.text


def test_undone_is_it_by_writing_anew(world: World, visitor: Visitor) -> None:
    page = mask(reporters.tell(visitor(), what=WHAT), "all")
    form = form_to(page.click("Ubah tulisan"), field="what")

    assert form["what"].value.startswith("NIP saya [disamarkan: nomor induk pegawai (NIP)]")
    form["what"] = WHAT
    assert marked(form.submit(status=302).follow()) == [NIP, PHONE, NIP, PHONE]


def test_who_ticks_nothing_is_told_so(world: World, visitor: Visitor) -> None:
    page = mask(reporters.tell(visitor(), what=WHAT), "ticked", status=422)

    assert "Belum ada yang dicentang" in alert(page)
    assert marked(page) == [NIP, PHONE, NIP, PHONE]


def test_pressed_twice_it_masks_once(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor(), what=WHAT)
    once = mask(check, "all")
    twice = mask(check, "all", status=422)

    assert not marked(twice)
    assert twice.html.find(class_="facts").get_text() == once.html.find(class_="facts").get_text()


def test_a_trace_of_another_text_masks_nothing(world: World, visitor: Visitor) -> None:
    sari = visitor()
    stale = reporters.tell(sari, what=WHAT)
    reporters.fill(sari, what="Hubungi saya di 0852-1111-2222.").submit()

    assert marked(mask(stale, "ticked", PHONE, status=422)) == ["0852-1111-2222"] * 2


def test_a_form_of_another_draft_masks_nothing(world: World, visitor: Visitor) -> None:
    form = form_to(reporters.tell(visitor(), what=WHAT), field="send")
    form["form_token"] = "0" * 32
    page = form.submit("mask", value="all", status=422)

    assert alert(page)
    assert marked(page) == [NIP, PHONE, NIP, PHONE]


def test_what_another_window_sent_meanwhile_is_not_said_to_be_masked(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = visitor()
    check = reporters.tell(sari, what=WHAT)
    real = drafts.save

    def sent_before(draft: OpenDraft, **named: Any) -> OpenDraft:
        drafts.turn_into_receipt(draft, receipt={}, at=named["at"])
        return real(draft, **named)

    monkeypatch.setattr(drafts, "save", sent_before)
    form = form_to(check, field="send")
    assert form.submit("mask", value="all", status=302).location.endswith("/lapor/terkirim/")


def test_a_text_as_long_as_it_may_be_can_be_masked(world: World, visitor: Visitor) -> None:
    text = f"Atasan saya. {'x ' * LONGEST_TEXT}"[: LONGEST_TEXT - 12] + " atasan saya"
    page = mask(reporters.tell(visitor(), what=text), "all")

    assert "[…]. x x" in page.text
    reporters.send(page)


def test_nothing_of_a_trace_is_stored_or_logged(
    world: World, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    before = tables.Snapshot.take()
    with caplog.at_level(logging.DEBUG):
        mask(reporters.tell(visitor(), what=WHAT), "ticked", PHONE)

    assert PHONE not in caplog.text
    assert NIP not in caplog.text
    after = tables.Snapshot.take()
    changed = {name for name, rows in after.rows.items() if rows != before.rows.get(name)}
    assert changed == {"register_draft"}
    assert not any(trace in str(row) for row in after.rows["register_draft"] for trace in (PHONE, NIP))


@pytest.mark.parametrize(
    ("pseudonym", "said"), [("ratna", "nama orang"), ("kucing 1987", "tahun"), ("antre-loket", "mengulang kata")]
)
def test_a_pseudonym_that_tells_something_is_warned_of_once(
    world: World, visitor: Visitor, pseudonym: str, said: str
) -> None:
    form = form_to(reporters.tell(visitor()), field="send")
    form["pseudonym"], form["password"] = pseudonym, PASSWORD
    page = form.submit("send", status=422)

    assert said in alert(page)
    reporters.send(page, pseudonym=pseudonym)
    assert Report.objects.count() == 1


@pytest.mark.parametrize(("reply", "warned"), [("s@kemenkeu.go.id", True), ("s@example.org", False)])
def test_an_answer_to_an_address_at_work_is_warned_of(
    world: World, visitor: Visitor, *, reply: str, warned: bool
) -> None:
    check = reporters.tell(visitor(), reply="email", reply_address=reply)

    assert ("ke alamat surel kantor" in check.text) is warned
    assert not marked(check)


def test_without_a_draft_there_is_nothing_to_mask(world: World, visitor: Visitor) -> None:
    assert visitor().post(address("check"), {"mask": "all"}, status=302).location.endswith("/lapor/")
