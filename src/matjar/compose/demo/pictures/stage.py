"""Where goods stand: wall, light, floor and shadow, in each brand's colours."""

import msgspec

from matjar.compose.demo.pictures.canvas import BLACK, WHITE, Ink, cylinder, disc, group, oval, path, rect
from matjar.compose.demo.pictures.colour import clear, dark, is_dark, light, mix

FLOOR = 640
"""Where standing goods touch the ground."""


class Backdrop(msgspec.Struct, frozen=True):
    """A setting: its wall and floor, and the shape behind the goods (arch, sun, beam, hill or none)."""

    wall: str
    shape: str
    floor: str
    form: str


BACKDROPS = {
    "blush": Backdrop("#f6ddd3", "#fbeee8", "#eec9bb", "arch"),
    "rose": Backdrop("#e8b4ad", "#f3cfc8", "#d99c95", "arch"),
    "sand": Backdrop("#f0e2cd", "#faf1e2", "#e2cdae", "arch"),
    "ivory": Backdrop("#f5efe6", "#ead9c6", "#eadfd0", "sun"),
    "clay": Backdrop("#d08a70", "#e3a88f", "#b96f55", "sun"),
    "plum": Backdrop("#4a2238", "#6b3651", "#371729", "arch"),
    "sage": Backdrop("#dbe3d0", "#edf2e6", "#c2cfb3", "arch"),
    "sky": Backdrop("#d5e4e8", "#eef6f6", "#b9d0d6", "sun"),
    "dune": Backdrop("#efe2ce", "#f8d9a6", "#e3cfb0", "hill"),
    "dusk": Backdrop("#d9785a", "#f2a65e", "#a94f3f", "hill"),
    "lagoon": Backdrop("#0f5f60", "#1c7b78", "#0b4749", "beam"),
    "mist": Backdrop("#e6ecec", "#f7fafa", "#cfd9da", "beam"),
    "stone": Backdrop("#dcd8d2", "#efece7", "#c3bdb4", "beam"),
    "ink": Backdrop("#232c3b", "#344055", "#181f2b", "beam"),
    "cream": Backdrop("#fbf3e3", "#ffe3ae", "#f0e0c4", "sun"),
    "leaf": Backdrop("#dbe6cc", "#c3d7a8", "#c6d6b1", "sun"),
    "peach": Backdrop("#ffd9b8", "#ffbd85", "#f7c499", "sun"),
    "berry": Backdrop("#f5d3da", "#eeb0be", "#e8bcc6", "sun"),
    "water": Backdrop("#d4e8ef", "#aed5e3", "#bcdae4", "sun"),
    "cocoa": Backdrop("#6b4634", "#82583f", "#513325", "sun"),
    "lemon": Backdrop("#fdf0bd", "#fbdc6d", "#f3e09a", "sun"),
}


def room(ink: Ink, name: str) -> str:
    """The named backdrop's wall and floor, with nothing in it."""
    return _wall(ink, BACKDROPS[name]) + _floor(ink, BACKDROPS[name])


def standing(ink: Ink, name: str, goods: str, reach: float) -> str:
    """Goods on the ground, a little nearer; ``reach`` is half the width of what touches it."""
    nearer = f"translate(400 {FLOOR}) scale(1.1) translate(-400 {-FLOOR})"
    cast = shadow(ink, 400, FLOOR, reach, BACKDROPS[name].floor)
    return room(ink, name) + group(cast + goods, transform=nearer)


def raised(ink: Ink, name: str, goods: str, reach: float) -> str:
    """Goods on a plinth; ``reach`` as above. What shadow goes over the plinth's edge falls from it."""
    floor = BACKDROPS[name].floor
    half = reach + 65
    block = cylinder(ink, 400, FLOOR, 2 * half, 240, light(floor, 0.25), lip=half / 6.5)
    top = oval(400, FLOOR, half, half / 6.5, WHITE)
    cast = group(shadow(ink, 400, FLOOR, reach, floor), clip_path=ink.within(top))
    return room(ink, name) + block + cast + goods


def floating(ink: Ink, name: str, goods: str) -> str:
    """Goods that hang in the air, such as clothes, with their shadow on the wall behind them."""
    backdrop = BACKDROPS[name]
    cast = clear(dark(backdrop.wall, 0.75), 0.34)
    fall = oval(418, 712, 190, 20, cast, filter=ink.blur(14))
    return _wall(ink, backdrop) + fall + goods


def lying(ink: Ink, name: str, goods: str) -> str:
    """Goods seen from above on a plain ground, lit from the upper left."""
    backdrop = BACKDROPS[name]
    lit = backdrop.shape if is_dark(backdrop.wall) else light(backdrop.wall, 0.35)
    return rect(0, 0, 800, 800, ink.glow(lit, backdrop.wall, backdrop.floor, x=0.3, y=0.2, reach=1)) + goods


def shadow(ink: Ink, x: float, y: float, reach: float, ground: str) -> str:
    """The shadow of something that stands: dark where it touches, and falling softly to the right."""
    deep = dark(ground, 0.8)
    cast = oval(x + reach * 0.55, y + 8, reach * 1.5, reach * 0.2 + 8, clear(deep, 0.3), filter=ink.blur(12))
    return cast + oval(x, y, reach * 1.05, 9, clear(deep, 0.55), filter=ink.blur(4))


def contact(ink: Ink, x: float, reach: float) -> str:
    """The shadow right under something small that stands."""
    return oval(x, FLOOR, reach * 1.05, 8, clear(BLACK, 0.45), filter=ink.blur(4))


def _wall(ink: Ink, backdrop: Backdrop) -> str:
    lit = mix(backdrop.wall, backdrop.shape, 0.7) if is_dark(backdrop.wall) else light(backdrop.wall, 0.22)
    wall = rect(0, 0, 800, 800, ink.slant(lit, backdrop.wall, dark(backdrop.wall, 0.07)))
    return wall + _FORMS[backdrop.form](ink, backdrop)


def _arch(ink: Ink, backdrop: Backdrop) -> str:
    outline = "M190 800V330a210 210 0 0 1 420 0V800Z"
    inside = path(outline, ink.down(backdrop.shape, light(backdrop.shape, 0.15)))
    edge = path("M190 800V330a210 210 0 0 1 420 0V340a196 196 0 0 0-392 0V800Z", clear(dark(backdrop.wall, 0.5), 0.13))
    return inside + edge


def _sun(ink: Ink, backdrop: Backdrop) -> str:
    return disc(400, 350, 262, ink.down(backdrop.shape, light(backdrop.shape, 0.35)))


def _beam(ink: Ink, backdrop: Backdrop) -> str:
    fade = ink.down(clear(backdrop.shape, 0.95), clear(backdrop.shape, 0.15))
    return path("M-40 0H250L620 800H120Z", fade) + path("M330 0H430L800 800H700Z", fade)


def _hill(ink: Ink, backdrop: Backdrop) -> str:
    sun = disc(540, 250, 150, ink.down(backdrop.shape, light(backdrop.shape, 0.4)))
    far = path(
        "M0 560C150 470 300 470 460 540S700 600 800 520V800H0Z", ink.down(light(backdrop.floor, 0.2), backdrop.floor)
    )
    near = path(
        "M0 660C200 580 380 640 520 680S720 690 800 640V800H0Z", ink.down(backdrop.floor, dark(backdrop.floor, 0.1))
    )
    return sun + far + near


_FORMS = {"arch": _arch, "sun": _sun, "beam": _beam, "hill": _hill}


def _floor(ink: Ink, backdrop: Backdrop) -> str:
    if backdrop.form == "hill":
        return ""
    ground = rect(0, 600, 800, 200, ink.down(dark(backdrop.floor, 0.04), light(backdrop.floor, 0.25)))
    return ground + rect(0, 600, 800, 30, ink.down(clear(BLACK, 0.1), clear(WHITE, 0)))
