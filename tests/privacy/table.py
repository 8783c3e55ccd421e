"""Writes the figures into docs/privacy-check.md: `python -m tests.privacy.table`."""

from pathlib import Path

import django
from django.utils import translation

from tests.privacy import labelled
from tests.privacy.labelled import HALVES, LANGUAGES, Outcome, Tally

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/privacy-check.md"
_BEGIN, _END = "<!-- measured -->\n", "<!-- /measured -->\n"
_CALLED = {"tuned": "the half that the tables were made with", "held": "the half kept back"}
_LANGUAGES = {"id": "Indonesian", "en": "English"}
_LOOKS = {
    "letter": "numbers of letters, receipts, documents",
    "amount": "amounts",
    "date": "dates and times",
    "lot": "lots, codes, items of an inventory",
    "rule": "regulations",
    "nip": "a NIP of somebody else",
    "phone": "telephone numbers of others and of offices",
    "bank": "accounts of others",
    "mail": "addresses of others and of offices",
    "address": "places",
    "plate": "plates of others",
    labelled.PLAIN: "sentences without any number",
}


def current() -> str:
    """The document with the figures as they are now."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)
    with translation.override("en"):
        return before + _BEGIN + "\n" + _tables() + "\n" + _END + rest.partition(_END)[2]


def _tables() -> str:
    files = [(half, language) for half in HALVES for language in LANGUAGES]
    parts = [
        (f"{_CALLED[half]}, {_LANGUAGES[language]}", labelled.measured((half, language))) for half, language in files
    ]
    parts += [(f"**{_CALLED[half]}**", labelled.measured(*((half, one) for one in LANGUAGES))) for half in HALVES]
    every = labelled.measured(*files)
    return "\n".join([*_whole([*parts, ("**all**", every)]), "", *_own(every), "", *_rest(every), ""])


def _whole(parts: list[tuple[str, Outcome]]) -> list[str]:
    head = [
        "| | own data | found | | sentences without | false alarms | |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    return head + [
        f"| {name} | {it.whole.labelled} | {it.whole.found} | {it.whole.hit_rate:.1%} | {it.whole.rest} |"
        f" {it.whole.alarms} | {it.whole.alarm_rate:.1%} |"
        for name, it in parts
    ]


def _own(outcome: Outcome) -> list[str]:
    from wise.privacy.kinds import KINDS  # noqa: PLC0415 - Django is set up first

    head = ["| own data | labelled | found | under this name |", "|---|---:|---:|---:|"]
    rows = {code: outcome.own.get(code, Tally()) for code in KINDS}
    return head + [f"| {KINDS[code].label} | {it.labelled} | {it.found} | {it.named} |" for code, it in rows.items()]


def _rest(outcome: Outcome) -> list[str]:
    head = ["| not the reporter's | sentences | false alarms |", "|---|---:|---:|"]
    return head + [
        f"| {name} | {outcome.rest[code].rest} | {outcome.rest[code].alarms} |" for code, name in _LOOKS.items()
    ]


if __name__ == "__main__":
    django.setup()
    DOCUMENT.write_text(current(), encoding="utf-8")
