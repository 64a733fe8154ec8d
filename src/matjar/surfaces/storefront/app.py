"""The storefront, put together: the door, the routes, what is ready, and the follower that keeps the shelves fresh."""

from typing import cast

from litestar.datastructures import State

from matjar.core import clock
from matjar.core.action import PUBLIC
from matjar.domain import shops
from matjar.edge import following, metrics
from matjar.edge.documenting import Document, Route, document
from matjar.edge.door import App, Door
from matjar.edge.express import Express
from matjar.edge.framework import application
from matjar.edge.health import Check, health_routes
from matjar.edge.reference import reference_routes
from matjar.edge.sharing import bundle_routes
from matjar.resilience.shedding import Door as Shedding
from matjar.resilience.shedding import Weight
from matjar.storage import keeping
from matjar.surfaces.storefront import browsing, cart, checkout, gateways
from matjar.surfaces.storefront.needs import NEEDS
from matjar.surfaces.storefront.pages import ANSWERS, PAGES
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.ready import Ready
from matjar.surfaces.storefront.views import iso

BEGINNING = 64
CONTINUING = 256
"""Requests inside at a time. What begins a checkout is turned away first: 64 fill one of the writer's groups, and more
would not sell more but wait longer, also for their "no": measured by `make bench`, under overload.
"""

ROUTES = (
    cart.create, cart.show, cart.change,
    checkout.create, checkout.show, checkout.update, checkout.complete, checkout.cancel,
    gateways.receive,
)  # fmt: skip
WITHOUT = {need.part: need.without_it for need in NEEDS}
OPEN = {"action": PUBLIC}
"""A shop is open to everybody: every route of it."""
HOTTEST = (checkout.create, checkout.update, checkout.complete)
ABOUT = """\
What a shop's storefront tells programs and takes from them: its catalogue, carts and checkouts. Nobody signs in; who
has a cart's or a checkout's token may change it. Amounts are in minor units of the currency, ids are strings of digits,
and every "no" is a Problem, whose code never changes."""


def documented() -> Document:
    """All that programs may ask here. What operators' machines ask (``/healthz``, …) stands in their guide."""
    return document("Matjar storefront", "2026-11", ABOUT, [*browsing.ROUTES, *map(Route.of, ROUTES)])


def make(parts: Parts) -> App:
    """The surface as an ASGI application."""
    catalogue = parts.catalogue
    health = health_routes("storefront", _checks(parts), lambda: catalogue.ready, WITHOUT, age_ms=parts.trust.age_ms)
    beside = (*PAGES, health, bundle_routes(parts.trust), reference_routes(documented))
    served = application([*ROUTES, *beside], parts, ANSWERS, opt=OPEN, state=State({"parts": parts}))
    app = Express(cast(App, served), HOTTEST, parts)
    return Door(
        app,
        surface="storefront",
        shop_at=lambda host, path: shops.HOUSE if _is_shared(path) else catalogue.shop_by_host(host),
        proxies=parts.proxies,
        shedding=Shedding(BEGINNING, CONTINUING),
        weigh=weigh,
        ready=Ready(catalogue),
        scheme=parts.scheme,
    )


def weigh(path: str) -> Weight:
    """A new checkout may be asked to wait; one that has begun goes on; its payment goes on before all others."""
    if path.startswith("/checkout-sessions/"):
        return Weight.VITAL if path.endswith("/complete") else Weight.CONTINUES
    if path.startswith("/webhooks/") or "/checkout/card/" in path or "/checkout/return/" in path:
        return Weight.VITAL
    return Weight.CONTINUES if path.endswith("/checkout") else Weight.BEGINS


def _is_shared(path: str) -> bool:
    """Whether other surfaces ask, for a bundle: they need no shop for that."""
    return path == "/bundles" or path.startswith("/bundles/")


def _checks(parts: Parts) -> dict[str, Check]:
    """What ``/healthz`` asks of the parts that this surface leans on; see needs.py."""
    catalogue = parts.catalogue

    async def database() -> str:
        await parts.storage.read(0, shops.list_shops)
        return ""

    async def own_catalogue() -> str:
        age_seconds = (clock.now_ms() - catalogue.fresh_at) / clock.SECOND if catalogue.fresh_at else -1
        metrics.CATALOGUE_AGE.set(age_seconds)
        if catalogue.away_since:
            return f"not refreshed since {iso(catalogue.away_since)}"
        return "" if catalogue.ready else "not loaded yet"

    async def cards() -> str:
        ill = parts.cashier.ill_gateways()
        return f"not called at present: {', '.join(ill)}" if ill else ""

    async def writer() -> str:
        for shop_id in list(catalogue.cursors())[:1]:
            await parts.storage.desk(shop_id).submit(keeping.ask)()
        return ""

    async def identity() -> str:
        return await following.check_heartbeat(parts.trust)

    return {
        "database": database, "writer": writer, "catalogue": own_catalogue, "gateways": cards, "identity": identity,
    }  # fmt: skip
