"""What a checkout must know before it can be completed, and what form it must have."""

import re

import msgspec

from matjar.core import limits
from matjar.core.address import Address
from matjar.core.limits import TEXT
from matjar.domain.attempts import Limit
from matjar.domain.checkout import model
from matjar.domain.checkout.model import Checkout, Details, Status
from matjar.domain.inventory import Share
from matjar.domain.orders import Contact, Placement
from matjar.domain.payments import Intent, Outcome, State
from matjar.domain.pricing import Sums

_EMAIL = re.compile(r"[^@\s\x00-\x1f<>\",;:\\]{1,64}@[^@\s\x00-\x1f<>\",;:\\]{1,186}\.[^@\s\x00-\x1f<>\",;:\\.]{2,}")
_COUNTRY = re.compile(r"[A-Z]{2}")

NO_SUMS = Sums((), 0, 0, "", 0, (), 0, 0, True)

OPEN = (Status.INCOMPLETE, Status.READY)
"""Where the buyer may still change things."""

PENDING = (State.CHARGING, State.CHALLENGED)
"""Charges whose end nobody has told yet: news of it changes the checkout once, and not again when it is repeated."""


def check_details(details: Details) -> None:
    """Refuse what has not the form of an e-mail address or a country, and what is too long, at its field."""
    if details.email and not _EMAIL.fullmatch(details.email):
        raise model.BAD_EMAIL().at("buyer.email")
    for path, text in (
        ("buyer.phone", details.phone), ("note", details.note), ("delivery", details.delivery_id),
        ("discount_code", details.discount_code), ("marketing", details.agreed_to),
    ):  # fmt: skip
        _check_length(text, path)
    check_address(details.shipping, "shipping_address")
    check_address(details.billing, "billing_address")


def check_address(address: Address, path: str) -> None:
    """Refuse an address whose country is no code, or whose parts are too long."""
    if address.country and not _COUNTRY.fullmatch(address.country):
        raise model.BAD_COUNTRY().at(f"{path}.country")
    for name in address.__struct_fields__:
        _check_length(getattr(address, name), f"{path}.{name}")


def _check_length(text: str, path: str) -> None:
    if len(text) > TEXT or "\x00" in text:
        raise model.TOO_LONG(most=TEXT).at(path)


def missing(checkout: Checkout) -> tuple[str, ...]:
    """Paths of what has still to be told, in the order in which a form asks for it."""
    details, found = checkout.details, []
    if not details.email:
        found.append("buyer.email")
    if any(line.requires_shipping for line in checkout.sums.lines):
        chosen = checkout.chosen
        if not details.shipping.country:
            found.append("shipping_address.country")
        elif chosen is None:
            found.append("delivery")
        if chosen is None or not chosen.pickup:
            address = details.shipping
            found += [f"shipping_address.{name}" for name in ("name", "line1", "city") if not getattr(address, name)]
    return tuple(found)


def settled_open(checkout: Checkout) -> Checkout:
    """The checkout with its status as its content says: ready, or incomplete and why."""
    lacking = missing(checkout)
    return msgspec.structs.replace(checkout, missing=lacking, status=Status.INCOMPLETE if lacking else Status.READY)


def check_open(checkout: Checkout) -> None:
    """Refuse ``checkout.in_progress`` while a payment is on its way, ``checkout.over`` after the end."""
    if checkout.status in (Status.IN_PROGRESS, Status.REQUIRES_ESCALATION):
        raise model.IN_PROGRESS(retry_after=1)
    if checkout.status not in OPEN:
        raise model.OVER()


def decline_guards(address: str, card_fingerprint: str, session: str) -> tuple[Limit, ...]:
    """What stands against card testing: a few declines per address, per card and per checkout."""
    subjects = [
        (f"address:{address}", limits.DECLINES_PER_ADDRESS),
        (f"session:{session}", limits.DECLINES_PER_SESSION),
    ]
    if card_fingerprint:
        subjects.append((f"card:{card_fingerprint}", limits.DECLINES_PER_CARD))
    return tuple(Limit("decline", subject, most, limits.TRIES_WINDOW_MS) for subject, most in subjects)


def hold_guards(address: str) -> tuple[Limit, ...]:
    """What stands against hoarding: stock held for payments that were sent to the bank's page, per address."""
    return (Limit("hold", f"address:{address}", limits.HOLDS_PER_ADDRESS, limits.TRIES_WINDOW_MS),)


def guess_guards(address: str) -> tuple[Limit, ...]:
    """What stands against trying out discount codes."""
    return (Limit("guess", f"address:{address}", limits.GUESSES_PER_ADDRESS, limits.TRIES_WINDOW_MS),)


def still_wants(checkout: Checkout, intent: Intent) -> bool:
    """Whether a checkout is still what was charged for: one that was given up may have been changed or ended since."""
    ended = checkout.status in (Status.COMPLETED, Status.CANCELED)
    return not ended and checkout.sums.total_minor == intent.amount_minor


def vanished(intent: Intent, now: int) -> Checkout:
    """What is said of a checkout that was swept before its charge came in: there is nothing left of it."""
    return Checkout(intent.checkout_id, Status.CANCELED, intent.currency, "", (), NO_SUMS, now, now)


def placement(
    checkout: Checkout,
    order_id: int,
    outcome: Outcome,
    token_hash: bytes,
    customer_id: int,
    shares: tuple[Share, ...],
) -> Placement:
    """What orders needs to know of a checkout that was paid, or that is to be paid on delivery."""
    details, chosen, payment = checkout.details, checkout.chosen, checkout.payment
    assert payment is not None
    return Placement(
        order_id=order_id,
        checkout_id=checkout.id,
        token_hash=token_hash,
        contact=Contact(
            email=details.email,
            phone=details.phone,
            shipping=details.shipping,
            billing=details.billing if details.billing.country else details.shipping,
            accepts_marketing=details.accepts_marketing,
        ),
        language=checkout.language,
        sums=checkout.sums,
        delivery_id=details.delivery_id if chosen else "",
        delivery_name=_in_language(chosen.names, checkout.language) if chosen else "",
        gateway=payment.gateway,
        state=outcome.state,
        intent_id=payment.intent_id,
        reference=outcome.reference,
        customer_id=customer_id,
        shares=shares,
        note=details.note,
        delivery_names=chosen.names if chosen else {},
    )


def _in_language(names: dict[str, str], language: str) -> str:
    return names.get(language) or next(iter(names.values()), "")
