"""Signing in by another provider's word, and saying which account there is mine. An e-mail address proves nothing."""

from typing import Any

from litestar import Response, get, post

from matjar.core.action import PUBLIC
from matjar.core.ids import mint_token
from matjar.core.refusal import Kind, declare
from matjar.domain import access
from matjar.domain.access import Method, OutsideAccount, actions
from matjar.domain.access.ports import PROVIDER_SAYS_NO, Provider
from matjar.edge.framework import NOT_HERE, Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.identity import cookies, entering
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.parts import HOUSE, Parts
from matjar.surfaces.identity.seals import Abroad, Seals

NOT_LINKED = declare(
    "identity.not_linked", Kind.FORBIDDEN, "Your account with {name} signs in nobody here. Sign in, and allow it first."
)

_BACK = "/sign-in/outside/back"


@get("/sign-in/outside", action=PUBLIC)
async def leave(parts: Parts) -> Response[Any]:
    """Off to the provider, to sign in."""
    return await _leave(parts, person_id=0)


@get("/account/outside", action=actions.SELF_FACTORS)
async def leave_to_link(parts: Parts, session: Here) -> Response[Any]:
    """Off to the provider, to say which account is mine."""
    return await _leave(parts, person_id=session.account.id)


@get(_BACK, action=PUBLIC)
async def come_back(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """Back from the provider, which has sent a code along, or a no."""
    provider = _provider(parts)
    abroad = Seals(parts.secret).open(cookies.read(request, cookies.ABROAD), Abroad, parts.trust.now())
    told = request.query_params
    if abroad is None or abroad.state != told.get("state") or "error" in told or not told.get("code"):
        raise PROVIDER_SAYS_NO(name=provider.name)
    account = await provider.confirm(
        code=told["code"][:2_000], nonce=abroad.nonce, verifier=abroad.verifier, back=parts.address + _BACK
    )
    if abroad.person_id:
        response = await _link(request, frame, parts, abroad, account)
    else:
        response = await _sign_in(request, frame, parts, provider, account)
    return cookies.forget(response, cookies.ABROAD)


@post("/account/outside/end", action=actions.SELF_FACTORS, status_code=303)
async def unlink(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """That account is not mine any more."""
    form = await form_of(request, frame, parts)
    await parts.desk(visit_of(request), session.actor).submit(access.unlink_outside)(issuer=form.text("issuer"))
    return go("/account?done=unlinked")


async def _leave(parts: Parts, person_id: int) -> Response[Any]:
    abroad = Abroad(mint_token(), mint_token(), mint_token() + mint_token(), person_id)
    address = await _provider(parts).leave_url(
        state=abroad.state, nonce=abroad.nonce, verifier=abroad.verifier, back=parts.address + _BACK
    )
    until = parts.trust.now() + cookies.KEPT_MS[cookies.ABROAD]
    return cookies.keep(go(address), cookies.ABROAD, Seals(parts.secret).seal(abroad, until))


async def _sign_in(
    request: Ask, frame: Frame, parts: Parts, provider: Provider, account: OutsideAccount
) -> Response[Any]:
    person_id = await parts.storage.read(HOUSE, lambda view: access.find_outside_person(view, account=account))
    if not person_id:
        raise NOT_LINKED(name=provider.name)
    return await entering.enter(request, frame, parts, person_id=person_id, method=Method.OUTSIDE)


async def _link(
    request: Ask, frame: Frame, parts: Parts, abroad: Abroad, account: OutsideAccount
) -> Response[Any]:  # fmt: skip
    """Only for whoever left: another may be signed in by now."""
    if frame.here is None or frame.here.account.id != abroad.person_id:
        return go("/sign-in")
    await parts.desk(visit_of(request), frame.here.actor).submit(access.link_outside)(account=account)
    return go("/account?done=linked")


def _provider(parts: Parts) -> Provider:
    if parts.provider is None:
        raise NOT_HERE()
    return parts.provider
