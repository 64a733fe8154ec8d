"""The checkout, told from top to bottom: create · update · prepare ─ (the gateway) ─ settle.

    prepare   one transaction: price anew, hold the stock, take the discount's place, write the intent
    charge    no transaction: the edge asks the gateway, under the intent's id as its idempotency key
    settle    one transaction: record what became of it; an order, or everything given back

Who dies midway leaves an intent that is due: the finisher asks the gateway, and settles.
"""

import msgspec

from matjar.core.limits import CHECKOUT_KEPT_MS, FINISHER_GRACE_MS, HOLD_MS, SWEEP_ROWS
from matjar.core.money import to_text
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import attempts, carts, catalog, customers, discounts, inventory, orders, payments, pricing, shops
from matjar.domain.checkout import model, queries, rules, store
from matjar.domain.checkout.model import Checkout, Details, Payment, Prepared, Status
from matjar.domain.payments import Intent, Outcome, State

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
        language=language if language in shop.languages else shop.languages[0],
        lines=carts.merged(lines),
        sums=rules.NO_SUMS,
        created_at=tx.now,
        expires_at=tx.now + CHECKOUT_KEPT_MS,
        details=details,
    )
    checkout = rules.settled_open(_priced(tx, shop, began))
    store.insert(tx, token_hash, checkout)
    return checkout


def update(tx: Tx, *, token_hash: bytes, details: Details, lines: tuple[carts.Line, ...] | None = None) -> Checkout:
    """Take down what the buyer tells, and price anew. Refuses once a payment is on its way, and malformed details."""
    rules.check_details(details)
    checkout = queries.load(tx, token_hash=token_hash)
    rules.check_open(checkout)
    if lines is not None and not lines:
        raise model.EMPTY().at("line_items")
    kept = checkout.lines if lines is None else carts.merged(lines)
    told = replace(checkout, details=details, lines=kept, expires_at=tx.now + CHECKOUT_KEPT_MS)
    priced = _priced(tx, shops.load(tx), told)
    if details.delivery_id and details.shipping.country and priced.chosen is None:
        if details.delivery_id == checkout.details.delivery_id:
            priced = replace(priced, details=replace(details, delivery_id=""))
        else:
            raise model.NO_SUCH_DELIVERY().at("delivery")
    changed = rules.settled_open(priced)
    store.update(tx, changed)
    return changed


def prepare(
    tx: Tx,
    *,
    token_hash: bytes,
    gateway: str,
    seen_total_minor: int | None = None,
    card_fingerprint: str = "",
    key: str = "",
    asked: str = "",
    patience_ms: int = FINISHER_GRACE_MS,
) -> Prepared:
    """Make ready to charge: everything that could refuse the buyer refuses here, before any money moves.

    ``seen_total_minor`` is what the buyer was shown; if it is dearer now, ``pricing.changed`` asks. The same ``key``
    with the same ``asked`` finds the same intent again; while another key's charge is on its way,
    ``checkout.in_progress``. The finisher leaves the charge to the surface for ``patience_ms``.
    """
    checkout = queries.load(tx, token_hash=token_hash)
    earlier = checkout.payment
    if earlier is not None and (checkout.status not in rules.OPEN or (key and earlier.key == key)):
        return _prepared_earlier(tx, checkout, earlier, asked, key)
    rules.check_open(checkout)
    shop = shops.load(tx)
    if gateway not in shop.settings.gateways:
        raise model.NO_SUCH_GATEWAY(gateway=gateway[:40]).at("payment.gateway")
    guards = rules.decline_guards(tx.actor.address, card_fingerprint, str(checkout.id))
    attempts.check_all(tx, limits=guards + rules.hold_guards(tx.actor.address))
    fresh = rules.settled_open(_priced(tx, shop, checkout))
    _check_unchanged(checkout if seen_total_minor is None else None, seen_total_minor, fresh)
    if fresh.missing:
        raise model.NOT_READY(missing=", ".join(fresh.missing)).at(fresh.missing[0])
    _hold(tx, fresh)
    intent = payments.begin(
        tx,
        checkout_id=fresh.id,
        gateway=gateway,
        amount_minor=fresh.sums.total_minor,
        currency=fresh.currency,
        capture=shop.settings.capture,
        due_at=tx.now + patience_ms,
    )
    payment = Payment(
        intent.id, gateway, intent.state, key, asked, address=tx.actor.address, card_fingerprint=card_fingerprint
    )  # fmt: skip
    paying = replace(fresh, status=Status.IN_PROGRESS, payment=payment)
    store.update(tx, paying)
    return _prepared(tx, paying, intent)


def settle(tx: Tx, *, intent_id: int, outcome: Outcome, order_token_hash: bytes) -> Checkout:
    """Record what became of a charge. Never refused: what no longer fits is given back to the buyer, or a task.

    ``order_token_hash`` is of the token that will open the order's page, if an order comes of it.
    """
    intent = payments.load_intent(tx, intent_id=intent_id)
    checkout = queries.find_by_id(tx, checkout_id=intent.checkout_id)
    if intent.order_id is not None:
        orders.hear(tx, intent_id=intent_id, outcome=outcome)
        return checkout or rules.vanished(intent, tx.now)
    current = checkout is not None and checkout.payment is not None and checkout.payment.intent_id == intent_id
    match outcome.state:
        case State.CAPTURED | State.AUTHORIZED | State.DEFERRED:
            if checkout is None or not current or checkout.status is Status.COMPLETED:
                _give_money_back(tx, intent, outcome)
                return checkout or rules.vanished(intent, tx.now)
            return _place(tx, checkout, intent, outcome, order_token_hash)
        case State.CHALLENGED if checkout is not None and current and outcome.challenge_url:
            return _challenge(tx, checkout, intent, outcome)
        case State.DECLINED | State.VOIDED | State.ABANDONED:
            payments.note(tx, intent_id=intent_id, outcome=outcome, due_at=payments.NOTHING_OPEN)
            if checkout is not None and current and intent.state in rules.PENDING:
                return _reopen(tx, checkout, outcome)
        case State.CHALLENGED | State.CHARGING:
            pass
    return checkout or rules.vanished(intent, tx.now)


def reopen(tx: Tx, *, token_hash: bytes) -> Checkout:
    """The buyer turns back from the gateway's page: the payment is abandoned, and would be given back if it came."""
    checkout = queries.load(tx, token_hash=token_hash)
    if checkout.status is not Status.REQUIRES_ESCALATION or checkout.payment is None:
        return checkout
    abandoned = Outcome(State.ABANDONED)
    payments.note(tx, intent_id=checkout.payment.intent_id, outcome=abandoned, due_at=tx.now)
    return _reopen(tx, replace(checkout, payment=None), abandoned)


def cancel(tx: Tx, *, token_hash: bytes) -> Checkout:
    """End a checkout that the buyer does not want any more. Refuses once it is paid or being paid."""
    checkout = reopen(tx, token_hash=token_hash)
    if checkout.status is Status.CANCELED:
        return checkout
    rules.check_open(checkout)
    canceled = replace(checkout, status=Status.CANCELED)
    store.update(tx, canceled)
    return canceled


def sweep(tx: Tx) -> int:
    """Forget checkouts that lapsed; tells how many, so that the sweeper comes again while there are more."""
    return store.sweep(tx, SWEEP_ROWS)


def _priced(tx: Tx, shop: shops.Shop, checkout: Checkout) -> Checkout:
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


def _check_unchanged(shown: Checkout | None, seen_total_minor: int | None, fresh: Checkout) -> None:
    """Ask the buyer again where it became dearer; what became cheaper nobody minds."""
    seen = seen_total_minor if shown is None else shown.sums.total_minor
    if seen is not None and fresh.sums.total_minor > seen:
        total = f"{to_text(fresh.sums.total_minor, fresh.currency)} {fresh.currency}"
        raise pricing.CHANGED(total=total).leaving(lambda after: store.update(after, fresh))


def _hold(tx: Tx, checkout: Checkout) -> None:
    """Take the stock and the discount's place, in flight until the charge's outcome is known."""
    lines = checkout.sums.lines
    wants = [
        inventory.Want(line.inventory_item_id, line.quantity, line.variant_id in checkout.continue_selling, line.title)
        for line in lines
    ]
    inventory.reserve(tx, checkout_id=checkout.id, wants=wants, lapses_at=tx.now + HOLD_MS, in_flight=True)
    if checkout.sums.discount_code:
        discount = discounts.find(tx, checkout.sums.discount_code)
        assert discount is not None
        buyer = discounts.buyer_of(tx.shop_id, checkout.details.email)
        discounts.take_place(tx, discount_id=discount.id, checkout_id=checkout.id, buyer=buyer)


def _prepared_earlier(tx: Tx, checkout: Checkout, earlier: Payment, asked: str, key: str) -> Prepared:
    """Answer who asks again: the same request gets its own charge's story, another has to wait for it."""
    if key and key == earlier.key and asked != earlier.asked:
        raise model.KEY_REUSED()
    if checkout.status is Status.CANCELED:
        raise model.OVER()
    if checkout.status is Status.IN_PROGRESS and (key, asked) != (earlier.key, earlier.asked):
        raise model.IN_PROGRESS(retry_after=1)
    return _prepared(tx, checkout, payments.load_intent(tx, intent_id=earlier.intent_id))


def _prepared(tx: Tx, checkout: Checkout, intent: Intent) -> Prepared:
    key = payments.key_of(tx.shop_id, intent.id)
    capture = intent.capture == "automatic"
    return Prepared(checkout, intent.id, key, intent.amount_minor, intent.currency, capture, intent.state)


def _place(tx: Tx, checkout: Checkout, intent: Intent, outcome: Outcome, token_hash: bytes) -> Checkout:
    """Turn the checkout into an order; if its stock was given away meanwhile, the money goes back instead."""
    payment = checkout.payment
    assert payment is not None
    if intent.state not in rules.PENDING:
        try:
            _hold(tx, checkout)
        except Refusal:
            _give_money_back(tx, intent, outcome)
            return _reopen(tx, checkout, Outcome(State.VOIDED))
    payments.note(tx, intent_id=intent.id, outcome=outcome, due_at=tx.now)
    shares = inventory.commit(tx, checkout_id=checkout.id, order_id=checkout.id)
    details = checkout.details
    customer_id = customers.upsert(
        tx, email=details.email, phone=details.phone, name=details.shipping.name, language=checkout.language,
        address=details.shipping, accepts_marketing=details.accepts_marketing,
    )  # fmt: skip
    order = orders.place(tx, placement=rules.placement(checkout, outcome, token_hash, customer_id, shares))
    completed = replace(
        checkout,
        status=Status.COMPLETED,
        order_id=order.id,
        order_number=order.number,
        payment=replace(payment, state=outcome.state, challenge_url=""),
    )
    store.update(tx, completed)
    return completed


def _challenge(tx: Tx, checkout: Checkout, intent: Intent, outcome: Outcome) -> Checkout:
    """The buyer's bank wants to see the buyer: the stock waits for them until the finisher asks."""
    payment = checkout.payment
    assert payment is not None
    payments.note(tx, intent_id=intent.id, outcome=outcome, due_at=tx.now + HOLD_MS)
    attempts.count_all(tx, limits=rules.hold_guards(payment.address))
    challenged = replace(
        checkout,
        status=Status.REQUIRES_ESCALATION,
        payment=replace(payment, state=State.CHALLENGED, challenge_url=outcome.challenge_url),
    )
    store.update(tx, challenged)
    return challenged


def _reopen(tx: Tx, checkout: Checkout, outcome: Outcome) -> Checkout:
    """Give back what was held, and let the buyer try again; declines are counted against card testing."""
    inventory.release(tx, checkout_id=checkout.id)
    discounts.give_back(tx, checkout_id=checkout.id)
    payment = checkout.payment
    if payment is not None:
        if outcome.state is State.DECLINED:
            guards = rules.decline_guards(payment.address, outcome.card_fingerprint, str(checkout.id))
            attempts.count_all(tx, limits=guards)
        payment = replace(payment, state=outcome.state, challenge_url="", decline_code=outcome.decline_code)
    reopened = rules.settled_open(replace(checkout, payment=payment))
    store.update(tx, reopened)
    return reopened


def _give_money_back(tx: Tx, intent: Intent, outcome: Outcome) -> None:
    """Return a charge that nothing can be given for any more; the finisher sees to it."""
    payments.note(tx, intent_id=intent.id, outcome=outcome, due_at=tx.now)
    payments.return_charge(tx, intent_id=intent.id, reason="checkout_gone", due_at=tx.now)
