"""Shoes, seen from the side on which the maker's mark is."""

from matjar.compose.demo.pictures.canvas import BLACK, WHITE, Ink, group, line, moved, path
from matjar.compose.demo.pictures.cloth import on, peaks, stitches
from matjar.compose.demo.pictures.colour import clear, dark, light
from matjar.compose.demo.pictures.look import Look

_UPPER = (
    "M152 548C140 480 150 420 172 372C186 346 214 350 226 372C248 404 290 404 322 378L362 340"
    "C384 326 404 330 418 346C450 388 500 430 560 452C612 470 652 494 660 548Z"
)


def runner(ink: Ink, look: Look) -> str:
    """A running shoe: knitted upper, thick foam, a rubber sole."""
    far = path("M300 392C330 360 372 300 400 316L430 360L330 430Z", dark(look.main, 0.5))
    foam = path(
        "M140 540C130 590 140 628 190 634H600C660 634 690 606 676 560C664 536 640 540 600 548C480 566 300 566 140 540Z",
        ink.down(light(look.second, 0.75), light(look.second, 0.45), light(look.second, 0.6)),
    )
    sole = path(
        "M150 612C240 640 520 640 672 596C672 626 640 642 600 642H196C168 642 152 632 150 612Z",
        ink.down(look.second, dark(look.second, 0.35)),
    )
    wave = line("M170 592C260 560 330 620 430 590S600 600 660 572", clear(look.second, 0.55), 9)
    upper = path(_UPPER, ink.slant(light(look.main, 0.35), look.main, dark(look.main, 0.25)))
    knit = line(
        "M180 470H640M180 490H650M190 510H656M200 430H500M190 450H560",
        clear(dark(look.main, 0.6), 0.16),
        3,
        stroke_dasharray="3 6",
    )
    mesh = group(knit, clip_path=ink.within(path(_UPPER, WHITE)))
    return moved(far + foam + sole + wave + upper + mesh + _trims(ink, look), -4, -4, 1.06)


def _trims(ink: Ink, look: Look) -> str:
    heel = path(
        "M152 548C140 480 150 420 172 372C180 358 194 352 206 356C196 420 210 500 250 548Z",
        ink.down(light(look.second, 0.15), dark(look.second, 0.2)),
    )
    toe = path("M660 548C652 494 612 470 560 452C546 490 560 530 580 548Z", clear(dark(look.main, 0.4), 0.35))
    collar = line("M180 372C190 352 212 356 226 378C250 410 292 410 324 384L362 348", dark(look.main, 0.45), 13)
    tongue = path(
        "M352 346L330 300C340 284 376 288 386 306L424 356L398 392Z",
        ink.slant(light(look.main, 0.3), dark(look.main, 0.15)),
    )
    laces = line("M372 392L430 352M398 418L462 382M430 440L496 408M464 458L528 432", light(look.second, 0.8), 9)
    eyelets = line("M366 396C400 432 450 462 500 472", clear(dark(look.main, 0.6), 0.45), 5)
    return (
        tongue
        + collar
        + heel
        + toe
        + eyelets
        + laces
        + peaks(346, 490, light(look.second, 0.7), 2.3)
        + stitches("M262 540C300 470 330 430 366 404", look.main)
    )


def slides(ink: Ink, look: Look) -> str:
    """A pair of pool slides, seen from above."""
    left = _slide(ink, look)
    mirrored = group(left, transform="translate(800 0) scale(-1 1)")
    return moved(left, -132, 0, 0.94, -6) + moved(mirrored, 132, 0, 0.94, 6)


_BED = (
    "M392 96C470 92 516 160 512 260C508 350 486 400 490 500C494 610 466 708 396 708S300 620 306 520"
    "C312 420 290 370 288 280C286 180 320 98 392 96Z"
)


def _slide(ink: Ink, look: Look) -> str:
    rim = path(_BED, dark(look.second, 0.3), transform="translate(9 13)")
    bed = path(_BED, ink.slant(light(look.second, 0.3), look.second, dark(look.second, 0.2)))
    hollow = path(_BED, clear(dark(look.second, 0.6), 0.16), transform="translate(52 52) scale(.87)")
    dimples = line(
        "M350 520V640M374 500V664M398 496V670M422 500V664M446 520V640M360 140V180M390 130V180M420 132V180M450 150V190",
        clear(dark(look.second, 0.6), 0.3),
        7,
        stroke_dasharray="1 17",
    )
    strap = (
        "M262 300C258 250 274 216 292 204C360 176 450 176 508 204C530 220 544 260 540 306L528 404"
        "C470 376 330 376 276 404Z"
    )
    cast = path(strap, BLACK, opacity=0.4, transform="translate(4 22)", filter=ink.blur(9))
    upper = path(strap, ink.across(dark(look.main, 0.3), light(look.main, 0.25), look.main, dark(look.main, 0.38)))
    edges = stitches("M284 216C356 190 448 190 516 216M284 388C340 362 464 362 520 388", look.main)
    return rim + bed + hollow + dimples + cast + upper + edges + peaks(400, 290, on(look.main), 2.6)
