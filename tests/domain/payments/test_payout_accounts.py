"""Where a shop's money is paid out to."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import payments
from matjar.storage.tx import ShopTx

DUBAI = "AE07 0331 2345 6789 0123 456"


def test_the_latest_account_counts_and_those_before_stay(tx: ShopTx) -> None:
    first = payments.name_payout_account(tx, holder=" Demo Trading LLC ", iban=DUBAI)
    second = payments.name_payout_account(tx, holder="Demo Trading LLC", iban="DE89370400440532013000")
    assert payments.payout_accounts(tx) == [second, first]
    assert (first.holder, first.iban) == ("Demo Trading LLC", "AE070331234567890123456")
    assert first.hint == "AE07 … 3456"


@pytest.mark.parametrize("iban", ["", "AE07", DUBAI.replace("6789", "6798"), "DE89 3704 0044 0532 0130 01", "٣" * 20])
def test_a_slip_of_the_finger_is_found_by_its_check_digits(tx: ShopTx, iban: str) -> None:
    with pytest.raises(Refusal) as refused:
        payments.name_payout_account(tx, holder="Demo", iban=iban)
    assert (refused.value.code, refused.value.field) == ("payments.bad_iban", "iban")
    assert payments.payout_accounts(tx) == []


def test_an_account_has_a_holder(tx: ShopTx) -> None:
    with pytest.raises(Refusal) as refused:
        payments.name_payout_account(tx, holder=" ", iban=DUBAI)
    assert refused.value.code == "payments.bad_holder"
