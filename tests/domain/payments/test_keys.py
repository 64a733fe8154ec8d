"""The keys that gateways know us by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.refusal import Refusal
from matjar.domain.payments import key_of, read_key

ids = st.integers(0, (1 << 53) - 1)


@given(ids, ids)
def test_a_key_says_whose_it_is(shop_id: int, subject_id: int) -> None:
    assert read_key(key_of(shop_id, subject_id)) == (shop_id, subject_id)


@pytest.mark.parametrize("key", ["", "1", "1-", "-1", "1-2-3", "a-b", "1-٢", "1" * 40 + "-1"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Refusal, match="payments.bad_key"):
        read_key(key)
