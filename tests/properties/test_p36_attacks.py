"""P36: what somebody opens who has one thing alone: the database, the files beside it, a cookie, a passphrase."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from tests import world as cast
from tests.world import NOW, PASSPHRASE, PASSWORD, Teller, World
from wise.casework.models import Case
from wise.config.subkeys import Subkeys
from wise.crypto import boxes
from wise.crypto.errors import Unopenable
from wise.crypto.subkeys import Label
from wise.keys import directory, grants
from wise.keys.models import Grant
from wise.people import officer_sessions, seeds, sessions, signing_in, tokens
from wise.people.derivation import SIGN_IN
from wise.people.models import Officer, OfficerSession, Reporter
from wise.refusals import Refused
from wise.register import drafts
from wise.register.entry import Reply, Told
from wise.vault.deposits import Identity

MARK = "MerakHijau"
CONTENT = f"isi-{MARK}-berkas".encode()


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join(f"burung {MARK}")


@pytest.fixture
def told(world: World, sari: Teller) -> Teller:
    """A report with everything in it, and work on it."""
    told = Told(what=f"Apa {MARK}", where=f"Di {MARK}", who=f"Siapa {MARK}")
    receipt = sari.tells(
        cast.queues(
            told=told,
            files=(cast.file(CONTENT, name=f"{MARK}.jpg"),),
            identity=Identity(f"Nama {MARK}"),
            reply=Reply("letter", f"Penerima {MARK}", f"Jalan {MARK}"),
        )
    )
    world.take("verify", receipt, by="wulan")
    world.take("note", receipt, by="wulan", note=f"Catatan {MARK}")
    world.take("ask", receipt, by="wulan", text=f"Tanya {MARK}", until=NOW.date())
    sari.writes(receipt, f"Jawab {MARK}")
    assert MARK in world.read(receipt, by="wulan").told.what
    return sari


@pytest.fixture
def without_the_secret(settings: Any, tmp_path: Path) -> None:
    """A thief's own installation over the stolen rows: everything is there but the server secret."""
    secret = tmp_path / "secret"
    secret.write_text("00" * 32, encoding="ascii")
    secret.chmod(0o600)
    own = Subkeys(secret)
    assert own[Label.DATABASE] != settings.WISE_SUBKEYS[Label.DATABASE]
    settings.WISE_SUBKEYS = own


def _values() -> Iterator[bytes]:
    """Every value of every row, as it lies in the tables."""
    for model in apps.get_models():
        for row in model._default_manager.all().values_list():
            for value in row:
                yield bytes(value) if isinstance(value, bytes | bytearray | memoryview) else str(value).encode()


def test_p36_the_rows_themselves_say_nothing_that_was_told(told: Teller) -> None:
    mark = MARK.casefold().encode()
    values = [value.lower() for value in _values()]

    assert len(values) > 1000
    assert not [value for value in values if mark in value or mark.hex().encode() in value]
    for secret in (PASSWORD, PASSPHRASE, told.recovery_code):
        assert not [value for value in values if secret.encode() in value]
    assert not [value for value in _values() if told.seed in value or told.seed.hex().encode() in value]


def test_p36_nor_do_the_files_beside_them(told: Teller) -> None:
    blobs = [path for path in Path(settings.WISE_FILES_DIR).rglob("*") if path.is_file()]

    assert blobs
    for path in blobs:
        assert MARK.encode() not in path.read_bytes()
        assert MARK not in str(path)


def test_p36_a_stolen_database_is_not_guessed_at_even_with_the_right_passphrase(
    world: World, told: Teller, without_the_secret: None
) -> None:
    with pytest.raises(Refused):
        signing_in.officer("wulan", passphrase=PASSPHRASE, at=NOW)
    with pytest.raises(Refused):
        signing_in.reporter(told.pseudonym, password=PASSWORD, at=NOW)
    for officer in Officer.objects.all():
        with pytest.raises(Unopenable):
            seeds.open_with_passphrase(officer, owner=officer.id, passphrase=PASSPHRASE, lane=SIGN_IN)
    for reporter in Reporter.objects.all():
        with pytest.raises(Unopenable):
            seeds.open_with_passphrase(reporter, owner=reporter.id, passphrase=PASSWORD, lane=SIGN_IN)
        with pytest.raises(Unopenable):
            seeds.open_with_code(reporter, owner=reporter.id, recovery_code=told.recovery_code)


def test_p36_without_the_secret_no_row_of_the_directory_is_believed(
    world: World, told: Teller, without_the_secret: None
) -> None:
    with pytest.raises(directory.Altered):
        directory.check(world.unit())


def test_p36_a_cookie_without_the_server_and_its_secret_opens_neither_session_nor_draft(
    world: World, told: Teller, settings: Any, tmp_path: Path
) -> None:
    reporters, draft = told.signs_in(), drafts.begin(at=NOW, told={"what": MARK})
    store = officer_sessions.SessionStore()
    store["_auth_user_id"] = str(world.officer("wulan").id)
    store.create()
    officers = store.session_key
    assert officers is not None
    assert sessions.resume(reporters, at=NOW) is not None

    secret = tmp_path / "secret"
    secret.write_text("11" * 32, encoding="ascii")
    secret.chmod(0o600)
    settings.WISE_SUBKEYS = Subkeys(secret)

    assert sessions.resume(reporters, at=NOW) is None
    assert drafts.resume(draft.token, at=NOW) is None
    assert officer_sessions.SessionStore(officers).load() == {}
    assert not OfficerSession.objects.filter(id=tokens.row_id(officers, kind="officer")).exists()


def test_p36_the_secret_with_the_database_opens_nothing_without_somebodys_passphrase(
    world: World, told: Teller
) -> None:
    """The server switched off: all subkeys are there, and nobody's passphrase."""
    for officer in Officer.objects.all():
        for guess in ("", officer.login, officer.name, "rahasia123"):
            with pytest.raises(Unopenable):
                seeds.open_with_passphrase(officer, owner=officer.id, passphrase=guess, lane=SIGN_IN)
    kept = [bytes(key) for key in (settings.WISE_SUBKEYS[label] for label in settings.WISE_SUBKEYS)]
    case = Case.objects.get(part=1)
    for grant in Grant.objects.filter(report_id=case.report_id):
        for key in kept:
            with pytest.raises(Unopenable):
                boxes.unwrap(bytes(grant.wrapped), seed=key[:32], context=grants._context(grant, "outer"))


def test_p36_an_excluded_colleague_with_the_whole_database_in_hand_opens_no_box_of_the_case(
    world: World, sari: Teller
) -> None:
    receipt = sari.tells(cast.queues(told=Told(what=f"Apa {MARK}", where="x", who="x")))
    case = cast.case_of(receipt)
    seeds_of_rahmat = world.desk("rahmat").keyring.seeds.values()

    def opened() -> int:
        count = 0
        for seed in seeds_of_rahmat:
            for grant in Grant.objects.filter(report_id=case.report_id):
                with contextlib.suppress(Unopenable):
                    boxes.unwrap(bytes(grant.wrapped), seed=seed, context=grants._context(grant, "outer"))
                    count += 1
        return count

    assert opened() == 1
    world.take("exclude", receipt, by="wulan", note="x", excluded=frozenset({world.officer("rahmat").id}))
    assert opened() == 0
