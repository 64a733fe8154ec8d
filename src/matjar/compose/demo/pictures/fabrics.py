"""Up close: cloth in folds, clothes folded into a stack, a sole's tread, dew on steel."""

from matjar.compose.demo.pictures.canvas import BLACK, WHITE, Ink, disc, group, line, oval, path, rect, stamped
from matjar.compose.demo.pictures.cloth import on, peaks, stitches
from matjar.compose.demo.pictures.colour import clear, dark, is_dark, light
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look


def fabric(ink: Ink, look: Look) -> str:
    """The cloth in soft folds, with a seam across it and the woven label."""
    ground = rect(0, 0, 800, 800, ink.slant(light(look.main, 0.2), look.main, dark(look.main, 0.15)))
    waves = ((-60, 0.5, 60), (150, 0.38, 90), (360, 0.46, 70), (600, 0.4, 100))
    folds = "".join(_fold(ink, look.main, x, depth, width) for x, depth, width in waves)
    weave = line(_WEAVE, clear(WHITE if is_dark(look.main) else BLACK, 0.07), 2, stroke_dasharray="3 5")
    hem = line("M-20 640C200 600 500 690 820 620", clear(dark(look.main, 0.7), 0.45), 5)
    rows = stitches("M-20 622C200 582 500 672 820 602M-20 658C200 618 500 708 820 638", look.main)
    return ground + weave + folds + hem + rows + _label(ink, look)


_WEAVE = "".join(f"M0 {y}H800" for y in range(6, 800, 12))


def _fold(ink: Ink, colour: str, x: float, depth: float, width: float) -> str:
    sweep = f"M{x:g} -40C{x + 160:g} 200 {x - 60:g} 480 {x + 180:g} 840"
    beside = f"M{x + width:g} -40C{x + width + 150:g} 200 {x + width - 50:g} 480 {x + width + 170:g} 840"
    return line(sweep, clear(dark(colour, 0.8), depth), width * 0.7, filter=ink.blur(22)) + line(
        beside, clear(light(colour, 0.6), 0.3), width * 0.45, filter=ink.blur(20)
    )


def _label(ink: Ink, look: Look) -> str:
    cast = rect(286, 300, 240, 136, BLACK, r=4, opacity=0.4, filter=ink.blur(9))
    tag = rect(280, 286, 240, 136, ink.slant("#fbf5ea", "#e9ddc8"), r=4)
    sewn = line("M290 296H510M290 412H510", clear("#6b5a45", 0.6), 2.4, stroke_dasharray="8 6")
    return group(
        cast + tag + sewn + peaks(400, 330, "#15323a", 1.2) + word(look.brand, 400, 366, 24, "#15323a"),
        transform="rotate(-5 400 360)",
    )


def folded(ink: Ink, look: Look) -> str:
    """One folded garment of each colour, stacked."""
    tones = (
        look.colours if len(look.colours) > 2 else (*look.colours, light(look.colours[-1], 0.4), dark(look.main, 0.35))
    )
    tones = tones[:4]
    top = 640 - 112 * len(tones)
    pile = "".join(
        _garment(ink, tone, top + 112 * index, 12 * (-1) ** index) for index, tone in reversed(list(enumerate(tones)))
    )
    ground = rect(0, 600, 800, 200, clear(WHITE, 0.25)) + oval(
        430, 646, 300, 34, clear(BLACK, 0.3), filter=ink.blur(14)
    )
    return ground + pile + peaks(560, top + 70, on(tones[0]), 1.1)


def _garment(ink: Ink, colour: str, y: float, shift: float) -> str:
    x = 400 + shift
    lower = path(_layer(x, y + 50, 62), ink.down(dark(colour, 0.1), dark(colour, 0.32)))
    upper = path(_layer(x, y, 64), ink.down(light(colour, 0.22), colour, dark(colour, 0.18)))
    crease = line(
        f"M{x - 226:g} {y + 60:g}C{x - 100:g} {y + 70:g} {x + 120:g} {y + 66:g} {x + 214:g} {y + 58:g}",
        clear(dark(colour, 0.8), 0.45),
        5,
    )
    return lower + upper + crease + stitches(f"M{x - 214:g} {y + 16:g}H{x + 206:g}", colour)


def _layer(x: float, y: float, height: float) -> str:
    left, right, bottom = x - 244, x + 240, y + height
    return (
        f"M{left + 26:g} {y:g}C{x - 80:g} {y - 8:g} {x + 80:g} {y + 5:g} {right - 20:g} {y:g}"
        f"C{right + 14:g} {y + 8:g} {right + 12:g} {bottom - 8:g} {right - 16:g} {bottom:g}"
        f"H{left + 20:g}C{left - 14:g} {bottom - 8:g} {left - 12:g} {y + 8:g} {left + 26:g} {y:g}Z"
    )


def tread(ink: Ink, look: Look) -> str:
    """The rubber of a sole: chevrons that grip, and a window onto the foam."""
    sole = (
        "M330 70C440 20 560 110 552 260C546 370 500 420 506 520C512 650 470 750 390 752S262 660 270 540"
        "C276 430 250 380 242 280C234 190 260 100 330 70Z"
    )
    cast = path(sole, BLACK, opacity=0.35, transform="translate(14 20)", filter=ink.blur(13))
    rubber = path(sole, ink.slant(light(look.second, 0.2), look.second, dark(look.second, 0.25)))
    chevrons = line(
        "".join(f"M220 {y + 60}L400 {y}L580 {y + 60}" for y in range(40, 760, 52)),
        clear(dark(look.second, 0.6), 0.5),
        15,
        stroke_linejoin="round",
    )
    lights = line(
        "".join(f"M220 {y + 52}L400 {y - 8}L580 {y + 52}" for y in range(40, 760, 52)),
        clear(light(look.second, 0.6), 0.5),
        4,
    )
    grip = group(chevrons + lights, clip_path=ink.within(path(sole, WHITE, transform="translate(24 24) scale(.94)")))
    window = oval(396, 440, 66, 92, light(look.main, 0.1)) + oval(
        396, 440, 66, 92, "none", stroke=dark(look.second, 0.4), stroke_width=6
    )
    return group(cast + rubber + grip + window + peaks(396, 440, on(look.main), 2), transform="rotate(24 400 400)")


def dew(ink: Ink, look: Look) -> str:
    """Drops of cold water on the coat of a bottle."""
    coat = rect(
        0,
        0,
        800,
        800,
        ink.across(dark(look.main, 0.4), look.main, light(look.main, 0.38), look.main, dark(look.main, 0.45)),
    )
    glass = ink.glow(clear(WHITE, 0.65), clear(WHITE, 0.05), clear(WHITE, 0.3), x=0.65, y=0.75, reach=0.7)
    bead = ink.stamp(
        disc(3, 6, 30, clear(BLACK, 0.22))
        + disc(0, 0, 30, glass)
        + oval(-10, -12, 8, 5, WHITE, transform="rotate(-40 -10 -12)")
    )
    places = [
        ((97 * step * step + 61 * step) % 780 + 10, (53 * step * step + 149 * step) % 780 + 10, 0.3 + step * 7 % 10 / 9)
        for step in range(34)
    ]
    mark = group(
        word(look.brand, 400, 366, 92, on(look.main), 0.12) + peaks(400, 270, on(look.main), 3.4), opacity=".92"
    )
    return coat + mark + "".join(stamped(bead, x, y, size) for x, y, size in places)
