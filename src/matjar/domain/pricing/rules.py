"""An order's sums: one pure function, the same in a cart, at checkout and on an invoice."""

from collections.abc import Sequence

from matjar.domain import discounts, tax
from matjar.domain.discounts import Discount, DiscountKind
from matjar.domain.pricing.model import LineSums, PricedLine, Sums
from matjar.domain.shipping import Option
from matjar.domain.tax import DELIVERY, Policy, Rate, Taxable, TaxLine


def total(
    lines: Sequence[PricedLine],
    *,
    delivery: Option | None,
    discount: Discount | None,
    rates: Sequence[Rate],
    policy: Policy,
    tax_on_delivery: bool,
) -> Sums:
    """Price an order to the minor unit: discount off the lines, tax on what is left, delivery with its own tax.

    ``rates`` are those of the place that the goods go to (``tax.rates_for``). A discount whose terms the lines do not
    meet takes nothing off and is not named in the sums; ``discounts.check`` says why. Every sum is exact: the lines'
    discounts make the discount, their taxes and delivery's make the tax, their totals and delivery's make the total.
    """
    subtotals = [line.quantity * line.unit_price_minor for line in lines]
    offs = discounts.apply(discount.terms, lines, subtotals) if discount and lines else None
    applied = discount if offs is not None else None
    offs = offs or [0] * len(lines)
    delivery_minor = delivery.price_minor if delivery else 0
    if applied and applied.terms.kind is DiscountKind.FREE_DELIVERY:
        delivery_minor = 0
    taxables = [
        Taxable(subtotal_minor - off_minor, line.tax_category)
        for line, subtotal_minor, off_minor in zip(lines, subtotals, offs, strict=True)
    ]
    if delivery and tax_on_delivery:
        taxables.append(Taxable(delivery_minor, DELIVERY))
    taxes = tax.assess(taxables, rates, policy)
    delivery_taxes = taxes.pop() if delivery and tax_on_delivery else ()
    sums = [
        _line_sums(line, subtotal_minor, off_minor, due, policy.inclusive)
        for line, subtotal_minor, off_minor, due in zip(lines, subtotals, offs, taxes, strict=True)
    ]
    delivery_tax_minor = _amount(delivery_taxes)
    return Sums(
        tuple(sums),
        sum(subtotals),
        sum(offs),
        applied.code if applied else "",
        delivery_minor,
        delivery_taxes,
        sum([line.tax_minor for line in sums]) + delivery_tax_minor,
        sum([line.total_minor for line in sums]) + delivery_minor + (0 if policy.inclusive else delivery_tax_minor),
        policy.inclusive,
    )


def _line_sums(
    line: PricedLine, subtotal_minor: int, discount_minor: int, taxes: tuple[TaxLine, ...], inclusive: bool
) -> LineSums:
    tax_minor = _amount(taxes)
    due_minor = subtotal_minor - discount_minor
    return LineSums(
        line.variant_id,
        line.product_id,
        line.inventory_item_id,
        line.title,
        line.variant_title,
        line.sku,
        line.quantity,
        line.unit_price_minor,
        line.tax_category,
        line.weight_grams,
        line.requires_shipping,
        line.collection_ids,
        subtotal_minor,
        discount_minor,
        taxes,
        tax_minor,
        due_minor if inclusive else due_minor + tax_minor,
    )


def _amount(taxes: tuple[TaxLine, ...]) -> int:
    return sum([tax.amount_minor for tax in taxes])
