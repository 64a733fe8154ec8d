"""Search: the products that words mean, the best first, however they are spelt.

What is typed is tried from the strictest meaning to the loosest, and the first that finds anything is taken: all words
in what products are called; all words anywhere; all words as if misspelt; the same keys on the other keyboard; and at
last as many of the words as names have. Within a meaning, whole words in titles come first, then whole words in names,
then beginnings of words; in each of these, what can be bought, then by BM25.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from matjar.edge.catalogue.folding import grams, split, stem
from matjar.edge.catalogue.lookups import ORDERS, Sought

WORDS = 8
"""That count of what is typed; more is a sentence."""
MEANT = 8
"""Words of the shop's that a misspelt one may have been."""
_LITTLE = 2
"""Letters of a word that alone says nothing: half of all names have one like it."""
_COMPARED = 2_000
"""Products that are weighed against each other: where more are meant, a word more is what helps."""
_ALIKE = 40
"""Words that have the most pairs of letters in common with a misspelt one: these are compared letter by letter."""

TITLE, NAMES, ANYWHERE = "{title}", "{title about}", "{title about body}"

_SORTED = """
    SELECT p.id FROM words w JOIN product p ON p.key = w.rowid
    WHERE words MATCH :match AND p.shop_id = :shop_id AND p.on_sale >= :on_sale
    ORDER BY {order} LIMIT :most OFFSET :skip
"""
_BEST = """
    SELECT p.id FROM (
        SELECT rowid AS key, BM25(words, 0.0, 10.0, 4.0, 1.0) AS score
        FROM words WHERE words MATCH :match LIMIT :compared
    ) w JOIN product p USING (key)
    WHERE p.shop_id = :shop_id AND p.on_sale >= :on_sale
    ORDER BY p.on_sale DESC, w.score, p.id LIMIT :most
"""
_COUNT = "SELECT COUNT(*) FROM words WHERE words MATCH :match"
_COUNT_ON_SALE = """
    SELECT COUNT(*) FROM words w JOIN product p ON p.key = w.rowid
    WHERE words MATCH :match AND p.shop_id = :shop_id AND p.on_sale
"""
_ALIKE_WORDS = """
    SELECT word FROM gram WHERE shop_id = ? AND gram IN ({marks})
    GROUP BY word ORDER BY COUNT(*) - LENGTH(word) / 2.0 DESC, word LIMIT {most:d}
"""
_JOINED = "SELECT 1 FROM vocabulary WHERE shop_id = ? AND word >= ? AND word < ? LIMIT 1"

Ask = Callable[[str, Any], list[Any]]
"""Puts a question to the catalogue's file."""


class Meaning(msgspec.Struct, frozen=True):
    """One way to understand what was typed, in FTS5's words (sqlite.org/fts5.html, 3): all of it, and its best."""

    everything: str
    best: tuple[str, ...] = ()


class Search:
    """Search in one shop."""

    def __init__(self, ask: Ask, shop_id: int) -> None:
        self._ask = ask
        self._shop_id = shop_id

    def find(self, sought: Sought, *, most: int, skip: int = 0) -> tuple[list[int], int]:
        """The products of one page, and how many there are on all of them."""
        for meaning in self._meanings(sought.words):
            total = self._count(meaning.everything, sought)
            if total:
                return self._page(meaning, sought, most, skip), total
        return [], 0

    def _meanings(self, typed: str) -> Iterator[Meaning]:
        """From the strictest to the loosest; each is made only when those before it have found nothing."""
        words = split(typed)[:WORDS]
        if not words:
            return
        yield from self._as_spelt(words)
        from matjar.edge.catalogue.spelling import relaid  # noqa: PLC0415 - only who mistypes needs it

        meant = [self._meant(word) for word in words]
        groups = [_any(_begun(word), *map(_quoted, other)) for word, other in zip(words, meant, strict=True)]
        if any(meant):
            yield Meaning(self._within(NAMES, _all(groups)))
            yield Meaning(self._within(ANYWHERE, _all(groups)))
        if other := split(relaid(typed))[:WORDS]:
            yield from self._as_spelt(other)
        telling = [group for group, word in zip(groups, words, strict=True) if len(word) > _LITTLE]
        if telling:
            yield Meaning(self._within(NAMES, _any(*telling)))

    def _as_spelt(self, words: Sequence[str]) -> Iterator[Meaning]:
        whole = _all([_whole(word) for word in words])
        begun = _any(_all([_begun(word) for word in words]), *self._joined(words))
        best = self._within(TITLE, whole), self._within(NAMES, whole)
        yield Meaning(self._within(NAMES, begun), best)
        yield Meaning(self._within(ANYWHERE, begun))

    def _joined(self, words: Sequence[str]) -> Iterator[str]:
        """The same with two neighbours as one word, where the shop has it: ``eye shadow``."""
        for at in range(len(words) - 1):
            one = words[at] + words[at + 1]
            if self._ask(_JOINED, (self._shop_id, one, one + "\U0010ffff")):
                yield _all([_begun(word) for word in (*words[:at], one, *words[at + 2 :])])

    def _meant(self, word: str) -> list[str]:
        """What a word may have been meant to be: the words of the shop's names that differ from it the least."""
        from matjar.edge.catalogue.spelling import distance, most_edits  # noqa: PLC0415 - only who mistypes needs it

        bare, most = stem(word), most_edits(word)
        if not most or not bare.isalpha():
            return []
        parts = grams(bare)
        question = _ALIKE_WORDS.format(marks=", ".join("?" * len(parts)), most=_ALIKE)
        alike = [row[0] for row in self._ask(question, (self._shop_id, *parts))]
        apart = {each: distance(bare, stem(each), most) for each in alike}
        near = sorted((each for each in alike if apart[each] <= most), key=lambda each: apart[each])
        return near[:MEANT]

    def _within(self, columns: str, expression: str) -> str:
        return f'shop : "s{self._shop_id}" AND {columns} : ({expression})'

    def _count(self, match: str, sought: Sought) -> int:
        question = _COUNT_ON_SALE if sought.on_sale else _COUNT
        total: int = self._ask(question, self._parameters(match, sought))[0][0]
        return total

    def _page(self, meaning: Meaning, sought: Sought, most: int, skip: int) -> list[int]:
        if sought.sort:
            question = _SORTED.format(order=ORDERS[sought.sort])
            parameters = self._parameters(meaning.everything, sought) | {"most": most, "skip": skip}
            return [row[0] for row in self._ask(question, parameters)]
        found: dict[int, None] = {}
        for match in (*meaning.best, meaning.everything):
            if len(found) < skip + most:
                parameters = self._parameters(match, sought) | {"most": skip + most}
                parameters["compared"] = max(_COMPARED, skip + most)
                found |= dict.fromkeys(row[0] for row in self._ask(_BEST, parameters))
        return list(found)[skip : skip + most]

    def _parameters(self, match: str, sought: Sought) -> dict[str, Any]:
        return {"match": match, "shop_id": self._shop_id, "on_sale": sought.on_sale}


def _quoted(word: str) -> str:
    return f'"{word}"'


def _whole(word: str) -> str:
    """The word, or its stem."""
    return _any(*dict.fromkeys((_quoted(word), _quoted(stem(word)))))


def _begun(word: str) -> str:
    """A word that begins so; one letter begins too many."""
    return _whole(word) if len(word) < 2 else _any(f'"{word}" *', _quoted(stem(word)))


def _any(*expressions: str) -> str:
    return f"({' OR '.join(expressions)})"


def _all(expressions: Iterable[str]) -> str:
    return f"({' AND '.join(expressions)})"
