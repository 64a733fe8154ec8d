"""The wide picture on each shop's home page, 1600 x 700: its goods together on one stage."""

from collections.abc import Callable

import msgspec

from matjar.compose.demo.pictures import cosmetics, food, footwear, fragrance, gear, skincare, supplements
from matjar.compose.demo.pictures.brand import BRANDS, sheet
from matjar.compose.demo.pictures.canvas import Ink, cylinder, disc, group, number, oval, path, rect, stamped
from matjar.compose.demo.pictures.colour import clear
from matjar.compose.demo.pictures.look import Look
from matjar.compose.demo.pictures.nature import leaf_of
from matjar.compose.demo.pictures.stage import FLOOR

WIDTH, HEIGHT = 1600, 700
_ASIDE = 270
"""How far the stage stands from the middle, to leave the other side to the page's own words."""

Placed = tuple[Callable[[Ink, Look], str], tuple[str, ...], float, float, float, float]
"""A drawing, its colours, where its foot stands, its scale, and half the width that touches the ground."""


class Hero(msgspec.Struct, frozen=True):
    """A room as wide as the picture, a stage in it, and what stands there."""

    room: Callable[[Ink], str]
    stage: Callable[[Ink], str]
    goods: tuple[Placed, ...]
    shade: str


def draw_hero(shop_handle: str, language: str) -> str:
    """The shop's hero; the side where lines begin in the language is left quiet."""
    ink, hero = Ink(), HEROES[shop_handle]
    side = -_ASIDE if language == "ar" else _ASIDE
    goods = "".join(_set_down(ink, shop_handle, hero.shade, placed) for placed in hero.goods)
    stage = group(hero.stage(ink) + goods, transform=f"translate({side} 0)")
    return sheet(ink, hero.room(ink) + stage, WIDTH, HEIGHT)


def _set_down(ink: Ink, shop_handle: str, shade: str, placed: Placed) -> str:
    draw, colours, x, y, scale, reach = placed
    brand = BRANDS[shop_handle]
    soft = oval(x + reach * 0.5, y + 5, reach * 1.6, reach * 0.18 + 6, clear(shade, 0.3), filter=ink.blur(9))
    contact = oval(x, y, reach * 1.05, 7, clear(shade, 0.5), filter=ink.blur(3))
    steps = f"translate({number(x)} {number(y)}) scale({number(scale)}) translate(-400 {-FLOOR})"
    return soft + contact + group(draw(ink, Look(colours, brand.name, brand.trim)), transform=steps)


def _layla_room(ink: Ink) -> str:
    wall = rect(0, 0, WIDTH, HEIGHT, ink.slant("#f8e4d8", "#eec4b4", "#d99a86"))
    return wall + rect(0, 560, WIDTH, 140, ink.down("#e0aa98", "#f1cfc0"))


def _layla_stage(ink: Ink) -> str:
    """Plinths of blush stone before an arch."""
    arch = path("M540 560V330a260 260 0 0 1 520 0V560Z", ink.down("#fdf1e9", "#f6d9cb"))
    reveal = path("M540 560V330a260 260 0 0 1 520 0V340a244 244 0 0 0-488 0V560Z", clear("#8a4a3a", 0.14))
    leaf = leaf_of(ink, "#8d9a74")
    palm = "".join(stamped(leaf, 1210, 640, 1.7 - 0.1 * abs(step), -90 + 24 * step) for step in range(-2, 4))
    stone = cylinder(ink, 800, 540, 250, 170, "#f0cdbf", 24) + cylinder(ink, 1030, 590, 220, 120, "#e9b9a8", 20)
    return arch + reveal + palm + stone + cylinder(ink, 580, 600, 220, 120, "#f3d8cb", 20)


def _himma_room(ink: Ink) -> str:
    """Dunes before a low sun."""
    sky = rect(0, 0, WIDTH, HEIGHT, ink.down("#f6d9b0", "#f0b27a", "#d9785a"))
    far = path("M0 470C300 380 560 430 820 470S1300 520 1600 400V700H0Z", ink.down("#e59a6c", "#c76a4e"))
    near = path("M0 600C280 500 620 560 900 590S1380 600 1600 520V700H0Z", ink.down("#c76a4e", "#8f4036"))
    return sky + far + near


def _himma_stage(ink: Ink) -> str:
    """The sun, and stones to stand on."""
    sun = disc(800, 300, 230, ink.down("#fff0cf", "#f9c877", "#f2a65e"))
    stones = cylinder(ink, 1130, 610, 220, 120, "#a04b3c", 20)
    left = cylinder(ink, 550, 610, 210, 120, "#c46f54", 20)
    return sun + stones + left + cylinder(ink, 820, 560, 400, 150, "#b45c46", 30)


def _halewell_room(ink: Ink) -> str:
    """A kitchen wall in the morning."""
    wall = rect(0, 0, WIDTH, HEIGHT, ink.slant("#f6f3df", "#dfe8c9", "#bfd3a4"))
    return wall + rect(0, 560, WIDTH, 140, ink.down("#d8bf95", "#ecd9b4"))


def _halewell_stage(ink: Ink) -> str:
    """A round window of light, leaves, and a board to stand on."""
    window = disc(800, 310, 250, ink.down("#fffbe6", "#f7e6a8"))
    leaf = leaf_of(ink, "#7fa35c")
    bush = "".join(stamped(leaf, 1180, 600, 1.6 - 0.1 * abs(step), -90 + 26 * step) for step in range(-3, 3))
    return window + bush + cylinder(ink, 800, 560, 560, 90, "#c99a63", 36)


HEROES = {
    "layla-beauty": Hero(
        _layla_room,
        _layla_stage,
        (
            (fragrance.flacon, ("#a8622e",), 800, 540, 0.78, 112),
            (cosmetics.lipstick, ("#a8323f",), 1030, 590, 0.56, 92),
            (skincare.dropper, ("#d98a2b",), 580, 600, 0.62, 62),
            (cosmetics.compact, ("#ea949a",), 1220, 664, 0.46, 86),
            (skincare.jar, ("#efc98a",), 396, 666, 0.5, 80),
        ),
        "#4a1d1a",
    ),
    "himma-active": Hero(
        _himma_room,
        _himma_stage,
        (
            (footwear.runner, ("#1d6f70", "#f2b544"), 824, 560, 0.7, 190),
            (gear.bottle, ("#1f6567", "#f2b544"), 1130, 610, 0.62, 62),
            (gear.cap, ("#26323f", "#e8a33d"), 556, 604, 0.42, 84),
            (gear.dumbbells, ("#2b3038", "#f2b544"), 1222, 676, 0.4, 86),
            (gear.mat, ("#f0d9b8", "#7d4a5a"), 430, 684, 0.36, 88),
        ),
        "#3a1520",
    ),
    "halewell-nutrition": Hero(
        _halewell_room,
        _halewell_stage,
        (
            (supplements.pouch, ("#6f9a52",), 650, 560, 0.66, 116),
            (supplements.tub, ("#5b3524",), 900, 566, 0.76, 120),
            (food.honey, ("#e09a24",), 1160, 636, 0.54, 84),
            (food.shaker, ("#ee8a3a",), 430, 644, 0.62, 64),
            (supplements.capsules, ("#e8a92e",), 1244, 684, 0.38, 48),
        ),
        "#3a2a12",
    ),
}
