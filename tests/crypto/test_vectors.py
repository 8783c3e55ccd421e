"""What was once sealed opens for ever: every format against values that were frozen when it was made."""

import hashlib
import io
import json
import pathlib
import uuid
from typing import Any

import pytest

from wise.crypto import (
    boxes,
    chain,
    contexts,
    numbers,
    padding,
    passphrases,
    seal,
    shares,
    signing,
    stream,
    subkeys,
)
from wise.crypto.passphrases import Cost
from wise.crypto.subkeys import Label

VECTORS = pathlib.Path(__file__).parents[1] / "vectors"
hexed = bytes.fromhex


def vector(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text())


def test_contexts_are_encoded_as_they_were() -> None:
    frozen = vector("context")
    read: dict[str, Any] = {"text": str, "int": int, "bytes": hexed, "uuid": uuid.UUID}
    assert contexts.context(*(read[kind](value) for kind, value in frozen["parts"])).hex() == frozen["context"]
    assert contexts.context().hex() == frozen["empty"]
    assert contexts.context(-1).hex() == frozen["negative"]


def test_an_old_seal_opens_and_its_commitment_holds() -> None:
    frozen = vector("seal")
    key, context = hexed(frozen["key"]), hexed(frozen["context"])
    assert seal.open_sealed(hexed(frozen["sealed"]), key=key, context=context).decode() == frozen["plaintext"]
    assert seal.open_sealed(hexed(frozen["sealed_empty"]), key=key, context=context) == b""
    assert seal.commitment(key, context=context).hex() == frozen["commitment"]


def test_an_old_box_opens_and_its_public_key_is_the_published_one() -> None:
    frozen = vector("box")
    seed = hexed(frozen["seed"])
    assert boxes.public_key(seed).hex() == frozen["public_key"]
    wrapped, context = hexed(frozen["wrapped"]), hexed(frozen["context"])
    assert boxes.unwrap(wrapped, seed=seed, context=context).hex() == frozen["plaintext"]


@pytest.mark.parametrize("name", ["small", "padded", "empty"])
def test_an_old_file_opens(name: str) -> None:
    frozen = vector("stream")
    source = io.BytesIO(hexed(frozen[name]["sealed"]))
    chunks = stream.open_stream(source.read, key=hexed(frozen["key"]), context=hexed(frozen["context"]))
    assert b"".join(chunks).hex() == frozen[name]["plaintext"]


def test_an_old_file_of_several_chunks_opens() -> None:
    frozen = vector("stream-large")
    blob = (VECTORS / frozen["sealed"]).read_bytes()
    chunks = stream.open_stream(io.BytesIO(blob).read, key=hexed(frozen["key"]), context=hexed(frozen["context"]))
    assert hashlib.sha256(b"".join(chunks)).hexdigest() == frozen["plaintext_sha256"]
    assert len(blob) == frozen["sealed_size"] == stream.sealed_size(frozen["pad_to"])


def test_texts_and_files_are_padded_as_they_were() -> None:
    frozen = vector("padding")
    for text in frozen["texts"]:
        padded = padding.pad_text(hexed(text["text"]))
        assert hashlib.sha256(padded).hexdigest() == text["padded_sha256"]
        assert len(padded) == text["padded_size"]
        assert padded[:24].hex() == text["padded_start"]
    assert [[length, padding.padme(length)] for length, _ in frozen["padme"]] == frozen["padme"]


def test_an_old_password_and_an_old_code_give_their_keys() -> None:
    frozen = vector("passphrase")
    salt, pepper = hexed(frozen["salt"]), hexed(frozen["pepper"])
    cost = Cost(frozen["memory_kib"], frozen["passes"])
    assert passphrases.key_from(frozen["passphrase"], salt=salt, cost=cost, pepper=pepper).hex() == frozen["key"]
    assert passphrases.key_from_code(frozen["code"], salt=salt, pepper=pepper).hex() == frozen["code_key"]


def test_the_list_of_words_never_changes_since_abbreviated_codes_depend_on_it() -> None:
    words = "\n".join(passphrases.words()).encode()
    assert hashlib.sha256(words).hexdigest() == vector("passphrase")["words_sha256"]


def test_an_old_log_verifies() -> None:
    previous = chain.GENESIS
    for line in vector("chain")["lines"]:
        fields: dict[str, str | int | bytes | None] = {**line["text"], **line["int"]}
        fields |= {name: hexed(value) for name, value in line["bytes"].items()} | dict.fromkeys(line["none"])
        previous = chain.digest(previous, sequence=line["sequence"], label=line["label"], fields=fields)
        assert previous.hex() == line["digest"]


def test_the_subkeys_of_a_secret_stay_the_same() -> None:
    frozen = vector("subkeys")
    secret, mac = hexed(frozen["secret"]), frozen["mac"]
    assert {label.value: subkeys.subkey(secret, label).hex() for label in Label} == frozen["subkeys"]
    assert subkeys.subkey(secret, Label.DATABASE, length=48).hex() == frozen["long_database"]
    own = {purpose: subkeys.own_key(hexed(frozen["seed"]), purpose).hex() for purpose in frozen["own_keys"]}
    assert own == frozen["own_keys"]
    assert subkeys.mac(hexed(mac["key"]), mac["message"].encode()).hex() == mac["mac"]


def test_signatures_are_the_published_ones() -> None:
    frozen = vector("signing")
    seed, message = hexed(frozen["seed"]), hexed(frozen["message"])
    assert signing.public(seed).hex() == frozen["public"]
    assert signing.sign(seed, message).hex() == frozen["signature"]
    assert signing.verify(hexed(frozen["public"]), message, hexed(frozen["signature"]))


def test_old_shares_give_the_seed_back() -> None:
    frozen = vector("shares")
    for without in range(3):
        two = [share for at, share in enumerate(frozen["shares"]) if at != without]
        assert shares.join(two).hex() == frozen["seed"]


def test_old_register_numbers_are_read() -> None:
    frozen = vector("register-number")
    for number in frozen["valid"]:
        assert numbers.normalise_register_number(number.lower()) == number
    for number in frozen["wrong"]:
        assert numbers.normalise_register_number(number) is None
