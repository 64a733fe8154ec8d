"""Clothes for the upper body, hanging as if worn."""

from matjar.compose.demo.pictures.canvas import Ink, line, path, rect
from matjar.compose.demo.pictures.cloth import cloth, inside, on, peaks, rib, seam, stitches
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.look import Look

_NECK = "M326 158C344 176 456 176 474 158C462 214 338 214 326 158Z"


def tee(ink: Ink, look: Look) -> str:
    """A short-sleeved shirt."""
    shirt = (
        "M326 158L262 182C222 196 198 230 178 292L148 388L234 418L264 348C270 430 266 560 260 664Q400 686 540 664"
        "C534 560 530 430 536 348L566 418L652 388L622 292C602 230 578 196 538 182L474 158C462 214 338 214 326 158Z"
    )
    deep = (
        "M266 340C282 360 304 392 318 436M534 340C520 362 500 396 486 440M300 680C304 620 320 570 352 530"
        "M486 680C488 630 474 590 452 560M224 300L206 380"
    )
    body = cloth(ink, shirt, look.main, deep, "M300 240C330 330 310 450 322 600M500 480C470 540 440 560 400 640")
    seams = seam("M264 348C254 290 258 226 282 176M536 348C546 290 542 226 518 176", look.main)
    hems = stitches("M262 646Q400 668 538 646M156 372L240 402M644 372L560 402", look.main)
    collar = rib("M322 160C338 220 462 220 478 160", look.main, 13)
    return inside(ink, _NECK, look.main) + body + seams + hems + collar + peaks(468, 282, on(look.main), 0.9)


def longsleeve(ink: Ink, look: Look) -> str:
    """A fitted shirt with long sleeves, its thumbholes and panels in the second colour."""
    shirt = (
        "M330 152L268 174C228 190 212 226 204 290L164 632L224 644L270 356C280 440 272 560 268 660Q400 680 532 660"
        "C528 560 520 440 530 356L576 644L636 632L596 290C588 226 572 190 532 174L470 152C458 190 342 190 330 152Z"
    )
    deep = (
        "M274 350C290 376 308 410 318 456M526 350C512 376 494 414 484 460M196 470L238 446M204 520L232 500"
        "M604 470L562 446M596 520L568 500M340 670C344 610 356 570 380 540"
    )
    body = cloth(ink, shirt, look.main, deep, "M306 240C336 340 316 460 326 610M220 320L190 560")
    panels = path(
        "M270 356C280 440 272 560 268 660L302 666C304 560 300 440 292 300Z", clear(dark(look.main, 0.5), 0.28)
    )
    panels += path(
        "M530 356C520 440 528 560 532 660L498 666C496 560 500 440 508 300Z", clear(dark(look.main, 0.5), 0.28)
    )
    stand = path(
        "M330 152C342 190 458 190 470 152L466 128C450 150 350 150 334 128Z",
        ink.across(look.main, light(look.main, 0.2), dark(look.main, 0.15)),
    )
    back = inside(ink, "M334 128C350 114 450 114 466 128C450 150 350 150 334 128Z", look.main)
    zipper = line("M400 146V268", light(look.main, 0.55), 4) + rect(395, 262, 10, 22, light(look.main, 0.7), r=4)
    hems = stitches("M270 644Q400 664 530 644M168 610L226 622M632 610L574 622", look.main)
    return body + panels + back + stand + zipper + hems + peaks(466, 268, on(look.main), 0.85)


def tank(ink: Ink, look: Look) -> str:
    """A vest with a racer's back."""
    vest = (
        "M318 148C314 220 300 280 262 326C272 420 266 560 258 664Q400 688 542 664C534 560 528 420 538 326"
        "C500 280 486 220 482 148L444 148C444 230 430 262 400 262S356 230 356 148Z"
    )
    back = inside(ink, "M356 148C372 176 428 176 444 148C444 230 430 262 400 262S356 230 356 148Z", look.main)
    deep = (
        "M268 336C290 370 306 410 312 456M532 336C514 372 498 410 490 450M310 680C312 610 330 560 366 520"
        "M480 680C484 630 470 590 446 556"
    )
    body = cloth(ink, vest, look.main, deep, "M318 330C340 420 320 500 330 620M480 470C460 540 440 580 420 640")
    edges = line(
        "M356 150C356 232 370 264 400 264S444 232 444 150M320 150C316 222 302 282 264 328M480 150"
        "C484 222 498 282 536 328",
        clear(on(look.main), 0.5),
        5,
    )
    return back + body + edges + stitches("M260 646Q400 670 540 646", look.main) + peaks(400, 342, on(look.main), 1)


def bra(ink: Ink, look: Look) -> str:
    """A sports bra with crossed straps and a broad band."""
    straps = line("M318 214C350 300 440 320 486 214M482 214C450 300 360 320 314 214", dark(look.main, 0.4), 22)
    cups = (
        "M296 196L340 188C344 300 372 344 400 344S456 300 460 188L504 196C506 280 532 340 574 380"
        "C560 430 556 480 560 520Q400 556 240 520C244 480 240 430 226 380C268 340 294 280 296 196Z"
    )
    deep = (
        "M236 400C262 440 300 480 350 506M564 400C538 440 500 480 450 506M386 350C392 380 392 400 388 430"
        "M414 350C408 380 408 400 412 430"
    )
    body = cloth(ink, cups, look.main, deep, "M286 330C276 370 280 400 296 430M500 310C520 350 524 390 512 430")
    waistband = path(
        "M240 520Q400 556 560 520L566 590Q400 630 234 590Z",
        ink.across(dark(look.main, 0.25), light(look.main, 0.12), dark(look.main, 0.32)),
    )
    name = line("M240 532Q400 568 560 532M236 578Q400 618 564 578", clear(on(look.main), 0.35), 3)
    return straps + body + waistband + name + peaks(398, 580, on(look.main), 0.9)


def hoodie(ink: Ink, look: Look) -> str:
    """A heavy hooded top with a pouch pocket."""
    hood = path(
        "M300 196C280 110 340 66 400 66S520 110 500 196C470 232 330 232 300 196Z",
        ink.down(light(look.main, 0.15), dark(look.main, 0.2)),
    )
    hollow = inside(ink, "M306 176C316 300 484 300 494 176L474 140H326Z", look.main) + inside(
        ink, "M326 186C318 122 356 98 400 98S482 122 474 186C452 236 348 236 326 186Z", look.main
    )
    top = (
        "M306 176L254 200C212 216 196 252 186 320L150 616L222 628L262 390C268 470 264 560 262 636H538"
        "C536 560 532 470 538 390L578 628L650 616L614 320C604 252 588 216 546 200L494 176"
        "C476 244 430 262 400 262S324 244 306 176Z"
    )
    deep = (
        "M264 372C284 396 304 420 316 462M536 372C516 398 500 424 488 462M182 450L240 420M180 510L226 484"
        "M618 450L560 420M620 510L574 484M312 230C330 262 360 280 396 282"
    )
    body = cloth(
        ink, top, look.main, deep, "M300 260C320 330 300 380 310 430M214 300L186 540M500 300C480 340 470 370 470 410"
    )
    pocket = path("M318 486H482L520 610H280Z", ink.down(light(look.main, 0.1), dark(look.main, 0.12))) + stitches(
        "M322 494H478M318 500L288 602M482 500L512 602", look.main
    )
    cuffs = rib("M148 628L224 640M652 628L576 640", look.main, 30) + rib("M260 650H540", look.main, 34)
    cords = line("M364 246C360 300 366 330 360 372M436 246C440 290 432 330 440 362", light(look.main, 0.6), 6)
    return hood + hollow + body + pocket + cuffs + cords + peaks(462, 336, on(look.main), 0.95)


def jacket(ink: Ink, look: Look) -> str:
    """A light shell with a high collar; shoulders and sleeves in the second colour."""
    shell = (
        "M320 140L262 172C220 190 206 232 198 300L158 612L228 624L268 380C276 460 268 570 264 660H536"
        "C532 570 524 460 532 380L572 624L642 612L602 300C594 232 580 190 538 172L480 140Z"
    )
    deep = (
        "M272 372C292 400 308 430 318 470M528 372C510 400 494 430 484 470M194 450L246 424M190 510L234 486"
        "M606 450L554 424M610 510L566 486M330 660C332 610 346 570 372 540"
    )
    body = cloth(
        ink, shell, look.main, deep, "M312 300C330 380 310 470 322 620M226 310L196 540M480 300C470 400 490 500 478 620"
    )
    yoke = path(
        "M320 140L262 172C226 188 210 222 202 276C260 290 340 270 400 226C460 270 540 290 598 276"
        "C590 222 574 188 538 172L480 140Z",
        ink.slant(light(look.second, 0.2), look.second, dark(look.second, 0.15)),
    )
    collar = path(
        "M316 144L330 84C360 102 440 102 470 84L484 144C450 172 350 172 316 144Z",
        ink.across(dark(look.main, 0.15), light(look.main, 0.2), dark(look.main, 0.25)),
    )
    back = inside(ink, "M330 84C350 66 450 66 470 84C440 102 360 102 330 84Z", look.main)
    zipper = (
        line("M400 98V658", dark(look.main, 0.55), 8)
        + line("M400 98V658", light(look.second, 0.4), 3, stroke_dasharray="3 4")
        + rect(394, 150, 12, 30, light(look.second, 0.5), r=4)
    )
    pockets = seam("M300 520L330 596M500 520L470 596", look.main, 5)
    return (
        body
        + yoke
        + back
        + collar
        + zipper
        + pockets
        + rib("M262 664H538", look.main, 16)
        + peaks(478, 322, light(look.second, 0.5), 0.9)
    )


def tunic(ink: Ink, look: Look) -> str:
    """A long, loose tunic for training, slit at the sides."""
    dress = (
        "M334 110L282 130C250 142 238 172 230 226L186 500L238 510L284 270C290 350 262 540 238 706"
        "Q330 724 386 716L400 640L414 716Q470 724 562 706"
        "C538 540 510 350 516 270L562 510L614 500L570 226C562 172 550 142 518 130L466 110C456 150 344 150 334 110Z"
    )
    deep = (
        "M292 320C320 420 300 560 290 700M508 320C480 430 500 560 514 700M370 400C360 500 350 600 346 706"
        "M440 420C446 520 452 620 458 706"
    )
    body = cloth(
        ink, dress, look.main, deep, "M330 240C340 360 320 520 316 690M420 300C412 420 420 520 424 640M238 250L214 430"
    )
    collar = path(
        "M334 110C344 150 456 150 466 110L462 90C446 108 354 108 338 90Z",
        ink.across(dark(look.main, 0.1), light(look.main, 0.2), dark(look.main, 0.2)),
    )
    back = inside(ink, "M338 90C354 78 446 78 462 90C446 108 354 108 338 90Z", look.main)
    placket = line("M400 142V262", clear(on(look.main), 0.5), 3) + stitches("M388 144V258H412V144", look.main)
    hems = stitches("M242 692Q330 710 384 702M558 692Q470 710 416 702M192 484L240 494M608 484L560 494", look.main)
    return body + back + collar + placket + hems + peaks(466, 236, on(look.main), 0.8)


def hijab(ink: Ink, look: Look) -> str:
    """A pull-on sports hijab on a plain form."""
    scarf = (
        "M400 120C294 120 244 208 252 330C258 440 218 540 200 640C300 706 500 706 600 640"
        "C582 540 542 440 548 330C556 208 506 120 400 120Z"
    )
    opening = "M400 186C346 186 320 232 322 302C324 376 358 426 400 426S476 376 478 302C480 232 454 186 400 186Z"
    deep = (
        "M286 420C320 470 350 486 396 490M520 430C490 476 460 490 420 492M250 590C310 580 360 556 390 530"
        "M556 590C500 580 460 560 430 534M330 690C336 650 350 620 380 590"
    )
    drape = cloth(
        ink,
        scarf,
        look.main,
        deep,
        "M286 220C272 290 284 340 280 400M262 500C254 560 244 600 234 640M486 470C510 520 530 560 552 610",
    )
    face = path(opening, ink.slant("#f6e9dc", "#e3ccb6", "#c7a98e"))
    hem = line(opening, dark(look.main, 0.3), 9) + line("M344 226C370 200 430 200 456 226", clear("#ffffff", 0.25), 4)
    chin = path("M340 380C360 430 440 430 460 380C456 410 436 426 400 426S344 410 340 380Z", clear("#7a543a", 0.22))
    return (
        drape
        + face
        + chin
        + hem
        + stitches("M206 626C304 690 496 690 594 626", look.main)
        + peaks(276, 588, on(look.main), 0.9)
    )
