"""The board's shares: any two of three, never one."""

import itertools

import pytest

from wise.crypto import boxes, shares
from wise.crypto.errors import Unopenable


def test_any_two_of_the_board_recover_the_seed_and_so_do_all_three() -> None:
    seed = boxes.new_seed()
    lines = shares.split(seed)
    assert [len(line.split()) for line in lines] == [33, 33, 33]
    for two in itertools.permutations(lines, 2):
        assert shares.join(two) == seed
    assert shares.join(lines) == seed


def test_hadi_may_type_his_share_in_capitals_and_over_several_lines() -> None:
    seed = boxes.new_seed()
    one, two, _ = shares.split(seed)
    assert shares.join([one.upper().replace(" ", "\n"), f"  {two.replace(' ', ' - ')} "]) == seed


def test_one_share_tells_nothing_not_even_typed_twice() -> None:
    one, _, _ = shares.split(boxes.new_seed())
    for typed in ([], [one], [one, one], [one, one.upper()]):
        with pytest.raises(Unopenable):
            shares.join(typed)


def test_a_slip_of_the_pen_in_one_share_is_noticed() -> None:
    one, two, _ = shares.split(boxes.new_seed())
    words = one.split()

    assert shares.is_share(f" {one.upper()}\n")
    for typed in ["", "no share", " ".join(words[:-1]), " ".join([words[1], words[0], *words[2:]]), f"{one} {two}"]:
        assert not shares.is_share(typed)


def test_shares_of_two_boards_do_not_go_together() -> None:
    mine, yours = shares.split(boxes.new_seed()), shares.split(boxes.new_seed())
    with pytest.raises(Unopenable):
        shares.join([mine[0], yours[1]])


def test_one_wrong_word_is_found() -> None:
    one, two, _ = shares.split(boxes.new_seed())
    words = one.split()
    words[10] = "academic" if words[10] != "academic" else "acid"
    for typed in (" ".join(words), " ".join(words[:-1]), "kuda makan jagung", ""):
        with pytest.raises(Unopenable):
            shares.join([typed, two])


def test_a_third_share_with_a_slip_does_no_harm() -> None:
    seed = boxes.new_seed()
    one, two, three = shares.split(seed)
    assert shares.join([one, " ".join(three.split()[::-1]), two]) == seed


def test_what_is_no_seed_of_ours_is_not_given_back() -> None:
    with pytest.raises(Unopenable):
        shares.join(shares.split(bytes(16))[:2])
