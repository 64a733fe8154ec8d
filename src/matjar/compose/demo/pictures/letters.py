"""Lettering of straight strokes, so that names on packs look the same wherever a picture is shown."""

from matjar.compose.demo.pictures.canvas import line, number

# Each letter: its width in shares of its height, then its strokes as points in hundredths of the height.
_LETTERS: dict[str, tuple[float, str]] = {
    "A": (0.78, "0,100 39,0 78,100;14,66 64,66"),
    "D": (0.72, "0,0 0,100 34,100 62,86 72,50 62,14 34,0 0,0"),
    "E": (0.52, "52,0 0,0 0,100 52,100;0,49 44,49"),
    "F": (0.5, "50,0 0,0 0,100;0,49 42,49"),
    "H": (0.68, "0,0 0,100;68,0 68,100;0,49 68,49"),
    "I": (0.0, "0,0 0,100"),
    "K": (0.62, "0,0 0,100;60,0 0,58;20,40 62,100"),
    "L": (0.48, "0,0 0,100 48,100"),
    "M": (0.88, "0,100 4,0 44,70 84,0 88,100"),
    "N": (0.68, "0,100 0,0 68,100 68,0"),
    "O": (0.84, "42,0 72,12 84,50 72,88 42,100 12,88 0,50 12,12 42,0"),
    "T": (0.62, "0,0 62,0;31,0 31,100"),
    "U": (0.66, "0,0 0,72 12,94 33,100 54,94 66,72 66,0"),
    "V": (0.74, "0,0 37,100 74,0"),
    "W": (1.08, "0,0 27,100 54,12 81,100 108,0"),
    "X": (0.68, "0,0 68,100;68,0 0,100"),
    "Y": (0.7, "0,0 35,50 70,0;35,50 35,100"),
    "Z": (0.6, "0,0 60,0 0,100 60,100"),
}


def word(text: str, x: float, y: float, height: float, colour: str, weight: float = 0.1, gap: float = 0.36) -> str:
    """Write ``text`` centred on ``x`` with its top at ``y``; stroke and gap are in shares of the height."""
    strokes: list[str] = []
    left = x - width_of(text, height, gap) / 2
    for letter in text:
        width, outline = _LETTERS[letter]
        strokes.extend(_stroke(points, left, y, height / 100) for points in outline.split(";"))
        left += (width + gap) * height
    return line("".join(strokes), colour, height * weight, stroke_linejoin="round")


def width_of(text: str, height: float, gap: float = 0.36) -> float:
    """How wide ``word`` makes the text."""
    return height * (sum(_LETTERS[letter][0] for letter in text) + gap * (len(text) - 1))


def _stroke(points: str, left: float, top: float, scale: float) -> str:
    corners = (corner.split(",") for corner in points.split(" "))
    return "M" + "L".join(f"{number(left + int(x) * scale)} {number(top + int(y) * scale)}" for x, y in corners)
