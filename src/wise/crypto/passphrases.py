"""From what a person remembers or keeps on paper to a key, and the codes that people are given to keep.

What a person chose is stretched (Argon2id v1.3, RFC 9106); what we chose at random needs no stretching. Both pass
through the server's `pepper`: who steals the database alone cannot guess at them.
"""

import functools
import importlib.resources
import math
import re
import secrets
import unicodedata
from dataclasses import dataclass

from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from wise.crypto.encoding import VERSION, encode
from wise.crypto.errors import Unopenable
from wise.crypto.subkeys import mac

SALT_BYTES = 16
CODE_WORDS = 7
_KEY_BYTES = 32
_PIECES = re.compile(r"[,;:!?()]|\.(?=\s|$)")
# Single characters that NFKC writes out as up to eighteen, none of them a letter of a word of the list.
_WRITTEN_OUT = re.compile("[\ufb50-\ufdff\ufe70-\ufefe\u3200-\u33ff]+")
_SHORT = 4  # words of the list differ within their first four letters


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation costs: memory in KiB, and passes over it."""

    memory_kib: int
    passes: int

    def between(self, floor: "Cost", ceiling: "Cost") -> bool:
        """Whether both figures lie within both bounds, these included."""
        memory = floor.memory_kib <= self.memory_kib <= ceiling.memory_kib
        return memory and floor.passes <= self.passes <= ceiling.passes


CURRENT = Cost(memory_kib=65536, passes=3)
FLOOR = Cost(memory_kib=65536, passes=3)
CEILING = Cost(memory_kib=1048576, passes=16)


def new_salt() -> bytes:
    """16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def key_from(passphrase: str, *, salt: bytes, cost: Cost, pepper: bytes, floor: Cost = FLOOR) -> bytes:
    """The key of a passphrase, 32 bytes, slowly; differently typed forms of one text (NFKC) give one key.

    A stored cost below the floor (cheap to guess) or above the ceiling (a way to exhaust the server) is not used
    but `Unopenable`; only tests lower the floor.
    """
    if len(salt) != SALT_BYTES or not cost.between(floor, CEILING):
        raise Unopenable
    text = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")
    stretched = crypto_pwhash_alg(
        _KEY_BYTES, text, salt, cost.passes, cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13
    )
    return mac(pepper, encode(VERSION, "passphrase", stretched))


def key_from_code(code: str, *, salt: bytes, pepper: bytes) -> bytes:
    """The key of a code that `generate` made, 32 bytes, at once, however it was typed (see `normalise`)."""
    text = normalise(code).encode(errors="surrogatepass")
    return mac(pepper, encode(VERSION, "code", salt, text))


def generate() -> str:
    """Seven words of the list, drawn evenly: 84 bits."""
    return " ".join(secrets.choice(words()) for _ in range(CODE_WORDS))


def bits() -> float:
    """How many bits a generated code has."""
    return CODE_WORDS * math.log2(len(words()))


def normalise(code: str) -> str:
    """The code in lower-case words with single spaces; hyphens, dots, underscores and abbreviations are forgiven.

    A word may be cut short after its first four letters. What is no word of the list stays as it is.
    """
    full = _by_beginning()
    return " ".join(_expanded(word, full) for word in _split(code))


def looks_like_code(text: str, run: int = 6) -> bool:
    """Whether a text contains so many words of the list in a row that it may give a code away.

    The list has everyday words: four or five of them in a row occur in every honest report ("periksa kamera ruang
    arsip lantai dua"), six hardly ever, and who knows five of seven still misses 24 bits. Punctuation ends a run:
    a code is written without.
    """
    return any(_longest_run(piece) >= run for piece in _PIECES.split(_WRITTEN_OUT.sub(" ", text)))


def _longest_run(piece: str) -> int:
    longest, length, known = 0, 0, _known()
    for word in _split(piece):
        length = length + 1 if word in known else 0
        longest = max(longest, length)
    return longest


@functools.cache
def words() -> tuple[str, ...]:
    """The 4,096 words, sorted."""
    return tuple(importlib.resources.files("wise.crypto").joinpath("words.txt").read_text("ascii").split())


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(words())


@functools.cache
def _by_beginning() -> dict[str, str]:
    return {word[:_SHORT]: word for word in words()}


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def _expanded(word: str, full: dict[str, str]) -> str:
    whole = full.get(word[:_SHORT], word)
    return whole if whole.startswith(word) else word
