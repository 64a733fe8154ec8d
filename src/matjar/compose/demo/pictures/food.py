"""Things to eat and drink, and the shaker and the call that go with them."""

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, group, line, moved, oval, path, rect, shine
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look
from matjar.compose.demo.pictures.supplements import PAPER, sprout


def bar(ink: Ink, look: Look) -> str:
    """A wrapped bar, and another broken open before it."""
    wrapped = path(
        "M150 390L170 380L650 380L670 390L662 400L670 412L662 424L670 436L662 448L670 460L662 472"
        "L670 484L650 494H170L150 484L158 472L150 460L158 448L150 436L158 424L150 412L158 400Z",
        ink.down(light(look.main, 0.4), look.main, dark(look.main, 0.3)),
    )
    crimps = line("M164 388V486M176 386V488M644 386V488M656 388V486", clear(dark(look.main, 0.6), 0.3), 3)
    sheen = path("M190 384H630V408C480 418 340 398 190 412Z", clear(WHITE, 0.3))
    badge = (
        rect(300, 398, 200, 78, PAPER, r=39)
        + sprout(338, 432, look.trim, 0.85)
        + word(look.brand, 426, 430, 14, look.trim, 0.13, 0.28)
    )
    return moved(wrapped + crimps + sheen + badge, 0, -60, 1.05, -9) + moved(_bitten(ink, look), 20, 96, 1, 5)


def _bitten(ink: Ink, look: Look) -> str:
    crumb = path(
        "M210 430C216 412 240 410 560 412C590 414 600 430 596 450C604 466 590 474 598 490"
        "C592 510 604 520 586 536H240C214 536 206 524 208 500Z",
        ink.down("#c08a55", "#96602f", "#6f4220"),
    )
    coat = path(
        "M204 448C202 404 232 398 560 400C596 402 604 426 600 440C560 460 520 436 480 452"
        "S400 446 360 456S260 440 204 470Z",
        ink.down(light(look.second, 0.3), look.second, dark(look.second, 0.3)),
    )
    bits = "".join(
        oval(x, y, 13, 8, tone, transform=f"rotate({turn} {x} {y})")
        for x, y, turn, tone in (
            (260, 494, 20, "#e9cf9f"),
            (320, 510, -30, "#5c3a22"),
            (380, 488, 10, "#e9cf9f"),
            (440, 512, 40, "#e0b878"),
            (500, 490, -15, "#5c3a22"),
            (552, 508, 30, "#e9cf9f"),
        )
    )
    return crumb + bits + coat + line("M230 420C300 410 440 412 560 416", clear(WHITE, 0.45), 6)


def butter(ink: Ink, look: Look) -> str:
    """A glass jar of nut butter."""
    glass = path(
        "M286 270H514C540 290 552 310 552 344V596C552 626 534 640 506 640H294C266 640 248 626 248 596"
        "V344C248 310 260 290 286 270Z",
        ink.tube(light(look.main, 0.3), 0.6),
    )
    filling = path(
        "M262 330C330 312 470 340 538 322V594C538 614 526 626 506 626H294C274 626 262 614 262 594Z",
        ink.across(dark(look.main, 0.3), look.main, light(look.main, 0.22), look.main, dark(look.main, 0.35)),
    )
    lid = (
        rect(278, 190, 244, 84, ink.metal("#d8b878"), r=12)
        + line("M282 256H518", clear("#5a4520", 0.4), 4)
        + oval(400, 196, 112, 8, clear(WHITE, 0.4))
    )
    label = path(
        "M262 390C330 404 470 404 538 390V566C470 580 330 580 262 566Z",
        ink.across(dark(PAPER, 0.14), PAPER, PAPER, dark(PAPER, 0.2)),
    )
    face = (
        sprout(400, 430, look.trim, 1.15)
        + word(look.brand, 400, 486, 24, look.trim, 0.12, 0.3)
        + line("M350 532h100", clear(look.main, 0.9), 6)
    )
    return glass + filling + label + face + lid + shine(268, 340, 12, 270, 0.55)


def honey(ink: Ink, look: Look) -> str:
    """A six-sided jar of honey, the dipper beside it."""
    glass = path(
        "M300 270H500L556 350V584L514 640H286L244 584V350Z",
        ink.across(dark(look.main, 0.3), look.main, light(look.main, 0.5), look.main, dark(look.main, 0.32)),
    )
    glow = path("M300 300H420L400 620H300L268 580V360Z", clear("#fff1b8", 0.3))
    edges = line("M330 272L300 352V586L324 638M470 272L500 352V586L476 638", clear(WHITE, 0.4), 3)
    lid = rect(290, 196, 220, 78, ink.tube(look.trim, 0.35), r=10) + line("M292 256H508", clear(WHITE, 0.25), 4)
    label = path("M400 372L482 420V516L400 564L318 516V420Z", ink.slant(WHITE, PAPER)) + path(
        "M400 386L470 427V509L400 550L330 509V427Z", "none", stroke=look.main, stroke_width=3
    )
    face = sprout(400, 440, look.trim, 0.95) + word(look.brand, 400, 488, 14, look.trim, 0.13, 0.28)
    dipper = rect(394, 200, 14, 260, ink.tube("#b98150", 0.4), r=7) + "".join(
        oval(401, 470 + 24 * step, (38, 48, 50, 44, 32)[step], 10, ink.tube("#a56c3c", 0.4)) for step in range(5)
    )
    return glass + glow + edges + lid + label + face + moved(dipper, 230, 46, 1, 16)


def gel(ink: Ink, look: Look) -> str:
    """Three energy gels side by side."""
    one = _gel(ink, look)
    return moved(one, -150, 24, 0.94, -8) + moved(one, 150, 24, 0.94, 8) + moved(one, 0, 0)


def _gel(ink: Ink, look: Look) -> str:
    body = path("M352 196H448L486 270C496 400 492 520 482 640H318C308 520 304 400 314 270Z", ink.tube(look.main, 0.42))
    neck = rect(372, 152, 56, 50, ink.tube(PAPER, 0.5), r=6) + line(
        "M366 176H434", clear(dark(look.main, 0.5), 0.6), 4, stroke_dasharray="6 5"
    )
    foot = line("M322 618H478M321 628H479", clear(dark(look.main, 0.6), 0.3), 3)
    flash = path(
        "M318 470C380 420 430 520 487 450C490 520 488 580 482 640H318C310 580 312 520 318 470Z", clear(WHITE, 0.3)
    )
    return body + neck + flash + foot + sprout(400, 318, PAPER, 1.3) + word(look.brand, 400, 384, 17, PAPER, 0.13, 0.28)


def shot(ink: Ink, look: Look) -> str:
    """A small bottle of pressed juice and a half of the fruit."""
    glass = path(
        "M360 262H440C444 300 494 316 494 370V604C494 630 480 640 458 640H342C320 640 306 630 306 604"
        "V370C306 316 356 300 360 262Z",
        ink.tube(look.main, 0.55),
    )
    lid = rect(350, 206, 100, 60, ink.tube(look.trim, 0.35), r=8) + line(
        "".join(f"M{x} 216V258" for x in range(360, 446, 11)), clear("#000000", 0.25), 3
    )
    label = rect(306, 404, 188, 150, ink.across(dark(PAPER, 0.12), PAPER, PAPER, dark(PAPER, 0.18)))
    face = (
        sprout(400, 440, look.trim, 1)
        + word(look.brand, 400, 492, 19, look.trim, 0.12, 0.3)
        + line("M364 528h72", look.main, 5)
    )
    half = disc(0, 0, 92, ink.slant(light(look.main, 0.2), dark(look.main, 0.15))) + disc(0, 0, 83, "#fff6da")
    wedge = path("M0-9L-25-68C-14-78 14-78 25-68Z", ink.down(look.main, light(look.main, 0.4)))
    wedges = "".join(group(wedge, transform=f"rotate({angle})") for angle in range(0, 360, 45))
    return moved(glass + lid + label + face + shine(322, 384, 11, 230, 0.55), -60, 0) + group(
        half + wedges, transform="translate(540 560) scale(.9)"
    )


def shaker(ink: Ink, look: Look) -> str:
    """A shaker with a flip cap and a scale on its side."""
    cup = path(
        "M288 286H512L494 612C492 632 480 640 462 640H338C320 640 308 632 306 612Z",
        ink.tube(light(look.main, 0.45), 0.55),
    )
    drink = path(
        "M294 400C360 384 440 416 506 396L492 608C490 622 480 630 464 630H336C320 630 310 622 308 608Z",
        ink.tube(look.main, 0.3),
    )
    lid = path("M280 286C280 250 296 236 316 232H484C504 236 520 250 520 286Z", ink.tube(look.trim, 0.34))
    cap = rect(330, 180, 84, 60, ink.tube(look.trim, 0.4), r=14) + line(
        "M420 232C430 150 520 150 500 246", dark(look.trim, 0.1), 15
    )
    marks = line("M470 440h22m-14 30h13m-23 30h22m-14 30h12m-22 30h20", clear(WHITE, 0.85), 4)
    face = sprout(394, 480, WHITE, 1.5) + word(look.brand, 394, 546, 17, WHITE, 0.13, 0.28)
    return cup + drink + lid + cap + marks + face + shine(314, 310, 12, 290, 0.5)


def call(ink: Ink, look: Look) -> str:
    """A telephone with a call on its screen, and what is said in it."""
    phone = rect(282, 150, 236, 482, ink.slant("#3b4350", "#171c24"), r=38) + rect(
        294, 162, 212, 458, ink.down(light(look.main, 0.55), light(look.main, 0.2)), r=28
    )
    person = (
        disc(400, 316, 78, WHITE)
        + disc(400, 296, 30, look.main)
        + path("M344 366C346 326 454 326 456 366C430 402 370 402 344 366Z", look.main)
    )
    buttons = (
        disc(354, 552, 27, "#e5604d")
        + disc(446, 552, 27, look.trim)
        + sprout(446, 548, WHITE, 0.6)
        + line("M344 552H364", WHITE, 6)
    )
    times = line("M352 438h96m-76 22h56", clear(look.trim, 0.6), 7) + rect(366, 174, 68, 16, "#171c24", r=8)
    left = path(
        "M96 250C96 226 112 214 134 214H262C284 214 298 226 298 250V306C298 330 284 342 262 342H180"
        "L134 378L142 342H134C112 342 96 330 96 306Z",
        ink.slant(WHITE, PAPER),
    )
    right = path(
        "M502 400C502 378 518 366 540 366H668C690 366 706 378 706 400V452C706 476 690 488 668 488H660"
        "L668 522L622 488H540C518 488 502 476 502 452Z",
        ink.slant(light(look.second, 0.2), look.second),
    )
    said = line("M130 258H264M130 288H230", clear(look.trim, 0.5), 9) + line(
        "M538 408H668M538 438H626", clear(WHITE, 0.85), 9
    )
    return (
        phone
        + person
        + buttons
        + times
        + left
        + right
        + said
        + disc(456, 374, 13, "#4fb36a", stroke=WHITE, stroke_width=4)
    )
