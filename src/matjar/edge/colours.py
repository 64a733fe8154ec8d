"""A shop's one colour, made readable: as dark or as light as the page behind it needs (WCAG 2.2, 1.4.3)."""

import re

CONTRAST = 4.5
"""What text of any size needs (WCAG 2.2, 1.4.3)."""
LIGHT_PAPER, DARK_PAPER = (242, 239, 234), (35, 35, 38)
"""The ground that is hardest to read on, by day and by night: what lies a little above the page."""
_WHITE, _BLACK = (255, 255, 255), (16, 16, 18)

Colour = tuple[int, int, int]


def accent_css(accent: str) -> str:
    """The stylesheet that gives a page the shop's colour ``#rrggbb``, by day and by night."""
    day, night = readable(parse(accent), LIGHT_PAPER), readable(parse(accent), DARK_PAPER)
    return (
        f":root{{--accent:{text(day)};--on-accent:{text(ink_on(day))}}}"
        f"@media(prefers-color-scheme:dark){{:root{{--accent:{text(night)};--on-accent:{text(ink_on(night))}}}}}"
    )


def parse(written: str) -> Colour:
    """``#rrggbb`` as three numbers; what is not one is a quiet dark grey."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", written)
    if found is None:
        return (51, 51, 56)
    red, green, blue = (int(part, 16) for part in found.groups())
    return red, green, blue


def text(colour: Colour) -> str:
    """As CSS writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def readable(colour: Colour, paper: Colour) -> Colour:
    """The colour itself, or as little darker or lighter as it takes to be read on the paper."""
    away = _BLACK if luminance(paper) > 0.5 else _WHITE
    for step in range(21):
        moved = mix(colour, away, step / 20)
        if contrast(moved, paper) >= CONTRAST:
            return moved
    return away


def ink_on(colour: Colour) -> Colour:
    """White or black: whichever is read better on the colour."""
    return max(_WHITE, _BLACK, key=lambda ink: contrast(ink, colour))


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """So much of the other within the colour."""
    red, green, blue = (round(one + (two - one) * share) for one, two in zip(colour, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
