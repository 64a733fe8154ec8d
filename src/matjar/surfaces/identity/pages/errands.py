"""Errands: somebody comes from another surface, is signed in, and is handed back to it with a grant of their own.

No address of the caller's is ever followed: a surface is named, and where it is, we know. The grant travels in a form,
not in an address, beside the word by which the surface knows the browser that it sent; so nobody can be signed in as
somebody else by following a link.
"""

import re
from collections.abc import Mapping
from typing import Any

from litestar import Response, get

from matjar.core.action import PUBLIC
from matjar.domain.access import Employed
from matjar.edge.framework import NOT_HERE, Ask
from matjar.edge.pages import go
from matjar.surfaces.identity import cookies, entering
from matjar.surfaces.identity.frame import Frame
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.seals import Errand, Seals

_STATE = re.compile(r"[A-Za-z0-9_-]{16,128}")
_HANDLE = re.compile(r"[a-z0-9-]{2,40}")
_FRESH_MS = 60_000
"""Who was asked to sign in anew did so within the last minute."""


@get("/continue", action=PUBLIC)
async def hand_over(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """Hand somebody to the surface that sent them, for a shop; who is not signed in, signs in first."""
    asked = request.query_params
    errand = _errand_of(parts, asked) if "surface" in asked else frame.errand
    if errand is None or not errand.surface:
        return go(entering.HOME)
    here = frame.here
    if here is None or (asked.get("fresh") and parts.trust.now() - here.grant.began_at > _FRESH_MS):
        return keep(go("/sign-in"), parts, errand)
    employed = next((each for each in here.shops if each.shop.handle == errand.shop), None)
    if employed is None or employed.suspended:
        response = frame.page("stranger.html", 403, handle=errand.shop)
        return cookies.forget(response, cookies.ERRAND)
    return await _hand_over(request, frame, parts, here, employed, errand)


async def _hand_over(
    request: Ask, frame: Frame, parts: Parts, here: Here, employed: Employed, errand: Errand
) -> Response[Any]:
    grant = parts.trust.begin(
        person_id=here.account.id, shop_id=employed.shop.id, method=here.grant.method, surface=errand.surface,
        passkey_at=here.grant.passkey_at,
    )  # fmt: skip
    await entering.note(request, frame, parts, grant)
    there = parts.surfaces[errand.surface]
    response = frame.page(
        "handing-over.html",
        form_action=(there,),
        employed=employed,
        surface=errand.surface,
        target=f"{there}/{employed.shop.handle}/signed-in",
        grant=parts.trust.sign(grant),
        state=errand.state,
        mark=frame.mark,
    )
    return cookies.forget(response, cookies.ERRAND)


def keep(response: Response[Any], parts: Parts, errand: Errand) -> Response[Any]:
    """Have the browser remember what somebody came for."""
    until = parts.trust.now() + cookies.KEPT_MS[cookies.ERRAND]
    return cookies.keep(response, cookies.ERRAND, Seals(parts.secret).seal(errand, until))


def _errand_of(parts: Parts, asked: Mapping[str, str]) -> Errand:
    surface, shop, state = (asked.get(name, "") for name in ("surface", "shop", "state"))
    if surface not in parts.surfaces or not _HANDLE.fullmatch(shop) or not _STATE.fullmatch(state):
        raise NOT_HERE()
    return Errand(surface=surface, shop=shop, state=state)
