"""The demo's goods: whole, in both languages, and drawn the same way every time."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import msgspec
import pytest

from matjar.compose.demo import SHOPS, ShopGoods, draw, draw_hero, draw_logo, draw_symbol, load
from matjar.compose.demo.goods import ean13
from matjar.compose.demo.model import Collection, Condition, Picture, Product, Variant, Words

PICTURE_BYTES = 6 * 1024
HERO_BYTES = 24 * 1024
ARABIC = re.compile("[\u0621-\u064a]")
ALLOWED = re.compile(r"</?(p|ul|li)>")


@pytest.fixture(params=SHOPS)
def goods(request: pytest.FixtureRequest) -> ShopGoods:
    return load(request.param)


def variants(goods: ShopGoods) -> Iterator[Variant]:
    return (variant for product in goods.products for variant in product.variants)


def pictures(goods: ShopGoods) -> Iterator[Picture]:
    return (picture for product in goods.products for picture in product.pictures)


def words(value: object) -> Iterator[Words]:
    """Every text in two languages, however deep it lies."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from words(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from words(each)


def test_each_shop_has_about_twenty_products_and_five_or_six_collections(goods: ShopGoods) -> None:
    assert 20 <= len(goods.products) <= 22
    assert 5 <= len(goods.collections) <= 6
    assert any(collection.conditions for collection in goods.collections)
    assert any(collection.products for collection in goods.collections)


def test_handles_skus_barcodes_and_files_are_unique(goods: ShopGoods) -> None:
    for names in (
        [product.handle for product in goods.products],
        [collection.handle for collection in goods.collections],
        [variant.sku for variant in variants(goods)],
        [picture.file for picture in pictures(goods)],
        [discount.code for discount in goods.discounts],
    ):
        assert not [name for name, times in Counter(names).items() if times > 1]


def test_skus_and_barcodes_are_unique_across_the_shops() -> None:
    everything = [variant for shop in SHOPS for variant in variants(load(shop))]
    assert len({variant.sku for variant in everything}) == len(everything)
    assert len({variant.barcode for variant in everything}) == len(everything)


def test_barcodes_are_ean_13_of_the_range_that_is_free_for_shops(goods: ShopGoods) -> None:
    for variant in variants(goods):
        assert re.fullmatch(r"2\d{12}", variant.barcode)
        assert variant.barcode == ean13(variant.barcode[:12])


@pytest.mark.parametrize("printed", ["4006381333931", "9780201379624", "5901234123457"])
def test_the_check_digit_is_that_of_known_barcodes(printed: str) -> None:
    assert ean13(printed[:12]) == printed


def test_every_text_is_there_in_both_languages(goods: ShopGoods) -> None:
    for text in words(goods):
        assert text.ar.strip() and text.en.strip()
        assert not ARABIC.search(text.en), text.en
    for product in goods.products:
        for text in (
            product.title,
            product.body_html,
            product.product_type,
            product.seo.title,
            product.seo.description,
        ):
            assert ARABIC.search(text.ar), text.ar


def test_search_texts_fit_where_they_are_shown(goods: ShopGoods) -> None:
    entries: tuple[Product | Collection, ...] = (*goods.products, *goods.collections)
    for seo in [entry.seo for entry in entries]:
        assert all(len(title) <= 70 for title in seo.title.by_language().values())
        assert all(40 <= len(text) <= 170 for text in seo.description.by_language().values())


def test_descriptions_are_plain_markup_with_a_paragraph_and_a_list(goods: ShopGoods) -> None:
    for product in goods.products:
        for body in product.body_html.by_language().values():
            assert body.count("<li>") >= 3
            assert not re.search(r"[<>]", ALLOWED.sub("", body))


def test_prices_are_positive_and_compare_at_prices_higher(goods: ShopGoods) -> None:
    for variant in variants(goods):
        assert variant.price_minor > 0
        assert variant.compare_at_minor is None or variant.compare_at_minor > variant.price_minor


def test_stock_has_a_count_for_each_location_and_every_state_that_a_page_must_show(goods: ShopGoods) -> None:
    totals = [sum(variant.stock) for variant in variants(goods)]
    assert all(len(variant.stock) == len(goods.locations) == 2 for variant in variants(goods))
    assert 0 in totals
    assert any(1 <= total <= 3 for total in totals)
    assert any(variant.continue_selling for variant in variants(goods))


def test_variants_choose_one_value_of_each_option_and_show_a_picture(goods: ShopGoods) -> None:
    for product in goods.products:
        assert len({variant.choices for variant in product.variants}) == len(product.variants)
        for variant in product.variants:
            assert len(variant.choices) == len(product.options)
            assert all(
                choice in [value.name for value in option.values]
                for choice, option in zip(variant.choices, product.options, strict=True)
            )
            assert variant.picture < len(product.pictures)


def meets(product: Product, condition: Condition) -> bool:
    """As far as a test needs it: types are compared in either language, prices not at all."""
    types = product.product_type.by_language().values()
    return {"tag": condition.value in product.tags, "product_type": condition.value in types}.get(condition.field, True)


def test_collections_are_never_empty_and_name_goods_that_exist(goods: ShopGoods) -> None:
    handles = {product.handle for product in goods.products}
    for collection in goods.collections:
        assert set(collection.products) <= handles
        if collection.conditions:
            found = [p for p in goods.products if all(meets(p, c) for c in collection.conditions)]
            assert found, collection.handle


def test_discounts_and_pickups_name_what_exists(goods: ShopGoods) -> None:
    collections = {collection.handle for collection in goods.collections}
    for discount in goods.discounts:
        assert set(discount.collections) <= collections
    pickups = {location.key for location in goods.locations if location.pickup}
    methods = [method for zone in goods.zones for method in zone.methods]
    assert {method.location for method in methods if method.kind == "pickup"} <= pickups
    assert {"flat", "by_weight", "pickup"} <= {method.kind for method in methods}


def test_the_shops_tax_registration_is_at_home(goods: ShopGoods) -> None:
    assert goods.settings.registrations[0].country == goods.country
    assert goods.settings.prices_include_tax == (goods.country != "US")


def test_each_product_has_two_pictures_or_more(goods: ShopGoods) -> None:
    assert all(len(product.pictures) >= 2 for product in goods.products)


def test_every_picture_is_small_well_formed_and_the_same_every_time(goods: ShopGoods) -> None:
    for picture in pictures(goods):
        svg = draw(picture.plan)
        assert svg == draw(picture.plan)
        assert len(svg.encode()) <= PICTURE_BYTES, picture.file
        root = ET.fromstring(svg)
        assert root.attrib["viewBox"] == "0 0 800 800"


def test_pictures_define_what_they_refer_to(goods: ShopGoods) -> None:
    for picture in pictures(goods):
        svg = draw(picture.plan)
        assert set(re.findall(r'(?:url\(|href=")#(\w+)', svg)) == set(re.findall(r' id="(\w+)"', svg))


def test_the_shops_own_pictures_are_well_formed(goods: ShopGoods) -> None:
    for svg in (
        draw_logo(goods.handle),
        draw_symbol(goods.handle),
        *(draw_hero(goods.handle, x) for x in ("ar", "en")),
    ):
        ET.fromstring(svg)
        assert len(svg.encode()) <= HERO_BYTES
