"""Lines of a cart as the page shows them, at the prices and with the stock that the shelf has."""

from collections.abc import Iterable

import msgspec

from matjar.core.limits import LINE_QUANTITY
from matjar.domain.carts import Line
from matjar.edge.catalogue import Picture, ProductDocument, Shelf, VariantDocument


class Row(msgspec.Struct, frozen=True):
    """One line; ``path`` is empty where the article is not sold any more."""

    variant_id: int
    quantity: int
    path: str = ""
    title: str = ""
    choices: tuple[str, ...] = ()
    picture: Picture | None = None
    alt: str = ""
    price_minor: int = 0
    left: int | None = None
    """How many can be had, where somebody counts."""

    @property
    def subtotal_minor(self) -> int:
        """What the line costs."""
        return self.price_minor * self.quantity

    @property
    def short(self) -> bool:
        """Whether more is wanted than is there."""
        return self.left is not None and self.quantity > self.left

    @property
    def buyable(self) -> bool:
        """Whether it can be checked out as it is."""
        return bool(self.path) and not self.short

    @property
    def most(self) -> int:
        """The highest number that makes sense."""
        return LINE_QUANTITY if self.left is None else max(min(self.left, LINE_QUANTITY), 1)


def rows_of(shelf: Shelf, lines: Iterable[Line], language: str) -> tuple[Row, ...]:
    """Lines as rows."""
    return tuple(row_of(shelf.variant(line.variant_id), line, language) for line in lines)


def row_of(found: tuple[ProductDocument, VariantDocument] | None, line: Line, language: str) -> Row:
    """One line as a row."""
    if found is None:
        return Row(line.variant_id, line.quantity)
    product, variant = found
    words = product.in_language(language)
    picture = product.picture_of(variant)
    several = len(product.variants) > 1
    return Row(
        variant_id=variant.id,
        quantity=line.quantity,
        path=f"/products/{product.handle}" + (f"?variant={variant.id}" if several else ""),
        title=words.title,
        choices=tuple(words.options.get(choice, choice) for choice in variant.choices) if several else (),
        picture=picture,
        alt=words.alts.get(picture.id, "") if picture else "",
        price_minor=variant.price_minor,
        left=None if variant.continue_selling or variant.available is None else max(variant.available, 0),
    )
