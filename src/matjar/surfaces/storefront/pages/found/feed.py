"""The product feed: every variant as the large search engines take goods into their shopping pages.

RSS 2.0 with Google's names (support.google.com/merchants/answer/7052112), which Bing, Meta and Pinterest read too; one
feed for each language. Prices are as the pages say them: with tax, except where the shop adds it at the checkout.
"""

from collections.abc import Iterator
from functools import partial

from litestar import Response, get
from litestar.response import Stream

from matjar.core.money import to_text
from matjar.edge.catalogue import ProductDocument, Shelf, VariantDocument
from matjar.edge.framework import NOT_HERE, Ask, visit_of
from matjar.surfaces.storefront import prints
from matjar.surfaces.storefront.pages.cards import reduced_from
from matjar.surfaces.storefront.pages.delivery import promise_of
from matjar.surfaces.storefront.pages.found.codes import attributes_of, gtin_of
from matjar.surfaces.storefront.pages.found.faces import plain
from matjar.surfaces.storefront.pages.found.xml import HEAD, element
from matjar.surfaces.storefront.pages.frame import Frame, same_for_all
from matjar.surfaces.storefront.pages.measures import unit_price_of
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.views import titles

TITLE, DESCRIPTION, PICTURES = 150, 5_000, 10
"""What the readers of feeds take at most."""
AT_A_TIME = 20
"""Products that are written down without a pause."""


@get("/feeds/{name:str}")
async def show(request: Ask, parts: Parts, name: str) -> Response[bytes] | Stream:
    """``/feeds/google-en.xml``; refuses ``request.not_found`` for a language that is not spoken here."""
    shelf = parts.catalogue.shelf(visit_of(request).shop.id)
    language = name.removeprefix("google-").removesuffix(".xml")
    if language not in shelf.shop.languages or name != f"google-{language}.xml":
        raise NOT_HERE()
    make = partial(write, shelf, language)
    return prints.answer(request, await parts.prints.take((shelf.shop.id, name), shelf.version, make))


def write(shelf: Shelf, language: str) -> Iterator[str]:
    """The feed, a few products at a time."""
    frame = same_for_all(shelf, "/", language)
    yield f'{HEAD}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
    yield element("title", frame.name) + element("link", frame.at_home("/"))
    yield element("description", frame.tagline or frame.name) + "\n"
    after_id = 0
    while goods := shelf.goods(after_id=after_id, most=AT_A_TIME):
        yield "".join(item(frame, shelf, each, variant) for each in goods for variant in each.variants)
        after_id = goods[-1].id
    yield "</channel>\n</rss>\n"


def item(frame: Frame, shelf: Shelf, product: ProductDocument, variant: VariantDocument) -> str:
    """One variant."""
    told = [
        ("id", str(variant.id)), *_words(frame, product, variant), *_links(frame, product, variant),
        ("availability", "in_stock" if variant.on_sale else "out_of_stock"), *_prices(frame, variant),
        ("condition", "new"), *_codes(frame, product, variant),
        *attributes_of(product, variant, frame.language).items(),
        *_measure(product, variant),
        ("shipping_weight", f"{variant.weight_grams} g" if variant.weight_grams else ""),
    ]  # fmt: skip
    lines = "".join(element(f"g:{name}", text) for name, text in told)
    return f"<item>{lines}{_shipping(frame, shelf, variant)}</item>\n"


def _words(frame: Frame, product: ProductDocument, variant: VariantDocument) -> list[tuple[str, str]]:
    words = product.in_language(frame.language)
    several = len(product.variants) > 1
    title, choice = titles(product, variant, frame.language)
    text = plain(words.body_html) or words.seo_description or words.title
    return [
        ("title", (f"{title} – {choice}" if several and choice else title)[:TITLE]),
        ("description", text[:DESCRIPTION]),
        ("item_group_id", str(product.id) if several else ""),
        ("product_type", words.product_type or product.product_type),
    ]


def _links(frame: Frame, product: ProductDocument, variant: VariantDocument) -> list[tuple[str, str]]:
    path, picture = f"/products/{product.handle}", product.picture_of(variant)
    own = f"{path}?variant={variant.id}" if len(product.variants) > 1 else path
    others = [each for each in product.images if each != picture][:PICTURES]
    return [
        ("link", frame.at_home(own)),
        ("canonical_link", frame.at_home(path)),
        ("image_link", frame.media(picture.path) if picture else ""),
        *(("additional_image_link", frame.media(each.path)) for each in others),
    ]


def _prices(frame: Frame, variant: VariantDocument) -> list[tuple[str, str]]:
    before = reduced_from(variant)
    return [
        ("price", _money(frame, before or variant.price_minor)),
        ("sale_price", _money(frame, variant.price_minor) if before else ""),
    ]


def _codes(frame: Frame, product: ProductDocument, variant: VariantDocument) -> list[tuple[str, str]]:
    """A product is known by its number in trade, or by its maker's; what has neither says so."""
    gtin = gtin_of(variant)
    return [
        ("brand", product.vendor or frame.shop.name),
        ("gtin", gtin),
        ("mpn", "" if gtin else variant.sku),
        ("identifier_exists", "" if gtin or variant.sku else "no"),
    ]


def _measure(product: ProductDocument, variant: VariantDocument) -> list[tuple[str, str]]:
    found = unit_price_of(product, variant)
    if found is None:
        return []
    unit = found.unit.replace(" ", "")
    content = f"{found.content.normalize():f}{unit}"
    return [("unit_pricing_measure", content), ("unit_pricing_base_measure", f"{found.base}{unit}")]


def _shipping(frame: Frame, shelf: Shelf, variant: VariantDocument) -> str:
    promise = promise_of(shelf.document, variant)
    if promise is None:
        return ""
    told = (("country", promise.country), ("price", _money(frame, promise.price_minor)),
            ("min_transit_time", str(promise.days_min)), ("max_transit_time", str(promise.days_max)))  # fmt: skip
    return f"<g:shipping>{''.join(element(f'g:{name}', text) for name, text in told)}</g:shipping>"


def _money(frame: Frame, amount_minor: int) -> str:
    return f"{to_text(amount_minor, frame.shop.currency)} {frame.shop.currency}"
