"""What products are found by: their words, in columns by how much they say, and the vocabulary of each shop's names.

The vocabulary serves those who misspell: with it is kept which words have which pairs of letters, so that the few that
are like a misspelt one are found without looking at all others.
"""

from collections import Counter
from typing import Any

import msgspec

from matjar.edge.catalogue.documents import ProductDocument
from matjar.edge.catalogue.folding import grams, plain, terms

SCHEMA = """
    CREATE VIRTUAL TABLE words USING fts5 (
        shop, title, about, body, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61'
    );
    CREATE TABLE vocabulary (
        shop_id INTEGER NOT NULL, word TEXT NOT NULL, products INTEGER NOT NULL, PRIMARY KEY (shop_id, word)
    ) WITHOUT ROWID;
    CREATE TABLE gram (
        shop_id INTEGER NOT NULL, gram TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (shop_id, gram, word)
    ) WITHOUT ROWID;
"""
"""``words`` has a row for each product, under its key; the first column names the shop."""

SPELT = range(3, 21)
"""How long a word is that is looked for in other spellings: of a shorter one everything is like it."""

_ADD = "INSERT INTO words (rowid, shop, title, about, body) VALUES (?, ?, ?, ?, ?)"
_REMOVE = "DELETE FROM words WHERE rowid = ?"
_COUNT = """
    INSERT INTO vocabulary (shop_id, word, products) VALUES (?, ?, ?)
    ON CONFLICT (shop_id, word) DO UPDATE SET products = products + excluded.products
"""
_KNOWN = "SELECT products FROM vocabulary WHERE shop_id = ? AND word = ?"
_FORGET = "DELETE FROM vocabulary WHERE shop_id = ? AND word = ?"
_ADD_GRAM = "INSERT OR IGNORE INTO gram (shop_id, gram, word) VALUES (?, ?, ?)"
_REMOVE_GRAM = "DELETE FROM gram WHERE shop_id = ? AND gram = ? AND word = ?"

_product = msgspec.msgpack.Decoder(ProductDocument).decode


class Indexing:
    """One shop's batch on its way into the index; ``settle`` writes what it does to the vocabulary."""

    def __init__(self, execute: Any, shop_id: int) -> None:
        self._execute = execute
        self._shop_id = shop_id
        self._changes = Counter[str]()

    def add(self, key: int, product: ProductDocument) -> None:
        """Find this product from now on."""
        title, about = names_of(product)
        body = " ".join(" ".join(terms(plain(words.body_html))) for words in product.words.values())
        self._execute(_ADD, (key, f"s{self._shop_id}", " ".join(title), " ".join(about), body))
        self._changes.update(_spelt(title, about))

    def remove(self, key: int, content: bytes) -> None:
        """Find it no more; ``content`` is its document."""
        self._execute(_REMOVE, (key,))
        self._changes.subtract(_spelt(*names_of(_product(content))))

    def settle(self) -> None:
        """Write which words came and went."""
        for word, change in self._changes.items():
            known = self._execute(_KNOWN, (self._shop_id, word)).fetchone()
            before = known[0] if known else 0
            if change and before + change > 0:
                self._execute(_COUNT, (self._shop_id, word, change))
            elif known and change:
                self._execute(_FORGET, (self._shop_id, word))
            if (before > 0) != (before + change > 0):
                statement = _REMOVE_GRAM if before else _ADD_GRAM
                for gram in grams(word):
                    self._execute(statement, (self._shop_id, gram, word))
        self._changes.clear()


def forget_shop(execute: Any, shop_id: int) -> None:
    """Find nothing of a shop any more; before its products are forgotten."""
    execute("DELETE FROM words WHERE rowid IN (SELECT key FROM product WHERE shop_id = ?)", (shop_id,))
    execute("DELETE FROM vocabulary WHERE shop_id = ?", (shop_id,))
    execute("DELETE FROM gram WHERE shop_id = ?", (shop_id,))


def names_of(product: ProductDocument) -> tuple[list[str], list[str]]:
    """What it is called, and what is said about it in few words, in all languages."""
    said = product.words.values()
    about = [product.vendor, *product.tags]
    about += [value for option in product.options for value in option.values]
    about += [name for words in said for name in (words.product_type, *words.options.values(), words.seo_title)]
    about += [code for variant in product.variants for code in (variant.sku, variant.barcode)]
    return terms(" ".join(words.title for words in said)), terms(" ".join(about))


def _spelt(title: list[str], about: list[str]) -> set[str]:
    """The words that can be misspelt. A code cannot: it is right, or another one."""
    return {word for word in (*title, *about) if len(word) in SPELT and word.isalpha()}
