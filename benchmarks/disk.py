"""Looking over the server's shoulder while files go up: memory that grows, and plaintext that should not be there."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from benchmarks.house import House

MARK = b"TANDA-RAHASIA-TIDAK-BOLEH-ADA-DI-CAKRAM-"
_EVERY = 0.005


def marked(size: int) -> bytes:
    """A text that carries the mark in every 4 KiB, so that no block of it could rest on a disk unseen."""
    block = MARK + os.urandom(2048).hex().encode()[: 4096 - len(MARK)]
    return (block * (size // len(block) + 1))[:size]


def holds_mark(path: Path, mark: bytes = MARK) -> bool:
    """Whether a file has the mark in it."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        before = b""
        while chunk := file.read(1 << 20):
            if mark in before + chunk:
                return True
            before = chunk[-len(mark) :]
    return False


def files_of(house: House) -> Iterator[Path]:
    """Every file below the data folder, and every file that the server has open, also one without a name."""
    yield from (path for path in house.folder.rglob("*") if path.is_file())
    for pid in house.pids():
        with contextlib.suppress(OSError):
            yield from (path for path in Path(f"/proc/{pid}/fd").iterdir() if str(path.readlink()).startswith("/"))


class Watch:
    """While it is open: the largest memory of a worker beyond what it had, and how often the mark was met."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._over = threading.Event()
        self._before: dict[int, float] = {}
        self._most: dict[int, float] = {}
        self.found = 0

    @property
    def growth(self) -> float:
        """Megabytes."""
        return max((most - self._before.get(pid, most) for pid, most in self._most.items()), default=0.0)

    def __enter__(self) -> Self:
        self._before = self._house.memory()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self.found += sum(holds_mark(path) for path in files_of(self._house))

    def _look(self) -> None:
        while not self._over.is_set():
            for pid, megabytes in self._house.memory().items():
                self._most[pid] = max(self._most.get(pid, 0.0), megabytes)
            time.sleep(_EVERY)
