"""The rule about coverage: silent where it holds, a sentence a room where it does not."""

from tests.thresholds import ROOT, shortfalls


def test_a_room_that_falls_short_is_named() -> None:
    files = [(ROOT / "crypto" / "seal.py", 99, 100), (ROOT / "site" / "views.py", 90, 100)]

    assert shortfalls(files) == [
        "tests reach 99.00 % of wise/crypto, and must reach 100 %",
        "tests reach 94.50 % of wise/, and must reach 95 %",
    ]


def test_rooms_that_are_reached_give_no_word() -> None:
    assert not shortfalls([(ROOT / "crypto" / "seal.py", 100, 100), (ROOT / "site" / "views.py", 95, 100)])
