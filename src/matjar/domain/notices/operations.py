"""The box of letters: what goes in, and what became of it."""

from matjar.core.clock import DAY, MINUTE
from matjar.core.limits import MAIL_TRIES, SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain.notices import store
from matjar.domain.notices.model import Letter, Notice

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


def sent(tx: Tx, *, notice_id: int) -> None:
    """It was sent: to whom, what it said and what it opened is forgotten."""
    store.end(tx, notice_id)


def failed(tx: Tx, *, notice_id: int) -> None:
    """It could not be sent: later, each time twice as late; and not at all once nobody waits for it any more."""
    notice = store.find(tx, notice_id)
    if notice is None:
        return
    due_at = tx.now + min(_FIRST_PAUSE_MS * 2**notice.tries, _LONGEST_PAUSE_MS)
    if notice.tries + 1 >= MAIL_TRIES or due_at >= notice.expires_at:
        store.end(tx, notice_id)
    else:
        store.defer(tx, notice_id, due_at)


def undeliverable(tx: Tx, *, notice_id: int) -> None:
    """Nobody is there: it is never tried again."""
    store.end(tx, notice_id)


def forget(tx: Tx, *, address: str) -> None:
    """What waits for this address is not sent: whoever reads it there is to be forgotten."""
    store.end_for(tx, address)


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Delete what was sent or given up; tells how many rows, so that the sweeper comes again for more."""
    return store.forget_ended(tx, most)
