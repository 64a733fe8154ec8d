"""Which pictures a product gets: one for each colour that it comes in, then its details."""

from matjar.compose.demo.model import Picture, Plan, Words
from matjar.compose.demo.sheets import ProductSheet, ValueSheet

_UP_CLOSE = Words(ar="عن قرب", en="up close")


def pictures_of(sheet: ProductSheet, brand: str) -> tuple[Picture, ...]:
    """The product's pictures in the order in which the shop shows them."""
    coloured = _coloured(sheet)
    packs = [
        _picture(sheet, brand, index, "pack", value.colours, Words(ar=value.ar, en=value.en))
        for index, value in enumerate(coloured)
    ] or [_picture(sheet, brand, 0, "pack", sheet.colours, None)]
    palette = tuple(value.colours[0] for value in coloured) or sheet.colours[:1]
    details = [
        _picture(sheet, brand, len(packs) + index, view, palette, _UP_CLOSE) for index, view in enumerate(sheet.details)
    ]
    return (*packs, *details)


def shown_by(sheet: ProductSheet, chosen: tuple[ValueSheet, ...]) -> int:
    """Which picture shows the variant with these choices."""
    coloured = _coloured(sheet)
    return next((coloured.index(value) for value in chosen if value in coloured), 0)


def _coloured(sheet: ProductSheet) -> tuple[ValueSheet, ...]:
    """The values of the option that decides the colour, if there is one."""
    return next((option.values for option in sheet.options if option.values[0].colours), ())


def _picture(
    sheet: ProductSheet, brand: str, index: int, view: str, colours: tuple[str, ...], what: Words | None
) -> Picture:
    alt = Words(ar=sheet.ar.title, en=sheet.en.title)
    if what:
        alt = Words(ar=f"{alt.ar}، {what.ar}", en=f"{alt.en}, {what.en}")
    plan = Plan(sheet.drawing, view, colours, sheet.backdrop, brand)
    return Picture(f"{sheet.handle}-{index + 1}.svg", alt, plan)
