"""Passwords: long enough and not guessable; nothing else is asked of them."""

from typing import Any

import pytest
from zxcvbn_rs_py import zxcvbn

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
    assert passwords.strength("kuda laut " * 6_000).score == passwords.strength(("kuda laut " * 6_000)[:64]).score


@pytest.mark.parametrize(
    "password",
    [
        "02+9%+$1|[07111+21(2@%|48560!4[@%209|!%@@[72{8+01+2+4$3%48%026@$(@651%23",
        "p@$$w0rd|!1{[(<@" * 4,
    ],
)
def test_signs_that_stand_for_letters_do_not_make_the_judging_slow(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def judge(part: str, known: list[str]) -> Any:
        judged.append(part)
        return zxcvbn(part, known)

    monkeypatch.setattr(passwords, "zxcvbn", judge)

    passwords.strength(password)

    assert max(map(len, judged)) <= 16
    assert len(judged) <= 4


def test_one_strong_part_is_enough_wherever_it_stands() -> None:
    assert passwords.strength("a" * 16 + "Kx7#pQ2!zm").score >= passwords.ENOUGH
    assert passwords.strength("a" * 64 + "Kx7#pQ2!zm").score < passwords.ENOUGH
