"""Ids ascend whatever the clock does; what clients mint has its form."""

import itertools
import uuid

from hypothesis import given
from hypothesis import strategies as st

from matjar.core.ids import EPOCH_MS, hash_token, mint_token, mint_uuid7, next_id


@given(st.lists(st.integers(EPOCH_MS, EPOCH_MS + 10**12), min_size=2))
def test_ids_ascend_also_when_the_clock_goes_back(clock: list[int]) -> None:
    ids = [0]
    for now in clock:
        ids.append(next_id(ids[-1], now))
    assert all(one < other for one, other in itertools.pairwise(ids))


def test_an_id_stays_exact_in_every_json_reader_for_centuries() -> None:
    in_two_hundred_years = EPOCH_MS + 200 * 365 * 86_400_000
    assert next_id(0, in_two_hundred_years) < 2**53


def test_a_uuid_says_its_version_and_its_time() -> None:
    minted = uuid.UUID(mint_uuid7(1_795_000_000_123))
    assert (minted.version, minted.variant, minted.int >> 80) == (7, uuid.RFC_4122, 1_795_000_000_123)


def test_tokens_differ_and_only_their_hash_is_kept() -> None:
    tokens = {mint_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert {len(token) for token in tokens} == {22}
    assert len({hash_token(token) for token in tokens}) == 1_000
