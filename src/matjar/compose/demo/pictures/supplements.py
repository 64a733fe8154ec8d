"""Powders and capsules in their packs: tub, canister, pouch, amber bottle, jar of gummies, box of sachets."""

from matjar.compose.demo.pictures.canvas import WHITE, Ink, disc, group, line, moved, oval, path, rect, shine, stamped
from matjar.compose.demo.pictures.colour import clear, dark, is_dark, light
from matjar.compose.demo.pictures.letters import word
from matjar.compose.demo.pictures.look import Look

PAPER = "#fbf6ec"


def sprout(x: float, y: float, colour: str, scale: float = 1) -> str:
    """The maker's mark: two leaves on a stem."""
    leaves = "M-2 16C-28 14-32-6-30-18C-10-18 2-6-2 16ZM2 16C0-2 12-12 32-10C32 8 20 18 2 16ZM-2 16H2V30H-2Z"
    return path(leaves, colour, transform=f"translate({x:g} {y:g}) scale({scale:g})")


def panel(ink: Ink, look: Look, x: float, y: float, width: float, height: float) -> str:
    """The front of a pack: the flavour's colour, a hill of a lighter tone, the mark, the name."""
    right, middle, bottom = x + width, x + width / 2, y + height
    tone = WHITE if is_dark(look.main) else look.trim
    field = rect(x, y, width, height, ink.tube(look.main, 0.22))
    hill = path(
        f"M{x:g} {bottom - height * 0.2:g}"
        f"C{x + width * 0.3:g} {bottom - height * 0.42:g} {x + width * 0.6:g} {bottom - height * 0.02:g}"
        f" {right:g} {bottom - height * 0.3:g}V{bottom:g}H{x:g}Z",
        clear(WHITE, 0.26),
    )
    mark = sprout(middle, y + height * 0.22, tone, min(width / 190, height / 190))
    name = word(look.brand, middle, y + height * 0.45, width * 0.095, tone, 0.12, 0.3)
    first = f"M{middle - width * 0.22:g} {y + height * 0.64:g}h{width * 0.44:g}"
    words = line(f"{first}m{-width * 0.36:g} {height * 0.07:g}h{width * 0.28:g}", clear(tone, 0.65), width / 75)
    return field + hill + mark + name + words


def tub(ink: Ink, look: Look) -> str:
    """A wide tub of protein with a ridged lid."""
    lid = rect(246, 176, 308, 92, ink.tube(look.trim, 0.34), r=14) + line(
        "".join(f"M{x} 190V256" for x in range(262, 546, 14)), clear("#000000", 0.22), 4
    )
    top = oval(400, 180, 140, 10, clear(WHITE, 0.18))
    body = path(
        "M262 268H538C548 280 556 292 556 312V600C556 626 540 640 512 640H288C260 640 244 626 244 600"
        "V312C244 292 252 280 262 268Z",
        ink.tube(PAPER, 0.7),
    )
    return body + panel(ink, look, 244, 330, 312, 256) + lid + top + shine(262, 300, 12, 320, 0.4)


def canister(ink: Ink, look: Look) -> str:
    """A tall card tube with a metal foot and a pressed lid."""
    body = rect(290, 196, 220, 436, ink.tube(PAPER, 0.6), r=6)
    lid = rect(284, 156, 232, 62, ink.tube(look.main, 0.3), r=12) + oval(400, 160, 106, 9, clear(WHITE, 0.3))
    foot = rect(286, 612, 228, 28, ink.metal("#c9c4b8"), r=8)
    return body + panel(ink, look, 290, 268, 220, 300) + lid + foot + shine(304, 224, 10, 380, 0.4)


def pouch(ink: Ink, look: Look) -> str:
    """A standing pouch with a seal across its top."""
    bag = path(
        "M258 178H542C548 300 566 440 574 604C560 646 520 640 400 640S240 646 226 604C234 440 252 300 258 178Z",
        ink.across(dark(look.main, 0.22), look.main, light(look.main, 0.2), look.main, dark(look.main, 0.28)),
    )
    seal = rect(256, 146, 288, 40, ink.down(light(look.main, 0.35), dark(look.main, 0.08)), r=4)
    seal += line("M262 156H538M262 166H538M262 176H538", clear(dark(look.main, 0.6), 0.22), 2)
    folds = line(
        "M270 206C290 300 268 420 254 560M530 206C512 300 534 420 548 560",
        clear(dark(look.main, 0.7), 0.3),
        12,
        filter=ink.blur(7),
    )
    folds += line("M300 220C316 320 300 440 290 560", clear(WHITE, 0.35), 13, filter=ink.blur(8))
    gusset = path(
        "M230 590C300 620 500 620 570 590C576 650 540 640 400 640S224 650 230 590Z", clear(dark(look.main, 0.6), 0.3)
    )
    window = rect(306, 262, 188, 264, ink.slant(WHITE, PAPER, "#ebe0cc"), r=94)
    face = sprout(400, 326, look.trim, 1.15) + word(look.brand, 400, 392, 19, look.trim, 0.12, 0.28)
    lines = line("M356 438h88m-74 20h60", clear(look.trim, 0.5), 4) + disc(400, 486, 12, look.main)
    return bag + seal + folds + gusset + window + face + lines


def capsules(ink: Ink, look: Look) -> str:
    """An amber bottle of capsules, some of them before it."""
    glass = path(
        "M318 262H482C500 286 520 300 520 336V600C520 628 504 640 478 640H322C296 640 280 628 280 600"
        "V336C280 300 300 286 318 262Z",
        ink.tube("#9a5320", 0.5),
    )
    lid = rect(308, 172, 184, 94, ink.tube(PAPER, 0.6), r=12) + line(
        "".join(f"M{x} 188V254" for x in range(322, 484, 12)), clear("#3a2c1c", 0.16), 4
    )
    bottle = glass + lid + panel(ink, look, 280, 356, 240, 230) + shine(294, 320, 11, 290, 0.5)
    pill = ink.stamp(_capsule(ink, look.main))
    return (
        moved(bottle, -34, 0)
        + stamped(pill, 560, 622, 0.8, -14)
        + stamped(pill, 648, 632, 0.8, 20)
        + stamped(pill, 600, 660, 0.8, 4)
    )


def _capsule(ink: Ink, colour: str) -> str:
    """A capsule about the origin: one half of the colour, one pale."""
    pale = path("M0-22H34A22 22 0 0 1 34 22H0Z", ink.down(WHITE, "#f3e9d8", "#cdbb9f"))
    tinted = path("M0-22H-34A22 22 0 0 0-34 22H0Z", ink.down(light(colour, 0.5), colour, dark(colour, 0.3)))
    return oval(4, 22, 52, 10, clear("#2a1c10", 0.3)) + pale + tinted + line("M-34-12H32", clear(WHITE, 0.7), 5)


def gummies(ink: Ink, look: Look) -> str:
    """A clear jar full of gummies."""
    jar = rect(266, 268, 268, 372, ink.tube(light(look.main, 0.7), 0.7), r=44)
    gum = ink.stamp(
        path("M-26 4C-26-30 26-30 26 4C30 26 18 30 0 30S-30 26-26 4Z", ink.ball(look.main, 0.55))
        + oval(-9, -9, 7, 4, clear(WHITE, 0.8))
    )
    row = ink.stamp("".join(stamped(gum, 48 * place, 0, 0.95, 37 * place % 50 - 20) for place in range(5)))
    rows = "".join(stamped(row, 292 + step % 2 * 22, 340 + 42 * step) for step in range(8))
    inside = group(rows, clip_path=ink.within(rect(276, 280, 248, 350, WHITE, r=38)))
    lid = rect(276, 186, 248, 88, ink.tube(look.trim, 0.34), r=14) + line(
        "".join(f"M{x} 200V262" for x in range(290, 518, 14)), clear("#000000", 0.2), 4
    )
    badge = disc(400, 470, 92, ink.slant(WHITE, PAPER)) + disc(400, 470, 83, "none", stroke=look.main, stroke_width=4)
    face = (
        sprout(400, 428, look.trim, 1)
        + word(look.brand, 400, 478, 15, look.trim, 0.13, 0.28)
        + line("M364 514h72", clear(look.trim, 0.5), 4)
    )
    return jar + inside + badge + face + lid + shine(284, 310, 12, 290, 0.6) + shine(508, 320, 6, 260, 0.4)


def sachets(ink: Ink, look: Look) -> str:
    """A carton of sachets, two of them in front."""
    side = path("M520 262L600 228V606L520 640Z", ink.down(dark(look.main, 0.2), dark(look.main, 0.42)))
    lid = path("M236 262L316 228H600L520 262Z", light(look.main, 0.42))
    front = panel(ink, look, 236, 262, 284, 378)
    stick = ink.stamp(_stick(ink, look))
    return moved(side + lid + front, -46, 0) + stamped(stick, 566, 470, 1, 9) + stamped(stick, 650, 478, 1, 22)


def _stick(ink: Ink, look: Look) -> str:
    body = rect(-34, -164, 68, 328, ink.tube(PAPER, 0.6), r=4)
    tint = rect(-34, -96, 68, 190, ink.tube(look.main, 0.25)) + sprout(0, -58, look.trim, 0.62)
    ends = line("M-32-154H32M-32-146H32M-32 148H32M-32 156H32", clear("#3a2c1c", 0.25), 3)
    return (
        body
        + tint
        + ends
        + group(word(look.brand, 0, 0, 13, look.trim, 0.13, 0.28), transform="translate(7 26) rotate(-90)")
    )
