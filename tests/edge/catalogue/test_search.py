"""What is found, in which order, and how the index keeps up with the goods."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.domain import catalog
from matjar.domain.catalog import ProductEdit
from matjar.domain.shops import Settings, Shop
from matjar.edge.catalogue import Catalogue, ProductDocument, Shelf, ShopDocument, Sought, VariantDocument, Words
from matjar.edge.catalogue.file import Batch, Cursor
from matjar.edge.catalogue.folding import fold, grams, stem, terms
from matjar.edge.catalogue.spelling import distance, relaid
from tests.edge.catalogue.house import House, make_soap, until

NOW = 1_795_000_000_000


def goods(
    id_: int, title: str, *, arabic: str = "", body: str = "", price: int = 100, left: int = 5
) -> ProductDocument:
    """A product."""
    words = {"en": Words(title, body), "ar": Words(arabic or title)}
    variant = VariantDocument(id_, id_, ("Only",), price, sku=f"SKU-{id_}", available=left)
    return ProductDocument(id_, f"p{id_}", words, (variant,), "Nur", "Goods", published_at=id_)


SHELVED = (
    goods(1, "Rose Soap", arabic="صابون الورد", price=300),
    goods(2, "Rose Water", arabic="ماء الورد", price=200),
    goods(3, "Soap Dish for the Rose Garden", arabic="صحن للصابون", price=100),
    goods(4, "Pre-Workout Powder", arabic="مسحوق قبل التمرين", body="<p>With beetroot.</p>"),
    goods(5, "Eyeshadow Palettes", arabic="لوحة ظلال العيون", left=0),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """Two shops; the second has one product."""
    made = Catalogue(tmp_path / "catalogue.sqlite")
    for shop_id in (1, 2):
        shop = Shop(shop_id, f"shop{shop_id}", "Shop", "AED", "AE", "Asia/Dubai", ("en", "ar"), Settings(), NOW, NOW)
        show(made, Batch(shop_id, Cursor(1, 1, 1), ShopDocument(shop), collections=()))
    show(made, Batch(1, products=SHELVED))
    show(made, Batch(2, products=[goods(6, "Rose Candle")]))
    yield made
    made.close()


def show(catalogue: Catalogue, batch: Batch) -> None:
    """Write it, and show it."""
    catalogue.file.write(batch)
    catalogue.take(batch)


def found(shelf: Shelf, words: str, **sought: object) -> list[int]:
    """The ids, the best first."""
    return [product.id for product in shelf.search(Sought(words, **sought)).products]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("rose", [1, 2, 3]),            # the shorter title says more of it
        ("soap rose", [1, 3]),
        ("roses soaps", [1, 3]),        # plurals
        ("rosse soup", [1, 3]),         # misspelt
        ("ورده", [1, 2]),               # without the article
        ("beet", [4]),                  # in the text alone
        ("preworkout", [4]), ("pre workout", [4]), ("pre-work", [4]),
        ("eye shadow", [5]), ("palette", [5]),
        ("sku-2", [2]), ("SKU2", [2]),
        ("rose powder", [1, 2, 3, 4]),  # nothing has both: each has one
        ("سخشح", [1, 3]), ("hg,v]", [1, 2]),  # on the other keyboard
        ("", []), ("!?", []), ('" OR "', []), ("zzzzzz", []),
    ],
)  # fmt: skip
def test_what_was_meant_is_found_the_best_first(catalogue: Catalogue, typed: str, ids: list[int]) -> None:
    assert sorted(found(catalogue.shelf(1), typed)) == ids


def test_whole_words_in_titles_come_before_beginnings_and_what_is_sold_out_last(catalogue: Catalogue) -> None:
    shelf = catalogue.shelf(1)
    show(catalogue, Batch(1, products=[goods(7, "Rosewood Comb"), goods(8, "Rose", left=0), goods(9, "Rose")]))
    first, *middle, sold_out, begun = found(shelf, "rose")
    assert (first, sorted(middle), sold_out, begun) == (9, [1, 2, 3], 8, 7)


def test_a_shop_finds_nothing_of_another(catalogue: Catalogue) -> None:
    assert found(catalogue.shelf(1), "candle") == []
    assert found(catalogue.shelf(2), "rose") == [6]
    assert found(catalogue.shelf(2), "candel") == [6]
    assert found(catalogue.shelf(1), "s2 rose") != [6]


def test_results_are_sorted_narrowed_counted_and_paged(catalogue: Catalogue) -> None:
    shelf = catalogue.shelf(1)
    assert found(shelf, "rose", sort="price") == [3, 2, 1]
    assert found(shelf, "rose", sort="price_descending") == [1, 2, 3]
    assert found(shelf, "rose", sort="newest") == [3, 2, 1]
    assert found(shelf, "palette", on_sale=True) == []
    pages = [shelf.search(Sought("rose"), page=number, size=2) for number in (1, 2, 3)]
    assert [page.total for page in pages] == [3, 3, 3]
    assert [product.id for page in pages for product in page.products] == found(shelf, "rose")


def test_what_is_gone_or_renamed_is_found_no_more_and_neither_are_its_words(catalogue: Catalogue) -> None:
    shelf = catalogue.shelf(1)
    show(catalogue, Batch(1, products=[goods(4, "Creatine")], gone=[5]))
    for typed in ("preworkout", "palete", "beetroot"):
        assert found(shelf, typed) == []
    assert found(shelf, "creatin") == [4]
    execute = catalogue.file.reading.execute
    for word in ("palette", "workout"):
        assert execute("SELECT 1 FROM vocabulary WHERE shop_id = 1 AND word = ?", (word,)).fetchall() == []
        assert execute("SELECT 1 FROM gram WHERE shop_id = 1 AND word = ?", (word,)).fetchall() == []
    counts = execute("SELECT products FROM vocabulary WHERE shop_id = 1 AND word = 'rose'").fetchall()
    assert counts == [(3,)]


def test_a_shop_that_is_gone_leaves_no_word_behind(catalogue: Catalogue) -> None:
    catalogue.file.remove_shop(1)
    execute = catalogue.file.reading.execute
    for table in ("vocabulary", "gram"):
        assert execute(f"SELECT COUNT(*) FROM {table} WHERE shop_id = 1").fetchall() == [(0,)]
    assert found(catalogue.shelf(2), "rose") == [6]


def test_a_new_name_is_found_within_a_second(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        soap = await make_soap(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            shelf = catalogue.shelf(1)
            await desk.submit(catalog.update_product)(product_id=soap.id, edit=ProductEdit(title="Laurel Bar"))
            assert await until(lambda: found(shelf, "lorel"), seconds=3) < 1
            assert found(shelf, "rose soap") != []

    asyncio.run(story())


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("الورد", "ورد"), ("والورد", "ورد"), ("للشعر", "شعر"), ("شمعات", "شمع"), ("شمعه", "شمع"), ("ورد", "ورد"),
        ("brushes", "brush"), ("gummies", "gummy"), ("shoes", "shoe"), ("glass", "glass"), ("gas", "gas"),
    ],
)  # fmt: skip
def test_a_stem_is_a_word_without_its_article_and_its_plural(word: str, bare: str) -> None:
    assert stem(word) == bare


def test_hyphened_words_are_found_in_one_word_too() -> None:
    assert terms("Omega-3 LAY-VML") == ["omega", "3", "lay", "vml", "omega3", "layvml"]
    assert terms("الأحمر") == ["الاحمر", "احمر"]


def test_letters_of_another_form_are_the_same_letters() -> None:
    assert fold("𝐂𝐫𝐞𝐚𝐦 ﻣﺪﺭﺳﺔ") == "cream مدرسه"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("soap", "soap", 0), ("soap", "saop", 1), ("soap", "sop", 1), ("soap", "soaps", 1), ("soap", "soup", 1),
     ("soap", "so", 2), ("soap", "boat", 2), ("soap", "candle", 3), ("", "ab", 2)],
)  # fmt: skip
def test_spellings_are_apart_by_missing_added_wrong_and_swapped_letters(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == apart


def test_the_other_keyboard_is_typed_back_and_forth() -> None:
    assert relaid("hgu,]") == "العود"
    assert relaid("سخشح") == "soap"
    assert relaid("hgsghl") == "السلام"
    assert grams("ab") == {"^a", "ab", "b$"}
