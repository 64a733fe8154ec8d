"""The audit itself: what it is there to find, it finds."""

import msgspec
import pytest

from tests.stories.audit import Charge, Tables, wrongs
from tests.stories.shoppers import Shopper

STOCK = 10
ORDER, INTENT, CHECKOUT, ITEM, VARIANT = 7, 5, 3, 11, 12
RIGHT = Tables(
    orders={ORDER: (ORDER, CHECKOUT, 1, 6400, 6400, "twin")},
    lines=[(ORDER, VARIANT, ITEM, 2)],
    intents={INTENT: (INTENT, ORDER, "captured")},
    levels=[(ITEM, STOCK, 2, 0)],
    invoices=[1],
    feed=[(1, "order_placed"), (2, "order_paid")],
    balances={("gateway:twin", "AED"): 6400, ("sales", "AED"): -6096, ("tax:AE", "AED"): -304},
)
CHARGED = Charge(f"1-{INTENT}", "captured", 6400)
replace = msgspec.structs.replace


def _shopper(*told: int) -> Shopper:
    shopper = Shopper("http://127.0.0.1", {VARIANT: 2})
    shopper.told = [str(order_id) for order_id in told]
    return shopper


def _with_order(order_id: int, checkout_id: int) -> Tables:
    return replace(RIGHT, orders=RIGHT.orders | {order_id: (order_id, checkout_id, 2, 0, 0, "bank_transfer")})


def _with_intent(intent_id: int, order_id: int | None) -> Tables:
    return replace(RIGHT, intents=RIGHT.intents | {intent_id: (intent_id, order_id, "captured")})


def _with_balances(**balances: int) -> Tables:
    return replace(RIGHT, balances=RIGHT.balances | {(account, "AED"): each for account, each in balances.items()})


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert wrongs([_shopper(ORDER, ORDER)], [CHARGED], RIGHT, STOCK) == []


ANOTHER = Charge("1-6", "captured", 6400)
WRONG: dict[str, tuple[list[Shopper], list[Charge], Tables, str]] = {
    "a lost order": ([_shopper(8)], [CHARGED], RIGHT, "is lost"),
    "one shopper with two orders": ([_shopper(7, 8)], [CHARGED], RIGHT, "several orders"),
    "two shoppers with one order": ([_shopper(7), _shopper(7)], [CHARGED], RIGHT, "promised to 2"),
    "another's goods": ([_shopper(7)], [CHARGED], replace(RIGHT, lines=[(ORDER, VARIANT, ITEM, 1)]), "not of"),
    "one checkout with two orders": ([], [CHARGED], _with_order(8, CHECKOUT), "became 2 orders"),
    "a charge without an order": ([], [CHARGED, ANOTHER], _with_intent(6, None), "for no order"),
    "a charge that nobody wrote down": ([], [CHARGED, ANOTHER], RIGHT, "nobody wrote down"),
    "a charge of another amount": ([], [replace(CHARGED, kept_minor=1)], RIGHT, "took 1 for an order of 6400"),
    "money that is still held": ([], [replace(CHARGED, state="authorized")], RIGHT, "still authorized"),
    "an order that nobody paid": ([], [], RIGHT, "has 0 charges"),
    "an order that was paid twice": ([], [CHARGED, ANOTHER], _with_intent(6, ORDER), "has 2 charges"),
    "a ledger with one side": ([], [CHARGED], _with_balances(sales=0), "the ledger's sum is 6096"),
    "money that is due to a buyer": ([], [CHARGED], _with_balances(refunds_due=-5), "due to buyers is -5"),
    "stock that was not taken": ([], [CHARGED], replace(RIGHT, levels=[(ITEM, STOCK, 1, 0)]), "committed 1"),
    "stock that is held for nobody": ([], [CHARGED], replace(RIGHT, levels=[(ITEM, STOCK, 2, 1)]), "reserved 1"),
    "an invoice that is missing": ([], [CHARGED], replace(RIGHT, invoices=[2]), "invoices have a gap"),
    "an order that was not announced": ([], [CHARGED], replace(RIGHT, feed=[(1, "order_paid")]), "tells of 0 orders"),
}


@pytest.mark.parametrize(("shoppers", "charges", "tables", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_found(shoppers: list[Shopper], charges: list[Charge], tables: Tables, words: str) -> None:
    found = wrongs(shoppers, charges, tables, STOCK)
    assert any(words in each for each in found), found
