"""Taking in what surfaces bring, and letting go of what is kept no longer."""

from matjar.core.limits import AUDIT_BATCH, AUDIT_KEPT_MS, SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain.audit import model, rules, store
from matjar.domain.audit.model import Head, Link, Written


def take(tx: Tx, *, surface: str, book: str, entries: tuple[Written, ...]) -> int:
    """Take in what follows on in a surface's book, and chain its new head; tells up to which number the log has it.

    What has arrived before may come again. Refuses ``audit.missing`` where something lies between, ``.forked`` where
    an entry that arrived was another one, ``.broken``, ``.unreadable``, ``.too_many``.
    """
    if len(entries) > AUDIT_BATCH:
        raise model.TOO_MANY(most=AUDIT_BATCH)
    head = store.find_head(tx, surface, book)
    _check_repeated(tx, head, entries)
    fresh = [each for each in entries if each.number > head.number]
    read = rules.follow(head, fresh)
    if not fresh:
        return head.number
    store.add(tx, surface, book, list(zip(fresh, read, strict=True)))
    _chain(tx, Head(surface, book, fresh[-1].number, fresh[-1].chain))
    return fresh[-1].number


def _check_repeated(tx: Tx, head: Head, entries: tuple[Written, ...]) -> None:
    repeated = {each.number: each.chain for each in entries if each.number <= head.number}
    if not repeated:
        return
    for number, chain in store.chains(tx, head.surface, head.book, min(repeated), max(repeated)).items():
        if repeated.get(number, chain) != chain:
            raise model.FORKED(number=number)


def _chain(tx: Tx, head: Head) -> None:
    last = store.find_last_link(tx)
    number, before = (last.number, last.chain) if last else (0, rules.BEGINNING)
    store.come_to(tx, head)
    store.link(tx, Link(number + 1, tx.now, head, rules.linked(before, head)))


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Let go of the oldest entries, and links, once nobody asks for them; tells how many rows."""
    before = tx.now - AUDIT_KEPT_MS
    gone = 0
    for (surface, book), number in rules.outlived(store.oldest(tx, before, most)).items():
        gone += store.forget(tx, surface, book, number)
    return gone + store.forget_links(tx, before, most)
