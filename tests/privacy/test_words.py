"""A text as words: where sentences and clauses end, what stands in quotation marks, where each word lies."""

import pytest

from wise.privacy import tables, words
from wise.privacy.words import CLAUSE, NOTHING, SENTENCE, Word


def words_of(text: str) -> list[Word]:
    return words.words_of(text, shortened=tables.known().shortened)


def sentences(text: str) -> list[str]:
    """The words of each sentence."""
    found: dict[int, list[str]] = {}
    for word in words_of(text):
        found.setdefault(word.sentence, []).append(word.text)
    return [" ".join(words) for words in found.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saya antre. Dia pergi!", ["saya antre", "dia pergi"]),
        ("baris satu\nbaris dua", ["baris satu", "baris dua"]),
        ("rumah di Jl. Melati No. 5 itu", ["rumah di jl melati no 5 itu"]),
        ("a.n. Budi, harga 1.250.000", ["a n budi harga 1 250 000"]),
        ("berkas S-17/KNL.0303/2026", ["berkas s 17 knl 0303 2026"]),
        ("satu-satunya NIP-nya", ["satu satunya nip nya"]),
        ("I’m here, the head's wife", ["i'm here the head wife"]),
        ("", []),
        ("?!\n\n…", []),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_it_does(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_each_word_lies_where_it_stands_in_the_text() -> None:
    text = "  Nama_saya: Ratna (NIP 1990)"

    assert [text[word.start : word.end] for word in words_of(text)] == ["Nama", "saya", "Ratna", "NIP", "1990"]


def test_what_ended_before_a_word_is_known() -> None:
    after = {word.text: word.after for word in words_of("Satu dua, tiga - empat. Lima-enam")}

    assert after == {
        "satu": SENTENCE,
        "dua": NOTHING,
        "tiga": CLAUSE,
        "empat": CLAUSE,
        "lima": SENTENCE,
        "enam": NOTHING,
    }


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Dia bilang "bayar dulu" lalu pergi', ["bayar", "dulu"]),
        ("Dia bilang “bayar dulu” lalu pergi", ["bayar", "dulu"]),
        ('Tidak "ditutup\nlalu pergi', ["ditutup"]),
    ],
)
def test_a_quotation_goes_to_its_end_or_the_lines(text: str, quoted: list[str]) -> None:
    assert [word.text for word in words_of(text) if word.quoted] == quoted
