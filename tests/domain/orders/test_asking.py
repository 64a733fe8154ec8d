"""What buyers ask of their orders by themselves: how one stands, and to send something back."""

import pytest

from matjar.core.ids import hash_token
from matjar.core.limits import LOOKUPS_OF_ORDER, LOOKUPS_PER_ADDRESS, RETURNS_ASKED_PER_ORDER
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import orders, tasks
from matjar.domain.orders import FIRST_NUMBER, Order, Piece, Restock, Return, ReturnReason
from tests.domain.orders.sales import goods, sell, stock


@pytest.fixture
def order(tx: Tx) -> Order:
    """Three soaps and a brush, two soaps of which are sent."""
    stock(tx, [11, 12])
    placed = sell(tx, [goods(11, 3, 100), goods(12, 1, 100)])
    orders.fulfil(tx, order_id=placed.id, lines=(Piece(placed.lines[0].id, 2),))
    return orders.load(tx, order_id=placed.id)


def look_up(tx: Tx, number: int, email: str, address: str = "192.0.2.7") -> int | str:
    """What a buyer hears; wrong guesses stay counted, as they do when the command is refused."""
    try:
        return orders.look_up(tx, number=number, email=email, address=address)
    except Refusal as refusal:
        for trace in refusal.afterwards:
            trace(tx)
        return refusal.code


def ask(tx: Tx, order: Order, *pieces: Piece, reason: ReturnReason = ReturnReason.DAMAGED) -> None:
    orders.ask_for_return(tx, token_hash=hash_token(str(order.checkout_id)), pieces=pieces, reason=reason)


def test_an_order_is_found_by_number_and_address_however_they_are_written(tx: Tx, order: Order) -> None:
    assert look_up(tx, FIRST_NUMBER, " Mariam@Example.com ") == order.checkout_id


@pytest.mark.parametrize(
    ("number", "email"),
    [(FIRST_NUMBER, "sara@example.com"), (FIRST_NUMBER + 1, "mariam@example.com"), (0, ""), (FIRST_NUMBER, "mariam")],
)
def test_what_does_not_go_together_is_told_in_the_same_words(tx: Tx, order: Order, number: int, email: str) -> None:
    assert look_up(tx, number, email) == "orders.not_together"


def test_an_order_whose_buyer_was_forgotten_is_found_by_nobody(tx: Tx, order: Order) -> None:
    orders.fulfil(tx, order_id=order.id)
    orders.forget(tx, order_id=order.id)
    assert look_up(tx, FIRST_NUMBER, "") == "orders.not_together"


def test_guessing_is_slowed_down_by_address_and_by_order(tx: Tx, order: Order) -> None:
    for guess in range(LOOKUPS_OF_ORDER):
        assert look_up(tx, FIRST_NUMBER, "sara@example.com", f"192.0.2.{guess}") == "orders.not_together"
    assert look_up(tx, FIRST_NUMBER, "mariam@example.com") == "attempts.too_many"
    for guess in range(LOOKUPS_PER_ADDRESS):
        assert look_up(tx, FIRST_NUMBER + 1 + guess, "sara@example.com", "198.51.100.1") == "orders.not_together"
    assert look_up(tx, FIRST_NUMBER + 99, "sara@example.com", "198.51.100.1") == "attempts.too_many"


def test_asking_for_a_return_is_a_task_and_a_line_in_the_story(tx: Tx, order: Order) -> None:
    ask(tx, order, Piece(order.lines[0].id, 2))
    (task,) = tasks.list_open(tx)
    assert (task.kind, task.subject_id) == ("return_damaged", order.id)
    assert task.facts == {"items": [{"inventory_item_id": 11, "quantity": 2}]}
    assert orders.load_dossier(tx, order_id=order.id).timeline[-1].kind == "return_damaged"
    assert orders.load(tx, order_id=order.id).lines == order.lines


@pytest.mark.parametrize(
    ("line", "quantity", "code"),
    [(0, 3, "not_sent_yet"), (1, 1, "not_sent_yet"), (0, 0, "bad_quantity"), (9, 1, "no_such_line")],
)
def test_only_what_was_sent_can_come_back(tx: Tx, order: Order, line: int, quantity: int, code: str) -> None:
    line_item_id = order.lines[line].id if line < 2 else 1
    with pytest.raises(Refusal, match=rf"orders\.{code}"):
        ask(tx, order, Piece(line_item_id, quantity))
    with pytest.raises(Refusal, match=r"orders\.bad_quantity"):
        ask(tx, order)
    assert not tasks.list_open(tx)


def test_what_was_never_sent_or_came_back_is_not_asked_for_again(tx: Tx, order: Order) -> None:
    first = order.lines[0].id

    def left() -> int:
        return orders.returnable(orders.load(tx, order_id=order.id).lines[0])

    assert left() == 2
    orders.begin_refund(tx, order_id=order.id, lines=(Return(first, 1, Restock.CANCEL),))
    assert left() == 2, "the third was not sent"
    orders.begin_refund(tx, order_id=order.id, lines=(Return(first, 1),))
    assert left() == 1


def test_a_line_that_is_named_twice_is_counted_once(tx: Tx, order: Order) -> None:
    first = order.lines[0].id
    with pytest.raises(Refusal, match=r"orders\.not_sent_yet"):
        ask(tx, order, Piece(first, 2), Piece(first, 1))


def test_a_buyer_asks_a_few_times_and_then_writes_instead(tx: Tx, order: Order) -> None:
    for _ in range(RETURNS_ASKED_PER_ORDER):
        ask(tx, order, Piece(order.lines[0].id, 1), reason=ReturnReason.OTHER)
    with pytest.raises(Refusal, match=r"orders\.returns_asked"):
        ask(tx, order, Piece(order.lines[0].id, 1))


def test_whoever_has_not_the_link_asks_for_nothing(tx: Tx, order: Order) -> None:
    with pytest.raises(Refusal, match=r"orders\.no_such_order"):
        orders.ask_for_return(
            tx, token_hash=hash_token("guessed"), pieces=(Piece(order.lines[0].id, 1),), reason=ReturnReason.OTHER
        )
