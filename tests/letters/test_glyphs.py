"""What can be printed."""

import pytest

from wise.letters import glyphs


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sari – “Wulan” é", "Sari – “Wulan” é"),
        ("e\u0301", "é"),
        ("😀 漢", "□ □"),
        ("kiri\u202ekanan\u200b", "kirikanan"),
        ("a\r\nb\rc\td\x00", "a\nb\nc\td"),
        ("👍\ufe0f", "□"),
        ({"a": ["😀", 1, None]}, {"a": ["□", 1, None]}),
    ],
)
def test_a_sign_without_a_shape_is_replaced_and_an_unseen_one_is_left_out(typed: object, printed: object) -> None:
    assert glyphs.printable(typed) == printed
