"""Identity, put together: the door, the guard, the pages, and the letters that go out behind them."""

from typing import cast
from urllib.parse import quote, urlsplit

from matjar.core.clock import MINUTE
from matjar.domain import access, shops
from matjar.domain.shops import Shop
from matjar.edge.books import book_routes
from matjar.edge.door import App, Cached, Door, Scope
from matjar.edge.framework import application
from matjar.edge.health import Check, health_routes
from matjar.edge.sharing import bundle_routes
from matjar.resilience.bundles import ACCESS
from matjar.resilience.shedding import Door as Shedding
from matjar.resilience.shedding import Weight
from matjar.surfaces.identity.frame import LANGUAGES
from matjar.surfaces.identity.guard import Guard
from matjar.surfaces.identity.needs import NEEDS
from matjar.surfaces.identity.pages import PAGES
from matjar.surfaces.identity.pages.refusing import answers_of
from matjar.surfaces.identity.parts import HOUSE, Parts
from matjar.surfaces.identity.posting import Carrier
from matjar.surfaces.identity.reports import REPORTS

BEGINNING, CONTINUING = 32, 64
"""Requests inside at a time. People who are in the midst of signing in go before those who begin."""

WITHOUT = {need.part: need.without_it for need in NEEDS}
_HEARTBEAT_MS = 5 * MINUTE
"""Older than this, nothing that changes power is done anywhere."""


def make(parts: Parts, carrier: Carrier) -> App:
    """The surface as an ASGI application."""
    trust = parts.trust
    health = health_routes("identity", _checks(parts, carrier), lambda: True, WITHOUT, trust.age_ms)
    routes = [PAGES, REPORTS, health, bundle_routes(trust, (ACCESS,)), book_routes(trust, parts.audit)]
    app = application(routes, parts, answers_to=answers_of(parts), guards=[Guard(parts)])
    return Door(
        cast(App, app),
        surface="identity",
        shop_at=_house,
        proxies=parts.proxies,
        shedding=Shedding(BEGINNING, CONTINUING),
        weigh=weigh,
        ready=_Home(parts.address),
        scheme=urlsplit(parts.address).scheme,
        languages=LANGUAGES,
    )


def weigh(path: str) -> Weight:
    """Who has begun to sign in goes on; signing out is always possible."""
    if path == "/sign-out" or path.startswith("/account/sessions"):
        return Weight.VITAL
    return Weight.BEGINS if path in ("/sign-in", "/forgotten") else Weight.CONTINUES


def _house(_: str, __: str) -> Shop:
    return shops.HOUSE


class _Home:
    """Identity is at one address, which passkeys and cookies are bound to: whoever comes by another is sent there."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._host = urlsplit(address).netloc.encode()

    def __call__(self, _: Shop, __: str, scope: Scope) -> Cached | None:
        if dict(scope["headers"]).get(b"host") == self._host:
            return None
        path = "/" + quote(scope["path"].lstrip("/\\"))
        location = f"{self._address}{path}".encode()
        return Cached.of(b"", b"text/plain", [(b"location", location), (b"cache-control", b"no-store")], status=307)


def _checks(parts: Parts, carrier: Carrier) -> dict[str, Check]:
    """What ``/healthz`` asks of the parts that this surface leans on; see needs.py."""

    async def database() -> str:
        await parts.storage.read(HOUSE, lambda view: access.find_shop(view, handle="-"))
        return ""

    async def mail() -> str:
        return carrier.ailment

    async def heartbeat() -> str:
        age_ms = parts.trust.age_ms()
        return "" if age_ms is not None and age_ms < _HEARTBEAT_MS else "not heard of"

    return {"database": database, "mail": mail, "heartbeat": heartbeat}
