"""What goods are known by outside the shop: their numbers in trade, and the few options that all catalogues share."""

from matjar.edge.catalogue import ProductDocument, VariantDocument
from matjar.edge.catalogue.folding import fold

_LENGTHS = (8, 12, 13, 14)
_OF_NOBODY = ("02", "04", "2", "05", "98", "99")
"""How a number begins, in 13 digits, that a shop gave itself, or a coupon's: search engines refuse it."""
_NAMES = {
    "color": ("color", "colour", "shade", "لون", "اللون", "درجة", "الدرجة"),
    "size": ("size", "volume", "weight", "مقاس", "المقاس", "حجم", "الحجم", "وزن", "الوزن", "السعة"),
    "material": ("material", "fabric", "الخامة", "خامة", "القماش"),
}
"""schema.org's names (and the search engines'), by what shops call these options."""
_CALLED = {fold(word): name for name, words in _NAMES.items() for word in words}


def gtin_of(variant: VariantDocument) -> str:
    """The variant's global trade item number, if its barcode is one; else nothing: a wrong one is worse than none."""
    return variant.barcode if is_gtin(variant.barcode) else ""


def is_gtin(barcode: str) -> bool:
    """Whether it is 8, 12, 13 or 14 digits whose last checks the others, and the world's own.

    GS1 General Specifications, 7.9 and 1.4; support.google.com/merchants/answer/6324461.
    """
    if len(barcode) not in _LENGTHS or not barcode.isascii() or not barcode.isdigit() or not int(barcode):
        return False
    if barcode.zfill(14)[1:].startswith(_OF_NOBODY) and len(barcode) > 8:
        return False
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(barcode)))
    return weighed % 10 == 0


def attributes_of(product: ProductDocument, variant: VariantDocument, language: str) -> dict[str, str]:
    """The variant's colour, size and material, as far as its options are these, in the reader's words."""
    words, found = product.in_language(language), {}
    for option, choice in zip(product.options, variant.choices, strict=False):
        name = "color" if option.colours else _CALLED.get(fold(option.name))
        if name:
            found[name] = words.options.get(choice, choice)
    return found
