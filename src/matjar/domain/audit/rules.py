"""How entries hang together, and which of them are asked for."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from matjar.domain.audit import model
from matjar.domain.audit.model import Entry, Head, Link, Wanted, Written

BEGINNING = bytes(32)
"""What the first entry of a book follows from."""

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Entry).decode


def chained(before: bytes, content: bytes) -> bytes:
    """What ties an entry to all before it."""
    return hashlib.sha256(before + content).digest()


def linked(before: bytes, head: Head) -> bytes:
    """What ties a book's head to all heads that arrived before it."""
    return hashlib.sha256(before + f"{head.surface} {head.book} {head.number} ".encode() + head.chain).digest()


def follow(head: Head, fresh: Sequence[Written]) -> list[Entry]:
    """Read entries that go on from a head; refuses ``audit.missing``, ``.broken`` and ``.unreadable``."""
    if fresh and fresh[0].number != head.number + 1:
        raise model.MISSING(arrived=head.number)
    broken = first_break(fresh, head.number, head.chain)
    if broken:
        raise model.BROKEN(number=broken)
    return [_read(written) for written in fresh]


def _read(written: Written) -> Entry:
    try:
        return decode(written.content)
    except msgspec.MsgspecError:
        raise model.UNREADABLE(number=written.number) from None


def first_break(entries: Iterable[Written], number: int = 0, chain: bytes = BEGINNING, *, kept_since: int = 0) -> int:
    """The first entry that does not follow from the one before; 0: all do.

    A book may begin later where its beginning was swept: the first that is left was written before ``kept_since``.
    """
    for index, written in enumerate(entries):
        swept = index == 0 and number == 0 and written.number > 1 and _at(written) <= kept_since
        if not swept and (written.number != number + 1 or written.chain != chained(chain, written.content)):
            return written.number
        number, chain = written.number, written.chain
    return 0


def is_filed(content: bytes, at: int, person_id: int, action: str, subject: str, age_ms: int | None) -> bool:
    """Whether an entry is found by what it says of itself."""
    try:
        entry = decode(content)
    except msgspec.MsgspecError:
        return False
    return (entry.at, entry.person_id, entry.action, entry.subject, entry.age_ms) == (
        at, person_id, action, subject, age_ms,
    )  # fmt: skip


def _at(written: Written) -> int:
    try:
        return decode(written.content).at
    except msgspec.MsgspecError:
        return model.NEWEST.at


def broken_links(links: Iterable[Link], *, kept_since: int = 0) -> Iterator[int]:
    """The links of the shop's chain that do not follow from the one before; its beginning may have been swept too."""
    number, chain = 0, BEGINNING
    for index, link in enumerate(links):
        swept = index == 0 and link.number > 1 and link.at <= kept_since
        if not swept and (link.number != number + 1 or link.chain != linked(chain, link.head)):
            yield link.number
        number, chain = link.number, link.chain


def matches(entry: Entry, wanted: Wanted) -> bool:
    """Whether an entry is among those asked for; which surface's it is, whoever asks knows."""
    return (
        wanted.person_id in (0, entry.person_id)
        and entry.action.startswith(wanted.action)
        and (not wanted.subject or wanted.subject in entry.subject.split())
        and wanted.since <= entry.at < wanted.until
        and (not wanted.late or is_late(entry))
    )


def is_late(entry: Entry) -> bool:
    """Whether it was done while the heartbeat was old, or had never been heard."""
    return entry.age_ms is None or entry.age_ms > model.LATE_MS


def outlived(oldest: Sequence[Head]) -> dict[tuple[str, str], int]:
    """Of entries that are kept no longer, up to which number each book lets go: all of them but the newest.

    That one stays, so that what follows can be followed. ``oldest`` are in the order of their time.
    """
    newest: dict[tuple[str, str], int] = {}
    for each in sorted(oldest, key=lambda head: (head.surface, head.book, head.number)):
        name = (each.surface, each.book)
        if newest.get(name, each.number - 1) == each.number - 1:
            newest[name] = each.number
    return {name: number - 1 for name, number in newest.items()}
