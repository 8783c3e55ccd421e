"""The style sheets: small, legible in both schemes, and without anything from elsewhere."""

import re
from itertools import product
from pathlib import Path

import pytest

import wise.ui

SHEETS = Path(wise.ui.__file__).parent / "static" / "ui"
CSS = (SHEETS / "wise.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", block))
    for block in re.findall(r":root\{(.*?)\}", CSS, re.DOTALL)[:2]
)
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **DARK}}

TEXTS = ("ink", "soft", "navy", "bad")
GROUNDS = ("paper", "surface", "gold-soft", "info-soft")
MARKS = (("ok", "ok-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("on-navy", "navy"), ("gold-ink", "paper"))
EDGES = (("rule", "surface"), ("rule", "paper"), ("focus", "paper"), ("focus", "surface"))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_every_ground(scheme: str) -> None:
    tokens = SCHEMES[scheme]
    for text, ground in [*product(TEXTS, GROUNDS), *MARKS]:
        assert contrast(tokens[text], tokens[ground]) >= 4.5, (scheme, text, ground)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edges_of_controls_and_the_focus_can_be_seen(scheme: str) -> None:
    tokens = SCHEMES[scheme]
    for edge, ground in EDGES:
        assert contrast(tokens[edge], tokens[ground]) >= 3, (scheme, edge, ground)


def test_the_sheet_that_everybody_loads_stays_small() -> None:
    assert len(CSS.encode()) <= 15_000


@pytest.mark.parametrize("name", ["wise.css", "workspace.css", "icon.svg"])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = (SHEETS / name).read_text().replace("http://www.w3.org/2000/svg", "")
    assert "://" not in text
    assert "@import" not in text
    assert "url(" not in text
