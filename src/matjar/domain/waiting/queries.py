"""Questions about what people wait for."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory
from matjar.domain.waiting import store


def list_wanted(view: Reading, *, after: int = 0) -> dict[int, bool]:
    """Variants that somebody waits for, a page of them behind one, and whether each can be bought again."""
    return {variant_id: is_there(view, variant_id) for variant_id in store.variants(view, after, PAGE_ROWS)}


def titles_of(view: Reading, variant_id: int) -> dict[str, str]:
    """What the product of a variant is called, by language; without one, in the shop's own."""
    product, _ = catalog.load_variant(view, variant_id=variant_id)
    said = catalog.translations(view, owner_type="product", first=product.id)
    return {"": product.title} | {each.language: each.value for each in said if each.field == "title"}


def is_there(view: Reading, variant_id: int) -> bool:
    """Whether one can be bought now."""
    sellable = catalog.load_sellable(view, variant_ids=[variant_id]).get(variant_id)
    if sellable is None:
        return False
    left = inventory.available(view, [sellable.inventory_item_id]).get(sellable.inventory_item_id)
    return sellable.continue_selling or left is None or left > 0
