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
    tests = sorted(ROOT.glob(f"tests/**/test_p{number}_*.py"))
    if not tests:
        return found[0]
    named = ", ".join(f"[`{path.name}`](../{path.relative_to(ROOT)})" for path in tests)
    return f"| P{number} | {sentence} | {named} |"


if __name__ == "__main__":
    THREATS.write_text(current(), encoding="utf-8")
