"""The letters' SQL."""

import msgspec

from matjar.core.limits import MAILS_KEPT_MS
from matjar.core.tx import Reading, Row, Tx
from matjar.domain.notices.model import Letter, Notice, Posted

_ADD = """
    INSERT INTO notices (shop_id, id, letter, address, language, facts, expires_at, tries, due_at, event, subject_id)
    VALUES (:shop_id, :id, :letter, :address, :language, :facts, :expires_at, 0, :due_at, :event, :subject_id)
"""
_DUE = """
    SELECT shop_id, id, letter, address, language, facts, tries, expires_at, subject_id FROM notices
    WHERE shop_id >= :shop_id AND due_at IS NOT NULL AND due_at <= :now ORDER BY expires_at, shop_id, id LIMIT :most
"""
_FIND = """
    SELECT shop_id, id, letter, address, language, facts, tries, expires_at, subject_id FROM notices
    WHERE shop_id = :shop_id AND id = :id AND due_at IS NOT NULL
"""
_OF = """
    SELECT id, letter, facts, tries, due_at, sent_at, reason FROM notices
    WHERE shop_id = :shop_id AND subject_id = :subject_id ORDER BY id LIMIT 500
"""
_DEFER = """
    UPDATE notices SET tries = tries + 1, due_at = :due_at, reason = :reason WHERE shop_id = :shop_id AND id = :id
"""
_END = """
    UPDATE notices SET tries = tries + 1, address = '', due_at = NULL, sent_at = :sent_at, reason = :reason,
        facts = CASE WHEN subject_id IS NULL THEN '{}' ELSE facts END
    WHERE shop_id = :shop_id AND id = :id AND due_at IS NOT NULL
"""
_END_FOR = """
    UPDATE notices SET address = '', facts = '{}', due_at = NULL
    WHERE shop_id = :shop_id AND address = :address AND due_at IS NOT NULL
"""
_FORGET = """
    DELETE FROM notices WHERE shop_id = :shop_id AND id IN (
        SELECT id FROM notices WHERE shop_id = :shop_id AND due_at IS NULL AND expires_at < :now
            AND (subject_id IS NULL OR expires_at < :long_ago)
        ORDER BY expires_at LIMIT :most
    )
"""
_CURSOR = "SELECT number FROM cursors WHERE shop_id = :shop_id AND consumer = :consumer"
_MOVE = """
    INSERT INTO cursors (shop_id, consumer, epoch, number) VALUES (:shop_id, :consumer, :epoch, :number)
    ON CONFLICT (shop_id, consumer) DO UPDATE SET epoch = excluded.epoch, number = excluded.number
    WHERE cursors.epoch <> excluded.epoch OR cursors.number < excluded.number
"""

_CONSUMER = "letters"

_encode = msgspec.json.Encoder().encode
_facts = msgspec.json.Decoder(dict[str, str]).decode


def add(tx: Tx, notice: Notice, *, event: int | None = None, due_at: int | None = None) -> None:
    """Put a letter into the box, due at once where nothing else is said."""
    tx.run(
        _ADD, id=notice.id, letter=notice.letter, address=notice.address, language=notice.language,
        facts=_encode(notice.facts).decode(), expires_at=notice.expires_at, due_at=due_at or tx.now, event=event,
        subject_id=notice.subject_id,
    )  # fmt: skip


def due(view: Reading, most: int) -> list[Notice]:
    """The letters that are due, of this shop and all after it; those first that are of no use the soonest."""
    return [_notice(row) for row in view.all(_DUE, now=view.now, most=most)]


def find(view: Reading, notice_id: int) -> Notice | None:
    """A letter that was neither sent nor given up."""
    row = view.one(_FIND, id=notice_id)
    return _notice(row) if row else None


def posted_about(view: Reading, subject_id: int) -> list[Posted]:
    """Letters about an order, the oldest first."""
    return [_posted(row) for row in view.all(_OF, subject_id=subject_id)]


def defer(tx: Tx, notice_id: int, due_at: int, reason: str) -> None:
    """Try again later."""
    tx.run(_DEFER, id=notice_id, due_at=due_at, reason=reason)


def end(tx: Tx, notice_id: int, *, sent_at: int | None = None, reason: str | None = None) -> None:
    """Forget to whom it went and what it opened."""
    tx.run(_END, id=notice_id, sent_at=sent_at, reason=reason)


def end_for(tx: Tx, address: str) -> None:
    """The same for all that waits for an address."""
    tx.run(_END_FOR, address=address)


def forget_ended(tx: Tx, most: int) -> int:
    """Delete what is over; what became of letters about orders is to be seen for longer."""
    return tx.changed(_FORGET, now=tx.now, long_ago=tx.now - MAILS_KEPT_MS, most=most)


def cursor(view: Reading) -> int:
    """Up to which event this shop's feed was read for letters; 0: it never was."""
    row = view.one(_CURSOR, consumer=_CONSUMER)
    return int(row[0]) if row else 0


def move_cursor(tx: Tx, epoch: int, number: int) -> None:
    """Note how far the feed is read; back it goes only with another epoch."""
    tx.run(_MOVE, consumer=_CONSUMER, epoch=epoch, number=number)


def _notice(row: Row) -> Notice:
    shop_id, id_, letter, address, language, facts, tries, expires_at, subject_id = row
    return Notice(shop_id, id_, Letter(letter), address, language, _facts(facts), tries, expires_at, subject_id)


def _posted(row: Row) -> Posted:
    id_, letter, facts, tries, due_at, sent_at, reason = row
    return Posted(id_, Letter(letter), _facts(facts), tries, due_at, sent_at, reason or "")
