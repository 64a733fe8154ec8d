"""What is priced, and the sums that come out: exact, frozen with the order."""

import msgspec

from matjar.core.refusal import Kind, declare
from matjar.domain.tax import TaxLine

CHANGED = declare("pricing.changed", Kind.CONFLICT, "The price has changed since you saw it: it is now {total}.")


class PricedLine(msgspec.Struct, frozen=True):
    """So many of one variant at the price of this moment."""

    variant_id: int
    product_id: int
    inventory_item_id: int
    title: str
    variant_title: str
    sku: str
    quantity: int
    unit_price_minor: int
    tax_category: str
    weight_grams: int
    """Of one piece."""
    requires_shipping: bool
    collection_ids: tuple[int, ...] = ()


class LineSums(msgspec.Struct, frozen=True):
    """A line with what comes off it and what tax comes to."""

    variant_id: int
    product_id: int
    inventory_item_id: int
    title: str
    variant_title: str
    sku: str
    quantity: int
    unit_price_minor: int
    tax_category: str
    weight_grams: int
    requires_shipping: bool
    collection_ids: tuple[int, ...]
    subtotal_minor: int
    """As priced, before the discount: with tax in it or not, as the shop prices."""
    discount_minor: int
    taxes: tuple[TaxLine, ...]
    tax_minor: int
    total_minor: int
    """What the buyer pays for the line, tax included."""

    @property
    def net_minor(self) -> int:
        """What is left to the shop: the total without its tax."""
        return self.total_minor - self.tax_minor


class Sums(msgspec.Struct, frozen=True):
    """A whole order's sums. ``total_minor`` is the lines' totals and delivery's, exactly."""

    lines: tuple[LineSums, ...]
    subtotal_minor: int
    discount_minor: int
    discount_code: str
    """The code that was applied; empty where there is none, or the lines do not meet its terms."""
    delivery_minor: int
    """As shown: with tax in it or not, as the shop prices; 0 where a discount pays for it."""
    delivery_taxes: tuple[TaxLine, ...]
    tax_minor: int
    """Of lines and delivery together."""
    total_minor: int
    inclusive: bool

    @property
    def delivery_tax_minor(self) -> int:
        """The tax on delivery."""
        return sum(tax.amount_minor for tax in self.delivery_taxes)

    @property
    def delivery_total_minor(self) -> int:
        """What the buyer pays for delivery, tax included."""
        return self.delivery_minor if self.inclusive else self.delivery_minor + self.delivery_tax_minor

    @property
    def delivery_net_minor(self) -> int:
        """What is left to the shop of delivery, without its tax."""
        return self.delivery_total_minor - self.delivery_tax_minor
