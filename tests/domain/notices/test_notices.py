"""A shop's letters: put into the box, sent, tried again, given up."""

from matjar.core.clock import DAY, MINUTE
from matjar.domain import notices
from matjar.domain.notices import Letter
from matjar.storage.tx import ShopTx


def post(tx: ShopTx, *, good_ms: int = DAY) -> int:
    """A letter in the box."""
    notices.post(tx, Letter.SIGN_IN, "layla@example.com", "en", facts={"code": "314159"}, good_ms=good_ms)
    return notices.due(tx)[-1].id


def row(tx: ShopTx) -> tuple[object, ...]:
    """What is left of the one letter."""
    found = tx.one("SELECT address, facts, due_at FROM notices WHERE shop_id = :shop_id")
    assert found is not None
    return tuple(found)


def test_a_letter_that_was_sent_is_forgotten_save_that_it_was(tx: ShopTx) -> None:
    notices.sent(tx, notice_id=post(tx))
    assert not notices.due(tx)
    assert row(tx) == ("", "{}", None)
    tx.now += DAY + 1
    assert notices.sweep(tx) == 1


def test_what_could_not_be_sent_waits_ever_longer_until_nobody_waits_for_it(tx: ShopTx) -> None:
    id_ = post(tx, good_ms=10 * MINUTE)
    for pause in (1, 2, 4):
        notices.failed(tx, notice_id=id_)
        assert not notices.due(tx)
        tx.now += pause * MINUTE
        assert [each.id for each in notices.due(tx)] == [id_]
    notices.failed(tx, notice_id=id_)
    assert row(tx) == ("", "{}", None)


def test_what_nobody_takes_is_never_tried_again(tx: ShopTx) -> None:
    notices.undeliverable(tx, notice_id=post(tx))
    assert not notices.due(tx)


def test_what_waits_for_somebody_who_is_forgotten_is_not_sent(tx: ShopTx) -> None:
    post(tx)
    notices.forget(tx, address="layla@example.com")
    assert not notices.due(tx)
