"""`wise log receipt`: who holds a receipt's proof learns whether it is genuine, of which day, and what is wrong."""

import json
from pathlib import Path

import pytest

from tests.console.commands import says, wise
from wise.audit import receipts
from wise.crypto import signing, subkeys
from wise.crypto.subkeys import Label


@pytest.fixture(scope="module")
def entry(demo: Path) -> str:
    """An entry of the log, in hexadecimal: the one that loaded the offices."""
    heads = json.loads(wise("log", "heads", "--data", str(demo)).stdout)
    digest: str = heads["officers"].partition(":")[2]
    return digest


def _signature(demo: Path, entry: str) -> str:
    """What the receipt of an entry would carry, for the second day of 2026."""
    secret = bytes.fromhex((demo / "secret").read_text().strip())
    statement = receipts.statement(bytes.fromhex(entry), receipts.FIRST_DAY.replace(day=2))
    return signing.sign(subkeys.subkey(secret, Label.LOG), statement).hex()


def _receipt(entry: str, signature: str) -> str:
    return (
        f"Register number: 7K3M-9QXA-1BC3\nReceived on: Friday, 2 January 2026\nEntry: {entry}\nSignature: {signature}"
    )


def test_a_genuine_proof_is_found_in_the_log(demo: Path, entry: str) -> None:
    outcome = wise("log", "receipt", entry, _signature(demo, entry), "--data", str(demo))

    assert outcome.returncode == 0, outcome.stderr
    assert "Genuine" in outcome.stdout
    assert "2026-01-02" in outcome.stdout
    assert "in the log as officers:" in outcome.stdout


def test_sari_checks_her_saved_receipt_with_the_public_key_alone(demo: Path, entry: str, tmp_path: Path) -> None:
    key = wise("log", "key", "--data", str(demo)).stdout.strip()
    saved = _receipt(entry, _signature(demo, entry))

    for text in (saved, saved.upper(), saved.replace(entry[32:], f"\n{entry[32:]}")):
        outcome = wise("log", "receipt", "--key", key, "--data", str(tmp_path / "nothing"), typed=text)
        assert outcome.returncode == 0, outcome.stderr
        assert outcome.stdout == "Genuine: this key signed that the entry was made on 2026-01-02 (Jakarta's date).\n"


def test_an_entry_that_was_taken_out_of_the_log_is_noticed(demo: Path) -> None:
    gone = "5e" * 32

    outcome = wise("log", "receipt", gone, _signature(demo, gone), "--data", str(demo))

    assert "Genuine" in outcome.stdout
    assert "this log does not have the entry" in says(outcome)


def test_what_is_not_genuine_is_called_so(demo: Path, entry: str) -> None:
    forged, at_home = "00" * 64, ("--data", str(demo))

    assert "look for a slip in the signature" in says(wise("log", "receipt", entry, forged, *at_home))
    assert says(wise("log", "receipt", "5e" * 32, forged, *at_home)).endswith("made over this entry.\n")
    key = ("--key", "ab" * 32)
    assert "Not genuine" in says(wise("log", "receipt", entry, _signature(demo, entry), *key))


@pytest.mark.parametrize(("proof", "found"), [("", 0), ("ab" * 32, 64), (f"{'ab' * 32} {'cd' * 63}", 190)])
def test_half_a_proof_is_counted_out(proof: str, found: int) -> None:
    assert f"{found} such signs were found, not 192" in says(wise("log", "receipt", typed=proof))


@pytest.mark.parametrize("key", ["ab", "xy" * 32])
def test_a_key_that_is_none_is_named(key: str) -> None:
    assert "public key has 64 signs" in says(wise("log", "receipt", "--key", key, "ab" * 32, "cd" * 64))
