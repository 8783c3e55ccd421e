"""The numbered checks: each finds its mistake, says what to do, and is silent where all is well."""

from pathlib import Path

import pytest
from django.core import checks
from django.db import connection
from pytest_django import Settings

from wise.config import catalogues, env
from wise.config import checks as ours
from wise.crypto.passphrases import FLOOR, Cost


def _found() -> set[str]:
    findings = checks.run_checks(databases=["default"])
    assert all(finding.hint or finding.id == "wise.E001" for finding in findings)
    return {str(finding.id) for finding in findings}


@pytest.fixture
def sound(tmp_path: Path, settings: Settings) -> Settings:
    """A house in which all is well."""
    house = env.read({"WISE_DATA": str(tmp_path / "house"), "WISE_SECRET_FILE": str(tmp_path / "secret")})
    house.data.mkdir(mode=0o700)
    env.new_secret(house.secret_file)
    settings.ENVIRONMENT = house
    settings.WISE_DATA_DIR = house.data
    settings.WISE_ARGON2_COST = FLOOR
    settings.WISE_HTTPS = True
    settings.WISE_DEMO = False
    settings.WISE_SECOND_FACTOR_ROLES = frozenset({"all"})
    settings.ALLOWED_HOSTS = ["wise.example"]
    return settings


pytestmark = pytest.mark.django_db


def test_a_sound_house_gives_no_findings(sound: Settings) -> None:
    assert not _found()


def test_before_there_is_a_house_nothing_is_missing(sound: Settings, tmp_path: Path) -> None:
    sound.ENVIRONMENT = env.read({"WISE_DATA": str(tmp_path / "nowhere")})
    sound.WISE_DATA_DIR = tmp_path / "nowhere"

    assert not _found()


def test_e001_a_secret_that_is_missing_or_open(sound: Settings) -> None:
    sound.ENVIRONMENT.secret_file.chmod(0o640)
    assert _found() == {"wise.E001"}
    sound.ENVIRONMENT.secret_file.unlink()
    assert _found() == {"wise.E001"}


def test_w011_a_passphrase_alone_is_enough(sound: Settings) -> None:
    sound.WISE_SECOND_FACTOR_ROLES = frozenset()
    assert _found() == {"wise.W011"}
    sound.WISE_SECOND_FACTOR_ROLES = frozenset({"custodian"})
    assert not _found()


def test_e002_derivations_that_cost_too_little(sound: Settings) -> None:
    sound.WISE_ARGON2_COST = Cost(memory_kib=FLOOR.memory_kib - 1, passes=FLOOR.passes)
    assert _found() == {"wise.E002"}


def test_w001_a_secret_beside_the_data(sound: Settings, tmp_path: Path) -> None:
    sound.ENVIRONMENT = env.read({"WISE_DATA": str(tmp_path / "house")})
    env.new_secret(sound.ENVIRONMENT.secret_file)
    assert _found() == {"wise.W001"}


def test_w002_a_folder_others_can_look_into(sound: Settings) -> None:
    sound.WISE_DATA_DIR.chmod(0o755)
    assert _found() == {"wise.W002"}


def test_w003_a_disk_that_is_almost_full(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "_ENOUGH_BYTES", 10**18)
    assert _found() == {"wise.W003"}


def test_w004_cookies_without_https(sound: Settings) -> None:
    sound.WISE_HTTPS = False
    assert _found() == {"wise.W004"}
    sound.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "abc.onion"]
    assert not _found()


def test_w005_any_host_name(sound: Settings) -> None:
    sound.ALLOWED_HOSTS = ["*"]
    assert _found() == {"wise.W005"}


def test_w006_a_demonstration_that_strangers_can_reach(sound: Settings) -> None:
    sound.WISE_DEMO = True
    assert _found() == {"wise.W006"}


def test_w007_catalogues_that_are_not_compiled(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "sources", lambda: [Path("/nowhere/django.po")])
    assert _found() == {"wise.W007"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="says something about PostgreSQL")
def test_postgresql_is_asked_for_its_age_and_its_way_here(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "_OLDEST_POSTGRES", 99_00_00)
    monkeypatch.setitem(connection.settings_dict, "HOST", "db.example")
    assert _found() == {"wise.E005", "wise.W008"}


def test_w010_a_scanner_that_does_not_answer(sound: Settings, tmp_path: Path) -> None:
    sound.WISE_CLAMD = str(tmp_path / "nobody")
    assert _found() == {"wise.W010"}
