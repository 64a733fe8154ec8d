"""The buyer's checkout, and telling it what the buyer told us: what is wrong with one field loses no other."""

from msgspec.structs import replace

from matjar.core.ids import hash_token
from matjar.core.refusal import Kind, Refusal, translate
from matjar.domain import checkout
from matjar.domain.carts import Line
from matjar.domain.checkout import Checkout, Details, Status
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue
from matjar.storage.desk import Desk
from matjar.surfaces.storefront.pages import cookies
from matjar.surfaces.storefront.pages.details import Filled, field_of
from matjar.surfaces.storefront.parts import Parts

OPEN = (Status.INCOMPLETE, Status.READY)
"""Where the buyer can still change things."""
WRONG_AT_ONCE = 6
"""Fields that may be wrong at once; with more, the last refusal is the answer."""


async def opened(request: Ask, parts: Parts, cookie: str = cookies.CHECKOUT) -> Checkout | None:
    """The buyer's checkout, or with another cookie the one that it opens; None where there is none any more."""
    token = cookies.read(request, cookie)
    if not token:
        return None
    token_hash = hash_token(token)
    try:
        return await parts.desk(visit_of(request)).read(lambda view: checkout.load(view, token_hash=token_hash))
    except Refusal as refusal:
        if refusal.kind is not Kind.NOT_FOUND:
            raise
        return None


def hash_of(request: Ask) -> bytes:
    """What is stored of the token that opens the buyer's checkout."""
    return hash_token(cookies.read(request, cookies.CHECKOUT))


async def tell(desk: Desk, token_hash: bytes, filled: Filled, language: str) -> Checkout:
    """Take down the form; what is refused at a field is left out and noted in ``filled.errors``.

    Refuses what has no field in the form, such as ``checkout.over``.
    """
    for _ in range(WRONG_AT_ONCE):
        try:
            return await with_delivery(desk, token_hash, filled.details(language), language)
        except Refusal as refusal:
            field = field_of(refusal.field or "")
            if field not in filled.values or field in filled.errors:
                raise
            filled.errors[field] = translate(refusal, catalogue(language).gettext)
    return await with_delivery(desk, token_hash, filled.details(language), language)


async def with_delivery(
    desk: Desk, token_hash: bytes, details: Details, language: str, lines: tuple[Line, ...] | None = None
) -> Checkout:
    """Take down the details, from a page in this language; of the ways to the door, choose the first if none is."""
    told = await desk.submit(checkout.update)(token_hash=token_hash, details=details, lines=lines, language=language)
    if told.chosen is not None or not told.options:
        return told
    first = next((option for option in told.options if not option.pickup), told.options[0])
    chosen = replace(told.details, delivery_id=first.id)
    return await desk.submit(checkout.update)(token_hash=token_hash, details=chosen)
