"""What is done with discounts."""

import msgspec

from matjar.core.tx import Tx
from matjar.domain.discounts import events, model, queries, rules, store
from matjar.domain.discounts.model import Discount, Terms


def create(tx: Tx, *, code: str, terms: Terms, starts_at: int | None = None, ends_at: int | None = None) -> Discount:
    """Offer a new code, from now on unless it says otherwise. Codes are folded: stripped, in capitals.

    Refuses ``discounts.bad_code``, ``discounts.code_taken``, and terms or a window that do not hold.
    """
    code = rules.fold(code)
    starts_at = tx.now if starts_at is None else starts_at
    rules.check_code(code)
    rules.check_terms(terms)
    rules.check_window(starts_at, ends_at)
    if store.find(tx, code):
        raise model.CODE_TAKEN(code=code).at("code")
    discount = Discount(tx.new_id(), code, terms, 0, starts_at, ends_at)
    store.insert(tx, discount)
    tx.emit(events.DiscountCreated(discount.id))
    return discount


def change(tx: Tx, *, discount_id: int, terms: Terms, starts_at: int, ends_at: int | None = None) -> Discount:
    """Give a code other terms or another time. Places that were taken stay taken, orders keep what they got.

    Refuses ``discounts.no_such_discount``, and terms or a window that do not hold.
    """
    rules.check_terms(terms)
    rules.check_window(starts_at, ends_at)
    discount = queries.load_by_id(tx, discount_id)
    changed = msgspec.structs.replace(discount, terms=terms, starts_at=starts_at, ends_at=ends_at)
    store.update(tx, changed)
    tx.emit(events.DiscountChanged(discount_id))
    return changed


def end(tx: Tx, *, discount_id: int) -> Discount:
    """Let a code be used no more; one that had not begun never begins. Refuses ``discounts.no_such_discount``."""
    discount = queries.load_by_id(tx, discount_id)
    if discount.ends_at is not None and discount.ends_at <= tx.now:
        return discount
    ended = msgspec.structs.replace(discount, ends_at=tx.now)
    store.update(tx, ended)
    tx.emit(events.DiscountChanged(discount_id))
    return ended


def take_place(tx: Tx, *, discount_id: int, checkout_id: int, buyer: bytes) -> None:
    """Take the checkout's place in a discount before it is charged, so that settling it never needs to ask.

    A place that the checkout already has in it is kept, one in another discount is given back; so every checkout
    counts once. ``buyer`` is ``discounts.buyer_of``. Refuses ``discounts.expired`` and ``discounts.used_up``.
    """
    held = store.places_of(tx, checkout_id)
    if held == [discount_id]:
        return
    if held:
        store.give_back(tx, checkout_id=checkout_id, discount_ids=held)
    discount = queries.load_by_id(tx, discount_id)
    rules.check_validity(discount, now=tx.now)
    rules.check_used(discount)
    limit = discount.terms.per_buyer_limit
    if limit is not None:
        used = store.count_by_buyer(tx, discount_id=discount_id, buyer=buyer, checkout_id=checkout_id)
        if used >= limit:
            raise model.USED_UP(code=discount.code)
    store.take(tx, discount_id=discount_id, checkout_id=checkout_id, buyer=buyer)


def give_back(tx: Tx, *, checkout_id: int) -> None:
    """Give back the place of a checkout that came to nothing; where it has none, nothing happens."""
    held = store.places_of(tx, checkout_id)
    if held:
        store.give_back(tx, checkout_id=checkout_id, discount_ids=held)
