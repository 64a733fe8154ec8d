"""Filling in: what is bought, and what the buyer tells; priced anew at every step."""

import msgspec

from matjar.core.limits import CHECKOUT_KEPT_MS, SWEEP_ROWS
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import attempts, carts, catalog, discounts, pricing, shops
from matjar.domain.checkout import model, queries, rules, store
from matjar.domain.checkout.model import Checkout, Details, Status

replace = msgspec.structs.replace
_UNTOLD = Details()


def create(
    tx: Tx, *, token_hash: bytes, lines: tuple[carts.Line, ...], language: str = "", details: Details = _UNTOLD
) -> Checkout:
    """Begin a checkout of these lines; ``token_hash`` is of the token that will open it.

    Refuses ``checkout.empty``, ``checkout.no_such_variant``, and what ``update`` refuses.
    """
    rules.check_details(details)
    if not lines:
        raise model.EMPTY().at("line_items")
    shop = shops.load(tx)
    began = Checkout(
        id=tx.new_id(),
        status=Status.INCOMPLETE,
        currency=shop.currency,
        language=shop.language_for(language),
        lines=carts.merged(lines),
        sums=rules.NO_SUMS,
        created_at=tx.now,
        expires_at=tx.now + CHECKOUT_KEPT_MS,
        details=details,
    )
    checkout = rules.settled_open(priced(tx, shop, began))
    store.insert(tx, token_hash, checkout)
    return checkout


def update(
    tx: Tx, *, token_hash: bytes, details: Details, lines: tuple[carts.Line, ...] | None = None, language: str = ""
) -> Checkout:
    """Take down what the buyer tells, and price anew. Refuses once a payment is on its way, and malformed details.

    ``language`` is what the buyer reads now; empty, or not spoken here: as before.
    """
    rules.check_details(details)
    checkout = queries.load(tx, token_hash=token_hash)
    rules.check_open(checkout)
    if lines is not None and not lines:
        raise model.EMPTY().at("line_items")
    kept = checkout.lines if lines is None else carts.merged(lines)
    shop = shops.load(tx)
    spoken = language if language in shop.languages else checkout.language
    told = replace(checkout, details=details, lines=kept, language=spoken, expires_at=tx.now + CHECKOUT_KEPT_MS)
    fresh = priced(tx, shop, told)
    if details.delivery_id and details.shipping.country and fresh.chosen is None:
        if details.delivery_id == checkout.details.delivery_id:
            fresh = replace(fresh, details=replace(details, delivery_id=""))
        else:
            raise model.NO_SUCH_DELIVERY().at("delivery")
    changed = rules.settled_open(fresh)
    store.update(tx, changed)
    return changed


def sweep(tx: Tx) -> int:
    """Forget checkouts that lapsed; tells how many, so that the sweeper comes again while there are more."""
    return store.sweep(tx, SWEEP_ROWS)


def priced(tx: Tx, shop: shops.Shop, checkout: Checkout) -> Checkout:
    """The checkout with the sums of this moment."""
    sellable = catalog.load_sellable(tx, [line.variant_id for line in checkout.lines])
    for index, line in enumerate(checkout.lines):
        if line.variant_id not in sellable:
            raise model.NO_SUCH_VARIANT().at(f"line_items[{index}].item.id")
    goods = [(sellable[line.variant_id], line.quantity) for line in checkout.lines]
    details = checkout.details
    discount = _discount(tx, details.discount_code, goods) if details.discount_code else None
    quote = pricing.quote(
        tx, shop=shop, goods=goods, address=details.shipping, delivery_id=details.delivery_id, discount=discount
    )
    continue_selling = tuple(one.variant_id for one, _ in goods if one.continue_selling)
    return replace(checkout, sums=quote.sums, options=quote.options, continue_selling=continue_selling)


def _discount(tx: Tx, code: str, goods: list[tuple[catalog.Sellable, int]]) -> discounts.Discount:
    """The discount that a code stands for; a wrong guess is counted, so that codes cannot be tried out."""
    guesses = rules.guess_guards(tx.actor.address)
    attempts.check_all(tx, limits=guesses)
    found = discounts.find(tx, code)
    if found is None:
        unknown = discounts.UNKNOWN(code=discounts.fold(code)[:40]).at("discount_code")
        raise unknown.leaving(lambda after: attempts.count_all(after, limits=guesses))
    try:
        discounts.check(
            found,
            now=tx.now,
            lines=[sellable for sellable, _ in goods],
            subtotals=[sellable.price_minor * quantity for sellable, quantity in goods],
        )
    except Refusal as refusal:
        raise refusal.at("discount_code") from None
    return found
