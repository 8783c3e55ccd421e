"""The demo institution for a first start: real offices, one invented person for every role."""

import json
import os
from collections.abc import Callable
from pathlib import Path

BOARD = "demo-board-shares.json"


def build(data_dir: Path, *, progress: Callable[[str], None]) -> list[dict[str, str]]:
    """Found the institution; returns the accounts. The recovery board's shares are written beside them (0600)."""
    from django.utils import timezone

    from wise.keys import demo

    accounts, board = demo.found(at=timezone.now(), progress=progress)
    descriptor = os.open(data_dir / BOARD, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(board, file, indent=1)
    return accounts
