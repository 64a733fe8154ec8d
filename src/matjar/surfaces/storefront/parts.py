"""What the storefront is made of; ``compose`` puts it together."""

import msgspec

from matjar.edge.catalogue import Catalogue
from matjar.edge.paying import Cashier
from matjar.edge.tokens import Tokens
from matjar.edge.visit import Proxies, Visit
from matjar.storage.desk import Desk, Storage


class Parts(msgspec.Struct, frozen=True):
    """The parts of this process."""

    storage: Storage
    cashier: Cashier
    tokens: Tokens
    catalogue: Catalogue
    proxies: Proxies
    media_folder: str
    scheme: str = "http"
    card_forms: dict[str, str] = {}
    """The gateways that take a card on a page of their own, and where that page is."""

    def desk(self, visit: Visit) -> Desk:
        """The desk for a visit's business."""
        return self.storage.desk(visit.shop.id, visit.buyer, visit.request_id)
