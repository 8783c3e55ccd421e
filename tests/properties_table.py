"""Keeps the last column of the table of properties in docs/threats.md: `python tests/properties_table.py` writes it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
THREATS = ROOT / "docs/threats.md"
ROW = re.compile(r"^\| P(\d\d) \| (.+) \| .+ \|$", re.MULTILINE)


def current() -> str:
    """The document with each property's tests as they are now; a row without a test keeps what it says."""
    return ROW.sub(_row, THREATS.read_text(encoding="utf-8"))


def _row(found: re.Match[str]) -> str:
    number, sentence = found.groups()
    named_after = re.compile(rf"def test_p{number}_")
    tests = [path for path in sorted(ROOT.glob("tests/**/test_*.py")) if _is_about(path, number, named_after)]
    if not tests:
        return found[0]
    named = ", ".join(f"[`{path.name}`](../{path.relative_to(ROOT)})" for path in tests)
    return f"| P{number} | {sentence} | {named} |"


def _is_about(path: Path, number: str, named_after: re.Pattern[str]) -> bool:
    """Whether a file, or a test in it, is named after a property."""
    return path.name.startswith(f"test_p{number}_") or bool(named_after.search(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    THREATS.write_text(current(), encoding="utf-8")
