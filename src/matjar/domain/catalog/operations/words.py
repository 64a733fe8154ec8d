"""What is said about the goods beside their own texts: translations and metafields."""

from matjar.core.tx import Tx
from matjar.domain import shops
from matjar.domain.catalog import events, model, queries, rules
from matjar.domain.catalog.model import Metafield, Translation
from matjar.domain.catalog.store import words


def translate(tx: Tx, *, owner_type: str, owner_id: int, language: str, texts: dict[str, str]) -> None:
    """Say a product, a collection or a location in another language of the shop; an empty text is taken back.

    Refuses ``catalog.bad_language``, ``catalog.bad_field``, ``catalog.bad_owner``, ``catalog.too_long``.
    """
    if language not in shops.load(tx).languages[1:]:
        raise model.BAD_LANGUAGE(language=language[:20]).at("language")
    if owner_type not in ("product", "collection", "location"):
        raise model.BAD_OWNER(owner_type=owner_type[:50]).at("owner_type")
    product = queries.load_product(tx, product_id=owner_id) if owner_type == "product" else None
    metafields = words.metafields(tx, owner_type, owner_id, owner_id)
    for field, text in texts.items():
        rules.check_field(field, product, metafields)
        rules.check_text(text, f"texts.{field}", rules.BODY)
    _announce(tx, owner_type, owner_id)
    words.save_translations(tx, [Translation(owner_type, owner_id, language, *text) for text in texts.items()])


def set_metafield(
    tx: Tx, *, owner_type: str, owner_id: int, namespace: str, key: str, type: str, value: str  # noqa: A002 - its name
) -> Metafield:
    """Note a fact that the platform has no field for; refuses ``catalog.bad_metafield``, ``catalog.bad_owner``."""
    metafield = Metafield(owner_type, owner_id, namespace, key, type, value)
    rules.check_metafield(metafield)
    _announce(tx, owner_type, owner_id)
    words.save_metafield(tx, metafield)
    return metafield


def remove_metafield(tx: Tx, *, owner_type: str, owner_id: int, namespace: str, key: str) -> None:
    """Forget such a fact."""
    _announce(tx, owner_type, owner_id)
    words.remove_metafield(tx, owner_type=owner_type, owner_id=owner_id, namespace=namespace, key=key)


def _announce(tx: Tx, owner_type: str, owner_id: int) -> None:
    """See that the owner is there, as far as it is of this room, and say that it has changed."""
    match owner_type:
        case "product":
            tx.emit(events.ProductChanged(queries.load_product(tx, product_id=owner_id).id))
        case "variant":
            tx.emit(events.ProductChanged(queries.load_variant(tx, variant_id=owner_id)[0].id))
        case "collection":
            tx.emit(events.CollectionChanged(queries.load_collection(tx, collection_id=owner_id).id))
        case "shop" | "location" | "order" | "customer":
            tx.emit(events.MetafieldChanged(owner_type, owner_id))
        case _:
            raise model.BAD_OWNER(owner_type=owner_type[:50]).at("owner_type")
