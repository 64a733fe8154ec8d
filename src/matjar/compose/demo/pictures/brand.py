"""Each shop's symbol, 96 x 96, and its wordmark, both on a clear ground."""

from collections.abc import Callable

import msgspec

from matjar.compose.demo.pictures.canvas import Ink, disc, line, path
from matjar.compose.demo.pictures.letters import width_of, word


class Brand(msgspec.Struct, frozen=True):
    """``name`` as it is lettered, and the brand's dark tone, for caps and lettering."""

    name: str
    trim: str
    symbol: Callable[[Ink], str]


def draw_logo(shop_handle: str) -> str:
    """The symbol with the name beside it, for the head of every page."""
    brand, ink = BRANDS[shop_handle], Ink(shop_handle[:2])
    wide = width_of(brand.name, 38, 0.42)
    marks = brand.symbol(ink) + word(brand.name, 122 + wide / 2, 29, 38, brand.trim, 0.115, 0.42)
    return sheet(ink, marks, round(wide) + 132, 96)


def draw_symbol(shop_handle: str) -> str:
    """The symbol alone, for the browser's tab and small places."""
    ink = Ink(shop_handle[:2])
    return sheet(ink, BRANDS[shop_handle].symbol(ink), 96, 96)


def sheet(ink: Ink, marks: str, width: int, height: int) -> str:
    """A finished SVG."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ink.definitions()}{marks}</svg>'


def _crescent(ink: Ink) -> str:
    """Layla means night: a crescent that holds a star of eight."""
    moon = path("M62 10A40 40 0 1 0 86 62A33 33 0 1 1 62 10Z", ink.slant("#c4697a", "#8f2f45", "#4a1d33"))
    star = "M0-17L4-4L17 0L4 4L0 17L-4 4L-17 0L-4-4Z"
    return (
        moon
        + path(star, "#d9a86c", transform="translate(61 43)")
        + path(star, "#d9a86c", transform="translate(61 43) rotate(45) scale(.62)")
    )


def _summit(ink: Ink) -> str:
    """Himma means the will to rise: one peak behind another, and the sun that they reach for."""
    sun = disc(68, 26, 14, ink.down("#f7c25c", "#ee9a3a"))
    far = path("M46 84L70 42L94 84Z", "#2f8f8a")
    near = path("M2 84L36 22L70 84Z", ink.slant("#1c7b78", "#0e4a50"))
    return sun + far + near + path("M36 22L50 47L39 42L33 52L26 41Z", "#fff7e8")


def _sprout(ink: Ink) -> str:
    """Hale and well: a sprout in the round of a bowl."""
    bowl = path("M8 52H88C88 76 70 90 48 90S8 76 8 52Z", ink.down("#3f7a4e", "#24402e"))
    left = path("M46 44C20 42 16 22 18 10C38 10 50 22 46 44Z", ink.slant("#9cc46a", "#5d9a4a"))
    right = path("M50 44C48 26 60 16 80 18C80 36 68 46 50 44Z", ink.slant("#ffb45c", "#ee8a2e"))
    return left + right + line("M48 52V38", "#24402e", 5) + bowl


BRANDS = {
    "layla-beauty": Brand("LAYLA", "#3b1d2e", _crescent),
    "himma-active": Brand("HIMMA", "#15323a", _summit),
    "halewell-nutrition": Brand("HALEWELL", "#24402e", _sprout),
}
