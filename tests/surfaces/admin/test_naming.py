"""What goods and places are called in the reader's language."""

from typing import cast

import pytest

from matjar.domain import catalog, inventory
from matjar.domain.catalog import NewVariant, Option, VariantEdit
from matjar.edge.catalogue import Said, Shelf
from matjar.storage.tx import ShopTx
from matjar.surfaces.admin.pages.naming import Article, full_title, name_articles, name_locations, name_subjects


class Bare:
    """A shelf with nothing on it."""

    def said(self, variant_id: int, language: str) -> Said | None:
        """Nothing is on sale."""


@pytest.fixture
def draft(tx: ShopTx) -> Article:
    """A lipstick that is not on sale yet, and is said in Arabic too."""
    product = catalog.create_product(
        tx, title="Lipstick", options=(Option("Colour", ("Rose", "Date")),),
        variants=(NewVariant(price_minor=100, choices=("Rose",)), NewVariant(price_minor=100, choices=("Date",))),
    )  # fmt: skip
    texts = {"title": "أحمر شفاه", "value:Rose": "وردي"}
    catalog.translate(tx, owner_type="product", owner_id=product.id, language="ar", texts=texts)
    return Article(product.variants[0].id, product.id, product.title, product.variants[0].title)


@pytest.mark.parametrize(("language", "called"), [("en", "Lipstick – Rose"), ("ar", "أحمر شفاه – وردي")])
def test_what_is_not_on_sale_is_called_as_the_shop_says_it(
    tx: ShopTx, draft: Article, language: str, called: str
) -> None:
    names = name_articles(tx, cast(Shelf, Bare()), [draft], language)
    assert full_title(names[draft.variant_id]) == called


def test_places_are_called_in_the_reader_s_language_where_there_is_a_name(tx: ShopTx) -> None:
    dubai, ajman = (inventory.create_location(tx, name=name).id for name in ("Dubai", "Ajman"))
    catalog.translate(tx, owner_type="location", owner_id=dubai, language="ar", texts={"title": "دبي"})
    assert name_locations(tx, "ar") == {dubai: "دبي", ajman: "Ajman"}
    assert name_locations(tx, "en") == {dubai: "Dubai", ajman: "Ajman"}


def test_what_the_book_names_by_id_is_called_by_name_and_sku(tx: ShopTx, draft: Article) -> None:
    place = inventory.create_location(tx, name="Dubai").id
    variant = catalog.load_variant(tx, variant_id=draft.variant_id)[1]
    subjects = [f"item:{variant.inventory_item_id} location:{place}", f"variant:{variant.id}", "order:4 item:1 item:x"]
    assert name_subjects(tx, cast(Shelf, Bare()), subjects, "en") == {
        f"item:{variant.inventory_item_id}": "Lipstick – Rose", f"variant:{variant.id}": "Lipstick – Rose",
        f"location:{place}": "Dubai",
    }  # fmt: skip
    catalog.update_variant(tx, variant_id=variant.id, edit=VariantEdit(sku="LIP-1"))
    named = name_subjects(tx, cast(Shelf, Bare()), subjects[1:2], "ar")
    assert named == {f"variant:{variant.id}": "أحمر شفاه – وردي (LIP-1)"}
