"""Which database: the embedded encrypted file, or PostgreSQL by its address."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from wise.config.env import BadEnvironmentError, Environment

_LONGEST_WAIT = 10_000  # milliseconds
_POOL = {"min_size": 1, "max_size": 12, "timeout": 10.0}


def settings_for(environment: Environment) -> dict[str, Any]:
    """Django's settings for the one database."""
    if environment.database_url:
        return postgres(environment.database_url)
    return {
        "ENGINE": "wise.config.sqlite",
        "NAME": environment.sqlite_file,
        # Between two requests connections lie in a pool; a writer waits at most this many seconds in line.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"timeout": 10.0},
    }


def postgres(url: str) -> dict[str, Any]:
    """Settings from postgres://user:password@host:port/name?option=value; a socket's folder may stand in `host=`."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        message = "WISE_DATABASE_URL must look like postgres://user:password@host:5432/database."
        raise BadEnvironmentError(message)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    # Nobody waits for a lock without end: after this long a page says so, as with the embedded database.
    options["options"] = f"-c lock_timeout={_LONGEST_WAIT} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, "pool": _POOL},
    }
