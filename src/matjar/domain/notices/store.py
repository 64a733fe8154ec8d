"""The letters' SQL."""

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.notices.model import Letter, Notice

_ADD = """
    INSERT INTO notices (shop_id, id, letter, address, language, facts, expires_at, tries, due_at)
    VALUES (:shop_id, :id, :letter, :address, :language, :facts, :expires_at, 0, :now)
"""
_DUE = """
    SELECT shop_id, id, letter, address, language, facts, tries, expires_at FROM notices
    WHERE shop_id >= :shop_id AND due_at IS NOT NULL AND due_at <= :now ORDER BY due_at, shop_id, id LIMIT :most
"""
_FIND = """
    SELECT shop_id, id, letter, address, language, facts, tries, expires_at FROM notices
    WHERE shop_id = :shop_id AND id = :id AND due_at IS NOT NULL
"""
_DEFER = "UPDATE notices SET tries = tries + 1, due_at = :due_at WHERE shop_id = :shop_id AND id = :id"
_END = """
    UPDATE notices SET tries = tries + 1, address = '', facts = '{}', due_at = NULL
    WHERE shop_id = :shop_id AND id = :id AND due_at IS NOT NULL
"""
_END_FOR = """
    UPDATE notices SET address = '', facts = '{}', due_at = NULL
    WHERE shop_id = :shop_id AND address = :address AND due_at IS NOT NULL
"""
_FORGET = """
    DELETE FROM notices WHERE shop_id = :shop_id AND id IN (
        SELECT id FROM notices WHERE shop_id = :shop_id AND due_at IS NULL AND expires_at < :now
        ORDER BY expires_at LIMIT :most
    )
"""

_encode = msgspec.json.Encoder().encode
_facts = msgspec.json.Decoder(dict[str, str]).decode


def add(tx: Tx, notice: Notice) -> None:
    """Put a letter into the box; it is due at once."""
    tx.run(
        _ADD, id=notice.id, letter=notice.letter, address=notice.address, language=notice.language,
        facts=_encode(notice.facts).decode(), expires_at=notice.expires_at, now=tx.now,
    )  # fmt: skip


def due(view: Reading, most: int) -> list[Notice]:
    """The letters that are due, of this shop and all after it."""
    return [_notice(row) for row in view.all(_DUE, now=view.now, most=most)]


def find(view: Reading, notice_id: int) -> Notice | None:
    """A letter that was neither sent nor given up."""
    row = view.one(_FIND, id=notice_id)
    return _notice(row) if row else None


def defer(tx: Tx, notice_id: int, due_at: int) -> None:
    """Try again later."""
    tx.run(_DEFER, id=notice_id, due_at=due_at)


def end(tx: Tx, notice_id: int) -> None:
    """Forget to whom it went and what it opened."""
    tx.run(_END, id=notice_id)


def end_for(tx: Tx, address: str) -> None:
    """The same for all that waits for an address."""
    tx.run(_END_FOR, address=address)


def forget_ended(tx: Tx, most: int) -> int:
    """Delete what is over."""
    return tx.changed(_FORGET, now=tx.now, most=most)


def _notice(row: Row) -> Notice:
    shop_id, id_, letter, address, language, facts, tries, expires_at = row
    return Notice(shop_id, id_, Letter(letter), address, language, _facts(facts), tries, expires_at)
