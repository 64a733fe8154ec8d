"""Scent: two perfume flacons, candle, incense burner."""

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, line, oval, path, rect, shine
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look

GOLD = "#d9b07a"


def flacon(ink: Ink, look: Look) -> str:
    """A square flacon of thick glass with a faceted stopper."""
    stopper = path("M330 176L356 150H444L470 176V262L444 284H356L330 262Z", ink.metal(GOLD))
    facets = line("M356 150V284M444 150V284M330 176H470M330 262H470", clear(WHITE, 0.4), 2)
    neck = rect(364, 284, 72, 36, ink.tube("#efe4d6", 0.6)) + rect(356, 306, 88, 14, ink.metal(GOLD), r=3)
    glass = rect(
        252, 320, 296, 320, ink.slant(light(look.main, 0.7), light(look.main, 0.35), light(look.main, 0.62)), r=22
    )
    scent = rect(276, 358, 248, 246, ink.slant(light(look.main, 0.22), look.main, dark(look.main, 0.28)), r=10)
    surface = path(
        "M276 376C340 364 450 388 524 372V368C524 362 520 358 514 358H286C280 358 276 362 276 368Z", clear(WHITE, 0.4)
    )
    plate = rect(326, 436, 148, 96, ink.slant(light(GOLD, 0.55), GOLD, light(GOLD, 0.3)), r=3)
    name = word(look.brand, 400, 462, 22, "#4a2f1c") + line("M378 502h44", "#4a2f1c", 2)
    edge = path("M276 604H524L540 630H260Z", clear(WHITE, 0.35)) + path(
        "M524 358L540 334V626L524 604Z", clear(dark(look.main, 0.5), 0.16)
    )
    glare = path("M276 358H352L290 604H276Z", clear(WHITE, 0.2))
    return (
        stopper + facets + neck + glass + scent + surface + glare + edge + plate + name + shine(262, 348, 8, 250, 0.7)
    )


def atomiser(ink: Ink, look: Look) -> str:
    """A round flacon like a drop of light, under a dome."""
    dome = path("M344 246V196C344 140 456 140 456 196V246Z", ink.tube(look.second, 0.4)) + rect(
        338, 240, 124, 24, ink.metal(GOLD), r=5
    )
    neck = rect(366, 264, 68, 26, ink.tube("#efe4d6", 0.6))
    glass = oval(
        400,
        464,
        190,
        176,
        ink.glow(light(look.main, 0.75), light(look.main, 0.5), light(look.main, 0.2), x=0.35, y=0.3, reach=0.75),
    )
    scent = path(
        "M236 446C300 428 500 470 564 446C572 540 500 612 400 612C300 612 228 540 236 446Z",
        ink.down(light(look.main, 0.2), look.main, dark(look.main, 0.25)),
    )
    ring = disc(400, 490, 64, clear(WHITE, 0.9)) + disc(400, 490, 56, "none", stroke=GOLD, stroke_width=2.4)
    name = word(look.brand, 400, 480, 18, dark(look.second, 0.1))
    glare = path("M252 408C272 348 318 314 356 304C312 340 284 388 276 440C266 436 256 424 252 408Z", clear(WHITE, 0.7))
    return (
        dome
        + neck
        + glass
        + scent
        + ring
        + name
        + glare
        + line("M548 520C532 566 500 592 468 604", clear(WHITE, 0.5), 7)
    )


def candle(ink: Ink, look: Look) -> str:
    """A lit candle in tinted glass, its wax warm from the flame."""
    halo = disc(400, 262, 190, ink.glow("#ffd98ccc", "#ffc56b44", "#ffc56b00"))
    flame = path(
        "M400 196C424 236 434 262 424 284C416 302 384 302 376 284C366 262 384 236 400 196Z",
        ink.down("#fff4cf", "#ffd36b", "#f58a2c"),
    )
    wick = line("M400 332V284", "#4a3328", 5)
    glass = path("M258 338H542V600C542 628 524 640 496 640H304C276 640 258 628 258 600Z", ink.tube(look.main, 0.36))
    wax = oval(400, 340, 142, 30, ink.glow("#fff3d6", "#f6dfb6", "#e2c08c", reach=0.6))
    rim = oval(400, 338, 142, 30, "none", stroke=clear(WHITE, 0.6), stroke_width=4)
    label = rect(306, 424, 188, 136, "#fbf6ef", r=3) + rect(
        314, 432, 172, 120, "none", r=1, stroke=GOLD, stroke_width=2
    )
    name = (
        word(look.brand, 400, 458, 24, dark(look.second, 0.1))
        + line("M384 502h32", GOLD, 2.4)
        + line("M350 526h100", clear(look.second, 0.5), 3)
    )
    return halo + glass + wax + rim + wick + flame + label + name + shine(276, 384, 12, 220, 0.45)


def burner(ink: Ink, look: Look) -> str:
    """A mabkhara: the Gulf's four-horned incense burner, with smoke rising from its ember."""
    smoke = line("M400 300C360 250 446 222 410 168S366 96 408 50", clear(WHITE, 0.5), 22, filter=ink.blur(7))
    wisp = line("M416 300C454 262 398 226 430 186S470 122 446 92", clear(WHITE, 0.4), 13, filter=ink.blur(6))
    foot = path("M270 640L292 596H508L530 640Z", ink.tube(look.main, 0.25)) + rect(
        284, 584, 232, 16, ink.metal(GOLD), r=4
    )
    waist = path("M304 586L352 486H448L496 586Z", ink.tube(look.main, 0.3))
    inlay = "".join(path(f"M{x} 524l14 22l-14 22l-14-22Z", ink.slant(light(GOLD, 0.4), GOLD)) for x in (358, 400, 442))
    bowl = path("M262 302L318 346H482L538 302L516 488H284Z", ink.tube(look.main, 0.32)) + rect(
        280, 478, 240, 14, ink.metal(GOLD), r=4
    )
    studs = "".join(disc(x, 462, 5, light(GOLD, 0.3)) for x in range(308, 501, 24))
    panel = path("M336 376H464L454 444H346Z", ink.slant(light(GOLD, 0.45), GOLD)) + word(
        look.brand, 400, 398, 22, "#4a2f1c"
    )
    ember = oval(400, 346, 82, 13, "#2b1a16") + oval(392, 343, 40, 8, ink.glow("#ffd27a", "#f0632e", "#5c1f14"))
    return smoke + wisp + foot + waist + inlay + bowl + studs + panel + ember
