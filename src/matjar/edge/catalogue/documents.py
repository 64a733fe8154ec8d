"""What a page shows of a shop, its collections and products: whole documents, so that nothing else need be asked.

Made from the database, one range of products at a time; only what is on sale becomes a document.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from matjar.core.tx import Reading
from matjar.domain import catalog, inventory, shipping, shops
from matjar.domain.catalog import Collection, Image, Option, Product, Sort, Status, Translation, Variant
from matjar.domain.shipping import Zone
from matjar.domain.shops import Policy, Shop
from matjar.edge.catalogue.cleaning import clean

T = TypeVar("T")


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """Texts in one language, complete: what was not translated stands in the shop's own."""

    title: str
    body_html: str = ""
    seo_title: str = ""
    seo_description: str = ""
    options: dict[str, str] = {}
    """What options and their values are called, by their names in the shop's own language."""
    alts: dict[int, str] = {}
    """What is to be seen in the images, by their ids."""
    product_type: str = ""
    facts: dict[str, str] = {}
    """Metafields that say something else in this language, as ``namespace.key``."""


class Picture(msgspec.Struct, frozen=True):
    """An image as pages need it; ``path`` lies below the media folder."""

    id: int
    path: str
    width: int
    height: int


class VariantDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A variant as pages need it. ``available``: how many can be had now; None: nobody counts."""

    id: int
    inventory_item_id: int
    choices: tuple[str, ...]
    price_minor: int
    compare_at_minor: int | None = None
    sku: str = ""
    barcode: str = ""
    tax_category: str = "standard"
    weight_grams: int = 0
    requires_shipping: bool = True
    continue_selling: bool = False
    image_id: int | None = None
    available: int | None = None

    @property
    def on_sale(self) -> bool:
        """Whether one can be bought now."""
        return self.continue_selling or self.available is None or self.available > 0


class Fact(msgspec.Struct, frozen=True):
    """A metafield."""

    namespace: str
    key: str
    type: str
    value: str


class ProductDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product as pages need it. ``places`` are the collections that it stands in, with its position in each."""

    id: int
    handle: str
    words: dict[str, Words]
    """By language, the shop's own first."""
    variants: tuple[VariantDocument, ...]
    vendor: str = ""
    product_type: str = ""
    tags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    images: tuple[Picture, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    metafields: tuple[Fact, ...] = ()
    published_at: int = 0
    created_at: int = 0
    updated_at: int = 0

    def in_language(self, language: str) -> Words:
        """Its texts for a reader; a language that the shop does not speak gives the shop's own."""
        return self.words.get(language) or next(iter(self.words.values()))

    def facts_in(self, language: str) -> tuple[Fact, ...]:
        """Its metafields for a reader."""
        said = self.in_language(language).facts
        values = (said.get(f"{each.namespace}.{each.key}", each.value) for each in self.metafields)
        return tuple(replace(each, value=value) for each, value in zip(self.metafields, values, strict=True))

    @property
    def price_minor(self) -> int:
        """The least that it costs."""
        return min(variant.price_minor for variant in self.variants)

    @property
    def on_sale(self) -> bool:
        """Whether any of its variants can be bought now."""
        return any(variant.on_sale for variant in self.variants)

    def picture_of(self, variant: VariantDocument) -> Picture | None:
        """The variant's own picture, else the product's first."""
        own = next((picture for picture in self.images if picture.id == variant.image_id), None)
        return own or (self.images[0] if self.images else None)


class CollectionDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A collection as pages need it; what stands in it, the products say."""

    id: int
    handle: str
    words: dict[str, Words]
    sort: Sort = Sort.MANUAL
    updated_at: int = 0

    def in_language(self, language: str) -> Words:
        """Its texts for a reader."""
        return self.words.get(language) or next(iter(self.words.values()))


class ShopDocument(msgspec.Struct, frozen=True):
    """A shop, the hosts that are its own, where it delivers and how, and what it promises."""

    shop: Shop
    hosts: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    policies: tuple[Policy, ...] = ()

    def policy(self, kind: str, language: str) -> Policy | None:
        """A policy for a reader: in their language, else in the first that there is."""
        there = [each for each in self.policies if each.kind == kind]
        return next((each for each in there if each.language == language), there[0] if there else None)


class Slice(NamedTuple):
    """Products of a range of ids. ``last_id`` is the last looked at, also if it is not on sale; 0: none is left."""

    documents: list[ProductDocument]
    last_id: int


def load_shop(view: Reading) -> ShopDocument:
    """This transaction's shop."""
    policies = (replace(each, body_html=clean(each.body_html)) for each in shops.list_policies(view))
    return ShopDocument(
        shops.load(view), tuple(shops.list_hosts(view)), shipping.list_zones(view), tuple(policies)
    )


def load_collections(view: Reading) -> list[CollectionDocument]:
    """All collections of the shop."""
    language = shops.load(view).languages[0]
    found: list[Collection] = []
    while page := catalog.list_collections(view, since_id=found[-1].id if found else 0):
        found += page
    if not found:
        return []
    translations = catalog.translations(view, owner_type="collection", first=found[0].id, last=found[-1].id)
    said = _by_owner(translations, lambda each: each.owner_id)
    return [
        CollectionDocument(
            each.id, each.handle, _in_languages(language, _words_of(each), said.get(each.id, ())), each.sort,
            each.updated_at,
        )
        for each in found
    ]  # fmt: skip


def load_products(view: Reading, *, first: int, last: int, most: int) -> Slice:
    """Products of a range of ids, at most so many, as documents."""
    found = catalog.load_between(view, first=first, last=last, most=most)
    goods = [product for product in found if product.status is Status.ACTIVE]
    if not goods:
        return Slice([], found[-1].id if found else 0)
    first, last = goods[0].id, goods[-1].id
    language = shops.load(view).languages[0]
    translations = catalog.translations(view, owner_type="product", first=first, last=last)
    said = _by_owner(translations, lambda each: each.owner_id)
    metafields = catalog.metafields(view, owner_type="product", first=first, last=last)
    facts = _by_owner(metafields, lambda each: each.owner_id)
    places = _by_owner(catalog.places(view, first=first, last=last), lambda place: place[1])
    free = inventory.available(view, [each.inventory_item_id for product in goods for each in product.variants])
    documents = [
        replace(
            _document(product, free),
            words=_in_languages(language, _words_of(product), said.get(product.id, ())),
            places=tuple((collection_id, position) for collection_id, _, position in places.get(product.id, ())),
            metafields=tuple(
                Fact(each.namespace, each.key, each.type, each.value) for each in facts.get(product.id, ())
            ),
        )
        for product in goods
    ]
    return Slice(documents, found[-1].id)


def _document(product: Product, free: dict[int, int]) -> ProductDocument:
    return ProductDocument(
        product.id, product.handle, {}, tuple(_variant(each, free) for each in product.variants), product.vendor,
        product.product_type, product.tags, product.options, tuple(_picture(image) for image in product.images),
        published_at=product.published_at or 0, created_at=product.created_at, updated_at=product.updated_at,
    )  # fmt: skip


def _variant(variant: Variant, free: dict[int, int]) -> VariantDocument:
    return VariantDocument(
        variant.id, variant.inventory_item_id, variant.choices, variant.price_minor, variant.compare_at_minor,
        variant.sku, variant.barcode, variant.tax_category, variant.weight_grams, variant.requires_shipping,
        variant.continue_selling, variant.image_id, free.get(variant.inventory_item_id),
    )  # fmt: skip


def _picture(image: Image) -> Picture:
    return Picture(image.id, image.path, image.width, image.height)


def _words_of(owner: Product | Collection) -> Words:
    alts = {image.id: image.alt for image in owner.images if image.alt} if isinstance(owner, Product) else {}
    kind = owner.product_type if isinstance(owner, Product) else ""
    seo = owner.seo
    return Words(owner.title, clean(owner.body_html), seo.title, seo.description, alts=alts, product_type=kind)


def _in_languages(language: str, own: Words, said: Iterable[Translation]) -> dict[str, Words]:
    """The texts by language: the shop's own, and those in which anything was said, laid over them."""
    found = {language: own}
    for translation in said:
        words = found.get(translation.language, own)
        found[translation.language] = _said(words, translation.field, translation.value)
    return found


def _said(words: Words, field: str, text: str) -> Words:
    kind, _, name = field.partition(":")
    if kind == "alt":
        return replace(words, alts=words.alts | {int(name): text})
    if kind == "metafield":
        return replace(words, facts=words.facts | {name: text})
    if kind in ("option", "value"):
        return replace(words, options=words.options | {name: text})
    return replace(words, **{field: clean(text) if field == "body_html" else text})


def _by_owner(rows: Iterable[T], owner_of: Callable[[T], int]) -> dict[int, list[T]]:
    groups: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        groups[owner_of(row)].append(row)
    return groups
