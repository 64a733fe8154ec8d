"""Writing to the shop: a form that becomes a letter in the shop's own box, and is kept nowhere."""

from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain import notices
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form
from matjar.edge.framework import NOT_HERE, Ask, visit_of
from matjar.edge.pages import go, own
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.waiting import TRAP
from matjar.surfaces.storefront.parts import Parts

FIELDS = ("name", "email", "text")


@get(routes("/contact"))
async def show(frame: Frame, sent: str = "") -> Response[bytes]:
    """The page; refuses ``request.not_found`` where the shop has no address to write to."""
    return _page(frame, Filled({}), sent=bool(sent))


@post(routes("/contact"), status_code=303)
async def send(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Have the shop read it; a machine that fills in what people do not see is thanked as well."""
    check_origin(request)
    form, visit = Form.of(await request.body()), visit_of(request)
    told = {name: form.text(name) for name in FIELDS}
    try:
        if not form.text(TRAP):
            await parts.desk(visit).submit(notices.write_to_shop)(**told, address=visit.address)
    except Refusal as refusal:
        return _page(frame, refused(refusal, Filled(told), frame.language, "text"), status_of(refusal))
    return go(frame.url("/contact?sent=1"))


def _page(frame: Frame, filled: Filled, status: int = 200, *, sent: bool = False) -> Response[bytes]:
    if not frame.shop.settings.email:
        raise NOT_HERE()
    return own(frame.render("contact.html", filled=filled, sent=sent), status)
