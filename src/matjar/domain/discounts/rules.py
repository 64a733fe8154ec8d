"""What a discount takes off, and when it may not be used."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from matjar.core.money import allocate, divide_half_up
from matjar.domain.discounts import model
from matjar.domain.discounts.model import Discount, DiscountKind, Terms

_MILLION = 1_000_000


class Scoped(Protocol):
    """What a discount looks at in a line."""

    @property
    def product_id(self) -> int: ...
    @property
    def collection_ids(self) -> tuple[int, ...]: ...


def fold(code: str) -> str:
    """A code as it is stored and compared: without the spaces around it, in capitals."""
    return code.strip().upper()


def buyer_of(shop_id: int, email: str) -> bytes:
    """Who a buyer is for the sake of limits, without their data: SHA-256 of shop and e-mail."""
    return hashlib.sha256(f"{shop_id}:{email.strip().lower()}".encode()).digest()


def check(discount: Discount, *, now: int, lines: Sequence[Scoped], subtotals: Sequence[int]) -> None:
    """Refuse where the discount gives nothing, and say why.

    Refuses ``discounts.expired``, ``discounts.used_up``, ``discounts.not_for_these``, ``discounts.not_enough``.
    """
    check_validity(discount, now=now)
    check_used(discount)
    eligible = _eligible(discount.terms, lines, subtotals)
    if not any(eligible):
        raise model.NOT_FOR_THESE(code=discount.code)
    if sum(eligible) < discount.terms.minimum_minor:
        raise model.NOT_ENOUGH(code=discount.code, minimum_minor=discount.terms.minimum_minor)


def check_code(code: str) -> None:
    """Refuse ``discounts.bad_code`` for a folded code that nobody could type, or that hides a space."""
    if not 1 <= len(code) <= 40 or not code.isprintable() or " " in code:
        raise model.BAD_CODE().at("code")


def check_terms(terms: Terms) -> None:
    """Refuse ``discounts.bad_value``, ``discounts.bad_limit`` and ``discounts.bad_scope``."""
    value_ppm, amount_minor = terms.value_ppm, terms.amount_minor
    match terms.kind:
        case DiscountKind.PERCENTAGE:
            holds = 0 < value_ppm <= _MILLION and amount_minor == 0
        case DiscountKind.AMOUNT:
            holds = amount_minor > 0 and value_ppm == 0
        case DiscountKind.FREE_DELIVERY:
            holds = value_ppm == 0 and amount_minor == 0
    if not holds:
        raise model.BAD_VALUE().at("terms")
    limits = (terms.usage_limit, terms.per_buyer_limit)
    if terms.minimum_minor < 0 or any(limit is not None and limit < 1 for limit in limits):
        raise model.BAD_LIMIT().at("terms")
    if len(terms.product_ids) + len(terms.collection_ids) > model.SCOPE:
        raise model.BAD_SCOPE(most=model.SCOPE).at("terms")


def check_window(starts_at: int, ends_at: int | None) -> None:
    """Refuse ``discounts.bad_window``."""
    if starts_at < 0 or (ends_at is not None and ends_at <= starts_at):
        raise model.BAD_WINDOW().at("ends_at")


def check_validity(discount: Discount, *, now: int) -> None:
    """Refuse ``discounts.expired`` before its time and after it."""
    if now < discount.starts_at or (discount.ends_at is not None and now >= discount.ends_at):
        raise model.EXPIRED(code=discount.code)


def check_used(discount: Discount) -> None:
    """Refuse ``discounts.used_up`` where every place is taken."""
    if discount.terms.usage_limit is not None and discount.used >= discount.terms.usage_limit:
        raise model.USED_UP(code=discount.code)


def apply(terms: Terms, lines: Sequence[Scoped], subtotals: Sequence[int]) -> list[int] | None:
    """What comes off each line, in minor units; None: the lines do not meet the terms.

    Free delivery takes nothing off the lines. An amount never takes more than the goods it is for cost; it is shared
    over them in proportion, and so is a percentage, once it has been rounded over all of them.
    """
    eligible = _eligible(terms, lines, subtotals)
    whole_minor = sum(eligible)
    if not whole_minor or whole_minor < terms.minimum_minor:
        return None
    match terms.kind:
        case DiscountKind.PERCENTAGE:
            off_minor = divide_half_up(whole_minor * terms.value_ppm, _MILLION)
        case DiscountKind.AMOUNT:
            off_minor = min(terms.amount_minor, whole_minor)
        case DiscountKind.FREE_DELIVERY:
            off_minor = 0
    return allocate(off_minor, eligible)


def _eligible(terms: Terms, lines: Sequence[Scoped], subtotals: Sequence[int]) -> list[int]:
    """Each line's subtotal if the discount is for it, else 0."""
    if not terms.product_ids and not terms.collection_ids:
        return list(subtotals)
    return [
        subtotal_minor if _is_for(terms, line) else 0
        for line, subtotal_minor in zip(lines, subtotals, strict=True)
    ]


def _is_for(terms: Terms, line: Scoped) -> bool:
    return line.product_id in terms.product_ids or not set(terms.collection_ids).isdisjoint(line.collection_ids)
