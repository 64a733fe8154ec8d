"""The catalogue: what a surface shows of the shops, from its own disk.

Purpose: a file for each process holds every shop's products, collections and settings as documents; a follower keeps
it fresh from the feed, within a second. Promise: it starts from the file alone, and asks the database nothing while it
serves; a file that is damaged is made anew.
"""

from matjar.edge.catalogue.documents import (
    CollectionDocument,
    Fact,
    Picture,
    ProductDocument,
    ShopDocument,
    VariantDocument,
    Words,
)
from matjar.edge.catalogue.follower import Follower
from matjar.edge.catalogue.lookups import AWAY, Sought, Wanted
from matjar.edge.catalogue.memory import Catalogue, Page, Said, Shelf

__all__ = [
    "AWAY",
    "Catalogue",
    "CollectionDocument",
    "Fact",
    "Follower",
    "Page",
    "Picture",
    "ProductDocument",
    "Said",
    "Shelf",
    "ShopDocument",
    "Sought",
    "VariantDocument",
    "Wanted",
    "Words",
]
