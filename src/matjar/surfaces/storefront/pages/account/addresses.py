"""The addresses that a customer keeps; a checkout begins with the first."""

from litestar import Response, get, post

from matjar.core.address import NOWHERE, Address
from matjar.core.limits import TEXT
from matjar.core.refusal import Refusal
from matjar.domain import customers
from matjar.domain.customers.model import MISSING
from matjar.edge.answers import status_of
from matjar.edge.forms import Form, number_of
from matjar.edge.framework import Ask
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
from matjar.edge.regions import WITHOUT_POST_CODES
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import ADDRESS, Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.sheet import countries, regions_of
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

PAGE = "/account/addresses"
_FIELDS = (*ADDRESS, "phone")
_DIGITS = ("phone", "postal_code")


@get(routes(PAGE))
async def show(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """All of them."""
    kept = await account.addresses_of(request, parts, visitor)
    return account.page(request, frame, "account-addresses.html", visitor, kept=kept)


@get(routes("/account/addresses/new"))
async def show_new(request: Ask, frame: Frame, visitor: Visitor) -> Response[bytes]:
    """The form for a new one."""
    begun = Address(name=visitor.customer.name, phone=visitor.customer.phone or "", country=frame.shop.country)
    return _form_page(request, frame, visitor, 0, _filled(begun))


@get(routes("/account/addresses/{address_id:int}"))
async def show_one(request: Ask, frame: Frame, parts: Parts, visitor: Visitor, address_id: int) -> Response[bytes]:
    """The form that corrects one; refuses ``customers.no_address``."""
    customer_id = visitor.customer.id
    saved = await account.desk_of(request, parts, visitor).read(
        lambda view: customers.load_address(view, customer_id=customer_id, address_id=address_id)
    )
    return _form_page(request, frame, visitor, saved.id, _filled(saved.address))


@post(routes("/account/addresses/keep"), status_code=303)
async def keep(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Keep a new one, or what was corrected. With ``do=country``, only show the form as it is there."""
    form = await account.form_of(request, parts, visitor)
    filled, address_id = _typed(form), number_of(form.text("address"))
    if form.text("do") == "country":
        return _form_page(request, frame, visitor, address_id, filled)
    address = Address(**{name: filled.values[name][: TEXT + 1] for name in _FIELDS})
    desk, customer_id = account.desk_of(request, parts, visitor), visitor.customer.id
    try:
        if address_id:
            await desk.submit(customers.change_address)(customer_id=customer_id, address_id=address_id, address=address)
        else:
            await desk.submit(customers.keep_address)(customer_id=customer_id, address=address)
    except Refusal as refusal:
        refused(refusal, filled, frame.language, "name")
        for name in ("name", "line1", "city"):
            if not filled.values[name]:
                filled.errors.setdefault(name, catalogue(frame.language).gettext(MISSING.message))
        return _form_page(request, frame, visitor, address_id, filled, status_of(refusal))
    return go(frame.url(PAGE) + "?done=saved")


@post(routes(PAGE), status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Remove one, or put it first."""
    form = await account.form_of(request, parts, visitor)
    verb = customers.put_first if form.text("do") == "first" else customers.remove_address
    await account.desk_of(request, parts, visitor).submit(verb)(
        customer_id=visitor.customer.id, address_id=number_of(form.text("address"))
    )
    return go(frame.url(PAGE) + ("" if form.text("do") == "first" else "?done=removed"))


def _form_page(
    request: Ask, frame: Frame, visitor: Visitor, address_id: int, filled: Filled, status: int = 200
) -> Response[bytes]:
    country = filled.values["country"]
    facts = {
        "filled": filled,
        "address_id": address_id,
        "countries": countries(frame.language, frame.shop.country),
        "regions": regions_of(country, frame.language),
        "has_post_codes": country not in WITHOUT_POST_CODES,
    }
    return account.page(request, frame, "account-address.html", visitor, status, **facts)


def _typed(form: Form) -> Filled:
    return Filled({name: form.digits(name) if name in _DIGITS else form.text(name) for name in _FIELDS})


def _filled(address: Address = NOWHERE) -> Filled:
    return Filled({name: getattr(address, name) for name in _FIELDS})
