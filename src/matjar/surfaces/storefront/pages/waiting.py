"""Tell me when it is back: an address is taken down beside what sold out, and the way off the list again."""

from litestar import Response, get, post

from matjar.core.ids import mint_token
from matjar.core.refusal import Kind, Refusal
from matjar.domain import waiting
from matjar.domain.catalog.model import NOT_FOUND
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go, own
from matjar.surfaces.storefront.pages import product as products
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.parts import Parts

TRAP = "website"
"""A field that people do not see, and machines fill in."""


@post(routes("/products/{handle:str}/wait"), status_code=303)
async def wait_for(request: Ask, frame: Frame, parts: Parts, handle: str) -> Response[bytes]:
    """Take the address down, and back to the product, which says so; refuses ``catalog.not_found``."""
    check_origin(request)
    form, visit = Form.of(await request.body()), visit_of(request)
    shelf = parts.catalogue.shelf(frame.shop.id)
    product = shelf.product(handle)
    variant_id = number_of(form.text("variant"))
    if product is None or variant_id not in {each.id for each in product.variants}:
        raise NOT_FOUND()
    path = f"/products/{handle}?variant={variant_id}"
    try:
        if not form.text(TRAP):
            await parts.desk(visit).submit(waiting.wait_for)(
                variant_id=variant_id, email=form.text("email"), language=frame.language,
                product_url=frame.at_home(path), leave_begins=frame.at_home("/waiting/"), token=mint_token(),
                address=visit.address,
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY, Kind.FAULT):
            raise
        trouble = frame.reader.say(refusal)
        return own(products.make(frame, shelf, product, str(variant_id), trouble), status_of(refusal))
    return go(frame.url(f"{path}&waiting=1"))


@get(routes("/waiting/{token:str}"))
async def ask_to_leave(frame: Frame) -> Response[bytes]:
    """Where the letter's link leads. It does nothing by itself: machines that read mail open it before people do."""
    return own(frame.render("waiting.html", done=False))


@post(routes("/waiting/{token:str}"), status_code=200)
async def leave(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """Wait for nothing any more; a mail program may say it for its reader (RFC 8058)."""
    await parts.desk(visit_of(request)).submit(waiting.leave)(token=token)
    return own(frame.render("waiting.html", done=True))
