"""What an order would come to at this moment."""

from collections.abc import Sequence

import msgspec

from matjar.core.address import Address
from matjar.core.tx import Reading
from matjar.domain import catalog, discounts, shipping, tax
from matjar.domain.pricing.model import PricedLine, Sums
from matjar.domain.pricing.rules import total
from matjar.domain.shops import Shop


class Quote(msgspec.Struct, frozen=True):
    """The sums, and the deliveries that could be chosen instead."""

    sums: Sums
    options: tuple[shipping.Option, ...]


def quote(
    view: Reading,
    *,
    shop: Shop,
    goods: Sequence[tuple[catalog.Sellable, int]],
    address: Address,
    delivery_id: str,
    discount: discounts.Discount | None,
) -> Quote:
    """Price so many of each article as delivered to an address.

    Until the address names a country, tax is that of the shop's own country, and no delivery is offered.
    """
    settings = shop.settings
    lines = [_priced(sellable, quantity) for sellable, quantity in goods]
    country = address.country or shop.country
    rates = tax.rates_for(view, shop=shop, country=country, region=address.region)
    options: tuple[shipping.Option, ...] = ()
    if address.country and any(line.requires_shipping for line in lines):
        options = shipping.options_for(view, address=address, parcel=_parcel(lines, discount))
    return Quote(
        total(
            lines,
            delivery=next((option for option in options if option.id == delivery_id), None),
            discount=discount,
            rates=rates,
            policy=tax.Policy(settings.prices_include_tax, settings.tax_rounding),
            tax_on_delivery=settings.tax_on_delivery,
        ),
        options,
    )


def _priced(sellable: catalog.Sellable, quantity: int) -> PricedLine:
    return PricedLine(
        sellable.variant_id,
        sellable.product_id,
        sellable.inventory_item_id,
        sellable.product_title,
        sellable.variant_title,
        sellable.sku,
        quantity,
        sellable.price_minor,
        sellable.tax_category,
        sellable.weight_grams,
        sellable.requires_shipping,
        sellable.collection_ids,
    )


def _parcel(lines: list[PricedLine], discount: discounts.Discount | None) -> shipping.Parcel:
    subtotals = [line.quantity * line.unit_price_minor for line in lines]
    off = discounts.apply(discount.terms, lines, subtotals) if discount else None
    return shipping.Parcel(
        sum(subtotals) - sum(off or ()),
        sum(line.weight_grams * line.quantity for line in lines if line.requires_shipping),
        any(line.requires_shipping for line in lines),
    )
