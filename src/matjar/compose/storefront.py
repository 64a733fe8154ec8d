"""What the storefront's process is made of: its own disk first, then the database, then the gateways."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from matjar.compose import wiring
from matjar.compose.bundles import open_follower, open_trust
from matjar.compose.settings import Settings
from matjar.edge.catalogue import Follower
from matjar.edge.local import Local
from matjar.edge.tokens import Tokens
from matjar.edge.visit import Proxies
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.sessions import Sessions

Work = Callable[[], Coroutine[Any, Any, None]]


def open_storefront(settings: Settings) -> tuple[Parts, list[Work]]:
    """The storefront's parts, and what keeps them fresh in the background."""
    storage, secret = wiring.open_storage(settings), settings.secret.reveal()
    trust = open_trust(settings, "storefront")
    catalogue = wiring.open_catalogue(settings, settings.home / "storefront.sqlite")
    local = Local(settings.home / "storefront" / "local.sqlite")
    sessions = Sessions(trust, local)
    parts = Parts(
        storage=storage,
        cashier=wiring.open_cashier(settings),
        tokens=Tokens(secret),
        catalogue=catalogue,
        proxies=Proxies(settings.trusted_proxies),
        media_folder=str(settings.media_folder),
        trust=trust,
        local=local,
        sessions=sessions,
        secret=hashlib.sha256(f"storefront:{secret}".encode()).digest(),
        scheme="http" if settings.development else "https",
        card_forms=wiring.card_forms(settings),
        payment_pages=wiring.payment_pages(settings),
    )
    return parts, [Follower(storage, catalogue).run, open_follower(settings, trust).run, sessions.keep_tidy]
