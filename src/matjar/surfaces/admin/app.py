"""The back office, put together: the door, the guard, the routes, and what is kept fresh behind them."""

from typing import cast
from urllib.parse import urlsplit

from matjar.domain import shops
from matjar.domain.shops import Shop
from matjar.edge import following
from matjar.edge.answers import Send
from matjar.edge.bodies import Receive
from matjar.edge.door import App, Door, Scope
from matjar.edge.framework import application
from matjar.edge.health import Check, health_routes
from matjar.edge.sharing import bundle_routes
from matjar.resilience.shedding import Door as Shedding
from matjar.resilience.shedding import Weight
from matjar.storage import keeping
from matjar.surfaces.admin.needs import NEEDS
from matjar.surfaces.admin.pages import PAGES
from matjar.surfaces.admin.pages.frame import LANGUAGES
from matjar.surfaces.admin.pages.refusing import answers_of
from matjar.surfaces.admin.parts import Parts

BEGINNING, CONTINUING = 64, 128
"""Requests inside at a time. Who packs and sends goes before who looks around."""
WITHOUT = {need.part: need.without_it for need in NEEDS}


def make(parts: Parts) -> App:
    """The surface as an ASGI application."""
    health = health_routes("admin", _checks(parts), lambda: True, WITHOUT, age_ms=parts.trust.age_ms)

    routes = [*PAGES, health, bundle_routes(parts.trust)]
    app = application(routes, parts, answers_to=answers_of(parts), guards=[parts.guard])
    return Door(
        _with_form(cast(App, app)),
        surface="admin",
        shop_at=lambda _, path: _shop_at(parts, path),
        proxies=parts.proxies,
        shedding=Shedding(BEGINNING, CONTINUING),
        weigh=weigh,
        ready=lambda *_: None,
        scheme=urlsplit(parts.address).scheme,
        languages=LANGUAGES,
    )


def weigh(path: str) -> Weight:
    """Packing, sending and refunding go on; who signs in waits for nobody."""
    below = path.split("/", 2)[2:]
    if below and below[0].startswith(("sign-", "signed-in", "prove")):
        return Weight.VITAL
    return Weight.CONTINUES if below and below[0].startswith("orders") else Weight.BEGINS


def _shop_at(parts: Parts, path: str) -> Shop:
    """The shop that an address begins with; the house's own page where there is none of that name."""
    handle = path[1:].partition("/")[0]
    return parts.catalogue.shop_by_handle(handle) or shops.HOUSE


def _with_form(app: App) -> App:
    """Keep what a form sends beside the request: should somebody have to prove themselves first, it is sent after."""

    async def keeping_form(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            message = await receive()
            scope["form"] = message.get("body", b"")
            waiting = [message]

            async def again() -> Scope:
                return waiting.pop() if waiting else await receive()

            await app(scope, again, send)
            return
        await app(scope, receive, send)

    return keeping_form


def _checks(parts: Parts) -> dict[str, Check]:
    """What ``/healthz`` asks of the parts that this surface leans on; see needs.py."""

    async def database() -> str:
        await parts.storage.read(0, shops.list_shops)
        return ""

    async def writer() -> str:
        for shop_id in list(parts.catalogue.cursors())[:1]:
            await parts.storage.desk(shop_id).submit(keeping.ask)()
        return ""

    async def identity() -> str:
        return await following.check_heartbeat(parts.trust)

    async def bundles() -> str:
        return "" if parts.trust.kept.ring.root is not None else "no root key is pinned"

    async def own_catalogue() -> str:
        return "" if parts.catalogue.ready else "not loaded yet"

    return {
        "bundles": bundles, "identity": identity, "database": database, "writer": writer, "catalogue": own_catalogue,
    }  # fmt: skip
