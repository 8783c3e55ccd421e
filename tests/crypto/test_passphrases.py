"""Passwords and codes: one key for one secret, however it is typed; none without the server's pepper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wise.crypto import passphrases
from wise.crypto.errors import Unopenable
from wise.crypto.passphrases import Cost

CHEAP = Cost(memory_kib=8, passes=1)
SALT = bytes(range(16))
PEPPER = bytes(32)


def key(passphrase: str, *, salt: bytes = SALT, cost: Cost = CHEAP, pepper: bytes = PEPPER) -> bytes:
    return passphrases.key_from(passphrase, salt=salt, cost=cost, pepper=pepper, floor=CHEAP)


def test_saris_password_gives_her_key_again_and_no_other_does() -> None:
    assert key("empat kuda makan jagung") == key("empat kuda makan jagung")
    assert len(key("empat kuda makan jagung")) == 32
    assert key("empat kuda makan jagung") != key("Empat kuda makan jagung")


def test_a_password_typed_on_another_keyboard_gives_the_same_key() -> None:
    assert key("caf\u00e9 \uff11\uff12") == key("cafe\u0301 12")


def test_salt_cost_and_pepper_each_change_the_key() -> None:
    mine = key("rahasia")
    assert mine != key("rahasia", salt=bytes(16))
    assert mine != key("rahasia", cost=Cost(memory_kib=16, passes=1))
    assert mine != key("rahasia", cost=Cost(memory_kib=8, passes=2))
    assert mine != key("rahasia", pepper=b"\1" * 32)


def test_what_no_keyboard_types_is_merely_a_wrong_password() -> None:
    assert key("\ud800") != key("rahasia")
    assert passphrases.key_from_code("\ud800", salt=SALT, pepper=PEPPER)


@pytest.mark.parametrize(
    "cost", [Cost(65535, 3), Cost(65536, 2), Cost(0, 0), Cost(1048577, 3), Cost(65536, 17), Cost(-1, 3)]
)
def test_a_stored_cost_beyond_the_bounds_is_not_used(cost: Cost) -> None:
    with pytest.raises(Unopenable):
        passphrases.key_from("rahasia", salt=SALT, cost=cost, pepper=PEPPER)


def test_todays_cost_lies_within_the_bounds() -> None:
    assert passphrases.CURRENT.between(passphrases.FLOOR, passphrases.CEILING)


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(17)])
def test_a_stored_salt_of_another_length_is_not_used(salt: bytes) -> None:
    with pytest.raises(Unopenable):
        key("rahasia", salt=salt)


def test_every_salt_is_new() -> None:
    assert len({passphrases.new_salt() for _ in range(100)}) == 100
    assert len(passphrases.new_salt()) == 16


def test_a_code_and_a_password_of_the_same_letters_give_different_keys() -> None:
    assert passphrases.key_from_code("abad", salt=SALT, pepper=PEPPER) != key("abad")


def test_a_code_gives_another_key_under_another_salt_or_pepper() -> None:
    code = passphrases.generate()
    mine = passphrases.key_from_code(code, salt=SALT, pepper=PEPPER)
    assert len(mine) == 32
    assert mine != passphrases.key_from_code(code, salt=bytes(16), pepper=PEPPER)
    assert mine != passphrases.key_from_code(code, salt=SALT, pepper=b"\1" * 32)
    assert mine != passphrases.key_from_code(passphrases.generate(), salt=SALT, pepper=PEPPER)


@given(st.lists(st.sampled_from(passphrases.words()), min_size=7, max_size=7), st.randoms(use_true_random=False))
def test_a_code_opens_however_sari_types_it(code: list[str], chance: object) -> None:
    written = " ".join(code)
    for typed in (
        written.upper(),
        "-".join(code),
        "_".join(code),
        ".".join(code),
        f"  {'   '.join(code)}\n",
        "\u2013".join(code),
        " ".join(word[:4] for word in code),
        " ".join(word[:5].title() for word in code),
        "\u00a0".join(code),
        ", ".join(code),
    ):
        assert passphrases.normalise(typed) == written


def test_what_is_no_word_of_the_list_stays_as_it_is() -> None:
    assert passphrases.normalise("Qwertyuiop  abad") == "qwertyuiop abad"
    assert passphrases.normalise("abadi") == "abadi"
    assert passphrases.normalise("") == ""
    assert passphrases.normalise("ai") == "ai"
    assert passphrases.normalise("air") == "air"


def test_a_message_that_holds_saris_code_is_recognised() -> None:
    code = passphrases.generate()
    assert passphrases.looks_like_code(f"Kode saya yaitu {code}, mohon dibuka")
    assert passphrases.looks_like_code(code.upper().replace(" ", "-"))
    assert passphrases.looks_like_code(code.replace(" ", "\n"))
    assert passphrases.looks_like_code(" ".join(code.split()[:6]))
    assert passphrases.looks_like_code(" ".join(code.split()[1:5]), run=4)
    assert not passphrases.looks_like_code(" ".join(code.split()[:5]))


@pytest.mark.parametrize(
    "story",
    [
        "Pada hari Senin saya datang ke kantor untuk mengurus lelang rumah orang tua saya.",
        "Petugas loket dua meminta uang lima ratus ribu rupiah supaya berkas saya cepat selesai.",
        "Proyek renovasi gedung lantai tiga dikerjakan perusahaan milik adik ipar kepala kantor.",
        "Tolong periksa kamera ruang arsip lantai dua gedung utama sebelum rekaman dihapus.",
        "Yang dibawa pulang: meja, kursi, lemari, komputer, printer, layar, kabel, lampu.",
        "",
    ],
)
def test_an_honest_report_is_not_taken_for_a_code(story: str) -> None:
    assert not passphrases.looks_like_code(story)


def test_characters_that_are_written_out_as_many_hide_no_code_and_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    split = passphrases._split

    def counted(piece: str) -> list[str]:
        looked_at.append(len(piece))
        return split(piece)

    monkeypatch.setattr(passphrases, "_split", counted)

    assert passphrases.looks_like_code("\ufdfa".join(passphrases.words()[:7]))
    assert not passphrases.looks_like_code("\ufdfa" * 20_000)
    assert looked_at[-1] <= 1
