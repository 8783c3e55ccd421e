"""The recovery board's seed in three shares on paper, of which any two give it back: SLIP-39."""

import itertools
import re
from collections.abc import Sequence

import shamir_mnemonic

from wise.crypto.boxes import SEED_BYTES
from wise.crypto.errors import Unopenable

NEEDED = 2
SHARES = 3


def split(seed: bytes) -> list[str]:
    """Three lines of 33 words each; one alone tells nothing."""
    # A seed is random: stretching under SLIP-39's (empty) passphrase would protect nothing.
    shares: list[str]
    [shares] = shamir_mnemonic.generate_mnemonics(1, [(NEEDED, SHARES)], seed, iteration_exponent=0)
    return shares


def is_share(text: str) -> bool:
    """Whether this is one whole share: the words carry a checksum, so that a slip of the pen is noticed."""
    try:
        shamir_mnemonic.Share.from_mnemonic(_words(text))
    except shamir_mnemonic.MnemonicError:
        return False
    return True


def join(shares: Sequence[str]) -> bytes:
    """The seed from any two shares that belong together; case, spaces and line breaks are forgiven."""
    distinct = dict.fromkeys(_words(share) for share in shares)
    for pair in itertools.combinations(distinct, NEEDED):
        try:
            seed: bytes = shamir_mnemonic.combine_mnemonics(pair)
        except shamir_mnemonic.MnemonicError:
            continue
        if len(seed) == SEED_BYTES:
            return seed
    raise Unopenable


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower()))
