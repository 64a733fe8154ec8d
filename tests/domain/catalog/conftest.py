"""Goods to test with."""

import pytest

from matjar.domain import catalog
from matjar.domain.catalog import NewVariant, Option, Product
from matjar.storage.tx import ShopTx


@pytest.fixture
def soap(tx: ShopTx) -> Product:
    """A rose soap in two sizes."""
    return catalog.create_product(
        tx, title="Rose Soap", vendor="Nur", product_type="Soap", tags=("rose", "gift"),
        options=(Option("Size", ("Small", "Large")),),
        variants=(
            NewVariant(1_900, ("Small",), sku="SOAP-S", weight_grams=90),
            NewVariant(3_400, ("Large",), sku="SOAP-L", weight_grams=180, compare_at_minor=3_900),
        ),
    )  # fmt: skip


@pytest.fixture
def oil(tx: ShopTx) -> Product:
    """An argan oil, in one size only."""
    return catalog.create_product(
        tx, title="Argan Oil", vendor="Atlas", product_type="Oil", tags=("hair",), variants=(NewVariant(12_500),)
    )
