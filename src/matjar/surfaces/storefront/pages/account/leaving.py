"""A customer takes what we know of them along, or has us forget it."""

import msgspec
from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask
from matjar.edge.pages import PRIVATE, go
from matjar.surfaces.storefront.pages import cookies
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes, sign_in_url
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

PAGE = "/account/forget-me"


@get(routes("/account/my-data"))
async def download(request: Ask, parts: Parts, frame: Frame, visitor: Visitor) -> Response[bytes]:
    """Everything that this shop knows of them, as a file."""
    from matjar.edge import persons  # noqa: PLC0415 - once in a customer's life

    told = await persons.known_of(account.desk_of(request, parts, visitor), visitor.customer.id)
    content = msgspec.json.format(msgspec.json.encode({"shop": frame.name} | told), indent=2)
    headers = {
        "content-disposition": f'attachment; filename="{frame.shop.handle}-my-data.json"',
        "cache-control": PRIVATE,
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type="application/json", headers=headers)


@get(routes(PAGE))
async def show(request: Ask, frame: Frame, visitor: Visitor) -> Response[bytes]:
    """What goes, what stays and why, and the question whether they mean it."""
    account.check_fresh(visitor)
    return account.page(request, frame, "account-forget.html", visitor)


@post(routes(PAGE), status_code=303)
async def forget(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Forget them, if they have said twice that they mean it."""
    account.check_fresh(visitor)
    form = await account.form_of(request, parts, visitor)
    if not form.text("sure"):
        return go(frame.url(PAGE))
    from matjar.edge import persons  # noqa: PLC0415 - once in a customer's life

    try:
        await persons.forget(account.desk_of(request, parts, visitor), visitor.customer.id)
    except Refusal as refusal:
        filled = refused(refusal, Filled({}), frame.language, "sure")
        return account.page(request, frame, "account-forget.html", visitor, status_of(refusal), filled=filled)
    response = go(f"{sign_in_url(frame)}?done=forgotten")
    response.cookies.append(parts.sessions.end(visitor.grant))
    return cookies.forget(
        response, cookies.CHECKOUT, cookies.PLACED, cookies.ASKED, cookies.CART, cookies.COUNT
    )
