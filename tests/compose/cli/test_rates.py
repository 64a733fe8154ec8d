"""`matjar discount`, `delivery` and `tax`: what comes off, and what comes on top."""

from zoneinfo import ZoneInfo

import pytest

from matjar.compose.cli.reading import beginning, end, per_cent, share
from matjar.core.refusal import Refusal
from tests.compose.cli.conftest import Call

DUBAI = ZoneInfo("Asia/Dubai")
DAY_MS = 86_400_000


def test_a_code_is_made_changed_and_ended(shop: Call) -> None:
    made = shop("discount", "create", "demo", "eid15", "--percent", "15", "--minimum", "100", "--until", "2099-12-31")
    assert made.out == "EID15: 15 %, until 2100-01-01 00:00 in Asia/Dubai\n"
    shop("discount", "set", "demo", "EID15", "--percent", "12.5", "--limit", "7")
    code, off, minimum, used, limit, _, ends = shop("discount", "list", "demo").out.rstrip("\n").split("\t")
    assert (code, off, minimum, used, limit, ends) == (
        "EID15", "12.5 %", "100.00 AED", "0", "7", "2100-01-01T00:00:00+04:00"
    )  # fmt: skip
    assert shop("discount", "end", "demo", "eid15").code == 0
    assert "2100" not in shop("discount", "list", "demo").out


def test_a_code_takes_off_an_amount_or_the_delivery(shop: Call) -> None:
    assert shop("discount", "create", "demo", "TEN", "--amount", "10").out == "TEN: 10.00 AED\n"
    assert shop("discount", "create", "demo", "FREE", "--free-delivery").out == "FREE: delivery\n"


def test_a_method_of_delivery_has_another_price_and_promise(shop: Call) -> None:
    assert shop("delivery", "list", "demo").out == "standard\tStandard\tEmirates\tAE\t20.00 AED\t\t1-3\n"
    changed = shop("delivery", "set", "demo", "standard", "--price", "15", "--free-from", "200", "--days", "2")
    assert changed.out == "standard  15.00 AED  200.00 AED  2\n"
    assert shop("delivery", "set", "demo", "standard", "--free-from", "none").out == "standard  15.00 AED  2\n"


def test_rates_are_taken_over_set_and_removed(shop: Call) -> None:
    assert shop("tax", "install", "demo", "ae").out == "AE\tstandard\tVAT\t5 %\nAE\tzero\tVAT\t0 %\n"
    assert shop("tax", "set", "demo", "US-CA", "standard", "Sales tax", "7.25").out.endswith("Sales tax: 7.25 %\n")
    assert shop("tax", "remove", "demo", "AE", "zero", "VAT").code == 0
    assert shop("tax", "list", "demo").out == "AE\tstandard\tVAT\t5 %\nUS-CA\tstandard\tSales tax\t7.25 %\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("discount", "create", "demo", "A"), "discounts.bad_value"),
        (("discount", "create", "demo", "A", "--percent", "15", "--amount", "5"), "discounts.bad_value"),
        (("discount", "create", "demo", "A", "--percent", "-15"), "usage.bad_share"),
        (("discount", "create", "demo", "A", "--amount", "-5"), "discounts.bad_value"),
        (("discount", "create", "demo", "A", "--percent", "5", "--limit", "0"), "usage.bad_count"),
        (("discount", "create", "demo", "A", "--percent", "5", "--until", "Friday"), "usage.bad_moment"),
        (("discount", "create", "demo", "A", "--percent", "5", "--until", "2001-01-01"), "discounts.bad_window"),
        (("discount", "create", "demo", "A", "--percent", "5", "--collection", "none"), "goods.no_such_collection"),
        (("discount", "end", "demo", "A"), "discounts.unknown"),
        (("delivery", "set", "demo", "none", "--price", "5"), "delivery.no_such_method"),
        (("delivery", "set", "demo", "standard", "--price", "-5"), "shipping.bad_price"),
        (("delivery", "set", "demo", "standard", "--days", "soon"), "usage.bad_days"),
        (("delivery", "set", "demo", "standard", "--days", "3-1"), "shipping.bad_days"),
        (("tax", "set", "demo", "AE", "standard", "VAT", "five"), "usage.bad_share"),
        (("tax", "set", "demo", "UAE", "standard", "VAT", "5"), "tax.bad_place"),
        (("tax", "install", "demo", "XX"), "tax.not_shipped"),
    ],
)
def test_what_cannot_be_done_is_refused(shop: Call, words: tuple[str, ...], code: str) -> None:
    assert shop(*words).err.startswith(f"matjar: {code}: ")


def test_shares_are_parts_per_million() -> None:
    assert (share("5"), share("8.875 %"), per_cent(88_750), per_cent(100_000)) == (50_000, 88_750, "8.875 %", "10 %")


def test_a_day_begins_and_ends_by_the_shop_s_clocks() -> None:
    assert end("2026-11-30", DUBAI) - beginning("2026-11-30", DUBAI) == DAY_MS
    assert beginning("2026-11-30", DUBAI) == beginning("2026-11-30 04:00", ZoneInfo("UTC")) - 8 * 3_600_000
    assert end("2026-11-30 18:00", DUBAI) == beginning("2026-11-30 18:00", DUBAI)
    with pytest.raises(Refusal, match=r"usage\.bad_moment"):
        beginning("30.11.2026", DUBAI)
