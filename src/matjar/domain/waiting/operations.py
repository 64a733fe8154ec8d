"""Waiting, being called, and giving up."""

from matjar.core import email as addresses
from matjar.core.clock import HOUR
from matjar.core.ids import hash_token
from matjar.core.limits import (
    SWEEP_ROWS,
    WISHES_KEPT_MS,
    WISHES_PER_ADDRESS,
    WISHES_PER_PERSON,
)
from matjar.core.tx import Tx
from matjar.domain import attempts, catalog, notices
from matjar.domain.attempts import Limit
from matjar.domain.catalog.model import NO_VARIANT
from matjar.domain.notices import Letter
from matjar.domain.waiting import model, queries, store
from matjar.domain.waiting.model import Wish

CALLED_AT_ONCE = 50
"""People who are written to in one command: a few milliseconds of the writer's time."""


def wait_for(
    tx: Tx, *, variant_id: int, email: str, language: str, product_url: str, leave_begins: str, token: str, address: str
) -> None:
    """Be told, once, at this e-mail address; doing so again changes nothing.

    ``token`` of 128 bits stands behind ``leave_begins`` in the letter. Refuses ``waiting.bad_email``,
    ``catalog.no_variant``, ``waiting.not_sold_out``, ``waiting.too_many`` and ``attempts.too_many``.
    """
    reader = addresses.fold(email)
    if not reader:
        raise model.BAD_EMAIL(email=email[:50]).at("email")
    limit = Limit("waiting", f"address:{address}", WISHES_PER_ADDRESS, HOUR)
    attempts.check_all(tx, limits=(limit,))
    attempts.count_all(tx, limits=(limit,))
    if variant_id not in catalog.load_sellable(tx, variant_ids=[variant_id]):
        raise NO_VARIANT()
    if queries.is_there(tx, variant_id):
        raise model.NOT_SOLD_OUT()
    if store.count_of(tx, reader) >= WISHES_PER_PERSON:
        raise model.TOO_MANY(most=WISHES_PER_PERSON)
    wish = Wish(tx.new_id(), variant_id, reader, language, product_url, leave_begins + token, tx.now)
    store.add(tx, wish, hash_token(token))


def call(tx: Tx, *, variant_id: int) -> int:
    """Write to those who wait for it, who asked first first; tells how many were called.

    Nobody where it cannot be bought after all. There may be more: call again until nobody is left.
    """
    if not queries.is_there(tx, variant_id):
        return 0
    titles, called = queries.titles_of(tx, variant_id), store.waiting_for(tx, variant_id, CALLED_AT_ONCE)
    for wish in called:
        title = titles.get(wish.language) or titles[""]
        facts = {"product": title, "link": wish.product_url, "leave": wish.leave_url}
        notices.post(tx, Letter.BACK_IN_STOCK, wish.email, wish.language, facts=facts)
        store.remove(tx, wish)
    return len(called)


def leave(tx: Tx, *, token: str) -> None:
    """Wait for nothing in this shop any more; of a link that was used already nothing is left to do."""
    email = store.find_email(tx, hash_token(token))
    if email is not None:
        store.remove_all(tx, email)


def forget(tx: Tx, *, email: str) -> None:
    """Whoever reads mail there is to be forgotten, with all that they wait for."""
    store.remove_all(tx, email)


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Forget wishes that did not come true; tells how many, so that the sweeper comes again for more."""
    return store.forget(tx, tx.now - WISHES_KEPT_MS, most)
