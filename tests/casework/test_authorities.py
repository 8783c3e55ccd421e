"""To whom outside a report can be referred: the institution's own table, which its editor checks and changes."""

import uuid

import pytest

from tests.world import NOW, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.casework import authorities, kept
from wise.casework.authorities import Typed
from wise.casework.models import Authority
from wise.refusals import NotThere, Refused

OWN = Typed("Badan Pengawas", " Jalan  Contoh 1 \n\n Jakarta 10110 ", is_verified=True, is_shown=True)


def _names() -> list[str]:
    return [row.name for row in authorities.in_use()]


def test_what_is_shipped_is_offered_with_a_city_and_counts_as_unchecked(world: World) -> None:
    authorities.load_shipped()
    assert _names() == [
        "Ombudsman Republik Indonesia",
        "Komisi Pemberantasan Korupsi",
        "Kejaksaan Agung Republik Indonesia",
        "Kepolisian Negara Republik Indonesia",
        "Lembaga Perlindungan Saksi dan Korban",
        "Komisi Informasi Pusat",
        "Otoritas Jasa Keuangan",
        "Badan Pemeriksa Keuangan Republik Indonesia",
    ]
    assert {(row.address, row.is_verified) for row in authorities.in_use()} == {("di Jakarta", False)}


def test_tono_completes_one_hides_another_and_adds_one(world: World) -> None:
    desk = world.desk("tono")
    first, second = authorities.in_use()[:2]
    whole = Typed("Ombudsman RI", "Jalan Contoh 2\nJakarta", is_verified=True, is_shown=True)
    authorities.put(whole, desk=desk, at=NOW, authority_id=first.id)
    hidden = Typed(second.name, second.address, is_verified=False, is_shown=False)
    authorities.put(hidden, desk=desk, at=NOW, authority_id=second.id)
    added = authorities.put(OWN, desk=desk, at=NOW)
    authorities.load_shipped()

    assert _names()[0] == "Ombudsman RI"
    assert second.name not in _names()
    assert authorities.every()[-1] == second
    assert authorities.in_use()[-1] == added
    assert authorities.row_of(added.id, desk=desk).address == "Jalan Contoh 1\nJakarta 10110"
    told = Entry.objects.filter(deed="authority").order_by("sequence").values_list("facts", flat=True)
    assert [facts["shown"] for facts in told] == [True, False, True]
    assert told[0]["address"] == "Jalan Contoh 2\nJakarta"
    assert proof.verify() == []


def test_one_that_the_institution_added_first_is_not_shipped_again(world: World) -> None:
    Authority.objects.filter(code="finance").delete()
    own = Typed("otoritas jasa keuangan", "Jakarta", is_verified=True, is_shown=True)
    authorities.put(own, desk=world.desk("tono"), at=NOW)
    authorities.load_shipped()
    assert Authority.objects.filter(name__iexact=own.name).count() == 1


def test_nobody_else_changes_them(world: World) -> None:
    row = authorities.in_use()[0]
    for login in ("wulan", "dewi", "hadi", "ina", "agus", "kartika"):
        desk = world.desk(login)
        assert not kept.may_edit(desk)
        for authority_id in (None, row.id):
            with pytest.raises(NotThere):
                authorities.put(OWN, desk=desk, at=NOW, authority_id=authority_id)
        with pytest.raises(NotThere):
            authorities.row_of(row.id, desk=desk)
    assert not Entry.objects.filter(deed="authority").exists()


@pytest.mark.parametrize(
    ("name", "address", "code"),
    [
        (" ", "Jakarta", "authority-name"),
        ("a" * 201, "Jakarta", "authority-name"),
        ("Badan Pengawas", " \n ", "authority-address"),
        ("Badan Pengawas", "1\n2\n3\n4\n5", "authority-address"),
        ("Badan Pengawas", "a" * 301, "authority-address"),
        ("OMBUDSMAN  Republik Indonesia", "Jakarta", "authority-there"),
    ],
)
def test_what_is_missing_too_long_or_there_already_is_refused(world: World, name: str, address: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        authorities.put(Typed(name, address, is_verified=True, is_shown=True), desk=world.desk("tono"), at=NOW)
    assert refused.value.code == code
    assert Authority.objects.count() == 8


def test_a_hidden_one_still_has_its_name_and_the_table_is_not_endless(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.desk("tono")
    first, second = authorities.in_use()[:2]
    Authority.objects.filter(id=first.id).update(is_shown=False)
    named_alike = Typed(first.name, "Jakarta", is_verified=True, is_shown=True)
    for authority_id in (None, second.id):
        with pytest.raises(Refused) as refused:
            authorities.put(named_alike, desk=desk, at=NOW, authority_id=authority_id)
        assert refused.value.code == "authority-there"
    authorities.put(named_alike, desk=desk, at=NOW, authority_id=first.id)
    with pytest.raises(NotThere):
        authorities.put(OWN, desk=desk, at=NOW, authority_id=uuid.uuid4())
    monkeypatch.setattr(authorities, "MOST", 8)
    with pytest.raises(Refused) as refused:
        authorities.put(OWN, desk=desk, at=NOW)
    assert refused.value.code == "authorities-many"
