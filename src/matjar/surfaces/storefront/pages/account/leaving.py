"""A customer takes what we know of them along, has us forget it, or wants no more news."""

import msgspec
from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain import customers
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import PRIVATE, go, own
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


@get(routes("/no-more-news/{token:str}"))
async def ask_about_news(frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """The link in a letter with news: a question, since programs that check links follow it too."""
    parts.tokens.open_news(frame.shop.id, token)
    return own(frame.render("no-more-news.html", done=False))


@post(routes("/no-more-news/{token:str}"), status_code=200)
async def stop_news(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """No more news: by the page's button, or by the reader's mail program, from anywhere (RFC 8058, 3.2).

    The token alone is the proof, and good for nothing else. Refuses ``link.invalid``.
    """
    customer_id = parts.tokens.open_news(frame.shop.id, token)
    await parts.desk(visit_of(request)).submit(customers.stop_news)(customer_id=customer_id)
    return own(frame.render("no-more-news.html", done=True))
