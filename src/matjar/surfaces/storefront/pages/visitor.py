"""Who is signed in, and what a page of theirs is made of."""

import msgspec
from litestar import Response

from matjar.core.tx import Actor
from matjar.domain import customers
from matjar.domain.customers import Customer, SavedAddress
from matjar.edge import csrf
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import sentence
from matjar.edge.pages import own
from matjar.storage.desk import Desk
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.sessions import AGAIN, COOKIE, SIGN_IN, Grant

DONE = {
    "saved": sentence("Saved."),
    "removed": sentence("Removed."),
    "sent": sentence("We have sent you a new code."),
    "moved": sentence("From now on you sign in with your new address."),
    "signed-out": sentence("You are signed out."),
    "everywhere": sentence("You are signed out on every device."),
    "forgotten": sentence("Your account is gone. We have forgotten you."),
    "passkey": sentence("From now on you can sign in with this passkey."),
}
"""What a page says after a form, by ``?done=``."""


class Visitor(msgspec.Struct, frozen=True):
    """A customer who is signed in."""

    customer: Customer
    grant: Grant
    fresh: bool
    csrf: str


async def find(request: Ask, parts: Parts) -> Visitor | None:
    """Whoever is signed in; None: nobody. Without a cookie of ours nothing is asked of the database."""
    visit = visit_of(request)
    grant = parts.sessions.find(request.cookies.get(COOKIE, ""), visit.shop.id)
    if grant is None:
        return None
    customer_id, began_at = grant.customer_id, grant.began_at
    account = await parts.desk(visit).read(lambda view: customers.find_account(view, customer_id=customer_id))
    if account is None or began_at <= account.signed_out_at:
        return None
    token = csrf.token(parts.secret, grant.sid)
    return Visitor(account.customer, grant, parts.sessions.is_fresh(grant), token)


async def visitor_of(request: Ask, parts: Parts) -> Visitor:
    """Whoever is signed in; refuses ``account.sign_in``, which leads there."""
    found = await find(request, parts)
    if found is None:
        raise SIGN_IN()
    return found


async def addresses_of(request: Ask, parts: Parts, visitor: Visitor | None) -> list[SavedAddress]:
    """What they keep; nobody keeps nothing."""
    if visitor is None:
        return []
    customer_id = visitor.customer.id
    desk = desk_of(request, parts, visitor)
    return await desk.read(lambda view: customers.list_addresses(view, customer_id=customer_id))


def check_fresh(visitor: Visitor) -> None:
    """Refuses ``account.sign_in_again`` where they have not signed in just now."""
    if not visitor.fresh:
        raise AGAIN()


def desk_of(request: Ask, parts: Parts, visitor: Visitor) -> Desk:
    """The desk for what they do themselves."""
    visit = visit_of(request)
    actor = Actor("customer", visitor.customer.id, visit.address)
    return parts.storage.desk(visit.shop.id, actor, visit.request_id)


async def form_of(request: Ask, parts: Parts, visitor: Visitor) -> Form:
    """What they sent, from a page of ours that was made for this very session; refuses ``pages.…``."""
    form = Form.of(await request.body())
    csrf.check(request, parts.secret, visitor.grant.sid, form.text(csrf.FIELD))
    return form


def page(
    request: Ask, frame: Frame, template: str, visitor: Visitor | None, status: int = 200, **facts: object
) -> Response[bytes]:
    """A page of theirs, or of whoever is about to sign in."""
    done = DONE.get(request.query_params.get("done", ""), "")
    return own(frame.render(template, visitor=visitor, done=done, **{"filled": Filled({}), **facts}), status)
