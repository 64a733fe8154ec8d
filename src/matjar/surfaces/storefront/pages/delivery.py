"""What a product's page promises of its delivery, by the shop's own rules for its own country."""

import msgspec

from matjar.core.address import Address
from matjar.domain import shipping
from matjar.domain.shipping import MethodKind, Parcel
from matjar.edge.catalogue import ShopDocument, VariantDocument


class Promise(msgspec.Struct, frozen=True):
    """One piece, brought to somebody in the shop's country: for how much, and in how many days."""

    country: str
    price_minor: int
    days_min: int
    days_max: int
    free_over_minor: int | None
    """From this sum on it costs nothing; None: there is no such sum, or one piece reaches it."""


def promise_of(shop: ShopDocument, variant: VariantDocument) -> Promise | None:
    """The cheapest way to the door; None where nothing is sent, or nobody brings it."""
    country = shop.shop.country
    parcel = Parcel(variant.price_minor, variant.weight_grams, variant.requires_shipping)
    offered = shipping.options(shop.zones, Address(country=country), parcel)
    cheapest = next((option for option in offered if not option.pickup), None)
    if cheapest is None:
        return None
    free_over = _free_over(shop, cheapest.id) if cheapest.price_minor else None
    return Promise(country, cheapest.price_minor, cheapest.days_min, cheapest.days_max, free_over)


def _free_over(shop: ShopDocument, method_id: str) -> int | None:
    methods = (method for zone in shop.zones for method in zone.methods if method.kind is not MethodKind.PICKUP)
    return next((method.free_over_minor for method in methods if method.id == method_id), None)
