"""What a customer tells of themselves."""

from litestar import Response, get, post

from matjar.core.limits import TEXT
from matjar.core.refusal import Refusal
from matjar.domain import customers
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask
from matjar.edge.languages import language_name
from matjar.edge.pages import go
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, in_language, routes
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

PAGE = "/account/details"


@get(routes(PAGE))
async def show(request: Ask, frame: Frame, visitor: Visitor) -> Response[bytes]:
    """The form."""
    known = visitor.customer
    values = {"name": known.name, "phone": known.phone or "", "language": known.language or frame.language}
    return _page(request, frame, visitor, Filled(values | {"marketing": "1" if known.accepts_marketing else ""}))


@post(routes(PAGE), status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Take it down; the pages are then in the language that was chosen."""
    form = await account.form_of(request, parts, visitor)
    chosen = form.text("language") if form.text("language") in frame.shop.languages else frame.language
    filled = Filled({"name": form.text("name"), "phone": form.digits("phone"), "language": chosen})
    filled.values["marketing"] = form.text("marketing")
    try:
        await account.desk_of(request, parts, visitor).submit(customers.describe)(
            customer_id=visitor.customer.id, name=filled.values["name"][: TEXT + 1],
            phone=filled.values["phone"][: TEXT + 1], language=chosen,
            accepts_marketing=bool(form.text("marketing")),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, frame, visitor, refused(refusal, filled, frame.language, "name"), status_of(refusal))
    return go(in_language(frame.shop, chosen, PAGE) + "?done=saved")


def _page(request: Ask, frame: Frame, visitor: Visitor, filled: Filled, status: int = 200) -> Response[bytes]:
    languages = [(each, language_name(each)) for each in frame.shop.languages]
    return account.page(request, frame, "account-details.html", visitor, status, filled=filled, languages=languages)
