"""A shop that knows some goods."""

import pytest

from matjar.storage.tx import ShopTx
from tests.domain.inventory import shelf


@pytest.fixture
def shop(tx: ShopTx) -> ShopTx:
    """A transaction on a shop with goods, and no location yet."""
    shelf.stock_catalogue(tx)
    return tx
