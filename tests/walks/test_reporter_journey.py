"""Sari's whole way, in the forms as they are, without a script (P13): write, attach, check, send, keep, come back."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests import reporters
from tests import world as cast
from tests.deciding import LETTER
from tests.reporters import address, form_to, photo, secret
from tests.world import PASSWORD, World
from wise.casework import actions
from wise.casework.given import Delivery, Given
from wise.casework.models import Case

type Visitor = Callable[[], DjangoTestApp]
both = pytest.mark.parametrize("language", ["id", "en"])


def _case(page: Any) -> Case:
    return Case.objects.get(report_id=uuid.UUID(page.request.path.rstrip("/").rpartition("/")[2]))


@both
def test_sari_tells_comes_back_and_reads_the_answer(world: World, visitor: Visitor, language: str) -> None:
    sari = visitor()
    assert "Set-Cookie" not in sari.get(address("tell", language)).headers
    told = {"where": "Loket 2", "when": "Selasa pagi", "topic": "time", "identity_name": "Sari Dewanti"}
    check = reporters.tell(sari, language=language, files=(photo(), photo(name="nota.pdf")), **told)
    for shown in (reporters.WHAT, "KPKNL Pekanbaru", "Loket 2", "Sari Dewanti", "foto.jpg", "nota.pdf"):
        assert shown in check.text
    receipt = reporters.send(check)
    number, code = secret(receipt, "register-number"), secret(receipt, "recovery-code")
    assert reporters.NAME not in receipt.text
    assert len(code.split()) == 7
    history = form_to(receipt, field="kept").submit("kept").follow()
    assert number in history.text
    form_to(history, "/keluar/").submit()

    back = reporters.sign_in(sari, pseudonym="Burung_Malam").follow()
    report = back.click(number)
    assert "Sari Dewanti" in report.text
    addition = form_to(report, "/tambahan/")
    addition["text"], addition["files"] = "Ini kuitansinya.", [photo(b"kuitansi", name="kuitansi.jpg")]
    report = addition.submit().follow()
    assert report.click("kuitansi.jpg").body == b"kuitansi"
    assert report.click("foto.jpg").body == cast.PHOTO

    case = _case(report)
    _take(world, case, "verify")
    _take(world, case, "ask", text="Hari apa?", until=case.due_on)
    report = sari.get(report.request.path)
    assert "Hari apa?" in report.text
    message = form_to(report, "/pesan/")
    message["text"] = "Hari Selasa."
    report = message.submit().follow()
    _take(world, case, "conclude_verification", conclusion="not_followed_up", steps="periksa", facts="benar")
    _take(world, case, "propose", recommendation="jawab", letter=LETTER)
    _take(world, case, "approve", by="hadi")
    _take(world, case, "answer", text="Loket kedua sudah dibuka.", delivery=Delivery("page"))
    report = sari.get(report.request.path)
    assert "Loket kedua sudah dibuka." in report.text
    kept = sari.get(address("answer", report_id=case.report_id))
    assert "Loket kedua sudah dibuka." in kept.text
    assert kept.headers["Content-Disposition"].startswith("attachment")
    for hidden in ("Wulan", "benar", str(case.id)):
        assert hidden not in report.text


def _take(world: World, case: Case, move: str, *, by: str = "wulan", **given: Any) -> None:
    at = world_now()
    actions.take(move, case_id=case.id, desk=world.desk(by, at=at), given=Given(**given), at=at)


def world_now() -> Any:
    from django.utils import timezone  # noqa: PLC0415 - a walk goes by the real clock

    return timezone.now()


def test_sari_sends_a_second_report_from_inside_her_session(world: World, visitor: Visitor) -> None:
    sari = visitor()
    receipt = reporters.send(reporters.tell(sari))
    form_to(receipt, field="kept").submit("kept")
    check = reporters.tell(sari, what="Kali ini tentang toilet.")
    assert "pseudonym" not in form_to(check, field="send").fields
    second = reporters.send(check)
    assert second.html.find(id="recovery-code") is None
    history = form_to(second, field="kept").submit("kept").follow()
    assert len(history.html.find_all("article")) == 2


def test_sari_sends_with_the_pseudonym_she_has_already(world: World, visitor: Visitor) -> None:
    reporters.send(reporters.tell(visitor()))
    second = reporters.send(reporters.tell(visitor()), account="existing")
    assert second.html.find(id="recovery-code") is None
    assert len(form_to(second, field="kept").submit("kept").follow().html.find_all("article")) == 2


def test_sari_forgets_her_password_and_has_her_recovery_code(world: World, visitor: Visitor) -> None:
    first = visitor()
    receipt = reporters.send(reporters.tell(first))
    code = secret(receipt, "recovery-code")
    sari = visitor()
    form = form_to(sari.get(address("recover")), field="recovery_code")
    form["pseudonym"], form["recovery_code"] = reporters.NAME, code.upper().replace(" ", "-")
    form["password"] = "lampu hijau rumah tua sepi"
    done = form.submit(status=200)
    new = secret(done, "recovery-code")
    assert new != code
    assert "article" in done.click("Saya sudah menyimpannya").text
    assert "/masuk/" in first.get(address("reports"), status=302).location
    again = visitor()
    assert reporters.sign_in(again, password="lampu hijau rumah tua sepi").status_code == 302
    reporters.sign_in(visitor(), password=PASSWORD, status=422)


def test_the_whole_journey_weighs_little_and_asks_nobody_else(world: World, visitor: Visitor) -> None:
    sari = visitor()
    check = reporters.tell(sari)
    receipt = reporters.send(check)
    history = form_to(receipt, field="kept").submit("kept").follow()
    pages = [
        visitor().get("/"),
        visitor().get(address("tell")),
        check,
        receipt,
        history,
        visitor().get(address("status")),
    ]
    style = sari.get(pages[0].html.find("link", rel="stylesheet")["href"])
    assert sum(len(page.body) for page in [*pages, style]) < 100_000
    for page in pages:
        assert "<script" not in page.text
        assert 'name="robots" content="noindex' in page.text or page is pages[0]
        assert page.headers["Cache-Control"] == "no-store"
