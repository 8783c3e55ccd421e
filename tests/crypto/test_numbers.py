"""Register numbers: forgiving to read, never read wrongly."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wise.crypto import numbers
from wise.crypto.numbers import ALPHABET


def test_a_number_is_shown_in_three_groups_of_four() -> None:
    for _ in range(1000):
        number = numbers.new_register_number()
        assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", number)
        assert numbers.normalise_register_number(number) == number


def test_no_number_is_given_twice() -> None:
    assert len({numbers.new_register_number() for _ in range(20_000)}) == 20_000


def test_every_single_slip_is_noticed() -> None:
    for _ in range(20):
        number = numbers.new_register_number()
        for place, wrong in itertools.product(range(len(number)), ALPHABET):
            if number[place] not in ("-", wrong):
                assert numbers.normalise_register_number(number[:place] + wrong + number[place + 1 :]) is None


def test_every_swap_of_two_different_characters_is_noticed_adjacent_or_not() -> None:
    for _ in range(50):
        characters = list(numbers.new_register_number().replace("-", ""))
        for one, other in itertools.combinations(range(12), 2):
            swapped = characters.copy()
            swapped[one], swapped[other] = swapped[other], swapped[one]
            if swapped != characters:
                assert numbers.normalise_register_number("".join(swapped)) is None


def test_the_check_is_exact_for_every_place_and_value() -> None:
    # Linear over GF(2): a slip passes only if its difference alone sums to 0, a swap only if that of both places does.
    for place, value in itertools.product(range(12), range(1, 32)):
        assert numbers._weighted_sum([value if at == place else 0 for at in range(12)]) != 0
    for one, other in itertools.combinations(range(12), 2):
        for value in range(1, 32):
            assert numbers._weighted_sum([value if at in (one, other) else 0 for at in range(12)]) != 0


def spellings(number: str) -> list[str]:
    bare = number.replace("-", "")
    return [
        number.lower(),
        bare,
        bare.lower(),
        number.replace("-", " "),
        f"  {number} ",
        " ".join(bare),
        number.replace("-", "\u2013"),
        number.replace("-", "."),
        number.replace("0", "O").replace("1", "I"),
        number.replace("0", "o").replace("1", "l"),
        number.replace("1", "L"),
        "".join(chr(ord(character) + 0xFEE0) for character in bare),
    ]


@given(st.integers(0, 2**55 - 1))
def test_a_number_is_recognised_however_sari_writes_it(bits: int) -> None:
    values = [bits >> shift & 31 for shift in range(50, -1, -5)]
    number = numbers._shown([*values, numbers._weighted_sum([*values, 0])])
    for spelling in spellings(number):
        assert numbers.normalise_register_number(spelling) == number


@pytest.mark.parametrize("text", ["", "0", "0000-0000-000", "0000-0000-0000-0", "UUUU-UUUU-UUUU", "0000-0000-000U"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers.normalise_register_number(text) is None


def test_u_is_never_read_as_v() -> None:
    number = next(n for n in iter(numbers.new_register_number, "") if "V" in n)
    assert numbers.normalise_register_number(number.replace("V", "U")) is None


def test_numbers_in_a_message_are_found_however_they_are_written() -> None:
    one, other = numbers.new_register_number(), numbers.new_register_number()
    text = f"Nomor saya {one.lower()}. Yang lama: ({other.replace('-', '')}), sekali lagi {one}!"
    assert [number for number in numbers.find_register_numbers(text) if number in (one, other)] == [one, other]
    for spelling in spellings(one):
        assert one in numbers.find_register_numbers(f"yang ini {spelling} ya")
        assert one in numbers.find_register_numbers(spelling)


def test_a_number_inside_a_longer_word_is_not_one() -> None:
    number = numbers.new_register_number().replace("-", "")
    assert number[:4] + "-" + number[4:8] + "-" + number[8:] not in numbers.find_register_numbers(f"x{number}x")
    assert numbers.find_register_numbers("Saya tidak tahu nomornya, maaf.") == []
