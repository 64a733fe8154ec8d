"""What food is made of, strewn on the table: powder and scoop, capsules, oats, cocoa, berries, nuts."""

from math import cos, radians, sin, sqrt

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, line, oval, path, rect, stamped
from matjar.compose.demo.pictures.colour import clear, dark, light, mix
from matjar.compose.demo.pictures.look import Look
from matjar.compose.demo.pictures.nature import leaf_of, shaded

Place = tuple[float, float, float, float]


def _strew(name: str, places: tuple[Place, ...]) -> str:
    return "".join(stamped(name, *place) for place in places)


def scoop(ink: Ink, look: Look) -> str:
    """A scoop in a heap of powder."""
    tone = mix(look.main, "#f8ecd8", 0.78)
    deep = mix(tone, "#8a6238", 0.32)
    heap = "M90 520C120 400 230 330 350 300C470 270 640 330 700 460C740 560 640 680 430 690C230 700 70 640 90 520Z"
    cast = path(heap, dark(tone, 0.7), opacity=0.3, transform="translate(8 22)", filter=ink.blur(14))
    powder = path(heap, ink.glow(light(tone, 0.5), tone, deep, x=0.38, y=0.25, reach=0.8), filter=ink.rough(0.04, 34))
    grains = "".join(
        disc(x, y, r, tone)
        for x, y, r in (
            (80, 640, 6),
            (130, 690, 4),
            (690, 640, 7),
            (720, 590, 4),
            (620, 710, 5),
            (170, 380, 4),
            (650, 330, 5),
        )
    )
    handle = path("M470 360L690 150C706 136 730 158 716 176L520 412Z", ink.slant(light(look.trim, 0.35), look.trim))
    bowl = path(
        "M286 350C290 470 330 520 420 520C500 520 540 450 544 350Z",
        ink.across(dark(look.trim, 0.2), light(look.trim, 0.25), dark(look.trim, 0.3)),
    )
    mouth = oval(415, 350, 129, 42, dark(look.trim, 0.3))
    fill = path(
        "M296 348C330 270 390 252 430 262C490 268 530 310 534 350C500 392 330 392 296 348Z",
        ink.glow(light(tone, 0.6), tone, deep, x=0.4, y=0.2, reach=0.8),
    )
    return (
        cast
        + powder
        + grains
        + handle
        + bowl
        + mouth
        + fill
        + line("M310 380C320 450 350 492 400 502", clear(WHITE, 0.3), 8)
    )


def pills(ink: Ink, look: Look) -> str:
    """Capsules spilled on the table."""
    pale = path("M0-34H54A34 34 0 0 1 54 34H0Z", ink.down(WHITE, "#f4ead9", "#cbb899"))
    tinted = path("M0-34H-54A34 34 0 0 0-54 34H0Z", ink.down(light(look.main, 0.5), look.main, dark(look.main, 0.3)))
    cast = rect(-84, -22, 180, 72, clear("#2a1c10", 0.32), r=36, filter=ink.blur(8))
    one = ink.stamp(cast + pale + tinted + rect(-60, -24, 120, 10, clear(WHITE, 0.65), r=5))
    return _strew(one, _SPILLED)


_SPILLED: tuple[Place, ...] = (
    (250, 230, 1.1, -25),
    (470, 170, 1, 30),
    (600, 330, 1.1, -60),
    (370, 380, 1.2, 8),
    (180, 460, 1, 70),
    (540, 520, 1.15, 24),
    (330, 590, 1.05, -38),
    (650, 660, 1, -12),
    (140, 680, 0.95, 15),
    (110, 190, 0.8, 80),
    (700, 140, 0.85, -30),
    (460, 720, 0.9, 60),
)


def oats(ink: Ink, look: Look) -> str:
    """A bowl of granola from above, with berries."""
    flake = ink.stamp(
        shaded(ink, "M-26 0C-20-16 20-16 26 0C20 16-20 16-26 0Z")
        + path("M-26 0C-20-16 20-16 26 0C20 16-20 16-26 0Z", ink.slant("#f3deb2", "#cf9f5e"))
        + line("M-16 0H16", "#b4854a", 2.4)
    )
    nut = ink.stamp(
        path("M-34 0C-20-24 16-20 36 0C16 20-20 24-34 0Z", ink.slant("#c98b55", "#7d4a26"))
        + line("M-22-4C-6-10 10-8 24-2M-20 5C-4 9 8 8 20 4", "#6b3d1e", 2.4)
    )
    berry = ink.stamp(
        disc(3, 6, 25, clear("#20121a", 0.3))
        + disc(0, 0, 25, ink.ball("#4b4f8a", 0.5))
        + path("M-8-6L0-2L8-6L4 2L8 8L0 5L-8 8L-4 2Z", "#2f325e")
    )
    bowl = disc(416, 426, 300, "#3a2818", opacity=0.3, filter=ink.blur(18)) + disc(
        400, 400, 296, ink.slant(WHITE, light(look.main, 0.5), dark(look.main, 0.15))
    )
    inside = disc(400, 400, 256, ink.glow("#e6c48a", "#b98a4e", "#8a5f30"))
    flakes = "".join(stamped(flake, 400 + _turned(i, 0), 400 + _turned(i, 1), 1, i * 47 % 180) for i in range(1, 34))
    return (
        bowl
        + inside
        + flakes
        + _strew(nut, ((300, 300, 1.1, 20), (520, 330, 1, -40), (430, 540, 1.1, 70), (260, 470, 1, -10)))
        + _strew(
            berry,
            (
                (400, 250, 1.2, 0),
                (470, 420, 1.3, 40),
                (330, 400, 1.15, 80),
                (540, 500, 1, 10),
                (360, 560, 1, 0),
                (250, 370, 0.9, 0),
            ),
        )
    )


def _turned(step: int, axis: int) -> float:
    """A place on a sunflower's spiral, which fills a disc evenly."""
    turn = radians(137.5 * step)
    return 41 * sqrt(step) * (sin(turn) if axis else cos(turn))


def cocoa(ink: Ink, _: Look) -> str:
    """Broken chocolate, cocoa beans and their dust."""
    dust = disc(400, 420, 250, ink.glow("#7a4a2ecc", "#6b3f2699", "#6b3f2600"), filter=ink.rough(0.05, 70))
    square = ink.stamp(_square(ink))
    bean = ink.stamp(
        shaded(ink, "M-44 0C-34-32 30-34 46 0C30 32-34 32-44 0Z")
        + path("M-44 0C-34-32 30-34 46 0C30 32-34 32-44 0Z", ink.slant("#a5693f", "#5a321b"))
        + line("M-30-4C-8-14 14-12 34-2M-26 8C-6 14 12 12 28 8", clear("#35190a", 0.6), 3)
    )
    pieces = _strew(square, ((300, 300, 1.25, -16), (500, 380, 1.35, 12), (330, 520, 1.2, 30), (560, 600, 0.9, -24)))
    return (
        dust
        + _strew(
            bean,
            (
                (150, 240, 1.1, 30),
                (620, 190, 1.2, -35),
                (170, 640, 1.2, -10),
                (690, 480, 1, 70),
                (450, 700, 1, 15),
                (440, 150, 0.9, 80),
            ),
        )
        + pieces
    )


def _square(ink: Ink) -> str:
    edge = "M-74-74H74V74H-74Z"
    face = (
        path(edge, ink.slant("#8a5433", "#4f2b18", "#3a1e10"))
        + path("M-74-74H74L52-52H-52Z", clear("#d9a273", 0.45))
        + path("M74 74V-74L52-52V52Z", clear("#1d0d06", 0.45))
    )
    return (
        shaded(ink, edge)
        + face
        + path("M-74 74H74L52 52H-52Z", clear("#1d0d06", 0.35))
        + rect(-52, -52, 104, 104, clear("#7a4729", 0.6))
    )


def berries(ink: Ink, look: Look) -> str:
    """Berries in the flavour's colour, with leaves."""
    grain = ink.stamp(disc(0, 0, 21, ink.ball(look.main, 0.5)))
    clusters = "".join(stamped(grain, x, y) for x, y in _BEADS)
    one = ink.stamp(
        disc(8, 16, 76, clear("#2a1016", 0.26), filter=ink.blur(8)) + clusters + disc(0, 0, 13, dark(look.main, 0.35))
    )
    leaf = leaf_of(ink, "#7fa35c")
    greens = _strew(leaf, ((420, 250, 1.1, -40), (250, 560, 1.1, 160), (560, 600, 1, 30)))
    return greens + _strew(
        one,
        (
            (300, 290, 1.35, 10),
            (540, 400, 1.5, 50),
            (290, 560, 1.2, 120),
            (620, 180, 0.9, 200),
            (560, 660, 1, 80),
            (130, 420, 0.8, 30),
            (150, 160, 0.75, 0),
        ),
    )


_BEADS = (
    (0, -52),
    (36, -38),
    (52, -4),
    (40, 32),
    (6, 50),
    (-32, 40),
    (-52, 6),
    (-40, -32),
    (-14, -20),
    (18, -16),
    (22, 16),
    (-8, 22),
    (-26, 4),
)


def nuts(ink: Ink, look: Look) -> str:
    """Almonds and dates."""
    almond = ink.stamp(_almond(ink))
    date = ink.stamp(
        shaded(ink, "M-84 0C-70-44 60-48 88-4C64 40-66 44-84 0Z")
        + path("M-84 0C-70-44 60-48 88-4C64 40-66 44-84 0Z", ink.slant("#a5603a", "#5a2b18", "#3f1c10"))
        + line("M-60-8C-20-26 30-24 64-8M-56 10C-16 22 26 20 60 8", clear("#e0a070", 0.4), 5)
    )
    pool = "M210 400C190 290 300 200 410 214C530 200 610 300 586 410C590 530 480 600 380 580C280 596 200 510 210 400Z"
    swirl = shaded(ink, pool) + path(
        pool,
        ink.glow(
            light(look.main, 0.35),
            mix(look.main, "#b8772e", 0.3),
            mix(look.main, "#7a4316", 0.3),
            x=0.4,
            y=0.3,
            reach=0.85,
        ),
    )
    swirl += line(
        "M300 400C300 300 470 280 500 380C520 470 380 500 360 420C350 370 430 350 446 396", clear(WHITE, 0.45), 12
    )
    return (
        swirl
        + _strew(date, ((190, 210, 1.1, 30), (630, 560, 1.2, -30), (600, 180, 1, -60)))
        + _strew(
            almond,
            (
                (400, 160, 1.1, 20),
                (160, 430, 1.1, 80),
                (230, 620, 1.2, -20),
                (440, 660, 1.1, 40),
                (680, 370, 1.1, 100),
                (120, 690, 0.9, 0),
                (700, 700, 0.9, 60),
            ),
        )
    )


def _almond(ink: Ink) -> str:
    shape = "M-62 6C-50-36 20-44 70 0C26 42-46 46-62 6Z"
    grain = line("M-44 0C-16-18 20-16 52-2M-46 10C-16 4 16 6 46 6M-40 20C-14 26 12 24 34 16", clear("#6b3d1e", 0.5), 3)
    return shaded(ink, shape) + path(shape, ink.slant("#dba46d", "#9a6234", "#7d4a26")) + grain
