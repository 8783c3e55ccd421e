"""Passwords: long enough and not guessable; nothing else is asked of them."""

import pytest

from wise.people import passwords
from wise.refusals import Refused


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password-short"),
        ("Kx7#pQ2!z", "password-short"),
        ("x" * 201, "password-long"),
        ("password123", "password-guessable"),
        ("aaaaaaaaaaaa", "password-guessable"),
        ("burung malam", "password-guessable"),
        ("kemenkeu2026", "password-guessable"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        passwords.check(password, pseudonym="burung malam")
    assert refused.value.code == code


@pytest.mark.parametrize("password", ["gelas sepatu kuning dua", "Kx7#pQ2!zm", "x7" + "kuda laut hijau " * 12])
def test_words_or_signs_long_or_longer_are_taken_alike(password: str) -> None:
    passwords.check(password, pseudonym="burung malam")


def test_the_strength_has_a_number_and_a_name() -> None:
    weak, strong = passwords.strength("sepatu"), passwords.strength("gelas sepatu kuning dua lampu laut")

    assert weak.score < passwords.ENOUGH <= strong.score
    assert str(weak.name) != str(strong.name)


def test_sixty_thousand_signs_are_judged_as_quickly_as_a_few() -> None:
    assert passwords.strength("kuda laut " * 6_000).score == passwords.strength(("kuda laut " * 6_000)[:72]).score
