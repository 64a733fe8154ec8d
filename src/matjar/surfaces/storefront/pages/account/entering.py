"""Signing in by a letter, with its digits or its link; and out again."""

import re

from litestar import Response, get, post

from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Kind, Refusal, translate
from matjar.domain import customers
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
from matjar.surfaces.storefront.pages import cookies
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes, sign_in_url
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

HOME, CODE_PAGE = "/account", "/account/code"
_is_ours = re.compile(r"/(account|checkout)(/[a-z-]+)?").fullmatch


@get(routes("/account/sign-in"))
async def show(request: Ask, frame: Frame, parts: Parts, then: str = "", again: str = "") -> Response[bytes]:
    """The page; who is signed in already goes on, unless they are to show that it is still they."""
    visitor = await account.find(request, parts)
    if visitor is not None and not again:
        return go(frame.url(checked(then)))
    email = visitor.customer.email if visitor and visitor.customer.email else ""
    return sign_in_page(request, frame, then, Filled({"email": email}), again=again)


@post(routes("/account/sign-in"), status_code=303)
async def ask(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Mail a code. Whether we know the address is not said: there is no difference."""
    check_origin(request)
    form, visit = Form.of(await request.body()), visit_of(request)
    browser = cookies.read(request, cookies.ASKED) or mint_token()
    try:
        await parts.desk(visit).submit(customers.ask_for_code)(
            email=form.text("email"), language=frame.language, browser=browser, code=mint_digits(),
            link=mint_token(), link_begins=f"{frame.origin}{frame.url('/account/enter/')}", address=visit.address,
        )  # fmt: skip
    except Refusal as refusal:
        filled = refused(refusal, Filled({"email": form.text("email")}), frame.language, "email")
        return sign_in_page(request, frame, form.text("then"), filled, status=status_of(refusal))
    then = _query(form.text("then"), done="sent" if form.text("do") == "again" else "")
    return cookies.keep(go(frame.url(CODE_PAGE) + then), cookies.ASKED, browser)


@get(routes(CODE_PAGE))
async def show_code(request: Ask, frame: Frame, parts: Parts, then: str = "") -> Response[bytes]:
    """Where the digits are typed."""
    email = await _asked(request, parts)
    if email is None:
        return go(sign_in_url(frame, then))
    return account.page(request, frame, "account-code.html", None, email=email, then=then)


@post(routes(CODE_PAGE), status_code=303)
async def enter_code(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """The digits, typed."""
    check_origin(request)
    form, visit = Form.of(await request.body()), visit_of(request)
    code = digits_of(form)
    browser = cookies.read(request, cookies.ASKED)
    try:
        customer_id = await parts.desk(visit).submit(customers.enter_by_code)(
            browser=browser, code=code, address=visit.address
        )
    except Refusal as refusal:
        filled = refused(refusal, Filled({}), frame.language, "code")
        email, then = await _asked(request, parts), form.text("then")
        if email is None:
            return go(sign_in_url(frame, then))
        facts = {"email": email, "then": then, "filled": filled}
        return account.page(request, frame, "account-code.html", None, status_of(refusal), **facts)
    return signed_in(frame, parts, customer_id, form.text("then"))


@get(routes("/account/enter/{token:str}"))
async def show_link(request: Ask, frame: Frame, token: str) -> Response[bytes]:
    """Where the letter's link leads. It signs nobody in by itself: machines that read mail open it before people do."""
    return account.page(request, frame, "account-link.html", None, token=token)


@post(routes("/account/enter/{token:str}"), status_code=303)
async def enter_link(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """The link, meant."""
    check_origin(request)
    try:
        customer_id = await parts.desk(visit_of(request)).submit(customers.enter_by_link)(link=token)
    except Refusal as refusal:
        filled = refused(refusal, Filled({"email": ""}), frame.language, "email")
        return sign_in_page(request, frame, "", filled, status=status_of(refusal))
    return signed_in(frame, parts, customer_id, "")


@post(routes("/account/sign-out"), status_code=303)
async def sign_out(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Out, in this browser; what the checkout knew of them is forgotten too."""
    await account.form_of(request, parts, visitor)
    return _out(frame, parts, visitor, "signed-out")


@post(routes("/account/sign-out-everywhere"), status_code=303)
async def sign_out_everywhere(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Out, wherever they are signed in."""
    await account.form_of(request, parts, visitor)
    desk = account.desk_of(request, parts, visitor)
    await desk.submit(customers.sign_out_everywhere)(customer_id=visitor.customer.id)
    return _out(frame, parts, visitor, "everywhere")


def sign_in_page(
    request: Ask, frame: Frame, then: str, filled: Filled, *, status: int = 200, again: str = ""
) -> Response[bytes]:
    """The page that asks for an address or a passkey."""
    facts = {"then": then, "filled": filled, "again": bool(again), "has_host": bool(host_of(request))}
    return account.page(request, frame, "account-sign-in.html", None, status, **facts)


def refused(refusal: Refusal, filled: Filled, language: str, field: str) -> Filled:
    """The form with what was wrong, at its field; raises on what no form can help."""
    if refusal.kind in (Kind.AWAY, Kind.BUSY, Kind.FAULT):
        raise refusal
    filled.errors[refusal.field or field] = translate(refusal, catalogue(language).gettext)
    return filled


def signed_in(frame: Frame, parts: Parts, customer_id: int, then: str) -> Response[bytes]:
    """They have proved who they are, and go on to where they were going."""
    response = cookies.forget(go(frame.url(checked(then))), cookies.ASKED)
    response.cookies.append(parts.sessions.begin(customer_id, frame.shop.id))
    return response


def checked(then: str) -> str:
    """Where somebody was going, if that is one of our own pages; else the account's first."""
    return then if _is_ours(then) else HOME


def host_of(request: Ask) -> str:
    """The shop's host, which passkeys belong to; empty where it is a number, to which none can belong."""
    host = visit_of(request).origin.partition("://")[2].rpartition("@")[2].lower()
    name = host if host.endswith("]") else host.partition(":")[0]
    return "" if name.replace(".", "").isdigit() or "[" in name else name


def digits_of(form: Form) -> str:
    """The code as it was typed: in whatever digits, with whatever between them."""
    return "".join(form.digits("code").split()).replace("-", "")[:12]


def mint_digits() -> str:
    """Six digits, to be mailed."""
    return f"{int.from_bytes(hash_token(mint_token())[:8]) % 1_000_000:06}"


def _out(frame: Frame, parts: Parts, visitor: Visitor, done: str) -> Response[bytes]:
    response = go(f"{sign_in_url(frame)}?done={done}")
    cookies.forget(response, cookies.CHECKOUT, cookies.PLACED, cookies.ASKED)
    response.cookies.append(parts.sessions.end(visitor.grant))
    return response


async def _asked(request: Ask, parts: Parts) -> str | None:
    browser = cookies.read(request, cookies.ASKED)
    if not browser:
        return None
    return await parts.desk(visit_of(request)).read(lambda view: customers.find_asked(view, browser=browser))


def _query(then: str, *, done: str) -> str:
    told = [f"then={then}"] if _is_ours(then) else []
    told += [f"done={done}"] if done else []
    return f"?{'&'.join(told)}" if told else ""
