"""What the storefront is made of; ``compose`` puts it together."""

import math

import msgspec

from matjar.core.clock import monotonic_seconds
from matjar.core.limits import ADDRESSES_REMEMBERED, BEGINNING_EVERY_SECONDS, BEGINNINGS_AT_ONCE
from matjar.domain.attempts import TOO_MANY
from matjar.edge.catalogue import Catalogue
from matjar.edge.local import Local
from matjar.edge.paying import Cashier
from matjar.edge.tokens import Tokens
from matjar.edge.trust import Trust
from matjar.edge.visit import Proxies, Visit
from matjar.resilience.buckets import Buckets
from matjar.storage.desk import Desk, Storage
from matjar.surfaces.storefront.prints import Prints
from matjar.surfaces.storefront.sessions import Sessions


def _beginnings() -> Buckets:
    return Buckets(BEGINNINGS_AT_ONCE, BEGINNING_EVERY_SECONDS, ADDRESSES_REMEMBERED)


class Parts(msgspec.Struct, frozen=True):
    """The parts of this process."""

    storage: Storage
    cashier: Cashier
    tokens: Tokens
    catalogue: Catalogue
    proxies: Proxies
    media_folder: str
    trust: Trust
    local: Local
    sessions: Sessions
    secret: bytes
    """This surface's own: seals challenges and forms."""
    scheme: str = "http"
    card_forms: dict[str, str] = {}
    """The gateways whose own form makes a token of a card, and where that form is."""
    payment_pages: dict[str, str] = {}
    """The gateways that take the whole payment on a page of their own, and whose page that is."""
    beginnings: Buckets = msgspec.field(default_factory=_beginnings)
    """Carts and checkouts that each address may still begin."""
    prints: Prints = msgspec.field(default_factory=Prints)
    """Sitemaps and product feeds."""

    def let_begin(self, visit: Visit) -> None:
        """Count a cart or a checkout that this visit is about to begin; refuses ``attempts.too_many``."""
        wait_seconds = self.beginnings.take(visit.address, monotonic_seconds())
        if wait_seconds:
            raise TOO_MANY(retry_after=math.ceil(wait_seconds))

    def desk(self, visit: Visit) -> Desk:
        """The desk for a visit's business."""
        return self.storage.desk(visit.shop.id, visit.buyer, visit.request_id)
