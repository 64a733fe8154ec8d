"""Clothes for the legs."""

from matjar.compose.demo.pictures.canvas import Ink, line, moved, path
from matjar.compose.demo.pictures.cloth import band, cloth, inside, on, peaks, rib, seam, stitches
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.look import Look

_WAIST = "M306 108C340 120 460 120 494 108C460 132 340 132 306 108Z"


def leggings(ink: Ink, look: Look) -> str:
    """High-waisted leggings with a panel down the leg."""
    legs = (
        "M300 196C276 290 270 400 286 500C292 580 298 640 300 706H362C372 600 388 460 400 340"
        "C412 460 428 600 438 706H500C502 640 508 580 514 500C530 400 524 290 500 196Z"
    )
    deep = "M396 340C390 440 374 560 360 700M404 340C410 440 426 560 440 700M398 300L350 330M402 300L450 330"
    body = cloth(
        ink, legs, look.main, deep, "M320 240C304 340 308 440 322 540M474 250C486 340 478 440 470 560M330 580V690"
    )
    panel = path(
        "M300 196C276 290 270 400 286 500L304 470C292 390 300 280 322 196Z", clear(light(look.main, 0.5), 0.22)
    )
    panel += path(
        "M500 196C524 290 530 400 514 500L496 470C508 390 500 280 478 196Z", clear(light(look.main, 0.5), 0.22)
    )
    waist = path(
        "M306 108C340 132 460 132 494 108L502 200C460 222 340 222 298 200Z",
        ink.across(dark(look.main, 0.2), light(look.main, 0.16), dark(look.main, 0.28)),
    )
    details = seam("M298 202C340 224 460 224 502 202M400 214V340", look.main) + stitches(
        "M302 692H362M438 692H498", look.main
    )
    return inside(ink, _WAIST, look.main) + body + panel + waist + details + peaks(344, 176, on(look.main), 0.7)


def joggers(ink: Ink, look: Look) -> str:
    """Loose trousers with a drawstring and ribbed cuffs."""
    legs = (
        "M296 156C264 270 258 420 272 540C278 600 284 640 290 676H366C378 580 392 460 400 360"
        "C408 460 422 580 434 676H510C516 640 522 600 528 540C542 420 536 270 504 156Z"
    )
    deep = (
        "M394 356C388 460 374 560 360 680M406 356C412 460 426 560 440 680M396 330L340 372M404 330L460 372"
        "M284 560L330 600M516 560L470 600M300 640L350 620M500 640L450 620"
    )
    body = cloth(ink, legs, look.main, deep, "M322 220C300 330 308 420 316 560M470 220C496 330 486 440 478 570")
    pockets = seam("M306 170C300 220 290 250 276 272M494 170C500 220 510 250 524 272", look.main, 4)
    cuffs = rib("M288 692H368M432 692H512", look.main, 34) + band(
        ink, "M300 104C344 120 456 120 500 104L505 160C460 182 340 182 295 160Z", look.main
    )
    cords = line("M386 160C380 200 388 220 378 250M414 160C420 196 412 216 422 240", light(look.main, 0.65), 6)
    return body + pockets + cuffs + cords + peaks(330, 330, on(look.main), 0.85)


def shorts(ink: Ink, look: Look) -> str:
    """Running shorts with a split hem and a liner in the second colour."""
    liner = path(
        "M252 560L388 590L392 520H262ZM548 560L412 590L408 520H538Z", ink.down(look.second, dark(look.second, 0.25))
    )
    legs = (
        "M268 250C246 360 226 460 214 556C270 580 336 590 384 586C392 520 396 470 400 420"
        "C404 470 408 520 416 586C464 590 530 580 586 556C574 460 554 360 532 250Z"
    )
    deep = (
        "M396 420C390 480 384 540 376 590M404 420C410 480 416 540 424 590M396 392L330 420M404 392L470 420"
        "M280 580C276 530 290 490 312 460M520 580C524 530 510 490 490 460"
    )
    body = cloth(ink, legs, look.main, deep, "M300 300C280 400 276 460 270 560M500 300C520 400 520 480 524 560")
    flash = path("M532 250C554 360 574 460 586 556L548 566C540 460 524 350 502 262Z", clear(look.second, 0.9))
    waist = band(ink, "M276 200C330 220 470 220 524 200L534 256C470 282 330 282 266 256Z", look.main)
    cords = line("M388 268C380 310 392 330 380 358M412 268C422 306 410 326 424 348", light(look.main, 0.7), 6)
    hems = stitches("M218 540C272 562 336 572 384 570M582 540C528 562 464 572 416 570", look.main)
    marked = peaks(276, 510, on(look.main), 0.85)
    return moved(liner + body + flash + waist + cords + hems + marked, 0, -6, 1.22)


def socks(ink: Ink, look: Look) -> str:
    """Three crew socks, their stripes in the colours' companions."""
    tones = (look.main, look.second, light(look.main, 0.55))
    turns = ((-150, -12), (0, 0), (150, 12))
    pairs = zip(tones, (look.second, look.main, look.second), turns, strict=True)
    return "".join(
        moved(_sock(ink, tone, stripe), shift - 20, abs(shift) * 0.16, 0.84, turn)
        for tone, stripe, (shift, turn) in pairs
    )


def _sock(ink: Ink, colour: str, stripe: str) -> str:
    leg = (
        "M336 170H446C450 300 446 400 452 470C458 520 520 560 560 600C590 640 560 676 510 672"
        "C440 664 350 620 336 540C328 440 336 300 336 170Z"
    )
    body = cloth(ink, leg, colour, "M340 520C380 560 420 540 456 500M352 300V480", "M372 260C366 360 372 440 380 500")
    cuff = rib("M334 196H448", colour, 56)
    toe = path(
        "M520 566C536 578 550 590 560 600C590 640 560 676 510 672C480 668 470 660 466 652C500 640 520 610 520 566Z",
        clear(dark(stripe, 0.1), 0.9),
    )
    bands = line("M337 256H447M337 282H447", stripe, 12, stroke_linecap="butt")
    return body + cuff + toe + bands + peaks(392, 350, on(colour), 0.7)
