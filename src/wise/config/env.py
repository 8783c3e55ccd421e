"""What the environment says, read once and typed; the server secret itself lives in a file, never in here."""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from wise.people import oidc
from wise.people.kinds import Role
from wise.people.oidc import Provider

SECRET_BYTES = 32
_YES = frozenset({"1", "true", "yes", "on"})
_ALL, _NONE = "all", "none"
_NO = frozenset({"", "0", "false", "no", "off"})


class BadEnvironmentError(Exception):
    """The environment cannot be used as it is; the one argument is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables WISE_… as values."""

    data: Path
    secret_file: Path
    database_url: str
    https: bool
    hosts: tuple[str, ...]
    onion: str
    demo: bool
    address: str
    employers: tuple[str, ...]
    clamd: str
    second_factor_roles: frozenset[str]
    institution: Provider | None

    @property
    def sqlite_file(self) -> Path:
        """The embedded database; used where `database_url` is empty."""
        return self.data / "wise.sqlite3"

    @property
    def files(self) -> Path:
        """Where sealed attachments lie."""
        return self.data / "files"


def read(variables: Mapping[str, str]) -> Environment:
    """Read the environment; raise `BadEnvironmentError` for a value that makes no sense."""
    data = Path(variables.get("WISE_DATA") or "var").absolute()
    return Environment(
        data=data,
        secret_file=Path(variables.get("WISE_SECRET_FILE") or data / "secret").absolute(),
        database_url=variables.get("WISE_DATABASE_URL", ""),
        https=_flag(variables, "WISE_HTTPS"),
        hosts=_listed(variables.get("WISE_HOSTS", "")),
        onion=variables.get("WISE_ONION", "").strip().removeprefix("http://").rstrip("/"),
        demo=_flag(variables, "WISE_DEMO"),
        address=_address(variables),
        employers=_listed(variables.get("WISE_EMPLOYERS", "go.id").casefold()),
        clamd=_clamd(variables.get("WISE_CLAMD", "").strip()),
        second_factor_roles=_second_factor_roles(variables),
        institution=_institution(variables),
    )


def _second_factor_roles(variables: Mapping[str, str]) -> frozenset[str]:
    """Whose sign-in has a second step; without a word everybody's, and nobody's in a demonstration."""
    default = _NONE if _flag(variables, "WISE_DEMO") else _ALL
    given = variables.get("WISE_SECOND_FACTOR_ROLES", "").strip().lower() or default
    names = frozenset(name.strip() for name in given.split(",") if name.strip())
    if names == {_NONE}:
        return frozenset()
    unknown = sorted(names - {_ALL, *Role})
    if unknown:
        message = (
            f"WISE_SECOND_FACTOR_ROLES must be “all”, “none”, or roles with commas between them; “{unknown[0]}” is"
            f" none of {', '.join(Role)}."
        )
        raise BadEnvironmentError(message)
    return names


def _address(variables: Mapping[str, str]) -> str:
    """Where everybody reaches this WiSe: it stands on letters. Without one, the first host's."""
    given = variables.get("WISE_ADDRESS", "").strip().rstrip("/")
    if given and not given.startswith(("https://", "http://")):
        message = f"WISE_ADDRESS must begin with https:// (or http://), not “{given}”."
        raise BadEnvironmentError(message)
    host = variables.get("WISE_HOSTS", "").split(",")[0].strip().lstrip("*.") or "localhost"
    return given or f"{'https' if _flag(variables, 'WISE_HTTPS') else 'http'}://{host}"


def _clamd(given: str) -> str:
    """Where the scanner for malicious software listens; empty where there is none."""
    host, colon, port = given.rpartition(":")
    if given and not given.startswith("/") and not (host and colon and port.isascii() and port.isdigit()):
        message = f"WISE_CLAMD must be host:port or the path of a socket, not “{given}”."
        raise BadEnvironmentError(message)
    return given


def _institution(variables: Mapping[str, str]) -> Provider | None:
    """The institution's own sign-in, where the operator entered one."""
    issuer = variables.get("WISE_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    if not oidc.is_safe(issuer):
        message = f"WISE_OIDC_ISSUER must begin with https://, not “{issuer}”."
        raise BadEnvironmentError(message)
    missing = [
        name for name in ("WISE_OIDC_CLIENT", "WISE_OIDC_SECRET_FILE", "WISE_ADDRESS") if not variables.get(name)
    ]
    if missing:
        message = f"With WISE_OIDC_ISSUER, {missing[0]} is needed too: see docs/operate/settings.md."
        raise BadEnvironmentError(message)
    path = Path(variables["WISE_OIDC_SECRET_FILE"])
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        message = f"WISE_OIDC_SECRET_FILE: {path} cannot be read as text; check that it is there and who owns it."
        raise BadEnvironmentError(message) from None
    name = variables.get("WISE_OIDC_NAME", "").strip() or urlsplit(issuer).hostname or issuer
    return Provider(issuer, variables["WISE_OIDC_CLIENT"], secret, name)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _flag(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "").strip().lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    message = f"{name} must be 1 or 0, not “{value}”."
    raise BadEnvironmentError(message)


def new_secret(path: Path) -> None:
    """Write a new server secret, readable by its owner alone. An existing file is never touched."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(SECRET_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())


def secret_in(path: Path) -> bytes:
    """The server secret, or one sentence on why it cannot be used."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii").strip()
        secret = bytes.fromhex(text)
    except FileNotFoundError:
        message = f"The server secret {path} is missing: run “wise init”, or restore it from the paper copy."
        raise BadEnvironmentError(message) from None
    except OSError as error:
        message = f"The server secret {path} cannot be read ({error.strerror}): check who owns it."
        raise BadEnvironmentError(message) from None
    except ValueError:
        message = f"The server secret {path} is damaged: restore it from the paper copy."
        raise BadEnvironmentError(message) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"The server secret {path} can be read by others: run “chmod 600 {path}”."
        raise BadEnvironmentError(message)
    if len(secret) != SECRET_BYTES:
        message = f"The server secret {path} is damaged: restore it from the paper copy."
        raise BadEnvironmentError(message)
    return secret
