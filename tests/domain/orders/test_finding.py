"""Finding orders, putting them away, and forgetting who bought."""

import pytest

from matjar.core.address import Address
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import orders
from matjar.domain.orders import Contact, Filter
from matjar.domain.payments import State
from tests.domain.orders.sales import goods, sell, stock


def test_a_program_pages_forward_and_a_person_looks_back(tx: Tx) -> None:
    stock(tx, [11])
    placed = [sell(tx, [goods(11, 1, 100)]) for _ in range(5)]
    page = orders.list_orders(tx, most=2)
    assert page == placed[:2]
    assert orders.list_orders(tx, since_id=page[-1].id, most=2) == placed[2:4]
    assert orders.list_latest(tx, most=2) == placed[:2:-1]
    assert orders.list_latest(tx, before_id=placed[3].id, most=2) == [placed[2], placed[1]]


def test_orders_are_filtered_and_counted(tx: Tx) -> None:
    stock(tx, [11])
    paid = sell(tx, [goods(11, 1, 100)])
    sell(tx, [goods(11, 1, 100)], State.DEFERRED, "cash_on_delivery")
    orders.fulfil(tx, order_id=paid.id)
    assert [order.id for order in orders.list_orders(tx, matching=Filter(financial_status="paid"))] == [paid.id]
    assert orders.count(tx, matching=Filter(fulfilment_status="unfulfilled")) == 1
    assert orders.count(tx, matching=Filter(created_before=tx.now)) == 0
    assert orders.count(tx) == 2


def test_what_is_still_to_be_paid_or_sent_is_found_whatever_its_exact_standing(tx: Tx) -> None:
    stock(tx, [11])
    paid = sell(tx, [goods(11, 2, 100)])
    owing = sell(tx, [goods(11, 1, 100)], State.DEFERRED, "cash_on_delivery")
    held = sell(tx, [goods(11, 1, 100)], State.AUTHORIZED)
    orders.fulfil(tx, order_id=owing.id)
    unpaid, unsent = Filter(financial_status="unpaid"), Filter(fulfilment_status="unsent")
    assert [order.id for order in orders.list_orders(tx, matching=unpaid)] == [owing.id, held.id]
    assert [order.id for order in orders.list_orders(tx, matching=unsent)] == [paid.id, held.id]
    orders.fulfil(tx, order_id=paid.id, lines=(orders.Piece(paid.lines[0].id, 1),))
    assert orders.count(tx, matching=unsent) == 2


def test_a_search_keeps_to_its_filter(tx: Tx) -> None:
    stock(tx, [11])
    sell(tx, [goods(11, 1, 100)])
    owing = sell(tx, [goods(11, 1, 100)], State.DEFERRED, "cash_on_delivery")
    found = orders.search(tx, text="mariam", matching=Filter(financial_status="unpaid"))
    assert [order.id for order in found] == [owing.id]


def test_people_search_by_number_and_by_name(tx: Tx) -> None:
    stock(tx, [11])
    first, second = (sell(tx, [goods(11, 1, 100)]) for _ in range(2))
    assert orders.search(tx, text="#1002") == [second]
    assert orders.search(tx, text="1001") == [first]
    assert orders.search(tx, text="mariam", most=1) == [second]
    assert orders.search(tx, text="100%") == []


def test_an_order_is_put_away_and_taken_out_again(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)])
    assert orders.close(tx, order_id=order.id).status == "closed"
    assert orders.reopen(tx, order_id=order.id).status == "open"
    kinds = [occasion.kind for occasion in orders.load_dossier(tx, order_id=order.id).timeline]
    assert kinds == ["placed", "closed", "reopened"]


def test_a_forgotten_buyer_leaves_only_the_country(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)])
    orders.forget(tx, order_id=order.id)
    contact = orders.load(tx, order_id=order.id).contact
    assert (contact.email, contact.shipping.name, contact.shipping.country) == ("", "", "AE")
    assert orders.search(tx, text="mariam") == []


def test_an_address_is_corrected_before_the_parcel_leaves(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)])
    contact = Contact(email="mariam@example.com", shipping=Address(name="Mariam", line1="Marina Walk 2", country="AE"))
    amended = orders.amend(tx, order_id=order.id, contact=contact)
    assert orders.load(tx, order_id=order.id) == amended
    with pytest.raises(Refusal, match=r"orders\.too_long"):
        orders.amend(tx, order_id=order.id, contact=Contact(note="x" * 256))


def test_there_is_no_order_that_there_is_not(tx: Tx) -> None:
    with pytest.raises(Refusal, match=r"orders\.no_such_order"):
        orders.load(tx, order_id=1)
