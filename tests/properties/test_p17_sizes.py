"""P17: stored sizes reveal only a bucket."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wise.crypto import padding, seal, stream

TEN_MIB = 10_485_760


@given(one=st.integers(0, 5000), other=st.integers(0, 5000))
def test_two_texts_of_one_kib_step_are_sealed_to_one_size(one: int, other: int) -> None:
    sizes = [
        len(seal.seal(padding.pad_text(b"a" * length), key=seal.new_key(), context=b"")) for length in (one, other)
    ]
    assert (sizes[0] == sizes[1]) == ((one + 8 + 1023) // 1024 == (other + 8 + 1023) // 1024)
    assert {(size - 41) % 1024 for size in sizes} == {0}


def test_an_empty_text_looks_like_a_short_one() -> None:
    assert len(padding.pad_text(b"")) == len(padding.pad_text(b"a" * 1016)) == 1024


@given(length=st.integers(0, 2**40))
def test_padme_never_shrinks_and_adds_at_most_twelve_percent(length: int) -> None:
    padded = padding.padme(length)
    assert length <= padded <= max(length * 1.12, length)
    assert padding.padme(padded) == padded


@given(length=st.integers(0, 2**40))
def test_padme_grows_with_the_length(length: int) -> None:
    assert padding.padme(length) <= padding.padme(length + 1)


def test_the_sizes_of_all_files_up_to_ten_mib_fall_into_few_buckets() -> None:
    buckets, length = set(), 0
    while length <= TEN_MIB:
        buckets.add(padding.padme(length))
        length = padding.padme(length) + 1
    assert len(buckets) < 500


@pytest.mark.parametrize("length", [0, 1, 2, 3, 8, 9, 100, 1000, 65535, 65536, 65537, TEN_MIB])
def test_padme_is_the_published_function(length: int) -> None:
    # The definition of the PURBs paper, with its logarithms.
    expected = length
    if length > 1:
        exponent = length.bit_length() - 1
        last_bits = exponent - (exponent.bit_length() if exponent else 0)
        mask = (1 << max(last_bits, 0)) - 1
        expected = (length + mask) & ~mask
    assert padding.padme(length) == expected


@settings(max_examples=30, deadline=None)
@given(one=st.integers(0, 300_000), share=st.floats(0, 1))
def test_two_files_of_one_bucket_are_sealed_to_one_size(one: int, share: float) -> None:
    bucket = padding.padme(one)
    other = round(one + (bucket - one) * share)
    assert _sealed_size(one, bucket) == _sealed_size(other, bucket) == stream.sealed_size(bucket)


def _sealed_size(length: int, bucket: int) -> int:
    sealer = stream.Sealer(seal.new_key(), context=b"")
    return len(sealer.header) + len(sealer.push(bytes(length))) + len(sealer.finish(pad_to=bucket))
