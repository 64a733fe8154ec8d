"""What the feed's entries mean for the catalogue: which documents have to be made anew."""

from collections.abc import Iterable
from typing import Any

import msgspec

from matjar.storage.feed import Entry

_body = msgspec.json.Decoder(dict[str, Any]).decode


class News(msgspec.Struct):
    """What has changed in one shop."""

    shop: bool = False
    products: set[int] = msgspec.field(default_factory=set)
    collections: set[int] = msgspec.field(default_factory=set)
    left: set[tuple[str, str]] = msgspec.field(default_factory=set)
    """Handles that were left: whose, product or collection, and which."""
    items: set[int] = msgspec.field(default_factory=set)
    """Inventory items with other stock."""
    all_stock: bool = False
    """A location opened or closed: every number may be another."""

    def read(self, entries: Iterable[Entry]) -> None:
        """Add what these entries tell; what no page shows is passed over."""
        for entry in entries:
            match entry.type:
                case "stock_changed":
                    self.items.update(item_id for item_id, _ in _body(entry.body)["levels"])
                case "product_created" | "product_changed" | "product_removed":
                    self.products.add(_body(entry.body)["product_id"])
                case "collection_created" | "collection_changed" | "collection_removed":
                    self.collections.add(_body(entry.body)["collection_id"])
                case "location_changed":
                    self.all_stock = True
                case "handle_left":
                    body = _body(entry.body)
                    self.left.add((body["owner_type"], body["handle"]))
                case "shop_created" | "shop_changed" | "shipping_zone_changed":
                    self.shop = True
                case _:
                    pass

    @property
    def documents(self) -> bool:
        """Whether anything but stock has changed."""
        return bool(self.shop or self.products or self.collections or self.left)
