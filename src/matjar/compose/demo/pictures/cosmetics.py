"""Make-up: lipstick, gloss, pencil, mascara, palette, compact, foundation, brushes."""

from matjar.compose.demo.pictures.canvas import BLACK, WHITE, Ink, group, line, moved, number, oval, path, rect, shine
from matjar.compose.demo.pictures.colour import clear, dark, is_dark, light, mix
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look

GOLD = "#d9b07a"


def lipstick(ink: Ink, look: Look) -> str:
    """A bullet wound out of its golden base, its cap standing beside it."""
    case = dark(mix(look.main, look.second, 0.75), 0.1)
    bullet = path("M300 384V282C300 236 352 196 396 188V384Z", ink.tube(look.main, 0.28))
    slope = path(
        "M300 284C300 236 352 196 396 188C404 214 356 288 300 284Z", ink.slant(light(look.main, 0.42), look.main)
    )
    base = (
        rect(292, 372, 112, 66, ink.metal(GOLD), r=4)
        + rect(276, 430, 144, 210, ink.tube(case, 0.3), r=8)
        + rect(276, 430, 144, 10, ink.metal(GOLD), r=4)
        + word(look.brand, 348, 590, 15, light(GOLD, 0.3))
    )
    cap = (
        rect(446, 388, 142, 252, ink.tube(case, 0.34), r=10)
        + rect(446, 618, 142, 14, ink.metal(GOLD))
        + oval(517, 398, 58, 6, clear(WHITE, 0.16))
        + word(look.brand, 517, 500, 18, light(GOLD, 0.3))
        + shine(470, 414, 10, 180, 0.28)
    )
    return bullet + slope + base + cap + shine(318, 300, 9, 66, 0.35) + shine(298, 452, 9, 160, 0.28)


def gloss(ink: Ink, look: Look) -> str:
    """A clear tube of colour with a slim golden cap, and its wand beside it."""
    tube = (
        rect(290, 372, 108, 268, ink.tube(light(look.main, 0.2), 0.55), r=22)
        + rect(304, 384, 80, 240, ink.down(clear(light(look.main, 0.3), 0.7), clear(look.main, 0.95)), r=14)
        + rect(312, 340, 64, 40, ink.tube("#f6efe9", 0.5))
        + rect(298, 160, 92, 190, ink.metal(GOLD), r=10)
        + word(look.brand, 344, 520, 17, WHITE)
        + shine(304, 400, 12, 200, 0.6)
    )
    wand = (
        rect(470, 160, 84, 180, ink.metal(GOLD), r=10)
        + rect(496, 338, 32, 30, ink.tube("#f6efe9", 0.5))
        + rect(508, 366, 8, 170, ink.tube("#efe6de", 0.6))
        + path("M498 520C498 508 526 508 526 520L524 606C522 626 502 626 500 606Z", ink.tube(look.main, 0.5))
        + path("M506 622C506 640 500 652 512 656C524 652 518 640 518 622Z", ink.ball(look.main, 0.6))
    )
    return tube + moved(wand, 8, -10, turn=7)


def pencil(ink: Ink, look: Look) -> str:
    """Two slim pencils crossing, one capped, one sharpened to its colour."""
    body = dark(mix(look.main, look.second, 0.35), 0.15)
    open_one = (
        path("M372 300L400 196L428 300Z", ink.tube("#e9cda6", 0.4))
        + path("M388 238L400 188C402 186 404 190 412 238C404 246 396 246 388 238Z", ink.tube(look.main, 0.35))
        + rect(372, 296, 56, 346, ink.tube(body, 0.4))
        + rect(372, 300, 56, 12, ink.metal(GOLD))
        + rect(372, 622, 56, 30, ink.tube(look.main, 0.4), r=6)
        + group(word(look.brand, 460, 392, 17, light(GOLD, 0.35)), transform="rotate(90 400 400)")
    )
    capped = (
        rect(372, 330, 56, 312, ink.tube(body, 0.4))
        + rect(368, 196, 64, 150, ink.tube(dark(body, 0.2), 0.5), r=14)
        + rect(368, 334, 64, 12, ink.metal(GOLD))
        + rect(372, 622, 56, 30, ink.tube(look.main, 0.4), r=6)
    )
    return moved(capped, 78, -6, turn=14) + moved(open_one, -70, -6, turn=-9)


def mascara(ink: Ink, look: Look) -> str:
    """A tall tube with a golden collar, and its brush leaning beside it."""
    tube = (
        rect(292, 300, 104, 340, ink.tube(look.main, 0.38), r=16)
        + rect(302, 272, 84, 40, ink.metal(GOLD))
        + group(word(look.brand, 460, 388, 24, light(GOLD, 0.35)), transform="rotate(-90 400 400) translate(-40 -58)")
        + shine(306, 330, 9, 280, 0.3)
    )
    bristles = "".join(f"M{496 - 2 - w} {y}L{528 + 2 + w} {y - 8}" for y, w in _bristles())
    wand = (
        rect(464, 150, 96, 250, ink.tube(look.main, 0.38), r=16)
        + rect(472, 392, 80, 18, ink.metal(GOLD))
        + rect(507, 408, 10, 110, ink.tube("#3a3036", 0.4))
        + rect(505, 508, 14, 140, BLACK, r=6)
        + line(bristles, dark(look.main, 0.3), 3.2)
        + shine(478, 172, 8, 200, 0.3)
    )
    return tube + moved(wand, 16, -18, turn=9)


def _bristles() -> list[tuple[int, float]]:
    return [(512 + 7 * step, 16 - abs(9 - step) * 0.9) for step in range(19)]


def palette(ink: Ink, look: Look) -> str:
    """An open case: a mirror in the lid and nine pans from light to deep."""
    case = dark(look.second, 0.1)
    lid = rect(186, 150, 428, 236, ink.slant(light(case, 0.2), case), r=20) + rect(
        206, 170, 388, 196, ink.slant("#f4f3f1", "#cfd6d8", "#eef0ef", "#bcc5c8"), r=10
    )
    hinge = rect(196, 384, 408, 14, ink.down(light(GOLD, 0.3), dark(GOLD, 0.3)), r=4)
    tray = rect(176, 396, 448, 252, ink.down(light(case, 0.12), dark(case, 0.1)), r=22)
    return lid + path("M250 366L420 170H486L316 366Z", clear(WHITE, 0.35)) + hinge + tray + _pans(ink, look)


def _pans(ink: Ink, look: Look) -> str:
    tones = [
        light(look.main, 0.72),
        light(look.main, 0.45),
        look.main,
        mix(look.main, GOLD, 0.55),
        dark(look.main, 0.25),
    ]
    tones += [mix(look.main, "#7d3b2e", 0.45), light(GOLD, 0.25), dark(look.main, 0.5)]
    pans = []
    for index, tone in enumerate(tones):
        x, y = 200 + index % 4 * 101, 416 + index // 4 * 108
        pans.append(
            rect(x, y, 94, 98, dark(tone, 0.45), r=10)
            + rect(x + 3, y + 4, 89, 93, ink.slant(light(tone, 0.25), tone), r=9)
        )
        pans.append(line(f"M{x + 24} {y + 72}L{x + 70} {y + 26}", clear(WHITE, 0.22), 7))
    return "".join(pans)


def compact(ink: Ink, look: Look) -> str:
    """A round case open on its powder, pressed with the brand's star."""
    case = dark(mix(look.second, look.main, 0.15), 0.08)
    lid = oval(400, 310, 176, 172, ink.slant(light(case, 0.3), case, dark(case, 0.2)))
    mirror = oval(400, 314, 150, 147, ink.slant("#fbfaf8", "#cdd5d8", "#f0f2f1", "#b9c3c7"))
    glare = path("M300 400L430 176C446 180 462 186 474 194L338 442C322 432 308 418 300 400Z", clear(WHITE, 0.4))
    foot = path("M206 552C206 500 594 500 594 552V590C594 660 206 660 206 590Z", ink.tube(case, 0.3))
    rim = oval(400, 552, 194, 78, ink.metal(GOLD)) + oval(400, 552, 182, 71, dark(case, 0.3))
    powder = oval(400, 556, 174, 66, ink.slant(light(look.main, 0.4), look.main, dark(look.main, 0.08)))
    return lid + mirror + glare + rect(362, 476, 76, 26, ink.metal(GOLD), r=6) + foot + rim + powder + _rosette(look)


def _rosette(look: Look) -> str:
    petal = "M0 0C-16 -22 -12 -44 0 -58C12 -44 16 -22 0 0Z"
    tone = clear(dark(look.main, 0.4), 0.22)
    petals = "".join(path(petal, tone, transform=f"rotate({angle})") for angle in range(0, 360, 45))
    return group(petals, transform="translate(400 556) scale(1.7 .72)")


def foundation(ink: Ink, look: Look) -> str:
    """A heavy glass bottle of tinted cream with a matte cap."""
    cap = dark(look.second, 0.15)
    lettering = WHITE if is_dark(look.main) else dark(look.main, 0.62)
    return (
        rect(342, 186, 116, 150, ink.tube(cap, 0.3), r=10)
        + rect(342, 322, 116, 12, ink.metal(GOLD))
        + rect(356, 334, 88, 24, ink.tube("#f1e6dc", 0.4))
        + rect(284, 352, 232, 288, ink.tube(light(look.main, 0.45), 0.6), r=34)
        + rect(304, 378, 192, 234, ink.tube(look.main, 0.26), r=20)
        + rect(296, 616, 208, 14, clear(WHITE, 0.4), r=7)
        + word(look.brand, 400, 462, 28, lettering)
        + line("M360 516H440M374 534H426", clear(lettering, 0.7), 3)
        + shine(300, 384, 13, 210, 0.6)
        + shine(488, 392, 6, 190, 0.4)
    )


def brushes(ink: Ink, look: Look) -> str:
    """Five brushes in a fan, from powder to liner, in a leather cup."""
    fan = "".join(
        moved(_brush(ink, look, width, tall), x, y, turn=turn)
        for width, tall, x, y, turn in (
            (34, 60, -88, 22, -17),
            (26, 74, 96, 12, 19),
            (58, 96, -40, -14, -7),
            (14, 44, 52, 8, 10),
            (44, 88, 8, -34, 2),
        )
    )
    cup = path("M276 452H524L508 622C506 646 294 646 292 622Z", ink.tube(look.second, 0.25))
    stitch = line("M284 476H516", clear(WHITE, 0.5), 2.4, stroke_dasharray="9 8")
    rim = oval(400, 452, 124, 16, dark(look.second, 0.45))
    return rim + fan + cup + stitch + word(look.brand, 400, 546, 28, light(GOLD, 0.4))


def _brush(ink: Ink, look: Look, width: float, tall: float) -> str:
    tuft = path("M-62 0C-120-100-50-170 0-175C50-170 120-100 62 0Z", _hair(ink, look.main))
    hair = group(tuft, transform=f"translate(400 300) scale({number(width / 100)} {number(tall / 100)})")
    ferrule = path(
        f"M{400 - width * 0.66} 296H{400 + width * 0.66}L{400 + width * 0.4} 372H{400 - width * 0.4}Z", ink.metal(GOLD)
    )
    handle = rect(400 - width * 0.4, 370, width * 0.8, 150, ink.tube("#3b2430", 0.4))
    return hair + ferrule + handle


def _hair(ink: Ink, colour: str) -> str:
    return ink.down(light(colour, 0.35), colour, dark(colour, 0.45))
