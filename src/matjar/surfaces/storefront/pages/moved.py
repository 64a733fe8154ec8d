"""Old addresses: what was renamed is found at its new address at once, and what is gone for good says so."""

from urllib.parse import quote

from litestar import Response

from matjar.core.refusal import Declared
from matjar.domain.catalog.model import GONE, NO_COLLECTION, NOT_FOUND
from matjar.edge.catalogue import Shelf
from matjar.surfaces.storefront.pages.frame import Frame


def product(frame: Frame, shelf: Shelf, handle: str) -> Response[bytes]:
    """Lead to the product that had this handle; refuses ``catalog.gone`` and ``catalog.not_found``."""
    owner_id = _owner(shelf, "product", handle, NOT_FOUND)
    there = shelf.product_by_id(owner_id)
    if there is None:
        raise NOT_FOUND()
    return _lead(frame, f"/products/{there.handle}")


def collection(frame: Frame, shelf: Shelf, handle: str) -> Response[bytes]:
    """The same for a collection; refuses ``catalog.gone`` and ``catalog.no_collection``."""
    owner_id = _owner(shelf, "collection", handle, NO_COLLECTION)
    there = next((each for each in shelf.collections() if each.id == owner_id), None)
    if there is None:
        raise NO_COLLECTION()
    return _lead(frame, f"/collections/{there.handle}")


def _owner(shelf: Shelf, owner_type: str, handle: str, unknown: Declared) -> int:
    owner_id = shelf.former(owner_type, handle)
    if owner_id is None:
        raise unknown()
    if not owner_id:
        raise GONE()
    return owner_id


def _lead(frame: Frame, path: str) -> Response[bytes]:
    """For good (301), with what was asked about it, such as a variant."""
    query = f"?{frame.query}" if frame.query else ""
    return Response(b"", status_code=301, headers={"location": quote(frame.url(path)) + query})
