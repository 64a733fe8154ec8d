"""A customer's passkeys: signing in with one, adding, naming, removing. Each is good on its shop's host alone."""

import base64
import binascii
from typing import TYPE_CHECKING

from litestar import Response, get, post

from matjar.core.clock import HOUR
from matjar.core.refusal import Refusal
from matjar.domain import customers
from matjar.domain.attempts import Limit
from matjar.domain.customers.model import NO_PASSKEY
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.account.entering import host_of, refused, sign_in_page, signed_in
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

if TYPE_CHECKING:
    from matjar.edge.passkeys import Ceremony, Passkeys

PAGE = "/account/passkeys"
ANSWERS_PER_ADDRESS = 300
"""Passkeys that are tried from one address in an hour: a university behind one line, and no machine."""


@post(routes("/account/passkey/options"), status_code=200)
async def ask_to_enter(request: Ask, frame: Frame, parts: Parts) -> Response[str]:
    """What the browser asks the device; whose key it is, only the answer tells."""
    check_origin(request)
    options = _passkeys(request, frame, parts).to_sign_in(_ceremony(request, "sign-in"), parts.sessions.clock())
    return _told(options)


@post(routes("/account/passkey"), status_code=303)
async def enter(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Sign in with a passkey; where that does not do, there is the letter."""
    check_origin(request)
    form, visit = Form.of(await request.body()), visit_of(request)
    limits = (Limit("passkey", f"address:{visit.address}", ANSWERS_PER_ADDRESS, HOUR),)
    try:
        parts.local.check(limits, parts.sessions.clock())
        parts.local.count(limits, parts.sessions.clock())
        customer_id = await _prove(request, frame, parts, form.text("answer"))
    except Refusal as refusal:
        filled = refused(refusal, Filled({"email": ""}), frame.language, "passkey")
        return sign_in_page(request, frame, form.text("then"), filled, status=status_of(refusal))
    return signed_in(frame, parts, customer_id, form.text("then"))


@get(routes(PAGE))
async def show(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """The list of them."""
    return await _page(request, frame, parts, visitor, Filled({"name": ""}))


@post(routes("/account/passkeys/options"), status_code=200)
async def ask_to_add(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[str]:
    """What the browser asks the device that is to make a key."""
    account.check_fresh(visitor)
    await account.form_of(request, parts, visitor)
    known = await _known(request, parts, visitor)
    passkeys = _passkeys(request, frame, parts)
    ceremony = _ceremony(request, "enrol", visitor.customer.id)
    ids = [each.credential_id for each in known]
    return _told(passkeys.to_enrol(ceremony, parts.sessions.clock(), visitor.customer.email or "", ids))


@post(routes("/account/passkeys/add"), status_code=303)
async def add(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Take in the key that a device has made."""
    account.check_fresh(visitor)
    form = await account.form_of(request, parts, visitor)
    ceremony = _ceremony(request, "enrol", visitor.customer.id)
    try:
        made = _passkeys(request, frame, parts).check_enrolled(ceremony, form.text("answer"), parts.sessions.clock())
        await account.desk_of(request, parts, visitor).submit(customers.add_passkey)(
            customer_id=visitor.customer.id, credential_id=made.id, host=host_of(request), public_key=made.public_key,
            name=form.text("name"), sign_count=made.sign_count, backed_up=made.backed_up,
        )  # fmt: skip
    except Refusal as refusal:
        filled = refused(refusal, Filled({"name": form.text("name")}), frame.language, "name")
        return await _page(request, frame, parts, visitor, filled, status_of(refusal))
    return go(frame.url(PAGE) + "?done=passkey")


@post(routes(PAGE), status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts, visitor: Visitor) -> Response[bytes]:
    """Call a key something else, or remove it."""
    form = await account.form_of(request, parts, visitor)
    desk, customer_id = account.desk_of(request, parts, visitor), visitor.customer.id
    key = _key_of(form.text("key"))
    try:
        if form.text("do") == "remove":
            await desk.submit(customers.remove_passkey)(customer_id=customer_id, credential_id=key)
            return go(frame.url(PAGE) + "?done=removed")
        await desk.submit(customers.rename_passkey)(customer_id=customer_id, credential_id=key, name=form.text("name"))
    except Refusal as refusal:
        filled = refused(refusal, Filled({"name": ""}), frame.language, "name")
        return await _page(request, frame, parts, visitor, filled, status_of(refusal))
    return go(frame.url(PAGE) + "?done=saved")


async def _page(
    request: Ask, frame: Frame, parts: Parts, visitor: Visitor, filled: Filled, status: int = 200
) -> Response[bytes]:
    known = await _known(request, parts, visitor)
    rows = [(base64.urlsafe_b64encode(each.credential_id).decode(), each) for each in known]
    facts = {"rows": rows, "filled": filled, "host": host_of(request)}
    return account.page(request, frame, "account-passkeys.html", visitor, status, **facts)


async def _known(request: Ask, parts: Parts, visitor: Visitor) -> list[customers.CustomerPasskey]:
    customer_id = visitor.customer.id
    desk = account.desk_of(request, parts, visitor)
    return await desk.read(lambda view: customers.list_passkeys(view, customer_id=customer_id))


async def _prove(request: Ask, frame: Frame, parts: Parts, answer: str) -> int:
    """Whose passkey has answered, if it is one of this shop's, and right."""
    from matjar.edge.passkeys import credential_id  # noqa: PLC0415 - large, and wanted by few customers

    desk, wanted, host = parts.desk(visit_of(request)), credential_id(answer), host_of(request)
    known = await desk.read(lambda view: customers.load_passkey(view, credential_id=wanted, host=host))
    used = _passkeys(request, frame, parts).check_used(
        _ceremony(request, "sign-in"), answer, known.public_key, known.sign_count, parts.sessions.clock()
    )
    return await desk.submit(customers.enter_by_passkey)(
        credential_id=wanted, sign_count=used.sign_count, backed_up=used.backed_up
    )


def _passkeys(request: Ask, frame: Frame, parts: Parts) -> "Passkeys":
    from matjar.edge.passkeys import Passkeys  # noqa: PLC0415 - large, and wanted by few customers

    return Passkeys(host_of(request), "storefront", parts.secret, parts.local, frame.name)


def _ceremony(request: Ask, purpose: str, customer_id: int = 0) -> "Ceremony":
    from matjar.edge.passkeys import Ceremony  # noqa: PLC0415 - large, and wanted by few customers

    visit = visit_of(request)
    return Ceremony(visit.origin, visit.shop.id, purpose, customer_id)


def _key_of(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text)
    except (binascii.Error, ValueError):
        raise NO_PASSKEY() from None


def _told(options: str) -> Response[str]:
    return Response(options, media_type="application/json", headers={"cache-control": "no-store"})
