"""What goods are made of, strewn on the ground: fruit, petals, wood, leaves, grains."""

from math import cos, radians, sin

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, line, oval, path, stamped
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.look import Look

_PETAL = "M0 60C-70 40-84-40-40-76C-20-92 20-92 40-76C84-40 70 40 0 60Z"
_LEAF = "M0 0C40-50 120-60 170-20C130 30 50 36 0 0Z"


def shaded(ink: Ink, shape: str, ground: str = "#3a2418") -> str:
    """The soft shadow under something flat."""
    return path(shape, ground, opacity=0.25, transform="translate(8 14)", filter=ink.blur(7))


def petals(ink: Ink, look: Look) -> str:
    """Petals in two tones, and a rose among them."""
    places = (
        (150, 170, 1.0, -30),
        (640, 150, 1.15, 40),
        (700, 480, 0.8, 100),
        (130, 600, 1.2, 200),
        (610, 690, 1.0, -60),
        (110, 390, 0.7, 90),
        (400, 90, 0.7, 10),
        (370, 720, 0.75, 150),
    )
    rose = look.main
    fill = ink.down(light(rose, 0.55), rose, dark(rose, 0.12))
    vein = line("M0 44C-4 0-4-40 0-70M-18 40C-30 0-30-30-26-60M18 40C30 0 30-30 26-60", clear(dark(rose, 0.4), 0.13), 3)
    one = ink.stamp(shaded(ink, _PETAL) + path(_PETAL, fill) + vein)
    return "".join(stamped(one, *place) for place in places) + _leaves(ink) + _rose(ink, rose)


def _leaves(ink: Ink) -> str:
    leaf = leaf_of(ink, "#7f9668")
    return stamped(leaf, 520, 500, 1.1, 25) + stamped(leaf, 300, 520, 1.0, 150)


def leaf_of(ink: Ink, colour: str) -> str:
    """A leaf to be stamped, its stem at the origin."""
    vein = line("M6-2C60-22 110-24 160-19", dark(colour, 0.35), 3)
    return ink.stamp(shaded(ink, _LEAF) + path(_LEAF, ink.slant(light(colour, 0.25), dark(colour, 0.2))) + vein)


def _rose(ink: Ink, colour: str) -> str:
    rings = []
    for count, reach, size, tone in ((7, 120, 1.15, 0.0), (6, 84, 0.95, 0.1), (5, 50, 0.75, 0.2), (3, 20, 0.55, 0.34)):
        fill = ink.down(light(colour, 0.42 - tone), dark(colour, tone + 0.08))
        edge = path(_PETAL, dark(colour, 0.55), opacity=0.2, transform="translate(2 8)")
        petal = ink.stamp(edge + path(_PETAL, fill))
        for index in range(count):
            angle = 360 / count * index + count * 17
            a = radians(angle - 90)
            rings.append(stamped(petal, 400 + reach * cos(a), 410 + reach * sin(a), size, angle))
    heart = line(
        "M384 404C384 388 412 386 416 402C420 424 388 430 378 412C370 390 396 372 420 382",
        clear(dark(colour, 0.6), 0.5),
        5,
    )
    return disc(408, 430, 165, dark(colour, 0.7), opacity=0.3, filter=ink.blur(16)) + "".join(rings) + heart


def citrus(ink: Ink, look: Look) -> str:
    """Orange slices and drops of their juice."""
    whole, leaf = slice_of(ink, look.main), leaf_of(ink, "#84a257")
    places = ((300, 300, 1.25, 8), (590, 230, 0.72, 40), (560, 560, 1.05, -20), (210, 610, 0.8, 60))
    beads = "".join(
        disc(x, y, r, ink.ball(light(look.main, 0.2), 0.8))
        for x, y, r in ((420, 480, 17), (400, 660, 12), (690, 410, 14), (120, 440, 12), (450, 130, 11))
    )
    greens = stamped(leaf, 420, 170, 1, -30) + stamped(leaf, 330, 690, 1, 20)
    return greens + "".join(stamped(whole, *place) for place in places) + beads


def slice_of(ink: Ink, colour: str) -> str:
    """A round slice of citrus to be stamped, its middle at the origin."""
    segment = ink.stamp(path("M0-14L-38-104C-22-122 22-122 38-104Z", ink.down(colour, light(colour, 0.45))))
    flesh = "".join(stamped(segment, 0, 0, 1, angle) for angle in range(0, 360, 45))
    cast = disc(9, 15, 142, "#3a2418", opacity=0.25, filter=ink.blur(8))
    rind = disc(0, 0, 142, ink.slant(light(colour, 0.15), dark(colour, 0.12)))
    glint = "".join(
        line("M-14-60L-20-92", clear(WHITE, 0.55), 4, transform=f"rotate({angle})") for angle in range(0, 360, 90)
    )
    return ink.stamp(cast + rind + disc(0, 0, 130, "#fff4dc") + flesh + glint)


def leaves(ink: Ink, _: Look) -> str:
    """Sprigs of laurel with their dark berries."""
    leaf, berry = (
        leaf_of(ink, "#7d9a63"),
        ink.stamp(disc(3, 7, 26, clear("#2a2418", 0.25)) + disc(0, 0, 26, ink.ball("#4a3a52", 0.45))),
    )
    sprigs = [
        stamped(leaf, 400 + 8 * step, 640 - 84 * step, 1.25 - 0.1 * step, side)
        for step in range(6)
        for side in (-20, 195)
    ]
    stem = line("M396 760C400 600 440 360 456 140", "#6a7d4c", 8)
    berries = "".join(
        stamped(berry, x, y, s)
        for x, y, s in (
            (150, 190, 1.2),
            (205, 250, 0.9),
            (650, 640, 1.2),
            (600, 700, 0.9),
            (700, 580, 0.8),
            (140, 660, 1),
        )
    )
    return stem + "".join(sprigs) + berries


def smoke(ink: Ink, _: Look) -> str:
    """Oud chips and amber, and smoke drawn upwards."""
    veil = line("M420 560C320 460 520 380 410 280S340 140 470 20", clear(WHITE, 0.42), 40, filter=ink.blur(16))
    wisp = line("M440 560C520 470 400 400 480 310S540 160 450 60", clear(WHITE, 0.3), 22, filter=ink.blur(11))
    chip, amber = _chip(ink), _amber(ink)
    return (
        "".join(stamped(chip, *place) for place in _CHIPS)
        + "".join(stamped(amber, *place) for place in _AMBER)
        + veil
        + wisp
    )


_CHIPS = (
    (260, 600, 1.3, -18),
    (450, 640, 1.5, 12),
    (600, 560, 1.15, -40),
    (370, 520, 1.1, 30),
    (520, 720, 1.0, 5),
    (180, 720, 0.9, 50),
    (690, 690, 0.85, -12),
)
_AMBER = ((330, 680, 1.1), (610, 650, 0.95), (230, 500, 0.8), (500, 560, 0.75))


def _chip(ink: Ink) -> str:
    shape = "M-96-14L-40-40L70-30L104 4L60 34L-60 30Z"
    face = path(shape, ink.slant("#8a5a38", "#4d2d1a", "#6b4226")) + path(
        "M-96-14L-40-40L70-30L20-14L-60-4Z", clear("#d9a873", 0.5)
    )
    grain = line("M-70-2L80 2M-60 12L70 14M-50 22L50 24", clear("#2a160b", 0.5), 3)
    return ink.stamp(shaded(ink, shape) + face + grain)


def _amber(ink: Ink) -> str:
    stone = "M-30 0L-12-27L21-21L30 9L6 27Z"
    fire = ink.glow("#ffe0a0", "#e8962e", "#9a4a12", x=0.4, y=0.3, reach=0.8)
    return ink.stamp(shaded(ink, stone) + path(stone, fire) + oval(-6, -10, 9, 4, clear(WHITE, 0.6)))
