"""The second step: codes that work once, sealed for their officer alone, bounded, logged, and taken off by others."""

import datetime
import functools
import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from tests import seconds
from tests.crowd import together
from tests.seconds import STEP, seed_of
from tests.world import NOW, PASSPHRASE, World
from wise.audit.models import Entry
from wise.crypto import one_time
from wise.people import admission, joining, recovery_codes, second_step
from wise.people.models import OfficerSession, SecondFactor
from wise.people.sealed_factors import Kind, content_of
from wise.refusals import NotThere, Refused, TooMany

NEW = "payung merah di atas meja"


def _take(world: World, code: str, *, at: datetime.datetime = NOW, login: str = "wulan") -> Kind:
    return second_step.take(world.officer(login), seed=seed_of(world, login), code=code, at=at)


def _wrong(world: World, code: str = "000000", *, at: datetime.datetime = NOW) -> str:
    with pytest.raises(Refused) as refused:
        _take(world, code, at=at)
    return refused.value.code


def test_wulans_app_gets_ten_recovery_codes_with_it_and_the_next_one_none(world: World) -> None:
    assert not second_step.has(world.officer("wulan"))
    first, second = seconds.set_up(world, "wulan"), seconds.set_up(world, "wulan", name="tablet")

    assert (len(set(first.codes)), second.codes) == (recovery_codes.NUMBER, [])
    assert second_step.has(world.officer("wulan"))
    factors = second_step.of(world.officer("wulan"), seed=seed_of(world, "wulan"))
    assert {factor.name for factor in factors} == {"telepon", "tablet"}
    for app in (first, second):
        assert _take(world, app.shows(NOW)) is Kind.TOTP


def test_an_app_that_shows_a_wrong_code_is_not_added(world: World) -> None:
    wulan, secret = world.officer("wulan"), one_time.new_secret()
    with pytest.raises(Refused) as refused:
        second_step.add_app(wulan, seed=seed_of(world, "wulan"), secret=secret, code="12", name="", at=NOW)
    assert refused.value.code == "wrong-code"
    assert not SecondFactor.objects.exists()


def test_nobody_has_more_than_five(world: World) -> None:
    for _ in range(second_step.MOST):
        seconds.set_up(world, "wulan")
    with pytest.raises(Refused) as refused:
        seconds.set_up(world, "wulan")
    assert refused.value.code == "too-many-factors"


def test_a_code_works_once_and_so_does_none_before_it(world: World) -> None:
    app = seconds.set_up(world, "wulan")

    _take(world, app.shows(NOW + STEP))
    assert _wrong(world, app.shows(NOW + STEP)) == "wrong-code"
    assert _wrong(world, app.shows(NOW)) == "wrong-code"
    _take(world, app.shows(NOW + 2 * STEP), at=NOW + STEP)


def test_the_code_that_set_an_app_up_does_not_sign_in(world: World) -> None:
    app = seconds.set_up(world, "wulan", at=NOW)
    assert _wrong(world, app.shows(NOW)) == "wrong-code"


def test_rahmats_code_is_not_wulans(world: World) -> None:
    seconds.set_up(world, "wulan")
    rahmat = seconds.set_up(world, "rahmat")
    assert _wrong(world, rahmat.shows(NOW)) == "wrong-code"
    assert _wrong(world, rahmat.codes[0]) == "wrong-code"


def test_each_recovery_code_works_once_in_whatever_spelling(world: World) -> None:
    codes = seconds.set_up(world, "wulan").codes
    wulan, seed = world.officer("wulan"), seed_of(world, "wulan")

    assert _take(world, codes[3].lower().replace("-", " ")) is Kind.CODES
    assert _wrong(world, codes[3]) == "wrong-code"
    assert recovery_codes.left(wulan, seed=seed) == 9
    renewed = second_step.renew_codes(wulan, seed=seed, at=NOW)
    assert _wrong(world, codes[4]) == "wrong-code"
    assert _take(world, renewed[0]) is Kind.CODES


def test_who_has_no_second_step_gets_no_codes(world: World) -> None:
    with pytest.raises(NotThere):
        second_step.renew_codes(world.officer("wulan"), seed=seed_of(world, "wulan"), at=NOW)
    assert recovery_codes.left(world.officer("wulan"), seed=seed_of(world, "wulan")) == 0
    assert not recovery_codes.use(world.officer("wulan"), "7K3M01Q9AB1DEFGH", seed=seed_of(world, "wulan"))


def test_p33_ten_wrong_codes_an_hour_and_no_more_but_a_recovery_code_lets_wulan_in(world: World) -> None:
    app = seconds.set_up(world, "wulan")
    for _ in range(second_step.MOST_TRIES):
        assert _wrong(world) == "wrong-code"
    for _ in range(3):
        with pytest.raises(TooMany):
            _take(world, app.shows(NOW))

    assert _take(world, app.codes[0]) is Kind.CODES
    assert _take(
        world,
        app.shows(NOW + datetime.timedelta(hours=1, minutes=10)),
        at=NOW + datetime.timedelta(hours=1, minutes=10),
    )


def test_right_codes_are_not_counted(world: World) -> None:
    app = seconds.set_up(world, "wulan")
    for number in range(second_step.MOST_TRIES + 2):
        later = NOW + number * STEP
        _take(world, app.shows(later), at=later)


def test_p32_neither_secret_nor_code_lies_in_the_database_and_a_swapped_row_does_not_open(world: World) -> None:
    app, rahmat = seconds.set_up(world, "wulan"), seconds.set_up(world, "rahmat")
    seed = seed_of(world, "wulan")
    rows = SecondFactor.objects.filter(officer=world.officer("wulan"))
    for row in rows:
        assert app.secret not in bytes(row.sealed)
        assert len(bytes(row.sealed)) == 1024 + 41
        assert content_of(row, seed=seed_of(world, "rahmat")) is None
        # Not under anything that the server knows by itself, either.
        assert all(content_of(row, seed=key[:32]) is None for key in settings.WISE_SUBKEYS.values())
        content = content_of(row, seed=seed)
        assert content is not None
        assert not any(code.replace("-", "") in str(content) or code in str(content) for code in app.codes)

    theirs = SecondFactor.objects.get(officer=world.officer("rahmat"), kind="totp")
    rows.filter(kind="totp").update(sealed=bytes(theirs.sealed))
    assert _wrong(world, rahmat.shows(NOW)) == "wrong-code"
    assert second_step.of(world.officer("wulan"), seed=seed)[0].name is None


def test_wulan_removes_hers_and_the_codes_go_with_the_last(world: World) -> None:
    seconds.set_up(world, "wulan")
    wulan, seed = world.officer("wulan"), seed_of(world, "wulan")
    only = seconds.only(wulan, seed=seed)
    with pytest.raises(Refused) as refused:
        second_step.remove(wulan, only, is_required=True, at=NOW)
    assert refused.value.code == "last-factor"
    with pytest.raises(NotThere):
        second_step.remove(world.officer("rahmat"), only, is_required=False, at=NOW)

    seconds.set_up(world, "wulan", name="tablet")
    assert second_step.remove(wulan, only, is_required=True, at=NOW)
    assert not second_step.remove(wulan, seconds.only(wulan, seed=seed), is_required=False, at=NOW)
    assert not SecondFactor.objects.exists()
    for missing in (only, uuid.uuid4()):
        with pytest.raises(NotThere):
            second_step.one_of(wulan, missing, seed=seed)


def test_tono_takes_it_off_wulan_is_told_once_and_nobody_takes_off_their_own(world: World) -> None:
    seconds.set_up(world, "wulan")
    wulan, tono = world.officer("wulan"), world.officer("tono")
    OfficerSession.objects.create(id="x", officer=wulan, sealed=b"", expires_at=NOW, ends_at=NOW)

    second_step.take_off(wulan, by=tono, at=NOW)

    assert not OfficerSession.objects.exists()
    assert [_sign_in().taken_off for _ in range(2)] == [True, False]
    for officer, code in ((wulan, "no-second-step"), (tono, "own-second-step")):
        with pytest.raises(Refused) as refused:
            second_step.take_off(officer, by=tono, at=NOW)
        assert refused.value.code == code
    taken = Entry.objects.get(deed="take-off-second-step")
    assert (taken.subject, taken.by, taken.facts) == (wulan.id, tono.id, {})


def _sign_in() -> admission.Arrival:
    return admission.sign_in("wulan", password=PASSPHRASE, unlock="", at=NOW)


def test_a_sign_in_stands_in_the_log_once_it_is_whole_and_a_wrong_code_as_a_failed_one(world: World) -> None:
    app = seconds.set_up(world, "wulan")
    wulan = world.officer("wulan")
    arrival = _sign_in()
    assert (arrival.row, arrival.asked, arrival.taken_off) == (wulan, True, False)
    for code in ("000000", app.codes[0], app.shows(NOW)):
        try:
            admission.take_second_step(wulan, seed=arrival.seed, code=code, at=NOW)
        except Refused:
            assert code == "000000"

    rows = Entry.objects.filter(subject=wulan.id, deed__contains="sign-in").order_by("sequence")
    assert [(row.deed, row.facts) for row in rows] == [
        ("sign-in-failed", {"second_step": True}),
        ("sign-in", {"second_step": "codes"}),
        ("sign-in", {"second_step": "totp"}),
    ]
    assert not any(code in str(Entry.objects.values_list("facts", flat=True)) for code in app.codes)


def test_a_recovered_passphrase_keeps_the_second_step(world: World) -> None:
    newcomer = joining.prepare_officer("rini", name="Rini", passphrase=PASSPHRASE)
    joining.store(newcomer)
    world.seeds[newcomer.row.id] = newcomer.seed
    secret = one_time.new_secret()
    app = seconds.App(secret)
    earlier = NOW - 4 * STEP
    second_step.add_app(newcomer.row, seed=newcomer.seed, secret=secret, code=app.shows(earlier), name="", at=earlier)

    admission.recover("rini", recovery_code=newcomer.recovery_code, new=NEW, at=NOW)

    arrival = admission.sign_in("rini", password=NEW, unlock="", at=NOW)
    assert arrival.asked
    assert second_step.take(arrival.row, seed=arrival.seed, code=app.shows(NOW), at=NOW) is Kind.TOTP
    second_step.forget(arrival.row)
    assert not admission.sign_in("rini", password=NEW, unlock="", at=NOW).asked


def test_who_needs_one_is_said_by_role(world: World, settings: Settings) -> None:
    for wanted, needed in (((), ()), (("all",), ("verifier", "")), (("custodian", "admin"), ("admin",))):
        settings.WISE_SECOND_FACTOR_ROLES = frozenset(wanted)
        assert {role for role in ("verifier", "admin", "") if second_step.required([role] if role else [])} >= {*needed}
    assert not second_step.required(["verifier"])
    assert not second_step.required([])


def _accepted(take: Callable[[], Kind]) -> bool:
    try:
        take()
    except Refused:
        return False
    return True


def test_of_many_who_come_with_one_code_at_once_exactly_one_gets_in(committed_world: World) -> None:
    app = seconds.set_up(committed_world, "wulan")
    wulan, seed = committed_world.officer("wulan"), seed_of(committed_world, "wulan")
    for code in (app.codes[0], app.shows(NOW)):

        def take(code: str = code) -> bool:
            return _accepted(lambda: second_step.take(wulan, seed=seed, code=code, at=NOW))

        assert sorted(map(str, together([take] * 6))) == ["False"] * 5 + ["True"]
    assert recovery_codes.left(wulan, seed=seed) == 9


def test_of_different_recovery_codes_at_once_each_gets_in_and_each_is_gone(committed_world: World) -> None:
    app = seconds.set_up(committed_world, "wulan")
    wulan, seed = committed_world.officer("wulan"), seed_of(committed_world, "wulan")
    takes = [functools.partial(second_step.take, wulan, seed=seed, code=code, at=NOW) for code in app.codes[:4]]

    assert together(takes) == [Kind.CODES] * 4
    assert recovery_codes.left(wulan, seed=seed) == 6


def test_who_guesses_at_once_guesses_no_more_often(committed_world: World) -> None:
    seconds.set_up(committed_world, "wulan")
    wulan, seed = committed_world.officer("wulan"), seed_of(committed_world, "wulan")

    guess = functools.partial(second_step.take, wulan, seed=seed, code="000000", at=NOW)
    refused = [type(answer) for answer in together([guess] * (second_step.MOST_TRIES + 6))]
    assert (refused.count(Refused), refused.count(TooMany)) == (second_step.MOST_TRIES, 6)
