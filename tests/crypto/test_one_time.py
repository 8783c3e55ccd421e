"""Codes that work once: RFC 6238's own examples, what is forgiven, and what an app reads."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from wise.crypto import one_time

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_of_the_rfc_are_right_at_their_time(seconds: int, code: str) -> None:
    assert one_time.step_of(code, secret=SECRET, seconds=seconds) == seconds // 30
    assert one_time.step_of(f" {code[:3]} {code[3:]} ", secret=SECRET, seconds=seconds) == seconds // 30


def test_a_clock_may_be_one_step_off_and_no_more() -> None:
    step = 1111111111 // 30
    for off in (-1, 0, 1):
        assert one_time.step_of("050471", secret=SECRET, seconds=1111111111 + off * 30) == step
    for off in (-2, 2):
        assert one_time.step_of("050471", secret=SECRET, seconds=1111111111 + off * 30) is None


@pytest.mark.parametrize("typed", ["", "05047", "0504711", "abcdef", "é50471", "\x00"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert one_time.step_of(typed, secret=SECRET, seconds=1111111111) is None


def test_digits_of_another_script_are_forgiven() -> None:
    assert one_time.step_of("０５０４７１", secret=SECRET, seconds=1111111111) is not None


def test_an_app_reads_the_secret_from_the_address_and_a_person_types_the_same() -> None:
    secret = one_time.new_secret()
    address = one_time.address(secret, account="wulan", issuer="WiSe Kementerian Keuangan")
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}

    assert "+" not in address
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/WiSe%20Kementerian%20Keuangan:wulan")
    assert (asked["issuer"], asked["digits"], asked["period"]) == ("WiSe Kementerian Keuangan", "6", "30")
    typed = one_time.spelt(secret)
    assert typed.replace(" ", "") == asked["secret"]
    assert {len(group) for group in typed.split()} == {4}
    assert base64.b32decode(asked["secret"]) == secret


def test_p01_a_recovery_code_has_eighty_bits_and_none_comes_twice() -> None:
    codes = {one_time.new_recovery_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(one_time.recovery_code(code) or "") * 5 == one_time.RECOVERY_BITS for code in codes)


def test_p02_a_recovery_code_is_taken_however_it_was_typed() -> None:
    for typed in ("7K3M-01Q9-AB1D-EFGH", "7k3moiq9 abld efgh", "７K3M–O1Q9–AB1D–EFGH"):
        assert one_time.recovery_code(typed) == "7K3M01Q9AB1DEFGH"
    for typed in ("", "123456", "7K3M-01Q9-AB1D-EFG", "7K3M-01Q9-AB1D-EFGHJ", "7K3M-01Q9-AB1D-EFGU"):
        assert one_time.recovery_code(typed) is None
