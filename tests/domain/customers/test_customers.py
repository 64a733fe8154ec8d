"""Who bought here."""

import pytest

from matjar.core.address import NOWHERE, Address
from matjar.core.refusal import Refusal
from matjar.domain import customers
from matjar.storage.tx import ShopTx

DUBAI = Address(name="Layla Haddad", line1="Marina Walk 4", city="Dubai", country="AE")


def test_the_same_e_mail_is_the_same_customer(tx: ShopTx) -> None:
    first = customers.upsert(tx, email="Layla@Example.com ", name="Layla", accepts_marketing=True)
    again = customers.upsert(tx, email="layla@example.com", phone="+971500000000", address=DUBAI)
    assert first == again
    layla = customers.load(tx, customer_id=first)
    assert (layla.name, layla.phone, layla.address) == ("Layla", "+971500000000", DUBAI)
    assert layla.accepts_marketing
    assert customers.find(tx, email="LAYLA@example.com") == layla


def test_who_buys_again_unchanged_is_not_announced_anew(tx: ShopTx) -> None:
    customers.upsert(tx, email="a@example.com", name="A")
    announced = len(tx._head.announced)
    customers.upsert(tx, email="a@example.com", name="A")
    assert len(tx._head.announced) == announced


@pytest.mark.parametrize("email", ["", "a", "a@b", "a@b@c.de", "a b@example.com", "<a@example.com>", "a@example.c"])
def test_what_no_letter_could_reach_is_refused(tx: ShopTx, email: str) -> None:
    with pytest.raises(Refusal) as no:
        customers.upsert(tx, email=email)
    assert (no.value.code, no.value.field) == ("customers.bad_email", "email")


def test_an_erased_customer_leaves_an_id(tx: ShopTx) -> None:
    id_ = customers.upsert(tx, email="layla@example.com", name="Layla", address=DUBAI)
    customers.erase(tx, customer_id=id_)
    customers.erase(tx, customer_id=id_)
    left = customers.load(tx, customer_id=id_)
    assert (left.email, left.phone, left.name, left.address, left.erased_at) == (None, None, "", NOWHERE, tx.now)
    assert customers.upsert(tx, email="layla@example.com") != id_


def test_customers_are_found_by_name_phone_and_e_mail(tx: ShopTx) -> None:
    layla = customers.upsert(tx, email="layla@example.com", name="Layla Haddad", phone="+971501234567")
    omar = customers.upsert(tx, email="omar@example.com", name="Omar Nasser")
    assert [each.id for each in customers.list_customers(tx, words="haddad")] == [layla]
    assert [each.id for each in customers.list_customers(tx, words="1234")] == [layla]
    assert [each.id for each in customers.list_customers(tx, words="OMAR@")] == [omar]
    assert [each.id for each in customers.list_customers(tx, since_id=layla)] == [omar]
    with pytest.raises(Refusal, match=r"customers\.not_found"):
        customers.load(tx, customer_id=7)
