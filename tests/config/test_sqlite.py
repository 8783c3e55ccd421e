"""The embedded database: encrypted, queued, and lost for nobody who was told that it is stored."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.db.models import F
from django.test import override_settings

from wise.config import env
from wise.config.sqlite.pool import MOST_IDLE, Pool, pool_for
from wise.config.sqlite.writers import WriterQueue
from wise.config.subkeys import Subkeys
from wise.crypto.subkeys import Label

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="says something about the embedded database")


def _pool() -> Pool:
    return pool_for(Path(connection.settings_dict["NAME"]))


def _in_threads(work: Callable[[int], None], *, count: int) -> None:
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@pytest.mark.django_db(transaction=True)
def test_what_wulan_stores_stands_on_the_disk_in_no_readable_form() -> None:
    ContentType.objects.create(app_label="MARKER-MARKER", model="x")

    folder = Path(connection.settings_dict["NAME"]).parent
    for file in folder.glob("test*.sqlite3*"):
        stored = file.read_bytes()
        assert b"MARKER" not in stored
        assert not stored.startswith(b"SQLite format 3")


@pytest.mark.django_db(transaction=True)
def test_the_key_stands_in_no_setting_and_no_error() -> None:
    key = connection.settings_dict.__repr__() + repr(connection.get_connection_params())

    assert settings.WISE_SUBKEYS[Label.DATABASE].hex() not in key
    assert repr(settings.WISE_SUBKEYS) == "<the subkeys>"


@pytest.mark.django_db(transaction=True)
def test_a_commit_is_on_the_disk_before_it_is_told() -> None:
    with connection.cursor() as cursor:
        told = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "mmap_size", "cipher_page_size"):
            cursor.execute(f"PRAGMA {name}")
            told[name] = str((cursor.fetchone() or ["0"])[0])
    assert told == {
        "journal_mode": "wal",
        "synchronous": "2",
        "foreign_keys": "1",
        "secure_delete": "1",
        "mmap_size": "0",
        "cipher_page_size": "4096",
    }


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_at_once_lose_nothing_in_transactions_and_outside() -> None:
    counter = ContentType.objects.create(app_label="counter", model="0")

    def write(number: int) -> None:
        for turn in range(10):
            with transaction.atomic():
                row = ContentType.objects.get(id=counter.id)
                row.model = str(int(row.model) + 1)
                row.save()
                with transaction.atomic():
                    ContentType.objects.create(app_label=f"inside-{number}", model=str(turn))
            ContentType.objects.create(app_label=f"outside-{number}", model=str(turn))
            ContentType.objects.filter(app_label=f"outside-{number}", model=str(turn)).update(model=F("model"))

    _in_threads(write, count=16)

    assert ContentType.objects.get(id=counter.id).model == "160"
    assert ContentType.objects.filter(app_label__startswith="inside-").count() == 160
    assert ContentType.objects.filter(app_label__startswith="outside-").count() == 160


@pytest.mark.django_db(transaction=True)
def test_reading_waits_for_no_writer() -> None:
    ContentType.objects.create(app_label="before", model="x")
    writing, done = threading.Event(), threading.Event()

    def write(_: int) -> None:
        with transaction.atomic():
            ContentType.objects.create(app_label="during", model="x")
            writing.set()
            assert done.wait(5)

    thread = threading.Thread(target=_in_threads, args=(write,), kwargs={"count": 1})
    thread.start()
    try:
        assert writing.wait(5)
        begun = time.monotonic()
        assert ContentType.objects.filter(app_label="before").exists()
        assert not ContentType.objects.filter(app_label="during").exists()
        assert time.monotonic() - begun < 1
    finally:
        done.set()
        thread.join()


def _store_and_fail() -> None:
    ContentType.objects.create(app_label="gone", model="x")
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_given_up_after_every_kind_of_failure() -> None:
    ContentType.objects.create(app_label="once", model="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        ContentType.objects.create(app_label="once", model="x")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _store_and_fail()
    with pytest.raises(IntegrityError):
        ContentType.objects.create(app_label="once", model="x")
    with transaction.atomic():
        ContentType.objects.create(app_label="closed", model="x")
        connection.close()

    def write_after(_: int) -> None:
        ContentType.objects.create(app_label="after", model="x")

    _in_threads(write_after, count=1)

    assert set(ContentType.objects.filter(model="x").values_list("app_label", flat=True)) == {"once", "after"}


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_cannot_begin_gives_its_turn_back() -> None:
    def begin_within_another() -> None:
        with transaction.atomic():
            pass

    connection.ensure_connection()
    connection.connection.execute("BEGIN")
    with pytest.raises(OperationalError, match="within a transaction"):
        begin_within_another()
    connection.connection.execute("ROLLBACK")

    begin_within_another()


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_is_told_that_the_database_is_locked() -> None:
    def hurry(_: int) -> None:
        connection.settings_dict["OPTIONS"]["timeout"] = 0.1
        connection.connect()
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            pass
        with pytest.raises(OperationalError, match="locked"):
            ContentType.objects.create(app_label="late", model="x")

    before = connection.settings_dict["OPTIONS"]["timeout"]
    try:
        with transaction.atomic():
            _in_threads(hurry, count=1)
    finally:
        connection.settings_dict["OPTIONS"]["timeout"] = before


@pytest.mark.django_db(transaction=True)
def test_another_secret_does_not_open_the_database(tmp_path: Path) -> None:
    env.new_secret(tmp_path / "other")
    connection.close()
    _pool().close()
    with override_settings(WISE_SUBKEYS=Subkeys(tmp_path / "other")), pytest.raises(Exception, match="not a database"):
        connection.ensure_connection()


@pytest.mark.django_db(transaction=True)
def test_the_connection_used_last_serves_the_next_request_with_its_warm_cache() -> None:
    connection.ensure_connection()
    mine = connection.connection
    connection.close()
    used: list[object] = []

    def ask(_: int) -> None:
        connection.ensure_connection()
        used.append(connection.connection)

    _in_threads(ask, count=1)
    connection.ensure_connection()

    assert used == [mine]
    assert connection.connection is mine


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_met_an_error_is_not_handed_on() -> None:
    connection.ensure_connection()
    mine = connection.connection
    with pytest.raises(OperationalError):
        connection.cursor().execute("SELECT nonsense")
    connection.close()

    connection.ensure_connection()

    assert connection.connection is not mine


@pytest.mark.django_db(transaction=True)
def test_after_a_burst_only_a_few_connections_stay_open() -> None:
    together, used = threading.Barrier(MOST_IDLE + 4), list[object]()

    def ask(_: int) -> None:
        connection.ensure_connection()
        together.wait(10)
        used.append(connection.connection)

    _in_threads(ask, count=MOST_IDLE + 4)

    assert len(set(used)) == MOST_IDLE + 4
    pool = _pool()
    assert len(pool._idle) == MOST_IDLE
    _pool().close()
    assert pool._idle == []


def test_a_connection_to_a_file_that_was_replaced_is_not_used(tmp_path: Path) -> None:
    class Idle:
        closed = False

        def close(self) -> None:
            self.closed = True

    place, idle = tmp_path / "database", Idle()
    place.touch()
    pool = Pool(place)
    pool.give_back(idle)
    (tmp_path / "other").touch()
    (tmp_path / "other").rename(place)

    assert pool.take() is None
    assert idle.closed
    place.unlink()
    another = Idle()
    pool.give_back(another)
    assert another.closed


_WRITER = """
    import os, sys
    os.environ["WISE_DATA"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "wise.config.settings"
    import django
    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    for turn in range(int(sys.argv[3])):
        with transaction.atomic():
            row = ContentType.objects.get(app_label="counter")
            row.model = str(int(row.model) + 1)
            row.save(update_fields=["model"])
            ContentType.objects.create(app_label=sys.argv[2], model=str(turn))
        print(turn, flush=True)
"""


def _writer(house: Path, name: str, *, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_WRITER), str(house), name, str(turns)],
        stdout=subprocess.PIPE,
        text=True,
    )


_COUNT = """
    import os, sys
    os.environ["WISE_DATA"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "wise.config.settings"
    import django
    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    if len(sys.argv) > 2:
        ContentType.objects.create(app_label="counter", model="0")
    print(ContentType.objects.get(app_label="counter").model)
    for row in ContentType.objects.exclude(app_label="counter"):
        print(row.app_label, row.model)
    print(connection.cursor().execute("PRAGMA integrity_check").fetchone()[0])
"""


def _count(house: Path, *more: str) -> list[str]:
    command = [sys.executable, "-c", textwrap.dedent(_COUNT), str(house), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def _house(folder: Path) -> Path:
    house = folder / "house"
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "wise.config.settings", "WISE_DEMO": "0"}
    command = [sys.executable, "-m", "wise.console", "init", "--data", str(house)]
    subprocess.run(command, check=True, capture_output=True, env=variables)
    _count(house, "make")
    return house


def test_four_processes_at_once_lose_nothing_even_when_one_is_killed(tmp_path: Path) -> None:
    house = _house(tmp_path)
    victim = _writer(house, "victim", turns=100_000)
    others = [_writer(house, f"writer-{number}", turns=40) for number in range(3)]
    assert victim.stdout is not None
    for _ in range(20):
        told = victim.stdout.readline()
    victim.send_signal(signal.SIGKILL)
    told = (victim.stdout.read().split() or [told])[-1]
    victim.stdout.close()
    victim.wait()
    for writer in others:
        writer.communicate(timeout=60)
        assert writer.returncode == 0

    counter, *rows, intact = _count(house)

    assert intact == "ok"
    victims = [row for row in rows if row.startswith("victim ")]
    assert f"victim {int(told)}" in victims
    assert sum(row.startswith("writer-") for row in rows) == 120
    assert int(counter) == 120 + len(victims)


_HOLDER = """
    import sys, time
    from pathlib import Path
    from wise.config.sqlite.writers import WriterQueue
    queue = WriterQueue(Path(sys.argv[1]))
    for _ in range(50):
        queue.enter(limit=5)
        print("in", flush=True)
        time.sleep(0.05)
        queue.leave()
"""


def test_a_busy_process_does_not_overtake_one_that_waits(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_HOLDER), str(tmp_path / "db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        queue = WriterQueue(tmp_path / "db")
        begun = time.monotonic()

        for _ in range(5):
            queue.enter(limit=5)
            queue.leave()

        # Five turns of the busy process, not fifty, lie between these.
        assert 0.05 < time.monotonic() - begun < 1
        busy.kill()


def test_who_waits_for_another_process_too_long_is_told_and_leaves_the_line_in_order(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_HOLDER), str(tmp_path / "db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        queue = WriterQueue(tmp_path / "db")

        with pytest.raises(OperationalError, match="locked"):
            queue.enter(limit=0.001)

        queue.enter(limit=5)
        queue.leave()
        busy.kill()


def test_a_folder_that_is_gone_leaves_the_line_in_order(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "house" / "db")
    with pytest.raises(FileNotFoundError):
        queue.enter(limit=1)

    (tmp_path / "house").mkdir()
    queue.enter(limit=1)
    queue.leave()


@pytest.mark.django_db(transaction=True)
def test_names_in_statements_are_understood_as_django_writes_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(one)s, '%%'", {"one": 1})
        assert cursor.fetchone() == (1, "%")
        cursor.executemany(
            "INSERT INTO django_content_type (app_label, model) VALUES (%(a)s, %(m)s)",
            [{"a": "many", "m": str(number)} for number in range(3)],
        )
        cursor.executemany("UPDATE django_content_type SET model = model WHERE app_label = %s", [("many",)])
        cursor.execute("PRAGMA user_version")
    assert ContentType.objects.filter(app_label="many").count() == 3
    assert connection.connection.getlimit(sqlite3.SQLITE_LIMIT_COLUMN) == 2000
