"""`matjar domain`: hosts that lead to a shop."""

from tests.compose.cli.conftest import Call


def test_a_host_leads_to_a_shop_until_it_is_removed(shop: Call) -> None:
    assert shop("domain", "add", "demo", "Soap.example").out == "soap.example leads to demo now.\n"
    assert shop("domain", "add", "demo", "متجر.example").code == 0
    assert shop("domain", "list", "demo").out == "soap.example\nxn--pgbep1f.example\n"
    assert shop("domain", "remove", "demo", "متجر.example").code == 0
    assert shop("domain", "list", "demo").out == "soap.example\n"


def test_a_shop_is_known_at_the_host_that_its_merchant_puts_first(shop: Call) -> None:
    for host in ("a.example", "soap.example"):
        shop("domain", "add", "demo", host)
    assert "demo is known at soap.example" in shop("domain", "first", "demo", "Soap.example").out.lower()
    assert shop("domain", "list", "demo").out == "soap.example\na.example\n"
    assert shop("domain", "first", "demo", "another.example").err.startswith("matjar: shops.no_such_host")
    shop("domain", "remove", "demo", "soap.example")
    assert shop("domain", "list", "demo").out == "a.example\n"


def test_what_is_no_host_or_another_s_is_refused(shop: Call) -> None:
    shop("shop", "create", "other")
    shop("domain", "add", "demo", "soap.example")
    assert shop("domain", "add", "other", "soap.example").err.startswith("matjar: shops.host_taken")
    assert shop("domain", "add", "other", "demo.localhost").err.startswith("matjar: platform.own_domain")
    assert shop("domain", "add", "other", "http://soap").err.startswith("matjar: shops.bad_host")
    assert shop("domain", "remove", "other", "soap.example").err.startswith("matjar: shops.no_such_host")
