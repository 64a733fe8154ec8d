"""A shop's letters: put into the box, sent, tried again, given up."""

from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.core.limits import MAIL_TRIES
from matjar.domain import notices, tasks
from matjar.domain.notices import Letter, Wanted
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


CONFIRMED = Wanted(7, Letter.ORDER_CONFIRMED, 42)


def test_an_event_leads_to_one_letter_however_often_it_is_read(tx: ShopTx) -> None:
    for _ in range(3):
        notices.take_down(tx, epoch=1, number=9, wanted=(CONFIRMED,))
    (notice,) = notices.due(tx)
    assert (notice.letter, notice.subject_id, notice.address) == (Letter.ORDER_CONFIRMED, 42, "")
    assert notices.read_up_to(tx) == 9


def test_what_was_read_goes_back_only_with_another_epoch(tx: ShopTx) -> None:
    for epoch, number, stands_at in ((1, 9, 9), (1, 5, 9), (2, 5, 5)):
        notices.take_down(tx, epoch=epoch, number=number, wanted=())
        assert notices.read_up_to(tx) == stands_at


def test_a_letter_about_a_payment_waits_until_the_buyer_had_time_to_try_again(tx: ShopTx) -> None:
    notices.take_down(tx, epoch=1, number=1, wanted=(Wanted(1, Letter.PAYMENT_FAILED, 5, after_ms=MINUTE),))
    assert not notices.due(tx)
    tx.now += MINUTE
    assert len(notices.due(tx)) == 1


def test_a_letter_about_an_order_outlives_a_long_weekend_without_a_mail_server(tx: ShopTx) -> None:
    notices.take_down(tx, epoch=1, number=1, wanted=(CONFIRMED,))
    (notice,) = notices.due(tx)
    for _ in range(3 * MAIL_TRIES):
        notices.failed(tx, notice_id=notice.id, reason="451 later")
        tx.now += HOUR
        assert [each.id for each in notices.due(tx)] == [notice.id]
    (seen,) = notices.list_about(tx, order_id=42)
    assert (seen.tries, seen.sent_at, seen.reason) == (3 * MAIL_TRIES, None, "451 later")


def test_of_a_letter_about_an_order_that_nobody_takes_the_shop_hears(tx: ShopTx) -> None:
    notices.take_down(tx, epoch=1, number=1, wanted=(CONFIRMED,))
    (notice,) = notices.due(tx)
    for _ in range(2):
        notices.undeliverable(tx, notice_id=notice.id, reason="550 nobody of that name")
    (task,) = tasks.list_open(tx)
    assert (task.kind, task.subject_id) == ("letter_undeliverable", 42)
    assert task.facts == {"notice_id": notice.id, "letter": "order_confirmed"}
    notices.send_again(tx, letter=Letter.ORDER_CONFIRMED, order_id=42)
    assert [each.subject_id for each in notices.due(tx)] == [42]


def test_what_is_not_wanted_any_more_is_neither_sent_nor_a_task(tx: ShopTx) -> None:
    notices.take_down(tx, epoch=1, number=1, wanted=(CONFIRMED,))
    notices.unwanted(tx, notice_id=notices.due(tx)[0].id)
    assert not notices.due(tx)
    assert not tasks.list_open(tx)


def test_what_became_of_a_letter_about_an_order_is_to_be_seen_for_a_month(tx: ShopTx) -> None:
    notices.take_down(tx, epoch=1, number=1, wanted=(CONFIRMED,))
    notices.sent(tx, notice_id=notices.due(tx)[0].id)
    sent_at = tx.now
    tx.now += 10 * DAY
    assert notices.sweep(tx) == 0
    assert [each.sent_at for each in notices.list_about(tx, order_id=42)] == [sent_at]
    tx.now += 30 * DAY
    assert notices.sweep(tx) == 1


def test_who_waits_for_a_code_does_not_wait_behind_orders(tx: ShopTx) -> None:
    notices.take_down(tx, epoch=1, number=1, wanted=(CONFIRMED,))
    tx.now += MINUTE
    post(tx, good_ms=10 * MINUTE)
    assert [each.letter for each in notices.due(tx)] == [Letter.SIGN_IN, Letter.ORDER_CONFIRMED]
