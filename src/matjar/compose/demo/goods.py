"""From a shop's sheets to its goods: every variant with its price, code, stock and picture."""

from functools import cache
from html import escape
from itertools import product as combinations
from typing import TypeVar

from matjar.compose.demo import model, sheets
from matjar.compose.demo.depicted import pictures_of, shown_by
from matjar.compose.demo.model import Words
from matjar.core.money import from_text

Chosen = TypeVar("Chosen", str, int)
SHOPS = ("layla-beauty", "himma-active", "halewell-nutrition")


@cache
def load(shop_handle: str) -> model.ShopGoods:
    """The goods of one of ``SHOPS``. A sheet with a mistake stops loudly: it is part of the program."""
    sheet = sheets.read(shop_handle)
    return model.ShopGoods(
        handle=sheet.handle,
        name=sheet.name,
        currency=sheet.currency,
        country=sheet.country,
        time_zone=sheet.time_zone,
        languages=sheet.languages,
        settings=sheet.settings,
        locations=sheet.locations,
        zones=tuple(_zone(zone, sheet.currency) for zone in sheet.zones),
        discounts=tuple(_discount(discount, sheet.currency) for discount in sheet.discounts),
        collections=tuple(_collection(collection) for collection in sheet.collections),
        products=tuple(_product(product, sheet) for product in sheet.products),
    )


def _product(sheet: sheets.ProductSheet, shop: sheets.ShopSheet) -> model.Product:
    return model.Product(
        handle=sheet.handle,
        title=Words(ar=sheet.ar.title, en=sheet.en.title),
        body_html=Words(ar=_body(sheet.ar), en=_body(sheet.en)),
        vendor=sheet.vendor or shop.vendor,
        product_type=shop.kinds[sheet.kind],
        tags=sheet.tags,
        tax_category=sheet.tax_category,
        options=tuple(_option(option) for option in sheet.options),
        variants=_variants(sheet, shop),
        seo=model.Seo(
            Words(ar=sheet.ar.seo_title, en=sheet.en.seo_title),
            Words(ar=sheet.ar.seo_description, en=sheet.en.seo_description),
        ),
        facts=tuple(model.Fact(fact.namespace, fact.key, fact.type, fact.value) for fact in sheet.facts),
        pictures=pictures_of(sheet, shop.handle),
    )


def _body(copy: sheets.CopySheet) -> str:
    points = "".join(f"<li>{escape(point)}</li>" for point in copy.points)
    text = " ".join(copy.text.split())
    return f"<p>{escape(text)}</p><ul>{points}</ul>"


def _option(sheet: sheets.OptionSheet) -> model.Option:
    values = (model.Value(Words(ar=v.ar, en=v.en), v.colours[0] if v.colours else "") for v in sheet.values)
    return model.Option(sheet.name, tuple(values))


def _variants(sheet: sheets.ProductSheet, shop: sheets.ShopSheet) -> tuple[model.Variant, ...]:
    stock = [_counts(cell) for row in sheet.stock for cell in row.split()]
    choices = list(combinations(*(option.values for option in sheet.options)))
    assert len(stock) == len(choices), f"{sheet.handle} has {len(choices)} variants and stock for {len(stock)}"
    return tuple(
        _variant(sheet, shop, position, chosen, counts)
        for position, (chosen, counts) in enumerate(zip(choices, stock, strict=True), start=1)
    )


def _counts(cell: str) -> tuple[int, ...]:
    return tuple(int(count) for count in cell.split("+"))


def _variant(
    sheet: sheets.ProductSheet,
    shop: sheets.ShopSheet,
    position: int,
    chosen: tuple[sheets.ValueSheet, ...],
    counts: tuple[int, ...],
) -> model.Variant:
    assert len(counts) == len(shop.locations), sheet.handle
    price = _last([value.price for value in chosen], sheet.price)
    compare_at = _last([value.compare_at for value in chosen], sheet.compare_at)
    return model.Variant(
        choices=tuple(Words(ar=value.ar, en=value.en) for value in chosen),
        sku="-".join((sheet.sku, *(value.code for value in chosen))),
        barcode=ean13(f"{shop.barcodes}{sheet.number:05d}{position:03d}"),
        price_minor=from_text(price, shop.currency),
        compare_at_minor=from_text(compare_at, shop.currency) if compare_at else None,
        weight_grams=_last([value.weight_grams for value in chosen], sheet.weight_grams),
        requires_shipping=sheet.requires_shipping,
        continue_selling=sheet.continue_selling,
        stock=counts,
        picture=shown_by(sheet, chosen),
    )


def _last(overrides: list[Chosen], usual: Chosen) -> Chosen:
    return next((value for value in reversed(overrides) if value), usual)


def ean13(digits: str) -> str:
    """Twelve digits and their check digit (GS1 General Specifications 7.9); 200 to 299 are free for use in shops."""
    assert len(digits) == 12 and digits.isdigit(), digits
    weighted = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


def _collection(sheet: sheets.CollectionSheet) -> model.Collection:
    assert bool(sheet.conditions) != bool(sheet.products), f"{sheet.handle} is chosen by hand or by rule"
    return model.Collection(
        handle=sheet.handle,
        title=sheet.title,
        body_html=Words(ar=f"<p>{escape(sheet.text.ar)}</p>", en=f"<p>{escape(sheet.text.en)}</p>"),
        sort=sheet.sort,
        conditions=sheet.conditions,
        products=sheet.products,
        seo=model.Seo(sheet.seo_title, sheet.seo_description),
    )


def _zone(sheet: sheets.ZoneSheet, currency: str) -> model.Zone:
    return model.Zone(sheet.name, sheet.places, tuple(_method(method, currency) for method in sheet.methods))


def _method(sheet: sheets.MethodSheet, currency: str) -> model.Method:
    return model.Method(
        key=sheet.key,
        kind=sheet.kind,
        name=sheet.name,
        price_minor=from_text(sheet.price, currency),
        free_over_minor=from_text(sheet.free_over, currency) if sheet.free_over else None,
        steps=tuple(model.Step(grams, from_text(price, currency)) for grams, price in sheet.steps),
        days_min=sheet.days[0],
        days_max=sheet.days[1],
        location=sheet.location,
    )


def _discount(sheet: sheets.DiscountSheet, currency: str) -> model.Discount:
    amount_minor = from_text(sheet.amount, currency)
    return model.Discount(
        code=sheet.code,
        kind="percentage" if sheet.percent else "amount" if amount_minor else "free_delivery",
        value_ppm=sheet.percent * 10_000,
        amount_minor=amount_minor,
        minimum_minor=from_text(sheet.minimum, currency),
        usage_limit=sheet.usage_limit,
        per_buyer_limit=sheet.per_buyer_limit,
        collections=sheet.collections,
    )
