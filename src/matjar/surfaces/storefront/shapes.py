"""The shapes of the storefront's JSON: UCP's words where it has them (2026-04-08), amounts in minor units."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from matjar.core.limits import CART_LINES, LINE_QUANTITY, TEXT
from matjar.domain.checkout import Status
from matjar.domain.payments import State
from matjar.edge.answers import Message

Text = Annotated[str, Meta(max_length=TEXT)]
Quantity = Annotated[int, Meta(ge=1, le=LINE_QUANTITY)]
VariantId = Annotated[str, Meta(pattern=r"^[0-9]{1,16}$", description="A variant's id.")]


class Item(msgspec.Struct, frozen=True):
    """What is bought."""

    id: VariantId


class LineItem(msgspec.Struct, frozen=True):
    """So many of an item."""

    item: Item
    quantity: Quantity = 1


Minor = Annotated[int, Meta(ge=0, le=1 << 53)]
Amount = Annotated[int, Meta(description="In minor units of the currency.")]
Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]

Lines = Annotated[Sequence[LineItem], Meta(max_length=CART_LINES)]


class NewCart(msgspec.Struct, frozen=True):
    """A cart, whole."""

    line_items: Lines = ()


class Buyer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who buys."""

    email: Text = ""
    phone: Text = ""
    accepts_marketing: bool = False


class PostalAddress(msgspec.Struct, frozen=True, omit_defaults=True):
    """An address."""

    name: Text = ""
    company: Text = ""
    vat_number: Text = ""
    line1: Text = ""
    line2: Text = ""
    city: Text = ""
    region: Text = ""
    postal_code: Text = ""
    country: Annotated[str, Meta(max_length=2)] = ""
    phone: Text = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer tells of themselves."""

    buyer: Buyer = Buyer()
    shipping_address: PostalAddress = PostalAddress()
    billing_address: PostalAddress = PostalAddress()
    delivery: Text = ""
    discount_code: Text = ""
    note: Text = ""


class Wishes(Told, frozen=True, kw_only=True):
    """A checkout as it is to be, whole: what is left out is taken back; only lines that are left out stay."""

    line_items: Lines | None = None


class NewCheckout(Told, frozen=True, kw_only=True):
    """A checkout to begin."""

    line_items: Lines = ()
    language: Annotated[str, Meta(max_length=10)] = ""


class PaymentChoice(msgspec.Struct, frozen=True):
    """How the buyer pays: a gateway, and what its own form gave for the card."""

    gateway: Text
    token: Annotated[
        str, Meta(max_length=TEXT, description="Without it `stripe` sends the buyer to its own page: `continue_url`.")
    ] = ""


class Completion(msgspec.Struct, frozen=True):
    """The buyer's last word."""

    payment: PaymentChoice
    seen_total: Annotated[
        Minor | None, Meta(description="What the buyer was shown. If it is dearer by now: `pricing.changed`.")
    ] = None


class Total(msgspec.Struct, frozen=True):
    """One line of the sums."""

    type: Literal["subtotal", "discount", "fulfillment", "tax", "total"]
    amount: Amount


class TaxView(msgspec.Struct, frozen=True):
    """One tax."""

    name: str
    rate_ppm: Annotated[int, Meta(description="In millionths: 50000 is 5 %.")]
    amount: Amount


class ItemView(msgspec.Struct, frozen=True):
    """An item as it is sold."""

    id: str
    title: str
    variant: str
    sku: str
    price: Amount


class LineView(msgspec.Struct, frozen=True):
    """A line with its sums."""

    item: ItemView
    quantity: int
    subtotal: Amount
    discount: Amount
    tax: Amount
    total: Amount


class DeliveryView(msgspec.Struct, frozen=True):
    """A way to have it delivered."""

    id: str
    title: str
    price: Amount
    pickup: bool
    days_min: int
    days_max: int


class OrderLink(msgspec.Struct, frozen=True):
    """The order that came of it."""

    id: str
    number: int
    name: str
    permalink_url: str


class PaymentView(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the payment stands."""

    gateway: str
    state: State
    decline_code: str = ""


class CheckoutView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A checkout."""

    id: str
    status: Status
    currency: str
    language: str
    line_items: Sequence[LineView]
    totals: Sequence[Total]
    taxes: Sequence[TaxView]
    prices_include_tax: bool
    buyer: Buyer
    shipping_address: PostalAddress
    billing_address: PostalAddress
    delivery: str
    delivery_options: Sequence[DeliveryView]
    discount_code: str
    note: str
    gateways: Sequence[str]
    messages: Sequence[Message]
    expires_at: Moment
    payment: PaymentView | None = None
    continue_url: str = ""
    order: OrderLink | None = None


class CartLineView(msgspec.Struct, frozen=True):
    """A line of a cart at today's price."""

    item: ItemView
    quantity: int
    subtotal: Amount
    available: bool


class CartView(msgspec.Struct, frozen=True):
    """A cart."""

    id: str
    currency: str
    line_items: Sequence[CartLineView]
    totals: Sequence[Total]
