"""What one trains with and carries along."""

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, group, line, moved, oval, path, rect, shine
from matjar.compose.demo.pictures.cloth import on, peaks, seam, stitches
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look

STEEL = "#b9c0c6"


def cap(ink: Ink, look: Look) -> str:
    """A running cap, its peak to the right."""
    crown = path(
        "M176 500C170 340 270 250 390 250C500 250 570 340 576 480C440 520 300 524 176 500Z",
        ink.glow(light(look.main, 0.4), look.main, dark(look.main, 0.3), x=0.34, y=0.24, reach=0.85),
    )
    panels = seam("M388 252C330 330 316 420 322 512M392 252C470 320 500 400 506 500", look.main, 3)
    peak = path(
        "M340 512C420 460 560 452 680 520C716 544 706 572 664 566C560 544 440 540 340 512Z",
        ink.down(light(look.second, 0.2), dark(look.second, 0.25)),
    )
    under = path("M340 512C440 540 560 544 664 566C600 580 440 572 340 512Z", dark(look.second, 0.5))
    rows = stitches("M372 506C450 472 560 470 668 532M400 512C470 488 560 488 650 544", look.second)
    button = oval(390, 250, 18, 9, dark(look.main, 0.25))
    eyelets = disc(300, 330, 6, dark(look.main, 0.5)) + disc(468, 320, 6, dark(look.main, 0.5))
    strap = line("M178 484C300 508 440 506 574 466", clear(dark(look.main, 0.6), 0.35), 5)
    mark = peaks(410, 420, on(look.main), 2.4)
    return moved(crown + panels + strap + eyelets + button + under + peak + rows + mark, -26, 108, 1.05)


def duffel(ink: Ink, look: Look) -> str:
    """A barrel bag with leather-like handles and a shoulder strap."""
    strap = line("M190 400C230 190 570 190 610 400", dark(look.second, 0.2), 17)
    barrel = path(
        "M176 400C176 360 206 340 246 340H554C594 340 624 360 624 400V590C624 624 600 640 566 640H234"
        "C200 640 176 624 176 590Z",
        ink.down(light(look.main, 0.28), look.main, dark(look.main, 0.25)),
    )
    ends = rect(176, 356, 66, 284, ink.across(dark(look.second, 0.3), look.second), r=24) + rect(
        558, 356, 66, 284, ink.across(look.second, dark(look.second, 0.4)), r=24
    )
    zipper = (
        line("M246 366H554", dark(look.main, 0.55), 9)
        + line("M246 366H554", light(STEEL, 0.3), 3, stroke_dasharray="3 4")
        + rect(330, 362, 26, 12, STEEL, r=5)
    )
    belts = rect(300, 372, 26, 268, dark(look.second, 0.1)) + rect(474, 372, 26, 268, dark(look.second, 0.1))
    handle = line("M313 380C320 270 480 270 487 380", dark(look.second, 0.35), 19) + line(
        "M372 300C390 296 410 296 428 300", light(look.second, 0.15), 23
    )
    pocket = rect(338, 462, 124, 128, ink.down(light(look.main, 0.16), dark(look.main, 0.12)), r=10) + stitches(
        "M346 470H454V582H346Z", look.main
    )
    rings = "".join(disc(x, 404, 13, "none", stroke=STEEL, stroke_width=6) for x in (313, 487))
    return strap + barrel + ends + zipper + belts + handle + pocket + rings + peaks(400, 524, on(look.main), 1.8)


def bottle(ink: Ink, look: Look) -> str:
    """An insulated bottle with a carrying loop."""
    loop = line("M352 190C352 118 448 118 448 190", dark(look.second, 0.1), 20)
    lid = rect(334, 184, 132, 74, ink.tube(look.second, 0.35), r=12) + line(
        "M346 200V244M366 200V244M386 200V244M406 200V244M426 200V244M446 200V244",
        clear(dark(look.second, 0.6), 0.35),
        3,
    )
    ring = rect(342, 256, 116, 16, ink.metal(STEEL))
    body = path(
        "M342 272H458C486 290 500 316 500 352V602C500 628 486 640 462 640H338C314 640 300 628 300 602"
        "V352C300 316 314 290 342 272Z",
        ink.tube(look.main, 0.42),
    )
    base = rect(304, 606, 192, 34, ink.metal(STEEL), r=14)
    name = group(word(look.brand, 470, 386, 34, on(look.main)), transform="rotate(-90 400 400) translate(-130 -2)")
    grain = group(
        rect(300, 272, 200, 340, clear(WHITE, 0.12), filter=ink.rough(0.9, 20)),
        clip_path=ink.within(rect(300, 290, 200, 310, WHITE)),
    )
    return (
        loop
        + lid
        + ring
        + body
        + grain
        + base
        + name
        + peaks(400, 330, on(look.main), 1.4)
        + shine(318, 336, 12, 250, 0.45)
    )


def mat(ink: Ink, look: Look) -> str:
    """A training mat, half unrolled."""
    sheet = path("M250 560L110 640H560L620 560Z", ink.across(light(look.main, 0.2), look.main)) + path(
        "M110 640H560V654H110Z", dark(look.second, 0.1)
    )
    lines = line("M190 606L590 606M150 626L574 626", clear(on(look.main), 0.35), 3) + peaks(300, 600, on(look.main), 1)
    roll = path(
        "M236 446C236 380 300 352 350 352H640C590 360 560 400 560 460S590 570 640 590H330C270 590 236 530 236 446Z",
        ink.down(light(look.main, 0.4), look.main, dark(look.main, 0.4)),
    )
    end = oval(628, 470, 84, 120, ink.slant(look.second, dark(look.second, 0.2)))
    spiral = "".join(
        oval(
            628,
            470,
            84 - 13 * step,
            120 - 18 * step,
            "none",
            stroke=light(look.main, 0.12) if step % 2 else dark(look.main, 0.2),
            stroke_width=7,
        )
        for step in range(6)
    )
    bands = line("M310 362C280 400 276 520 320 588M500 354C460 400 456 540 506 590", dark(look.second, 0.3), 20) + rect(
        470, 440, 22, 34, STEEL, r=5
    )
    return moved(sheet + lines + roll + end + spiral + bands, -10, 0)


def bands(ink: Ink, look: Look) -> str:
    """Five loops of rubber in a stack, the strongest and broadest lowest."""
    tones = [dark(look.second, 0.35), look.second, look.main, light(look.main, 0.35), light(look.main, 0.65)]
    heights = (84, 72, 60, 48, 38)
    shifts = (0, 14, -8, 10, -4)
    loops, foot = "", 606.0
    for tone, height, shift in zip(tones, heights, shifts, strict=True):
        foot -= height
        loops += _loop(ink, tone, 400 + shift, foot, height)
    return loops


def _loop(ink: Ink, colour: str, x: float, top: float, height: float) -> str:
    far = oval(x, top, 214, 44, ink.across(dark(colour, 0.5), dark(colour, 0.3), dark(colour, 0.55)))
    near = path(
        f"M{x - 214:g} {top:g}V{top + height:g}A214 44 0 0 0 {x + 214:g} {top + height:g}V{top:g}"
        f"A214 44 0 0 1 {x - 214:g} {top:g}Z",
        ink.tube(colour, 0.3),
    )
    edge = line(f"M{x - 213:g} {top + 1:g}A214 44 0 0 0 {x + 213:g} {top + 1:g}", clear(light(colour, 0.7), 0.8), 3)
    return far + near + edge + peaks(x, top + 44 + height / 2, on(colour), height / 60)


def dumbbells(ink: Ink, look: Look) -> str:
    """A pair of hexagonal dumbbells."""
    back = moved(_dumbbell(ink, look), 40, -128, 0.82)
    return back + _dumbbell(ink, look)


def _dumbbell(ink: Ink, look: Look) -> str:
    bar = rect(300, 526, 200, 44, ink.down(light(STEEL, 0.5), STEEL, dark(STEEL, 0.5))) + line(
        _knurl(), clear("#2a2f35", 0.3), 2
    )
    return bar + _head(ink, look, 178) + _head(ink, look, 486)


def _knurl() -> str:
    return "".join(f"M{x} 528L{x + 10} 568M{x + 10} 528L{x} 568" for x in range(322, 474, 12))


def _head(ink: Ink, look: Look, x: float) -> str:
    block = path(
        f"M{x} 500L{x + 26} 452H{x + 110}L{x + 136} 500V592L{x + 110} 640H{x + 26}L{x} 592Z",
        ink.down(light(look.main, 0.3), look.main, dark(look.main, 0.45)),
    )
    facets = path(f"M{x + 26} 452H{x + 110}L{x + 136} 500H{x}Z", clear(WHITE, 0.16)) + path(
        f"M{x} 592H{x + 136}L{x + 110} 640H{x + 26}Z", clear("#000000", 0.22)
    )
    ring = rect(x + 48, 452, 40, 188, ink.down(light(look.second, 0.3), look.second, dark(look.second, 0.35)))
    return block + facets + ring + peaks(x + 68, 546, on(look.second), 0.9)
