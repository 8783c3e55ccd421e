"""Everything that these rooms say is said in Indonesian too, with the same placeholders."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import wise

ROOMS = ("ui", "site", "portal")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?[a-z]+|href=\"[^\"]*\"")


def said_in(room: Path) -> Iterator[str]:
    """Every source string of a room, from its modules and its templates."""
    for path in [*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]:
        text = path.read_text()
        source = templatize(text, origin=str(path)) if path.suffix != ".py" else text
        for _, message, _, _ in extract("python", BytesIO(source.encode()), KEYWORDS):
            yield first(message)


def first(text: object) -> str:
    """The words of an entry, or the singular where it has a plural too."""
    return str(text[0]) if isinstance(text, tuple | list) else str(text or "")


@pytest.mark.parametrize("name", ROOMS)
def test_every_sentence_has_its_indonesian(name: str) -> None:
    room = Path(wise.__file__).parent / name
    with (room / "locale/id/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="id")
    translated: dict[str, str] = {}
    for message in catalogue:
        source = first(message.id)
        translated[source] = first(message.string)
        assert not message.fuzzy or not source
    missing = {text for text in said_in(room) if not translated.get(text)}
    assert not missing
    for source, target in translated.items():
        placeholders, kept = (sorted(PLACEHOLDER.findall(text)) for text in (source, target))
        assert not source or "%(n)" in target or placeholders == kept, source
