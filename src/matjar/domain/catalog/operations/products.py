"""What is done with products, their variants and images.

Every change is worked out as the product that it shall be, checked as a whole, and written where it differs; then its
place in the collections that fill themselves is taken anew.
"""

from msgspec.structs import replace

from matjar.core.tx import Tx
from matjar.domain.catalog import events, model, queries, rules
from matjar.domain.catalog.model import (
    NO_SEO,
    Image,
    NewImage,
    NewVariant,
    Option,
    Product,
    ProductEdit,
    Seo,
    Status,
    Variant,
    VariantEdit,
)
from matjar.domain.catalog.operations import handles
from matjar.domain.catalog.store import collections, products, words


def create_product(
    tx: Tx,
    *,
    title: str,
    variants: tuple[NewVariant, ...],
    handle: str = "",
    body_html: str = "",
    vendor: str = "",
    product_type: str = "",
    status: Status = Status.ACTIVE,
    tags: tuple[str, ...] = (),
    options: tuple[Option, ...] = (),
    images: tuple[NewImage, ...] = (),
    seo: Seo = NO_SEO,
) -> Product:
    """Take goods into the catalogue; a handle that is not given is made of the title."""
    product_id = tx.new_id()
    product = Product(
        product_id, handle or _free_handle(tx, rules.check_title(title), product_id), title.strip(), body_html, vendor,
        product_type, status, rules.check_tags(tags), options, seo,
        tx.now if status is Status.ACTIVE else None, tx.now, tx.now,
        images=tuple(_new_image(tx, product_id, image) for image in images),
    )  # fmt: skip
    product = replace(product, variants=tuple(_new_variant(tx, product, variant) for variant in variants))
    return _write(tx, None, product)


def update_product(tx: Tx, *, product_id: int, edit: ProductEdit) -> Product:
    """Change a product's texts, handle, tags; refuses ``catalog.not_found`` and what a product may not be."""
    before = queries.load_product(tx, product_id=product_id)
    after = rules.edited(before, edit)
    return _write(tx, before, replace(after, title=after.title.strip(), tags=rules.check_tags(after.tags)))


def set_status(tx: Tx, *, product_id: int, status: Status) -> Product:
    """Put a product on sale, or take it from there."""
    before = queries.load_product(tx, product_id=product_id)
    published_at = (before.published_at or tx.now) if status is Status.ACTIVE else None
    return _write(tx, before, replace(before, status=status, published_at=published_at))


def set_options(
    tx: Tx, *, product_id: int, options: tuple[Option, ...], choices: dict[int, tuple[str, ...]]
) -> Product:
    """Choose by other options: ``choices`` says, for each variant's id, its values under the new ones."""
    before = queries.load_product(tx, product_id=product_id)
    variants = (replace(each, choices=choices.get(each.id, each.choices)) for each in before.variants)
    return _write(tx, before, replace(before, options=options, variants=tuple(variants)))


def remove_product(tx: Tx, *, product_id: int) -> None:
    """Take a product out of the catalogue for good. Orders keep what they say of it."""
    product = queries.load_product(tx, product_id=product_id)
    variant_ids = [variant.id for variant in product.variants]
    products.remove_parts(tx, variant_ids=variant_ids, image_ids=[image.id for image in product.images])
    collections.take_out(tx, [place[:2] for place in collections.places(tx, product_id, product_id)])
    for variant_id in variant_ids:
        words.remove_all(tx, "variant", variant_id)
    words.remove_all(tx, "product", product_id)
    products.remove(tx, product_id)
    handles.leave_for_good(tx, owner_type="product", owner_id=product_id, handle=product.handle)
    tx.emit(events.ProductRemoved(product_id))


def add_variants(tx: Tx, *, product_id: int, variants: tuple[NewVariant, ...]) -> Product:
    """Offer more choices; values that an option has not yet are added to it."""
    before = queries.load_product(tx, product_id=product_id)
    added = tuple(_new_variant(tx, before, variant) for variant in variants)
    return _write(tx, before, replace(before, variants=before.variants + added))


def update_variant(tx: Tx, *, variant_id: int, edit: VariantEdit) -> Product:
    """Change one variant; refuses ``catalog.no_variant``, ``catalog.no_image``."""
    before, variant = queries.load_variant(tx, variant_id=variant_id)
    after = rules.edited(variant, edit)
    if after.image_id is not None and after.image_id not in {image.id for image in before.images}:
        raise model.NO_IMAGE().at("image_id")
    variants = tuple(after if each.id == variant_id else each for each in before.variants)
    return _write(tx, before, replace(before, variants=variants))


def set_price(tx: Tx, *, variant_id: int, price_minor: int, compare_at_minor: int | None = None) -> Product:
    """Change what a variant costs, and what it is said to have cost before."""
    edit = VariantEdit(price_minor=price_minor, compare_at_minor=compare_at_minor)
    return update_variant(tx, variant_id=variant_id, edit=edit)


def remove_variants(tx: Tx, *, product_id: int, variant_ids: tuple[int, ...]) -> Product:
    """Offer fewer choices; refuses ``catalog.last_variant``."""
    before = queries.load_product(tx, product_id=product_id)
    kept = tuple(variant for variant in before.variants if variant.id not in variant_ids)
    for variant_id in variant_ids:
        words.remove_all(tx, "variant", variant_id)
    return _write(tx, before, replace(before, variants=kept))


def add_image(tx: Tx, *, product_id: int, image: NewImage) -> Product:
    """Show one more picture, after the others."""
    before = queries.load_product(tx, product_id=product_id)
    return _write(tx, before, replace(before, images=(*before.images, _new_image(tx, product_id, image))))


def arrange_images(tx: Tx, *, product_id: int, image_ids: tuple[int, ...]) -> Product:
    """Show just these pictures, in this order; the others go."""
    before = queries.load_product(tx, product_id=product_id)
    known = {image.id: image for image in before.images}
    if not known.keys() >= set(image_ids):
        raise model.NO_IMAGE().at("image_ids")
    images = tuple(known[image_id] for image_id in dict.fromkeys(image_ids))
    gone = known.keys() - set(image_ids)
    variants = (replace(each, image_id=None) if each.image_id in gone else each for each in before.variants)
    return _write(tx, before, replace(before, images=images, variants=tuple(variants)))


def _free_handle(tx: Tx, title: str, product_id: int) -> str:
    """The title's handle, with a number behind it where it is taken."""
    handle = rules.handle_of(title)
    tried = (handle, *(f"{handle}-{number}" for number in range(1, 10)))
    return next((each for each in tried if products.find_id(tx, handle=each) is None), f"{handle}-{product_id}")


def _new_variant(tx: Tx, product: Product, new: NewVariant) -> Variant:
    if new.picture is not None and not 0 <= new.picture < len(product.images):
        raise model.NO_IMAGE().at("variants.picture")
    image_id = None if new.picture is None else product.images[new.picture].id
    return Variant(
        tx.new_id(), product.id, tx.new_id(), 0, " / ".join(new.choices), new.choices, new.sku, new.barcode,
        new.price_minor, new.compare_at_minor, new.tax_category, new.weight_grams, new.requires_shipping,
        new.continue_selling, image_id, tx.now, tx.now, new.tracked, new.cost_minor,
    )  # fmt: skip


def _new_image(tx: Tx, product_id: int, new: NewImage) -> Image:
    rules.check_image(new)
    return Image(tx.new_id(), product_id, 0, new.path, new.alt, new.width, new.height, tx.now)


def _write(tx: Tx, before: Product | None, wanted: Product) -> Product:
    """Check a product as a whole, write what differs, announce it, and give it its place in collections by rule."""
    if not wanted.variants:
        raise model.LAST_VARIANT().at("variants")
    had: set[Variant | Image] = {*before.variants, *before.images} if before else set()
    after = rules.arranged(wanted)
    variants = tuple(each if each in had else replace(each, updated_at=tx.now) for each in after.variants)
    after = replace(after, variants=variants, updated_at=tx.now)
    rules.check_product(after)
    if products.find_id(tx, handle=after.handle) not in (None, after.id):
        raise model.HANDLE_TAKEN(handle=after.handle).at("handle")
    changed = [each for each in variants if each not in had]
    products.save(tx, after, changed, [image for image in after.images if image not in had])
    if before:
        _remove_missing(tx, before, after)
        handles.leave(tx, owner_type="product", owner_id=after.id, before=before.handle, after=after.handle)
    _place_by_rule(tx, after)
    tx.emit(events.ProductChanged(after.id) if before else events.ProductCreated(after.id))
    return after


def _remove_missing(tx: Tx, before: Product, after: Product) -> None:
    variant_ids = {variant.id for variant in before.variants} - {variant.id for variant in after.variants}
    image_ids = {image.id for image in before.images} - {image.id for image in after.images}
    products.remove_parts(tx, variant_ids=sorted(variant_ids), image_ids=sorted(image_ids))


def _place_by_rule(tx: Tx, product: Product) -> None:
    """Take the product's place in each collection with a rule, and give up those that are not for it any more."""
    ruled = {each.id: each.rule for each in collections.list_by_rule(tx) if each.rule}
    if not ruled:
        return
    there = {collection_id for collection_id, _, _ in collections.places(tx, product.id, product.id)}
    wanted = {collection_id for collection_id, rule in ruled.items() if rules.belongs(product, rule)}
    collections.place(tx, [(collection_id, product.id, product.id) for collection_id in sorted(wanted - there)])
    collections.take_out(tx, [(each, product.id) for each in sorted(there & ruled.keys() - wanted)])
