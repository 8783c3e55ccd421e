"""The environment is read once, and what makes no sense is said in one sentence."""

import stat
from pathlib import Path

import pytest

from wise.config import database, env
from wise.config.subkeys import Subkeys
from wise.crypto.subkeys import Label
from wise.people.oidc import Provider


def test_an_empty_environment_is_a_house_in_var_with_the_embedded_database() -> None:
    house = env.read({})

    assert house.data == Path("var").absolute()
    assert house.secret_file == house.data / "secret"
    assert house.sqlite_file == house.data / "wise.sqlite3"
    assert house.files == house.data / "files"
    assert (house.https, house.demo, house.hosts, house.onion) == (False, False, (), "")
    assert house.employers == ("go.id",)
    assert database.settings_for(house)["ENGINE"] == "wise.config.sqlite"


def test_what_tono_sets_is_taken() -> None:
    house = env.read(
        {
            "WISE_DATA": "/srv/wise",
            "WISE_SECRET_FILE": "/etc/wise/secret",
            "WISE_HTTPS": "1",
            "WISE_HOSTS": "wise.example, pengaduan.example",
            "WISE_ONION": "http://abc.onion/",
            "WISE_DEMO": "no",
            "WISE_CLAMD": " /run/clamav/clamd.ctl ",
            "WISE_EMPLOYERS": "Kemenkeu.go.id, pajak.go.id",
        }
    )

    assert house.secret_file == Path("/etc/wise/secret")
    assert (house.https, house.demo) == (True, False)
    assert house.hosts == ("wise.example", "pengaduan.example")
    assert house.onion == "abc.onion"
    assert house.employers == ("kemenkeu.go.id", "pajak.go.id")
    assert house.clamd == "/run/clamav/clamd.ctl"


@pytest.mark.parametrize("address", ["localhost:3310", "[::1]:3310"])
def test_a_scanner_can_be_on_a_port(address: str) -> None:
    assert env.read({"WISE_CLAMD": address}).clamd == address


@pytest.mark.parametrize("address", ["clamd", ":3310", "localhost:", "localhost:clamd", "run/clamd.ctl"])
def test_a_scanner_that_cannot_be_found_is_said_to_be_none(address: str) -> None:
    with pytest.raises(env.BadEnvironmentError, match="WISE_CLAMD must be host:port"):
        env.read({"WISE_CLAMD": address})


def test_everybody_needs_a_second_step_but_in_a_demonstration() -> None:
    def roles(**given: str) -> frozenset[str]:
        return env.read(given).second_factor_roles

    assert roles() == {"all"}
    assert roles(WISE_DEMO="1") == roles(WISE_SECOND_FACTOR_ROLES=" None ") == frozenset()
    assert roles(WISE_DEMO="1", WISE_SECOND_FACTOR_ROLES="all") == {"all"}
    assert roles(WISE_SECOND_FACTOR_ROLES="custodian, unit_head") == {"custodian", "unit_head"}
    for wrong in ("custodiann", "none,custodian"):
        with pytest.raises(env.BadEnvironmentError, match="is none of front_desk, "):
            roles(WISE_SECOND_FACTOR_ROLES=wrong)


def test_a_flag_is_yes_or_no() -> None:
    with pytest.raises(env.BadEnvironmentError, match="WISE_HTTPS must be 1 or 0"):
        env.read({"WISE_HTTPS": "maybe"})


def test_the_institutions_sign_in_is_named_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "oidc").write_text("rahasia\n")
    named = {
        "WISE_OIDC_ISSUER": "https://masuk.kemenkeu.example",
        "WISE_OIDC_CLIENT": "wise",
        "WISE_OIDC_SECRET_FILE": str(tmp_path / "oidc"),
        "WISE_ADDRESS": "https://wise.example",
    }

    house = env.read(named)

    assert env.read({}).institution is None
    assert house.institution == Provider("https://masuk.kemenkeu.example", "wise", "rahasia", "masuk.kemenkeu.example")
    named_too = env.read(named | {"WISE_OIDC_NAME": "Akun Kemenkeu"}).institution
    assert named_too is not None
    assert named_too.name == "Akun Kemenkeu"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"WISE_OIDC_ISSUER": "http://masuk.kemenkeu.example"}, "must begin with https://"),
        ({"WISE_OIDC_CLIENT": ""}, "WISE_OIDC_CLIENT is needed too"),
        ({"WISE_ADDRESS": ""}, "WISE_ADDRESS is needed too"),
        ({"WISE_OIDC_SECRET_FILE": "/nowhere"}, "/nowhere cannot be read"),
    ],
)
def test_half_a_sign_in_of_the_institution_is_refused(change: dict[str, str], said: str) -> None:
    named = {
        "WISE_OIDC_ISSUER": "https://masuk.kemenkeu.example",
        "WISE_OIDC_CLIENT": "wise",
        "WISE_OIDC_SECRET_FILE": __file__,
        "WISE_ADDRESS": "https://wise.example",
    }
    with pytest.raises(env.BadEnvironmentError, match=said):
        env.read(named | change)


def test_postgresql_is_named_by_its_address() -> None:
    house = env.read({"WISE_DATABASE_URL": "postgres://wi%40se:s%2Fecret@db.example:6432/complaints?sslmode=require"})

    settings = database.settings_for(house)

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("wi@se", "s/ecret")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "6432", "complaints")
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["pool"]
    assert settings["OPTIONS"]["options"] == "-c lock_timeout=10000"
    own = database.postgres("postgres://db.example/wise?options=-c%20statement_timeout%3D60000")
    assert own["OPTIONS"]["options"] == "-c lock_timeout=10000 -c statement_timeout=60000"
    assert database.postgres("postgresql:///wise?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("url", ["mysql://localhost/wise", "postgres://localhost", "wise"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(env.BadEnvironmentError, match="WISE_DATABASE_URL must look like"):
        database.postgres(url)


def test_a_new_secret_is_readable_by_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    env.new_secret(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(env.secret_in(path)) == env.SECRET_BYTES
    with pytest.raises(FileExistsError):
        env.new_secret(path)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    env.new_secret(path)
    path.chmod(0o640)

    with pytest.raises(env.BadEnvironmentError, match="chmod 600"):
        env.secret_in(path)


@pytest.mark.parametrize("text", ["", "zz" * 32, "ab" * 31])
def test_a_damaged_secret_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secret"
    path.touch(mode=0o600)
    path.write_text(text)

    with pytest.raises(env.BadEnvironmentError, match="damaged"):
        env.secret_in(path)


def test_a_missing_secret_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(env.BadEnvironmentError, match="is missing"):
        env.secret_in(tmp_path / "secret")
    with pytest.raises(env.BadEnvironmentError, match="cannot be read"):
        env.secret_in(tmp_path)


def test_each_label_has_a_key_of_its_own(tmp_path: Path) -> None:
    env.new_secret(tmp_path / "secret")
    keys = Subkeys(tmp_path / "secret")

    assert len({keys[label] for label in keys}) == len(keys) == len(Label)
    assert len(keys[Label.DATABASE]) == 48
    assert len(keys[Label.PEPPER]) == 32
