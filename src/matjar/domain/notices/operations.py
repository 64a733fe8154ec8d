"""The box of letters: what goes in, and what became of it."""

from matjar.core import email as addresses
from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.core.limits import (
    MAIL_TRIES,
    MESSAGE_MS,
    MESSAGES_PER_ADDRESS,
    MESSAGES_TO_SHOP,
    ORDER_LETTER_MS,
    SWEEP_ROWS,
    TEXT,
)
from matjar.core.tx import Tx
from matjar.domain import attempts, shops, tasks
from matjar.domain.attempts import Limit
from matjar.domain.notices import model, store
from matjar.domain.notices.model import ABOUT_ORDERS, Letter, Notice, Wanted

MESSAGE_LENGTH = 4_000
"""Characters of a message to a shop: a page and a half."""

_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = MINUTE, 30 * MINUTE


def post(
    tx: Tx,
    letter: Letter,
    address: str,
    language: str,
    *,
    facts: dict[str, str] | None = None,
    good_ms: int = DAY,
) -> None:
    """Put a letter into the box; after ``good_ms`` it is not worth sending any more."""
    store.add(tx, Notice(tx.shop_id, tx.new_id(), letter, address, language, facts or {}, 0, tx.now + good_ms))


def write_to_shop(tx: Tx, *, name: str, email: str, text: str, address: str) -> None:
    """Have the shop read what somebody writes; it is a letter to it, answered to whom it is from.

    Refuses ``notices.bad_email``, ``notices.no_text`` and ``notices.too_long`` at their fields,
    ``notices.no_address``, and ``attempts.too_many``.
    """
    shop, facts = shops.load(tx), _message(name, email, text)
    if not shop.settings.email:
        raise model.NO_ADDRESS()
    limits = (
        Limit("message", f"address:{address}", MESSAGES_PER_ADDRESS, HOUR),
        Limit("message", "shop", MESSAGES_TO_SHOP, HOUR),
    )
    attempts.check_all(tx, limits=limits)
    attempts.count_all(tx, limits=limits)
    post(tx, Letter.MESSAGE, shop.settings.email, shop.languages[0], facts=facts, good_ms=MESSAGE_MS)


def take_down(tx: Tx, *, epoch: int, number: int, wanted: tuple[Wanted, ...]) -> None:
    """Owe the letters that a stretch of the feed asks for, and note that it is read up to ``number``: both or neither.

    An event leads to one letter at most: what was read before changes nothing, whoever brings it again.
    """
    read_up_to = store.cursor(tx)
    for each in wanted:
        if each.event > read_up_to:
            expires_at = tx.now + each.after_ms + ORDER_LETTER_MS
            notice = Notice(tx.shop_id, tx.new_id(), each.letter, "", "", each.facts, 0, expires_at, each.subject_id)
            store.add(tx, notice, event=each.event, due_at=tx.now + each.after_ms)
    store.move_cursor(tx, epoch, number)


def send_again(tx: Tx, *, letter: Letter, order_id: int, part: str = "") -> None:
    """Write a letter about an order once more, as the order stands by now. ``part``: of which parcel or refund."""
    assert letter in ABOUT_ORDERS
    facts = {"part": part} if part else {}
    store.add(tx, Notice(tx.shop_id, tx.new_id(), letter, "", "", facts, 0, tx.now + ORDER_LETTER_MS, order_id))


def sent(tx: Tx, *, notice_id: int) -> None:
    """It was sent: to whom, what it said and what it opened is forgotten."""
    store.end(tx, notice_id, sent_at=tx.now)


def failed(tx: Tx, *, notice_id: int, reason: str = "") -> None:
    """It could not be sent: later, each time twice as late; and not at all once nobody waits for it any more."""
    notice = store.find(tx, notice_id)
    if notice is None:
        return
    due_at = tx.now + min(_FIRST_PAUSE_MS * 2**notice.tries, _LONGEST_PAUSE_MS)
    hopeless = notice.subject_id is None and notice.tries + 1 >= MAIL_TRIES
    if hopeless or due_at >= notice.expires_at:
        _give_up(tx, notice, reason)
    else:
        store.defer(tx, notice_id, due_at, reason)


def undeliverable(tx: Tx, *, notice_id: int, reason: str = "") -> None:
    """Nobody is there: it is never tried again, and of a letter about an order somebody of the shop hears."""
    notice = store.find(tx, notice_id)
    if notice is not None:
        _give_up(tx, notice, reason)


def unwanted(tx: Tx, *, notice_id: int) -> None:
    """It is not to be sent after all: what it was to tell is not so any more, or its reader is forgotten."""
    store.end(tx, notice_id)


def forget(tx: Tx, *, address: str) -> None:
    """What waits for this address is not sent: whoever reads it there is to be forgotten."""
    store.end_for(tx, address)


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Delete what was sent or given up; tells how many rows, so that the sweeper comes again for more."""
    return store.forget_ended(tx, most)


def _message(name: str, email: str, text: str) -> dict[str, str]:
    writer = addresses.fold(email)
    if not writer:
        raise model.BAD_EMAIL(email=email[:50]).at("email")
    for field, said, most in (("name", name, TEXT), ("text", text, MESSAGE_LENGTH)):
        if len(said) > most:
            raise model.TOO_LONG(most=most).at(field)
    if not text.strip():
        raise model.NO_TEXT().at("text")
    return {"name": " ".join(name.split()), "email": writer, "text": text.strip()}


def _give_up(tx: Tx, notice: Notice, reason: str) -> None:
    store.end(tx, notice.id, reason=reason)
    if notice.letter in ABOUT_ORDERS and notice.subject_id:
        facts = {"notice_id": notice.id, "letter": notice.letter.value}
        tasks.open_task(tx, kind="letter_undeliverable", subject_id=notice.subject_id, facts=facts)
