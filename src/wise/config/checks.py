"""Numbered checks of the set-up, each with a hint; `wise check` prints them (docs/operate lists them).

E: it must not run like this. W: it runs, but a promise is weaker than it should be.
"""

import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from wise.config import catalogues, env
from wise.crypto.passphrases import FLOOR
from wise.files import clamd

_ENOUGH_BYTES = 1024**3
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LOOPBACK_NAMES = frozenset({"localhost", "testserver"})
_OLDEST_POSTGRES = 15_00_00


def finding(tag: str) -> Callable[[Callable[[], Iterator[checks.CheckMessage]]], Any]:
    """Register a check that yields what it finds."""

    def register(check: Callable[[], Iterator[checks.CheckMessage]]) -> Any:
        def run(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001
            return list(check())

        return checks.register(run, tag)

    return register


@finding("security")
def secret() -> Iterator[checks.CheckMessage]:
    """The server secret."""
    path = settings.ENVIRONMENT.secret_file
    if not path.exists() and not settings.WISE_DATA_DIR.exists():
        return  # no house yet: nothing to look at
    try:
        env.secret_in(path)
    except env.BadEnvironmentError as error:
        yield checks.Error(str(error), id="wise.E001")
    if not settings.WISE_DEMO and settings.WISE_DATA_DIR in path.parents:
        yield checks.Warning(
            "The server secret lies in the data folder, where a backup of the folder takes it along.",
            hint="Move it elsewhere and name the place in WISE_SECRET_FILE.",
            id="wise.W001",
        )


@finding("security")
def folders() -> Iterator[checks.CheckMessage]:
    """The data folder."""
    data = settings.WISE_DATA_DIR
    if not data.exists():
        return
    if data.stat().st_mode & _OTHERS:
        yield checks.Warning(
            f"Other users of this machine can look into {data}.", hint=f"Run “chmod 700 {data}”.", id="wise.W002"
        )
    if shutil.disk_usage(data).free < _ENOUGH_BYTES:
        yield checks.Warning(
            f"Less than 1 GB is free for {data}.",
            hint="Make room before reports are answered with “please try again later”.",
            id="wise.W003",
        )


@finding("security")
def network() -> Iterator[checks.CheckMessage]:
    """Who can come here, and how."""
    public = [host for host in settings.ALLOWED_HOSTS if not _is_local(host)]
    if public and not settings.WISE_HTTPS:
        yield checks.Warning(
            "Pages can be asked for from elsewhere, and cookies are not bound to HTTPS.",
            hint="Put a TLS proxy in front and set WISE_HTTPS=1.",
            id="wise.W004",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield checks.Warning(
            "Requests for any host name are answered.", hint="Name the hosts in WISE_HOSTS.", id="wise.W005"
        )
    if public and settings.WISE_DEMO:
        yield checks.Warning(
            "This is a demonstration: its passwords stand in a file, and it can be reached from elsewhere.",
            hint="Use a new data folder and WISE_DEMO=0 for a real institution.",
            id="wise.W006",
        )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in _LOOPBACK_NAMES or host.endswith(".onion")


@finding("security")
def scanner() -> Iterator[checks.CheckMessage]:
    """The scanner for malicious software, where there is one."""
    if settings.WISE_CLAMD and not clamd.answers(settings.WISE_CLAMD):
        yield checks.Warning(
            "The scanner for malicious software does not answer: files are taken, and marked as not scanned.",
            hint="Start clamd, or correct WISE_CLAMD.",
            id="wise.W010",
        )


@finding("security")
def strength() -> Iterator[checks.CheckMessage]:
    """What a derivation costs who guesses."""
    cost = settings.WISE_ARGON2_COST
    if cost.memory_kib < FLOOR.memory_kib or cost.passes < FLOOR.passes:
        yield checks.Error(
            "Passwords are derived too cheaply to withstand guessing.",
            hint="Remove WISE_ARGON2_COST from your settings.",
            id="wise.E002",
        )


@finding("security")
def second_step() -> Iterator[checks.CheckMessage]:
    """What officers are asked for beside the passphrase."""
    if not settings.WISE_SECOND_FACTOR_ROLES and not settings.WISE_DEMO:
        yield checks.Warning(
            "No role requires a second step: whoever learns an officer's passphrase can sign in from anywhere.",
            hint="Set WISE_SECOND_FACTOR_ROLES=all.",
            id="wise.W011",
        )


@finding("translation")
def translations() -> Iterator[checks.CheckMessage]:
    """The catalogues."""
    late = [path for path in catalogues.sources() if not path.with_suffix(".mo").exists()]
    if late:
        yield checks.Warning(
            f"{len(late)} catalogues are not compiled: pages would be in English where Indonesian was asked for.",
            hint="Start once with “wise up” or “wise init” as somebody who may write to the program's folder.",
            id="wise.W007",
        )


@checks.register("database")
def postgres(
    app_configs: Sequence[Any] | None = None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[checks.CheckMessage]:
    """PostgreSQL, where it is used: its age and its way here."""
    if not databases or connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            version = cursor.fetchone()[0]
            cursor.execute("SELECT coalesce(bool_or(ssl), false) FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            encrypted = cursor.fetchone()[0]
    except DatabaseError:
        return [checks.Error("The database does not answer.", hint="Check WISE_DATABASE_URL.", id="wise.E004")]
    found: list[checks.CheckMessage] = []
    if version < _OLDEST_POSTGRES:
        found.append(checks.Error("PostgreSQL is older than 15.", hint="Upgrade it.", id="wise.E005"))
    host = connection.settings_dict["HOST"]
    if not encrypted and host and not host.startswith("/") and not _is_local(host):
        found.append(
            checks.Warning(
                "The way to PostgreSQL is not encrypted.", hint="Add ?sslmode=verify-full to the URL.", id="wise.W008"
            )
        )
    return found
