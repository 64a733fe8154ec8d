"""`matjar stock`, `price`, `product` and `location`: counted, priced and taken off sale, by whatever name."""

import json

import pytest

from tests.compose.cli.conftest import Call


def test_stock_is_counted_corrected_and_moved(shop: Call) -> None:
    assert shop("stock", "set", "demo", "R-1", "5").out == "R-1: 5 at Store room, 3 of them to be sold.\n"
    assert shop("stock", "adjust", "demo", "r-1", "-1").out == "r-1: 4 at Store room, 2 of them to be sold.\n"
    assert shop("location", "create", "demo", "Corner", "--pickup").code == 0
    assert shop("stock", "move", "demo", "R-1", "2", "store", "corner").out.startswith("R-1: 2 at Corner, 2 of")
    assert shop("stock", "show", "demo", "R-1").out == "Store room\t2\t2\t0\nCorner\t2\t0\t2\n"
    scarce = shop("stock", "list", "demo", "--location", "Store room", "--search", "R-1", "--at-most", "0").out
    assert scarce == "R-1\tRose soap – Large\t2\t2\t0\n"


@pytest.mark.parametrize("place", ["Store room", "STORE", "room", "المخزن", "مخزن"])
def test_a_location_is_named_in_any_language_and_as_shortly_as_it_is_clear(shop: Call, place: str) -> None:
    shop("location", "create", "demo", "Corner")
    assert shop("stock", "set", "demo", "R-1", "5", "--location", place).code == 0


def test_a_location_is_named_by_its_id(shop: Call) -> None:
    location_id = shop("location", "list", "demo").out.split("\t")[0]
    assert shop("stock", "set", "demo", "R-1", "5", "--location", location_id).code == 0


def test_a_refusal_names_the_locations_that_there_are_in_every_language(shop: Call) -> None:
    shop("location", "create", "demo", "Corner")
    refused = shop("stock", "set", "demo", "R-1", "5", "--location", "Moon").err
    assert refused == "matjar: goods.which_location: Name one of the locations: Store room / المخزن; Corner.\n"


def test_a_location_has_a_name_in_each_of_the_shop_s_languages(shop: Call) -> None:
    assert shop("location", "name", "demo", "store", "ar", "مستودع").code == 0
    assert shop("location", "name", "demo", "مستودع", "en", "Cellar").code == 0
    assert shop("location", "list", "demo").out.split("\t")[1] == "Cellar"
    assert shop("location", "name", "demo", "cellar", "fr", "Cave").err.startswith("matjar: catalog.bad_language")


def test_a_price_is_changed_and_what_it_was_before_stays_said(shop: Call) -> None:
    dearer = shop("price", "set", "demo", "R-1", "99.50", "--before", "120").out
    assert dearer == "Rose soap – Large (R-1): 99.50 AED.\n"
    assert shop("price", "set", "demo", "R-1", "98", language="ar").out == "صابون الورد – Large (R-1): 98.00 AED.\n"
    large = json.loads(shop("product", "show", "demo", "rose-soap", "--json").out)["variants"][0]
    assert (large["price_minor"], large["compare_at_minor"]) == (9_800, 12_000)
    shop("price", "set", "demo", "R-1", "98", "--before", "none")
    large = json.loads(shop("product", "show", "demo", "R-1", "--json").out)["variants"][0]
    assert large["compare_at_minor"] is None


def test_a_product_is_seen_and_taken_off_sale(shop: Call) -> None:
    assert shop("product", "list", "demo", "--search", "rose").out == "rose-soap\tRose soap\tactive\t4\t20.00 AED\n"
    assert "105.00 AED" in shop("product", "show", "demo", "rose-soap").out
    assert shop("product", "set", "demo", "R-2", "draft").out == "Rose soap (rose-soap): draft.\n"
    assert shop("product", "list", "demo", "--status", "active").out == ""


def test_a_variant_whose_sku_says_too_little_is_named_by_its_id(shop: Call) -> None:
    refused = shop("price", "set", "demo", "TWICE", "1")
    assert refused.err.startswith("matjar: goods.ambiguous_sku: Several variants have the SKU TWICE")
    variants = json.loads(shop("product", "show", "demo", "rose-soap", "--json").out)["variants"]
    assert all(str(each["id"]) in refused.err for each in variants[2:])
    assert shop("price", "set", "demo", str(variants[3]["id"]), "1").out.startswith("Rose soap – Gift")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("stock", "set", "demo", "R-1", "-5"), "inventory.bad_count"),
        (("stock", "set", "demo", "R-1", "many"), "usage.bad_number"),
        (("stock", "set", "demo", "R-9", "5"), "goods.no_such_sku"),
        (("stock", "move", "demo", "R-1", "99", "store", "store"), "inventory.not_enough"),
        (("price", "set", "demo", "R-1", "-1"), "catalog.bad_price"),
        (("price", "set", "demo", "R-1", "1,50"), "money.bad_amount"),
        (("product", "show", "demo", "rose"), "goods.no_such_product"),
        (("product", "show", "demo", "12345678901234567890"), "goods.no_such_product"),
        (("product", "set", "demo", "rose-soap", "gone"), "usage.bad_choice"),
    ],
)
def test_what_cannot_be_done_is_refused(shop: Call, words: tuple[str, ...], code: str) -> None:
    done = shop(*words)
    assert done.code in (1, 2)
    assert done.err.startswith(f"matjar: {code}: ")
    assert done.err.count("\n") == 1
