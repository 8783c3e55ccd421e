"""The tables of each language, read once: phrases, whose cues, keywords, names."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from wise.privacy import phrases
from wise.privacy.phrases import Matcher, Phrase, Vocabulary

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Tables:
    """What is looked for: phrases that say who one is, papers in files' names, cues and keywords around numbers."""

    phrases: Matcher
    papers: Matcher
    around: Matcher
    names: frozenset[str]
    provinces: frozenset[str]
    streets: frozenset[str]
    goes_on: frozenset[str]
    mailboxes: frozenset[str]
    shortened: frozenset[str]


@cache
def known() -> Tables:
    """The tables that come with the program, of all languages at once: people mix them."""
    shared = {name: frozenset(text.split()) for name, text in _read("shared").items()}
    names = shared["names"]
    said: list[Phrase] = []
    papers: list[Phrase] = []
    around: list[Phrase] = []
    before: set[str] = set()
    for language in LANGUAGES:
        table = _read(language)
        lists = {**table["lists"], **table["names"], "area": sorted(shared["area"])}
        vocabulary = Vocabulary(language, lists, names)
        before.update(table["before"])
        said += _rows(table["phrases"], vocabulary)
        papers += _rows(table["papers"], vocabulary)
        # Cues mean "reporter before", "other after", …; keywords "keyword nik", ….
        around += _rows({f"keyword {code}": rows for code, rows in table["keywords"].items()}, vocabulary)
        for whose, places in table["cues"].items():
            around += _rows({f"{whose} {place}": rows for place, rows in places.items()}, vocabulary)
    return Tables(
        phrases=Matcher(said, before=before),
        papers=Matcher(papers),
        around=Matcher(around),
        names=names,
        provinces=shared["provinces"],
        streets=shared["streets"],
        goes_on=shared["goes_on"],
        mailboxes=shared["mailboxes"],
        shortened=shared["shortened"],
    )


def _rows(table: Mapping[str, list[str]], vocabulary: Vocabulary) -> Iterator[Phrase]:
    for meaning, rows in table.items():
        for row in rows:
            yield from phrases.read(row, meaning=meaning, vocabulary=vocabulary)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
