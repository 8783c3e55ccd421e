"""The form in which Sari tells: nothing she typed is ever lost, and every error leads to its field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django_webtest import DjangoTestApp

from tests import reporters
from tests.reporters import address, alert, form_to, photo
from tests.world import World
from wise.casework.models import Case
from wise.people.models import Office
from wise.register import drafts

type Visitor = Callable[[], DjangoTestApp]


def test_no_cookie_before_the_first_words(world: World, visitor: Visitor) -> None:
    sari = visitor()
    assert "Set-Cookie" not in sari.get(address("tell")).headers
    reporters.fill(sari).submit()
    cookie = sari.cookiejar._cookies["testserver.local"]["/"]["wise_draft"]
    assert not cookie.secure
    assert cookie.expires is None
    assert {"HttpOnly", "SameSite"} <= set(cookie._rest)


def test_an_empty_form_asks_for_the_kind_and_one_sentence(world: World, visitor: Visitor) -> None:
    page = form_to(visitor().get(address("tell")), field="what").submit(status=422)
    assert alert(page)
    assert 'href="#stream"' in page.text
    page = reporters.fill(visitor(), what="  ").submit(status=422)
    assert 'href="#what"' in page.text


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"reply": "letter", "reply_address": "Jl. Melati 3"}, "reply_name"),
        ({"reply": "email"}, "reply_address"),
        ({"topic": "bribery"}, "topic"),
        ({"what": "nanogram pines inap etika silang mantel cincin"}, "what"),
        ({"office": "", "office_search": "Atlantis"}, "office_search"),
        ({"office": "", "office_search": "riau"}, "office"),
    ],
)
def test_every_error_stands_at_its_field_and_everything_typed_is_kept(
    world: World, visitor: Visitor, told: dict[str, Any], field: str
) -> None:
    page = reporters.fill(visitor(), where="Loket 2", **told).submit(status=422)
    alert(page)
    assert f'href="#{field}"' in page.text
    form = form_to(page, field="what")
    assert form["where"].value == "Loket 2"
    assert all(form[name].value == value for name, value in told.items())


@pytest.mark.parametrize(("language", "said"), [("id", "tidak mengirim surat"), ("en", "sends no letter")])
def test_the_form_says_that_the_unit_sends_a_letter_by_hand(
    world: World, visitor: Visitor, language: str, said: str
) -> None:
    assert said in visitor().get(address("tell", language)).html.find(id="reply_helptext").get_text()


def test_a_name_is_kept_for_a_letter_only(world: World, visitor: Visitor) -> None:
    told = {"reply_name": "Sari Dewanti", "reply_address": "sari@example.org"}
    check = reporters.tell(visitor(), reply="email", **told)
    assert "sari@example.org" in check.text
    assert "Sari Dewanti" not in check.text
    assert "Sari Dewanti" in reporters.tell(visitor(), reply="letter", **told).text


def test_an_office_is_found_by_a_part_of_its_name(world: World, visitor: Visitor) -> None:
    sari = visitor()
    form = reporters.fill(sari, office="", office_search="  pekanBARU ")
    page = form.submit("find", status=302).follow()
    found = form_to(page, field="what")
    assert found["what"].value == reporters.WHAT
    assert [label for _, _, label in found["office"].options] == [
        "Saya tidak tahu, atau tidak ada di daftar",
        "KPKNL Pekanbaru",
    ]
    assert found["office"].value == str(world.office().id)


def test_one_office_that_matches_is_taken_even_without_pressing_find(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor(), office="", office_search="pekanbaru")
    assert "KPKNL Pekanbaru" in check.text


def test_all_offices_can_be_chosen_and_none_need_be(world: World, visitor: Visitor) -> None:
    form = reporters.fill(visitor(), office="")
    assert len(form["office"].options) == Office.objects.count() + 1
    assert "Kantor Pusat DJKN" in form.submit(status=302).follow().text


def test_an_office_that_does_not_exist_is_refused(world: World, visitor: Visitor) -> None:
    form = reporters.fill(visitor())
    form["office"].force_value("../../etc")
    assert 'href="#office"' in form.submit(status=422).text


def test_whom_it_concerns_is_asked_and_nothing_is_chosen_beforehand(world: World, visitor: Visitor) -> None:
    form = form_to(visitor().get(address("tell")), field="what")
    assert form["concerns"].value is None
    form["stream"], form["what"] = "service", reporters.WHAT
    page = form.submit(status=422)
    assert 'href="#concerns"' in page.text
    assert "orang yang akan menerima" in alert(page)
    again = form_to(page, field="what")
    assert again["what"].value == reporters.WHAT
    again["concerns"] = "none"
    assert again.submit(status=302).location.endswith("/lapor/periksa/")


def test_whom_it_concerns_never_gets_it(world: World, visitor: Visitor) -> None:
    check = reporters.tell(visitor(), concerns="unit")
    assert "Riau, Sumatera Barat" in check.text
    assert "naik satu tingkat" in check.text
    reporters.send(check)
    assert Case.objects.get().unit.office.name.startswith("Kanwil DJKN Riau")


def test_above_the_investigators_there_is_nobody_and_the_page_names_others(world: World, visitor: Visitor) -> None:
    page = reporters.fill(visitor(), stream="violation", receiver="ibi", concerns="unit").submit(status=422)
    assert 'href="#concerns"' in page.text
    contact = visitor().get("/hubungi/").text
    for place in ("ombudsman.go.id", "kpk.go.id", "lapor.go.id"):
        assert f"({place})" in alert(page)
        assert f'href="https://{place}/"' in contact or f'href="https://www.{place}/"' in contact


def test_the_draft_waits_over_back_and_forth(world: World, visitor: Visitor) -> None:
    sari = visitor()
    check = reporters.tell(sari, who="Petugas berkacamata")
    form = form_to(check.click("Ubah tulisan"), field="what")
    assert form["who"].value == "Petugas berkacamata"
    assert "Kelengkapan: 2 dari 5" in check.text


def test_a_page_of_another_window_loses_nothing(world: World, visitor: Visitor) -> None:
    sari = visitor()
    stale = reporters.fill(sari, what="Kata pertama.")
    reporters.fill(sari, what="Kata kedua.").submit()
    stale["what"] = "Kata ketiga."
    page = stale.submit(status=422)
    assert "jendela lain" in alert(page)
    form = form_to(page, field="what")
    assert form["what"].value == "Kata ketiga."
    assert "Kata ketiga." in form.submit(status=302).follow().text


def test_a_database_that_is_locked_gives_the_form_back(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*given: Any, **named: Any) -> None:
        raise OperationalError

    form = reporters.fill(visitor())
    with monkeypatch.context() as patched:
        patched.setattr(drafts, "begin", locked)
        page = form.submit(status=503)
    assert "tunggu sebentar" in alert(page)
    assert form_to(page, field="what")["what"].value == reporters.WHAT
    page = form_to(page, field="what").submit(status=302).follow()
    assert reporters.WHAT in page.text


def test_without_a_draft_there_is_nothing_to_attach_or_check(world: World, visitor: Visitor) -> None:
    for name in ("files", "check"):
        assert visitor().get(address(name), status=302).location.endswith("/lapor/")


def test_files_come_one_request_at_a_time_and_go_again(world: World, visitor: Visitor) -> None:
    sari = visitor()
    form = reporters.fill(sari)
    page = sari.post(address("files"), params=form.submit_fields(), status=302).follow()
    for name in ("satu.jpg", "dua.jpg"):
        form = form_to(page, field="files")
        form["files"] = [photo(name=name)]
        page = form.submit(status=302).follow()
    assert "satu.jpg" in page.text
    form = form_to(page, field="files")
    page = form.submit("remove", index=0, status=302).follow()
    assert "satu.jpg" not in page.text
    assert "dua.jpg" in form_to(page, field="files").submit("onward", value="check", status=302).follow().text


def test_a_cookie_that_is_none_of_ours_opens_nothing(world: World, visitor: Visitor) -> None:
    sari = visitor()
    sari.set_cookie("wise_draft", "tidak ada")
    sari.set_cookie("wise_reporter", "%%%")
    assert form_to(sari.get(address("tell")), field="what")["what"].value == ""
    assert "/masuk/" in sari.get(address("reports"), status=302).location


def test_an_office_that_was_chosen_stays_in_the_list_of_another_search(world: World, visitor: Visitor) -> None:
    form = reporters.fill(visitor(), office_search="aceh")
    page = form.submit("find", status=302).follow()
    assert form_to(page, field="what")["office"].value == str(world.office().id)
    assert "KPKNL Banda Aceh" in page.text
