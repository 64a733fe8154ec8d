"""Search: a question to a shop of 20,000 variants, however it is spelt, and what a bare FTS5 query takes beside it.

5,000 products of four variants with names in two languages, made of a few hundred words, written to a surface's own
file in this process. Each question is put once, so that no answer is remembered. *Raw* is one MATCH with the same
words, ordered by BM25, over the very same table: what SQLite takes for the least that a search can do.
"""

import itertools
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure, Pace, Run, milliseconds, of_runs
from benchmarks.machine import Meter
from matjar.domain.catalog import Option
from matjar.domain.shops import Settings, Shop
from matjar.edge.catalogue import Catalogue, ProductDocument, ShopDocument, Sought, VariantDocument, Words
from matjar.edge.catalogue.file import Batch, Cursor
from matjar.edge.catalogue.folding import fold, stem

PRODUCTS = 5_000
SIZES = ("Small", "Medium", "Large", "Family")
QUESTIONS = 200
MOST_MS = 20.0

_KINDS = (
    ("lipstick", "أحمر شفاه"), ("mascara", "ماسكارا"), ("serum", "سيروم"), ("cream", "كريم"), ("candle", "شمعة"),
    ("perfume", "عطر"), ("soap", "صابون"), ("oil", "زيت"), ("powder", "بودرة"), ("brush", "فرشاة"), ("mask", "قناع"),
    ("honey", "عسل"), ("leggings", "ليقنز"), ("hoodie", "هودي"), ("bottle", "مطّارة"), ("granola", "غرانولا"),
)  # fmt: skip
_KINDS_OF = (
    ("velvet", "مخمليّ"), ("matte", "مطفيّ"), ("golden", "ذهبيّ"), ("daily", "يوميّ"), ("night", "ليليّ"),
    ("silk", "حريريّ"), ("pure", "نقيّ"), ("desert", "صحراويّ"), ("summer", "صيفيّ"), ("royal", "ملكيّ"),
    ("light", "خفيف"), ("warm", "دافئ"), ("fresh", "منعش"), ("natural", "طبيعيّ"), ("classic", "كلاسيكيّ"),
)  # fmt: skip
_THINGS = (
    ("rose", "الورد"), ("argan", "الأركان"), ("saffron", "الزعفران"), ("amber", "العنبر"), ("oud", "العود"),
    ("date", "التمر"), ("almond", "اللوز"), ("jasmine", "الياسمين"), ("sidr", "السدر"), ("laurel", "الغار"),
    ("ginger", "الزنجبيل"), ("vanilla", "الفانيليا"), ("lemon", "الليمون"), ("honeycomb", "الشهد"), ("musk", "المسك"),
)  # fmt: skip
_SYLLABLES = ("ra", "mi", "no", "ta", "lu", "ze", "ka", "si", "do", "fe", "ba", "yu")
_RAW = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY BM25(words, 0.0, 10.0, 4.0, 1.0) LIMIT 24"
_TEXT = "<p>Pressed by hand from cold oils and cured for six weeks in the dark, as it was always done here.</p>"


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """Questions of six kinds, each run in a file of its own, since an answer is remembered."""
    runs: dict[str, list[Run]] = {}
    for _ in range(pace.runs):
        with tempfile.TemporaryDirectory() as folder:
            catalogue = _open(Path(folder) / "catalogue.sqlite")
            for kind, asked in _questions(_seeded(7)).items():
                runs.setdefault(kind, []).append(_run(catalogue, asked))
            catalogue.close()
    for kind, taken in runs.items():
        yield of_runs("search", kind, "ms (p95)", taken, "p95", raw="raw", most=MOST_MS, beside=("p50 ms", "found"))


class Asked(NamedTuple):
    """What somebody types, and the whole words that they mean."""

    typed: str
    meant: tuple[str, ...]


def _run(catalogue: Catalogue, asked: Sequence[Asked]) -> Run:
    shelf, found = catalogue.shelf(1), 0
    seconds: list[float] = []
    bare: list[float] = []
    with Meter() as meter:
        for each in asked:
            began = time.perf_counter()
            found += shelf.search(Sought(each.typed)).total > 0
            answered = time.perf_counter()
            catalogue.file.reading.execute(_RAW, (_match(each.meant),)).fetchall()
            bare.append(time.perf_counter() - answered)
            seconds.append(answered - began)
    told = {"p95": milliseconds(seconds, 0.95), "p50 ms": milliseconds(seconds, 0.5), "raw": milliseconds(bare, 0.95)}
    return told | {"found": found / len(asked)} | meter.shares()


def _match(words: Sequence[str]) -> str:
    quoted = " AND ".join(f'"{word}"' for word in words)
    return f'shop : "s1" AND {{title about}} : ({quoted})'


def _questions(chance: random.Random) -> dict[str, list[Asked]]:
    """What is asked, by how it is typed."""
    combinations = list(itertools.product(_KINDS_OF, _THINGS, _KINDS))
    drawn = [[pair[0] for pair in each] for each in chance.sample(combinations, 5 * QUESTIONS)]
    arabic = [[stem(fold(pair[1]).split()[0]) for pair in each] for each in chance.sample(combinations, QUESTIONS)]
    whole, half, misspelt, common, hopeless = (drawn[at :: 5] for at in range(5))
    return {
        "three whole words": [_typed(words, words) for words in whole],
        "three half words": [_typed([word[:3] for word in words], words) for words in half],
        "three words in Arabic, without article": [_typed(words, words) for words in arabic],
        "three words, a letter short each": [_typed([w[:2] + w[3:] for w in words], words) for words in misspelt],
        "three words, and one that every product has": [_typed(["nur", *words], ["nur", *words]) for words in common],
        "nothing like it": [_typed([word[::-1] + "qx" for word in words], words) for words in hopeless],
    }


def _seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same questions each time, no secrets


def _typed(typed: Sequence[str], meant: Sequence[str]) -> Asked:
    return Asked(" ".join(typed), tuple(meant))


def _open(path: Path) -> Catalogue:
    """The shop, in a file of its own."""
    catalogue, now = Catalogue(path), 1_795_000_000_000
    shop = Shop(1, "bench", "Bench", "AED", "AE", "Asia/Dubai", ("en", "ar"), Settings(), now, now)
    goods = list(_goods(_seeded(11)))
    for start in range(0, PRODUCTS, 500):
        catalogue.file.write(Batch(1, products=goods[start : start + 500]))
    last = Batch(1, Cursor(1, 1, 1), ShopDocument(shop), collections=())
    catalogue.file.write(last)
    catalogue.take(last)
    return catalogue


def _goods(chance: random.Random) -> Iterator[ProductDocument]:
    for number in range(1, PRODUCTS + 1):
        parts = [chance.choice(several) for several in (_KINDS_OF, _THINGS, _KINDS)]
        line = "".join(chance.choice(_SYLLABLES) for _ in range(3))
        title = " ".join([line.title(), *(english for english, _ in parts)])
        arabic = " ".join([parts[2][1], parts[1][1], parts[0][1]])
        variants = tuple(
            VariantDocument(number * 10 + at, number * 10 + at, (size,), 1_900 + number, sku=f"{line}-{number}-{at}")
            for at, size in enumerate(SIZES)
        )
        yield ProductDocument(
            number, f"{line}-{number}", {"en": Words(title, _TEXT), "ar": Words(arabic, _TEXT)}, variants, "Nur",
            parts[2][0], ("gift", parts[1][0]), (Option("Size", SIZES),), published_at=number,
        )  # fmt: skip
