"""The SQL of words about goods and others: metafields and translations."""

from collections.abc import Iterable
from typing import Any

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.catalog.model import Metafield, Translation

_METAFIELDS = """
    SELECT owner_type, owner_id, namespace, key, type, value FROM metafields
    WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id >= :first AND owner_id <= :last
    ORDER BY owner_id, namespace, key LIMIT 100000
"""
_SAVE_METAFIELD = """
    INSERT INTO metafields (shop_id, owner_type, owner_id, namespace, key, type, value)
    VALUES (:shop_id, :owner_type, :owner_id, :namespace, :key, :type, :value)
    ON CONFLICT (shop_id, owner_type, owner_id, namespace, key) DO UPDATE SET type = excluded.type,
        value = excluded.value
"""
_REMOVE_METAFIELD = """
    DELETE FROM metafields WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id = :owner_id
        AND namespace = :namespace AND key = :key
"""
_TRANSLATIONS = """
    SELECT owner_type, owner_id, language, field, value FROM translations
    WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id >= :first AND owner_id <= :last
    ORDER BY owner_id, language, field LIMIT 100000
"""
_SAVE_TRANSLATION = """
    INSERT INTO translations (shop_id, owner_type, owner_id, language, field, value)
    VALUES (:shop_id, :owner_type, :owner_id, :language, :field, :value)
    ON CONFLICT (shop_id, owner_type, owner_id, language, field) DO UPDATE SET value = excluded.value
"""
_REMOVE_TRANSLATION = """
    DELETE FROM translations WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id = :owner_id
        AND language = :language AND field = :field
"""
_REMOVE_WORDS = (
    "DELETE FROM metafields WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id = :owner_id",
    "DELETE FROM translations WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id = :owner_id",
)


def metafields(view: Reading, owner_type: str, first: int, last: int) -> list[Metafield]:
    """Facts about owners in a range of ids."""
    return [Metafield(*row) for row in view.all(_METAFIELDS, owner_type=owner_type, first=first, last=last)]


def save_metafield(tx: Tx, metafield: Metafield) -> None:
    """Write a fact."""
    tx.run(_SAVE_METAFIELD, **msgspec.structs.asdict(metafield))


def remove_metafield(tx: Tx, **named: Any) -> None:
    """Delete a fact."""
    tx.run(_REMOVE_METAFIELD, **named)


def translations(view: Reading, owner_type: str, first: int, last: int) -> list[Translation]:
    """Texts in other languages, of owners in a range of ids."""
    return [Translation(*row) for row in view.all(_TRANSLATIONS, owner_type=owner_type, first=first, last=last)]


def save_translations(tx: Tx, translations: Iterable[Translation]) -> None:
    """Write texts in another language; an empty one is deleted."""
    rows = [msgspec.structs.asdict(each) for each in translations]
    tx.run_many(_SAVE_TRANSLATION, [row for row in rows if row["value"]])
    tx.run_many(_REMOVE_TRANSLATION, [row for row in rows if not row["value"]])


def remove_all(tx: Tx, owner_type: str, owner_id: int) -> None:
    """Delete the metafields and translations of an owner that goes."""
    for statement in _REMOVE_WORDS:
        tx.run(statement, owner_type=owner_type, owner_id=owner_id)
