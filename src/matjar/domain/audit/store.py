"""The log's SQL."""

from typing import Any

from matjar.core.tx import Reading, Tx
from matjar.domain.audit import model, rules
from matjar.domain.audit.model import Arrived, Entry, Head, Link, Place, Wanted, Written

_HEAD = "SELECT number, chain FROM audit_heads WHERE shop_id = :shop_id AND surface = :surface AND book = :book"
_HEADS = """
    SELECT surface, book, number, chain FROM audit_heads WHERE shop_id = :shop_id ORDER BY surface, book LIMIT 1000
"""
_COME_TO = """
    INSERT INTO audit_heads (shop_id, surface, book, number, chain)
    VALUES (:shop_id, :surface, :book, :number, :chain)
    ON CONFLICT (shop_id, surface, book) DO UPDATE SET number = excluded.number, chain = excluded.chain
"""
_ADD = """
    INSERT INTO audit_entries
        (shop_id, surface, book, number, id, at, person_id, action, subject, age_ms, content, chain)
    VALUES (:shop_id, :surface, :book, :number, :id, :at, :person_id, :action, :subject, :age_ms, :content, :chain)
"""
_CHAINS = """
    SELECT number, chain FROM audit_entries
    WHERE shop_id = :shop_id AND surface = :surface AND book = :book AND number >= :first AND number <= :last
    ORDER BY number LIMIT 10000
"""
_AFTER = """
    SELECT number, content, chain, at, person_id, action, subject, age_ms FROM audit_entries
    WHERE shop_id = :shop_id AND surface = :surface AND book = :book AND number > :after ORDER BY number LIMIT :most
"""
_MATCHING = """
    at >= :since AND at < :until AND (:person_id = 0 OR person_id = :person_id)
        AND substr(action, 1, :action_length) = :action AND ' ' || subject || ' ' LIKE :subject_pattern ESCAPE '!'
        AND (:surface = '' OR surface = :surface) AND (:late_ms = 0 OR age_ms IS NULL OR age_ms > :late_ms)
"""
_LIST = f"""
    SELECT surface, book, number, id, content FROM audit_entries
    WHERE shop_id = :shop_id AND {_MATCHING} AND at <= :before_at AND (at < :before_at OR id < :before_id)
    ORDER BY at DESC, id DESC LIMIT :most
"""  # noqa: S608 - both parts stand above
_COUNT = f"""
    SELECT action, COUNT(*) FROM audit_entries WHERE shop_id = :shop_id AND {_MATCHING} GROUP BY action LIMIT 1000
"""  # noqa: S608 - the same
_LAST_LINK = """
    SELECT number, at, surface, book, head_number, head, chain FROM audit_links
    WHERE shop_id = :shop_id AND number > 0 ORDER BY number DESC LIMIT 1
"""
_LINK = """
    INSERT INTO audit_links (shop_id, number, at, surface, book, head_number, head, chain)
    VALUES (:shop_id, :number, :at, :surface, :book, :head_number, :head, :chain)
"""
_LINKS = """
    SELECT number, at, surface, book, head_number, head, chain FROM audit_links
    WHERE shop_id = :shop_id AND number > :after ORDER BY number LIMIT :most
"""
_OLDEST = """
    SELECT surface, book, number, chain FROM audit_entries WHERE shop_id = :shop_id AND at <= :before
    ORDER BY at, id LIMIT :most
"""
_FORGET = """
    DELETE FROM audit_entries
    WHERE shop_id = :shop_id AND surface = :surface AND book = :book AND number <= :number
"""
_FORGET_LINKS = """
    DELETE FROM audit_links WHERE shop_id = :shop_id AND number < (
        SELECT MAX(number) FROM (
            SELECT number, at FROM audit_links WHERE shop_id = :shop_id ORDER BY number LIMIT :most
        ) AS first_ones WHERE at <= :before
    )
"""


def find_head(view: Reading, surface: str, book: str) -> Head:
    """How far a book has arrived; number 0: not at all."""
    row = view.one(_HEAD, surface=surface, book=book)
    return Head(surface, book, row[0], _bytes(row[1])) if row else Head(surface, book, 0, rules.BEGINNING)


def list_heads(view: Reading) -> list[Head]:
    """How far every book has arrived."""
    rows = view.all(_HEADS)
    return [Head(surface, book, number, _bytes(chain)) for surface, book, number, chain in rows]


def come_to(tx: Tx, head: Head) -> None:
    """A book has arrived up to here."""
    tx.run(_COME_TO, surface=head.surface, book=head.book, number=head.number, chain=head.chain)


def add(tx: Tx, surface: str, book: str, arrived: list[tuple[Written, Entry]]) -> None:
    """Write entries that follow on."""
    rows = [
        {
            "surface": surface, "book": book, "number": written.number, "id": tx.new_id(), "at": entry.at,
            "person_id": entry.person_id, "action": entry.action, "subject": entry.subject, "age_ms": entry.age_ms,
            "content": written.content, "chain": written.chain,
        }
        for written, entry in arrived
    ]  # fmt: skip
    tx.run_many(_ADD, rows)


def chains(view: Reading, surface: str, book: str, first: int, last: int) -> dict[int, bytes]:
    """What ties the entries between two numbers, both included, to those before them."""
    rows = view.all(_CHAINS, surface=surface, book=book, first=first, last=last)
    return {int(number): _bytes(chain) for number, chain in rows}


def list_after(view: Reading, surface: str, book: str, after: int, most: int) -> list[Written]:
    """A book's entries in order. One that is filed under something else than it says follows from nothing."""
    rows = view.all(_AFTER, surface=surface, book=book, after=after, most=most)
    return [
        Written(number, _bytes(content), _bytes(chain) if rules.is_filed(_bytes(content), *found_by) else b"")
        for number, content, chain, *found_by in rows
    ]


def _bytes(kept: bytes | str) -> bytes:
    """What is kept, also where somebody has put text in its place."""
    return kept.encode() if isinstance(kept, str) else bytes(kept)


def first_number(view: Reading, surface: str, book: str) -> int:
    """The number that a book begins with here; 0: there is nothing of it."""
    first = list_after(view, surface, book, 0, 1)
    return first[0].number if first else 0


def list_before(view: Reading, wanted: Wanted, before: Place, most: int) -> list[Arrived]:
    """Entries of all books, the newest first."""
    rows = view.all(_LIST, **_parameters(wanted), before_at=before.at, before_id=before.id, most=most)
    return [Arrived(surface, book, number, id_, rules.decode(content)) for surface, book, number, id_, content in rows]


def count_by_action(view: Reading, wanted: Wanted) -> dict[str, int]:
    """How often each thing was done."""
    return {action: int(count) for action, count in view.all(_COUNT, **_parameters(wanted))}


def _parameters(wanted: Wanted) -> dict[str, Any]:
    return {
        "since": wanted.since, "until": wanted.until, "person_id": wanted.person_id, "action": wanted.action,
        "action_length": len(wanted.action), "subject_pattern": _pattern(wanted.subject), "surface": wanted.surface,
        "late_ms": model.LATE_MS if wanted.late else 0,
    }  # fmt: skip


def _pattern(subject: str) -> str:
    """What LIKE wants in order to find just this subject among several; its signs are letters here."""
    plain = "".join(f"!{letter}" if letter in "!%_" else letter for letter in subject)
    return f"% {plain} %" if subject else "%"


def find_last_link(view: Reading) -> Link | None:
    """The newest link of the shop's own chain."""
    row = view.one(_LAST_LINK)
    return _link(*row) if row else None


def link(tx: Tx, added: Link) -> None:
    """Write the next link."""
    tx.run(
        _LINK, number=added.number, at=added.at, surface=added.head.surface, book=added.head.book,
        head_number=added.head.number, head=added.head.chain, chain=added.chain,
    )  # fmt: skip


def links_after(view: Reading, after: int, most: int) -> list[Link]:
    """Links in order."""
    return [_link(*row) for row in view.all(_LINKS, after=after, most=most)]


def _link(number: int, at: int, surface: str, book: str, head_number: int, head: bytes, chain: bytes) -> Link:
    return Link(number, at, Head(surface, book, head_number, _bytes(head)), _bytes(chain))


def oldest(view: Reading, before: int, most: int) -> list[Head]:
    """The oldest entries that were written before a moment."""
    rows = view.all(_OLDEST, before=before, most=most)
    return [Head(surface, book, number, _bytes(chain)) for surface, book, number, chain in rows]


def forget(tx: Tx, surface: str, book: str, number: int) -> int:
    """Delete a book's entries up to a number."""
    return tx.changed(_FORGET, surface=surface, book=book, number=number)


def forget_links(tx: Tx, before: int, most: int) -> int:
    """Delete the oldest links that were made before a moment; the newest of those looked at stays."""
    return tx.changed(_FORGET_LINKS, before=before, most=most)
