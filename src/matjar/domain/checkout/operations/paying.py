"""Paying: make ready to charge, and record what became of the charge."""

import msgspec

from matjar.core.limits import FINISHER_GRACE_MS, HOLD_MS
from matjar.core.money import to_text
from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import attempts, customers, discounts, inventory, orders, payments, pricing, shops
from matjar.domain.checkout import model, queries, rules, store
from matjar.domain.checkout.model import Checkout, Payment, Prepared, Status
from matjar.domain.checkout.operations.filling import priced
from matjar.domain.checkout.operations.leaving import give_back
from matjar.domain.payments import Intent, Outcome, State

replace = msgspec.structs.replace


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
    fresh = rules.settled_open(priced(tx, shop, checkout))
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
            if checkout is None or not current or not rules.still_wants(checkout, intent):
                _give_money_back(tx, intent, outcome)
                return checkout or rules.vanished(intent, tx.now)
            return _place(tx, checkout, intent, outcome, order_token_hash)
        case State.CHALLENGED if checkout is not None and current and _can_be_challenged(intent, outcome):
            return _challenge(tx, checkout, intent, outcome)
        case State.DECLINED | State.VOIDED | State.ABANDONED:
            payments.note(tx, intent_id=intent_id, outcome=outcome, due_at=payments.NOTHING_OPEN)
            if checkout is not None and current and intent.state in rules.PENDING:
                tx.emit(payments.PaymentFailed(checkout.id))
                return give_back(tx, checkout, outcome)
        case State.CHALLENGED | State.CHARGING:
            pass
    return checkout or rules.vanished(intent, tx.now)


def _check_unchanged(shown: Checkout | None, seen_total_minor: int | None, fresh: Checkout) -> None:
    """Ask the buyer again where it became dearer; what became cheaper nobody minds."""
    seen = seen_total_minor if shown is None else shown.sums.total_minor
    if seen is not None and fresh.sums.total_minor > seen:
        total = f"{to_text(fresh.sums.total_minor, fresh.currency)} {fresh.currency}"
        raise pricing.CHANGED(total=total).leaving(lambda after: store.update(after, fresh))


def _hold(tx: Tx, checkout: Checkout) -> None:
    """Take the stock and the discount's place, in flight until the charge's outcome is known."""
    lines, chosen = checkout.sums.lines, checkout.chosen
    wants = [
        inventory.Want(line.inventory_item_id, line.quantity, line.variant_id in checkout.continue_selling, line.title)
        for line in lines
    ]
    inventory.reserve(
        tx, checkout_id=checkout.id, wants=wants, lapses_at=tx.now + HOLD_MS, in_flight=True,
        location_id=chosen.location_id if chosen else None,
    )  # fmt: skip
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
            tx.emit(payments.PaymentFailed(checkout.id))
            return give_back(tx, checkout, Outcome(State.VOIDED))
    elif intent.state is State.CHALLENGED:
        attempts.forgive_all(tx, limits=rules.hold_guards(payment.address))
    payments.note(tx, intent_id=intent.id, outcome=outcome, due_at=tx.now)
    order_id = tx.new_id()
    shares = inventory.commit(tx, checkout_id=checkout.id, order_id=order_id)
    details = checkout.details
    customer_id = customers.upsert(
        tx, email=details.email, phone=details.phone, name=details.shipping.name, language=checkout.language,
        address=details.shipping, accepts_marketing=details.accepts_marketing, agreed_to=details.agreed_to,
    )  # fmt: skip
    order = orders.place(tx, placement=rules.placement(checkout, order_id, outcome, token_hash, customer_id, shares))
    completed = replace(
        checkout,
        status=Status.COMPLETED,
        order_id=order.id,
        order_number=order.number,
        payment=replace(payment, state=outcome.state, challenge_url=""),
    )
    store.update(tx, completed)
    return completed


def _can_be_challenged(intent: Intent, outcome: Outcome) -> bool:
    """Whether the buyer can still go where they are asked to: a charge that was given up meanwhile is over."""
    return intent.state in rules.PENDING and bool(outcome.challenge_url)


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


def _give_money_back(tx: Tx, intent: Intent, outcome: Outcome) -> None:
    """Return a charge that nothing can be given for any more; the finisher sees to it."""
    payments.note(tx, intent_id=intent.id, outcome=outcome, due_at=tx.now)
    payments.return_charge(tx, intent_id=intent.id, reason="checkout_gone", due_at=tx.now)
