"""The pages of tags, tasks and urgent cases, and the numbers that reporters and officers find there."""

import uuid
from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from tests import deciding, officers
from tests import world as cast
from tests.officers import address
from tests.reporters import NAME
from tests.world import KPKNL, NOW, World, case_of
from wise.casework import help_lines, tags
from wise.casework.given import Assignment
from wise.casework.intake import Receipt
from wise.casework.models import HelpLine, Tag, Task

type Visitor = Callable[[], DjangoTestApp]

TAGS, NUMBERS = "/kerja/kelola/tanda/", "/kerja/kelola/nomor-darurat/"


@pytest.fixture
def receipt(world: World) -> Receipt:
    return cast.join(NAME).tells(cast.queues())


@pytest.fixture
def wulan(world: World, visitor: Visitor) -> DjangoTestApp:
    return officers.sign_in(visitor(), "wulan")


def _tag(world: World, name: str = "Antrean") -> Tag:
    return tags.add(name, office_id=world.office(KPKNL).id, desk=world.desk("wulan"), at=NOW)


def test_wulan_makes_a_tag_puts_it_on_a_case_and_looks_for_it(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    assert "belum memiliki tanda" in officers.case_page(wulan, receipt).click(href="/tag/$")
    page = wulan.get(TAGS)
    assert "Tanda tidak rahasia" in page
    form = next(each for each in officers.forms(page) if "tag_name" in each.fields)
    form["tag_name"] = "Antrean"
    assert "dapat dipilih" in form.submit(status=302).follow()

    form = officers.form_of(officers.case_page(wulan, receipt), "tag")
    form["tags"] = [str(Tag.objects.get().id)]
    page = form.submit(status=302).follow()
    assert "Antrean" in [chip.text for chip in page.html.find_all(class_="chip")]

    inbox = wulan.get(f"/kerja/?tag={Tag.objects.get().id}")
    assert case_of(receipt).agenda_number in inbox
    assert "Antrean" in [chip.text for chip in inbox.html.find("table").find_all(class_="chip")]
    other = _tag(world, "Parkir")
    assert case_of(receipt).agenda_number not in wulan.get(f"/kerja/?tag={other.id}")
    assert case_of(receipt).agenda_number in wulan.get("/kerja/?tag=nonsense")


def test_a_refused_name_stands_in_the_field_with_the_reason(world: World, wulan: DjangoTestApp) -> None:
    tag = _tag(world)
    for at in (TAGS, f"{TAGS}{_tag(world, 'Parkir').id}/"):
        form = next(each for each in officers.forms(wulan.get(at)) if "tag_name" in each.fields)
        form["tag_name"] = "antrean"
        page = form.submit("do", value="rename", status=422) if at != TAGS else form.submit(status=422)
        assert "sudah ada dalam daftar" in page
        assert page.html.find(id="tag_name")["value"] == "antrean"
        form["tag_name"] = ""
        form.submit(status=422)
    assert Tag.objects.filter(office=tag.office).count() == 2


def test_a_tag_is_renamed_taken_out_of_use_and_used_again(world: World, receipt: Receipt, wulan: DjangoTestApp) -> None:
    tag = _tag(world)
    world.take("tag", receipt, by="wulan", tags=(tag.id,))
    naming, use = officers.forms(wulan.get(f"{TAGS}{tag.id}/"))[-2:]
    naming["tag_name"] = "Antrean loket"
    naming.submit("do", value="rename", status=302)
    use.submit("do", value="retire", status=302)
    assert "Antrean loket" in officers.case_page(wulan, receipt)
    assert "Antrean loket (tidak dipakai lagi)" in wulan.get("/kerja/")
    assert "tidak dipakai lagi" in wulan.get(TAGS)
    officers.forms(wulan.get(f"{TAGS}{tag.id}/"))[-1].submit("do", value="use", status=302)
    assert not Tag.objects.get().is_retired


def test_who_keeps_no_list_finds_no_page_of_tags(world: World, visitor: Visitor) -> None:
    tag = _tag(world, "Parkir")
    for login in ("dewi", "hadi", "tono", "agus"):
        browser = officers.sign_in(visitor(), login)
        assert TAGS not in browser.get("/kerja/")
        browser.get(TAGS, status=404)
        browser.get(f"{TAGS}{tag.id}/", status=404)
    yanti = officers.sign_in(visitor(), "yanti")
    yanti.get(f"{TAGS}{tag.id}/", status=404)
    assert tag.name not in yanti.get(TAGS)


def test_wulan_gives_rahmat_a_task_that_he_finds_and_finishes(
    world: World, receipt: Receipt, wulan: DjangoTestApp, visitor: Visitor
) -> None:
    form = officers.form_of(officers.case_page(wulan, receipt), "add_task")
    form["task"], form["colleague"] = "Periksa CCTV", str(world.officer("rahmat").id)
    form["task_due"] = (NOW.date() - deciding.DAY).isoformat()
    refused = form.submit(status=422)
    assert "paling cepat hari ini" in refused
    form = officers.form_of(refused, "add_task")
    assert form["task"].value == "Periksa CCTV"
    form["task_due"] = NOW.date().isoformat()
    page = form.submit(status=302).follow()
    assert "Periksa CCTV" in page.html.find(id="tasks").parent.text

    rahmat = officers.sign_in(visitor(), "rahmat")
    listed = rahmat.get("/kerja/?view=tasks")
    assert case_of(receipt).agenda_number in listed
    assert "Anda" in listed.html.find("tbody").text
    assert "CCTV" not in listed
    form = officers.form_of(officers.case_page(rahmat, receipt), "finish_task")
    form["note"] = "Tidak ada rekaman"
    page = form.submit(status=302).follow()
    assert "Tidak ada rekaman" in page
    assert "Tidak ada tugas" in rahmat.get("/kerja/?view=tasks")
    assert world.officer("rahmat").name in wulan.get(address(receipt)).html.find(id="tasks").parent.text


def test_a_task_of_another_unit_is_on_nobody_elses_list(world: World, receipt: Receipt, visitor: Visitor) -> None:
    task = Assignment("Periksa CCTV", world.officer("rahmat").id, NOW.date())
    world.take("add_task", receipt, by="wulan", task=task)
    yanti = officers.sign_in(visitor(), "yanti")
    assert case_of(receipt).agenda_number not in yanti.get("/kerja/?view=tasks")
    token = officers.forms(yanti.get("/kerja/"))[0]["form_token"].value
    told = {"form_token": token, "task_done": str(Task.objects.get().id)}
    yanti.post(f"{address(receipt)}finish_task/", told, status=404)
    assert Task.objects.get().is_open


def test_the_list_of_tasks_turns_its_pages(world: World, receipt: Receipt, wulan: DjangoTestApp) -> None:
    for _ in range(26):
        task = Assignment("Periksa CCTV", world.officer("rahmat").id, NOW.date())
        world.take("add_task", receipt, by="wulan", task=task)
    page = wulan.get("/kerja/?view=tasks")
    assert len(page.html.find("tbody").find_all("tr")) == 25
    page = page.click("Berikutnya")
    assert len(page.html.find("tbody").find_all("tr")) == 1
    assert page.click("Sebelumnya")


def test_an_urgent_case_is_marked_listed_and_says_whom_to_call(
    world: World, receipt: Receipt, wulan: DjangoTestApp
) -> None:
    page = officers.case_page(wulan, receipt)
    assert page.html.find(id="urgent") is None
    form = officers.form_of(page, "flag")
    form["urgency"], form["note"] = "danger", "Pelapor diancam"
    page = form.submit(status=302).follow()
    box = page.html.find(id="urgent").parent.text
    assert "Seseorang berada dalam bahaya" in box
    assert "112" in box
    assert "mendesak" in wulan.get("/kerja/?view=urgent").html.find("tbody").text

    form = officers.form_of(page, "flag")
    form["urgency"], form["note"] = "calm", "Sudah aman"
    page = form.submit(status=302).follow()
    assert "tidak lagi bertanda" in page.html.find(role="status").text
    assert page.html.find(id="urgent") is None
    form = officers.form_of(page, "flag")
    form["urgency"], form["note"] = "calm", "Sudah aman"
    assert "tidak bertanda mendesak" in form.submit(status=422)


def test_tono_checks_a_number_and_reporters_find_it(world: World, visitor: Visitor) -> None:
    tono = officers.sign_in(visitor(), "tono")
    first = HelpLine.objects.get(number="112")
    form = next(each for each in officers.forms(tono.get(f"{NUMBERS}{first.id}/")) if "number" in each.fields)
    form["number"] = " "
    assert form.submit(status=422)
    form["number"], form["checked"], form["name"] = "119", "yes", "Ambulans"
    assert "sudah diperiksa" in form.submit(status=302).follow()
    form = next(each for each in officers.forms(tono.get(f"{NUMBERS}baru/")) if "number" in each.fields)
    form["number"], form["name"], form["name_en"], form["public"] = "1", "Klinik", "Clinic", "no"
    form.submit(status=302)

    told, english = visitor().get("/lapor/"), visitor().get("/en/lapor/")
    assert "119" in told
    assert "Ambulans" in told
    assert "Klinik" not in told
    assert "Emergency services" in english
    assert [row.number for row in help_lines.every()][-1] == "1"


def test_a_thirteenth_number_is_refused_with_the_reason(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(help_lines, "MOST", 4)
    tono = officers.sign_in(visitor(), "tono")
    form = next(each for each in officers.forms(tono.get(f"{NUMBERS}baru/")) if "number" in each.fields)
    form["number"], form["name"], form["name_en"] = "1", "Klinik", "Clinic"
    assert "Sudah ada 12 nomor" in form.submit(status=422)


def test_nobody_else_finds_the_page_of_the_numbers(world: World, visitor: Visitor, wulan: DjangoTestApp) -> None:
    row = HelpLine.objects.first()
    assert row is not None
    for browser in (wulan, officers.sign_in(visitor(), "dewi"), officers.sign_in(visitor(), "hadi")):
        assert NUMBERS not in browser.get("/kerja/")
        for at in (NUMBERS, f"{NUMBERS}baru/", f"{NUMBERS}{row.id}/", f"{NUMBERS}{uuid.uuid4()}/"):
            browser.get(at, status=404)


def test_where_no_number_is_shown_reporters_see_no_box(world: World, visitor: Visitor) -> None:
    HelpLine.objects.update(is_shown=False)
    assert "dalam bahaya" not in visitor().get("/lapor/")


def test_dewi_records_that_it_is_urgent_and_wulan_sees_it(world: World, visitor: Visitor, wulan: DjangoTestApp) -> None:
    dewi = officers.sign_in(visitor(), "dewi")
    form = next(each for each in officers.forms(dewi.get("/kerja/catat/")) if "what" in each.fields)
    form["channel"], form["stream"], form["concerns"], form["what"] = "counter", "service", "none", "Diancam"
    form["urgency"] = "danger"
    page = form.submit(status=302).follow()
    assert "Seseorang berada dalam bahaya" in page
    sent = next(each for each in officers.forms(page) if each.action.endswith("/periksa/"))
    sent.submit("send", value="1", status=302)
    listed = wulan.get("/kerja/?view=urgent")
    case = listed.click(href="/perkara/", index=0)
    assert "Seseorang berada dalam bahaya" in case.html.find(id="urgent").parent.text
