"""A shop's own hosts, beside the one that its handle makes."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import shops
from matjar.storage.tx import ShopTx


def test_a_host_leads_to_its_shop_until_it_is_removed(tx: ShopTx) -> None:
    assert shops.add_domain(tx, host=" WWW.Example.com ") == "www.example.com"
    shops.add_domain(tx, host="xn--mgbh0fb.example")
    assert shops.list_hosts(tx) == ["www.example.com", "xn--mgbh0fb.example"]
    shops.remove_domain(tx, host="www.example.com")
    assert shops.list_hosts(tx) == ["xn--mgbh0fb.example"]
    with pytest.raises(Refusal, match=r"shops\.no_such_host"):
        shops.remove_domain(tx, host="www.example.com")


def test_adding_twice_is_adding_once(tx: ShopTx) -> None:
    assert shops.add_domain(tx, host="example.com") == shops.add_domain(tx, host="example.com")
    assert shops.list_hosts(tx) == ["example.com"]


def test_another_shop_s_host_stays_where_it_leads(tx: ShopTx) -> None:
    shops.add_domain(tx, host="example.com")
    tx.shop_id = 2
    shops.create(tx, handle="other", name="", currency="AED", country="AE", time_zone="Asia/Dubai")
    with pytest.raises(Refusal, match=r"shops\.host_taken"):
        shops.add_domain(tx, host="example.com")
    with pytest.raises(Refusal, match=r"shops\.no_such_host"):
        shops.remove_domain(tx, host="example.com")


@pytest.mark.parametrize("host", ["", "example", "-a.example", "a b.example", "127.0.0.1", "متجر.example", "a" * 260])
def test_what_is_no_host_is_refused(tx: ShopTx, host: str) -> None:
    with pytest.raises(Refusal, match=r"shops\.bad_host"):
        shops.add_domain(tx, host=host)
