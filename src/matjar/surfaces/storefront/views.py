"""From the domain's nouns to the storefront's shapes."""

from datetime import UTC, datetime

from msgspec.structs import replace

from matjar.core.address import Address
from matjar.core.clock import SECOND
from matjar.core.refusal import Refusal
from matjar.domain.carts import Cart
from matjar.domain.checkout import Checkout, Status
from matjar.domain.pricing import LineSums, Sums
from matjar.edge.answers import Message
from matjar.edge.catalogue import ProductDocument, Shelf, VariantDocument
from matjar.edge.languages import catalogue, sentence
from matjar.edge.visit import Visit
from matjar.surfaces.storefront import shapes
from matjar.surfaces.storefront.parts import Parts

FIRST_NUMBER = 1_000
"""The first order is shown as #1001."""

ASKS = {
    "buyer.email": sentence("Enter an e-mail address."),
    "shipping_address.country": sentence("Choose a country."),
    "shipping_address.name": sentence("Enter a name."),
    "shipping_address.line1": sentence("Enter street and number."),
    "shipping_address.city": sentence("Enter a city."),
    "delivery": sentence("Choose a delivery."),
}
"""What a form says beside a field that is still empty."""

TAX_NAMES = (sentence("VAT"), sentence("GST"), sentence("Sales tax"))
"""Taxes that have a name in other languages too; every other is called as in its own country."""


def checkout_view(checkout: Checkout, token: str, visit: Visit, parts: Parts) -> shapes.CheckoutView:
    """A checkout for whoever holds its token, in their language."""
    sums, details, payment = checkout.sums, checkout.details, checkout.payment
    language, say = visit.language, catalogue(visit.language).gettext
    order = None
    if checkout.order_id:
        link = f"{visit.origin}/orders/{parts.tokens.of_order(visit.shop.id, checkout.id)}"
        number = FIRST_NUMBER + checkout.order_number
        order = shapes.OrderLink(str(checkout.order_id), number, f"#{number}", link)
    return shapes.CheckoutView(
        id=token,
        status=checkout.status,
        currency=checkout.currency,
        language=checkout.language,
        line_items=tuple(_line(line, visit, parts) for line in sums.lines),
        totals=totals(sums),
        taxes=tuple(replace(tax, name=say(tax.name)) for tax in taxes(sums)),
        prices_include_tax=sums.inclusive,
        buyer=shapes.Buyer(details.email, details.phone, details.accepts_marketing),
        shipping_address=_address(details.shipping),
        billing_address=_address(details.billing),
        delivery=details.delivery_id,
        delivery_options=tuple(
            shapes.DeliveryView(
                option.id, _name(option.names, language), option.price_minor, option.pickup,
                option.days_min, option.days_max,
            )
            for option in checkout.options
        ),
        discount_code=sums.discount_code,
        note=details.note,
        gateways=visit.shop.settings.gateways,
        messages=tuple(messages(checkout, language)),
        expires_at=iso(checkout.expires_at),
        payment=shapes.PaymentView(payment.gateway, payment.state, payment.decline_code) if payment else None,
        continue_url=payment.challenge_url if payment and checkout.status is Status.REQUIRES_ESCALATION else "",
        order=order,
    )  # fmt: skip


def messages(checkout: Checkout, language: str) -> list[Message]:
    """What the buyer has still to tell, and why a card was not taken."""
    say = catalogue(language).gettext
    told = [Message("error", "missing", say(ASKS[path]), f"$.{path}") for path in checkout.missing]
    payment = checkout.payment
    if payment is not None and payment.decline_code and checkout.status is Status.READY:
        declined = say("The card was declined. You were not charged; please try another one.")
        told.append(Message("error", "payment_declined", declined, "$.payment"))
    return told


def totals(sums: Sums) -> tuple[shapes.Total, ...]:
    """The sums in the order in which a receipt has them; they add up to the last."""
    return (
        shapes.Total("subtotal", sums.subtotal_minor),
        shapes.Total("discount", -sums.discount_minor),
        shapes.Total("fulfillment", sums.delivery_minor),
        shapes.Total("tax", sums.tax_minor),
        shapes.Total("total", sums.total_minor),
    )


def taxes(sums: Sums) -> tuple[shapes.TaxView, ...]:
    """Each tax, over all lines and delivery."""
    found: dict[tuple[str, int], int] = {}
    for due in (*(line.taxes for line in sums.lines), sums.delivery_taxes):
        for tax in due:
            found[tax.name, tax.rate_ppm] = found.get((tax.name, tax.rate_ppm), 0) + tax.amount_minor
    return tuple(shapes.TaxView(name, rate_ppm, amount) for (name, rate_ppm), amount in found.items())


def iso(at: int) -> str:
    """A moment in milliseconds as ISO 8601, UTC."""
    return datetime.fromtimestamp(at / SECOND, UTC).isoformat(timespec="seconds")


def _line(line: LineSums, visit: Visit, parts: Parts) -> shapes.LineView:
    title, variant = _called(line, visit, parts)
    item = shapes.ItemView(str(line.variant_id), title, variant, line.sku, line.unit_price_minor)
    return shapes.LineView(
        item, line.quantity, line.subtotal_minor, line.discount_minor, line.tax_minor, line.total_minor
    )


def _called(line: LineSums, visit: Visit, parts: Parts) -> tuple[str, str]:
    """What an article is called: in the shop's own language as it was sold, in another as the shelf has it."""
    own = line.title, line.variant_title
    if visit.language == visit.shop.languages[0]:
        return own
    try:
        found = parts.catalogue.shelf(visit.shop.id).variant(line.variant_id)
    except Refusal:
        return own  # what was paid is told, whether or not the catalogue can be read
    return titles(*found, visit.language) if found else own


def _address(address: Address) -> shapes.PostalAddress:
    return shapes.PostalAddress(*(getattr(address, name) for name in shapes.PostalAddress.__struct_fields__))


def _name(names: dict[str, str], language: str) -> str:
    return names.get(language) or next(iter(names.values()), "")


def cart_view(cart: Cart, token: str, shelf: Shelf, language: str) -> shapes.CartView:
    """A cart at the prices of the shelf; what is not sold any more stays visible, and costs nothing."""
    lines = []
    for line in cart.lines:
        found = shelf.variant(line.variant_id)
        if found is None:
            item = shapes.ItemView(str(line.variant_id), "", "", "", 0)
            lines.append(shapes.CartLineView(item, line.quantity, 0, available=False))
            continue
        product, variant = found
        enough = variant.continue_selling or variant.available is None or variant.available >= line.quantity
        item = shapes.ItemView(str(variant.id), *titles(product, variant, language), variant.sku, variant.price_minor)
        subtotal = variant.price_minor * line.quantity
        lines.append(shapes.CartLineView(item, line.quantity, subtotal, available=enough))
    total = sum(line.subtotal for line in lines)
    totals_of_cart = (shapes.Total("subtotal", total), shapes.Total("total", total))
    return shapes.CartView(token, shelf.shop.currency, tuple(lines), totals_of_cart)


def titles(product: ProductDocument, variant: VariantDocument, language: str) -> tuple[str, str]:
    """What a product and one of its variants are called in a language."""
    words = product.in_language(language)
    return words.title, " / ".join(words.options.get(choice, choice) for choice in variant.choices)
