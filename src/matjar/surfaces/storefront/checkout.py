"""Checking out by JSON: create, update, complete. Other people's programs use these routes, and our pages' script."""

from litestar import Response, get, post, put
from litestar.openapi.datastructures import ResponseSpec

from matjar.core.address import Address
from matjar.core.ids import hash_token, mint_token
from matjar.domain import checkout
from matjar.domain.carts import Line
from matjar.domain.checkout import Checkout, Details, Status
from matjar.edge.framework import PROBLEMS, PROBLEMS_OF_READING
from matjar.edge.visit import Visit
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.shapes import (
    CheckoutView,
    Completion,
    Lines,
    NewCheckout,
    PostalAddress,
    Told,
    Wishes,
)
from matjar.surfaces.storefront.views import checkout_view

_PAID = {
    202: ResponseSpec(CheckoutView, generate_examples=False, description="The payment is being confirmed."),
    402: ResponseSpec(CheckoutView, generate_examples=False, description="The bank said no; nothing was charged."),
}


@post("/checkout-sessions", status_code=201, responses=PROBLEMS)
async def create(data: NewCheckout, visit: Visit, parts: Parts, key: str) -> CheckoutView:
    """Begin a checkout; the answer's id is the token that opens it from now on."""
    parts.let_begin(visit)
    token = parts.tokens.of_key(visit.shop.id, "checkout", key) if key else mint_token()
    made = await parts.desk(visit).submit(checkout.create, key=key and f"checkout.create:{key}")(
        token_hash=hash_token(token),
        lines=lines_of(data.line_items),
        language=data.language or visit.language,
        details=details_of(data),
    )
    return checkout_view(made, token, visit, parts)


@get("/checkout-sessions/{token:str}", responses=PROBLEMS_OF_READING)
async def show(token: str, visit: Visit, parts: Parts) -> CheckoutView:
    """How a checkout stands."""
    found = await parts.desk(visit).read(lambda view: checkout.load(view, token_hash=hash_token(token)))
    return checkout_view(found, token, visit, parts)


@put("/checkout-sessions/{token:str}", responses=PROBLEMS)
async def update(token: str, data: Wishes, visit: Visit, parts: Parts, key: str) -> CheckoutView:
    """Take down what the buyer tells, whole, and price anew."""
    changed = await parts.desk(visit).submit(checkout.update, key=key and f"checkout.update:{key}")(
        token_hash=hash_token(token),
        details=details_of(data),
        lines=None if data.line_items is None else lines_of(data.line_items),
    )
    return checkout_view(changed, token, visit, parts)


@post("/checkout-sessions/{token:str}/complete", status_code=200, responses=_PAID | PROBLEMS)
async def complete(token: str, data: Completion, visit: Visit, parts: Parts, key: str) -> Response[CheckoutView]:
    """Pay. 200 with the order, or with what the buyer has to do; 202 while the payment is being confirmed."""
    paid = await parts.cashier.complete(
        parts.desk(visit),
        token_hash=hash_token(token),
        gateway=data.payment.gateway,
        card_token=data.payment.token,
        seen_total_minor=data.seen_total,
        key=key,
        return_origin=visit.origin,
    )
    return Response(checkout_view(paid, token, visit, parts), status_code=status_of(paid))


@post("/checkout-sessions/{token:str}/cancel", status_code=200, responses=PROBLEMS)
async def cancel(token: str, visit: Visit, parts: Parts) -> CheckoutView:
    """End a checkout that is not wanted any more."""
    canceled = await parts.desk(visit).submit(checkout.cancel)(token_hash=hash_token(token))
    return checkout_view(canceled, token, visit, parts)


def status_of(paid: Checkout) -> int:
    """202 where the outcome is not known yet, 402 where the bank said no."""
    if paid.status is Status.IN_PROGRESS:
        return 202
    return 402 if paid.status is Status.READY else 200


def lines_of(lines: Lines) -> tuple[Line, ...]:
    """Lines as the domain has them."""
    return tuple(Line(int(line.item.id), line.quantity) for line in lines)


def details_of(told: Told) -> Details:
    """Details as the domain has them."""
    return Details(
        email=told.buyer.email.strip(),
        phone=told.buyer.phone.strip(),
        shipping=_address(told.shipping_address),
        billing=_address(told.billing_address),
        delivery_id=told.delivery,
        discount_code=told.discount_code,
        note=told.note,
        accepts_marketing=told.buyer.accepts_marketing,
    )


def _address(address: PostalAddress) -> Address:
    return Address(**{name: getattr(address, name).strip() for name in address.__struct_fields__})
