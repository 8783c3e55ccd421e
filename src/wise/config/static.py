"""Style sheets and pictures: addressed with a digest of what is in them, so that a browser may keep them a year."""

import functools
import hashlib
from pathlib import Path
from typing import override

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStorage(StaticFilesStorage):
    """Served where they lie in the packages: nothing to collect at installation or at start."""

    @override
    def url(self, name: str | None) -> str:
        address: str = super().url(name)
        return f"{address}?v={_digest(name)}" if name else address


@functools.cache
def _digest(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        message = f"there is no static file {name}"
        raise FileNotFoundError(message)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
