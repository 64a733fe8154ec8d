"""Who changed what."""

from matjar.core.tx import Reading, Tx
from matjar.domain.access.model.audit import Entry

_NOTE = """
    INSERT INTO audit (shop_id, id, at, actor, person_id, proof, address, deed, subject, before, after, request_id)
    VALUES (:shop_id, :id, :at, :actor, :person_id, :proof, :address, :deed, :subject, :before, :after, :request_id)
"""
_LIST = """
    SELECT id, at, actor, person_id, proof, address, deed, subject, before, after, request_id FROM audit
    WHERE shop_id = :shop_id AND id > :after_id ORDER BY id LIMIT :most
"""


def note(tx: Tx, deed: str, *, subject: object = "", before: object = "", after: object = "", at: int = 0) -> None:
    """Take down a deed of whoever acts: what it was done to, and what was there before and after, as ids.

    ``at``: when it was done, where that is told later.
    """
    tx.run(
        _NOTE, id=tx.new_id(), at=at or tx.now, actor=tx.actor.kind, person_id=tx.actor.person_id, proof=tx.actor.proof,
        address=tx.actor.address, deed=deed, subject=str(subject), before=str(before), after=str(after),
        request_id=tx.request_id,
    )  # fmt: skip


def list_after(view: Reading, after_id: int, most: int) -> list[Entry]:
    """Entries in the order in which they were made."""
    return [Entry(*row) for row in view.all(_LIST, after_id=after_id, most=most)]
