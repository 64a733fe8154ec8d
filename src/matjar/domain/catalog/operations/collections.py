"""What is done with collections."""

from msgspec.structs import replace

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Tx
from matjar.domain.catalog import events, model, queries, rules
from matjar.domain.catalog.model import NO_SEO, Collection, CollectionEdit, Rule, Seo, Sort
from matjar.domain.catalog.operations import handles
from matjar.domain.catalog.store import collections, products, words

_LAST = 1 << 62


def create_collection(
    tx: Tx,
    *,
    title: str,
    handle: str = "",
    body_html: str = "",
    rule: Rule | None = None,
    sort: Sort = Sort.MANUAL,
    seo: Seo = NO_SEO,
) -> Collection:
    """Open a collection; one with a rule fills itself."""
    made = Collection(
        tx.new_id(), handle or rules.handle_of(rules.check_title(title)), title.strip(), body_html, rule, sort, seo,
        tx.now, tx.now, tx.now,
    )  # fmt: skip
    _write(tx, made)
    tx.emit(events.CollectionCreated(made.id))
    return made


def update_collection(tx: Tx, *, collection_id: int, edit: CollectionEdit) -> Collection:
    """Change a collection; another rule fills it anew, and without one what stands in it stays."""
    before = queries.load_collection(tx, collection_id=collection_id)
    changed = replace(rules.edited(before, edit), updated_at=tx.now)
    _write(tx, changed)
    handles.leave(tx, owner_type="collection", owner_id=collection_id, before=before.handle, after=changed.handle)
    tx.emit(events.CollectionChanged(collection_id))
    return changed


def remove_collection(tx: Tx, *, collection_id: int) -> None:
    """Close a collection; the goods stay."""
    handle = queries.load_collection(tx, collection_id=collection_id).handle
    collections.take_out(tx, [(collection_id, product_id) for product_id in collections.members(tx, collection_id)])
    words.remove_all(tx, "collection", collection_id)
    collections.remove(tx, collection_id)
    handles.leave_for_good(tx, owner_type="collection", owner_id=collection_id, handle=handle)
    tx.emit(events.CollectionRemoved(collection_id))


def put_in_collection(tx: Tx, *, collection_id: int, product_ids: tuple[int, ...]) -> None:
    """Add goods by hand, in this order, after those that are there; refuses ``catalog.by_rule``."""
    _load_filled_by_hand(tx, collection_id)
    there = collections.members(tx, collection_id)
    end = max(there.values(), default=0)
    added = [product_id for product_id in dict.fromkeys(product_ids) if product_id not in there]
    for product_id in added:
        queries.load_product(tx, product_id=product_id)
    collections.place(tx, [(collection_id, each, end + place) for place, each in enumerate(added, start=1)])
    tx.emit(events.CollectionChanged(collection_id))


def take_from_collection(tx: Tx, *, collection_id: int, product_ids: tuple[int, ...]) -> None:
    """Take goods out that were put in by hand; refuses ``catalog.by_rule``."""
    _load_filled_by_hand(tx, collection_id)
    collections.take_out(tx, [(collection_id, product_id) for product_id in product_ids])
    tx.emit(events.CollectionChanged(collection_id))


def arrange_collection(tx: Tx, *, collection_id: int, product_ids: tuple[int, ...]) -> None:
    """Show these first, in this order, wherever the collection is sorted by hand; the others follow as they were."""
    queries.load_collection(tx, collection_id=collection_id)
    there = collections.members(tx, collection_id)
    order = [each for each in dict.fromkeys(product_ids) if each in there]
    order += [each for each in there if each not in set(order)]
    collections.place(tx, [(collection_id, each, place) for place, each in enumerate(order, start=1)])
    tx.emit(events.CollectionChanged(collection_id))


def _load_filled_by_hand(tx: Tx, collection_id: int) -> None:
    collection = queries.load_collection(tx, collection_id=collection_id)
    if collection.rule is not None:
        raise model.BY_RULE(title=collection.title)


def _write(tx: Tx, collection: Collection) -> None:
    """Check and write a collection, and fill it if it has a rule."""
    rules.check_collection(collection)
    if collections.find_id(tx, collection.handle) not in (None, collection.id):
        raise model.HANDLE_TAKEN(handle=collection.handle).at("handle")
    collections.save(tx, collection)
    if collection.rule is not None:
        _fill(tx, collection.id, collection.rule)


def _fill(tx: Tx, collection_id: int, rule: Rule) -> None:
    """Put in what the rule wants and take out what it does not, going through the whole catalogue."""
    there = collections.members(tx, collection_id)
    wanted: set[int] = set()
    after = 0
    while page := products.load_between(tx, after + 1, _LAST, PAGE_ROWS):
        wanted |= {product.id for product in page if rules.belongs(product, rule)}
        after = page[-1].id
    collections.place(tx, [(collection_id, each, each) for each in sorted(wanted - there.keys())])
    collections.take_out(tx, [(collection_id, each) for each in sorted(there.keys() - wanted)])
