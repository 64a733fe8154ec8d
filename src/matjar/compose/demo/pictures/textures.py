"""Up close: what is inside the pack, as it looks on a fingertip or a sheet of paper."""

from itertools import pairwise
from math import cos, radians, sin

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, group, line, number, oval, path, stamped
from matjar.compose.demo.pictures.colour import clear, dark, light, mix
from matjar.compose.demo.pictures.look import Look


def swatches(ink: Ink, look: Look) -> str:
    """Every shade, wiped once across the ground."""
    step = min(150.0, 560 / len(look.colours))
    top = 400 - step * (len(look.colours) - 1) / 2
    wipes = "".join(_wipe(ink, colour, top + step * index, step * 0.7) for index, colour in enumerate(look.colours))
    return group(wipes, transform="rotate(-14 400 400)")


_WIPE = "M132 0C128-50 190-55 260-50S560-40 650-35C700-25 640-5 690 5C640 15 670 35 600 40S300 55 230 50S136 50 132 0Z"


def _wipe(ink: Ink, colour: str, y: float, height: float) -> str:
    tones = ink.across(light(colour, 0.12), colour, dark(colour, 0.08), light(colour, 0.2))
    cast = path(_WIPE, dark(colour, 0.6), opacity=0.28, filter=ink.blur(7), transform="translate(5 14)")
    gleam = line("M170-25C300-38 450-25 600-22", clear(WHITE, 0.35), 7)
    furrow = line("M190 17C320 25 460 15 590 17", clear(dark(colour, 0.5), 0.22), 8)
    marks = cast + path(_WIPE, tones) + gleam + furrow
    return group(marks, transform=f"translate(0 {number(y)}) scale(1 {number(height / 100)})")


def drops(ink: Ink, look: Look) -> str:
    """Drops of oil or serum, clear as glass."""
    kinds = [_drop(ink, colour) for colour in look.colours]
    return "".join(stamped(kinds[index % len(kinds)], *place) for index, place in enumerate(_DROPS))


_DROPS = (
    (400, 380, 1.9),
    (205, 585, 0.86),
    (610, 600, 1.12),
    (640, 230, 0.7),
    (190, 220, 0.98),
    (430, 660, 0.4),
    (520, 135, 0.34),
    (90, 400, 0.36),
    (700, 420, 0.44),
)


def _drop(ink: Ink, colour: str) -> str:
    depth = (light(colour, 0.75), light(colour, 0.25), colour, dark(colour, 0.16))
    cast = oval(18, 26, 100, 96, dark(colour, 0.45), opacity=0.4, filter=ink.blur(9))
    body = oval(0, 0, 100, 95, ink.glow(*depth, x=0.62, y=0.7, reach=0.72))
    rim = path("M-30 78A85 80 0 0 0 80 20A100 95 0 0 1-30 78Z", clear(WHITE, 0.45))
    glints = oval(-40, -42, 24, 14, clear(WHITE, 0.92), transform="rotate(-40 -40 -42)") + disc(-12, -62, 6, WHITE)
    return ink.stamp(cast + body + rim + glints)


def strokes(ink: Ink, look: Look) -> str:
    """Lines drawn freehand, from hair-thin to bold."""
    top = 400 - 75 * (len(look.colours) - 1)
    rows = "".join(path(_ribbon(top + 150 * index), colour) for index, colour in enumerate(look.colours))
    return group(rows, filter=ink.rough(0.06, 7), transform="rotate(-8 400 400)")


def _ribbon(y: float) -> str:
    swell = ((100, 2), (240, 16), (380, 30), (520, 22), (650, 30), (720, 6))
    wave = [y + 46 * sin(x / 74) for x, _ in swell]
    upper = [f"{x} {number(at - h)}" for (x, h), at in zip(swell, wave, strict=True)]
    lower = [f"{x} {number(at + h)}" for (x, h), at in zip(swell, wave, strict=True)][::-1]
    return _smooth(upper, "M") + _smooth(lower, "L") + "Z"


def _smooth(points: list[str], start: str) -> str:
    numbers = [tuple(float(part) for part in point.split()) for point in points]
    curve = f"{start}{points[0]}"
    for (x0, y0), (x1, y1) in pairwise(numbers):
        middle = number((x0 + x1) / 2)
        curve += f"C{middle} {number(y0)} {middle} {number(y1)} {number(x1)} {number(y1)}"
    return curve


def powders(ink: Ink, look: Look) -> str:
    """Pressed powder, broken and crushed, one heap for each colour."""
    tones = (
        look.colours if len(look.colours) > 2 else tuple(mix(c, WHITE, t) for c in look.colours for t in (0.0, 0.35))
    )
    places = ((290, 290, 165), (535, 470, 150), (255, 580, 118), (560, 205, 96))
    return "".join(_heap(ink, tones[index % len(tones)], *place) for index, place in enumerate(places))


def _heap(ink: Ink, colour: str, x: float, y: float, r: float) -> str:
    fray = ink.rough(0.045, 60)
    cast = disc(x + 9, y + 16, r, dark(colour, 0.6), opacity=0.3, filter=ink.blur(10))
    dust = disc(
        x, y, r, ink.glow(light(colour, 0.35), colour, dark(colour, 0.12), x=0.36, y=0.3, reach=0.75), filter=fray
    )
    crumb = _crumb(ink, colour)
    crumbs = "".join(stamped(crumb, x + r * cos(a) * d, y + r * sin(a) * d, r * s / 10) for a, d, s in _strewn())
    return cast + dust + crumbs


def _strewn() -> list[tuple[float, float, float]]:
    return [(radians(137.5 * step), 0.25 + 0.13 * step, 0.16 - 0.014 * step) for step in range(8)]


def _crumb(ink: Ink, colour: str) -> str:
    shape = "M-10 0L-3-10L9-5L10 6L0 10Z"
    cast = path(shape, dark(colour, 0.35), opacity=0.35, transform="translate(2 4)")
    return ink.stamp(cast + path(shape, ink.slant(light(colour, 0.4), dark(colour, 0.1))))


def cream(ink: Ink, look: Look) -> str:
    """A swirl of cream, as a spatula leaves it."""
    tone = light(look.main, 0.35)
    fill = ink.slant(light(tone, 0.75), tone, dark(tone, 0.13))
    folds = (
        "M120 520C80 380 170 210 330 170C470 130 620 180 700 320C760 480 600 650 450 660C300 690 150 640 120 520Z",
        "M206 480C176 360 270 246 410 240C540 236 630 320 610 430C590 540 480 600 370 586C290 580 226 548 206 480Z",
        "M286 450C272 370 340 304 430 306C516 310 566 370 540 440C514 506 440 534 372 516C324 504 294 484 286 450Z",
        "M360 424C360 380 406 356 450 370C492 384 496 430 460 452C426 472 364 466 360 424Z",
    )
    layers = "".join(
        path(fold, dark(tone, 0.55), opacity=0.24, transform="translate(9 16)", filter=ink.blur(9)) + path(fold, fill)
        for fold in folds
    )
    gleams = line(
        "M150 460C144 350 220 240 340 208M236 430C236 340 310 276 400 268"
        "M312 420C320 366 366 334 424 334M384 414C388 394 412 384 436 388",
        clear(WHITE, 0.8),
        8,
    )
    specks = "".join(disc(x, y, r, fill) for x, y, r in ((650, 640, 26), (706, 590, 12), (150, 190, 16), (600, 700, 9)))
    return specks + layers + gleams
