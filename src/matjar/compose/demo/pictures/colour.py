"""Colours as ``#rrggbb``, and the tones that light makes of them."""

_SHADE = "#1b0f1f"
"""What shadows tend to: a warm black, since pure black makes a drawing look dirty."""


def mix(one: str, other: str, share: float) -> str:
    """The colour that lies ``share`` of the way (0 to 1) from one to the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def light(colour: str, share: float) -> str:
    """The colour with ``share`` of white in it."""
    return mix(colour, "#ffffff", share)


def dark(colour: str, share: float) -> str:
    """The colour with ``share`` of shadow in it."""
    return mix(colour, _SHADE, share)


def clear(colour: str, opacity: float) -> str:
    """The colour with an opacity of 0 to 1, as ``#rrggbbaa``."""
    return f"{colour}{round(opacity * 255):02x}"


def is_dark(colour: str) -> bool:
    """Whether light lettering reads better on it than dark (perceived lightness, ITU-R BT.601 weights)."""
    red, green, blue = _channels(colour)
    return 299 * red + 587 * green + 114 * blue < 135_000


def _channels(colour: str) -> tuple[int, int, int]:
    assert len(colour) == 7 and colour[0] == "#", colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
