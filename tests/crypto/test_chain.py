"""The chain: any change of any part of a line changes its digest."""

from hypothesis import given
from hypothesis import strategies as st

from wise.crypto import chain

type Field = str | int | bytes | None

FIELDS = st.dictionaries(st.text(max_size=10), st.one_of(st.text(), st.integers(), st.binary(), st.none()), max_size=4)


def test_a_line_has_one_digest_whatever_the_order_of_its_fields() -> None:
    one = chain.digest(chain.GENESIS, sequence=1, label="log", fields={"deed": "read", "by": 7})
    other = chain.digest(chain.GENESIS, sequence=1, label="log", fields={"by": 7, "deed": "read"})
    assert one == other
    assert len(one) == 32


def test_agus_sees_each_part_of_a_line_in_its_digest() -> None:
    lines = [
        chain.digest(chain.GENESIS, sequence=1, label="log", fields={"deed": "read"}),
        chain.digest(b"\1" * 32, sequence=1, label="log", fields={"deed": "read"}),
        chain.digest(chain.GENESIS, sequence=2, label="log", fields={"deed": "read"}),
        chain.digest(chain.GENESIS, sequence=1, label="other", fields={"deed": "read"}),
        chain.digest(chain.GENESIS, sequence=1, label="log", fields={"deed": "write"}),
        chain.digest(chain.GENESIS, sequence=1, label="log", fields={"deed": b"read"}),
        chain.digest(chain.GENESIS, sequence=1, label="log", fields={"deed": None}),
        chain.digest(chain.GENESIS, sequence=1, label="log", fields={"deed": "read", "by": None}),
        chain.digest(chain.GENESIS, sequence=1, label="log", fields={}),
    ]
    assert len(set(lines)) == len(lines)


@given(one=FIELDS, other=FIELDS)
def test_two_lines_have_one_digest_only_when_they_are_the_same(one: dict[str, Field], other: dict[str, Field]) -> None:
    same = chain.digest(chain.GENESIS, sequence=1, label="log", fields=one) == chain.digest(
        chain.GENESIS, sequence=1, label="log", fields=other
    )
    assert same == (one == other)
