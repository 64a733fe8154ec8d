"""Questions about a shop's log."""

from collections.abc import Iterator
from itertools import chain

from matjar.core.limits import AUDIT_KEPT_MS, PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.audit import rules, store
from matjar.domain.audit.model import EVERY, NEWEST, Arrived, Break, Head, Link, Place, State, Wanted, What, Written


def arrived(view: Reading, *, surface: str, book: str) -> int:
    """Up to which number a surface's book has arrived."""
    return store.find_head(view, surface, book).number


def list_entries(
    view: Reading, *, wanted: Wanted = EVERY, before: Place = NEWEST, most: int = PAGE_ROWS
) -> list[Arrived]:
    """Entries of all surfaces, the newest first; ``before``, the last place seen, turns the page."""
    return store.list_before(view, wanted, before, min(most, PAGE_ROWS))


def count_by_action(view: Reading, *, wanted: Wanted = EVERY) -> dict[str, int]:
    """How often each thing was done."""
    return store.count_by_action(view, wanted)


def list_surfaces(view: Reading) -> list[str]:
    """The surfaces that anything has arrived from."""
    return sorted({head.surface for head in store.list_heads(view)})


def chains(view: Reading, *, surface: str, book: str, after: int, most: int = PAGE_ROWS) -> dict[int, bytes]:
    """What ties each entry of a book to all before it, by number: a page of what follows a number."""
    return store.chains(view, surface, book, after + 1, after + min(most, PAGE_ROWS))


def check(view: Reading) -> State:
    """Follow every chain from its first entry to its last: a long look, for whoever audits the audit."""
    kept_since = view.now - AUDIT_KEPT_MS
    heads, links = store.list_heads(view), list(_links(view))
    broken = (_check_book(view, head, kept_since) for head in heads)
    wrong_links = (Break(What.LINK, number) for number in rules.broken_links(links, kept_since=kept_since))
    lost = (_check_head(view, head) for head in (*(link.head for link in links), *heads))
    breaks = dict.fromkeys(each for each in chain(broken, wrong_links, lost) if each is not None)
    return State(tuple(heads), links[-1].number if links else 0, tuple(breaks))


def _check_book(view: Reading, head: Head, kept_since: int) -> Break | None:
    number = rules.first_break(_entries(view, head), kept_since=kept_since)
    return Break(What.ENTRY, number, head.surface, head.book) if number else None


def _check_head(view: Reading, head: Head) -> Break | None:
    """An entry that was once a book's newest is there as it was, unless the book begins after it by now."""
    found = store.chains(view, head.surface, head.book, head.number, head.number).get(head.number)
    if found == head.chain or (found is None and store.first_number(view, head.surface, head.book) > head.number):
        return None
    return Break(What.HEAD, head.number, head.surface, head.book)


def _entries(view: Reading, head: Head) -> Iterator[Written]:
    number = 0
    while page := store.list_after(view, head.surface, head.book, number, PAGE_ROWS):
        yield from page
        number = page[-1].number


def _links(view: Reading) -> Iterator[Link]:
    number = 0
    while page := store.links_after(view, number, PAGE_ROWS):
        yield from page
        number = page[-1].number
