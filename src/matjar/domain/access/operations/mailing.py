"""The box of letters: the mail's worker takes what is due, sends it, and says what became of it."""

from matjar.core.clock import MINUTE
from matjar.core.limits import MAIL_TRIES, SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain.access.store import letters, sweeping

_LONGEST_PAUSE_MS = 30 * MINUTE


def mail_sent(tx: Tx, *, mail_id: int) -> None:
    """It was sent: to whom, what it said and what it opened is forgotten."""
    mail = letters.find_mail(tx, mail_id)
    if mail is not None:
        letters.end_mail(tx, mail_id, mail.tries + 1)


def mail_failed(tx: Tx, *, mail_id: int) -> None:
    """It could not be sent: later, each time twice as late; and not at all once nobody waits for it any more."""
    mail = letters.find_mail(tx, mail_id)
    if mail is None:
        return
    due_at = tx.now + min(MINUTE * 2**mail.tries, _LONGEST_PAUSE_MS)
    if mail.tries + 1 >= MAIL_TRIES or due_at >= mail.expires_at:
        letters.end_mail(tx, mail_id, mail.tries + 1)
    else:
        letters.defer_mail(tx, mail_id, mail.tries + 1, due_at)


def mail_undeliverable(tx: Tx, *, mail_id: int) -> None:
    """Nobody is there: no letter goes there again."""
    mail_sent(tx, mail_id=mail_id)


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Delete what is over: links, sessions, revocations, letters, old entries; tells how many rows."""
    return sweeping.sweep(tx, most)
