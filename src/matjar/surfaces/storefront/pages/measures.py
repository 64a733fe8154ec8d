"""What a piece holds, and so what a litre or a kilogram of it costs: the unit price (Directive 98/6/EC, article 3).

A product says that it is sold by measure in its metafield ``unit_price.content``: ``250 g``, or ``choice`` where each
variant's own choice says it, such as ``50 ml``. A bottle that is sold empty says nothing, whatever it could hold.
"""

import re
from decimal import Decimal

import msgspec

from matjar.edge.catalogue import ProductDocument, VariantDocument
from matjar.edge.forms import in_latin

NAMESPACE, KEY, OF_CHOICE = "unit_price", "content", "choice"

_MEASURE = re.compile(r"\s*(\d{1,6}(?:[.,٫]\d{1,3})?)\s*(\D{1,12}?)\.?\s*")
_UNITS: dict[str, tuple[str, int]] = {
    "ml": ("ml", 1), "مل": ("ml", 1), "cl": ("ml", 10), "l": ("ml", 1_000), "لتر": ("ml", 1_000), "ل": ("ml", 1_000),
    "g": ("g", 1), "غ": ("g", 1), "غرام": ("g", 1), "جم": ("g", 1), "kg": ("g", 1_000), "كغ": ("g", 1_000),
    "كجم": ("g", 1_000), "oz": ("oz", 1), "fl oz": ("fl oz", 1), "lb": ("oz", 16),
}  # fmt: skip
"""What shops call units, with the smaller one that each is counted in, and how many of it."""
_SMALL = 250
"""Up to so many millilitres or grams, people compare by a hundred; of more, by a litre or a kilogram."""


class UnitPrice(msgspec.Struct, frozen=True):
    """What so much of it costs, and how much of it there is: ``content`` and ``base`` are counted in ``unit``."""

    price_minor: int
    content: Decimal
    base: int
    unit: str

    @property
    def per(self) -> tuple[int, str]:
        """What the price is for, as people say it: 100 ml, 1 l, 1 kg, 1 oz."""
        if self.base == 1_000:
            return 1, "l" if self.unit == "ml" else "kg"
        return self.base, self.unit


def unit_price_of(product: ProductDocument, variant: VariantDocument) -> UnitPrice | None:
    """The variant's unit price; None where it is not sold by measure, or is just as much as its price is for."""
    said = next((each.value for each in product.metafields if (each.namespace, each.key) == (NAMESPACE, KEY)), "")
    texts = variant.choices if said == OF_CHOICE else (said,)
    found = next((measure for measure in map(_measure, texts) if measure), None)
    if found is None:
        return None
    content, unit = found
    base = _base(content, unit)
    if content == base:
        return None
    exact = Decimal(variant.price_minor) * base / content
    return UnitPrice(int(exact.quantize(Decimal(1), "ROUND_HALF_UP")), content, base, unit)


def _measure(text: str) -> tuple[Decimal, str] | None:
    named = _MEASURE.fullmatch(in_latin(text).casefold())
    if named is None or named[2].strip() not in _UNITS:
        return None
    unit, times = _UNITS[named[2].strip()]
    content = Decimal(re.sub("[,٫]", ".", named[1])) * times
    return (content, unit) if content else None


def _base(content: Decimal, unit: str) -> int:
    if unit not in ("ml", "g"):
        return 1
    return 100 if content <= _SMALL else 1_000
