"""An officer who forgot the passphrase sets a new one with the recovery code; nobody else can."""

from collections.abc import Callable
from typing import Any

import pytest
from django_webtest import DjangoTestApp

from tests.world import NOW, PASSPHRASE, World
from wise.audit.models import Entry
from wise.keys import directory
from wise.people import joining, signing_in
from wise.people.models import Officer
from wise.refusals import Refused

NEW = "kebun raya seluas samudra biru"


@pytest.fixture
def putri(world: World) -> joining.Newcomer[Officer]:
    newcomer = joining.prepare_officer("putri", name="Putri Ayu", passphrase=PASSPHRASE)
    joining.store(newcomer)
    directory.enter_holder(newcomer.row, seed=newcomer.seed)
    return newcomer


def recover(browser: DjangoTestApp, *, login: str, code: str, status: int, again: str = NEW) -> Any:
    form = browser.get("/kerja/masuk/").click(href="/kerja/pulihkan/").form
    form["login"], form["recovery_code"], form["new"], form["again"] = login, code, NEW, again
    return form.submit(status=status)


def test_putri_sets_a_new_passphrase_with_her_code_and_gets_the_next_code(
    putri: joining.Newcomer[Officer], visitor: Callable[[], DjangoTestApp]
) -> None:
    page = recover(visitor(), login="Putri", code=putri.recovery_code.upper().replace(" ", "-"), status=200)

    code = page.html.find(id="recovery-code").text
    assert len(code.split()) == 7
    assert code != putri.recovery_code
    assert signing_in.officer("putri", passphrase=NEW, at=NOW).seed == putri.seed
    with pytest.raises(Refused):
        signing_in.officer("putri", passphrase=PASSPHRASE, at=NOW)
    assert Entry.objects.filter(subject=putri.row.id, deed="recover").exists()
    recover(visitor(), login="putri", code=putri.recovery_code, status=422)


def test_with_another_code_or_an_unknown_login_nothing_changes_and_the_answer_is_the_same(
    putri: joining.Newcomer[Officer], visitor: Callable[[], DjangoTestApp]
) -> None:
    wrong = [
        recover(visitor(), login=login, code="air air air air air air air", status=422) for login in ("putri", "siapa")
    ]

    summaries = {page.html.find(attrs={"role": "alert"}).text for page in wrong}
    assert len(summaries) == 1
    assert signing_in.officer("putri", passphrase=PASSPHRASE, at=NOW).seed == putri.seed
    assert Entry.objects.filter(deed="recover-failed").count() == 2


def test_two_different_new_passphrases_are_pointed_out_before_anything_is_tried(
    putri: joining.Newcomer[Officer], visitor: Callable[[], DjangoTestApp]
) -> None:
    page = recover(visitor(), login="putri", code=putri.recovery_code, again="yang lain sama sekali", status=422)

    assert page.html.find(id="again")["aria-invalid"] == "true"
    assert not Entry.objects.filter(deed__startswith="recover").exists()
