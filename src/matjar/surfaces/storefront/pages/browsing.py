"""The pages that are the same for everybody, as bytes made from the shelf alone, so that they can be kept ready."""

from matjar.edge.catalogue import Shelf
from matjar.edge.pages import page_headers
from matjar.surfaces.storefront.pages import collections, home, product
from matjar.surfaces.storefront.pages.frame import BROWSING, same_for_all
from matjar.surfaces.storefront.pages.narrowing import Narrowing

HEADERS = tuple((name.encode(), value.encode()) for name, value in page_headers(cache_control=BROWSING).items())


def make(shelf: Shelf, path: str) -> bytes | None:
    """The home page, a collection's first page, or a product's; None where the address is another's."""
    frame = same_for_all(shelf, path)
    match frame.path.strip("/").split("/"):
        case [""]:
            return home.make(frame, shelf)
        case ["collections", handle]:
            collection = shelf.collection(handle)
            return collections.make(frame, shelf, collection, Narrowing()) if collection else None
        case ["products", handle]:
            goods = shelf.product(handle)
            return product.make(frame, shelf, goods) if goods else None
        case _:
            return None
