"""The documents name what is there: files, tests, decisions."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests import properties_table

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SOURCE = re.compile(r"`(?:src/wise/)?((?:[a-z_]+/)+[a-z_]+\.py)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def _linked(document: Path) -> Iterator[Path]:
    for address in LINK.findall(document.read_text(encoding="utf-8")):
        if "://" not in address:
            yield document.parent / address


def test_a_reader_finds_every_page_that_a_page_points_to() -> None:
    missing = {
        f"{document.relative_to(ROOT)}: {path.name}"
        for document in DOCUMENTS
        for path in _linked(document)
        if not path.exists()
    }

    assert not missing


def test_the_tour_names_files_that_exist() -> None:
    tour = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
    named = {name for name in SOURCE.findall(tour) if not name.startswith("views/")}

    assert named
    assert not {name for name in named if not (ROOT / "src/wise" / name).exists()}


def test_every_property_that_is_proved_is_named_with_its_test() -> None:
    # If not: python tests/properties_table.py
    assert properties_table.THREATS.read_text(encoding="utf-8") == properties_table.current()


def test_every_decision_is_in_the_list() -> None:
    decisions = ROOT / "docs/decisions"
    listed = (decisions / "README.md").read_text(encoding="utf-8")

    assert not {path.name for path in decisions.glob("[0-9]*.md") if f"({path.name})" not in listed}


def test_every_picture_of_the_guides_is_there_named_once_and_small() -> None:
    # If not: make guides
    for language in ("id", "en"):
        named = [
            path.resolve()
            for guide in ROOT.glob(f"docs/use/*.{language}.md")
            for path in _linked(guide)
            if path.suffix == ".png"
        ]

        assert sorted(named) == sorted(ROOT.glob(f"docs/images/use/{language}/*.png"))
        assert not [path.name for path in named if path.stat().st_size > 80_000]
