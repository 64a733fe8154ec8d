"""Care for skin and hair: dropper, mist, jar, tube, pump, soap."""

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, group, line, moved, oval, path, rect, shine
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look

GOLD = "#d9b07a"
PAPER = "#fbf6ef"


def dropper(ink: Ink, look: Look) -> str:
    """A glass bottle with a pipette, a paper label, and the oil glowing through."""
    bulb = path("M372 150C372 118 428 118 428 150L434 226H366Z", ink.tube(look.second, 0.35))
    collar = rect(350, 222, 100, 74, ink.metal(GOLD), r=6) + line(
        _ribs(358, 442, 9, 232, 288), clear(look.second, 0.2), 2
    )
    neck = rect(364, 296, 72, 22, ink.tube(light(look.main, 0.4), 0.5))
    glass = path(_SHOULDERED, ink.tube(look.main, 0.5)) + path(
        "M312 420H488V606C488 620 480 626 468 626H332C320 626 312 620 312 606Z",
        ink.down(clear(look.main, 0.2), dark(look.main, 0.22)),
    )
    stem = rect(393, 318, 14, 120, clear(WHITE, 0.35), r=7)
    return bulb + collar + neck + glass + stem + _label(ink, look, 316, 440, 168, 136) + shine(310, 388, 11, 226, 0.55)


_SHOULDERED = (
    "M364 314H436C438 340 500 346 500 392V608C500 630 488 640 466 640H334"
    "C312 640 300 630 300 608V392C300 346 362 340 364 314Z"
)


def _ribs(left: int, right: int, step: int, top: int, bottom: int) -> str:
    return "".join(f"M{x} {top}V{bottom}" for x in range(left, right + 1, step))


def _label(ink: Ink, look: Look, x: float, y: float, width: float, height: float) -> str:
    middle, tone = x + width / 2, dark(look.second, 0.1)
    return (
        rect(x, y, width, height, ink.across(dark(PAPER, 0.1), PAPER, PAPER, dark(PAPER, 0.16)), r=2)
        + word(look.brand, middle, y + height * 0.2, min(24, width * 0.13), tone)
        + line(f"M{middle - 16} {y + height * 0.5:g}h32", GOLD, 2.4)
        + line(
            f"M{middle - width * 0.3:g} {y + height * 0.67:g}h{width * 0.6:g}"
            f"m{-width * 0.5:g} {height * 0.13:g}h{width * 0.4:g}",
            clear(tone, 0.5),
            3,
        )
    )


def mist(ink: Ink, look: Look) -> str:
    """A tall frosted bottle with a spray head, water-clear above and tinted below."""
    head = rect(362, 128, 76, 92, ink.tube(look.second, 0.3), r=12) + disc(372, 152, 6, dark(look.second, 0.5))
    collar = rect(352, 214, 96, 32, ink.metal(GOLD), r=4)
    glass = rect(310, 244, 180, 396, ink.tube(light(look.main, 0.5), 0.65), r=38)
    water = path(
        "M324 318C360 306 440 330 476 316V592C476 616 464 626 444 626H356C336 626 324 616 324 592Z",
        ink.down(clear(look.main, 0.55), look.main),
    )
    name = word(look.brand, 400, 410, 26, dark(look.main, 0.62)) + line("M384 462h32", dark(look.main, 0.5), 2.4)
    detail = line("M352 492h96m-80 18h64", clear(dark(look.main, 0.6), 0.5), 3)
    return head + collar + glass + water + name + detail + shine(326, 280, 13, 320, 0.6) + shine(470, 300, 6, 270, 0.45)


def jar(ink: Ink, look: Look) -> str:
    """A low jar of heavy glass, its lid leaning against it, cream swirled to a peak."""
    glass = path(
        "M246 440H554V596C554 628 536 640 506 640H294C264 640 246 628 246 596Z", ink.tube(light(look.main, 0.55), 0.6)
    )
    inner = path("M266 452H534V586C534 606 522 614 502 614H298C278 614 266 606 266 586Z", ink.tube(look.main, 0.4))
    mouth = oval(400, 440, 154, 34, ink.across(light(look.main, 0.7), light(look.main, 0.3), light(look.main, 0.6)))
    cream = oval(400, 438, 136, 27, light(look.main, 0.55)) + path(
        "M282 434C292 392 358 408 376 380C386 364 404 350 420 344"
        "C412 360 430 370 446 384C478 406 512 398 518 434C490 462 310 462 282 434Z",
        ink.slant(WHITE, light(look.main, 0.6), light(look.main, 0.25)),
    )
    swirl = line(
        "M318 432C350 446 450 446 486 428M350 412C384 424 430 422 454 408M384 388C402 394 420 392 432 384",
        clear(dark(look.main, 0.25), 0.35),
        4,
    )
    lid = oval(0, 0, 106, 106, ink.slant(light(look.second, 0.3), look.second, dark(look.second, 0.15))) + oval(
        0, 0, 92, 92, "none", stroke=clear(WHITE, 0.25), stroke_width=2
    )
    leaning = group(
        lid + word(look.brand, 0, -10, 22, light(GOLD, 0.35)), transform="translate(586 546) rotate(8) scale(.62 .9)"
    )
    name = word(look.brand, 388, 510, 28, dark(look.main, 0.62)) + line("M372 562h32", dark(look.main, 0.5), 2.4)
    return leaning + glass + inner + mouth + cream + swirl + name + shine(264, 466, 12, 140, 0.6)


def pot(ink: Ink, look: Look) -> str:
    """A closed jar with a wide metal lid over coloured glass."""
    glass = path("M262 402H538V590C538 626 520 640 488 640H312C280 640 262 626 262 590Z", ink.tube(look.main, 0.42))
    lid = rect(250, 292, 300, 116, ink.metal(GOLD), r=14) + oval(400, 302, 140, 9, clear(WHITE, 0.4))
    ridge = line("M252 384H548", clear(dark(GOLD, 0.6), 0.4), 3)
    return glass + lid + ridge + _label(ink, look, 292, 444, 216, 150) + shine(276, 424, 11, 180, 0.45)


def tube(ink: Ink, look: Look) -> str:
    """A soft tube standing on its cap, its crimped end up."""
    body = path("M284 166H516L498 560H302Z", ink.tube(look.main, 0.42))
    crimp = rect(280, 140, 240, 34, ink.down(light(look.main, 0.35), dark(look.main, 0.12)), r=4) + line(
        _ribs(292, 508, 12, 146, 168), clear(dark(look.main, 0.5), 0.22), 2
    )
    cap = path("M304 556H496L488 640H312Z", ink.tube(look.second, 0.35)) + rect(300, 550, 200, 12, ink.metal(GOLD), r=3)
    tone = WHITE if look.main < "#9" else dark(look.second, 0.1)
    name = word(look.brand, 400, 286, 32, tone) + line("M384 344h32", GOLD, 3)
    detail = line("M342 380h116m-100 20h84", clear(tone, 0.6), 3.4) + disc(
        400, 462, 30, "none", stroke=clear(tone, 0.7), stroke_width=3
    )
    drop = path("M400 444C408 456 414 464 414 470A14 14 0 0 1 386 470C386 464 392 456 400 444Z", clear(tone, 0.8))
    return body + crimp + name + detail + drop + cap + shine(312, 196, 13, 330, 0.4)


def pump(ink: Ink, look: Look) -> str:
    """A tall bottle with a pump."""
    spout = path(
        "M318 168C318 156 328 150 340 150H442C454 150 458 158 458 168V186H352"
        "C350 196 346 206 338 214L326 210C330 196 318 186 318 168Z",
        ink.down(light(look.second, 0.25), look.second),
    )
    stem = rect(388, 184, 40, 44, ink.tube(look.second, 0.4)) + rect(
        352, 224, 112, 60, ink.tube(look.second, 0.35), r=8
    )
    collar = rect(352, 276, 112, 14, ink.metal(GOLD), r=3)
    body = path(
        "M352 290H464C500 294 520 318 520 352V604C520 628 508 640 484 640H332"
        "C308 640 296 628 296 604V352C296 318 316 294 352 290Z",
        ink.tube(look.main, 0.45),
    )
    return spout + stem + body + collar + moved(_label(ink, look, 322, 392, 172, 176)) + shine(310, 340, 12, 270, 0.45)


def soap(ink: Ink, look: Look) -> str:
    """Two cut bars, marbled, stacked and tied with raffia."""
    lower = moved(_bar(ink, look.main, look.brand), 0, 0)
    upper = moved(_bar(ink, light(look.main, 0.25), look.brand), 26, -128, turn=-4)
    raffia = line("M388 388C386 470 388 560 386 640M408 388C410 470 408 560 410 640", "#c9a66b", 7)
    bow = line(
        "M398 384C360 334 322 350 344 378C356 394 384 388 398 384C436 330 480 346 456 374C444 390 414 388 398 384",
        "#c9a66b",
        7,
    )
    sprig = "".join(
        path(
            "M0 0C10 -16 30 -20 46 -12C34 4 16 8 0 0Z",
            ink.slant("#a8b88d", "#6f8559"),
            transform=f"translate({398 + x} {376 - y}) rotate({turn})",
        )
        for x, y, turn in ((0, 0, -50), (-6, 8, -110), (14, 26, -20), (8, 40, -85))
    )
    return lower + upper + raffia + sprig + bow


def _bar(ink: Ink, colour: str, brand: str) -> str:
    top = path("M236 528L292 488H564L528 528Z", ink.across(light(colour, 0.5), light(colour, 0.3)))
    side = path("M528 528L564 488V592L528 640Z", ink.down(dark(colour, 0.12), dark(colour, 0.26)))
    front = rect(232, 526, 300, 114, ink.slant(light(colour, 0.28), colour), r=12)
    vein = line(
        "M240 600C290 560 330 620 380 580S470 560 526 596M252 556C300 538 350 566 400 546", clear(WHITE, 0.3), 7
    )
    return top + side + front + vein + word(brand, 382, 566, 30, clear(dark(colour, 0.6), 0.5))
