"""A pseudonym that tells who chose it is warned of: by its looks, or by what else is sent with it."""

import pytest
from django.utils import translation

from wise.privacy import pseudonyms

TEXT = "Petugas loket meminta uang, NIP 19900214 201502 1 002, pada 3 Mei."


@pytest.mark.parametrize(
    ("pseudonym", "said"),
    [
        ("sari@example.org", "an e-mail address"),
        ("Sari.Dewi@kemenkeu.go.id", "an e-mail address"),
        ("0812 3456 7890", "a telephone number"),
        ("+62 812-3456-7890", "a telephone number"),
        ("1471 0101 0190 0001", "a NIK"),
        ("197001011990031001", "a NIP"),
        ("060012345", "an old NIP"),
        ("01.234.567.8-901.000", "an NPWP"),
        ("ratna", "a name"),
        ("Rahmat_77", "a name"),
        ("budisantoso", "a name"),
        ("kucing1987", "a year or a day of birth"),
        ("angin 12051985", "a year or a day of birth"),
        ("angin-19850512", "a year or a day of birth"),
        ("angin 120585", "a year or a day of birth"),
        ("loket-uang", "repeats words or numbers"),
        ("angin 0214", "repeats words or numbers"),
        ("burung malam", None),
        ("sungai tenang", None),
        ("loket hijau", None),
        ("bintang 7", None),
        ("angin 2026", None),
        ("1234", None),
        ("12345678901", None),
        ("@", None),
    ],
)
def test_sari_is_warned_where_a_pseudonym_tells_something(pseudonym: str, said: str | None) -> None:
    with translation.override("en"):
        found = pseudonyms.trace_in(pseudonym, texts=[TEXT, ""])

        assert said in str(found) if said else found is None


def test_without_a_text_only_the_looks_count() -> None:
    assert pseudonyms.trace_in("loket-uang") is None
