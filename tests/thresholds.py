"""A pytest plugin for the last run: how much of each room the tests reach, and how much they must.

In per cent of statements and branches together; what may be left out stands in pyproject.toml with its reason.
"""

from collections.abc import Iterable
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[1] / "src" / "wise"
MUST = {"crypto": 100.0, "keys": 100.0, "audit": 100.0, "register": 100.0, "casework": 95.0, "": 95.0}


def shortfalls(files: Iterable[tuple[Path, int, int]]) -> list[str]:
    """Say for each room that falls short what it reaches; `files` are (path, reached, of how many)."""
    counted = list(files)
    lines = []
    for room, must in MUST.items():
        mine = [(reached, total) for path, reached, total in counted if path.is_relative_to(ROOT / room)]
        total = sum(total for _, total in mine)
        per_cent = 100.0 * sum(reached for reached, _ in mine) / total if total else 100.0
        if per_cent < must:
            lines.append(f"tests reach {per_cent:.2f} % of wise/{room}, and must reach {must:g} %")
    return lines


def _measured() -> list[tuple[Path, int, int]]:
    data = coverage.Coverage()
    data.load()
    found = []
    for name in data.get_data().measured_files():
        path = Path(name)
        if "migrations" in path.parts or not path.exists():
            continue
        numbers = data._analyze(name).numbers
        reached, total = numbers.ratio_covered
        found.append((path, reached, total))
    return found


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where a room falls short."""
    if hasattr(session.config, "workerinput") or session.exitstatus != pytest.ExitCode.OK:
        return
    lines = shortfalls(_measured())
    session.config.stash[_LINES] = lines
    if lines:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


_LINES = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the shortfalls above the summary line."""
    for line in config.stash.get(_LINES, []):
        terminalreporter.write_line(f"FAILED coverage: {line}", red=True)
