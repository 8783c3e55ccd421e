"""The small language of the tables: what each sign of it reads, and what is no phrase."""

import pytest

from wise.privacy import phrases
from wise.privacy.phrases import Matcher, Vocabulary
from wise.privacy.words import words_of

VOCABULARY = Vocabulary("id", {"me": ["saya", "aku"], "boss": ["kepala seksi", "<me>"]}, frozenset({"ratna"}))


def read(phrase: str, text: str, *, before: tuple[str, ...] = ()) -> list[str]:
    """What a phrase reads of a text."""
    words = words_of(text, shortened=frozenset())
    matcher = Matcher(phrases.read(phrase, meaning="it", vocabulary=VOCABULARY), before=before)
    return [text[words[match.first].start : words[match.last - 1].end] for match in matcher.matches(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("atasan <me>", "Atasan saya dan atasan aku, atasan dia", ["Atasan saya", "atasan aku"]),
        ("<boss> kami", "kepala seksi kami, aku kami", ["kepala seksi kami", "aku kami"]),
        ("<me+nya>", "sayanya saya", ["sayanya"]),
        ("di|ke kantor", "di kantor ke kantor dari kantor", ["di kantor", "ke kantor"]),
        ("saya ..2 antre", "saya antre saya ikut antre saya a b c antre", ["saya antre", "saya ikut antre"]),
        ("saya ..2 antre", "saya ikut, lalu antre", []),
        ("saya sudah* antre", "saya sudah sudah sudah antre", ["saya sudah sudah sudah antre"]),
        ("saya sudah* antre", "saya sudah sudah sudah sudah antre", []),
        ("saya sudah? antre", "saya antre, saya sudah antre", ["saya antre", "saya sudah antre"]),
        ("nama #+", "nama Ratna Sari dewi", ["nama Ratna Sari"]),
        ("nama #", "nama ratna", ["nama ratna"]),
        ("nama %", "nama Ratna nama Orang", ["nama Ratna"]),
        ("umur 9", "umur 52 umur tua", ["umur 52"]),
        ("ig @name", "ig @ratna ig ratna", ["ig @ratna"]),
        ("hanya @", "hanya itu", ["hanya itu"]),
        ("nama ,@", "nama: Ratna", ["nama: Ratna"]),
        ("nama @", "nama: Ratna", []),
        ("salam ;#", "Salam.\nRatna", ["Salam.\nRatna"]),
        ("keluarga saya !kartu", "keluarga saya kartu keluarga saya itu", ["keluarga saya"]),
        ("tidak? ada saya", "tidak ada saya", ["tidak ada saya", "ada saya"]),
        ("kepala seksi", "kepala. Seksi", []),
        ("atasan saya", "atasan, saya", []),
    ],
)
def test_each_sign_reads_what_it_says(phrase: str, text: str, expected: list[str]) -> None:
    assert read(phrase, text) == expected


def test_a_phrase_of_a_clauses_beginning_is_read_there_or_after_certain_words() -> None:
    text = "Saya staf. Menurut saya staf, karena saya staf, saya staf"

    assert read("^ saya staf", text, before=("karena",)) == ["Saya staf", "saya staf", "saya staf"]


@pytest.mark.parametrize("phrase", ["# saya", "..2 saya", "!saya antre", "saya* antre", "saya <me", "^"])
def test_what_is_no_phrase_is_said_when_the_tables_are_read(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        list(phrases.read(phrase, meaning="it", vocabulary=VOCABULARY))


def test_the_same_list_of_two_languages_stays_two() -> None:
    english = Vocabulary("en", {"me": ["i"]}, frozenset())
    both = [
        *phrases.read("hanya <me>", meaning="id", vocabulary=VOCABULARY),
        *phrases.read("hanya <me>", meaning="en", vocabulary=english),
    ]
    words = words_of("hanya saya hanya i", shortened=frozenset())

    assert [match.meaning for match in Matcher(both).matches(words)] == ["id", "en"]
