"""The subkeys of the server secret, derived when first asked for, so that settings load where no secret is."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import override

from wise.config import env
from wise.crypto.subkeys import Label, subkey

# The database's raw key of 32 bytes and its salt of 16: nothing is stretched when a connection opens.
_LENGTHS = {Label.DATABASE: 48}


class Subkeys(Mapping[Label, bytes]):
    """Label to key. Shows nothing of itself when printed."""

    def __init__(self, secret_file: Path) -> None:
        self._secret_file = secret_file
        self._keys: dict[Label, bytes] = {}

    @override
    def __getitem__(self, label: Label) -> bytes:
        if not self._keys:
            secret = env.secret_in(self._secret_file)
            self._keys = {each: subkey(secret, each, length=_LENGTHS.get(each, 32)) for each in Label}
        return self._keys[label]

    @override
    def __iter__(self) -> Iterator[Label]:
        return iter(Label)

    @override
    def __len__(self) -> int:
        return len(Label)

    @override
    def __repr__(self) -> str:
        return "<the subkeys>"
