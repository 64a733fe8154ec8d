"""`matjar shop`: how a shop's buyers pay."""

import json

from tests.compose.cli.conftest import Call


def test_a_shop_takes_the_payments_that_are_named_and_no_others(shop: Call) -> None:
    said = shop("shop", "gateways", "demo", "bank_transfer", "cash_on_delivery")
    assert said.out == "demo takes payment by bank_transfer, cash_on_delivery now.\n"
    (listed,) = json.loads(shop("shop", "list", "--json").out)
    assert listed["settings"]["gateways"] == ["bank_transfer", "cash_on_delivery"]
    assert listed["settings"]["legal_name"] == "Demo Trading LLC"


def test_what_the_platform_does_not_reach_no_shop_takes(shop: Call) -> None:
    said = shop("shop", "gateways", "demo", "stripe")
    assert said.code != 0
    assert said.err.startswith("matjar: shop.no_such_gateway")
    assert "twin, cash_on_delivery, bank_transfer" in said.err
