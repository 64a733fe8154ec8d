"""Where is my order? By its number and the e-mail address it was placed with, for whoever has lost the link."""

from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain import orders
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.storefront.pages import visitor
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.parts import Parts

NUMBER, EMAIL = "number", "email"


@get(routes("/orders"))
async def show(request: Ask, frame: Frame) -> Response[bytes]:
    """The page that asks for both."""
    return _page(request, frame, Filled({}))


@post(routes("/orders"), status_code=303)
async def find(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """To the order's page; what does not go together is told in the same words, whichever of them is wrong."""
    check_origin(request)
    form, visit = Form.of(await request.body()), visit_of(request)
    number, email = form.digits(NUMBER), form.text(EMAIL)
    asked = number_of(number.removeprefix("#").strip())
    try:
        checkout_id = await parts.desk(visit).submit(orders.look_up)(number=asked, email=email, address=visit.address)
    except Refusal as refusal:
        filled = refused(refusal, Filled({NUMBER: number, EMAIL: email}), frame.language, "both")
        return _page(request, frame, filled, status_of(refusal))
    return go(frame.url(f"/orders/{parts.tokens.of_order(visit.shop.id, checkout_id)}"))


def _page(request: Ask, frame: Frame, filled: Filled, status: int = 200) -> Response[bytes]:
    return visitor.page(request, frame, "order-lookup.html", None, status, filled=filled)
