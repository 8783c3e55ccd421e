"""Register numbers: the reporter's credential for one report, easy to copy by hand and hard to copy wrongly.

55 random bits as 11 Crockford base-32 characters and a check character: a weighted sum in GF(32) with a weight of
its own for each place, so that neither one wrong character nor a swap of any two different ones passes.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 55

_LENGTH = 12
_GROUP = 4
_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_JOINTS = r"[\s\-_.\u2010-\u2015\u2212]"
_SPOTTED = re.compile(rf"(?<![^\W_])(?=([0-9A-Za-z](?:{_JOINTS}{{0,3}}[0-9A-Za-z]){{11}})(?![^\W_]))")


def _powers() -> tuple[list[int], dict[int, int]]:
    powers, value = [], 1
    for _ in range(31):
        powers.append(value)
        value <<= 1
        if value & 32:
            value ^= _POLYNOMIAL
    return powers, {power: exponent for exponent, power in enumerate(powers)}


_POWER, _LOGARITHM = _powers()


def new_register_number() -> str:
    """A new number from 55 random bits, as `XXXX-XXXX-XXXX`."""
    number = secrets.randbits(BITS)
    values = [number >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    # The check character's own weight is 1, hence it is the sum of the others (in GF(32) minus is plus).
    return _shown([*values, _weighted_sum([*values, 0])])


def normalise_register_number(text: str) -> str | None:
    """The number as it was shown, whatever its case, spaces and hyphens, with O for 0 and I or L for 1; else None."""
    characters = re.sub(_JOINTS, "", unicodedata.normalize("NFKC", text)).upper()
    values = [_VALUES[character] for character in characters if character in _VALUES]
    if not len(values) == len(characters) == _LENGTH or _weighted_sum(values):
        return None
    return _shown(values)


def find_register_numbers(text: str) -> list[str]:
    """Whatever in a free text could be a register number, in the order of the text, each once.

    One in 32 chance strings of twelve characters passes the check: the caller compares with the numbers it knows.
    """
    spotted = _SPOTTED.finditer(unicodedata.normalize("NFKC", text))
    numbers = (normalise_register_number(found[1]) for found in spotted)
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _weighted_sum(values: list[int]) -> int:
    total = 0
    for place, value in enumerate(reversed(values)):
        if value:
            total ^= _POWER[(_LOGARITHM[value] + place) % 31]
    return total


def _shown(values: list[int]) -> str:
    characters = "".join(ALPHABET[value] for value in values)
    return "-".join(characters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
