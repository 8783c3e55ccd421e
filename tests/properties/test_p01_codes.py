"""P01: codes that open something have at least 80 bits from a CSPRNG."""

import ast
import math
import pathlib
import re

from wise.crypto import passphrases

SOURCE = pathlib.Path(__file__).parents[2] / "src"
UNWANTED = pathlib.Path(__file__).with_name("unwanted_words.txt")


def test_a_code_has_at_least_80_bits() -> None:
    assert passphrases.CODE_WORDS * math.log2(len(passphrases.words())) >= 80
    assert passphrases.bits() >= 80
    assert len(passphrases.generate().split()) == passphrases.CODE_WORDS


def test_no_code_comes_twice_in_a_hundred_thousand() -> None:
    assert len({passphrases.generate() for _ in range(100_000)}) == 100_000


def test_every_word_comes_up() -> None:
    seen = {word for _ in range(20_000) for word in passphrases.generate().split()}
    # 140,000 draws of 4,096: to miss a given word has a chance of 10^-15.
    assert seen == set(passphrases.words())


def test_the_list_is_sorted_unique_and_made_of_plain_letters() -> None:
    words = passphrases.words()
    assert len(words) == 4096
    assert list(words) == sorted(set(words))
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)


def test_the_first_four_letters_tell_the_words_apart() -> None:
    words = passphrases.words()
    assert len({word[:4] for word in words}) == len(words)
    short = tuple(word for word in words if len(word) < 4)
    assert not [word for word in words if len(word) > 3 and word.startswith(short)]


def test_the_list_names_nobody_and_hurts_nobody() -> None:
    unwanted = {line for line in UNWANTED.read_text().splitlines() if not line.startswith("#")}
    assert len(unwanted) > 150
    assert not unwanted & set(passphrases.words())


def test_nothing_in_our_source_takes_its_chance_from_random() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert "random" not in names, path
            assert "numpy.random" not in names, path
