"""Opens the demo's shops: hands their goods to the rooms as the commands that a merchant would give.

Every command has a key, so that an opening that was broken off goes on where it stopped; a shop that stands is left as
it is, whatever its merchant has made of it since.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from msgspec.structs import replace

from matjar.compose.demo import model
from matjar.compose.demo.goods import SHOPS, load
from matjar.compose.demo.hanging import hang_pictures, hero_of, path_of, symbol_of
from matjar.compose.demo.model import ShopGoods, Words
from matjar.compose.demo.promises import policies_of
from matjar.core.money import from_text
from matjar.core.tx import Tx
from matjar.domain import catalog, discounts, inventory, shipping, shops, tax
from matjar.storage.desk import Desk, Storage

AT_ONCE = 100
"""Commands on their way together: they share commits, and leave room in the writer's queue."""

P = ParamSpec("P")
T = TypeVar("T")


async def open_demo_shops(storage: Storage, media_folder: Path) -> None:
    """Open those of the demo's shops that do not stand yet: goods, stock, rates, ways to deliver, codes, pictures."""
    ids = {shop.handle: shop.id for shop in await storage.read(0, shops.list_shops)}
    for handle in SHOPS:
        ids.setdefault(handle, max(ids.values(), default=0) + 1)
    at_once = asyncio.Semaphore(AT_ONCE)
    openings = [_Opening(storage.desk(ids[handle]), load(handle), at_once) for handle in SHOPS]
    unfinished = [opening for opening in openings if not await opening.stands()]
    for opening in unfinished:
        await asyncio.to_thread(hang_pictures, opening.goods, media_folder)
    await asyncio.gather(*(opening.open() for opening in unfinished))


class _Opening:
    """One shop on its way into the database."""

    def __init__(self, desk: Desk, goods: ShopGoods, at_once: asyncio.Semaphore) -> None:
        self.goods = goods
        self._desk = desk
        self._at_once = at_once
        self._own, *self._others = goods.languages

    async def stands(self) -> bool:
        """Whether an earlier opening came to its end: then it left this note."""
        question = partial(catalog.metafields, owner_type="shop", first=self._desk.shop_id)
        noted = await self._desk.read(question)
        return any((each.namespace, each.key) == ("demo", "stands") for each in noted)

    async def open(self) -> None:
        """Do all of it, what can be done at once at once."""
        await self._found()
        await asyncio.gather(*(self._promise(*policy) for policy in policies_of(self.goods)))
        locations = await self._open_locations()
        ids = await asyncio.gather(*(self._put_on_sale(product, locations) for product in self.goods.products))
        products = dict(zip((product.handle for product in self.goods.products), ids, strict=True))
        opened = await asyncio.gather(*(self._gather(collection, products) for collection in self.goods.collections))
        collections = dict(zip((each.handle for each in self.goods.collections), opened, strict=True))
        await asyncio.gather(
            *(self._draw_zone(zone, locations) for zone in self.goods.zones),
            *(self._offer(discount, collections) for discount in self.goods.discounts),
        )
        await self._submit(catalog.set_metafield, "stands")(
            owner_type="shop", owner_id=self._desk.shop_id, namespace="demo", key="stands", type="boolean", value="true"
        )

    async def _found(self) -> None:
        goods = self.goods
        settings = replace(
            goods.settings,
            names=goods.name.by_language(),
            logo=symbol_of(goods),
            hero={language: hero_of(goods, language) for language in goods.languages},
        )
        if not any(shop.handle == goods.handle for shop in await self._desk.read(shops.list_shops)):
            await self._submit(shops.create)(
                handle=goods.handle, name=self._say(goods.name), currency=goods.currency, country=goods.country,
                time_zone=goods.time_zone, languages=goods.languages, settings=settings,
            )  # fmt: skip
        countries = tuple(dict.fromkeys(registration.country for registration in settings.registrations))
        await self._submit(tax.install_rates, "rates")(countries=countries)

    async def _promise(self, kind: shops.PolicyKind, language: str, body_html: str) -> None:
        await self._submit(shops.write_policy, f"{kind}:{language}")(kind=kind, language=language, body_html=body_html)

    async def _open_locations(self) -> dict[str, int]:
        found = {}
        for place, location in enumerate(self.goods.locations):
            made = await self._submit(inventory.create_location, location.key)(
                name=self._say(location.name), address=location.address, priority=place, pickup=location.pickup
            )
            for language in self._others:
                await self._translate("location", made.id, language, {"title": location.name.by_language()[language]})
            found[location.key] = made.id
        return found

    async def _put_on_sale(self, product: model.Product, locations: dict[str, int]) -> int:
        say = self._say
        made = await self._submit(catalog.create_product, product.handle)(
            handle=product.handle, title=say(product.title), body_html=say(product.body_html), vendor=product.vendor,
            product_type=say(product.product_type), tags=product.tags, seo=self._seo(product.seo),
            options=tuple(self._option(option) for option in product.options),
            variants=tuple(self._variant(variant, product.tax_category) for variant in product.variants),
            images=tuple(
                catalog.NewImage(path_of(self.goods, picture), say(picture.alt), 800, 800)
                for picture in product.pictures
            ),
        )  # fmt: skip
        await asyncio.gather(
            *(self._note(made.id, product.handle, fact) for fact in product.facts),
            *self._stock(product, made, tuple(locations.values())),
        )
        for language in self._others:
            texts = _texts(product, made, self._own, language)
            await self._translate("product", made.id, language, texts)
        return made.id

    def _stock(
        self, product: model.Product, made: catalog.Product, locations: tuple[int, ...]
    ) -> Iterable[Coroutine[Any, Any, object]]:
        for variant, written in zip(product.variants, made.variants, strict=True):
            for location_id, count in zip(locations, variant.stock, strict=True):
                key = f"{variant.sku}:{location_id}"
                yield self._submit(inventory.set_stock, key)(
                    inventory_item_id=written.inventory_item_id, location_id=location_id, on_hand=count
                )

    async def _note(self, product_id: int, handle: str, fact: model.Fact) -> None:
        await self._submit(catalog.set_metafield, f"{handle}:{fact.namespace}.{fact.key}")(
            owner_type="product", owner_id=product_id, namespace=fact.namespace, key=fact.key, type=fact.type,
            value=self._say(fact.value),
        )  # fmt: skip

    async def _gather(self, collection: model.Collection, products: dict[str, int]) -> int:
        conditions = tuple(self._condition(condition) for condition in collection.conditions)
        made = await self._submit(catalog.create_collection, collection.handle)(
            handle=collection.handle, title=self._say(collection.title), body_html=self._say(collection.body_html),
            rule=catalog.Rule(conditions) if conditions else None, sort=catalog.Sort(collection.sort),
            seo=self._seo(collection.seo),
        )  # fmt: skip
        if collection.products:
            chosen = tuple(products[handle] for handle in collection.products)
            await self._submit(catalog.put_in_collection, collection.handle)(collection_id=made.id, product_ids=chosen)
        for language in self._others:
            await self._translate("collection", made.id, language, _words(collection, language))
        return made.id

    async def _draw_zone(self, zone: model.Zone, locations: dict[str, int]) -> None:
        methods = tuple(
            shipping.Method(
                method.key, shipping.MethodKind(method.kind), method.name.by_language(), method.price_minor,
                tuple(shipping.Step(step.up_to_grams, step.price_minor) for step in method.steps),
                method.free_over_minor, method.days_min, method.days_max, locations.get(method.location),
            )
            for method in zone.methods
        )  # fmt: skip
        name = self._say(zone.name)
        await self._submit(shipping.set_zone, zone.name.en)(name=name, places=zone.places, methods=methods)

    async def _offer(self, discount: model.Discount, collections: dict[str, int]) -> None:
        terms = discounts.Terms(
            discounts.DiscountKind(discount.kind), discount.value_ppm, discount.amount_minor, discount.minimum_minor,
            discount.usage_limit, discount.per_buyer_limit,
            collection_ids=tuple(collections[handle] for handle in discount.collections),
        )  # fmt: skip
        await self._submit(discounts.create, discount.code)(code=discount.code, terms=terms)

    async def _translate(self, owner_type: str, owner_id: int, language: str, texts: dict[str, str]) -> None:
        await self._submit(catalog.translate, f"{owner_id}:{language}")(
            owner_type=owner_type, owner_id=owner_id, language=language, texts=texts
        )

    def _say(self, words: Words) -> str:
        return words.by_language()[self._own]

    def _seo(self, seo: model.Seo) -> catalog.Seo:
        return catalog.Seo(self._say(seo.title), self._say(seo.description))

    def _option(self, option: model.Option) -> catalog.Option:
        named = [(self._say(value.name), value.colour.lower()) for value in option.values]
        colours = {name: colour for name, colour in named if colour}
        return catalog.Option(self._say(option.name), tuple(name for name, _ in named), colours)

    def _variant(self, variant: model.Variant, tax_category: str) -> catalog.NewVariant:
        return catalog.NewVariant(
            variant.price_minor, tuple(self._say(choice) for choice in variant.choices), variant.compare_at_minor,
            variant.sku, variant.barcode, tax_category, variant.weight_grams, variant.requires_shipping,
            variant.continue_selling, picture=variant.picture,
        )  # fmt: skip

    def _condition(self, condition: model.Condition) -> catalog.Condition:
        field = {"product_type": "type"}.get(condition.field, condition.field)
        value = str(from_text(condition.value, self.goods.currency)) if field == "price" else condition.value
        return catalog.Condition(field, condition.relation, value)

    def _submit(
        self, verb: Callable[Concatenate[Tx, P], T], key: str = ""
    ) -> Callable[P, Coroutine[Any, Any, T]]:
        """The desk's submit, with a key of the demo's own and not too much on its way at once."""

        async def submit(*nothing: P.args, **arguments: P.kwargs) -> T:
            async with self._at_once:
                named = f"demo:{verb.__name__}:{key}" if key else ""
                return await self._desk.submit(verb, key=named)(*nothing, **arguments)

        return submit


def _texts(product: model.Product, made: catalog.Product, own: str, language: str) -> dict[str, str]:
    """What the product says in another language."""
    names = [option.name for option in product.options]
    values = [value.name for option in product.options for value in option.values]
    texts = _words(product, language) | {"product_type": product.product_type.by_language()[language]}
    texts |= {f"option:{name.by_language()[own]}": name.by_language()[language] for name in names}
    texts |= {f"value:{value.by_language()[own]}": value.by_language()[language] for value in values}
    pictures = zip(product.pictures, made.images, strict=True)
    texts |= {f"alt:{image.id}": picture.alt.by_language()[language] for picture, image in pictures}
    return texts | {
        f"metafield:{fact.namespace}.{fact.key}": fact.value.by_language()[language] for fact in product.facts
    }


def _words(owner: model.Product | model.Collection, language: str) -> dict[str, str]:
    return {
        "title": owner.title.by_language()[language],
        "body_html": owner.body_html.by_language()[language],
        "seo_title": owner.seo.title.by_language()[language],
        "seo_description": owner.seo.description.by_language()[language],
    }
