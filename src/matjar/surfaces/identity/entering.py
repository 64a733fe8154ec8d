"""The moment at which somebody is signed in: it is noted, told to them if the browser is new, and they go on."""

import re
from typing import Any

from litestar import Response

from matjar.core.tx import Actor
from matjar.domain import access
from matjar.domain.access import Method
from matjar.edge import browsers
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.edge.passkeys import credential_id
from matjar.edge.sessions import Grant, as_cookie
from matjar.surfaces.identity import cookies
from matjar.surfaces.identity.frame import Frame
from matjar.surfaces.identity.parts import HOUSE, Parts
from matjar.surfaces.identity.seals import Errand

HOME = "/account"
_OWN_PATH = re.compile(r"/(?![/\\])[A-Za-z0-9_\-/.~%?=&]{0,300}")


async def enter(
    request: Ask, frame: Frame, parts: Parts, *, person_id: int, method: Method, passkey_at: int = 0, then: str = ""
) -> Response[bytes]:
    """Sign somebody in here, who has proved who they are, and send them on: ``then``, or to what they came for."""
    grant = parts.trust.begin(person_id=person_id, shop_id=HOUSE, method=method, passkey_at=passkey_at)
    await note(request, frame, parts, grant)
    response = go(then or way_on(frame.errand))
    response.cookies.append(as_cookie(grant, parts.trust.sign(grant), parts.trust.now()))
    used = () if frame.errand and frame.errand.surface else (cookies.ERRAND,)
    return cookies.forget(response, cookies.HALF, *used)


async def note(request: Ask, frame: Frame, parts: Parts, grant: Grant) -> None:
    """Take down that a session begins; refuses ``access.not_a_member`` for a shop where they do not work."""
    visit = visit_of(request)
    actor = Actor("staff", grant.person_id, visit.address, str(grant.method))
    await parts.desk(visit, actor).submit(access.begin_session)(
        sid=grant.sid,
        of_shop_id=grant.shop_id,
        surface=grant.surface,
        method=grant.method,
        browser=browsers.name_of(request.headers.get("user-agent", "")),
        browser_hash=frame.browser_hash,
    )


async def note_regressed(request: Ask, parts: Parts, person_id: int, answer: str) -> None:
    """Take down that a passkey which was right has counted backwards."""
    actor = Actor("staff", person_id, visit_of(request).address, str(Method.PASSKEY))
    desk = parts.desk(visit_of(request), actor)
    await desk.submit(access.note_regressed)(credential_id=credential_id(answer))


def prove(response: Response[Any], parts: Parts, grant: Grant) -> Response[Any]:
    """The same session, right after its person used their passkey."""
    now = parts.trust.now()
    proven = grant.proven(now)
    response.cookies.append(as_cookie(proven, parts.trust.sign(proven), now))
    return response


def way_on(errand: Errand | None) -> str:
    """Where somebody goes who is signed in."""
    if errand is None:
        return HOME
    return "/continue" if errand.surface else errand.path or HOME


def own_path(path: str, otherwise: str = HOME) -> str:
    """A path of ours to go on to; whatever else it is, leads home, or where ``otherwise`` says."""
    return path if _OWN_PATH.fullmatch(path) else otherwise
