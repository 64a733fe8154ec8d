"""What happens to the goods."""

from matjar.core.tx import Event


class ProductCreated(Event, tag="product_created", frozen=True):
    """A product is new."""

    product_id: int


class ProductChanged(Event, tag="product_changed", frozen=True):
    """A product, one of its variants, its pictures, texts or its place in a collection is another now."""

    product_id: int


class ProductRemoved(Event, tag="product_removed", frozen=True):
    """A product is gone."""

    product_id: int


class CollectionCreated(Event, tag="collection_created", frozen=True):
    """A collection is new."""

    collection_id: int


class CollectionChanged(Event, tag="collection_changed", frozen=True):
    """A collection, or what stands in it, is another now."""

    collection_id: int


class CollectionRemoved(Event, tag="collection_removed", frozen=True):
    """A collection is gone; what stood in it stays."""

    collection_id: int


class HandleLeft(Event, tag="handle_left", frozen=True):
    """A product or a collection has another handle now, or is gone: this one leads elsewhere, or nowhere."""

    owner_type: str
    handle: str


class MetafieldChanged(Event, tag="metafield_changed", frozen=True):
    """A fact about something else than goods (an order, a customer, the shop) is another now."""

    owner_type: str
    owner_id: int
